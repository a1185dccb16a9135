//! Why a text that no repair could save is refused: what is wrong, where, and which legal shape is nearest.

use alloc::vec::Vec;

use crate::ai;
use crate::charset::{self, is_cset82, latin_twin};
use crate::draft::Draft;
use crate::grammar::{self, GS, SERIAL_START};
use crate::gtin::is_gtin;
use crate::place::Place;
use crate::{
    Fault, Gtin, GtinError, MAX_LENGTH, Nearest, Refusal, RefusalKind, profile, spelling, walk,
};

/// Why the text is refused.
pub(crate) fn explain(draft: &Draft, mixed: bool) -> Refusal {
    let bytes = draft.bytes();
    if let Some(refusal) = letters(draft, mixed) {
        return refusal;
    }
    if bytes.iter().all(|byte| *byte == GS) {
        return Refusal::nowhere(RefusalKind::Empty);
    }
    if is_sscc(&bytes) {
        return Refusal::nowhere(RefusalKind::SsccCheckDigit);
    }
    let plain = Plain::of(&bytes);
    let Err(fault) = grammar::read(&plain.bytes) else {
        // It reads well but for something that no reading could believe.
        return strange(draft, &plain).unwrap_or_else(|| shape(draft, &plain, SERIAL_START));
    };
    let fault = with_character(draft, &plain, fault);
    match fault.kind {
        RefusalKind::Empty => Refusal::nowhere(RefusalKind::Empty),
        RefusalKind::TooLong { length } => Refusal::nowhere(RefusalKind::TooLong { length }),
        RefusalKind::SerialLength { .. }
        | RefusalKind::Shape { .. }
        | RefusalKind::UnknownIdentifier { .. } => {
            strange(draft, &plain).unwrap_or_else(|| match fault.kind {
                RefusalKind::UnknownIdentifier { .. } => refusal(draft, &plain, fault),
                _ => refusal(draft, &plain, fault).with_nearest(nearest(&plain)),
            })
        }
        RefusalKind::Tail(_) | RefusalKind::ElementLength { .. } => {
            refusal(draft, &plain, fault).with_nearest(nearest(&plain))
        }
        _ => refusal(draft, &plain, fault),
    }
}

fn shape(draft: &Draft, plain: &Plain, position: usize) -> Refusal {
    let kind = RefusalKind::Shape {
        found: plain.total(),
    };
    refusal(draft, plain, Fault { kind, position }).with_nearest(nearest(plain))
}

fn refusal(draft: &Draft, plain: &Plain, fault: Fault) -> Refusal {
    let text = plain.bytes.iter().map(|byte| char::from(*byte));
    let place = Place::of(text, fault.position);
    let position = plain
        .places
        .get(fault.position)
        .map_or(draft.len(), |at| usize::from(*at));
    Refusal::new(fault.kind, draft.position(position), place)
}

/// Cyrillic letters that no layout explains.
fn letters(draft: &Draft, mixed: bool) -> Option<Refusal> {
    let (at, character) = draft
        .items
        .iter()
        .map(|item| item.character)
        .enumerate()
        .find(|(_, character)| charset::is_cyrillic(*character))?;
    let only_twins = draft
        .items
        .iter()
        .filter(|item| charset::is_cyrillic(item.character))
        .all(|item| latin_twin(item.character).is_some());
    let kind = if mixed && draft.seen.latin() && !only_twins {
        RefusalKind::MixedAlphabets { character }
    } else {
        RefusalKind::for_character(character)
    };
    let place = Place::of(draft.items.iter().map(|item| item.character), at);
    Some(Refusal::new(kind, draft.position(at), place))
}

/// The number of a transport package with a wrong check digit: the right one has been read before.
fn is_sscc(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
        && !grammar::begins_with_elements(bytes)
        && (bytes.len() == 18 || bytes.len() == 20 && bytes.starts_with(b"00"))
}

/// A character outside of ASCII is known by its name only in the draft.
fn with_character(draft: &Draft, plain: &Plain, fault: Fault) -> Fault {
    let original = plain
        .places
        .get(fault.position)
        .and_then(|at| draft.at(usize::from(*at)))
        .filter(|character| !character.is_ascii());
    match (original, fault.kind) {
        (Some(character), RefusalKind::Gtin(GtinError::NotDigit { index, .. })) => Fault {
            kind: RefusalKind::Gtin(GtinError::NotDigit { character, index }),
            ..fault
        },
        (Some(character), _) => Fault {
            kind: RefusalKind::for_character(character),
            ..fault
        },
        _ => fault,
    }
}

/// A character that no code contains is named before a wrong length, which may be its fault.
fn strange(draft: &Draft, plain: &Plain) -> Option<Refusal> {
    let (position, byte) = plain
        .bytes
        .iter()
        .enumerate()
        .skip(SERIAL_START)
        .find(|(_, byte)| !is_cset82(**byte) && **byte != GS)?;
    let character = char::from(*byte);
    let spelled = plain.spelled.is_some_and(|at| at > position);
    let kind = if spelled {
        RefusalKind::StrangeBeforeSeparator { character }
    } else {
        RefusalKind::for_character(character)
    };
    Some(refusal(draft, plain, Fault { kind, position }))
}

