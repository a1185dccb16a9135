//! Identifiers that people mix up.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::dice::Dice;

/// Whether a text is a UUID of any version: `8-4-4-4-12` hexadecimal digits of either case.
pub(super) fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(|group| {
        let hexadecimal = group.bytes().all(|byte| byte.is_ascii_hexdigit());
        hexadecimal.then_some(group.len())
    });
    groups.eq([8, 4, 4, 4, 12].map(Some))
}

/// A UUID of version 4 by its looks; the same dice give the same one.
pub(super) fn uuid(dice: &mut Dice) -> String {
    let mut hexadecimal = |length| dice.text(b"0123456789abcdef", length);
    let (first, second) = (hexadecimal(8), hexadecimal(4));
    let (third, fourth) = (hexadecimal(3), hexadecimal(3));
    format!("{first}-{second}-4{third}-a{fourth}-{}", hexadecimal(12))
}

macro_rules! uuid_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        ///
        /// СУЗ compares it letter by letter, so the case matters; its own are in lower case.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes a UUID in lower case; anything else is refused with `None`.
            pub fn new(text: &str) -> Option<Self> {
                let lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
                (lower && is_uuid(text)).then(|| Self(text.to_owned()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub(super) fn generate(dice: &mut Dice) -> Self {
                Self(uuid(dice))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::new(&text)
                    .ok_or_else(|| D::Error::custom(format!("{text} is not a UUID in lower case")))
            }
        }
    };
}

uuid_id!(
    /// The company in СУЗ, `omsId`: given once, for ever.
    OmsId
);
uuid_id!(
    /// One device of a company in СУЗ, `omsConnection`, «идентификатор соединения».
    OmsConnection
);

/// ИНН: ten digits of a company, twelve of a person. The check digits are not looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Inn(String);

impl Inn {
    /// Takes ten or twelve digits; anything else is refused with `None`.
    pub fn new(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        (digits && matches!(text.len(), 10 | 12)).then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Inn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Inn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text)
            .ok_or_else(|| D::Error::custom(format!("{text} is not an INN of 10 or 12 digits")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_of_any_version_is_one() {
        for good in [
            "cdf12109-10d3-11e6-8b6f-0050569977a1",
            "67AD4640-48F4-4ECA-886B-517462CF0415",
            "00000000-0000-8000-0000-000000000000",
        ] {
            assert!(is_uuid(good), "{good}");
        }
        for bad in [
            "",
            "cdf12109-10d3-11e6-8b6f-0050569977a1 ",
            "cdf1210910d311e68b6f0050569977a1",
            "cdf12109-10d3-11e6-8b6f-0050569977ag",
            "2BE-7736207543-773601001",
        ] {
            assert!(!is_uuid(bad), "{bad}");
        }
        assert!(is_uuid(&uuid(&mut Dice::new(&[1]))));
        assert_eq!(OmsId::new("67AD4640-48F4-4ECA-886B-517462CF0415"), None);
    }
}
