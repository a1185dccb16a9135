//! What holds for every code, every damage and every text.

use cis::market::{self, MarketForm};
use cis::{
    GS, Hint, Kind, MarkingCode, Outcome, Parsed, ProductGroup, Verdict, check, parse, parse_with,
};
use proptest::prelude::*;

use crate::generators::{DAMAGES, Damage, Dice, LOSSES, STRUCTURES, code};

/// Codes of each structure in a run.
const CODES: u64 = 25;

/// The text without separators that are free: behind an element of predefined length.
fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(at) = text.find("\u{1d}17")
        && text.as_bytes().get(at + 9) == Some(&0x1d)
    {
        text.remove(at + 9);
    }
    text
}

enum Answer {
    Exact,
    Asked,
    Refused,
    Misread,
}

fn answer(parsed: &Parsed, original: &str) -> Answer {
    let same = |code: &MarkingCode| plain(code.as_str()) == plain(original);
    match &parsed.verdict {
        Verdict::Code(code) if same(code) => Answer::Exact,
        Verdict::Code(_) => Answer::Misread,
        Verdict::Ambiguous(_) => Answer::Asked,
        Verdict::Refused(_) | Verdict::NotACode(_) => Answer::Refused,
    }
}

fn each(mut test: impl FnMut(&mut Dice, &str, &str)) {
    for (index, structure) in STRUCTURES.into_iter().enumerate() {
        for seed in 0..CODES {
            let mut dice = Dice::new(seed * 1000 + u64::try_from(index).unwrap() + 1);
            let code = code(&mut dice, structure);
            test(&mut dice, structure.0, &code);
        }
    }
}

#[test]
fn good_codes_of_every_structure_are_taken_as_they_are() {
    let mut asked = 0;
    each(|_, structure, code| {
        let parsed = parse(code);
        assert!(check(code.as_bytes()).is_ok(), "{structure} {code:?}");
        match parsed.outcome() {
            Outcome::Valid => assert_eq!(parsed.code().unwrap().as_str(), code),
            // A serial number that looks like a longer code by chance.
            Outcome::Ambiguous => asked += 1,
            _ => panic!("{structure} {code:?}: {parsed:?}"),
        }
    });
    assert!(asked < 10, "{asked} needless questions");
}

#[test]
fn every_damage_of_every_code_is_repaired_or_asked_about() {
    let mut counts = [0; 3];
    each(|_, structure, code| {
        for (name, damage) in DAMAGES {
            let damaged = damage(code);
            let parsed = parse(&damaged);
            match answer(&parsed, code) {
                Answer::Exact => counts[0] += 1,
                Answer::Asked => counts[1] += 1,
                Answer::Refused => counts[2] += 1,
                Answer::Misread => {
                    panic!("{structure}, {name}: {code:?} as {damaged:?}: {parsed:?}")
                }
            }
        }
    });
    let [repaired, asked, refused] = counts;
    println!("one damage: {repaired} repaired, {asked} asked about, {refused} refused, 0 misread");
    assert!(refused * 100 < repaired && asked * 50 < repaired);
}

/// Pairs that no chain of devices and programs makes, or that leave no trace of the first damage.
fn is_impossible((first, _): Damage, (second, _): Damage) -> bool {
    let layout = |name: &str| name.starts_with("russian");
    // The characters that are put in have no key.
    let typed_afterwards = first == "smart quotes" && layout(second);
    first == second
        || layout(first) && layout(second)
        || typed_afterwards
        || (first == "suffix:GS" && second == "gs:_")
}

#[test]
fn pairs_of_damage_are_repaired_asked_about_or_refused() {
    let mut counts = [0; 3];
    each(|dice, structure, code| {
        for first in DAMAGES {
            let second = dice.one(&DAMAGES);
            if is_impossible(first, second) {
                continue;
            }
            let damaged = second.1(&first.1(code));
            let parsed = parse(&damaged);
            match answer(&parsed, code) {
                Answer::Exact => counts[0] += 1,
                Answer::Asked => counts[1] += 1,
                Answer::Refused => counts[2] += 1,
                Answer::Misread => panic!(
                    "{structure}, {} and {}: {code:?} as {damaged:?}: {parsed:?}",
                    first.0, second.0
                ),
            }
        }
    });
    let [repaired, asked, refused] = counts;
    println!("two damages: {repaired} repaired, {asked} asked about, {refused} refused, 0 misread");
    assert!((asked + refused) * 10 < repaired);
}

#[test]
fn a_loss_is_never_made_good_by_invention() {
    // Shorter and longer serial numbers of these are lawful too, and a batch has any length.
    const OPEN: [&str; 8] = [
        "milk",
        "milk by volume",
        "milk by weight",
        "beer",
        "beer with volume",
        "tobacco case",
        "tobacco block with more",
        "medicine",
    ];
    each(|_, structure, code| {
        if OPEN.contains(&structure)
            || structure.starts_with("bare")
            || code.contains('"')
            || code.contains('_')
        {
            return;
        }
        for (name, loss) in LOSSES {
            let damaged = loss(code);
            let parsed = parse(&damaged);
            let believed = parsed
                .code()
                .is_some_and(|found| found.has_tail() && plain(found.as_str()) != plain(code));
            assert!(
                !believed,
                "{structure}, {name}: {code:?} as {damaged:?}: {parsed:?}"
            );
        }
    });
}

