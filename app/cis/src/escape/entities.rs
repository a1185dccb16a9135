//! The character references that HTML and XML share.

use super::malformed::Reader;
use super::{Fault, Malformed};

/// Reads a text with character references; `push` gets every character with the place in the text where it was written.
///
/// Strict: only the five names that XML knows and numbers; every `&` begins one, and `<` does not stand bare.
pub(super) fn decode(text: &str, mut push: impl FnMut(usize, char)) -> Result<(), Malformed> {
    let mut reader = Reader::new(text);
    while let Some(character) = reader.next() {
        let at = reader.fault(Fault::Bare);
        let character = match character {
            '<' => return Err(at),
            '&' => reference(&mut reader)?,
            plain => plain,
        };
        push(at.position(), character);
    }
    Ok(())
}

fn reference(reader: &mut Reader<'_>) -> Result<char, Malformed> {
    let ampersand = reader.fault(Fault::Escape);
    let no_character = reader.fault(Fault::NoCharacter);
    for (name, character) in [
        ("lt;", '<'),
        ("gt;", '>'),
        ("amp;", '&'),
        ("quot;", '"'),
        ("apos;", '\''),
    ] {
        if reader.skip(name) {
            return Ok(character);
        }
    }
    if !reader.skip("#") {
        return Err(ampersand);
    }
    let radix = if reader.skip("x") || reader.skip("X") {
        16
    } else {
        10
    };
    let mut value = None;
    while !reader.skip(";") {
        let digit = reader.next().and_then(|digit| digit.to_digit(radix));
        let above = value.unwrap_or(0_u32).saturating_mul(radix);
        value = Some(above.saturating_add(digit.ok_or(ampersand)?));
    }
    // HTML and XML both forbid the character zero.
    char::from_u32(value.ok_or(ampersand)?)
        .filter(|character| *character != '\0')
        .ok_or(no_character)
}
