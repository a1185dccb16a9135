//! Fields that only some groups have.

use super::{EmissionFault, FaultKind, FaultPlace, FieldValue};
use crate::{
    codes::Day,
    legal_entity::Inn,
    suz::group_form::ReleaseMethod,
    suz::group_form::{FieldKind, FieldPlace, FieldRule, FormField, GroupForm, Presence},
};
use uuid::Uuid;

/// Reads the fields that stand in these places of the body, in the order of the form. `at` says where a fault is.
pub(super) fn read(
    form: &GroupForm,
    places: &[FieldPlace],
    filled: &[(FormField, String)],
    release: Option<&ReleaseMethod>,
    at: impl Fn(FormField) -> FaultPlace,
    faults: &mut Vec<EmissionFault>,
) -> Vec<(FormField, FieldValue)> {
    let rules: Vec<&FieldRule> = form
        .fields
        .iter()
        .filter(|rule| places.contains(&rule.place))
        .collect();
    let foreign = filled
        .iter()
        .filter(|(field, text)| !blank(text) && rules.iter().all(|rule| rule.field != *field))
        .map(|(field, _)| EmissionFault::new(at(field.clone()), FaultKind::FieldForeign));
    faults.extend(foreign);
    let mut read = Vec::new();
    for rule in rules {
        let text = filled
            .iter()
            .find(|(field, text)| *field == rule.field && !blank(text))
            .map(|(_, text)| text.trim());
        match one(rule, text, release) {
            Ok(Some(value)) => read.push((rule.field.clone(), value)),
            Ok(None) => {}
            Err(kind) => faults.push(EmissionFault::new(at(rule.field.clone()), kind)),
        }
    }
    read
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn one(
    rule: &FieldRule,
    text: Option<&str>,
    release: Option<&ReleaseMethod>,
) -> Result<Option<FieldValue>, FaultKind> {
    let Some(text) = text else {
        return match rule.presence {
            Presence::Required => Err(FaultKind::Missing),
            Presence::Optional | Presence::OnlyWith(_) => Ok(None),
        };
    };
    if let Presence::OnlyWith(methods) = &rule.presence
        && !release.is_some_and(|release| methods.contains(release))
    {
        return Err(FaultKind::FieldOnlyWith {
            methods: methods.clone(),
        });
    }
    value(rule.kind, text).map(Some)
}

fn value(kind: FieldKind, text: &str) -> Result<FieldValue, FaultKind> {
    match kind {
        FieldKind::Text { least, most } => line(text, least, most),
        FieldKind::Uuid => text
            .parse::<Uuid>()
            .map(|id| FieldValue::Text(id.hyphenated().to_string()))
            .map_err(|_| FaultKind::NotUuid),
        FieldKind::Inn => text
            .parse::<Inn>()
            .map(|inn| FieldValue::Text(inn.to_string()))
            .map_err(|_| FaultKind::NotInn),
        FieldKind::Kopecks { least, most } => {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let fits = (usize::from(least)..=usize::from(most)).contains(&text.len());
            (digits && fits)
                .then(|| FieldValue::Text(text.to_owned()))
                .ok_or(FaultKind::NotKopecks { least, most })
        }
        FieldKind::Day => text
            .parse::<Day>()
            .ok()
            .filter(|day| day.day <= days_in(day.year, day.month))
            .map(|day| FieldValue::Text(day.to_string()))
            .ok_or(FaultKind::NotDay),
        FieldKind::Flag => match text {
            "true" => Ok(FieldValue::Flag(true)),
            "false" => Ok(FieldValue::Flag(false)),
            _ => Err(FaultKind::NotFlag),
        },
    }
}

fn line(text: &str, least: u16, most: u16) -> Result<FieldValue, FaultKind> {
    if text.chars().any(char::is_control) {
        return Err(FaultKind::ControlCharacter);
    }
    let found = text.chars().count();
    if (usize::from(least)..=usize::from(most)).contains(&found) {
        Ok(FieldValue::Text(text.to_owned()))
    } else {
        Err(FaultKind::TextLength { found, least, most })
    }
}

const fn days_in(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}
