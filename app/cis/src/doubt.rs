//! Codes that read well and yet want a person's word.

use crate::charset::is_base64;
use crate::grammar::{PACK_PRICE, SERIAL_START, Shape};
use crate::{Doubt, Kind, ProductGroup};

/// Letters from which on it is no chance that all of them are capital, in a code with a tail; about one code of milk in 150
/// has so many and no small one.
const LETTERS_WITH_TAIL: usize = 6;
/// The same for a code without a tail.
const LETTERS_ALONE: usize = 8;

/// Whether a code that is canonical still has to be looked at more closely. Quick: it is asked of every good code.
pub(crate) fn is_suspicious(text: &[u8], shape: &Shape) -> bool {
    let profile = shape.profile;
    let serial = text
        .get(SERIAL_START..SERIAL_START + profile.serial)
        .unwrap_or_default();
    // Without a tail any sign of a longer code matters.
    if !shape.has_tail() && profile.kind == Kind::Unit {
        return true;
    }
    let mut before = 0;
    let mut ampersand = false;
    for byte in serial {
        // Quotation marks may have been doubled, characters written as entities.
        if *byte == b'"' && before == b'"' || *byte == b';' && ampersand {
            return true;
        }
        ampersand |= *byte == b'&';
        before = *byte;
    }
    has_odd_signature(text, shape) || of(text, shape, None).is_some()
}

/// Whether the signature has characters that base64 has not.
pub(crate) fn has_odd_signature(text: &[u8], shape: &Shape) -> bool {
    const SHORTEST: usize = 44;
    let (start, end) = shape.tail;
    let signature = values(text.get(start.into()..end.into()).unwrap_or_default());
    signature.len() >= SHORTEST && !is_base64(signature)
}

/// Why a code is doubted; `None` for nearly all.
pub(crate) fn of(text: &[u8], shape: &Shape, group: Option<ProductGroup>) -> Option<Doubt> {
    let (start, end) = shape.tail;
    let tail = text.get(start.into()..end.into()).unwrap_or_default();
    if is_sandbox_tail_in_other_case(tail) {
        return Some(Doubt::CapsLock);
    }
    let confirmed = group.is_some_and(|group| shape.profile.groups.contains(group));
    match shape.profile.kind {
        Kind::Unit if !shape.has_tail() => {
            let serial = text.get(SERIAL_START..).unwrap_or_default();
            let expected = group == Some(ProductGroup::Medicines);
            if !confirmed && looks_cut(serial) {
                Some(Doubt::Damaged)
            } else {
                (!expected && has_lost_its_case(serial, b"", LETTERS_ALONE))
                    .then_some(Doubt::LetterCase)
            }
        }
        Kind::Unit | Kind::TobaccoBlock => {
            let serial = text
                .get(SERIAL_START..shape.ki_end.into())
                .unwrap_or_default();
            if !confirmed
                && (ends_with_date(serial) || serial.len() == 20 && has_customs_code(serial))
            {
                return Some(Doubt::Damaged);
            }
            has_lost_its_case(serial, values(tail), LETTERS_WITH_TAIL).then_some(Doubt::LetterCase)
        }
        Kind::TobaccoPack => {
            let serial = text.get(14..).unwrap_or_default();
            // A code of clothes that lost its 01 has the length of a pack.
            let cut = !confirmed && text.len() == 29 && serial.starts_with(b"21");
            if cut {
                Some(Doubt::Damaged)
            } else if !confirmed && has_price_in_other_case(text) {
                Some(Doubt::CapsLock)
            } else {
                has_lost_its_case(serial, b"", LETTERS_WITH_TAIL).then_some(Doubt::LetterCase)
            }
        }
        Kind::TobaccoCase | Kind::FurMark | Kind::TransportPackage => None,
    }
}

/// The last value of a tail: keys in `91` are often capital.
fn values(tail: &[u8]) -> &[u8] {
    match tail {
        [b'9', b'1', _, _, _, _, _, b'9', b'2', signature @ ..] => signature,
        [_, _, value @ ..] => value,
        _ => tail,
    }
}

