//! Recognises what a text that is no marking code is.

use alloc::string::String;

use crate::gtin::has_right_check_digit;
use crate::{Foreign, ForeignKind, Gtin, GtinError, charset};

/// What the text is, when that is certain by its length and alphabet.
pub(crate) fn recognise(text: &str) -> Option<Foreign> {
    if is_link(text) {
        return Some(Foreign::new(ForeignKind::Url));
    }
    if is_service(text) {
        return Some(Foreign::new(ForeignKind::Service));
    }
    if is_groups(text, &[8, 6, 7, 3]) {
        return Some(Foreign::new(ForeignKind::Rnpt));
    }
    if is_groups(text, &[8, 6, 7]) {
        return Some(Foreign::new(ForeignKind::Gtd));
    }
    if is_rounded(text) {
        return Some(Foreign::new(ForeignKind::Rounded));
    }
    isbn(text).or_else(|| number(text)).or_else(|| {
        let kind = match text.len() {
            68 | 150 if is_capitals_and_digits(text) => ForeignKind::Egais,
            _ if is_words(text) => ForeignKind::Words,
            _ => return None,
        };
        Some(Foreign::new(kind))
    })
}

/// Bar codes and other numbers, with the spaces and dashes that people put between digits.
fn number(text: &str) -> Option<Foreign> {
    let bracketed = text.strip_prefix("(01)").map(str::trim_start);
    let text = bracketed.unwrap_or(text);
    if !text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'))
        || !text.starts_with(|first: char| first.is_ascii_digit())
    {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let kind = match digits.len() {
        14 => ForeignKind::Gtin14,
        _ if bracketed.is_some() => return None,
        8 => ForeignKind::Ean8,
        12 => ForeignKind::Upc12,
        13 if digits.starts_with("978") || digits.starts_with("979") => ForeignKind::Isbn,
        13 => ForeignKind::Ean13,
        // The identifier and a GTIN without a serial number; a УИН hardly ever looks like that.
        16 if digits.starts_with("01")
            && digits
                .get(2..)
                .is_some_and(|it| has_right_check_digit(it.as_bytes())) =>
        {
            let gtin = digits.get(2..).unwrap_or_default().parse();
            return Some(Foreign::with_gtin(ForeignKind::Gtin14, gtin));
        }
        16 => return Some(Foreign::new(ForeignKind::Uin)),
        _ => return None,
    };
    Some(Foreign::with_gtin(kind, padded(&digits)))
}

/// The number with zeros in front, as databases keep shorter ones.
fn padded(digits: &str) -> Result<Gtin, GtinError> {
    let mut text = String::with_capacity(Gtin::LENGTH);
    for _ in digits.len()..Gtin::LENGTH {
        text.push('0');
    }
    text.push_str(digits);
    text.parse()
}

/// ISBN with dashes, or behind its name. The old form of ten characters becomes the new one.
fn isbn(text: &str) -> Option<Foreign> {
    let named = text
        .get(..4)
        .filter(|name| name.eq_ignore_ascii_case("isbn"))
        .and_then(|_| text.get(4..))
        .map(|rest| rest.trim_start_matches([':', ' ', '-']));
    let body = named.unwrap_or(text);
    let dashed = body.contains('-');
    if named.is_none() && !dashed
        || !body
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' ' | b'X' | b'x'))
    {
        return None;
    }
    let symbols: String = body.chars().filter(|it| !matches!(it, '-' | ' ')).collect();
    let gtin = match symbols.len() {
        13 if symbols.starts_with("97") => padded(&symbols),
        10 if is_isbn10(symbols.as_bytes()) => {
            let mut number = String::from("978");
            number.push_str(symbols.get(..9)?);
            // The old check digit says nothing about the new one, which follows from the digits.
            ('0'..='9')
                .find_map(|last| {
                    padded(&[number.as_str(), last.encode_utf8(&mut [0; 4])].concat()).ok()
                })
                .ok_or(GtinError::Length { found: 10 })
        }
        _ => return None,
    };
    Some(Foreign::with_gtin(ForeignKind::Isbn, gtin))
}

/// Ten characters, the sum of which by weights from 10 to 1 is divided by eleven; the last may be `X`, ten.
fn is_isbn10(symbols: &[u8]) -> bool {
    let mut sum = 0;
    for (weight, symbol) in (1..=10_u32).rev().zip(symbols) {
        let value = match symbol {
            b'0'..=b'9' => u32::from(symbol - b'0'),
            b'X' | b'x' if weight == 1 => 10,
            _ => return false,
        };
        sum += weight * value;
    }
    symbols.len() == 10 && sum % 11 == 0
}

/// Whether the text is groups of digits of the given lengths with `/` between them.
fn is_groups(text: &str, lengths: &[usize]) -> bool {
    let mut groups = text.split('/');
    lengths.iter().all(|length| {
        groups.next().is_some_and(|group| {
            group.len() == *length && group.bytes().all(|byte| byte.is_ascii_digit())
        })
    }) && groups.next().is_none()
}

