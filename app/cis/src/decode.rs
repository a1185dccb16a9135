//! What files and programs do to a text: escapes of JSON, HTML, XLSX and URLs, quotation marks of CSV, base64.

use alloc::string::String;
use alloc::vec::Vec;

use crate::ai;
use crate::draft::{Change, Item, starts_with, text_of};
use crate::spelling;
use crate::{GS, Step};

/// Escapes with a character that no code contains, so that they are decoded wherever they stand.
pub(crate) fn certain(items: &[Item]) -> Option<Change> {
    match items.first()?.character {
        '\\' => json(items),
        '&' => numeric_entity(items),
        '_' => xlsx(items),
        _ => None,
    }
    .or_else(|| spelling::certain(items))
}

/// `\uXXXX`, with one backslash or two; `\"`, `\/`, `\'`; and `\r`, `\n`, `\t` where nothing follows but their like.
fn json(items: &[Item]) -> Option<Change> {
    let backslashes = spelling::backslashes(items);
    let behind = items.get(backslashes..)?;
    // A quotation mark that was escaped twice has three.
    let quoted = behind.first()?.character == '"' && backslashes == 3;
    if backslashes > spelling::MOST_BACKSLASHES && !quoted {
        return None;
    }
    let change = |length, by| Change {
        length: backslashes + length,
        by: Some(by),
        step: Step::JsonEscape,
    };
    match behind.first()?.character {
        'u' => {
            let by = char::from_u32(number(behind.get(1..5)?, 16)?)?;
            Some(change(5, by))
        }
        quote @ ('"' | '/' | '\'') => Some(change(1, quote)),
        'r' | 'n' | 't' if only_line_ends(behind) || is_identifier(behind.get(1..)?) => {
            Some(change(1, ' '))
        }
        _ => None,
    }
}

/// Whether an identifier begins here, so that what stands in front may be a separator.
fn is_identifier(items: &[Item]) -> bool {
    const LONGEST: usize = 4;
    let start = items.get(..LONGEST.min(items.len())).unwrap_or_default();
    ai::known_at(text_of(start).as_bytes()).is_some()
}

/// Whether nothing follows the letter of an escape but further escapes of line ends.
fn only_line_ends(items: &[Item]) -> bool {
    items.iter().skip(1).all(|item| {
        matches!(item.character, '\\' | 'r' | 'n' | 't' | '"')
            || item.character.is_ascii_whitespace()
    })
}

/// `&#29;` and `&#x1D;`.
fn numeric_entity(items: &[Item]) -> Option<Change> {
    if !starts_with(items, "&#") {
        return None;
    }
    let end = items
        .iter()
        .take(10)
        .position(|item| item.character == ';')?;
    let hexadecimal = items.get(2)?.character.eq_ignore_ascii_case(&'x');
    let value = if hexadecimal {
        number(items.get(3..end)?, 16)?
    } else {
        number(items.get(2..end)?, 10)?
    };
    Some(Change {
        length: end + 1,
        by: Some(char::from_u32(value)?),
        step: Step::HtmlEntity,
    })
}

/// `_x001D_`: XLSX writes control characters so, and the underscore itself where the text would look like such an escape.
fn xlsx(items: &[Item]) -> Option<Change> {
    const LENGTH: usize = 7;
    if !starts_with(items, "_x") || items.get(LENGTH - 1)?.character != '_' {
        return None;
    }
    let value = number(items.get(2..LENGTH - 1)?, 16)?;
    (value < 0x20 || value == u32::from('_')).then_some(Change {
        length: LENGTH,
        by: Some(char::from_u32(value)?),
        step: Step::XlsxEscape,
    })
}

/// A number of these digits; `None` for anything else among them, signs too.
fn number(items: &[Item], radix: u32) -> Option<u32> {
    let first = items.first()?.character.to_digit(radix)?;
    items.iter().skip(1).try_fold(first, |value, item| {
        let digit = item.character.to_digit(radix)?;
        value.checked_mul(radix)?.checked_add(digit)
    })
}

/// The entities that consist of characters a serial number may contain.
pub(crate) fn named_entity(items: &[Item]) -> Option<Change> {
    const ENTITIES: [(&str, char); 5] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&apos;", '\''),
    ];
    let (name, by) = ENTITIES.iter().find(|(name, _)| starts_with(items, name))?;
    Some(Change {
        length: name.len(),
        by: Some(*by),
        step: Step::HtmlEntity,
    })
}

/// Two quotation marks in a row.
pub(crate) fn doubled_quote(items: &[Item]) -> Option<Change> {
    starts_with(items, "\"\"").then_some(Change {
        length: 2,
        by: Some('"'),
        step: Step::CsvQuotes,
    })
}

/// `%XX` of a URL.
pub(crate) fn percent(items: &[Item]) -> Option<Change> {
    if !starts_with(items, "%") {
        return None;
    }
    let value = number(items.get(1..3)?, 16)?;
    Some(Change {
        length: 3,
        by: char::from_u32(value),
        step: Step::UrlEscape,
    })
}

