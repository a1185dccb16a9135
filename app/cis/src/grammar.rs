//! The one strict reading of a canonical code. It borrows everything and allocates nothing.

use crate::ai::{self, Ai, Identifier, Length, Met};
use crate::charset::{self, is_cset82};
use crate::gtin::{has_right_check_digit, is_gtin};
use crate::profile::{self, FUR, PACK, PROFILES, Profile, SSCC, UZ_PACK};
use crate::{Fault, Gtin, GtinError, Kopecks, MAX_LENGTH, RefusalKind, TailFault};

/// The separator as a byte.
pub(crate) const GS: u8 = 0x1d;

/// Where the serial number begins: behind `01`, the GTIN and `21`.
pub(crate) const SERIAL_START: usize = 18;

/// The most elements behind a serial number.
const MOST_ELEMENTS: usize = 8;

/// Where the parts of a code that reads well are, in bytes (all of it is ASCII).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) profile: &'static Profile,
    pub(crate) ki_end: u16,
    /// Beginning and end of the tail; both 0 where there is none.
    pub(crate) tail: (u16, u16),
}

impl Shape {
    fn new(profile: &'static Profile, ki_end: usize, tail: Option<(usize, usize)>) -> Self {
        // No code is longer than 256.
        let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
        let (start, end) = tail.unwrap_or_default();
        Self {
            profile,
            ki_end: short(ki_end),
            tail: (short(start), short(end)),
        }
    }

    pub(crate) fn has_tail(&self) -> bool {
        self.tail.1 > 0
    }
}

fn fault<T>(kind: RefusalKind, position: usize) -> Result<T, Fault> {
    Err(Fault { kind, position })
}

/// One element behind the serial number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) identifier: &'static Identifier,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Reads a code of one of the fixed structures, in one pass, when all its characters are lawful.
#[inline]
pub(crate) fn everyday(text: &[u8]) -> Option<Shape> {
    let [b'0', b'1', digits @ .., b'2', b'1'] = text.first_chunk::<SERIAL_START>()? else {
        return None;
    };
    if !is_gtin(digits) {
        return None;
    }
    let profile = PROFILES
        .iter()
        .find(|profile| profile.length == text.len() && stands(profile, text))?;
    if charset::foreign(text.get(SERIAL_START..)?) != profile.parts.len() {
        return None;
    }
    let ki_end = SERIAL_START + profile.serial;
    Some(Shape::new(profile, ki_end, tail_of(profile, ki_end)))
}

/// Whether the separators and identifiers of the structure stand at their places.
#[inline]
fn stands(profile: &Profile, text: &[u8]) -> bool {
    let mut rest = text
        .get(SERIAL_START + profile.serial..)
        .unwrap_or_default();
    for (ai, code, length) in profile.parts {
        let Some((value, behind)) = rest
            .strip_prefix(&[GS])
            .and_then(|rest| rest.strip_prefix(code.as_bytes()))
            .and_then(|rest| rest.split_at_checked(*length))
        else {
            return false;
        };
        let lawful = match ai {
            Ai::Key | Ai::Signature | Ai::Short | Ai::Batch | Ai::Additional => true,
            Ai::Volume => {
                matches!(value, [b'0'..=b'5', digits @ ..] if digits.iter().all(u8::is_ascii_digit))
            }
            Ai::Weight | Ai::Price => value.iter().all(u8::is_ascii_digit),
            Ai::Expiry | Ai::ExpiryTime => ai::by_code(code)
                .is_some_and(|identifier| ai::first_wrong(identifier, value).is_none()),
        };
        if !lawful {
            return false;
        }
        rest = behind;
    }
    true
}

fn tail_of(profile: &Profile, ki_end: usize) -> Option<(usize, usize)> {
    let mut at = ki_end;
    let mut start = None;
    for (ai, code, length) in profile.parts {
        let end = at + 1 + code.len() + length;
        match ai {
            Ai::Key => start = Some(at + 1),
            Ai::Signature => return Some((start?, end)),
            Ai::Short => return Some((at + 1, end)),
            _ => {}
        }
        at = end;
    }
    None
}

