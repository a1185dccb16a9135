//! From the bytes of a file to text.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::Lang;

/// How a file's text is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with a byte-order mark or without.
    Utf8,
    /// UTF-16, the low byte first: what Windows programs call "Unicode".
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1251, the Russian code page of Windows.
    Windows1251,
    /// Latin-1, believed only where nothing above ASCII is there but the byte 0xE8: `è`, which some scanners send for the FNC1
    /// character (codeword 232).
    Latin1,
}

impl Encoding {
    /// The name of the encoding, as the [encoding standard](https://encoding.spec.whatwg.org/#names-and-labels) gives it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1251 => "windows-1251",
            Self::Latin1 => "iso-8859-1",
        }
    }
}

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without its byte-order mark; borrowed if the file is UTF-8.
    pub text: Cow<'a, str>,
    /// How it was encoded.
    pub encoding: Encoding,
}

/// Bytes that are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undecodable {
    /// A workbook of Excel or another archive (ZIP, or the older compound file).
    Workbook,
    /// A byte-order mark promises an encoding that the bytes then break.
    Broken {
        /// Which encoding.
        encoding: Encoding,
        /// The first byte that is wrong, from zero.
        position: usize,
    },
    /// Control characters or bytes that no known encoding has.
    Binary {
        /// The first byte that is wrong, from zero.
        position: usize,
    },
}

impl Undecodable {
    /// What the file is and what to do, for a person. Positions are counted from one.
    pub fn message(&self, lang: Lang) -> String {
        use alloc::format;
        match (self, lang) {
            (Self::Workbook, Lang::Ru) => {
                "Это книга Excel или архив. Сохраните лист как CSV или скопируйте столбец с кодами."
                    .into()
            }
            (Self::Workbook, Lang::En) => {
                "This is an Excel workbook or an archive. Save the sheet as CSV, or copy the column of codes."
                    .into()
            }
            (Self::Broken { encoding, position }, Lang::Ru) => format!(
                "Файл повреждён: он начинается как {}, но байт {} к ней не подходит.",
                encoding.as_str(),
                position + 1
            ),
            (Self::Broken { encoding, position }, Lang::En) => format!(
                "The file is damaged: it begins as {}, but byte {} does not fit.",
                encoding.as_str(),
                position + 1
            ),
            (Self::Binary { position }, Lang::Ru) => format!(
                "Это не текстовый файл: байт {} не бывает в тексте. Нужен TXT или CSV.",
                position + 1
            ),
            (Self::Binary { position }, Lang::En) => format!(
                "This is not a text file: byte {} is never in a text. A TXT or CSV file is needed.",
                position + 1
            ),
        }
    }
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl core::error::Error for Undecodable {}

/// Finds out how the bytes are encoded and gives their text.
///
/// A byte-order mark decides. Without one, UTF-16 is known by its zero bytes, UTF-8 by being valid, and what is neither is
/// Windows-1251 if it could be.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Undecodable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(Undecodable::Workbook);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return match core::str::from_utf8(rest) {
            Ok(text) => Ok(utf8(text)),
            Err(error) => Err(Undecodable::Broken {
                encoding: Encoding::Utf8,
                position: 3 + error.valid_up_to(),
            }),
        };
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, 2, Encoding::Utf16Le);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, 2, Encoding::Utf16Be);
    }
    if let Some(encoding) = zeros(bytes)
        && let Ok(decoded) = utf16(bytes, 0, encoding)
        && !decoded.text.bytes().any(is_binary)
    {
        return Ok(decoded);
    }
    match core::str::from_utf8(bytes) {
        Ok(text) => Ok(utf8(text)),
        Err(_) => eight_bits(bytes),
    }
}

fn utf8(text: &str) -> Decoded<'_> {
    Decoded {
        text: Cow::Borrowed(text),
        encoding: Encoding::Utf8,
    }
}

/// How many bytes are looked at to tell UTF-16.
const SAMPLE: usize = 4096;

