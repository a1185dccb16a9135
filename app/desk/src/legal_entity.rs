//! Legal entities: the tax numbers that say whose a code is.

use crate::ids::LegalEntityId;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// ИНН: ten digits of a company or twelve of a person, the last one or two being check digits
/// (order of the tax service ЕД-7-14/559@).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Inn(String);

/// КПП: nine characters, the reason of registration of a company; a sole proprietor has none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Kpp(String);

/// Why a tax number was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TaxNumberError {
    /// Characters other than digits, or a wrong count of them.
    #[error("wrong length or characters")]
    Shape,
    /// The check digits do not agree with the rest: a typing slip.
    #[error("check digit does not agree")]
    CheckDigit,
}

/// Weighted sum of leading digits modulo 11 modulo 10, the rule behind every ИНН check digit.
fn inn_check(digits: &[u8], weights: &[u32]) -> u8 {
    let sum: u32 = digits
        .iter()
        .zip(weights)
        .map(|(d, w)| u32::from(*d) * w)
        .sum();
    u8::try_from(sum % 11 % 10).unwrap_or_default()
}

impl FromStr for Inn {
    type Err = TaxNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const TEN: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
        const ELEVENTH: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
        const TWELFTH: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
        let text = text.trim();
        let digits: Vec<u8> = text
            .bytes()
            .map(|b| b.is_ascii_digit().then(|| b - b'0'))
            .collect::<Option<_>>()
            .ok_or(TaxNumberError::Shape)?;
        let agrees = match digits.as_slice() {
            [body @ .., check] if digits.len() == 10 => inn_check(body, &TEN) == *check,
            [body @ .., eleventh, twelfth] if digits.len() == 12 => {
                let with_eleventh: Vec<u8> = body.iter().copied().chain([*eleventh]).collect();
                inn_check(body, &ELEVENTH) == *eleventh
                    && inn_check(&with_eleventh, &TWELFTH) == *twelfth
            }
            _ => return Err(TaxNumberError::Shape),
        };
        if agrees {
            Ok(Self(text.to_owned()))
        } else {
            Err(TaxNumberError::CheckDigit)
        }
    }
}

impl FromStr for Kpp {
    type Err = TaxNumberError;

    /// Four digits, two digits or capital letters, three digits (order of the tax service ММВ-7-6/435@).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let lawful = text.len() == 9
            && text.bytes().enumerate().all(|(i, b)| {
                b.is_ascii_digit() || ((4..6).contains(&i) && b.is_ascii_uppercase())
            });
        if lawful {
            Ok(Self(text.to_owned()))
        } else {
            Err(TaxNumberError::Shape)
        }
    }
}

macro_rules! text_form {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TaxNumberError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    )*};
}

text_form!(Inn, Kpp);

/// A company or sole proprietor of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalEntity {
    /// Ours.
    pub id: LegalEntityId,
    /// How people call it.
    pub name: String,
    /// ИНН, once it is known.
    pub inn: Option<Inn>,
    /// КПП of a company.
    pub kpp: Option<Kpp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_tax_numbers_pass_and_a_slip_is_named() {
        assert!(
            "7736207543".parse::<Inn>().is_ok(),
            "a company's number, published on its own site"
        );
        assert!(
            "500100732259".parse::<Inn>().is_ok(),
            "the sample of a person's number"
        );
        assert_eq!("7736207544".parse::<Inn>(), Err(TaxNumberError::CheckDigit));
        assert_eq!("77362".parse::<Inn>(), Err(TaxNumberError::Shape));
        assert_eq!("77362O7543".parse::<Inn>(), Err(TaxNumberError::Shape));
    }

    #[test]
    fn kpp_allows_letters_only_in_the_reason() {
        assert!("770401001".parse::<Kpp>().is_ok());
        assert!("7704AB001".parse::<Kpp>().is_ok());
        assert_eq!("A70401001".parse::<Kpp>(), Err(TaxNumberError::Shape));
    }
}