/// Whether the text may be a part of a URL: all signs but a few are escaped, and letters and digits are not.
pub(crate) fn is_percent_encoded(items: &[Item]) -> bool {
    let mut at = 0;
    while let Some(item) = items.get(at) {
        let plain = item.character.is_ascii_alphanumeric()
            || !item.character.is_ascii()
            || "-_.!~*'() \u{1d}".contains(item.character);
        let escape = || {
            items
                .get(at..)
                .and_then(percent)
                .and_then(|change| change.by)
        };
        at += match escape() {
            Some(by) if item.character == '%' && !by.is_ascii_alphanumeric() => 3,
            _ if plain => 1,
            _ => return false,
        };
    }
    true
}

/// Quotation marks that word processors put in place of plain ones.
pub(crate) fn typographic(items: &[Item]) -> Option<Change> {
    let by = match items.first()?.character {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '´' => '\'',
        _ => return None,
    };
    Some(Change {
        length: 1,
        by: Some(by),
        step: Step::Typography,
    })
}

/// The text that base64 stands for, when that begins like a marking code.
pub(crate) fn base64(items: &[Item]) -> Option<String> {
    const SHORTEST: usize = 28;
    // Codes begin with digits, base64 of a code never with four of them.
    if items
        .iter()
        .take(4)
        .all(|item| item.character.is_ascii_digit())
    {
        return None;
    }
    let digits = items
        .iter()
        .rposition(|item| item.character != '=')
        .map_or(0, |last| last + 1);
    if items.len() < SHORTEST || items.len() - digits > 2 || digits % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits);
    let mut bits = 0_u32;
    for (index, item) in items.iter().take(digits).enumerate() {
        bits = bits << 6 | sextet(item.character)?;
        let ready = (index + 1) % 4;
        if ready != 1 {
            // The bits that are complete so far, the lowest eight of them.
            let rest = [0, 0, 4, 2].get(ready).copied().unwrap_or_default();
            bytes.push(u8::try_from(bits >> rest & 0xff).ok()?);
        }
        // The first bytes tell whether it is worth going on.
        if bytes.first().is_some_and(|first| !may_begin(*first)) {
            return None;
        }
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error
            .as_bytes()
            .iter()
            .map(|byte| char::from(*byte))
            .collect(),
    };
    let readable = text.chars().all(|character| {
        !character.is_ascii_control() || matches!(character, GS | '\r' | '\n' | '\t')
    });
    (readable && has_head(&text)).then_some(text)
}

/// Whether a marking code, or what scanners put in front of one, may begin with the byte.
fn may_begin(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, 0x1d | 0xc2..=0xf0) || b"]([\"' ^~\\{<".contains(&byte)
}

/// Whether fourteen digits in a row are near the beginning.
fn has_head(text: &str) -> bool {
    const NEAR: usize = 14;
    let digits = |from: usize| {
        let run = text
            .chars()
            .skip(from)
            .filter(|character| character.is_ascii() && !matches!(character, '(' | ')'));
        run.take(14).filter(char::is_ascii_digit).count() == 14
    };
    (0..NEAR).any(digits)
}

fn sextet(character: char) -> Option<u32> {
    let code = u32::from(character);
    Some(match character {
        'A'..='Z' => code - u32::from('A'),
        'a'..='z' => code - u32::from('a') + 26,
        '0'..='9' => code - u32::from('0') + 52,
        '+' | '-' => 62,
        '/' | '_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;

    fn decoded(text: &str) -> String {
        let mut draft = Draft::of(text);
        draft.substitute(certain);
        draft.text()
    }

    #[test]
    fn escapes_with_foreign_characters_are_decoded_wherever_they_stand() {
        for (text, expected) in [
            ("a\\u001dB", "a\u{1d}B"),
            ("a\\\\u001DB", "a\u{1d}B"),
            ("a\\u003cb\\u0027", "a<b'"),
            ("a\\\"b\\/c\\\\\\\"d", "a\"b/c\"d"),
            ("a\\r\\n", "a  "),
            ("a\\nb", "a\\nb"),
            ("&#29;&#x1d;&#39;", "\u{1d}\u{1d}'"),
            ("_x001D__x000D_", "\u{1d}\r"),
            ("_x005F_x001D_", "_x001D_"),
            ("_x0041_", "_x0041_"),
            ("&lt;", "&lt;"),
        ] {
            assert_eq!(decoded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn base64_is_believed_only_when_a_code_comes_out() {
        let read = |text: &str| base64(&Draft::of(text).items);
        assert_eq!(
            read("MDEwMzA0MTA5NDc4NzQ0MzIxNVFiYWchHTkzWmpxdw==").as_deref(),
            Some("0103041094787443215Qbag!\u{1d}93Zjqw")
        );
        assert_eq!(
            read("MDEwMzA0MTA5NDc4NzQ0MzIxNVFiYWchHTkzWmpxdw").as_deref(),
            Some("0103041094787443215Qbag!\u{1d}93Zjqw")
        );
        assert_eq!(read("VGhpcyBpcyBub3QgYSBtYXJraW5nIGNvZGUgYXQgYWxs"), None);
        assert_eq!(read("04640030090709DYBLHiyACoAabcd"), None);
    }
}
