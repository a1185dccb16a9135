//! The hand-written patterns against the published ones.

use std::sync::LazyLock;

use cis::MAX_LENGTH;
use cis::market::{MarketForm, form};
use proptest::prelude::*;
use regex::Regex;
use serde_json::Value;

// The published patterns, with three changes that keep their meaning: the look-ahead for the length is tested apart, since
// this engine has none; digits are ASCII, as in the engines of the pattern's own kind; and the dot refuses every line end.
static FULL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\x1D?(\(?01\)?[0-9]{14}\(?21\)?([!-~]{6,8}|[!-~]{13}|[!-~]{20})(\x1D\(?240\)?.{1,30})?\x1D\(?9[1,3]\)?.+)$",
    )
});
static SHORT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\(?01\)?[0-9]{14}\(?21\)?(.{6,8}|.{13}|.{20}))$"));

fn pattern(text: &str) -> Regex {
    let dot = r"[^\n\r\x{85}\x{2028}\x{2029}]";
    Regex::new(&text.replace('.', dot)).unwrap()
}

fn published(text: &str) -> Option<MarketForm> {
    let length = (1..=MAX_LENGTH).contains(&text.chars().count());
    let printable = text
        .chars()
        .all(|character| ('!'..='~').contains(&character));
    match length {
        true if FULL.is_match(text) => Some(MarketForm::Full),
        true if printable && SHORT.is_match(text) => Some(MarketForm::Short),
        _ => None,
    }
}

#[test]
fn real_codes_get_the_same_answer() {
    let lines = [
        include_str!("../data/vectors.jsonl"),
        include_str!("../data/damaged.jsonl"),
    ];
    let mut met = [0; 3];
    for line in lines.into_iter().flat_map(str::lines) {
        let vector: Value = serde_json::from_str(line).unwrap();
        let raw = vector["raw"].as_str().unwrap();
        assert_eq!(form(raw), published(raw), "{raw:?}");
        met[form(raw).map_or(0, |form| form as usize + 1)] += 1;
    }
    assert!(met.iter().all(|count| *count > 5), "{met:?}");
}

#[test]
fn the_length_limit_counts_characters() {
    let text = |length: usize| {
        let start = "0103041094787443215Qbag!\u{1d}93";
        format!("{start}{}", "ж".repeat(length - start.len()))
    };
    assert_eq!(form(&text(256)), Some(MarketForm::Full));
    assert_eq!(form(&text(257)), None);
    assert_eq!(published(&text(257)), None);
}

/// Texts near the border of the patterns: each part right, nearly right or missing.
fn nearby() -> impl Strategy<Value = String> {
    let part = |texts: &'static [&'static str]| prop::sample::select(texts).prop_map(str::to_owned);
    (
        part(&["", "", "", "\u{1d}", "("]),
        part(&["01", "(01)", "(01", "01)", "02"]),
        prop_oneof![4 => "[0-9]{14}", 1 => "[0-9]{13,15}", 1 => "٣[0-9]{13}"],
        part(&["21", "(21)", "(21", "21)", "21))", "22"]),
        prop_oneof![
            6 => "[!-~]{6,8}", 2 => "[!-~]{13}", 2 => "[!-~]{20}", 2 => "[!-~]{4,22}", 1 => "[ -~]{6}",
        ],
        prop_oneof![
            4 => Just(String::new()),
            4 => "\u{1d}\\(?240\\)?[0-9\u{1d}]{0,32}",
            1 => "\u{1d}17[0-9]{6}",
        ],
        prop_oneof![
            1 => Just(String::new()),
            6 => "\u{1d}\\(?9[1,32]\\)?[!-~\u{1d}]{0,6}",
            1 => "\u{1d}\\(?9[13]\\)?[ \n\r\u{85}\u{2028}ж]{1,2}",
        ],
    )
        .prop_map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g].concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(2_000)
    })]

    #[test]
    fn texts_near_the_border_get_the_same_answer(text in nearby()) {
        prop_assert_eq!(form(&text), published(&text));
    }
}
