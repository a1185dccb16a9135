//! BER made DER.
//!
//! СУЗ takes both encodings, and `CryptoPro` and `openssl -stream` do write the looser one: lengths that are not said beforehand, content cut into pieces.
//! The readers of the `der` crate take DER alone, so a message is written anew before it is read. Elements keep their order: a `SET OF` that is not
//! sorted stays so.
//!
//! Refused: tag numbers above 30, strings in pieces other than `OCTET STRING`, more than [`DEEPEST`] levels, anything behind the message. The CMS of a
//! signature has none of these.

use super::Flaw;

/// The most levels of nesting; a signature with its certificates has about fifteen.
const DEEPEST: usize = 40;

const CONSTRUCTED: u8 = 0b0010_0000;
const CLASS: u8 = 0b1100_0000;
const NUMBER: u8 = 0b0001_1111;
const OCTET_STRING: u8 = 0x04;
/// Universal types that have their parts inside of them: EXTERNAL, EMBEDDED PDV, SEQUENCE and SET.
const COMPOUND: [u8; 4] = [0x08, 0x0b, 0x10, 0x11];

/// One element without its header.
struct Element {
    tag: u8,
    content: Vec<u8>,
}

/// Writes one BER element as DER.
pub(super) fn to_der(message: &[u8]) -> Result<Vec<u8>, Flaw> {
    let mut rest = message;
    let element = read(&mut rest, 0)?;
    if !rest.is_empty() {
        return Err(Flaw::Encoding("there are bytes behind the message"));
    }
    let mut der = Vec::with_capacity(message.len());
    write(&element, &mut der)?;
    Ok(der)
}

fn read(input: &mut &[u8], depth: usize) -> Result<Element, Flaw> {
    if depth > DEEPEST {
        return Err(Flaw::Encoding("elements are nested too deep"));
    }
    let tag = byte(input)?;
    if tag & NUMBER == NUMBER {
        return Err(Flaw::Encoding("a tag number above 30"));
    }
    if tag & CONSTRUCTED == 0 {
        let length = length(input)?.ok_or(Flaw::Encoding("a value without a length"))?;
        let content = take(input, length)?.to_vec();
        return Ok(Element { tag, content });
    }
    let parts = match length(input)? {
        Some(length) => {
            let mut inside = take(input, length)?;
            let mut parts = Vec::new();
            while !inside.is_empty() {
                parts.push(read(&mut inside, depth + 1)?);
            }
            parts
        }
        None => until_end(input, depth)?,
    };
    join(tag, &parts)
}

/// The parts of an element whose end is marked by two zeros.
fn until_end(input: &mut &[u8], depth: usize) -> Result<Vec<Element>, Flaw> {
    let mut parts = Vec::new();
    while !input.starts_with(&[0, 0]) {
        parts.push(read(input, depth + 1)?);
    }
    take(input, 2)?;
    Ok(parts)
}

fn join(tag: u8, parts: &[Element]) -> Result<Element, Flaw> {
    let mut content = Vec::new();
    if tag == OCTET_STRING | CONSTRUCTED {
        for part in parts {
            if part.tag != OCTET_STRING {
                return Err(Flaw::Encoding("a piece of a string is no string"));
            }
            content.extend_from_slice(&part.content);
        }
        return Ok(Element {
            tag: OCTET_STRING,
            content,
        });
    }
    if tag & CLASS == 0 && !COMPOUND.contains(&(tag & NUMBER)) {
        return Err(Flaw::Encoding("a value in pieces"));
    }
    for part in parts {
        write(part, &mut content)?;
    }
    Ok(Element { tag, content })
}

fn byte(input: &mut &[u8]) -> Result<u8, Flaw> {
    let (first, rest) = input.split_first().ok_or(CUT)?;
    *input = rest;
    Ok(*first)
}

const CUT: Flaw = Flaw::Encoding("the message is cut off");

fn take<'a>(input: &mut &'a [u8], count: usize) -> Result<&'a [u8], Flaw> {
    let (taken, rest) = input.split_at_checked(count).ok_or(CUT)?;
    *input = rest;
    Ok(taken)
}

/// The length; `None` when it is not said.
fn length(input: &mut &[u8]) -> Result<Option<usize>, Flaw> {
    let first = byte(input)?;
    match first {
        0x80 => Ok(None),
        0..=0x7f => Ok(Some(usize::from(first))),
        _ => {
            let bytes = take(input, usize::from(first & 0x7f))?;
            let significant = bytes.iter().skip_while(|byte| **byte == 0);
            if significant.clone().count() > 4 {
                return Err(CUT);
            }
            Ok(Some(
                significant.fold(0, |sum, byte| (sum << 8) | usize::from(*byte)),
            ))
        }
    }
}

fn write(element: &Element, der: &mut Vec<u8>) -> Result<(), Flaw> {
    der.push(element.tag);
    let length = u32::try_from(element.content.len()).map_err(|_| Flaw::TooLong)?;
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => der.push(short),
        _ => {
            let bytes = length.to_be_bytes();
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            der.push(0x80 | u8::try_from(bytes.len() - zeros).unwrap_or_default());
            der.extend(bytes.iter().skip(zeros));
        }
    }
    der.extend_from_slice(&element.content);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn der_stays_as_it_is() {
        let mut long = vec![0x30, 0x82, 0x01, 0x04, 0x04, 0x82, 0x01, 0x00];
        long.extend([7; 256]);
        for der in [&[0x30, 0x03, 0x02, 0x01, 0x05][..], &[0x05, 0x00], &long] {
            assert_eq!(to_der(der).unwrap(), der);
        }
    }

    #[test]
    fn lengths_that_are_not_said_and_strings_in_pieces_are_written_anew() {
        // SEQUENCE { OCTET STRING { "ab", "c" } }, every length left open, one length in more bytes than it needs.
        let ber = [
            0x30, 0x80, 0x24, 0x80, 0x04, 0x02, b'a', b'b', 0x04, 0x82, 0x00, 0x01, b'c', 0, 0, 0,
            0,
        ];
        let der = [0x30, 0x05, 0x04, 0x03, b'a', b'b', b'c'];
        assert_eq!(to_der(&ber).unwrap(), der);
    }

    #[test]
    fn what_no_signature_has_is_refused_with_its_reason() {
        let deep: Vec<u8> = [0x30, 0x80].repeat(1_000);
        let cases: [(&[u8], &str); 8] = [
            (&[], "the message is cut off"),
            (&[0x30, 0x05, 0x02], "the message is cut off"),
            (&[0x30, 0x80, 0x05, 0x00], "the message is cut off"),
            (&[0x05, 0x00, 0x00], "there are bytes behind the message"),
            (&[0x1f, 0x81, 0x01, 0x00], "a tag number above 30"),
            (&[0x04, 0x80, 0x00, 0x00], "a value without a length"),
            (&[0x2c, 0x03, 0x0c, 0x01, b'a'], "a value in pieces"),
            (&deep, "elements are nested too deep"),
        ];
        for (message, reason) in cases {
            assert_eq!(to_der(message), Err(Flaw::Encoding(reason)));
        }
    }
}
