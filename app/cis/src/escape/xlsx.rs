//! Text of a cell in the XML of an XLSX file: `ST_Xstring`, ECMA-376 part 1, section 22.9.2.19, and XML around it.
//!
//! XML 1.0 has no way to write U+001D, so Office writes `_x001D_`; a text that holds such letters itself gets its underscore
//! escaped as `_x005F_`. Excel's own limits are in [MS-OI29500], section 2.1.1747: only carriage returns and what XML cannot
//! hold are escaped.
//!
//! [MS-OI29500]: https://learn.microsoft.com/en-us/openspecs/office_standards/ms-oi29500/d34ae755-c53f-4a44-a363-c6dd3ee018a4

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter, Write};

use super::{Fault, Malformed, digit, entities, print_escaped};

/// The text for between `<t>` and `</t>`, with `&`, `<` and `>` as references.
///
/// A text with white space at its edges wants `xml:space="preserve"` on its `<t>`.
pub fn encode(text: &str) -> impl Display {
    fmt::from_fn(move |f| {
        print_escaped(f, text, special, |f, character, at| {
            print(f, text, character, at)
        })
    })
}

fn special(character: char) -> bool {
    matches!(character, '&' | '<' | '>' | '_') || escaped(character)
}

/// Whether the character is written as `_xHHHH_` because an XML reader would refuse or change it.
fn escaped(character: char) -> bool {
    illegal(character) || character == '\r'
}

/// What XML 1.0 cannot hold, section 2.2.
fn illegal(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

fn print(f: &mut Formatter<'_>, text: &str, character: char, at: usize) -> fmt::Result {
    match character {
        '&' => f.write_str("&amp;"),
        '<' => f.write_str("&lt;"),
        '>' => f.write_str("&gt;"),
        '_' if reads_as_escape(text.get(at..).unwrap_or_default()) => f.write_str("_x005F_"),
        '_' => f.write_char('_'),
        other => {
            let value = u32::from(other);
            f.write_str("_x")?;
            for shift in [12, 8, 4, 0] {
                f.write_char(digit(value >> shift))?;
            }
            f.write_char('_')
        }
    }
}

/// Whether a reader would take the beginning of the text for an escape once the rest is written.
fn reads_as_escape(text: &str) -> bool {
    let Some(behind) = text.strip_prefix("_x") else {
        return false;
    };
    let mut characters = behind.chars();
    let digits = characters
        .by_ref()
        .take(4)
        .take_while(char::is_ascii_hexdigit)
        .count();
    // The character behind may be written with an underscore in front of its own number.
    digits == 4
        && characters
            .next()
            .is_some_and(|next| next == '_' || escaped(next))
}

/// Reads the text between `<t>` and `</t>` back.
///
/// Strict in its XML: the five names and numbers, no bare `<`, no characters that XML cannot hold. An underscore that begins
/// no escape is an underscore; an escaped half of a surrogate pair is refused.
pub fn decode(text: &str) -> Result<Cow<'_, str>, Malformed> {
    if !text.contains(special) {
        return Ok(Cow::Borrowed(text));
    }
    if let Some(position) = text.chars().position(illegal) {
        return Err(Malformed::new(Fault::Bare, position));
    }
    let mut characters = Vec::with_capacity(text.len());
    entities::decode(text, |at, character| characters.push((at, character)))?;
    let mut decoded = String::with_capacity(text.len());
    let mut rest = characters.as_slice();
    while let Some(((at, character), behind)) = rest.split_first() {
        rest = behind;
        let Some(first) = unit(*character, behind) else {
            decoded.push(*character);
            continue;
        };
        rest = behind.get(LENGTH..).unwrap_or_default();
        let mut value = first;
        if let 0xd800..0xdc00 = first
            && let Some(((_, next), behind)) = rest.split_first()
            && let Some(second) = unit(*next, behind)
            && let Some(low) = second.checked_sub(0xdc00).filter(|low| *low < 0x400)
        {
            value = 0x10000 + ((first - 0xd800) << 10) + low;
            rest = behind.get(LENGTH..).unwrap_or_default();
        }
        let no_character = Malformed::new(Fault::NoCharacter, *at);
        decoded.push(char::from_u32(value).ok_or(no_character)?);
    }
    Ok(Cow::Owned(decoded))
}

/// The length of an escape behind its first underscore.
const LENGTH: usize = "xHHHH_".len();

/// The number of the escape that begins with this character and goes on behind it.
fn unit(character: char, behind: &[(usize, char)]) -> Option<u32> {
    if let ('_', [(_, 'x'), digits @ .., (_, '_')]) = (character, behind.get(..LENGTH)?) {
        return digits.iter().try_fold(0, |value, (_, digit)| {
            Some(value << 4 | digit.to_digit(16)?)
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn escapes_are_those_of_the_standard() {
        for (text, cell) in [
            // The standard's own example.
            ("\u{8}", "_x0008_"),
            ("a\u{1d}93", "a_x001D_93"),
            ("a_x001D_93", "a_x005F_x001D_93"),
            ("a_x001d_93", "a_x005F_x001d_93"),
            ("_x001D_x001D_", "_x005F_x001D_x005F_x001D_"),
            // The underscore that a separator brings along must not close an escape.
            ("_x001D\u{1d}", "_x005F_x001D_x001D_"),
            ("_x005F_", "_x005F_x005F_"),
            ("_x00_ _X001D_ __", "_x00_ _X001D_ __"),
            ("a&<b>\"'\t\n\r", "a&amp;&lt;b&gt;\"'\t\n_x000D_"),
        ] {
            assert_eq!(encode(text).to_string(), cell, "{text:?}");
            assert_eq!(decode(cell).unwrap(), text, "{cell:?}");
        }
    }

    #[test]
    fn escapes_are_read_behind_references_and_in_pairs() {
        assert_eq!(decode("&#x5F;x001d_").unwrap(), "\u{1d}");
        assert_eq!(decode("_xD834__xDD1E_").unwrap(), "\u{1d11e}");
        assert!(matches!(decode("0104;"), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn what_the_standard_does_not_allow_is_refused_at_its_place() {
        for (cell, fault, position) in [
            ("ab\u{1d}", Fault::Bare, 2),
            ("a<b", Fault::Bare, 1),
            ("a&b", Fault::Escape, 1),
            ("&lt;_xD834_", Fault::NoCharacter, 4),
            ("_xD834__x0041_", Fault::NoCharacter, 0),
            ("_xDD1E_", Fault::NoCharacter, 0),
        ] {
            assert_eq!(
                decode(cell),
                Err(Malformed::new(fault, position)),
                "{cell:?}"
            );
        }
    }
}