/// Which UTF-16 the bytes are, by their zeros: every ASCII character has one, always on the same side.
fn zeros(bytes: &[u8]) -> Option<Encoding> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let sample = pairs.get(..SAMPLE / 2).unwrap_or(pairs);
    let (mut first, mut second) = (0, 0);
    for [one, other] in sample {
        first += usize::from(*one == 0);
        second += usize::from(*other == 0);
    }
    // Codes, digits and line ends are ASCII, so a quarter of the characters at the least; a stray zero byte is something else.
    let enough = |zeros: usize, others: usize| zeros * 4 >= sample.len() && others * 16 <= zeros;
    if !rest.is_empty() || sample.is_empty() {
        None
    } else if enough(second, first) && second > 0 {
        Some(Encoding::Utf16Le)
    } else if enough(first, second) && first > 0 {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], start: usize, encoding: Encoding) -> Result<Decoded<'_>, Undecodable> {
    let broken = |position| Undecodable::Broken { encoding, position };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(*pair),
        _ => u16::from_le_bytes(*pair),
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut position = start;
    for character in char::decode_utf16(units) {
        let character = character.map_err(|_| broken(position))?;
        text.push(character);
        position += 2 * character.len_utf16();
    }
    if !rest.is_empty() {
        return Err(broken(position));
    }
    Ok(Decoded {
        text: Cow::Owned(text),
        encoding,
    })
}

fn eight_bits(bytes: &[u8]) -> Result<Decoded<'_>, Undecodable> {
    let only_fnc1 = bytes.iter().all(|byte| byte.is_ascii() || *byte == FNC1);
    let encoding = if only_fnc1 {
        Encoding::Latin1
    } else {
        Encoding::Windows1251
    };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for (position, &byte) in bytes.iter().enumerate() {
        let character = match byte {
            FNC1 if only_fnc1 => char::from(FNC1),
            byte => windows1251(byte)
                .filter(|_| !is_binary(byte))
                .ok_or(Undecodable::Binary { position })?,
        };
        text.push(character);
    }
    Ok(Decoded {
        text: Cow::Owned(text),
        encoding,
    })
}

/// The codeword of the FNC1 character in a DataMatrix, as a byte.
const FNC1: u8 = 0xe8;

/// Control characters that no text file has. The separator and its neighbours are what scanners send.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0xe..=0x1a)
}

/// The character of a byte in Windows-1251; the byte 0x98 has none.
fn windows1251(byte: u8) -> Option<char> {
    let number = match byte {
        0..=0x7f => u32::from(byte),
        // The alphabet from А to я without Ё stands in the order of Unicode.
        0xc0.. => 0x410 + u32::from(byte - 0xc0),
        _ => u32::from(*UPPER.get(usize::from(byte - 0x80))?),
    };
    char::from_u32(number).filter(|_| byte != 0x98)
}

