//! The data file: what every group has, and what the document says of some.

use super::*;
use crate::suz::group_form::{CisType, FieldKind, FieldPlace, ReleaseMethod, Tail, limits};
use std::collections::BTreeSet;

mod orders;

/// Number and alias of every group, as the dictionary of the document has them (5.3.1.16).
const DICTIONARY: [(u32, &str); 48] = [
    (1, "lp"),
    (2, "shoes"),
    (3, "tobacco"),
    (4, "perfumery"),
    (5, "tires"),
    (6, "electronics"),
    (7, "pharma"),
    (8, "milk"),
    (9, "bicycle"),
    (10, "wheelchairs"),
    (12, "otp"),
    (13, "water"),
    (15, "beer"),
    (16, "ncp"),
    (17, "bio"),
    (19, "antiseptic"),
    (20, "petfood"),
    (21, "seafood"),
    (22, "nabeer"),
    (23, "softdrinks"),
    (25, "meat"),
    (26, "vetpharma"),
    (27, "toys"),
    (28, "radio"),
    (31, "titan"),
    (32, "conserve"),
    (33, "vegetableoil"),
    (34, "opticfiber"),
    (35, "chemistry"),
    (36, "books"),
    (37, "grocery"),
    (39, "construction"),
    (40, "fire"),
    (41, "heater"),
    (42, "cableraw"),
    (43, "autofluids"),
    (44, "polymer"),
    (45, "sweets"),
    (48, "carparts"),
    (49, "furslp"),
    (50, "nicotindev"),
    (51, "gadgets"),
    (52, "frozen"),
    (53, "fertilizers"),
    (54, "homeware"),
    (55, "vetbio"),
    (57, "industrial"),
    (59, "pyrotechnics"),
];

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn today(alias: &str) -> GroupForm {
    form(alias, day("2026-11-23")).expect("a group")
}

#[test]
fn every_group_of_the_dictionary_is_there_with_a_whole_form() {
    let aliases: Vec<_> = choices().into_iter().map(|choice| choice.alias).collect();
    let expected: Vec<_> = DICTIONARY.iter().map(|(_, alias)| *alias).collect();
    assert_eq!(aliases, expected);
    let mut templates = BTreeSet::new();
    for (number, alias) in DICTIONARY {
        assert_eq!(alias_of_number(number).as_deref(), Some(alias));
        let form = today(alias);
        assert_eq!((form.alias.as_str(), form.number), (alias, number));
        assert!(!form.name.ru.is_empty() && !form.name.en.is_empty());
        assert!(form.source.contains("4.4.1.1."), "{}", form.source);
        assert!((1..=2).contains(&form.templates.len()), "{alias}");
        for template in &form.templates {
            assert!(templates.insert(template.id), "{alias}: {}", template.id);
            assert!(template.own_serial > 0 && template.own_serial <= template.serial);
        }
        assert!(form.cis_types.contains(&CisType::Unit), "{alias}");
        for cis_type in &form.cis_types {
            assert!(!matches!(cis_type, CisType::Other(_)), "{alias}");
            assert!(
                form.templates.iter().any(|one| one.fits(cis_type)),
                "{alias}"
            );
        }
        for rule in &form.releases {
            assert!(!matches!(rule.method, ReleaseMethod::Other(_)), "{alias}");
        }
        let listed = BOOK.groups.iter().find(|group| group.alias == alias);
        let names = listed.expect("listed").fields.iter();
        for name in names.map(|named| named.parts().0) {
            assert!(!matches!(name, FormField::Other(_)), "{alias}: {name:?}");
            assert!(form.field(&name).is_some(), "{alias}: {name:?}");
        }
    }
    assert_eq!(alias_of_number(0), None);
    assert_eq!(form("furs", day("2026-11-23")), None);
}

#[test]
fn who_can_name_the_owner_of_a_card_is_who_can_release_so() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        let Some(rule) = form.field(&FormField::Producer) else {
            continue;
        };
        assert_eq!((rule.place, rule.kind), (FieldPlace::Line, FieldKind::Inn));
        let Presence::OnlyWith(methods) = &rule.presence else {
            panic!("{alias}: the owner is named with some ways of release only");
        };
        for method in methods {
            assert!(
                form.releases.iter().any(|rule| rule.method == *method),
                "{alias}: {method:?}"
            );
        }
    }
}

