//! An order of codes that was checked: what cannot be right does not come to be one.
//!
//! [`EmissionDraft`] is the form as people left it, [`GroupForm`] what the group allows on the day, and
//! [`NewEmission::check`] makes of the two either an order or every [`EmissionFault`] there is.

mod check;
mod draft;
mod fault;
mod field;
mod gtin;
mod line;
mod serials;
#[cfg(test)]
mod tests;

pub use draft::{DraftLine, EmissionDraft};
pub use fault::{EmissionFault, FaultKind, FaultPlace};
pub use gtin::read_gtin;
pub use serials::own_serials;

use super::group_form::{CisType, FormField, GroupForm, PaymentType, ReleaseMethod};
use cis::Gtin;

/// A checked order, ready to be spelled into a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEmission {
    group: String,
    release: Option<ReleaseMethod>,
    payment: Option<PaymentType>,
    provider: Option<String>,
    attributes: Vec<(FormField, FieldValue)>,
    lines: Vec<NewLine>,
}

/// One GTIN of a checked order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// Which goods.
    pub gtin: Gtin,
    /// How many codes.
    pub quantity: u32,
    /// Own serial numbers, one for each code; none when the operator makes them.
    pub serials: Option<Vec<String>>,
    /// `templateId`.
    pub template: u16,
    /// What they are put on.
    pub cis_type: CisType,
    /// `attributes` of the product.
    pub attributes: Vec<(FormField, FieldValue)>,
}

/// What a field holds, as the body's JSON tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// A text; days, ids and prices are texts too.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
}

impl NewEmission {
    /// An order out of what people filled in, or everything that is wrong with it.
    pub fn check(form: &GroupForm, draft: &EmissionDraft) -> Result<Self, Vec<EmissionFault>> {
        check::check(form, draft)
    }

    /// `productGroup`.
    pub fn group(&self) -> &str {
        &self.group
    }

    /// `releaseMethodType`, where the group has one.
    pub fn release(&self) -> Option<&ReleaseMethod> {
        self.release.as_ref()
    }

    /// `paymentType`, when one was chosen.
    pub fn payment(&self) -> Option<PaymentType> {
        self.payment
    }

    /// `serviceProviderId`, when one was named.
    pub fn provider(&self) -> Option<&str> {
        self.provider.as_deref()
    }

    /// Other `attributes` of the order.
    pub fn attributes(&self) -> &[(FormField, FieldValue)] {
        &self.attributes
    }

    /// Its goods, at least one and at most ten, no GTIN twice.
    pub fn lines(&self) -> &[NewLine] {
        &self.lines
    }

    /// How many codes all of it asks for.
    pub fn quantity(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.quantity)).sum()
    }
}
