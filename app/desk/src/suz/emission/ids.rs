//! Ids that СУЗ gives: of an order, of a block of codes, of a document that waits for a signature.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The longest id that is taken for one, in characters; a UUID has 36.
const LONGEST: usize = 64;

/// The text is no id: empty, too long, or with characters that an address does not carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id of a remote station")]
pub struct NotAnId;

fn lawful(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

macro_rules! their_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// A UUID at СУЗ, kept in lower case; other stations number as they like. Whatever it is, it can stand in an
        /// address.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as it goes over the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if lawful(text) {
                    Ok(Self(text.to_ascii_lowercase()))
                } else {
                    Err(NotAnId)
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

their_id! {
    /// `orderId`: an order of codes.
    SuzOrderId;
    /// `blockId`: the codes that one asking handed out.
    BlockId;
    /// `docId`: a document that lies at the station and waits for a signature.
    SuzDocumentId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kept_in_lower_case_and_cannot_break_an_address() {
        let id: SuzOrderId = "B024AE09-EF7C-449E-B461-05D8EB116C79".parse().unwrap();
        assert_eq!(id.as_str(), "b024ae09-ef7c-449e-b461-05d8eb116c79");
        for odd in ["", " ", "a/b", "a?b", "a b", "ключ", &"a".repeat(65)] {
            assert_eq!(odd.parse::<BlockId>(), Err(NotAnId), "{odd:?}");
        }
    }
}
