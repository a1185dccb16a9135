//! From whatever a person pasted or a scanner typed to a canonical code, a question, or a refusal that says why not.

use alloc::vec::Vec;

use crate::grammar;
use crate::{Hint, MarkingCode, Parsed, Refusal, Remark, RemarkKind, Verdict};

/// Reads a marking code, repairing the damage that scanners, keyboards, spreadsheets and clipboards do.
///
/// The same as [`parse_with`] without a hint.
pub fn parse(text: &str) -> Parsed {
    parse_with(text, &Hint::default())
}

/// Reads a marking code; the hint settles what would be ambiguous without it.
pub fn parse_with(text: &str, _hint: &Hint) -> Parsed {
    match grammar::read(text) {
        Ok(shape) => {
            let remarks = if shape.tail.is_none() {
                [Remark::whole(RemarkKind::NoTail)].into()
            } else {
                Vec::new()
            };
            Parsed {
                verdict: Verdict::Code(MarkingCode::from_shape(text.into(), shape)),
                repairs: Vec::new(),
                remarks,
            }
        }
        Err(fault) => Parsed {
            verdict: Verdict::Refused(Refusal::new(fault.kind, fault.at, None)),
            repairs: Vec::new(),
            remarks: Vec::new(),
        },
    }
}
