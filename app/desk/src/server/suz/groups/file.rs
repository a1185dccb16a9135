//! The data file as it is written. What its keys mean is said at its head.

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
    document: Document,
    /// Fields by name.
    pub(super) field: BTreeMap<String, Field>,
    /// Groups by number.
    #[serde(rename = "group")]
    pub(super) groups: Vec<Group>,
}

/// What everything is read from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    /// Its name and edition, as one cites it.
    cited: String,
}

/// A field that some groups' orders have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    pub(super) place: FieldPlace,
    pub(super) kind: FieldKind,
    pub(super) only_with: Option<Vec<ReleaseMethod>>,
}

/// A field's name, with a question mark behind it when it may stay empty.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Named(String);

/// A product group.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts of a group that have nothing to do with one another"
)]
pub(super) struct Group {
    pub(super) alias: String,
    pub(super) number: u32,
    pub(super) ru: String,
    pub(super) en: String,
    source: String,
    #[serde(default)]
    pub(super) also: Vec<String>,
    templates: Vec<DatedTemplate>,
    pub(super) cis_types: Vec<CisType>,
    releases: Vec<Release>,
    #[serde(default = "yes")]
    pub(super) release_required: bool,
    pub(super) fields: Vec<Named>,
    #[serde(default)]
    pub(super) producer: Vec<ReleaseMethod>,
    pub(super) payment: Option<Payment>,
    unused: Option<Unused>,
    #[serde(default)]
    pub(super) reports_itself: bool,
    #[serde(default = "yes")]
    pub(super) own_key: bool,
    #[serde(default)]
    whole_serials: bool,
}

const fn yes() -> bool {
    true
}

/// A template with the days on which codes are made by it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedTemplate {
    id: u16,
    serial: u8,
    tail: Tail,
    #[serde(default, rename = "for")]
    cis_types: Vec<CisType>,
    from: Option<Day>,
    until: Option<Day>,
}

/// A way of release, by its name when nothing limits it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Release {
    Always(ReleaseMethod),
    Limited(ReleaseRule),
}

/// `paymentType` may be named; 1 from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Payment {
    pub(super) from: Option<Day>,
}

/// The life of unused codes, from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unused {
    own: u16,
    provider: Option<u16>,
    #[serde(default)]
    endless_when_paid: bool,
    from: Option<Day>,
}

impl Book {
    /// The document and the place in it.
    pub(super) fn source(&self, group: &Group) -> String {
        format!("{}, {}", self.document.cited, group.source)
    }
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

fn holds(from: Option<Day>, until: Option<Day>, on: Day) -> bool {
    from.is_none_or(|from| from <= on) && until.is_none_or(|until| on <= until)
}

impl Group {
    /// The templates of that day.
    pub(super) fn templates_on(&self, on: Day) -> Vec<Template> {
        self.templates
            .iter()
            .filter(|template| holds(template.from, template.until, on))
            .map(|template| Template {
                id: template.id,
                serial: template.serial,
                own_serial: template.serial - u8::from(!self.whole_serials),
                tail: template.tail,
                cis_types: template.cis_types.clone(),
            })
            .collect()
    }

    /// All ways of release with their days.
    pub(super) fn release_rules(&self) -> Vec<ReleaseRule> {
        let rule = |release: &Release| match release {
            Release::Always(method) => ReleaseRule {
                method: method.clone(),
                from: None,
                until: None,
                cis_types: Vec::new(),
                payment: None::<PaymentType>,
                no_technical: false,
            },
            Release::Limited(rule) => rule.clone(),
        };
        self.releases.iter().map(rule).collect()
    }

    /// How long unused codes of that day live.
    pub(super) fn unused_on(&self, on: Day) -> Option<UnusedLife> {
        let unused = self.unused.as_ref()?;
        holds(unused.from, None, on).then_some(UnusedLife {
            own: unused.own,
            provider: unused.provider,
            endless_when_paid: unused.endless_when_paid,
        })
    }
}

/// Reads the file.
#[expect(
    clippy::expect_used,
    reason = "the file is a part of the program, and a test reads it: no other one comes here"
)]
pub(super) fn book() -> Book {
    toml::from_str(TEXT).expect("groups.toml is well formed")
}