/// Reads a whole canonical code: real separators, none of them superfluous, nothing around it.
///
/// Printable characters that codes do not use are tolerated inside values; the caller looks for them.
pub(crate) fn read(text: &[u8]) -> Result<Shape, Fault> {
    if let Some(shape) = everyday(text) {
        return Ok(shape);
    }
    if text.is_empty() {
        return fault(RefusalKind::Empty, 0);
    }
    if text.len() > MAX_LENGTH {
        return fault(RefusalKind::TooLong { length: text.len() }, MAX_LENGTH);
    }
    if let Some(shape) = without_elements(text) {
        return Ok(shape);
    }
    if let Some((position, byte)) = text
        .iter()
        .enumerate()
        .find(|(_, byte)| !byte.is_ascii_graphic() && **byte != GS)
    {
        return fault(RefusalKind::for_character(char::from(*byte)), position);
    }
    let ki_end = identity(text)?;
    let (profile, tail) = elements(text, ki_end)?;
    Ok(Shape::new(profile, ki_end, tail))
}

/// The first character of a canonical text that codes do not use.
pub(crate) fn first_strange(text: &[u8]) -> Option<usize> {
    text.iter()
        .position(|byte| !is_cset82(*byte) && *byte != GS)
}

/// Reads `01`, GTIN, `21` and the serial number; gives the end of the serial number.
fn identity(text: &[u8]) -> Result<usize, Fault> {
    let Some(behind) = text.strip_prefix(b"01") else {
        return fault(RefusalKind::NotMarkingCode, 0);
    };
    let number = behind.get(..Gtin::LENGTH).unwrap_or(behind);
    let right = number.first_chunk().is_some_and(is_gtin);
    // All of it is ASCII here, so this never fails.
    if !right
        && let Err(error) = core::str::from_utf8(number)
            .unwrap_or_default()
            .parse::<Gtin>()
    {
        let index = match error {
            GtinError::NotDigit { index, .. } => index,
            GtinError::Length { found } => found,
            GtinError::CheckDigit { .. } => Gtin::LENGTH - 1,
        };
        return fault(RefusalKind::Gtin(error), 2 + index);
    }
    let Some(serial) = behind
        .get(Gtin::LENGTH..)
        .and_then(|rest| rest.strip_prefix(b"21"))
    else {
        return fault(RefusalKind::NoSerialIdentifier, 2 + Gtin::LENGTH);
    };
    let length = serial
        .iter()
        .position(|byte| *byte == GS)
        .unwrap_or(serial.len());
    if profile::SERIAL_LENGTHS.contains(&length) {
        Ok(SERIAL_START + length)
    } else {
        fault(RefusalKind::SerialLength { length }, SERIAL_START)
    }
}

type Tail = Option<(usize, usize)>;

/// Reads the elements behind the serial number; gives the structure they make and the place of the tail.
fn elements(text: &[u8], ki_end: usize) -> Result<(&'static Profile, Tail), Fault> {
    let mut met = Met::default();
    let mut found = [(Ai::Key, 0); MOST_ELEMENTS];
    let mut count = 0;
    let mut tail = None;
    let mut open_key = None;
    let mut at = ki_end;
    while at < text.len() {
        let step = step(text, at)?;
        let (ai, code) = (step.identifier.ai, step.identifier.code);
        if met.has(ai) {
            return fault(RefusalKind::Repeated { ai: code }, step.start);
        }
        met = met.with(ai);
        if let Some(slot) = found.get_mut(count) {
            *slot = (ai, step.end - step.start - code.len());
            count += 1;
        }
        let key: Option<usize> = open_key.take();
        let wrong_tail = |wrong| fault(RefusalKind::Tail(wrong), step.start);
        match (ai, key) {
            (Ai::Signature, Some(start)) => tail = Some((start, step.end)),
            (_, Some(_)) => return wrong_tail(TailFault::KeyWithoutSignature),
            (Ai::Signature, None) => return wrong_tail(TailFault::SignatureWithoutKey),
            (Ai::Key | Ai::Short, None) if tail.is_some() => {
                return wrong_tail(TailFault::TwoTails);
            }
            (Ai::Key, None) => open_key = Some(step.start),
            (Ai::Short, None) => tail = Some((step.start, step.end)),
            _ => {}
        }
        at = step.end;
    }
    if open_key.is_some() {
        return fault(RefusalKind::Tail(TailFault::KeyWithoutSignature), at);
    }
    let found = found.iter().take(count).copied();
    if let Some(profile) = profile::find(ki_end - SERIAL_START, &found) {
        return Ok((profile, tail));
    }
    let behind = text.get(SERIAL_START..).unwrap_or_default();
    let found = behind.len() - behind.split(|byte| *byte == GS).count() + 1;
    fault(RefusalKind::Shape { found }, ki_end)
}