#[test]
fn a_group_settles_what_is_ambiguous() {
    let settled = |text: &str, group| {
        let hint = Hint {
            group: Some(group),
            ..Hint::default()
        };
        parse_with(text, &hint)
            .code()
            .map(|code| code.as_str().to_owned())
    };
    let beer = "0104610053147452215d,OiLl93dGVz";
    assert_eq!(settled(beer, ProductGroup::Clothes).as_deref(), Some(beer));
    let separated = Some("0104610053147452215d,OiLl\u{1d}93dGVz".to_owned());
    assert_eq!(settled(beer, ProductGroup::Beer), separated);
    assert_eq!(settled(beer, ProductGroup::Tobacco), separated);
    let shoes = "010463007000812321ymxGZZnG838XW2406403";
    assert_eq!(
        settled(shoes, ProductGroup::Shoes),
        Some("010463007000812321ymxGZZnG838XW\u{1d}2406403".to_owned())
    );
    assert_eq!(
        settled(shoes, ProductGroup::Cameras).as_deref(),
        Some(shoes)
    );
}

/// Texts made of the pieces that repairs look for.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: [&str; 58] = [
        "01",
        "21",
        "(01)",
        "(21)",
        "(93)",
        "(240)",
        "[91]",
        "91",
        "92",
        "93",
        "240",
        "10",
        "17",
        "3103",
        "8005",
        "0103041094787443",
        "03041094787443",
        "5Qbag!",
        "\u{1d}",
        "\u{1d}\u{1d}",
        "<GS>",
        "(GS)",
        "GS",
        "_x001D_",
        "%1D",
        "%41",
        "029",
        "\\u001d",
        "\\\\u001d",
        "\\\\\\u001d",
        "\\\"",
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
        "_",
        "Zjqw",
        "FFD0",
        "261130",
        "\u{200b}",
        "\u{feff}",
        "\r\n",
        "С",
        "ъв2",
        "\"",
        "'",
        "&amp;lt;",
        "&#x1D;",
        "MDEwMzA0MTA5NDc4NzQ0MzIxNVFiYWch",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "[!-~]{0,7}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Texts that often are codes, with pieces of damage put into them.
fn damaged() -> impl Strategy<Value = String> {
    (
        any::<u64>(),
        0..STRUCTURES.len(),
        pieces(),
        any::<prop::sample::Index>(),
        any::<bool>(),
    )
        .prop_map(|(seed, structure, piece, at, replace)| {
            let code = code(&mut Dice::new(seed), STRUCTURES[structure]);
            let (before, behind) = code.split_at(at.index(code.len()));
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

/// Every code that the verdict holds.
fn codes(parsed: &Parsed) -> Vec<MarkingCode> {
    match &parsed.verdict {
        Verdict::Code(code) => vec![code.clone()],
        Verdict::Ambiguous(question) => question
            .readings()
            .iter()
            .map(|reading| reading.code().clone())
            .collect(),
        Verdict::Refused(_) | Verdict::NotACode(_) => vec![],
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(600)
    })]

    #[test]
    fn what_comes_out_is_canonical_and_reads_as_itself(text in anything()) {
        for code in codes(&parse(&text)) {
            prop_assert_eq!(&MarkingCode::from_canonical(code.as_str()).unwrap(), &code);
            prop_assert_eq!(&code.as_str().parse::<MarkingCode>().unwrap(), &code);
            let again = parse(code.as_str());
            prop_assert!(matches!(again.outcome(), Outcome::Valid | Outcome::Ambiguous), "{:?}", again);
            prop_assert!(codes(&again).contains(&code));
        }
    }

    #[test]
    fn a_code_differs_from_the_text_exactly_when_it_was_repaired(text in anything()) {
        let parsed = parse(&text);
        if let Some(code) = parsed.code() {
            prop_assert_eq!(code.as_str() != text, parsed.outcome() == Outcome::Repaired);
        }
    }

    #[test]
    fn positions_lie_within_the_text(text in anything()) {
        let length = text.chars().count();
        let parsed = parse(&text);
        let positions = parsed.repairs.iter().filter_map(cis::Repair::position)
            .chain(parsed.remarks.iter().filter_map(cis::Remark::position))
            .chain(parsed.position());
        for position in positions {
            prop_assert!(position <= length);
        }
    }

    #[test]
    fn every_hint_is_survived(text in anything(), group in 0..ProductGroup::ALL.len(), caps_lock in any::<bool>()) {
        let hint = Hint { group: Some(ProductGroup::ALL[group]), gtin: None, caps_lock };
        let parsed = parse_with(&text, &hint);
        prop_assert!(parsed.reason(cis::Lang::Ru).is_some() == parsed.code().is_none());
    }

    #[test]
    fn what_parses_is_never_blocked(text in anything()) {
        for code in codes(&parse(&text)) {
            prop_assert_eq!(market::check(code.as_str()), Ok(()));
        }
    }

    #[test]
    fn the_elements_and_separators_make_the_whole_code(text in anything()) {
        for code in codes(&parse(&text)) {
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
    fn the_form_for_market_follows_its_patterns(text in damaged()) {
        for code in codes(&parse(&text)) {
            let form = market::form(code.as_str());
            match code.market_form() {
                Some(_) => prop_assert_eq!(code.market_form(), form),
                None => prop_assert!(form.is_none() || code.kind() != Kind::Unit || form == Some(MarketForm::Full)),
            }
        }
    }

    #[test]
    fn debug_hides_the_tail(text in damaged()) {
        let parsed = parse(&text);
        for code in codes(&parsed) {
            if let Some(tail) = code.tail().filter(|_| code.kind() == Kind::Unit) {
                let shown = format!("{parsed:?}");
                prop_assert!(!shown.contains(tail), "{}", shown);
            }
        }
    }
}
