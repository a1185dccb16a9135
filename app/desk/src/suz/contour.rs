//! Where a call goes: country, contour, service. Hosts are the operator's; nobody types one.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name kept in the database and in settings.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::suz::contour::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|one| one.as_str() == text)
                    .ok_or($crate::suz::contour::UnknownWord)
            }
        }
    )*};
}
pub(crate) use words;

/// The text is none of the words that this type has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such word")]
pub struct UnknownWord;

words! {
    /// Whose marking system.
    Country {
        /// «Честный ЗНАК».
        Russia = "russia",
    }

    /// Which of the separate worlds of one system; an id of one means nothing in another.
    Contour {
        /// The real one: codes cost money and goods are sold with them.
        Production = "production",
        /// The operator's own test contour.
        Test = "test",
        /// «Песочница Метки»: our stand-in, for the demo and for tests.
        Sandbox = "sandbox",
    }

    /// A service of the marking system with a host of its own.
    Service {
        /// True API of ГИС МТ: logins, balances, documents.
        TrueApi = "true_api",
        /// СУЗ API v3.
        Suz = "suz",
        /// Where devices of СУЗ are registered by programs.
        Registration = "registration",
        /// МДЛП, the way in of pharma; Metka does not go there.
        Mdlp = "mdlp",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for contour in Contour::ALL {
            assert_eq!(contour.as_str().parse(), Ok(*contour));
        }
        for service in Service::ALL {
            assert_eq!(service.as_str().parse(), Ok(*service));
        }
        assert_eq!("russia".parse(), Ok(Country::Russia));
        assert_eq!("prod".parse::<Contour>(), Err(UnknownWord));
    }
}
