//! Real codes and real damage, one JSON object a line.
//!
//! `vectors.jsonl` holds codes as they were published, with the outcome each must have and why where that may surprise.
//! `damaged.jsonl` holds damaged ones; `expect` is the code that was damaged, or `null` where nobody can know it.

use std::collections::BTreeMap;

use cis::{Hint, Outcome, Parsed, Verdict, check, parse, parse_with};
use serde_json::Value;

const VECTORS: &str = include_str!("../data/vectors.jsonl");
const DAMAGED: &str = include_str!("../data/damaged.jsonl");

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn text<'a>(line: &'a Value, field: &str) -> &'a str {
    line[field].as_str().unwrap()
}

#[test]
fn published_codes_have_the_outcome_they_must_have() {
    let mut table: BTreeMap<&str, usize> = BTreeMap::new();
    let lines = lines(VECTORS);
    for line in &lines {
        let raw = text(line, "raw");
        let parsed = parse(raw);
        let outcome = parsed.outcome().as_str();
        assert_eq!(outcome, text(line, "outcome"), "{raw:?}: {parsed:?}");
        assert_eq!(
            check(raw.as_bytes()).is_ok(),
            outcome == "valid",
            "{raw:?} is checked as it is parsed"
        );
        if let Some(code) = line["code"].as_str() {
            assert_eq!(parsed.code().map(cis::MarkingCode::as_str), Some(code));
        }
        *table.entry(outcome).or_default() += 1;
    }
    println!("{} published codes: {table:?}", lines.len());
    assert_eq!(lines.len(), 77);
}

/// Whether the original is the code, or among the readings that are asked about.
fn offers(parsed: &Parsed, original: &str) -> bool {
    match &parsed.verdict {
        Verdict::Code(code) => code.as_str() == original,
        Verdict::Ambiguous(question) => question
            .readings()
            .iter()
            .any(|reading| reading.code().as_str() == original),
        Verdict::Refused(_) | Verdict::NotACode(_) => false,
    }
}

#[test]
fn damaged_codes_are_repaired_exactly_or_asked_about() {
    let mut table: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let lines = lines(DAMAGED);
    for line in &lines {
        let (raw, damage) = (text(line, "raw"), text(line, "damage"));
        let parsed = parse(raw);
        let outcome = parsed.outcome();
        let result = match (line["expect"].as_str(), damage) {
            (None, _) => {
                assert!(
                    matches!(outcome, Outcome::Ambiguous | Outcome::Refused),
                    "{damage} {raw:?}: {parsed:?}"
                );
                outcome.as_str()
            }
            // With the letters turned over it is a good code of its own, unless its tail or price gives it away.
            (Some(original), "caps") => {
                let told = parse_with(
                    raw,
                    &Hint {
                        caps_lock: true,
                        ..Hint::default()
                    },
                );
                assert_eq!(told.code().map(cis::MarkingCode::as_str), Some(original));
                assert!(
                    outcome == Outcome::Valid || offers(&parsed, original),
                    "{raw:?}: {parsed:?}"
                );
                "repaired when told"
            }
            (Some(original), _) => {
                assert_eq!(
                    parsed.code().map(cis::MarkingCode::as_str),
                    Some(original),
                    "{damage} {raw:?}: {parsed:?}"
                );
                assert!(!parsed.repairs.is_empty());
                "repaired exactly"
            }
        };
        let kind = damage.split(':').next().unwrap_or(damage);
        *table.entry((kind, result)).or_default() += 1;
    }
    println!("{} damaged codes, no misreading", lines.len());
    for ((damage, result), count) in &table {
        println!("{count:5}  {damage:24} {result}");
    }
    assert_eq!(lines.len(), 319);
}
