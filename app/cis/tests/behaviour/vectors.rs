//! Real codes and real damage, one JSON object a line.

use std::fmt::Debug;

use cis::parse;
use serde_json::Value;

const VECTORS: &str = include_str!("../data/vectors.jsonl");
const DAMAGED: &str = include_str!("../data/damaged.jsonl");

/// The name of a variant, without its data.
fn name(kind: &impl Debug) -> String {
    format!("{kind:?}")
        .chars()
        .take_while(|character| character.is_alphanumeric())
        .collect()
}

/// What a line expects and what came, in the same shape, so that a failure shows the whole difference.
fn compare(lines: &str) -> (Vec<Value>, Vec<Value>) {
    lines
        .lines()
        .map(|line| {
            let expected: Value = serde_json::from_str(line).unwrap();
            let parsed = parse(expected["raw"].as_str().unwrap());
            let mut found = expected.clone();
            found["code"] = parsed
                .result
                .as_ref()
                .map_or(Value::Null, |code| code.as_str().into());
            found["refused"] = parsed
                .result
                .as_ref()
                .map_or_else(|refusal| name(refusal.kind()).into(), |_| Value::Null);
            found["remarks"] = parsed
                .remarks
                .iter()
                .map(|remark| name(remark.kind()))
                .collect();
            (expected, found)
        })
        .unzip()
}

#[test]
fn real_codes_read_as_they_should() {
    let (expected, found) = compare(VECTORS);
    assert_eq!(expected.len(), 77);
    for (expected, found) in expected.iter().zip(&found) {
        assert_eq!(found, expected);
    }
}

#[test]
fn damaged_codes_are_repaired_or_refused_as_they_should() {
    let (expected, found) = compare(DAMAGED);
    assert!(expected.len() > 100);
    for (expected, found) in expected.iter().zip(&found) {
        assert_eq!(found, expected);
    }
}
