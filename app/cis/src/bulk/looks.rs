//! A glance at a cell: does a marking code begin here? Damaged ones count too, so this never refuses anything.

use crate::gtin::has_right_check_digit;

/// How far from the beginning of a cell `01` may stand: behind a quotation mark, `]d2`, an FNC1 character spelled out …
const FARTHEST: usize = 10;

/// The digits of a GTIN.
const GTIN: usize = 14;

/// The fewest characters behind the GTIN: `21` and a serial number of six. Where a delimiter cut the serial number, fewer are
/// enough if they are not all digits, as a number of something else would be.
const SERIAL: usize = 8;

/// Whether a code seems to begin the cell.
pub(super) fn begins_as_code(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    // The shortest is the number of a transport package.
    if bytes.len() < 18 {
        return false;
    }
    let identified = (0..=bytes.len().min(FARTHEST)).any(|at| {
        // Not in the middle of a long number.
        let in_number = at > 0 && bytes.get(..at).is_some_and(digits);
        let behind = bytes.get(at..).and_then(|rest| rest.strip_prefix(b"01"));
        let number = behind.map(|rest| rest.strip_prefix(b")").unwrap_or(rest));
        let gtin = number.and_then(|rest| rest.split_at_checked(GTIN));
        gtin.is_some_and(|(gtin, rest)| {
            digits(gtin) && !in_number && (rest.len() >= SERIAL || !digits(rest))
        })
    });
    identified || is_mark(cell.trim_ascii().trim_matches('"'))
}

fn digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// Marks without `01` and `21`: packs of tobacco, furs, transport packages.
fn is_mark(text: &str) -> bool {
    let bytes = text.as_bytes();
    match (bytes, bytes.len()) {
        (_, 18 | 20) if digits(bytes) => has_right_check_digit(bytes),
        (_, 21..=29) if !digits(bytes) => bytes.get(..GTIN).is_some_and(has_right_check_digit),
        ([b'A'..=b'Z', b'A'..=b'Z', b'-', rest @ ..], 20) => rest.get(6) == Some(&b'-'),
        _ => false,
    }
}

/// Whether the cell is like the number of an order: something short in one word with digits, not a date and not a quantity.
pub(super) fn is_order(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    let date = bytes.len() == 10 && bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    (4..=40).contains(&bytes.len())
        && bytes.iter().any(u8::is_ascii_digit)
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"-_/#".contains(byte))
        && !date
}

/// Whether the cell stands beside a code for certain: it is empty, a number, or has characters that no code has.
pub(super) fn is_apart(cell: &str) -> bool {
    let foreign = |byte: u8| byte == b' ' || !byte.is_ascii();
    cell.is_empty() || is_number(cell) || cell.bytes().any(foreign)
}

/// Whether the cell holds four digits or more and nothing else.
pub(super) fn is_number(cell: &str) -> bool {
    cell.len() >= 4 && digits(cell.as_bytes())
}

/// Whether the cell is the number of a kind of goods: EAN-8, UPC-12, EAN-13 or GTIN-14.
pub(super) fn is_gtin(cell: &str) -> bool {
    matches!(cell.len(), 8 | 12 | 13 | 14) && has_right_check_digit(cell.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_seen_whatever_stands_in_front() {
        for cell in [
            "0104610053147452215d,OiLl",
            " \"0104610053147452215d,OiLl\u{1d}93dGVz\"",
            "]d20104610053147452215d,OiLl",
            "(01)04610053147452(21)5d,OiLl",
            "\\u001d0104610053147452215d,OiLl",
            "<FNC1>0104610053147452215d,OiLl",
            "0104610053147453215ф,ЩшДд",
            "04601653035829H;dV)bFABVUdGVz",
            "RU-430302-AAA7582720",
            "00346006820000000014",
        ] {
            assert!(begins_as_code(cell), "{cell}");
        }
    }

    #[test]
    fn a_code_that_a_delimiter_cut_is_still_seen() {
        assert!(begins_as_code("0104610053147452215d"));
        assert!(!begins_as_code("010461005314745221"));
    }

    #[test]
    fn other_cells_are_none() {
        for cell in [
            "",
            "57001",
            "04610053147452",
            "0104610053147452",
            "Футболка белая, размер 44, арт. 0104610053147452",
            "https://example.org/",
            "Код маркировки",
        ] {
            assert!(!begins_as_code(cell), "{cell}");
        }
    }

    #[test]
    fn an_order_is_one_word_with_digits() {
        for cell in ["57001", "0123456789-0001-1", "А-1234", "WB/12345"] {
            assert!(is_order(cell), "{cell}");
        }
        for cell in [
            "3",
            "2026-11-21",
            "21.11.2026",
            "1 999",
            "Футболка",
            "красная 44",
        ] {
            assert!(!is_order(cell), "{cell}");
        }
    }
}
