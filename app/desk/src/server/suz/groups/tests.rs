//! The data file: what every group has, and what the document says of some.

use super::*;
use crate::suz::group_form::{
    CisType, FieldKind, FieldPlace, ReleaseMethod, RuleName, Tail, Validity, limits,
};
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
        for name in names.map(|row| row.says.parts().0) {
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
        ("lp", ReleaseMethod::Remains, "2024-02-09"),
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
fn every_row_has_its_source_and_its_days() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        let group = BOOK.groups.iter().find(|group| group.alias == alias);
        let group = group.expect("listed");
        let rows = group.templates.len()
            + group.cis_types.len()
            + group.releases.len()
            + group.fields.len()
            + group.producer.len()
            + usize::from(group.payment.is_some())
            + usize::from(group.unused.is_some());
        assert_eq!(
            form.origins.len(),
            rows + 4,
            "{alias}: four more say yes or no"
        );
        for origin in &form.origins {
            let section = origin.section.as_str();
            assert!(
                section.starts_with("4.4.1") || section.starts_with("5.3.1."),
                "{alias}: {origin:?}"
            );
            if let Validity::Days { from, until } = origin.validity {
                assert!(from.is_some() || until.is_some(), "{alias}: {origin:?}");
                if let (Some(from), Some(until)) = (from, until) {
                    assert!(from <= until, "{alias}: {origin:?}");
                }
            }
        }
        // What the form says is open is what its origins say is in force.
        let in_force = |validity: Validity| match validity {
            Validity::WholeEdition => true,
            Validity::Days { from, until } => {
                from.is_none_or(|from| from <= form.on)
                    && until.is_none_or(|until| form.on <= until)
            }
        };
        for rule in &form.releases {
            let name = RuleName::Release(rule.method.clone(), rule.payment_group);
            let origin = form.origins.iter().find(|origin| origin.rule == name);
            let origin = origin.expect("an origin");
            assert_eq!(
                in_force(origin.validity),
                rule.open_on(form.on),
                "{alias}: {name:?}"
            );
        }
    }
}

#[test]
fn a_row_names_what_its_group_and_its_kind_do_not() {
    let origin = |alias: &str, rule: RuleName| {
        let form = today(alias);
        let found = form.origins.into_iter().find(|origin| origin.rule == rule);
        found
            .map(|origin| (origin.section, origin.validity))
            .expect("a rule")
    };
    let days = |from: &str, until: Option<&str>| Validity::Days {
        from: Some(day(from)),
        until: until.map(day),
    };
    let whole = Validity::WholeEdition;
    assert_eq!(
        origin("lp", RuleName::Template(10)),
        ("5.3.1.4".into(), whole)
    );
    assert_eq!(
        origin("lp", RuleName::ReleaseRequired),
        ("4.4.1.1.2".into(), whole)
    );
    assert_eq!(
        origin("lp", RuleName::Field(FormField::ServiceProvider)),
        ("4.4.1.1, таблица 7".into(), whole)
    );
    assert_eq!(
        origin("lp", RuleName::Release(ReleaseMethod::Remains, Some(3))),
        (
            "5.3.1.1, прим. 1".into(),
            days("2024-11-01", Some("2026-03-02"))
        )
    );
    assert_eq!(
        origin("meat", RuleName::Payment),
        ("4.4.1.1.41".into(), days("2026-08-01", None))
    );
    assert_eq!(
        origin("meat", RuleName::Unused),
        ("5.3.1.12".into(), days("2026-08-01", None))
    );
}

#[test]
fn a_row_without_days_has_its_groups() {
    let mut group: file::Group = toml::from_str(
        r#"
        alias = "new"
        number = 99
        ru = "Новая"
        en = "New"
        source = "4.4.1.1.99"
        from = "2026-03-01"
        until = "2026-12-31"
        templates = [{ id = 99, serial = 13, tail = "long", until = "2026-06-30", source = "5.3.1.4, прим. 9" }]
        cis_types = ["UNIT", { is = "SET", from = "2026-09-01" }]
        releases = ["PRODUCTION"]
        fields = [{ is = "contactPerson?", until = "2026-04-30" }]
        payment = {}
        own_key = { is = false, source = "4.4.2" }
        "#,
    )
    .expect("a group");
    group.inherit();
    let sets = &group.cis_types[1];
    assert_eq!(
        (sets.from, sets.until),
        (Some(day("2026-09-01")), Some(day("2026-12-31")))
    );
    assert!(!sets.holds(day("2026-08-31")) && sets.holds(day("2026-12-31")));
    let payment = group.payment.as_ref().expect("a payment");
    assert!(payment.holds(day("2026-03-01")) && !payment.holds(day("2027-01-01")));
    assert_eq!(group.templates_on(day("2026-07-01")), []);
    assert_eq!(
        (group.own_key.says, group.own_key.source.as_deref()),
        (false, Some("4.4.2"))
    );
    let twice = toml::from_str::<file::Group>("alias = 1");
    assert!(twice.is_err());
}

#[test]
fn waves_of_leftovers_end_on_their_own_days() {
    let on = |text: &str| {
        let form = form("lp", day(text)).expect("a group");
        let open = form
            .open_releases()
            .filter(|rule| rule.method == ReleaseMethod::Remains);
        open.map(|rule| (rule.payment_group, rule.no_technical))
            .collect::<Vec<_>>()
    };
    assert_eq!(on("2024-02-10"), [(Some(4), true)]);
    assert_eq!(on("2026-03-02"), [(Some(3), false), (Some(4), true)]);
    assert_eq!(on("2026-03-03"), [(Some(4), true)]);
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
        assert!(wire.len() < 6_000, "{alias}: {} bytes", wire.len());
        assert_eq!(
            serde_json::from_str::<GroupForm>(&wire).expect("read"),
            form
        );
    }
    assert_eq!(limits::MOST_LINES, 10);
}
