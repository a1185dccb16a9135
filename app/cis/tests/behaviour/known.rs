//! Real codes, for tests that need many of them.

use cis::MarkingCode;
use serde_json::Value;

/// The codes among the vectors that are valid as they stand.
pub(crate) fn codes() -> Vec<MarkingCode> {
    let codes: Vec<MarkingCode> = include_str!("../data/vectors.jsonl")
        .lines()
        .filter_map(|line| {
            let vector: Value = serde_json::from_str(line).unwrap();
            let raw = vector["raw"].as_str().unwrap();
            raw.parse()
                .ok()
                .filter(|code: &MarkingCode| code.as_str() == raw)
        })
        .collect();
    assert!(codes.len() > 40, "only {} codes", codes.len());
    codes
}
