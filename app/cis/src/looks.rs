//! What a text that is no marking code seems to be.

use crate::gtin::has_right_check_digit;

/// What was scanned or pasted in place of a marking code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LooksLike {
    /// The bar code of the goods: EAN-13, UPC-A or EAN-8.
    Ean {
        /// 13, 12 or 8.
        digits: usize,
    },
    /// Fourteen digits: a GTIN without anything else.
    Gtin,
    /// A link.
    Url,
    /// A mark for strong alcohol: 68 or 150 capital letters and digits.
    Egais,
    /// SSCC, the number of a transport package.
    Sscc,
    /// The code of a pack of tobacco or nicotine: GTIN, serial number and price without identifiers.
    TobaccoPack,
    /// The mark of a fur coat: `RU-430302-AAA7582720`.
    FurMark,
    /// УИН, the sixteen digits of a piece of jewellery; it has a field of its own.
    Uin,
    /// Nothing that is known.
    Unknown,
}

impl LooksLike {
    /// Recognises what is certain by length and alphabet; the rest is [`LooksLike::Unknown`].
    pub(crate) fn guess(text: &str) -> Self {
        let length = text.len();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let right = digits && has_right_check_digit(text);
        match length {
            8 | 12 | 13 if right => Self::Ean { digits: length },
            14 if right => Self::Gtin,
            16 if digits => Self::Uin,
            18 if right => Self::Sscc,
            20 if right && text.starts_with("00") => Self::Sscc,
            20 if is_fur_mark(text) => Self::FurMark,
            // No code of elements is 29 long; packs of the other lengths are told only where it cannot be one.
            29 if is_tobacco_pack(text) => Self::TobaccoPack,
            21 | 25 if !text.starts_with("01") && is_tobacco_pack(text) => Self::TobaccoPack,
            68 | 150 if is_capitals_and_digits(text) => Self::Egais,
            _ if is_url(text) => Self::Url,
            _ => Self::Unknown,
        }
    }
}

fn is_capitals_and_digits(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_tobacco_pack(text: &str) -> bool {
    text.get(..14).is_some_and(has_right_check_digit)
}

fn is_fur_mark(text: &str) -> bool {
    // A capital letter, a digit, or the dash itself.
    text.bytes()
        .zip(*b"AA-999999-AAA9999999")
        .all(|(byte, class)| match class {
            b'A' => byte.is_ascii_uppercase(),
            b'9' => byte.is_ascii_digit(),
            dash => byte == dash,
        })
}

fn is_url(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_mistakes_are_recognised() {
        for (text, expected) in [
            ("4610053147452", LooksLike::Ean { digits: 13 }),
            ("4610053147453", LooksLike::Unknown),
            ("04610053147452", LooksLike::Gtin),
            ("https://честныйзнак.рф/", LooksLike::Url),
            ("00346006820000000014", LooksLike::Sscc),
            ("04601653035829H;dV)bFABVUdGVz", LooksLike::TobaccoPack),
            ("01230000211093s)pTKjQAAAAHwvf", LooksLike::TobaccoPack),
            ("04640030090709DYBLHiyACoA", LooksLike::TobaccoPack),
            ("RU-401301-AAA0277031", LooksLike::FurMark),
            ("1234567890123456", LooksLike::Uin),
            ("0102000000058436215xgL0BT", LooksLike::Unknown),
            ("", LooksLike::Unknown),
        ] {
            assert_eq!(LooksLike::guess(text), expected, "{text}");
        }
        assert_eq!(LooksLike::guess(&"A1".repeat(34)), LooksLike::Egais);
        assert_eq!(LooksLike::guess(&"A1".repeat(75)), LooksLike::Egais);
    }
}