/// Reads one element whose boundary (a separator, or the end of an element of predefined length) is at `boundary`.
pub(crate) fn step(text: &[u8], boundary: usize) -> Result<Step, Fault> {
    let behind = text.get(boundary..).unwrap_or_default();
    let (start, behind) = match behind.strip_prefix(&[GS]) {
        Some(behind) => (boundary + 1, behind),
        None => (boundary, behind),
    };
    let segment = behind.split(|byte| *byte == GS).next().unwrap_or_default();
    let Some(identifier) = ai::known_at(segment) else {
        return fault(unknown(segment), start);
    };
    let code = identifier.code;
    let value_start = start + code.len();
    let mut value = segment.strip_prefix(code.as_bytes()).unwrap_or_default();
    if let (true, Length::Exactly(length)) = (identifier.predefined, identifier.length) {
        value = value.get(..length).unwrap_or(value);
    }
    if !identifier.length.allows(value.len()) {
        let found = value.len();
        let kind = match identifier.ai {
            Ai::Key | Ai::Signature | Ai::Short => {
                RefusalKind::Tail(TailFault::Length { ai: code, found })
            }
            _ => RefusalKind::ElementLength { ai: code, found },
        };
        return fault(kind, start);
    }
    if let Some(index) = ai::first_wrong(identifier, value) {
        let character = value.get(index).copied().map_or(' ', char::from);
        let kind = if character.is_ascii_digit() {
            RefusalKind::NoSuchDate { ai: code }
        } else {
            RefusalKind::NotDigit {
                ai: code,
                character,
            }
        };
        return fault(kind, value_start + index);
    }
    Ok(Step {
        identifier,
        start,
        end: value_start + value.len(),
    })
}

fn unknown(segment: &[u8]) -> RefusalKind {
    let repeated = ["01", "21"]
        .into_iter()
        .find(|ai| segment.starts_with(ai.as_bytes()));
    match (repeated, segment) {
        (Some(ai), _) => RefusalKind::Repeated { ai },
        (None, [first, behind @ ..]) => RefusalKind::UnknownIdentifier {
            first: char::from(*first),
            second: behind.first().copied().map(char::from),
        },
        (None, []) => RefusalKind::UnknownIdentifier {
            first: char::from(GS),
            second: None,
        },
    }
}

/// Reads the marks that have no identifiers: packs of tobacco, furs, and the numbers of transport packages.
fn without_elements(text: &[u8]) -> Option<Shape> {
    match text.len() {
        18 if has_right_check_digit(text) => Some(Shape::new(&SSCC, 18, None)),
        20 if text.starts_with(b"00") && text.get(2..).is_some_and(has_right_check_digit) => {
            Some(Shape::new(&SSCC, 20, None))
        }
        20 if is_fur_mark(text) => Some(Shape::new(&FUR, 20, None)),
        21 | 25 | 29 => pack(text),
        _ => None,
    }
}

/// Where the price of a pack stands.
pub(crate) const PACK_PRICE: core::ops::Range<usize> = 21..25;

