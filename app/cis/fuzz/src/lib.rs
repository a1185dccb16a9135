//! What the engine promises of any input, as functions of bytes: the fuzzer calls them, and so does a test with the
//! committed inputs.

mod bulk;
mod escape;
mod parse;

pub use bulk::bulk;
pub use escape::escape;
pub use parse::parse;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// The committed inputs hold what a target promises, without a fuzzer.
    fn each(corpus: &str, target: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("corpus")
            .join(corpus);
        let mut count = 0;
        let mut broken = Vec::new();
        for file in fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            if std::panic::catch_unwind(|| target(&bytes)).is_err() {
                broken.push(path);
            }
            count += 1;
        }
        assert_eq!(
            broken,
            Vec::<std::path::PathBuf>::new(),
            "these break a promise"
        );
        assert!(count > 10, "{count} inputs in {}", folder.display());
    }

    #[test]
    fn the_corpus_of_parse_holds() {
        each("parse", super::parse);
    }

    #[test]
    fn the_corpus_of_escape_holds() {
        each("escape", super::escape);
    }

    #[test]
    fn the_corpus_of_bulk_holds() {
        each("bulk", super::bulk);
    }
}
