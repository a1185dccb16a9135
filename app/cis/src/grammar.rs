//! The one strict reading of a canonical code. It borrows everything and allocates only to describe a fault.

use crate::ai::{self, Identifier, Met};
use crate::{GS, Groups, Gtin, GtinError, Kind, MAX_LENGTH, RefusalKind, TailFault};

/// Where the serial number begins: behind `01`, the GTIN and `21`.
pub(crate) const SERIAL_START: usize = 18;

/// Where the parts of a code that reads well are, in bytes (all of it is ASCII).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    pub(crate) groups: Groups,
    pub(crate) ki_end: usize,
    pub(crate) tail: Option<(usize, usize)>,
}

/// What is wrong and at which byte of the text that was read.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) kind: RefusalKind,
    pub(crate) at: usize,
}

fn fault<T>(kind: RefusalKind, at: usize) -> Result<T, Fault> {
    Err(Fault { kind, at })
}

/// One element behind the serial number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) identifier: &'static Identifier,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Reads a whole canonical code: real separators, none of them superfluous, nothing around it.
pub(crate) fn read(text: &str) -> Result<Shape, Fault> {
    if text.is_empty() {
        return fault(RefusalKind::Empty, 0);
    }
    if text.len() > MAX_LENGTH {
        return fault(RefusalKind::TooLong { length: text.len() }, MAX_LENGTH);
    }
    if let Some((at, character)) = text
        .char_indices()
        .find(|(_, character)| !character.is_ascii_graphic() && *character != GS)
    {
        return fault(RefusalKind::for_character(character), at);
    }
    let ki_end = identity(text)?;
    let tail = elements(text, ki_end)?;
    Ok(Shape {
        kind: Kind::Unit,
        groups: Groups::NONE,
        ki_end,
        tail,
    })
}

/// Reads `01`, GTIN, `21` and the serial number; gives the end of the serial number.
fn identity(text: &str) -> Result<usize, Fault> {
    let Some(behind) = text.strip_prefix("01") else {
        return fault(RefusalKind::NotMarkingCode, 0);
    };
    let number = behind.get(..Gtin::LENGTH).unwrap_or(behind);
    if let Err(error) = number.parse::<Gtin>() {
        let index = match error {
            GtinError::NotDigit { index, .. } => index,
            GtinError::Length { found } => found,
            GtinError::CheckDigit { .. } => Gtin::LENGTH - 1,
        };
        return fault(RefusalKind::Gtin(error), 2 + index);
    }
    let Some(serial) = behind
        .get(Gtin::LENGTH..)
        .and_then(|rest| rest.strip_prefix("21"))
    else {
        return fault(RefusalKind::NoSerialIdentifier, 2 + Gtin::LENGTH);
    };
    let length = serial.find(GS).unwrap_or(serial.len());
    if ai::SERIAL_LENGTHS.contains(&length) {
        Ok(SERIAL_START + length)
    } else {
        fault(RefusalKind::SerialLength { length }, SERIAL_START)
    }
}

/// Reads the elements behind the serial number; gives the place of the tail.
fn elements(text: &str, ki_end: usize) -> Result<Option<(usize, usize)>, Fault> {
    let mut met = Met::default();
    let mut tail = None;
    let mut open_key = None;
    let mut at = ki_end;
    while at < text.len() {
        let step = step(text, at)?;
        let code = step.identifier.code;
        if met.has(step.identifier) {
            return fault(RefusalKind::Repeated { ai: code }, step.start);
        }
        met = met.with(step.identifier);
        let key = open_key.take();
        if key.is_some() && code != ai::SIGNATURE {
            return fault(
                RefusalKind::Tail(TailFault::KeyWithoutSignature),
                step.start,
            );
        }
        match code {
            ai::KEY | ai::SHORT_TAIL if tail.is_some() => {
                return fault(RefusalKind::Tail(TailFault::TwoTails), step.start);
            }
            ai::KEY => open_key = Some(step.start),
            ai::SIGNATURE => match key {
                Some(start) => tail = Some((start, step.end)),
                None => {
                    return fault(
                        RefusalKind::Tail(TailFault::SignatureWithoutKey),
                        step.start,
                    );
                }
            },
            ai::SHORT_TAIL => tail = Some((step.start, step.end)),
            _ => {}
        }
        at = step.end;
    }
    if open_key.is_some() {
        return fault(RefusalKind::Tail(TailFault::KeyWithoutSignature), at);
    }
    Ok(tail)
}

