//! GTINs as people type and paste them.

use super::FaultKind;
use cis::{Gtin, GtinError};

/// Reads a GTIN. Numbers as they stand under bar codes (EAN-13, UPC, EAN-8) get their zeros on the left; no other length
/// is mended, for that could hide a lost digit.
pub fn read_gtin(text: &str) -> Result<Gtin, FaultKind> {
    let digits: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    let read = match digits.len() {
        0 => return Err(FaultKind::Missing),
        8 | 12 | 13 => format!("{digits:0>width$}", width = Gtin::LENGTH).parse(),
        _ => digits.parse(),
    };
    read.map_err(|error| match error {
        GtinError::NotDigit { character, .. } => FaultKind::GtinCharacter { character },
        GtinError::CheckDigit { expected, found } => FaultKind::GtinCheckDigit { expected, found },
        GtinError::Length { .. } | _ => FaultKind::GtinLength {
            found: digits.chars().count(),
        },
    })
}

/// Whether it lies in the technical range, whose cards have few attributes.
pub(super) fn is_technical(gtin: Gtin) -> bool {
    gtin.as_str().starts_with("029")
}