/// `4,61005E+12`: a spreadsheet took a number for one to count with.
fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e', 'Е', 'е']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = mantissa.len() <= 20
        && mantissa.starts_with(|first: char| first.is_ascii_digit())
        && mantissa
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    whole && exponent.strip_prefix('+').is_some_and(digits) && exponent.len() <= 3
}

fn is_capitals_and_digits(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn begins_with(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn is_link(text: &str) -> bool {
    ["http://", "https://", "www.", "ftp://"]
        .iter()
        .any(|scheme| begins_with(text, scheme))
}

fn contains(text: &str, word: &[u8]) -> bool {
    text.as_bytes().windows(word.len()).any(|part| part == word)
}

/// Receipts, payments, networks, visiting cards: other two-dimensional codes that a telephone reads.
fn is_service(text: &str) -> bool {
    const BEGINNINGS: [&str; 12] = [
        "WIFI:", "BEGIN:", "MECARD:", "mailto:", "tel:", "sms:", "smsto:", "geo:", "otpauth:",
        "tg:", "ST0001", "bank100",
    ];
    BEGINNINGS.iter().any(|word| begins_with(text, word))
        || (text.starts_with("t=") && contains(text, b"&fn=") && contains(text, b"&fp="))
}

/// Words with few digits among them.
fn is_words(text: &str) -> bool {
    const FEW: usize = 4;
    let mut letters = 0;
    let mut digits = 0;
    for character in text.chars() {
        if character.is_ascii_digit() {
            digits += 1;
        } else if character.is_ascii_alphabetic() || charset::is_cyrillic(character) {
            letters += 1;
        } else if !matches!(
            character,
            ' ' | '.' | ',' | '-' | '!' | '?' | ':' | '(' | ')' | '/' | '«' | '»' | '"' | '№' | '_'
        ) {
            return false;
        }
    }
    letters > 0 && digits <= FEW && letters > digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<ForeignKind> {
        recognise(text).map(|foreign| foreign.kind())
    }

    #[test]
    fn everyday_mistakes_are_recognised() {
        for (text, expected) in [
            ("4610053147452", Some(ForeignKind::Ean13)),
            ("4 610053 147452", Some(ForeignKind::Ean13)),
            ("04610053147452", Some(ForeignKind::Gtin14)),
            ("(01)04610053147452", Some(ForeignKind::Gtin14)),
            ("0104610053147452", Some(ForeignKind::Gtin14)),
            ("46198488", Some(ForeignKind::Ean8)),
            ("036000291452", Some(ForeignKind::Upc12)),
            ("9785170801183", Some(ForeignKind::Isbn)),
            ("978-5-17-080118-3", Some(ForeignKind::Isbn)),
            ("ISBN 5-02-013850-9", Some(ForeignKind::Isbn)),
            ("https://честныйзнак.рф/", Some(ForeignKind::Url)),
            ("1234567890123456", Some(ForeignKind::Uin)),
            ("10702020/060520/0013422/001", Some(ForeignKind::Rnpt)),
            ("10702020/060520/0013422", Some(ForeignKind::Gtd)),
            ("4,61005E+12", Some(ForeignKind::Rounded)),
            ("1.23E+15", Some(ForeignKind::Rounded)),
            (
                "t=20260101T1200&s=100.00&fn=9999078900004792&i=12&fp=3522207165&n=1",
                Some(ForeignKind::Service),
            ),
            ("WIFI:T:WPA;S:sklad;P:secret;;", Some(ForeignKind::Service)),
            ("Смотри на упаковке", Some(ForeignKind::Words)),
            ("0102000000058436215xgL0BT", None),
            ("123456789", None),
            ("", None),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
        assert_eq!(kind(&"A1".repeat(34)), Some(ForeignKind::Egais));
        assert_eq!(kind(&"A1".repeat(75)), Some(ForeignKind::Egais));
    }

    #[test]
    fn bar_codes_become_numbers_of_fourteen_digits() {
        let gtin = |text: &str| {
            recognise(text)
                .unwrap()
                .gtin()
                .map(|gtin| String::from(gtin.as_str()))
        };
        assert_eq!(gtin("4610053147452").as_deref(), Some("04610053147452"));
        assert_eq!(gtin("036000291452").as_deref(), Some("00036000291452"));
        assert_eq!(gtin("46198488").as_deref(), Some("00000046198488"));
        assert_eq!(
            gtin("ISBN 5-02-013850-9").as_deref(),
            Some("09785020138506")
        );
        assert_eq!(gtin("4610053147453"), None);
        assert_eq!(
            recognise("4610053147453").unwrap().gtin_error(),
            Some(GtinError::CheckDigit {
                expected: 2,
                found: 3
            })
        );
    }
}
