//! Fields of EPL2, the language of Zebra's older label printers: *EPL Programming Guide*, "Command Conventions".
//!
//! Data stand in quotation marks, where a backslash makes the next character literal; every other byte means itself.
//!
//! EPL2 has no way to write the FNC1 character, so its own `b…,D` prints a plain DataMatrix, which is not what the marking
//! rules want: print a GS1 DataMatrix as an image (`GW`) there and use this for the text beside it.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt::{self, Display, Write};

use super::malformed::Reader;
use super::{Fault, Malformed, print_escaped};

/// The inside of a data field, without its quotation marks.
pub fn encode(text: &str) -> impl Display {
    fmt::from_fn(move |f| {
        print_escaped(f, text, special, |f, character, _| {
            f.write_char('\\')?;
            f.write_char(character)
        })
    })
}

fn special(character: char) -> bool {
    matches!(character, '"' | '\\')
}

/// Reads the inside of a data field back.
///
/// Strict: a backslash stands before a quotation mark or another backslash only, and no quotation mark stands bare.
pub fn decode(field: &str) -> Result<Cow<'_, str>, Malformed> {
    if !field.contains(special) {
        return Ok(Cow::Borrowed(field));
    }
    let mut decoded = String::with_capacity(field.len());
    let mut reader = Reader::new(field);
    while let Some(character) = reader.next() {
        let here = reader.fault(Fault::Escape);
        match character {
            '\\' => decoded.push(reader.next().filter(|next| special(*next)).ok_or(here)?),
            '"' => return Err(reader.fault(Fault::Bare)),
            plain => decoded.push(plain),
        }
    }
    Ok(Cow::Owned(decoded))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn escapes_are_those_of_the_guide() {
        for (text, field) in [
            ("\"", "\\\""),
            ("\"Company\"", "\\\"Company\\\""),
            ("\\", "\\\\"),
            ("\\code\\", "\\\\code\\\\"),
            ("5Qb,;\u{1d}", "5Qb,;\u{1d}"),
        ] {
            assert_eq!(encode(text).to_string(), field);
            assert_eq!(decode(field).unwrap(), text);
        }
    }

    #[test]
    fn what_a_field_may_not_hold_is_refused_at_its_place() {
        assert_eq!(decode("ab\"c"), Err(Malformed::new(Fault::Bare, 2)));
        assert_eq!(decode("ab\\c"), Err(Malformed::new(Fault::Escape, 2)));
        assert_eq!(decode("ab\\"), Err(Malformed::new(Fault::Escape, 2)));
    }
}
