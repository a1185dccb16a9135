//! The two UUIDs that people mix up, each a type of its own, and the form in which a page shows them.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// An id as a page shows it: the first and the last four characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MaskedId(String);

impl MaskedId {
    fn of(id: Uuid) -> Self {
        let whole = id.simple().to_string();
        let head: String = whole.chars().take(4).collect();
        let tail: String = whole.chars().skip(28).collect();
        Self(format!("{head}…{tail}"))
    }

    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MaskedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! their_uuid {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// Any version of UUID will do: the operator announced a change of version and took it back. There is no
        /// `Display`, and `Debug` masks, so that no log gets the whole of it by accident.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The whole id as the servers want it: hyphens, lower case (upper case is refused with 1140).
            pub fn to_wire(self) -> String {
                self.0.hyphenated().to_string()
            }

            /// The id as pages show it.
            pub fn masked(self) -> MaskedId {
                MaskedId::of(self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.masked())
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

their_uuid! {
    /// «OMS ID»: the company's permanent id in СУЗ, one for all its product groups and programs.
    OmsId;
    /// «Идентификатор соединения» (`omsConnection`): the id of one device of СУЗ.
    ConnectionId;
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "67AD4640-EE4C-4CE5-8C52-7B3B35A6C4D1";

    #[test]
    fn the_wire_gets_lower_case_and_nobody_else_gets_the_whole() {
        let id: OmsId = ID.parse().expect("a UUID");
        assert_eq!(id.to_wire(), ID.to_lowercase());
        assert_eq!(id.masked().as_str(), "67ad…c4d1");
        assert_eq!(format!("{id:?}"), "OmsId(67ad…c4d1)");
    }

    #[test]
    fn every_version_of_uuid_passes() {
        for version in "0123456789abcdef".chars() {
            let text = format!("67ad4640-ee4c-{version}ce5-8c52-7b3b35a6c4d1");
            assert_eq!(
                text.parse::<ConnectionId>().map(ConnectionId::to_wire),
                Ok(text)
            );
        }
    }
}
