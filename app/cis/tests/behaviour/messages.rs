//! The exact sentences, in both languages.

use cis::{Hint, Lang, Outcome, ProductGroup, parse, parse_with};
use serde_json::{Value, json};

const MESSAGES: &str = include_str!("../data/messages.jsonl");

#[test]
fn every_verdict_repair_and_question_is_told_in_these_words() {
    for line in MESSAGES.lines() {
        let expected: Value = serde_json::from_str(line).unwrap();
        let parsed = parse(expected["raw"].as_str().unwrap());
        let told = |lang| -> Vec<String> {
            let mut told = parsed.notes(lang);
            told.extend(parsed.reason(lang));
            told
        };
        let found = json!({
            "raw": expected["raw"],
            "outcome": parsed.outcome().as_str(),
            "position": parsed.position(),
            "ru": told(Lang::Ru),
            "en": told(Lang::En),
        });
        assert_eq!(found, expected);
    }
}

#[test]
fn a_hint_that_contradicts_the_code_is_a_remark() {
    let hint = Hint {
        group: Some(ProductGroup::Clothes),
        gtin: Some("04610053147452".parse().unwrap()),
        ..Hint::default()
    };
    let parsed = parse_with("0103041094787443215Qbag!\u{1d}93Zjqw", &hint);
    assert_eq!(parsed.outcome(), Outcome::Valid);
    assert_eq!(
        parsed.notes(Lang::Ru),
        [
            "Для группы «одежда и бельё» коды выглядят иначе. Проверьте, тот ли это товар.",
            "Код от другого товара: ждали GTIN 04610053147452."
        ]
    );
    assert_eq!(
        parsed.notes(Lang::En),
        [
            "Codes of the group “clothes and linen” look different. Check that these are the right goods.",
            "The code is of other goods: GTIN 04610053147452 was expected."
        ]
    );
}

#[test]
fn readings_say_what_they_would_mean() {
    let cis::Verdict::Ambiguous(question) = parse("0104610053147452215d,OiLl93dGVz").verdict else {
        panic!("two readings");
    };
    let meanings: Vec<String> = question
        .readings()
        .iter()
        .map(|reading| reading.meaning(Lang::Ru))
        .collect();
    assert_eq!(
        meanings,
        [
            "код без криптохвоста, серийный номер из 13 символов (одежда и бельё, обувь, духи и другие)",
            "код с криптохвостом, серийный номер из 7 символов (табак, другой табак, пиво и другие)"
        ]
    );
}

#[test]
fn the_nearest_legal_shape_is_named() {
    let text = "0104669000322220215t*NH>t:ngCf91FFD092dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE=";
    let cis::Verdict::Refused(refusal) = parse(text).verdict else {
        panic!("a character is lost");
    };
    let nearest = refusal.nearest().unwrap();
    assert_eq!((nearest.expected, nearest.found), (65, 64));
    assert!(nearest.groups.contains(ProductGroup::Clothes));
}
