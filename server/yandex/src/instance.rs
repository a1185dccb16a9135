//! The identifiers of one unit, as the Market takes and tells them.

use desk::{
    identifiers::{Mark, UnitIdentifiers},
    marketplace::StoredInstance,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What stands before the tail of a code.
const GS: char = '\u{1d}';

/// `BriefOrderItemInstanceDTO`: only what a unit has. The separator inside `cis` is the character U+001D, and
/// JSON writes it `\u001d` by itself.
#[derive(Default, Deserialize, Serialize)]
pub(crate) struct BriefInstance<'a> {
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    cis: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    uin: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    rnpt: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    gtd: Option<Cow<'a, str>>,
    #[serde(
        borrow,
        rename = "countryCode",
        skip_serializing_if = "Option::is_none"
    )]
    country_code: Option<Cow<'a, str>>,
}

impl<'a> From<&'a UnitIdentifiers> for BriefInstance<'a> {
    fn from(unit: &'a UnitIdentifiers) -> Self {
        let (cis, uin) = match &unit.mark {
            Some(mark @ Mark::Cis(_)) => (Some(mark.text()), None),
            Some(mark @ Mark::Uin(_)) => (None, Some(mark.text())),
            None => (None, None),
        };
        Self {
            cis: cis.map(Cow::Borrowed),
            uin: uin.map(Cow::Borrowed),
            rnpt: unit.rnpt.as_ref().map(|rnpt| Cow::Borrowed(rnpt.as_str())),
            gtd: unit.gtd.as_ref().map(|gtd| Cow::Borrowed(gtd.as_str())),
            country_code: unit
                .country
                .as_ref()
                .map(|country| Cow::Borrowed(country.as_str())),
        }
    }
}

impl From<BriefInstance<'_>> for StoredInstance {
    fn from(instance: BriefInstance<'_>) -> Self {
        let (cis, cis_full) = told_apart(instance.cis.map(Cow::into_owned));
        Self {
            cis,
            cis_full,
            uin: instance.uin.map(Cow::into_owned),
            rnpt: instance.rnpt.map(Cow::into_owned),
            gtd: instance.gtd.map(Cow::into_owned),
            country: instance.country_code.map(Cow::into_owned),
        }
    }
}

/// What the Market holds for one unit: `OrderItemInstanceDTO` of an order's line, and `BriefOrderItemInstanceDTO`
/// of a box, which has no `cisFull`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Instance {
    cis: Option<String>,
    cis_full: Option<String>,
    uin: Option<String>,
    rnpt: Option<String>,
    gtd: Option<String>,
    country_code: Option<String>,
}

impl From<Instance> for StoredInstance {
    fn from(instance: Instance) -> Self {
        let (cis, cis_full) = match instance.cis_full {
            Some(whole) => (instance.cis, Some(whole)),
            None => told_apart(instance.cis),
        };
        Self {
            cis,
            cis_full,
            uin: instance.uin,
            rnpt: instance.rnpt,
            gtd: instance.gtd,
            country: instance.country_code,
        }
    }
}

/// A code that has a tail is whole. One without is its own short form, and what the Market would call whole is
/// not known, so it is left to be compared as the short one.
fn told_apart(code: Option<String>) -> (Option<String>, Option<String>) {
    let has_tail = code
        .as_deref()
        .is_some_and(|code| code.trim_start_matches(GS).contains(GS));
    if has_tail { (None, code) } else { (code, None) }
}
