//! GTIN-14, the number of the kind of goods inside a marking code.

use core::fmt;
use core::str::FromStr;

use crate::{Lang, text};
use alloc::string::String;

/// A GTIN-14 whose check digit is right.
///
/// Shorter numbers (EAN-13, EAN-8, UPC) have to be padded with zeros on the left by the caller: padding here would hide a
/// lost digit. See the [GS1 General Specifications](https://ref.gs1.org/standards/genspecs/), section 7.9.
///
/// ```
/// let gtin: cis::Gtin = "03041094787443".parse()?;
/// assert_eq!(gtin.as_str(), "03041094787443");
/// assert_eq!(
///     "03041094787444".parse::<cis::Gtin>(),
///     Err(cis::GtinError::CheckDigit { expected: 3, found: 4 }),
/// );
/// # Ok::<(), cis::GtinError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin([u8; Gtin::LENGTH]);

impl Gtin {
    /// The number of digits.
    pub const LENGTH: usize = 14;

    /// Fourteen bytes that are known to be a GTIN.
    pub(crate) fn of(digits: &[u8]) -> Option<Self> {
        let digits: [u8; Self::LENGTH] = digits.try_into().ok()?;
        is_gtin(&digits).then_some(Self(digits))
    }

    /// The fourteen digits.
    pub fn as_str(&self) -> &str {
        // Only ASCII digits get in, so the fallback is never taken.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Gtin {
    type Err = GtinError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some((index, character)) = text
            .chars()
            .enumerate()
            .find(|(_, character)| !character.is_ascii_digit())
        {
            return Err(GtinError::NotDigit { character, index });
        }
        let digits: [u8; Self::LENGTH] = text
            .as_bytes()
            .try_into()
            .map_err(|_| GtinError::Length { found: text.len() })?;
        let [body @ .., last] = digits;
        let expected = check_digit(&body);
        let found = last - b'0';
        if expected == found {
            Ok(Self(digits))
        } else {
            Err(GtinError::CheckDigit { expected, found })
        }
    }
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gtin({})", self.as_str())
    }
}

/// Why a text is not a GTIN-14.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GtinError {
    /// There are not fourteen digits.
    Length {
        /// How many there are.
        found: usize,
    },
    /// Something else stands among the digits.
    NotDigit {
        /// What stands there.
        character: char,
        /// Where, in characters from the first digit.
        index: usize,
    },
    /// The last digit does not follow from the others.
    CheckDigit {
        /// The digit that would be right.
        expected: u8,
        /// The digit that is there.
        found: u8,
    },
}

impl GtinError {
    /// The sentence for a person.
    pub fn message(&self, lang: Lang) -> String {
        text::gtin_error(self, lang)
    }
}

impl fmt::Display for GtinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl core::error::Error for GtinError {}

/// The check digit of the GS1 numbers (GTIN, SSCC): weights 3, 1, 3, … from the right over the digits before it.
fn check_digit(body: &[u8]) -> u8 {
    let remainder = body
        .iter()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .fold(0, |sum, (digit, weight)| {
            (sum + (digit - b'0') * weight) % 10
        });
    (10 - remainder) % 10
}

/// Whether the bytes are digits only and the last one is the right GS1 check digit.
pub(crate) fn has_right_check_digit(text: &[u8]) -> bool {
    match text {
        [body @ .., last] => {
            text.iter().all(u8::is_ascii_digit) && check_digit(body) + b'0' == *last
        }
        [] => false,
    }
}

/// The same for the fourteen digits of a GTIN, eight digits at a time.
#[inline]
pub(crate) fn is_gtin(digits: &[u8; Gtin::LENGTH]) -> bool {
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    const EVERY_OTHER: u64 = 0x00ff_00ff_00ff_00ff;
    // Digits 0 to 7 and, behind two of those again, 8 to 13.
    let (Some(first), Some(last)) = (digits.first_chunk::<8>(), digits.last_chunk::<8>()) else {
        return false;
    };
    let first = u64::from_le_bytes(*first) ^ ZEROS;
    let last = u64::from_le_bytes(*last) ^ ZEROS;
    // A carry comes only out of a byte that is above nine itself.
    let above_nine =
        |digits: u64| (digits.wrapping_add(0x0606_0606_0606_0606) | digits) & 0xf0f0_f0f0_f0f0_f0f0;
    if above_nine(first) | above_nine(last) != 0 {
        return false;
    }
    let last = last >> 16;
    let sum = |lanes: u64| (lanes & EVERY_OTHER).wrapping_mul(0x0001_0001_0001_0001) >> 48;
    let tripled = sum(first) + sum(last);
    let plain = sum(first >> 8) + sum(last >> 8);
    (3 * tripled + plain) % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_right_number_prints_as_it_was_read() {
        for text in ["03041094787443", "04610053147452", "02900000323049"] {
            assert_eq!(text.parse::<Gtin>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_wrong_check_digit_names_the_right_one() {
        let error = "01234567890123".parse::<Gtin>().unwrap_err();
        assert_eq!(
            error,
            GtinError::CheckDigit {
                expected: 8,
                found: 3
            }
        );
        assert_eq!(
            error.message(Lang::Ru),
            "Контрольная цифра GTIN не сходится: стоит 3, а должна быть 8."
        );
        assert_eq!(
            error.to_string(),
            "The check digit of the GTIN is wrong: it is 3 and must be 8."
        );
    }

    #[test]
    fn eight_digits_at_a_time_give_the_same_as_one() {
        let mut digits = *b"00000000000000";
        let mut seed = 1_u32;
        for _ in 0..20_000 {
            for digit in &mut digits {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *digit = b'0' + u8::try_from((seed >> 24) % 10).unwrap();
            }
            assert_eq!(
                is_gtin(&digits),
                has_right_check_digit(&digits),
                "{digits:?}"
            );
        }
        for byte in 0..=u8::MAX {
            for at in 0..14 {
                let mut digits = *b"00000000000000";
                digits[at] = byte;
                assert_eq!(
                    is_gtin(&digits),
                    has_right_check_digit(&digits),
                    "{digits:?}"
                );
            }
        }
    }

    #[test]
    fn other_lengths_are_refused() {
        for (text, found) in [("", 0), ("3041094787443", 13), ("003041094787443", 15)] {
            assert_eq!(text.parse::<Gtin>(), Err(GtinError::Length { found }));
        }
    }

    #[test]
    fn a_letter_is_named_with_its_place() {
        let error = "0304109478744О".parse::<Gtin>().unwrap_err();
        assert_eq!(
            error,
            GtinError::NotDigit {
                character: 'О',
                index: 13
            }
        );
        assert_eq!(
            error.message(Lang::Ru),
            "В GTIN, позиция 14: «О» вместо цифры."
        );
    }
}
