//! The data file as it is written. What its keys mean is said at its head.

use super::row::{Row, in_force};
use crate::{
    codes::Day,
    suz::group_form::{
        CisType, FieldKind, FieldPlace, FormField, PaymentType, ReleaseMethod, ReleaseRule, Tail,
        Template, UnusedLife,
    },
};
use serde::Deserialize;
use std::collections::BTreeMap;

const TEXT: &str = include_str!("../groups.toml");

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Book {
    pub(super) document: Document,
    /// Where rows of a kind stand, by the key of the kind.
    pub(super) sections: BTreeMap<String, String>,
    /// Fields by name.
    pub(super) field: BTreeMap<String, Field>,
    /// Groups by number.
    #[serde(rename = "group")]
    pub(super) groups: Vec<Group>,
}

/// What everything is read from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    /// Its name and edition, as one cites it.
    pub(super) cited: String,
}

/// A field that some groups' orders have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    pub(super) place: FieldPlace,
    pub(super) kind: FieldKind,
    pub(super) only_with: Option<Vec<ReleaseMethod>>,
    /// The section, when it is not the group's.
    pub(super) source: Option<String>,
}

/// A field's name, with a question mark behind it when it may stay empty.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Named(String);

/// A product group.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) alias: String,
    pub(super) number: u32,
    pub(super) ru: String,
    pub(super) en: String,
    /// The section of its attributes and notes.
    pub(super) source: String,
    /// The first day of all its rows that name none.
    pub(super) from: Option<Day>,
    /// The last day of all its rows that name none.
    pub(super) until: Option<Day>,
    #[serde(default)]
    pub(super) also: Vec<String>,
    pub(super) templates: Vec<Row<Form>>,
    pub(super) cis_types: Vec<Row<CisType>>,
    pub(super) releases: Vec<Row<Release>>,
    #[serde(default = "yes")]
    pub(super) release_required: Row<bool>,
    pub(super) fields: Vec<Row<Named>>,
    #[serde(default)]
    pub(super) producer: Vec<Row<ReleaseMethod>>,
    pub(super) payment: Option<Row<Payment>>,
    pub(super) unused: Option<Row<Unused>>,
    #[serde(default = "no")]
    pub(super) reports_itself: Row<bool>,
    #[serde(default = "yes")]
    pub(super) own_key: Row<bool>,
    #[serde(default = "no")]
    pub(super) whole_serials: Row<bool>,
}

fn yes() -> Row<bool> {
    true.into()
}

fn no() -> Row<bool> {
    false.into()
}

/// A template.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) id: u16,
    serial: u8,
    tail: Tail,
    #[serde(default, rename = "for")]
    cis_types: Vec<CisType>,
}

/// A way of release, by its name when nothing limits it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Release {
    Always(ReleaseMethod),
    Limited(Limited),
}

/// A way of release with what limits it besides days.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limited {
    method: ReleaseMethod,
    #[serde(default)]
    cis_types: Vec<CisType>,
    payment: Option<PaymentType>,
    #[serde(default)]
    no_technical: bool,
    payment_group: Option<u8>,
}

/// `paymentType` may be named; 1 within the days of the row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Payment {}

/// The life of unused codes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unused {
    own: u16,
    provider: Option<u16>,
    #[serde(default)]
    endless_when_paid: bool,
}

impl Named {
    /// The field, and whether it may stay empty.
    pub(super) fn parts(&self) -> (FormField, bool) {
        match self.0.strip_suffix('?') {
            Some(name) => (name.into(), true),
            None => (self.0.as_str().into(), false),
        }
    }
}

impl Release {
    /// Which.
    pub(super) const fn method(&self) -> &ReleaseMethod {
        match self {
            Self::Always(method) | Self::Limited(Limited { method, .. }) => method,
        }
    }

    /// The wave of marking that it is for.
    pub(super) const fn payment_group(&self) -> Option<u8> {
        match self {
            Self::Always(_) => None,
            Self::Limited(limited) => limited.payment_group,
        }
    }

    fn rule(&self) -> ReleaseRule {
        let limited = match self {
            Self::Always(method) => Limited {
                method: method.clone(),
                cis_types: Vec::new(),
                payment: None,
                no_technical: false,
                payment_group: None,
            },
            Self::Limited(limited) => limited.clone(),
        };
        ReleaseRule {
            method: limited.method,
            from: None,
            until: None,
            cis_types: limited.cis_types,
            payment: limited.payment,
            no_technical: limited.no_technical,
            payment_group: limited.payment_group,
        }
    }
}

impl Group {
    /// The templates of that day.
    pub(super) fn templates_on(&self, on: Day) -> Vec<Template> {
        in_force(&self.templates, on)
            .map(|template| Template {
                id: template.id,
                serial: template.serial,
                own_serial: template.serial - u8::from(!self.whole_serials.says),
                tail: template.tail,
                cis_types: template.cis_types.clone(),
            })
            .collect()
    }

    /// All ways of release with their days.
    pub(super) fn release_rules(&self) -> Vec<ReleaseRule> {
        let rule = |row: &Row<Release>| ReleaseRule {
            from: row.from,
            until: row.until,
            ..row.says.rule()
        };
        self.releases.iter().map(rule).collect()
    }

    /// How long unused codes of that day live.
    pub(super) fn unused_on(&self, on: Day) -> Option<UnusedLife> {
        let row = self.unused.as_ref().filter(|row| row.holds(on))?;
        Some(UnusedLife {
            own: row.says.own,
            provider: row.says.provider,
            endless_when_paid: row.says.endless_when_paid,
        })
    }
}

/// Reads the file.
#[expect(
    clippy::expect_used,
    reason = "the file is a part of the program, and a test reads it: no other one comes here"
)]
pub(super) fn book() -> Book {
    let mut book: Book = toml::from_str(TEXT).expect("groups.toml is well formed");
    for group in &mut book.groups {
        group.inherit();
    }
    book
}