/// Tails of the sandbox begin with `test` in base64, `dGVz`; with Caps Lock that becomes `DgvZ`.
fn is_sandbox_tail_in_other_case(tail: &[u8]) -> bool {
    values(tail).starts_with(b"DgvZ")
}

/// Prices begin with `A`; with `a` they would be of thousands of roubles.
fn has_price_in_other_case(pack: &[u8]) -> bool {
    pack.get(PACK_PRICE)
        .is_some_and(|price| price.first() == Some(&b'a'))
        && !pack.starts_with(b"0478")
}

/// Whether there are many letters and none of them is small.
fn has_lost_its_case(serial: &[u8], tail: &[u8], many: usize) -> bool {
    let mut capitals = 0;
    for byte in serial.iter().chain(tail) {
        if byte.is_ascii_lowercase() {
            return false;
        }
        capitals += usize::from(byte.is_ascii_uppercase());
    }
    capitals >= many
}

/// Whether a serial number of 20 characters ends with 17 and a date: early milk that lost its separators and a character.
fn ends_with_date(serial: &[u8]) -> bool {
    serial.len() == 20
        && serial.get(12..14) == Some(b"17")
        && serial
            .get(14..)
            .is_some_and(|date| date.iter().all(u8::is_ascii_digit))
}

fn has_customs_code(serial: &[u8]) -> bool {
    serial.get(13..16) == Some(b"240")
        && serial
            .get(16..)
            .is_some_and(|code| code.iter().all(u8::is_ascii_digit))
}

/// Whether what reads as a serial number alone looks like a longer code that is cut or has lost its separators: the
/// identifiers of one of the structures stand at their places.
fn looks_cut(serial: &[u8]) -> bool {
    let at = |index: usize, word: &[u8]| {
        serial
            .get(index..)
            .is_some_and(|rest| rest.starts_with(word))
    };
    match serial.len() {
        // 6 + 93 + 5, 7 + 93 + 4, 7 + 8005 + 2, 7 + 10 + 4.
        13 => at(6, b"93") || at(7, b"93") || at(7, b"8005") || at(7, b"10"),
        // 13 and what stands behind it, cut; 14 + 93 + 4, a doubled character; milk and beer with their volumes.
        20 => {
            at(13, b"91")
                || at(13, b"93")
                || at(14, b"93")
                || at(13, b"240")
                || at(13, b"17")
                || at(7, b"8005")
                || at(7, b"10")
                || (at(6, b"93") && (at(12, b"310") || at(12, b"335")))
                || (at(7, b"93") && at(13, b"335"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::read;

    fn doubt(text: &str) -> Option<Doubt> {
        of(text.as_bytes(), &read(text.as_bytes()).unwrap(), None)
    }

    #[test]
    fn everyday_codes_are_not_doubted() {
        for text in [
            "0103041094787443215Qbag!\u{1d}93Zjqw",
            "010460714356059821FGXEAGA5A1GAH\u{1d}91EE06\u{1d}92VW/n3g0hYP6kqx1WjVy/fnpKT+i7N3FT8QPUyzzKQT4=",
            "0104680992597663215(bfrY!Bf.IME",
            "04601653035829H;dV)bFABVUdGVz",
            "010478007990279021pg?n6Gd:XP<UOP_wI>VK",
        ] {
            assert_eq!(doubt(text), None, "{text}");
        }
    }

    #[test]
    fn cut_codes_and_lost_letter_case_are_doubted() {
        for (text, expected) in [
            ("0104610053147452215d,OiLl93dGVz", Doubt::Damaged),
            ("0104669000322220215t*NH>t:ngCfH91FFD09", Doubt::Damaged),
            ("0103041094787443215QBAG!\u{1d}93ZJQW", Doubt::LetterCase),
            ("0104610053147452215D,oIlL\u{1d}93DgvZ", Doubt::CapsLock),
            ("0469000322220221t*NH>t:ngCfHa", Doubt::Damaged),
        ] {
            let text = text.replace("0469000322220221", "0466900032222021");
            assert_eq!(doubt(&text), Some(expected), "{text}");
        }
    }
}
