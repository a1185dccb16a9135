//! What a unit can carry besides a marking code, and the set that one slot holds.
//!
//! Formats: the description of `BriefOrderItemInstanceDTO` in Yandex Market's
//! [`provideOrderItemIdentifiers`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderItemIdentifiers).

use cis::{Gtin, MarkingCode};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a line asks for (`requiredInstanceTypes`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Requirement {
    /// A marking code must be given for every unit.
    Cis,
    /// A marking code is accepted and will become mandatory later.
    CisOptional,
    /// УИН of a piece of jewellery.
    Uin,
    /// РНПТ of a traceable imported batch.
    Rnpt,
    /// ГТД, the customs declaration; it comes with the country of manufacture.
    Gtd,
    /// A kind that the marketplace added after this program was built.
    Other(String),
}

impl Requirement {
    /// The marketplace's own word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Cis => "CIS",
            Self::CisOptional => "CIS_OPTIONAL",
            Self::Uin => "UIN",
            Self::Rnpt => "RNPT",
            Self::Gtd => "GTD",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for Requirement {
    fn from(word: String) -> Self {
        match word.as_str() {
            "CIS" => Self::Cis,
            "CIS_OPTIONAL" => Self::CisOptional,
            "UIN" => Self::Uin,
            "RNPT" => Self::Rnpt,
            "GTD" => Self::Gtd,
            _ => Self::Other(word),
        }
    }
}

impl From<Requirement> for String {
    fn from(requirement: Requirement) -> Self {
        requirement.as_str().to_owned()
    }
}

/// Which of the checked formats a text failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum FormatError {
    /// УИН is sixteen digits.
    #[error("UIN is 16 digits")]
    Uin,
    /// РНПТ is `8/6/7/3` digits.
    #[error("RNPT is 8/6/7/3 digits")]
    Rnpt,
    /// ГТД is `8/6/7` digits.
    #[error("GTD is 8/6/7 digits")]
    Gtd,
    /// A country is two capital letters of ISO 3166-1.
    #[error("country is two capital letters")]
    Country,
}

macro_rules! checked_text {
    ($($(#[$doc:meta])* $name:ident, $error:expr, $lawful:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text as it goes to the marketplace.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = FormatError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let text = text.trim();
                let lawful: fn(&str) -> bool = $lawful;
                if lawful(text) { Ok(Self(text.to_owned())) } else { Err($error) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = FormatError;

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

/// Whether the text is groups of digits of the given lengths with `/` between them.
fn digit_groups(text: &str, lengths: &[usize]) -> bool {
    let mut groups = text.split('/');
    lengths.iter().all(|length| {
        groups.next().is_some_and(|group| {
            group.len() == *length && group.bytes().all(|b| b.is_ascii_digit())
        })
    }) && groups.next().is_none()
}

checked_text! {
    /// УИН: sixteen digits, given to a piece of jewellery by ГИИС ДМДК.
    Uin, FormatError::Uin, |text| digit_groups(text, &[16]);
    /// РНПТ: customs office / date / declaration / item in it, `XXXXXXXX/XXXXXX/XXXXXXX/XXX`.
    Rnpt, FormatError::Rnpt, |text| digit_groups(text, &[8, 6, 7, 3]);
    /// ГТД: customs office / date / declaration, `XXXXXXXX/XXXXXX/XXXXXXX`.
    Gtd, FormatError::Gtd, |text| digit_groups(text, &[8, 6, 7]);
    /// Country of manufacture, ISO 3166-1 alpha-2.
    CountryCode, FormatError::Country, |text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
}

/// The one code of a marking system that a unit carries.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A code of «Честный ЗНАК» or ASL BELGISI.
    Cis(MarkingCode),
    /// A code of ГИИС ДМДК.
    Uin(Uin),
}

impl Mark {
    /// What makes two marks the same unit: the КИ without its tail, or the УИН. One key is bound to at most one
    /// live unit of an organisation.
    pub fn key(&self) -> String {
        match self {
            Self::Cis(code) => format!("cis:{}", code.ki()),
            Self::Uin(uin) => format!("uin:{uin}"),
        }
    }

    /// The product, where the mark says it.
    pub fn gtin(&self) -> Option<Gtin> {
        match self {
            Self::Cis(code) => code.gtin(),
            Self::Uin(_) => None,
        }
    }

    /// The whole text, with real U+001D, as it is kept and sent.
    pub fn text(&self) -> &str {
        match self {
            Self::Cis(code) => code.as_str(),
            Self::Uin(uin) => uin.as_str(),
        }
    }
}

impl fmt::Debug for Mark {
    /// Without the tail: a whole code must not reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

/// Everything one unit carries: a set, because an imported unit of a business order may need several at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitIdentifiers {
    /// The code of its marking system.
    pub mark: Option<Mark>,
    /// РНПТ of its batch.
    pub rnpt: Option<Rnpt>,
    /// Its customs declaration.
    pub gtd: Option<Gtd>,
    /// Its country of manufacture.
    pub country: Option<CountryCode>,
}

impl UnitIdentifiers {
    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.mark.is_none() && self.rnpt.is_none() && self.gtd.is_none() && self.country.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documented_formats_are_accepted_and_others_named() {
        assert!("1234567890123456".parse::<Uin>().is_ok());
        assert_eq!("123456789012345".parse::<Uin>(), Err(FormatError::Uin));
        assert_eq!("123456789012345a".parse::<Uin>(), Err(FormatError::Uin));
        assert!("10702020/060520/0013422/001".parse::<Rnpt>().is_ok());
        assert_eq!(
            "10702020/060520/0013422".parse::<Rnpt>(),
            Err(FormatError::Rnpt)
        );
        assert_eq!(
            "10702020/060520/0013422/1".parse::<Rnpt>(),
            Err(FormatError::Rnpt)
        );
        assert!("10702020/060520/0013422".parse::<Gtd>().is_ok());
        assert_eq!(
            "10702020/060520/0013422/001".parse::<Gtd>(),
            Err(FormatError::Gtd)
        );
        assert_eq!(
            "10702020-060520-0013422".parse::<Gtd>(),
            Err(FormatError::Gtd)
        );
        assert!("RU".parse::<CountryCode>().is_ok());
        assert_eq!("ru".parse::<CountryCode>(), Err(FormatError::Country));
        assert_eq!("RUS".parse::<CountryCode>(), Err(FormatError::Country));
    }

    #[test]
    fn a_requirement_from_the_future_keeps_its_word() {
        let requirement = Requirement::from("HOLOGRAM".to_owned());
        assert_eq!(requirement, Requirement::Other("HOLOGRAM".to_owned()));
        assert_eq!(String::from(requirement), "HOLOGRAM");
    }
}