/// Reads one element whose boundary (a separator, or the end of an element of predefined length) is at `boundary`.
pub(crate) fn step(text: &str, boundary: usize) -> Result<Step, Fault> {
    let behind = text.get(boundary..).unwrap_or_default();
    let (start, behind) = match behind.strip_prefix(GS) {
        Some(behind) => (boundary + GS.len_utf8(), behind),
        None => (boundary, behind),
    };
    let segment = behind.split(GS).next().unwrap_or_default();
    let Some(identifier) = ai::known_at(segment) else {
        let repeated = ["01", "21"].into_iter().find(|ai| segment.starts_with(ai));
        let kind = repeated.map_or_else(
            || {
                let mut characters = segment.chars();
                RefusalKind::UnknownIdentifier {
                    first: characters.next().unwrap_or(GS),
                    second: characters.next(),
                }
            },
            |ai| RefusalKind::Repeated { ai },
        );
        return fault(kind, start);
    };
    let code = identifier.code;
    let value_start = start + code.len();
    let mut value = segment.strip_prefix(code).unwrap_or_default();
    if let (true, ai::Length::Exactly(length)) = (identifier.predefined, identifier.length) {
        value = value.get(..length).unwrap_or(value);
    }
    if !identifier.length.allows(value.len()) {
        let found = value.len();
        let kind = match code {
            ai::KEY | ai::SIGNATURE | ai::SHORT_TAIL => {
                RefusalKind::Tail(TailFault::Length { ai: code, found })
            }
            _ => RefusalKind::ElementLength { ai: code, found },
        };
        return fault(kind, start);
    }
    if identifier.digits
        && let Some((index, character)) = value
            .char_indices()
            .find(|(_, character)| !character.is_ascii_digit())
    {
        return fault(
            RefusalKind::NotDigit {
                ai: code,
                character,
            },
            value_start + index,
        );
    }
    Ok(Step {
        identifier,
        start,
        end: value_start + value.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> (RefusalKind, usize) {
        let fault = read(text).unwrap_err();
        (fault.kind, fault.at)
    }

    #[test]
    fn the_tail_is_found_between_other_elements() {
        let text = "0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}3103000353";
        let shape = read(text).unwrap();
        assert_eq!(text.get(..shape.ki_end), Some("0103041094787443215Qbag!"));
        let (start, end) = shape.tail.unwrap();
        assert_eq!(text.get(start..end), Some("93Zjqw"));
    }

    #[test]
    fn an_element_of_predefined_length_needs_no_separator_behind_it() {
        let glued = "0104636332455339215qa5?WHJssbI-\u{1d}1726113093dGVz";
        let separated = "0104636332455339215qa5?WHJssbI-\u{1d}17261130\u{1d}93dGVz";
        assert!(read(glued).unwrap().tail.is_some());
        assert!(read(separated).unwrap().tail.is_some());
    }

    #[test]
    fn superfluous_separators_are_not_canonical() {
        for text in [
            "\u{1d}0103041094787443215Qbag!\u{1d}93Zjqw",
            "0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}",
            "0103041094787443215Qbag!\u{1d}\u{1d}93Zjqw",
            "0103041094787443\u{1d}215Qbag!\u{1d}93Zjqw",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_key_and_the_signature_belong_together() {
        let ki = "0104669000322220215t*NH>t:ngCfH";
        let signature = "92dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE=";
        let cases = [
            (
                format!("{ki}\u{1d}91FFD0"),
                TailFault::KeyWithoutSignature,
                38,
            ),
            (
                format!("{ki}\u{1d}91FFD0\u{1d}2406403\u{1d}{signature}"),
                TailFault::KeyWithoutSignature,
                39,
            ),
            (
                format!("{ki}\u{1d}{signature}"),
                TailFault::SignatureWithoutKey,
                32,
            ),
            (
                format!("{ki}\u{1d}91FFD0\u{1d}{signature}\u{1d}93dGVz"),
                TailFault::TwoTails,
                86,
            ),
        ];
        for (text, expected, at) in cases {
            assert_eq!(kind(&text), (RefusalKind::Tail(expected), at), "{text:?}");
        }
    }

    #[test]
    fn an_element_met_twice_is_refused() {
        assert_eq!(
            kind("0104653820923088215GoNfWgdcBeVZ\u{1d}93dGVz\u{1d}93dGVz"),
            (RefusalKind::Repeated { ai: "93" }, 39)
        );
    }
}