/// The numbers of the bytes from 0x80 to 0xBF.
static UPPER: [u16; 64] = [
    0x402, 0x403, 0x201a, 0x453, 0x201e, 0x2026, 0x2020, 0x2021, 0x20ac, 0x2030, 0x409, 0x2039,
    0x40a, 0x40c, 0x40b, 0x40f, 0x452, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0,
    0x2122, 0x459, 0x203a, 0x45a, 0x45c, 0x45b, 0x45f, 0xa0, 0x40e, 0x45e, 0x408, 0xa4, 0x490,
    0xa6, 0xa7, 0x401, 0xa9, 0x404, 0xab, 0xac, 0xad, 0xae, 0x407, 0xb0, 0xb1, 0x406, 0x456, 0x491,
    0xb5, 0xb6, 0xb7, 0x451, 0x2116, 0x454, 0xbb, 0x458, 0x405, 0x455, 0x457,
];

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;
    use alloc::vec::Vec;

    use super::*;

    const TEXT: &str = "Номер заказа;КМ\r\n57;0104610053147452215d,OiLl\u{1d}93dGVz\r\n";

    /// Every byte of the upper half but 0x98, as another implementation (Python's codec) reads it.
    const UPPER_HALF: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї\
        АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";

    fn windows1251_bytes(text: &str) -> Vec<u8> {
        let mut upper = (0x80..=0xff)
            .filter(|byte| *byte != 0x98)
            .zip(UPPER_HALF.chars());
        text.chars()
            .map(|character| {
                u8::try_from(character)
                    .ok()
                    .filter(u8::is_ascii)
                    .or_else(|| {
                        upper
                            .clone()
                            .find(|(_, c)| *c == character)
                            .map(|(byte, _)| byte)
                    })
                    .unwrap_or_else(|| upper.next().unwrap().0)
            })
            .collect()
    }

    fn utf16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_is_recognised_with_its_mark_and_without() {
        let le = utf16_bytes(TEXT, u16::to_le_bytes);
        let be = utf16_bytes(TEXT, u16::to_be_bytes);
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            (marked(b"\xef\xbb\xbf", TEXT.as_bytes()), Encoding::Utf8),
            (marked(b"\xff\xfe", &le), Encoding::Utf16Le),
            (le, Encoding::Utf16Le),
            (marked(b"\xfe\xff", &be), Encoding::Utf16Be),
            (be, Encoding::Utf16Be),
            (windows1251_bytes(TEXT), Encoding::Windows1251),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (TEXT, encoding));
        }
    }

    #[test]
    fn the_russian_code_page_is_the_one_that_others_know() {
        let bytes: Vec<u8> = (0x80..=0xff).filter(|byte| *byte != 0x98).collect();
        assert_eq!(decode(&bytes).unwrap().text, UPPER_HALF);
        assert_eq!(
            decode(b"\x98\xcf"),
            Err(Undecodable::Binary { position: 0 })
        );
    }

    #[test]
    fn a_lone_codeword_of_fnc1_is_not_a_russian_letter() {
        let decoded = decode(b"\xe80104610053147452215d,OiLl\xe893dGVz").unwrap();
        assert_eq!(decoded.text, "è0104610053147452215d,OiLlè93dGVz");
        assert_eq!(decoded.encoding, Encoding::Latin1);
    }

    #[test]
    fn what_is_no_text_is_refused_by_name_and_place() {
        for (bytes, expected) in [
            (b"PK\x03\x04\x14\x00".as_slice(), Undecodable::Workbook),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00",
                Undecodable::Workbook,
            ),
            (
                b"\xef\xbb\xbfab\xff",
                Undecodable::Broken {
                    encoding: Encoding::Utf8,
                    position: 5,
                },
            ),
            (
                b"\xff\xfea\x00\x00\xdcb\x00",
                Undecodable::Broken {
                    encoding: Encoding::Utf16Le,
                    position: 4,
                },
            ),
            (
                b"\xfe\xff\x00a\x00",
                Undecodable::Broken {
                    encoding: Encoding::Utf16Be,
                    position: 4,
                },
            ),
            (b"\x89PNG\x00\x01", Undecodable::Binary { position: 4 }),
        ] {
            assert_eq!(decode(bytes).unwrap_err(), expected);
        }
        assert_eq!(
            Undecodable::Workbook.message(Lang::Ru),
            "Это книга Excel или архив. Сохраните лист как CSV или скопируйте столбец с кодами."
        );
        assert_eq!(
            Undecodable::Binary { position: 4 }.to_string(),
            "This is not a text file: byte 5 is never in a text. A TXT or CSV file is needed."
        );
    }

    #[test]
    fn utf8_is_borrowed_even_with_a_mark() {
        let bytes = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
        assert!(matches!(decode(&bytes).unwrap().text, Cow::Borrowed(TEXT)));
        assert_eq!(decode(b"").unwrap().text, "");
    }
}
