//! Codes on their way into other formats, and back.
//!
//! Every format has a module with `encode`, which prints the text into any [`fmt::Write`] without a copy of its own, and
//! `decode`, which accepts exactly what the format allows and says in [`Malformed`] where it doesn't. They are exact
//! inverses: `decode(encode(x)) == x` for every text. Guessing at damaged text is the business of
//! [`parse`](crate::parse()), not of these.
//!
//! ```
//! use cis::escape::{csv, json, url, visible};
//!
//! let code = "0103041094787443215Qb\"g!\u{1d}93Zjqw";
//! assert_eq!(json::encode(code).to_string(), r#"0103041094787443215Qb\"g!\u001d93Zjqw"#);
//! assert_eq!(url::encode(code).to_string(), "0103041094787443215Qb%22g%21%1D93Zjqw");
//! assert_eq!(visible::encode(code).to_string(), "0103041094787443215Qb\"g!␝93Zjqw");
//! let field = csv::encode(code, csv::Delimiter::Semicolon).to_string();
//! assert_eq!(field, "\"0103041094787443215Qb\"\"g!\u{1d}93Zjqw\"");
//! assert_eq!(csv::decode(&field, csv::Delimiter::Semicolon)?, code);
//! # Ok::<(), cis::escape::Malformed>(())
//! ```

pub mod csv;
mod entities;
pub mod epl;
pub mod hri;
pub mod html;
pub mod json;
mod malformed;
pub mod url;
pub mod visible;
pub mod xlsx;
pub mod zpl;

use core::fmt::{self, Formatter, Write};

pub use malformed::{Fault, Malformed};

/// Prints the text; `print` prints the special characters, told where they stand, and the others are copied in runs.
fn print_escaped(
    f: &mut Formatter<'_>,
    text: &str,
    special: impl Fn(char) -> bool,
    print: impl Fn(&mut Formatter<'_>, char, usize) -> fmt::Result,
) -> fmt::Result {
    let mut done = 0;
    for (at, character) in text.char_indices().filter(|(_, c)| special(*c)) {
        f.write_str(text.get(done..at).unwrap_or_default())?;
        print(f, character, at)?;
        done = at + character.len_utf8();
    }
    f.write_str(text.get(done..).unwrap_or_default())
}

/// One hexadecimal digit in capitals, of the lowest four bits.
fn digit(value: u32) -> char {
    char::from_digit(value & 0xf, 16).map_or('0', |digit| digit.to_ascii_uppercase())
}

/// Prints the bytes of a character, each as `mark` and two hexadecimal digits.
fn print_bytes(f: &mut Formatter<'_>, mark: char, character: char) -> fmt::Result {
    let mut buffer = [0; 4];
    for byte in character.encode_utf8(&mut buffer).bytes().map(u32::from) {
        f.write_char(mark)?;
        f.write_char(digit(byte >> 4))?;
        f.write_char(digit(byte))?;
    }
    Ok(())
}
