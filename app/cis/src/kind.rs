//! What a mark is put on, and the price that some marks hold.

use alloc::string::String;
use core::fmt::{self, Write as _};

/// What a marking code is put on; each kind has its own structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A unit of goods, or a group of them with a code of the same structure: `01`, `21` and what follows.
    Unit,
    /// A pack of tobacco or nicotine: GTIN, serial number, price and check code without identifiers.
    TobaccoPack,
    /// A block of tobacco: `01`, `21` and the sum of prices in `8005`.
    TobaccoBlock,
    /// A transport package of tobacco: `01`, `21` and the batch in `10`.
    TobaccoCase,
    /// A fur garment: `RU-430302-AAA7582720`.
    FurMark,
    /// КИТУ, a transport package: SSCC of 18 digits, alone or behind `00`.
    TransportPackage,
}

impl Kind {
    /// The stable name of the kind, for files and programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::TobaccoPack => "tobacco_pack",
            Self::TobaccoBlock => "tobacco_block",
            Self::TobaccoCase => "tobacco_case",
            Self::FurMark => "fur_mark",
            Self::TransportPackage => "transport_package",
        }
    }
}

/// A sum of money in kopecks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kopecks(pub u32);

impl Kopecks {
    /// The highest price that a pack is believed to carry: 5,120 roubles, where the first of the four characters is `A`.
    const HIGHEST: u32 = 80 * 80 * 80;

    /// The price that four characters of a tobacco pack stand for, if they can be one.
    ///
    /// They are digits to the base of 80, the highest first. Codes of Uzbekistan have other data at this place, which would
    /// read as a price of thousands of roubles.
    pub(crate) fn from_base80(text: &[u8]) -> Option<Self> {
        let value = text.iter().try_fold(0_u32, |value, byte| {
            let digit = BASE80.iter().position(|digit| digit == byte)?;
            value
                .checked_mul(80)?
                .checked_add(u32::try_from(digit).ok()?)
        })?;
        (value < Self::HIGHEST).then_some(Self(value))
    }

    /// The price written as six digits.
    pub(crate) fn from_digits(text: &[u8]) -> Option<Self> {
        core::str::from_utf8(text).ok()?.parse().ok().map(Self)
    }
}

/// The digits of the price of a tobacco pack, by value.
const BASE80: &[u8; 80] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'*+-./_,:;=<>?";

impl fmt::Display for Kopecks {
    /// Roubles and kopecks: `95.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        write!(text, "{}.{:02}", self.0 / 100, self.0 % 100)?;
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn prices_agree_with_the_published_test_cases() {
        for (text, expected) in [
            ("ABm8", "95.00"),
            ("ABVU", "81.00"),
            ("ACVU", "145.00"),
            ("ADI8", "199.00"),
            ("AAAA", "0.00"),
        ] {
            let price = Kopecks::from_base80(text.as_bytes()).unwrap();
            assert_eq!(price.to_string(), expected, "{text}");
        }
        assert_eq!(Kopecks::from_base80(b"NW1k"), None);
        assert_eq!(Kopecks::from_base80(b"A(m8"), None);
        assert_eq!(Kopecks::from_digits(b"112000"), Some(Kopecks(112_000)));
    }
}
