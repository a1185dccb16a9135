//! The committed inputs hold what the target promises, without a fuzzer.

use std::fs;
use std::path::Path;

#[test]
fn the_corpus_of_codes_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/codes");
    let mut count = 0;
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let held = std::panic::catch_unwind(|| targets::codes(&bytes));
        assert!(held.is_ok(), "{} breaks a promise", path.display());
        count += 1;
    }
    assert!(count > 10, "{count} inputs in {}", folder.display());
}
