//! СУЗ, the Order Management Station: whose it is, by which ids it knows us, what is signed for it.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// One of the separate worlds of СУЗ; an id of one means nothing in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contour {
    /// CRPT's production: real codes, real money.
    Production,
    /// CRPT's own test contour.
    Test,
    /// The sandbox inside the program.
    Sandbox,
}

/// The text names no contour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such contour")]
pub struct UnknownContour;

impl Contour {
    /// Every contour.
    pub const ALL: [Self; 3] = [Self::Production, Self::Test, Self::Sandbox];

    /// The name kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Test => "test",
            Self::Sandbox => "sandbox",
        }
    }
}

impl FromStr for Contour {
    type Err = UnknownContour;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|contour| contour.as_str() == text)
            .ok_or(UnknownContour)
    }
}

macro_rules! their_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// A UUID of any version, in lower case. It has no `Display`, and `Debug` shows its end alone, so that no log
        /// gets it by chance.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The whole id, for a request or for somebody who may see it.
            pub fn reveal(&self) -> String {
                self.0.to_string()
            }

            /// Its last four characters.
            pub fn ending(&self) -> String {
                let text = self.0.to_string();
                text.chars().skip(text.len().saturating_sub(4)).collect()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "(…{})"), self.ending())
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

their_id! {
    /// OMS ID: the company's name in СУЗ, given once and for ever.
    OmsId;
    /// «Идентификатор соединения» (`omsConnection`): the name of one device.
    ConnectionId;
}

/// Whether a signature carries what it signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    /// It does: True API's challenge.
    Attached,
    /// It does not: СУЗ's bodies.
    Detached,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_lower_case_and_keeps_itself_out_of_logs() {
        let id: OmsId = "67AD4640-0000-9000-8000-00000000AB12".parse().unwrap();
        assert_eq!(id.reveal(), "67ad4640-0000-9000-8000-00000000ab12");
        assert_eq!(format!("{id:?}"), "OmsId(…ab12)");
    }

    #[test]
    fn every_contour_is_read_back_from_its_name() {
        for contour in Contour::ALL {
            assert_eq!(contour.as_str().parse::<Contour>(), Ok(contour));
        }
    }
}
