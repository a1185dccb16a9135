//! What holds for every text.

use cis::market::{self, MarketForm};
use cis::{GS, Gtin, MarkingCode, Severity, parse};
use proptest::prelude::*;

/// A GTIN with its right check digit, found by trying.
fn gtin() -> impl Strategy<Value = String> {
    "[0-9]{13}".prop_map(|body| {
        ('0'..='9')
            .map(|last| format!("{body}{last}"))
            .find(|text| text.parse::<Gtin>().is_ok())
            .unwrap()
    })
}

const CSET82: &str = r#"[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]"#;

fn serial() -> impl Strategy<Value = String> {
    prop::sample::select(vec![6, 7, 8, 13, 20]).prop_flat_map(|length| {
        prop::string::string_regex(&format!("{CSET82}{{{length}}}")).unwrap()
    })
}

fn tail() -> impl Strategy<Value = String> {
    prop_oneof![
        "\u{1d}93[A-Za-z0-9+/]{4}",
        "\u{1d}91[A-Za-z0-9]{4}\u{1d}92[A-Za-z0-9+/]{43}=",
        "(\u{1d}240[0-9]{4})?\u{1d}91[a-f0-9]{4}\u{1d}92[A-Za-z0-9+/]{86}==",
    ]
}

fn whole() -> impl Strategy<Value = String> {
    (gtin(), serial(), tail())
        .prop_map(|(gtin, serial, tail)| format!("01{gtin}21{serial}{tail}"))
        // A serial number that happens to end like an element of its own is another test's matter.
        .prop_filter("reads in one way", |text| {
            parse(text)
                .remarks
                .iter()
                .all(|remark| remark.severity() != Severity::Question)
        })
}

/// Texts made of the pieces that repairs look for.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "01",
            "21",
            "(01)",
            "(21)",
            "(93)",
            "(240)",
            "91",
            "92",
            "93",
            "240",
            "10",
            "17",
            "3103",
            "8005",
            "03041094787443",
            "5Qbag!",
            "\u{1d}",
            "\u{1d}\u{1d}",
            "<GS>",
            "(GS)",
            "GS",
            "_x001D_",
            "%1D",
            "029",
            "\\u001d",
            "\\\\u001d",
            "\\\\\\u001d",
            "\\",
            "\\F",
            "^]",
            "{GS}",
            "↔",
            "è",
            "~1",
            "{FNC1}",
            "<FNC1>",
            "]d2",
            " ",
            "|",
            "@",
            "Zjqw",
            "FFD0",
            "261130",
            "\u{200b}",
            "\u{feff}",
            "\r\n",
            "С",
            "\"",
            "'",
        ])
        .prop_map(str::to_owned),
        "[!-~]{0,7}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Texts that often are codes, with pieces of damage put into them.
fn damaged() -> impl Strategy<Value = String> {
    (
        whole(),
        pieces(),
        any::<prop::sample::Index>(),
        any::<bool>(),
    )
        .prop_map(|(code, piece, at, replace)| {
            let at = at.index(code.len());
            let (before, behind) = code.split_at(at);
            let behind = behind.get(usize::from(replace)..).unwrap_or_default();
            format!("{before}{piece}{behind}")
        })
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        pieces(),
        pieces().prop_map(|rest| format!("010304109478744321{rest}")),
        damaged(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    })]

    #[test]
    fn a_whole_canonical_code_comes_back_as_it_was(text in whole()) {
        let parsed = parse(&text);
        let code = parsed.result.unwrap();
        prop_assert_eq!(code.as_str(), text);
        prop_assert_eq!(parsed.remarks, vec![]);
    }

    #[test]
    fn what_parses_reads_back_to_the_same_without_repairs(text in anything()) {
        let parsed = parse(&text);
        if let Ok(code) = parsed.result {
            let again = parse(code.as_str());
            prop_assert!(again.remarks.iter().all(|remark| remark.severity() != Severity::Repair));
            prop_assert_eq!(again.result.unwrap(), code);
        }
    }

    #[test]
    fn an_untouched_code_means_that_nothing_was_repaired(text in anything()) {
        let parsed = parse(&text);
        if let Ok(code) = parsed.result {
            let repaired = parsed.remarks.iter().any(|remark| remark.severity() == Severity::Repair);
            prop_assert_eq!(code.as_str() != text, repaired);
        }
    }

    #[test]
    fn a_repair_only_takes_away_and_separates(text in anything()) {
        if let Ok(code) = parse(&text).result {
            let mut given = text.chars();
            for character in code.as_str().chars().filter(|character| *character != GS) {
                prop_assert!(given.any(|one| one == character), "{character:?} was invented");
            }
        }
    }

    #[test]
    fn positions_lie_within_the_text(text in anything()) {
        let length = text.chars().count();
        let parsed = parse(&text);
        let positions = parsed.remarks.iter().filter_map(cis::Remark::position);
        let refused = parsed.result.err().and_then(|refusal| refusal.position());
        for position in positions.chain(refused) {
            prop_assert!(position <= length);
        }
    }

    #[test]
    fn what_parses_is_never_blocked(text in anything()) {
        if let Ok(code) = parse(&text).result {
            prop_assert_eq!(market::check(code.as_str()), Ok(()));
        }
    }

    #[test]
    fn the_elements_and_separators_make_the_whole_code(text in anything()) {
        if let Ok(code) = parse(&text).result {
            let mut rebuilt = String::new();
            for element in code.elements() {
                if rebuilt.len() < element.range().start {
                    rebuilt.push(GS);
                }
                prop_assert_eq!(rebuilt.len(), element.range().start);
                rebuilt.push_str(element.ai());
                rebuilt.push_str(element.value());
            }
            prop_assert_eq!(rebuilt, code.as_str());
        }
    }

    #[test]
    fn the_usual_layouts_match_the_patterns_of_market(text in whole()) {
        prop_assert_eq!(market::form(&text), Some(MarketForm::Full));
        let code: MarkingCode = text.parse().unwrap();
        prop_assert_eq!(market::form(code.ki().as_str()), Some(MarketForm::Short));
    }

    #[test]
    fn debug_hides_the_tail(text in damaged()) {
        let parsed = parse(&text);
        if let Ok(code) = &parsed.result
            && let Some(tail) = code.tail()
        {
            let shown = format!("{parsed:?}");
            prop_assert!(!shown.contains(tail));
        }
    }
}
