//! Two readings of one document: the product groups of Metka beside those of the sandbox, which knows nothing of them.

use desk::{
    codes::Day,
    server::suz::groups,
    suz::group_form::{FieldPlace, GroupForm, Presence, Tail},
};
use sandbox::crpt::product_groups::{self, ProductGroup};
use std::collections::BTreeSet;

/// A group as both can tell it.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    number: u32,
    /// `templateId`, characters of the serial number, of an own one, tail.
    templates: BTreeSet<(u16, usize, usize, &'static str)>,
    cis_types: BTreeSet<String>,
    /// `releaseMethodType` with its first and last day.
    releases: BTreeSet<(String, Option<String>, Option<String>)>,
    release_required: bool,
    required: BTreeSet<String>,
    pays: bool,
    reports_itself: bool,
    life: Option<u32>,
}

fn ours(form: &GroupForm) -> Told {
    let tail = |tail| match tail {
        Tail::Long => "91(4) 92(44)",
        Tail::Longest => "91(4) 92(88)",
        Tail::Short => "93(4)",
        Tail::Price => "8005 93(4)",
        Tail::Bare => "no identifiers",
    };
    Told {
        number: form.number,
        templates: form
            .templates
            .iter()
            .map(|one| {
                let (serial, own) = (one.serial.into(), one.own_serial.into());
                (one.id, serial, own, tail(one.tail))
            })
            .collect(),
        cis_types: form
            .cis_types
            .iter()
            .map(|one| one.as_str().to_owned())
            .collect(),
        releases: form
            .releases
            .iter()
            .map(|rule| {
                let day = |day: Option<Day>| day.map(|day| day.to_string());
                (
                    rule.method.as_str().to_owned(),
                    day(rule.from),
                    day(rule.until),
                )
            })
            .collect(),
        release_required: form.release_required,
        required: form
            .fields_of(FieldPlace::Attributes)
            .filter(|rule| rule.presence == Presence::Required)
            .map(|rule| rule.field.as_str().to_owned())
            .collect(),
        pays: !form.payments.is_empty(),
        reports_itself: form.reports_itself,
        life: form.unused.map(|life| life.own.into()),
    }
}

fn theirs(group: &ProductGroup) -> Told {
    use product_groups::Tail as Theirs;
    let tail = |tail| match tail {
        Theirs::Key44 => "91(4) 92(44)",
        Theirs::Key88 => "91(4) 92(88)",
        Theirs::Check => "93(4)",
        Theirs::Block => "8005 93(4)",
        Theirs::Pack => "no identifiers",
    };
    Told {
        number: group.number.into(),
        templates: group
            .templates
            .iter()
            .map(|one| (one.id, one.serial, group.own_serial(one), tail(one.tail)))
            .collect(),
        cis_types: group
            .cis_types
            .iter()
            .map(|one| one.as_str().to_owned())
            .collect(),
        releases: group
            .releases
            .iter()
            .map(|one| {
                let day = |day: Option<&str>| day.map(ToOwned::to_owned);
                (one.method.as_str().to_owned(), day(one.from), day(one.to))
            })
            .collect(),
        release_required: group.release_is_due,
        required: group
            .due_attributes
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        pays: group.takes_payment_type,
        reports_itself: group.applied_at_hand_out,
        life: group
            .life_days
            .map(|days| u32::try_from(days).expect("days ahead")),
    }
}

#[test]
fn the_sandbox_read_the_same_of_every_group() {
    // The day from which all of the edition that both have read is in force, as far as it names days.
    let on: Day = "2026-11-23".parse().expect("a day");
    let known: Vec<_> = groups::choices().into_iter().map(|one| one.alias).collect();
    let expected: Vec<_> = product_groups::all().iter().map(|one| one.alias).collect();
    assert_eq!(known, expected);
    let mut different = Vec::new();
    for group in product_groups::all() {
        let form = groups::form(group.alias, on).expect("a group");
        let (ours, theirs) = (ours(&form), theirs(group));
        if ours != theirs {
            different.push(format!("{}\n{ours:#?}\n{theirs:#?}", group.alias));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n\n"));
}
