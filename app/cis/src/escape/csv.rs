//! One field of a CSV or TSV file, [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180#section-2), section 2.
//!
//! Codes hold quotation marks, commas and semicolons, so a file of them is wrong without this. The separator U+001D stays as
//! it is: the standard has no escape for it.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt::{self, Display};

use super::malformed::Reader;
use super::{Fault, Malformed, print_escaped};

/// What stands between the fields of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delimiter {
    /// U+0009, what a spreadsheet puts on the clipboard.
    Tab,
    /// What a spreadsheet writes where the comma is the decimal point, as in Russia.
    Semicolon,
    /// The comma of the standard.
    Comma,
}

impl Delimiter {
    /// Every delimiter, the surest sign of a table first.
    pub const ALL: [Self; 3] = [Self::Tab, Self::Semicolon, Self::Comma];

    /// The character itself.
    pub const fn as_char(self) -> char {
        match self {
            Self::Tab => '\t',
            Self::Semicolon => ';',
            Self::Comma => ',',
        }
    }
}

/// The text as one field: in quotation marks, with those inside doubled, if it holds the delimiter, a quotation mark or a
/// line break; otherwise as it is.
pub fn encode(text: &str, delimiter: Delimiter) -> impl Display {
    let quoted = text.contains(|character| special(character, delimiter));
    let mark = if quoted { "\"" } else { "" };
    fmt::from_fn(move |f| {
        f.write_str(mark)?;
        print_escaped(
            f,
            text,
            |character| character == '"',
            |f, _, _| f.write_str("\"\""),
        )?;
        f.write_str(mark)
    })
}

fn special(character: char, delimiter: Delimiter) -> bool {
    matches!(character, '"' | '\r' | '\n') || character == delimiter.as_char()
}

/// Reads one whole field back.
///
/// Strict: a field in quotation marks has those inside doubled, a field without holds neither delimiter, quotation mark nor
/// line break.
pub fn decode(field: &str, delimiter: Delimiter) -> Result<Cow<'_, str>, Malformed> {
    let mut reader = Reader::new(field);
    if reader.skip("\"") {
        let mut decoded = String::with_capacity(field.len());
        while let Some(character) = reader.next() {
            if character != '"' {
                decoded.push(character);
            } else if reader.skip("\"") {
                decoded.push('"');
            } else if reader.next().is_some() {
                return Err(reader.fault(Fault::Trailing));
            } else {
                return Ok(Cow::Owned(decoded));
            }
        }
        return Err(reader.fault(Fault::Unclosed));
    }
    while let Some(character) = reader.next() {
        if special(character, delimiter) {
            return Err(reader.fault(Fault::Bare));
        }
    }
    Ok(Cow::Borrowed(field))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn only_what_needs_it_is_quoted() {
        for (text, comma, semicolon) in [
            ("a,b", "\"a,b\"", "a,b"),
            ("a;b", "a;b", "\"a;b\""),
            ("a\"b", "\"a\"\"b\"", "\"a\"\"b\""),
            ("a\u{1d}b ", "a\u{1d}b ", "a\u{1d}b "),
            ("a\nb", "\"a\nb\"", "\"a\nb\""),
        ] {
            assert_eq!(encode(text, Delimiter::Comma).to_string(), comma);
            assert_eq!(encode(text, Delimiter::Semicolon).to_string(), semicolon);
        }
        assert_eq!(encode("a\tb", Delimiter::Tab).to_string(), "\"a\tb\"");
    }

    #[test]
    fn what_the_standard_does_not_allow_is_refused_at_its_place() {
        for (field, fault, position) in [
            ("\"ab", Fault::Unclosed, 2),
            ("\"a\"b\"", Fault::Trailing, 3),
            ("a\"\"b", Fault::Bare, 1),
            ("a,b", Fault::Bare, 1),
            ("a\nb", Fault::Bare, 1),
        ] {
            assert_eq!(
                decode(field, Delimiter::Comma),
                Err(Malformed::new(fault, position)),
                "{field:?}"
            );
        }
        assert!(matches!(
            decode("a;b", Delimiter::Comma),
            Ok(Cow::Borrowed("a;b"))
        ));
    }
}
