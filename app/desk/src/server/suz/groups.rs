//! Product groups: read once from the data file beside this one, told as the form of one group on one day.
//!
//! The table stays on the server: a page gets the [`GroupForm`] of the group that somebody chose.

mod file;
mod origins;
mod row;
#[cfg(test)]
mod tests;

use crate::{
    codes::Day,
    suz::group_form::{
        FieldRule, FormField, GroupChoice, GroupForm, GroupName, PaymentType, Presence,
    },
};
use std::sync::LazyLock;

static BOOK: LazyLock<file::Book> = LazyLock::new(file::book);

/// Every group, by number.
pub fn choices() -> Vec<GroupChoice> {
    let choice = |group: &file::Group| GroupChoice {
        alias: group.alias.clone(),
        name: name(group),
    };
    BOOK.groups.iter().map(choice).collect()
}

/// What an order of a group may say on a day; nothing for an alias that no group has.
pub fn form(alias: &str, on: Day) -> Option<GroupForm> {
    let group = BOOK.groups.iter().find(|group| group.alias == alias)?;
    Some(GroupForm {
        alias: group.alias.clone(),
        number: group.number,
        name: name(group),
        on,
        templates: group.templates_on(on),
        cis_types: row::in_force(&group.cis_types, on).cloned().collect(),
        releases: group.release_rules(),
        release_required: group.release_required.says,
        payments: payments(group, on),
        fields: fields(group, on),
        unused: group.unused_on(on),
        reports_itself: group.reports_itself.says,
        keeps_our_key: group.own_key.says,
        source: format!("{}, {}", BOOK.document.cited, group.source),
        origins: BOOK.origins(group),
    })
}

/// Today's alias for a name in any spelling and case; a name that no group has stays itself, in lower case.
pub fn alias_of(name: &str) -> String {
    let name = name.trim().to_ascii_lowercase();
    BOOK.groups
        .iter()
        .find(|group| group.also.contains(&name))
        .map_or(name, |group| group.alias.clone())
}

/// The alias of a number of the dictionary, which True API's balances have too.
pub fn alias_of_number(number: u32) -> Option<String> {
    BOOK.groups
        .iter()
        .find(|group| group.number == number)
        .map(|group| group.alias.clone())
}

fn name(group: &file::Group) -> GroupName {
    GroupName {
        ru: group.ru.clone(),
        en: group.en.clone(),
    }
}

/// Paying at application is what an order says by saying nothing; the other is open on the row's days.
fn payments(group: &file::Group, on: Day) -> Vec<PaymentType> {
    let Some(payment) = &group.payment else {
        return Vec::new();
    };
    let mut payments = vec![PaymentType::AtApplication];
    if payment.holds(on) {
        payments.push(PaymentType::AtEmission);
    }
    payments
}

/// The fields of the group; the card's owner can be named where some way of release allows it.
fn fields(group: &file::Group, on: Day) -> Vec<FieldRule> {
    let named = row::in_force(&group.fields, on).filter_map(|named| {
        let (field, optional) = named.parts();
        rule(&field, optional)
    });
    let ways: Vec<_> = row::in_force(&group.producer, on).cloned().collect();
    let producer = (!ways.is_empty())
        .then(|| rule(&FormField::Producer, true))
        .flatten()
        .map(|rule| FieldRule {
            presence: Presence::OnlyWith(ways),
            ..rule
        });
    named.chain(producer).collect()
}

fn rule(field: &FormField, optional: bool) -> Option<FieldRule> {
    let known = BOOK.field.get(field.as_str())?;
    let presence = match (&known.only_with, optional) {
        (Some(methods), _) => Presence::OnlyWith(methods.clone()),
        (None, true) => Presence::Optional,
        (None, false) => Presence::Required,
    };
    Some(FieldRule {
        field: field.clone(),
        place: known.place,
        kind: known.kind,
        presence,
    })
}