fn pack(text: &[u8]) -> Option<Shape> {
    let (gtin, serial) = text.split_at_checked(Gtin::LENGTH)?;
    let lawful = is_gtin(gtin.first_chunk()?)
        && serial.iter().all(|byte| is_cset82(*byte))
        && !serial.iter().all(u8::is_ascii_digit);
    if !lawful || begins_with_elements(text) {
        return None;
    }
    let priced = text
        .get(PACK_PRICE)
        .is_some_and(|price| Kopecks::from_base80(price).is_some());
    let uzbek = gtin.starts_with(b"0478") || !priced;
    match text.len() {
        21 => Some(Shape::new(&PACK, 21, None)),
        25 => priced.then(|| Shape::new(&PACK, 21, None)),
        _ if uzbek => Some(Shape::new(&UZ_PACK, 21, Some((21, 29)))),
        _ => Some(Shape::new(&PACK, 21, Some((25, 29)))),
    }
}

/// Whether it is `01`, fourteen digits and `21`, be the check digit right or wrong.
pub(crate) fn begins_with_elements(text: &[u8]) -> bool {
    matches!(text.first_chunk::<SERIAL_START>(), Some([b'0', b'1', digits @ .., b'2', b'1'])
        if digits.iter().all(u8::is_ascii_digit))
}

fn is_fur_mark(text: &[u8]) -> bool {
    // A capital letter, a digit, or the dash itself.
    text.iter()
        .zip(b"AA-999999-AAA9999999")
        .all(|(byte, class)| match class {
            b'A' => byte.is_ascii_uppercase(),
            b'9' => byte.is_ascii_digit(),
            dash => byte == dash,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use alloc::format;

    fn kind(text: &str) -> (RefusalKind, usize) {
        let fault = read(text.as_bytes()).unwrap_err();
        (fault.kind, fault.position)
    }

    #[test]
    fn the_tail_is_found_between_other_elements() {
        let text = "0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}3103000353";
        let shape = read(text.as_bytes()).unwrap();
        assert_eq!(shape.ki_end, 24);
        let (start, end) = shape.tail;
        assert_eq!(text.get(start.into()..end.into()), Some("93Zjqw"));
    }

    #[test]
    fn an_element_of_predefined_length_needs_no_separator_behind_it() {
        let glued = "0104636332455339215qa5?WHJssbI-\u{1d}1726113093dGVz";
        let separated = "0104636332455339215qa5?WHJssbI-\u{1d}17261130\u{1d}93dGVz";
        assert!(read(glued.as_bytes()).unwrap().has_tail());
        assert!(read(separated.as_bytes()).unwrap().has_tail());
    }

    #[test]
    fn superfluous_separators_are_not_canonical() {
        for text in [
            "\u{1d}0103041094787443215Qbag!\u{1d}93Zjqw",
            "0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}",
            "0103041094787443215Qbag!\u{1d}\u{1d}93Zjqw",
            "0103041094787443\u{1d}215Qbag!\u{1d}93Zjqw",
        ] {
            assert!(read(text.as_bytes()).is_err(), "{text:?}");
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

    #[test]
    fn marks_without_identifiers_are_told_from_codes_that_lost_theirs() {
        let kind = |text: &str| read(text.as_bytes()).ok().map(|shape| shape.profile.kind);
        for text in [
            "04601653035829H;dV)bFABVUdGVz",
            "01230000211093s)pTKjQAAAAHwvf",
            "04640030090709DYBLHiyACoA",
            "04780101164394TF&csaNNW1kK0tL",
        ] {
            assert_eq!(kind(text), Some(Kind::TobaccoPack), "{text}");
        }
        assert_eq!(kind("RU-401301-AAA0277031"), Some(Kind::FurMark));
        assert_eq!(kind("00346006820000000014"), Some(Kind::TransportPackage));
        assert_eq!(kind("346006820000000014"), Some(Kind::TransportPackage));
        // A code of milk that lost a character has the length of a pack.
        assert_eq!(kind("0104670540176099215W9Um93dGVz"), None);
        // Fourteen digits and nothing but digits behind them.
        assert_eq!(kind("046016530358291234567"), None);
    }
}
