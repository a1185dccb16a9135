//! The committed inputs hold what the targets promise, without a fuzzer.

use std::fs;
use std::path::Path;

fn each(corpus: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(corpus);
    let mut count = 0;
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        // The name of the input that breaks a promise, before the promise's own words.
        let broken = std::panic::catch_unwind(|| target(&bytes)).is_err();
        assert!(!broken, "{} breaks a promise", path.display());
        count += 1;
    }
    assert!(count > 10, "{count} inputs in {}", folder.display());
}

#[test]
fn the_corpus_of_parse_holds() {
    each("parse", targets::parse);
}

#[test]
fn the_corpus_of_bulk_holds() {
    each("bulk", targets::bulk);
}