fn nearest(plain: &Plain) -> Option<Nearest> {
    let found = plain.total();
    let (expected, groups) = profile::nearest(found)?;
    (expected != found).then_some(Nearest {
        expected,
        found,
        groups,
    })
}

/// The text as near to the canonical form as it can be brought, with where each byte stands in the draft.
struct Plain {
    bytes: Vec<u8>,
    places: Vec<u16>,
    /// Where the first separator stands that was written as text.
    spelled: Option<usize>,
}

impl Plain {
    fn of(bytes: &[u8]) -> Self {
        let mut plain = Self {
            bytes: Vec::with_capacity(bytes.len()),
            places: Vec::with_capacity(bytes.len()),
            spelled: None,
        };
        let mut at = 0;
        if let Some(head) = walk::head(bytes) {
            plain.take(b"01", head.gtin.saturating_sub(2));
            plain.take(
                bytes
                    .get(head.gtin..head.gtin + Gtin::LENGTH)
                    .unwrap_or_default(),
                head.gtin,
            );
            plain.take(b"21", head.serial.saturating_sub(2));
            at = head.serial;
        }
        while let Some(byte) = bytes.get(at) {
            let spelled = (at >= SERIAL_START)
                .then(|| clearly_spelled(bytes, at))
                .flatten();
            if let Some(end) = spelled {
                plain.spelled = plain.spelled.or(Some(plain.bytes.len()));
                plain.take(&[GS], at);
                at = end;
            } else {
                plain.take(&[*byte], at);
                at += 1;
            }
        }
        plain
    }

    fn take(&mut self, bytes: &[u8], from: usize) {
        for (index, byte) in bytes.iter().enumerate() {
            self.bytes.push(*byte);
            self.places
                .push(u16::try_from(from + index).unwrap_or(u16::MAX));
        }
    }

    /// The number of characters behind `21`, separators not counted.
    fn total(&self) -> usize {
        self.bytes
            .iter()
            .skip(SERIAL_START)
            .filter(|byte| **byte != GS)
            .count()
    }
}

/// The end of a separator written with three characters or more, with an identifier behind it.
fn clearly_spelled(bytes: &[u8], at: usize) -> Option<usize> {
    const CLEAR: usize = 3;
    spelling::doubtful(bytes, at)
        .into_iter()
        .flatten()
        .find(|end| {
            end - at >= CLEAR
                && bytes
                    .get(*end..)
                    .is_some_and(|behind| ai::known_at(behind).is_some())
        })
}

/// Where the second of several codes in a row begins, and how many there are.
pub(crate) fn glued(bytes: &[u8]) -> Option<(usize, usize)> {
    const SHORTEST: usize = 2 * 21;
    if bytes.len() < SHORTEST {
        return None;
    }
    let heads = bytes.iter().enumerate().filter(|(at, byte)| {
        // A head begins with `01`, perhaps in brackets.
        let begins = match byte {
            b'0' => bytes.get(at + 1) == Some(&b'1'),
            b'(' | b'[' => bytes.get(at + 1) == Some(&b'0'),
            _ => false,
        };
        let behind_bracket = || *at > 0 && matches!(bytes.get(at - 1), Some(b'(' | b'['));
        begins
            && !behind_bracket()
            && bytes
                .get(*at..)
                .is_some_and(|rest| walk::head(rest).is_some())
    });
    let mut starts = heads.map(|(at, _)| at);
    let first = starts.next();
    if let (Some(0), Some(second)) = (first, starts.next()) {
        return Some((second, 2 + starts.count()));
    }
    [29, 25, 21]
        .into_iter()
        .find_map(|length| packs(bytes, length))
}

/// Packs of one length in a row, with anything foreign to codes between them.
fn packs(bytes: &[u8], length: usize) -> Option<(usize, usize)> {
    let mut count = 0;
    let mut second = 0;
    let mut at = 0;
    while at < bytes.len() {
        let pack = bytes.get(at..at + length)?;
        if !is_gtin(pack.first_chunk()?) {
            return None;
        }
        let shape = grammar::read(pack).ok()?;
        if grammar::begins_with_elements(pack) || shape.profile.serial != 7 {
            return None;
        }
        count += 1;
        if count == 2 {
            second = at;
        }
        at = spelling::behind_filling(bytes, at + length);
    }
    (count > 1).then_some((second, count))
}

/// Whether the text is longer than any code, whatever is done to it.
pub(crate) fn too_long(text: &str) -> Option<Refusal> {
    // The longest that any repair brings down to a code.
    const LONGEST: usize = 8 * MAX_LENGTH;
    if text.len() <= LONGEST {
        return None;
    }
    let length = text.chars().count();
    Some(Refusal::nowhere(RefusalKind::TooLong { length }))
}
