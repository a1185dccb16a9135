//! Fields of ZPL II, the language of Zebra's label printers: *ZPL II Programming Guide*, commands `^FH`, `^FD` and `^BX`.
//!
//! Field data stand between `^FD` and `^FS`, where `^` and `~` would begin commands. `^FH\` in front makes `\` and two
//! hexadecimal digits any byte; that is undone before a bar code reads its own escapes, so the two do not meet:
//!
//! ```
//! use cis::escape::zpl;
//!
//! let code = "0103041094787443215Q_ag!\u{1d}93Zjqw";
//! let label = format!("^XA^FO20,20^BXN,6,200,,,,_^FH\\^FD{}^FS^XZ", zpl::gs1_datamatrix(code));
//! assert_eq!(
//!     label,
//!     "^XA^FO20,20^BXN,6,200,,,,_^FH\\^FD_10103041094787443215Q__ag!_193Zjqw^FS^XZ"
//! );
//! ```

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

use super::malformed::Reader;
use super::{Fault, Malformed, print_bytes, print_escaped};
use crate::GS;

/// The hexadecimal indicator of `^FH\`.
const HEX: char = '\\';

/// Text for a printed line: between `^FH\^FD` and `^FS`, in UTF-8 (`^CI28`).
pub fn encode(text: &str) -> impl Display {
    fmt::from_fn(move |f| {
        print_escaped(f, text, special, |f, character, _| {
            print_bytes(f, HEX, character)
        })
    })
}

/// What would begin a command or an escape, or may be lost on the way to the printer.
fn special(character: char) -> bool {
    matches!(character, '^' | '~' | HEX) || character.is_ascii_control() || !character.is_ascii()
}

/// Reads the text of a printed line back.
///
/// Strict: nothing stands bare that [`encode`] would escape, every `\` has two hexadecimal digits, the bytes are UTF-8.
pub fn decode(field: &str) -> Result<Cow<'_, str>, Malformed> {
    if !field.contains(special) {
        return Ok(Cow::Borrowed(field));
    }
    let mut bytes = Vec::with_capacity(field.len());
    read(field, |_, byte| {
        bytes.push(byte);
        Ok(())
    })?;
    String::from_utf8(bytes)
        .map(Cow::Owned)
        .map_err(|_| Malformed::new(Fault::NoCharacter, 0))
}

/// Undoes `^FH\`; `push` gets every byte with the place where it was written.
fn read(
    field: &str,
    mut push: impl FnMut(Malformed, u8) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let mut reader = Reader::new(field);
    while let Some(character) = reader.next() {
        let here = reader.fault(Fault::Escape);
        let byte = match character {
            HEX => reader
                .hex(2)
                .and_then(|value| u8::try_from(value).ok())
                .ok_or(here)?,
            other if special(other) => return Err(reader.fault(Fault::Bare)),
            plain => u8::try_from(plain).unwrap_or_default(),
        };
        push(here, byte)?;
    }
    Ok(())
}

/// A code with application identifiers for `^BX…,200,,,,_` and `^FH\^FD`: a GS1 DataMatrix.
///
/// `_1` is the FNC1 character, in front and for each separator, and `__` an underscore. The escape character must be named in
/// `^BX` (its seventh parameter, `_`): older printers have `_`, newer ones `~` when it is not.
pub fn gs1_datamatrix(code: &str) -> impl Display {
    fmt::from_fn(move |f| {
        f.write_str(FNC1)?;
        print_symbol(f, code)
    })
}

/// A mark without application identifiers (a pack of tobacco, a fur mark) for `^BX…,200,,,,_` and `^FH\^FD`: a plain
/// DataMatrix, without the FNC1 character in front.
pub fn datamatrix(mark: &str) -> impl Display {
    fmt::from_fn(move |f| print_symbol(f, mark))
}

const FNC1: &str = "_1";

fn print_symbol(f: &mut Formatter<'_>, code: &str) -> fmt::Result {
    print_escaped(
        f,
        code,
        |character| character == '_' || special(character),
        |f, character, _| match character {
            GS => f.write_str(FNC1),
            '_' => f.write_str("__"),
            other => print_bytes(f, HEX, other),
        },
    )
}

/// Reads the field of a GS1 DataMatrix back into the code.
///
/// Strict: the field begins with the FNC1 character, and `_1` and `__` are its only symbol escapes.
pub fn decode_gs1_datamatrix(field: &str) -> Result<String, Malformed> {
    let mut code = Vec::with_capacity(field.len());
    let mut escape = None;
    let mut begun = false;
    read(field, |here, byte| {
        let byte = match (escape.take(), byte) {
            (None, b'_') => {
                escape = Some(here);
                return Ok(());
            }
            (Some(_), b'1') if !begun => {
                begun = true;
                return Ok(());
            }
            (_, _) if !begun => return Err(Malformed::new(Fault::Start, 0)),
            (Some(_), b'1') => 0x1d,
            (Some(_), b'_') => b'_',
            (Some(start), _) => return Err(start),
            (None, plain) => plain,
        };
        code.push(byte);
        Ok(())
    })?;
    if let Some(start) = escape {
        return Err(start);
    }
    if !begun {
        return Err(Malformed::new(Fault::Start, 0));
    }
    String::from_utf8(code).map_err(|_| Malformed::new(Fault::NoCharacter, 0))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn what_begins_a_command_is_written_in_hexadecimal() {
        assert_eq!(
            encode("^a~b\\c_d\u{1d}я,").to_string(),
            "\\5Ea\\7Eb\\5Cc_d\\1D\\D1\\8F,"
        );
        assert_eq!(decode("\\5ea_d\\1D\\D1\\8F").unwrap(), "^a_d\u{1d}я");
    }

    #[test]
    fn a_symbol_with_identifiers_begins_with_fnc1_and_another_does_not() {
        let code = "0103041094787443215Q_1g~\u{1d}93Zjqw";
        let field = gs1_datamatrix(code).to_string();
        assert_eq!(field, "_10103041094787443215Q__1g\\7E_193Zjqw");
        assert_eq!(decode_gs1_datamatrix(&field).unwrap(), code);
        assert_eq!(
            datamatrix("04601653035829H;d_)bFABVUdGVz").to_string(),
            "04601653035829H;d__)bFABVUdGVz"
        );
    }

    #[test]
    fn what_a_field_may_not_hold_is_refused_at_its_place() {
        for (field, fault, position) in [
            ("ab^FS", Fault::Bare, 2),
            ("ab\u{1d}", Fault::Bare, 2),
            ("ab\\4", Fault::Escape, 2),
            ("ab\\zz", Fault::Escape, 2),
            ("a\\D1", Fault::NoCharacter, 0),
        ] {
            assert_eq!(
                decode(field),
                Err(Malformed::new(fault, position)),
                "{field:?}"
            );
        }
        for (field, fault, position) in [
            ("", Fault::Start, 0),
            ("0103", Fault::Start, 0),
            ("_20103", Fault::Start, 0),
            ("_10103_5", Fault::Escape, 6),
            ("_10103_", Fault::Escape, 6),
        ] {
            let malformed = Malformed::new(fault, position);
            assert_eq!(decode_gs1_datamatrix(field), Err(malformed), "{field:?}");
        }
    }
}
