//! A value in the query of a URL, [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2), section 2.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display};

use super::malformed::Reader;
use super::{Fault, Malformed, print_bytes, print_escaped};

/// The text as one value of a query: everything but unreserved characters as `%` and two capital hexadecimal digits.
///
/// `+` becomes `%2B`, so the value means the same to readers that take `+` for a space.
pub fn encode(text: &str) -> impl Display {
    fmt::from_fn(move |f| {
        print_escaped(
            f,
            text,
            |character| !unreserved(character),
            |f, character, _| print_bytes(f, '%', character),
        )
    })
}

fn unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_' | '~')
}

/// Whether the character may stand bare in a value: what RFC 3986 allows in a query, without `&`, which ends the value.
fn bare(character: char) -> bool {
    unreserved(character)
        || matches!(
            character,
            '!' | '$' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=' | ':' | '@' | '/' | '?'
        )
}

/// Reads a value back. A bare `+` is a plus: codes hold it, and they hold no spaces.
///
/// Strict: every `%` has two hexadecimal digits behind it, the bytes are UTF-8, and no other character stands bare than a
/// query may hold.
pub fn decode(text: &str) -> Result<Cow<'_, str>, Malformed> {
    if text.chars().all(bare) {
        return Ok(Cow::Borrowed(text));
    }
    let mut reader = Reader::new(text);
    let mut bytes = Vec::with_capacity(text.len());
    // Where each byte came from, to say where the bytes stop being UTF-8.
    let mut origins = Vec::with_capacity(text.len());
    while let Some(character) = reader.next() {
        let origin = reader.fault(Fault::NoCharacter);
        let byte = match character {
            '%' => reader
                .hex(2)
                .and_then(|value| u8::try_from(value).ok())
                .ok_or(Malformed::new(Fault::Escape, origin.position()))?,
            // What may stand bare is ASCII.
            plain if bare(plain) => u8::try_from(plain).unwrap_or_default(),
            _ => return Err(reader.fault(Fault::Bare)),
        };
        bytes.push(byte);
        origins.push(origin);
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let start = Malformed::new(Fault::NoCharacter, 0);
        origins.get(at).copied().unwrap_or(start)
    })
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn everything_but_unreserved_characters_is_escaped() {
        assert_eq!(
            encode("aZ0-._~!\"%&'()*+,/:;<=>?\u{1d}я").to_string(),
            "aZ0-._~%21%22%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3C%3D%3E%3F%1D%D1%8F"
        );
    }

    #[test]
    fn what_a_query_may_hold_is_read() {
        assert_eq!(decode("a+b%2B%1d%D1%8F").unwrap(), "a+b+\u{1d}я");
        assert!(matches!(decode("a+b/(c)"), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn what_a_query_may_not_hold_is_refused_at_its_place() {
        for (text, fault, position) in [
            ("5eCUd%lbPY", Fault::Escape, 5),
            ("ab%1", Fault::Escape, 2),
            ("ab&c", Fault::Bare, 2),
            ("ab#c", Fault::Bare, 2),
            ("ab c", Fault::Bare, 2),
            ("ab\u{1d}c", Fault::Bare, 2),
            ("a%20%D1b", Fault::NoCharacter, 4),
        ] {
            assert_eq!(
                decode(text),
                Err(Malformed::new(fault, position)),
                "{text:?}"
            );
        }
    }
}
