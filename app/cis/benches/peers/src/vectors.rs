//! What the engine makes of the codes that were collected: the valid, the malformed and the damaged ones.

use cis::{Hint, Outcome, Verdict, parse, parse_with};
use serde_json::Value;

const VECTORS: &str = include_str!("../../../tests/data/vectors.jsonl");
const DAMAGED: &str = include_str!("../../../tests/data/damaged.jsonl");

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("the crate's own test data are JSON"))
        .collect()
}

/// One line of the table: how many texts there are and how many of them came out in each way.
fn row(name: &str, found: &[&str], ways: &[&str]) {
    let count = |way: &&str| found.iter().filter(|found| *found == way).count();
    let counts: Vec<_> = ways
        .iter()
        .map(|way| format!("{way} {}", count(way)))
        .collect();
    println!("  {name}: {} texts: {}", found.len(), counts.join(", "));
}

pub fn print() {
    println!("The collected codes:");
    let outcomes = ["valid", "repaired", "ambiguous", "refused", "not_a_code"];
    let vectors = lines(VECTORS);
    for expected in outcomes {
        let texts = vectors.iter().filter(|line| line["outcome"] == expected);
        let found: Vec<_> = texts
            .map(|line| parse(text(line)).outcome().as_str())
            .collect();
        row(&format!("to be {expected}"), &found, &outcomes);
    }

    let damaged = lines(DAMAGED);
    let (known, unknown): (Vec<&Value>, Vec<&Value>) =
        damaged.iter().partition(|line| line["expect"].is_string());
    // With its letters turned over a code is a good code of its own: only the keyboard can know.
    let (caps_lock, known): (Vec<&Value>, Vec<&Value>) =
        known.into_iter().partition(|line| line["damage"] == "caps");
    for (name, lines, told) in [
        ("damaged", &known, false),
        (
            "typed with Caps Lock, as the keyboard tells",
            &caps_lock,
            true,
        ),
        (
            "typed with Caps Lock, which nobody tells",
            &caps_lock,
            false,
        ),
    ] {
        let found: Vec<_> = lines.iter().map(|line| repaired(line, told)).collect();
        let ways = [
            "repaired exactly",
            "asked",
            "asked wrongly",
            "refused",
            "misread",
        ];
        row(name, &found, &ways);
    }
    let found: Vec<_> = unknown
        .into_iter()
        .map(|line| match parse(text(line)).outcome() {
            Outcome::Ambiguous => "asked",
            Outcome::Refused | Outcome::NotACode => "refused",
            Outcome::Valid | Outcome::Repaired => "misread",
        })
        .collect();
    row(
        "damaged so that nobody can know the code",
        &found,
        &["asked", "refused", "misread"],
    );
}

fn text(line: &Value) -> &str {
    line["raw"].as_str().expect("every line has its text")
}

fn repaired(line: &Value, caps_lock: bool) -> &'static str {
    let expected = line["expect"].as_str();
    let hint = Hint {
        caps_lock,
        ..Hint::default()
    };
    match parse_with(text(line), &hint).verdict {
        Verdict::Code(code) if Some(code.as_str()) == expected => "repaired exactly",
        Verdict::Code(_) => "misread",
        Verdict::Ambiguous(question) => {
            let mut readings = question.readings().iter();
            if readings.any(|reading| Some(reading.code().as_str()) == expected) {
                "asked"
            } else {
                "asked wrongly"
            }
        }
        Verdict::Refused(_) | Verdict::NotACode(_) => "refused",
    }
}