#[test]
fn clothes_are_as_the_document_has_them() {
    let lp = today("lp");
    let [template] = lp.templates.as_slice() else {
        panic!("one template");
    };
    assert_eq!(
        (template.id, template.serial, template.own_serial),
        (10, 13, 12)
    );
    assert_eq!(template.tail, Tail::Long);
    assert_eq!(lp.cis_types, [CisType::Unit, CisType::Bundle, CisType::Set]);
    assert!(lp.payments.is_empty() && lp.reports_itself && lp.keeps_our_key);
    assert_eq!(lp.unused.map(|life| life.own), Some(90));
    assert!(
        lp.source.contains("редакция 62 от 26.05.2026, 4.4.1.1.2"),
        "{}",
        lp.source
    );
}

#[test]
fn own_serials_are_a_character_shorter_but_in_four_groups() {
    for (_, alias) in DICTIONARY {
        let whole = matches!(alias, "tobacco" | "otp" | "ncp" | "pharma");
        for template in today(alias).templates {
            let expected = template.serial - u8::from(!whole);
            assert_eq!(template.own_serial, expected, "{alias}");
        }
    }
}

#[test]
fn rules_change_with_the_day() {
    let open = |alias: &str, on: &str, method: ReleaseMethod| {
        let form = form(alias, day(on)).expect("a group");
        form.open_releases().any(|rule| rule.method == method)
    };
    for (alias, method, first, last) in [
        ("lp", ReleaseMethod::Remains, "2024-02-10", "2026-12-01"),
        (
            "wheelchairs",
            ReleaseMethod::Remains,
            "2026-03-31",
            "2027-02-28",
        ),
        (
            "gadgets",
            ReleaseMethod::Reapply,
            "2026-05-01",
            "2026-11-30",
        ),
    ] {
        assert!(open(alias, first, method.clone()) && open(alias, last, method.clone()));
    }
    for (alias, method, on) in [
        ("lp", ReleaseMethod::Remains, "2026-12-02"),
        ("wheelchairs", ReleaseMethod::Remains, "2026-03-30"),
        ("gadgets", ReleaseMethod::Reapply, "2026-12-01"),
        ("furslp", ReleaseMethod::Reapply, "2026-02-28"),
        ("bio", ReleaseMethod::Remains, "2026-11-23"),
    ] {
        assert!(!open(alias, on, method), "{alias} on {on}");
    }
    let serials = |on: &str| -> Vec<_> {
        let form = form("radio", day(on)).expect("a group");
        let parts = |template: &crate::suz::group_form::Template| (template.id, template.serial);
        form.templates.iter().map(parts).collect()
    };
    assert_eq!(serials("2025-12-31"), [(36, 13), (37, 13)]);
    assert_eq!(serials("2026-01-01"), [(36, 20), (37, 20)]);
    let payments = |on: &str| form("meat", day(on)).expect("a group").payments;
    assert_eq!(payments("2026-07-31"), [PaymentType::AtApplication]);
    assert_eq!(payments("2026-08-01").len(), 2);
    assert_eq!(
        form("meat", day("2026-07-31")).expect("a group").unused,
        None
    );
}

#[test]
fn old_spellings_lead_to_aliases_that_there_are() {
    for (old, alias) in [
        ("PERFUM", "perfumery"),
        ("Light", "lp"),
        ("photo", "electronics"),
        (" LP ", "lp"),
    ] {
        assert_eq!(alias_of(old), alias);
        assert!(form(alias, day("2026-11-23")).is_some());
    }
    assert_eq!(alias_of("NEWGROUP"), "newgroup");
}

#[test]
fn a_form_crosses_the_wire_whole_and_small() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        let wire = serde_json::to_string(&form).expect("written");
        assert!(wire.len() < 3_000, "{alias}: {} bytes", wire.len());
        assert_eq!(
            serde_json::from_str::<GroupForm>(&wire).expect("read"),
            form
        );
    }
    assert_eq!(limits::MOST_LINES, 10);
}
