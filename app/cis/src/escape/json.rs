//! JSON strings, [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-7), section 7.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt::{self, Display, Formatter, Write};

use super::malformed::Reader;
use super::{Fault, Malformed, digit, print_escaped};

/// The inside of a JSON string, without quotation marks; the separator becomes `\u001d`, once.
///
/// The same bytes as `serde_json` writes: short escapes where there are any, the others as four small hexadecimal digits,
/// everything from U+007F on as it is.
pub fn encode(text: &str) -> impl Display {
    fmt::from_fn(move |f| print_escaped(f, text, special, print))
}

/// A whole JSON string with its quotation marks.
pub fn quoted(text: &str) -> impl Display {
    fmt::from_fn(move |f| write!(f, "\"{}\"", encode(text)))
}

fn special(character: char) -> bool {
    matches!(character, '"' | '\\' | '\0'..='\u{1f}')
}

fn print(f: &mut Formatter<'_>, character: char, _: usize) -> fmt::Result {
    let short = match character {
        '"' | '\\' => character,
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{c}' => 'f',
        '\r' => 'r',
        control => {
            let value = u32::from(control);
            f.write_str("\\u00")?;
            f.write_char(digit(value >> 4))?;
            return f.write_char(digit(value).to_ascii_lowercase());
        }
    };
    f.write_char('\\')?;
    f.write_char(short)
}

/// Reads a JSON string back, with its quotation marks or without.
///
/// Strict: no bare control characters or quotation marks inside, no unknown escapes, no halves of surrogate pairs, nothing
/// behind the closing mark.
pub fn decode(text: &str) -> Result<Cow<'_, str>, Malformed> {
    let mut reader = Reader::new(text);
    let quoted = reader.skip("\"");
    if !quoted && !text.contains(special) {
        return Ok(Cow::Borrowed(text));
    }
    let mut decoded = String::with_capacity(text.len());
    while let Some(character) = reader.next() {
        match character {
            '"' if quoted && reader.rest().is_empty() => return Ok(Cow::Owned(decoded)),
            '"' if quoted => {
                reader.next();
                return Err(reader.fault(Fault::Trailing));
            }
            '\\' => decoded.push(escaped(&mut reader)?),
            bare if special(bare) => return Err(reader.fault(Fault::Bare)),
            plain => decoded.push(plain),
        }
    }
    if quoted {
        return Err(reader.fault(Fault::Unclosed));
    }
    Ok(Cow::Owned(decoded))
}

/// Reads what stands behind a backslash.
fn escaped(reader: &mut Reader<'_>) -> Result<char, Malformed> {
    let backslash = reader.fault(Fault::Escape);
    let no_character = reader.fault(Fault::NoCharacter);
    Ok(match reader.next() {
        Some(same @ ('"' | '\\' | '/')) => same,
        Some('b') => '\u{8}',
        Some('t') => '\t',
        Some('n') => '\n',
        Some('f') => '\u{c}',
        Some('r') => '\r',
        Some('u') => {
            let first = reader.hex(4).ok_or(backslash)?;
            let value = if let 0xd800..0xdc00 = first {
                if !reader.skip("\\u") {
                    return Err(no_character);
                }
                let second = reader.hex(4).ok_or(backslash)?;
                let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400);
                0x10000 + ((first - 0xd800) << 10) + low.ok_or(no_character)?
            } else {
                first
            };
            char::from_u32(value).ok_or(no_character)?
        }
        _ => return Err(backslash),
    })
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn escapes_are_those_of_the_standard() {
        assert_eq!(
            encode("a\u{1d}\"\\/\u{8}\t\n\u{c}\r\u{1f}я\u{7f}").to_string(),
            "a\\u001d\\\"\\\\/\\b\\t\\n\\f\\r\\u001fя\u{7f}"
        );
        assert_eq!(quoted("5Qb\u{1d}").to_string(), "\"5Qb\\u001d\"");
        // RFC 8259, section 7: the G clef.
        assert_eq!(decode("\"\\uD834\\uDD1E\"").unwrap(), "\u{1d11e}");
        assert_eq!(decode("\\u001D\\u0027\\u003d\\/").unwrap(), "\u{1d}'=/");
    }

    #[test]
    fn what_needs_no_decoding_is_borrowed() {
        assert!(matches!(decode("0104;\u{7f}я"), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn what_the_standard_does_not_allow_is_refused_at_its_place() {
        for (text, fault, position) in [
            ("\"abc", Fault::Unclosed, 3),
            ("\"ab\"c", Fault::Trailing, 4),
            ("ab\"c", Fault::Bare, 2),
            ("ab\u{1d}c", Fault::Bare, 2),
            ("я\\x1d", Fault::Escape, 1),
            ("ab\\u00", Fault::Escape, 2),
            ("ab\\", Fault::Escape, 2),
            ("ab\\ud834", Fault::NoCharacter, 2),
            ("ab\\ud834\\u0041", Fault::NoCharacter, 2),
            ("ab\\udd1e", Fault::NoCharacter, 2),
        ] {
            assert_eq!(
                decode(text),
                Err(Malformed::new(fault, position)),
                "{text:?}"
            );
        }
    }
}
