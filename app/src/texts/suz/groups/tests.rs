use super::*;
use desk::suz::group_form::{ReleaseRule, RuleName, RuleOrigin, Tail, Template, Validity};

#[test]
fn templates_say_how_long_their_codes_are() {
    let explained = |serial, tail| {
        let sample = Template {
            id: 1,
            serial,
            own_serial: serial,
            tail,
            cis_types: Vec::new(),
        };
        template(&sample, Lang::Ru).text
    };
    for (serial, tail, told) in [
        (13, Tail::Long, "Всего 85 знаков."),
        (13, Tail::Longest, "Всего 129 знаков."),
        (13, Tail::Short, "Всего 38 знаков."),
        (6, Tail::Short, "Всего 31 знак."),
        (7, Tail::Price, "Всего 43 знака."),
        (7, Tail::Bare, "Всего 29 знаков."),
    ] {
        let text = explained(serial, tail);
        assert!(text.starts_with(told), "{text}");
    }
}

#[test]
fn a_word_that_came_later_is_shown_as_it_came() {
    assert_eq!(release(&"CROSSBORDER".into(), Lang::Ru), "CROSSBORDER");
    assert_eq!(cis_type(&"PALLET".into(), Lang::En), "PALLET");
    assert_eq!(field(&"shift".into(), Lang::Ru), "shift");
}

#[test]
fn days_of_a_way_of_release_are_said_as_far_as_there_are_any() {
    let rule = |from: Option<&str>, until: Option<&str>| ReleaseRule {
        method: ReleaseMethod::Remains,
        from: from.and_then(|day| day.parse().ok()),
        until: until.and_then(|day| day.parse().ok()),
        cis_types: Vec::new(),
        payment: None,
        no_technical: false,
        payment_group: None,
    };
    let until = rule(None, Some("2026-12-01"));
    assert_eq!(release_days(&until, Lang::Ru), "по 01.12.2026");
    let both = rule(Some("2026-03-31"), Some("2027-02-28"));
    assert_eq!(
        release_days(&both, Lang::En),
        "from 2026-03-31 until 2027-02-28"
    );
    assert_eq!(release_days(&rule(None, None), Lang::Ru), "");
    let third = ReleaseRule {
        payment_group: Some(3),
        ..until
    };
    assert_eq!(
        release_days(&third, Lang::Ru),
        "3-я волна платности (в карточке товара): по 01.12.2026"
    );
}

#[test]
fn a_rule_is_told_with_its_place_and_days() {
    let of = |rule, validity| RuleOrigin {
        rule,
        section: "5.3.1.1, прим. 1".into(),
        validity,
    };
    let days = Validity::Days {
        from: None,
        until: "2026-03-02".parse().ok(),
    };
    let remains = of(RuleName::Release(ReleaseMethod::Remains, Some(3)), days);
    assert_eq!(
        origin(&remains, Lang::Ru),
        "Маркировка остатков, 3-я волна платности (в карточке товара): раздел 5.3.1.1, прим. 1; по 02.03.2026."
    );
    let template = of(RuleName::Template(10), Validity::WholeEdition);
    assert!(origin(&template, Lang::Ru).starts_with("Шаблон 10: раздел 5.3.1.1"));
    assert!(origin(&template, Lang::En).ends_with("in the whole edition."));
}

#[test]
fn numbers_and_their_nouns_agree() {
    let sample = |own_serial| Template {
        id: 34,
        serial: 21,
        own_serial,
        tail: Tail::Short,
        cis_types: Vec::new(),
    };
    let name = |lang| template(&sample(20), lang).name;
    assert_eq!(
        name(Lang::Ru),
        "Короткий код, шаблон 34: серийный номер из 21 знака"
    );
    assert!(name(Lang::En).ends_with("a serial number of 21 characters"));
    for (length, told) in [
        (1, "ровно 1 знак:"),
        (12, "ровно 12 знаков:"),
        (22, "ровно 22 знака:"),
    ] {
        let told_of = own_serials(&sample(length), Lang::Ru);
        assert!(told_of.contains(told), "{told_of}");
    }
    assert!(own_serials(&sample(1), Lang::En).contains("1 character each"));
}
