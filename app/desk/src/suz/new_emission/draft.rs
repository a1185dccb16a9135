//! An order as the form has it: texts, nothing of it looked at yet.

use crate::suz::group_form::{CisType, FormField, PaymentType, ReleaseMethod};
use serde::{Deserialize, Serialize};

/// What people filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmissionDraft {
    /// The group's alias.
    pub group: String,
    /// The chosen way of release.
    pub release: Option<ReleaseMethod>,
    /// When codes are paid for; nothing leaves it to СУЗ.
    pub payment: Option<PaymentType>,
    /// Fields of the whole order that are not empty.
    pub fields: Vec<(FormField, String)>,
    /// Its goods; lines with neither GTIN nor quantity are passed over.
    pub lines: Vec<DraftLine>,
}

/// One line of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    /// GTIN as it was typed or pasted.
    pub gtin: String,
    /// The number of codes as it was typed.
    pub quantity: String,
    /// What the codes are put on; a group with one type needs no choice.
    pub cis_type: Option<CisType>,
    /// `templateId`; a group with one template needs no choice.
    pub template: Option<u16>,
    /// Own serial numbers as they were pasted, one to a line; none when the operator makes them.
    pub serials: Option<String>,
    /// Fields of the line that are not empty.
    pub fields: Vec<(FormField, String)>,
}

impl DraftLine {
    /// Whether nobody wrote anything into it.
    pub fn is_blank(&self) -> bool {
        self.gtin.trim().is_empty()
            && self.quantity.trim().is_empty()
            && self
                .serials
                .as_deref()
                .is_none_or(|text| text.trim().is_empty())
    }
}
