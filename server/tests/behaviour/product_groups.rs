//! Two readings of one document: the product groups of Metka beside those of the sandbox, which knows nothing of them.

use desk::{
    codes::Day,
    server::suz::groups,
    suz::group_form::{FormField, GroupForm, PaymentType, Presence, RuleName, Tail, Validity},
};
use sandbox::crpt::product_groups::{self, Price, ProductGroup};
use std::collections::BTreeSet;

/// A day on which all of the edition that both have read is in force, as far as it names days.
const ON: &str = "2026-11-23";

/// A group as both can tell it.
/// `releaseMethodType` with its payment group, its first and last day.
type Release = (String, Option<u8>, Option<String>, Option<String>);

#[derive(Debug, PartialEq, Eq)]
struct Told {
    number: u32,
    /// `templateId`, characters of the serial number, of an own one, tail.
    templates: BTreeSet<(u16, usize, usize, &'static str)>,
    cis_types: BTreeSet<String>,
    releases: BTreeSet<Release>,
    release_required: bool,
    /// Fields that must be there, and those that may.
    required: BTreeSet<String>,
    optional: BTreeSet<String>,
    /// The ways of release with which the card's owner may be named.
    owner: BTreeSet<String>,
    /// Whether `paymentType` may be named, 1 on this day, and since when.
    pays: (bool, bool, Option<String>),
    keeps_key: bool,
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
                    rule.payment_group,
                    day(rule.from),
                    day(rule.until),
                )
            })
            .collect(),
        release_required: form.release_required,
        required: names(form, |presence| *presence == Presence::Required),
        optional: names(form, |presence| *presence != Presence::Required),
        owner: owner(form),
        pays: (
            !form.payments.is_empty(),
            form.payments.contains(&PaymentType::AtEmission),
            paid_from(form),
        ),
        keeps_key: form.keeps_our_key,
        reports_itself: form.reports_itself,
        life: form.unused.map(|life| life.own.into()),
    }
}

/// Names of fields, but for the card's owner.
fn names(form: &GroupForm, wanted: impl Fn(&Presence) -> bool) -> BTreeSet<String> {
    form.fields
        .iter()
        .filter(|rule| rule.field != FormField::Producer && wanted(&rule.presence))
        .map(|rule| rule.field.as_str().to_owned())
        .collect()
}

fn owner(form: &GroupForm) -> BTreeSet<String> {
    match form.field(&FormField::Producer).map(|rule| &rule.presence) {
        Some(Presence::OnlyWith(methods)) => {
            methods.iter().map(|one| one.as_str().to_owned()).collect()
        }
        Some(other) => panic!("{}: {other:?}", form.alias),
        None => BTreeSet::new(),
    }
}

/// The first day of paying at emission, as the row's source names it.
fn paid_from(form: &GroupForm) -> Option<String> {
    let row = form
        .origins
        .iter()
        .find(|origin| origin.rule == RuleName::Payment)?;
    match row.validity {
        Validity::WholeEdition => None,
        Validity::Days { from, .. } => from.map(|day| day.to_string()),
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
                let method = one.method.as_str().to_owned();
                (method, one.payment_group, day(one.from), day(one.to))
            })
            .collect(),
        release_required: group.release_is_due,
        required: named(group.due_attributes.iter().chain(price(group, Price::Due))),
        optional: named(
            (group.free_attributes.iter())
                .chain(price(group, Price::Free))
                .chain(group.takes_provider.then_some(&"serviceProviderId")),
        ),
        owner: named(
            group
                .names_owner
                .iter()
                .map(|one| one.as_str())
                .collect::<Vec<_>>()
                .iter(),
        ),
        pays: (
            group.takes_payment_type,
            group.takes_payment_type && group.paid_from.is_none_or(|from| from <= ON),
            group.paid_from.map(ToOwned::to_owned),
        ),
        keeps_key: group.keeps_key,
        reports_itself: group.applied_at_hand_out,
        life: group
            .life_days
            .map(|days| u32::try_from(days).expect("days ahead")),
    }
}

fn named<'a>(names: impl Iterator<Item = &'a &'a str>) -> BTreeSet<String> {
    names.map(|name| (*name).to_owned()).collect()
}

fn price(group: &ProductGroup, wanted: Price) -> Option<&'static &'static str> {
    (group.price == wanted).then_some(&"mrp")
}

#[test]
fn the_sandbox_read_the_same_of_every_group() {
    let on: Day = ON.parse().expect("a day");
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
