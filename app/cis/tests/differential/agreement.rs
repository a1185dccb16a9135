//! What the engine accepts as an element string, a second and independent reader of GS1's
//! published syntax accepts too and splits in the same way. Where the engine is more tolerant on purpose, it is named here.

use super::gs1::{self, Violation};
use cis::{MarkingCode, Outcome, RemarkKind, check, parse};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::Cell;

/// A code of every identifier that the engine knows.
const EXAMPLES: [&str; 12] = [
    "00346006820000000014",
    "0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}3103000353",
    "0104610053147452215d,OiLl\u{1d}93dGVz\u{1d}3350123456",
    "010460043993125621JgXJ5.T\u{1d}8005112000\u{1d}93Mdlr",
    "011460043993762021NH9X1JF\u{1d}1012940183",
    "0104607010350246215kRdG-X%W(Rnb\u{1d}93dGVz",
    "0104607010350246215kRdG-X%W(Rnb\u{1d}17261130\u{1d}93dGVz",
    "0104607010350246215kRdG-X%W(Rnb\u{1d}70032611302359\u{1d}93dGVz",
    "0104669000322220215t*NH>t:ngCfH\u{1d}91FFD0\u{1d}92dGVzdBL8SAtwTGFvVJ9TDLE6hq4zfyUNzRDYoqErB5c=",
    "010463007000812321ymxGZZnG838XW\u{1d}2406403\u{1d}91ffd0\u{1d}92mliP3gYsRdl6IorVEB8/4vYOHiPQsKeCeayAqCjwWDhl0cK4SYMZwD8SU3aKdhNtXf/pSBbSC9V6o8BLIoBW0Q==",
    "010460780959145421m9tNPzJTWzuc9exC5/M+\u{1d}91EE07\u{1d}92vdIdf340vdN01ot+7YRyUb0XRbSQEAe4C4wjaAysm4M=",
    "0104607010350246215kRdG-X%W(Rnb",
];

/// Why a text may be called valid although GS1's rules speak against it.
fn on_purpose(violation: &Violation, text: &str) -> bool {
    match violation {
        // Issued codes with such characters exist; the engine says so in a remark, and never silently.
        Violation::Charset { .. } => parse(text)
            .remarks
            .iter()
            .any(|remark| matches!(remark.kind(), RemarkKind::OutsideCset82 { .. })),
        _ => false,
    }
}

/// The engine and GS1's rules agree on `text`, or the difference has a name.
fn agree(text: &str) -> Result<Outcome, String> {
    let parsed = parse(text);
    let outcome = parsed.outcome();
    if let Some(code) = parsed.code() {
        agree_on(code)?;
    }
    // The strict reader takes a text as it stands, also where the other one asks.
    if let Ok(canonical) = check(text.as_bytes()) {
        agree_on(&canonical.to_code())?;
    }
    Ok(outcome)
}

fn agree_on(code: &MarkingCode) -> Result<(), String> {
    // Packs of tobacco, furs and packages without `00` have no identifiers: GS1's syntax does not speak of them.
    if code.elements().any(|element| element.ai().is_empty()) {
        return Ok(());
    }
    match gs1::read(code.as_str()) {
        Ok(elements) => {
            let ours: Vec<_> = code.elements().map(|it| (it.ai(), it.value())).collect();
            let theirs: Vec<_> = elements.iter().map(|it| (it.ai, it.value)).collect();
            if ours == theirs {
                Ok(())
            } else {
                Err(format!("{code} is split as {ours:?}, by GS1 as {theirs:?}"))
            }
        }
        Err(violation) if on_purpose(&violation, code.as_str()) => Ok(()),
        Err(violation) => Err(format!("{code} is accepted, and GS1 says {violation:?}")),
    }
}

#[test]
fn every_identifier_has_an_example_that_both_accept() {
    let mut seen = Vec::new();
    for text in EXAMPLES {
        assert_eq!(agree(text), Ok(Outcome::Valid), "{text:?}");
        seen.extend(gs1::read(text).unwrap().iter().map(|element| element.ai));
    }
    for rule in gs1::rules() {
        let examples = seen.iter().filter(|ai| rule.covers(ai)).count();
        assert!(examples > 0, "{rule:?} has no example");
    }
}

#[test]
fn a_character_outside_the_set_is_accepted_on_purpose_and_told() {
    let text = "0104607010350246215kRdG~X%W(Rnb\u{1d}93dGVz";
    let violation = gs1::read(text).unwrap_err();
    assert_eq!(
        violation,
        Violation::Charset {
            ai: "21",
            character: '~'
        }
    );
    assert!(on_purpose(&violation, text));
    assert_eq!(parse(text).outcome(), Outcome::Valid);
}

/// Every character of every example, replaced by every character of a keyboard, dropped and doubled.
#[test]
fn whatever_one_character_does_they_agree() {
    let keyboard: Vec<char> = (' '..='~').chain(['\u{1d}', '\t', 'а', 'é']).collect();
    let mut accepted = 0_u32;
    for example in EXAMPLES {
        for (at, old) in example.char_indices() {
            let (before, rest) = example.split_at(at);
            let behind = &rest[old.len_utf8()..];
            let replaced = keyboard.iter().map(|new| format!("{before}{new}{behind}"));
            let others = [format!("{before}{behind}"), format!("{before}{old}{rest}")];
            for text in replaced.chain(others) {
                let outcome = agree(&text).unwrap();
                accepted += u32::from(outcome == Outcome::Valid);
            }
        }
    }
    // A changed letter of a serial number is another good code: without these the test would say nothing.
    assert!(accepted > 10_000, "{accepted}");
}

/// Elements in any order, with values at the edges of what the rules allow, with and without separators.
fn element_strings() -> impl Strategy<Value = String> {
    let element = prop::sample::select(gs1::identifiers()).prop_flat_map(|ai| {
        (
            gs1::value(ai),
            prop::sample::select(vec!["\u{1d}", "\u{1d}", "\u{1d}", ""]),
        )
            .prop_map(move |(value, end)| format!("{ai}{value}{end}"))
    });
    let head = (prop::sample::select(EXAMPLES.to_vec()), 0..60_usize)
        .prop_map(|(example, length)| example.get(..length).unwrap_or(example).to_owned());
    let elements = prop::collection::vec(element, 0..5).prop_map(|elements| elements.concat());
    prop_oneof![
        (head, elements.clone()).prop_map(|(head, rest)| format!("{head}\u{1d}{rest}")),
        elements,
    ]
}

#[test]
fn whatever_elements_are_joined_they_agree() {
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(20_000)
    };
    let (accepted, asked) = (Cell::new(0_u32), Cell::new(0_u32));
    let result = TestRunner::new(config).run(&element_strings(), |text| {
        match agree(&text).map_err(TestCaseError::fail)? {
            Outcome::Valid | Outcome::Repaired => accepted.set(accepted.get() + 1),
            _ => asked.set(asked.get() + 1),
        }
        Ok(())
    });
    result.unwrap();
    assert!(accepted.get() > 200, "{accepted:?} of {asked:?}");
}
