//! The stock of codes: every code of the organisation, where it came from, where it lies, what became of it.

mod filter;

pub use filter::{Cursor, Day, DayError, Filter, SearchBy};

use crate::{
    ids::{EmissionId, MarketOrderId, OrderId},
    submission::TheirWords,
    time::When,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Codes on one page of the list.
pub const PAGE_SIZE: u32 = 100;

/// The text is no name of the kind that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such name")]
pub struct UnknownName;

macro_rules! named {
    ($($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// Every one there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name kept in the database and in addresses.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|it| it.as_str() == text)
                    .ok_or(UnknownName)
            }
        }
    )*};
}

named! {
    /// Where a code stands, as one word. It is told from where the code lies, from the work on that order and from the
    /// newest entry of the code's history, never kept beside them.
    CodeState {
        /// In no order.
        Free = "free",
        /// In an order that was not sent yet.
        Bound = "bound",
        /// On the way to the marketplace, or being verified there.
        Sent = "sent",
        /// The marketplace holds it.
        Accepted = "accepted",
        /// The marketplace refused the order's codes.
        Refused = "refused",
        /// Verified by the marketplace.
        Verified = "verified",
        /// Verification rejected this very code.
        Rejected = "rejected",
        /// The unit came back.
        Returned = "returned",
        /// The order that it lay in was cancelled, and nothing else took it.
        Cancelled = "cancelled",
    }

    /// How a code came to Metka.
    Origin {
        /// On an order's page: by scanner, paste or file.
        Order = "order",
        /// At the packing desk.
        Packing = "packing",
        /// In a file or paste for many orders.
        Bulk = "bulk",
        /// Emitted by СУЗ for this organisation.
        Emitted = "emitted",
        /// Bought elsewhere, from a file.
        Imported = "imported",
    }

    /// What happened to a code, as the history keeps it. Sendings are not among them: they stand in the table of
    /// submissions, and a code was in each that its order made while it lay there.
    EventKind {
        /// Put into an order.
        Bound = "bound",
        /// Taken out by a person.
        Unbound = "unbound",
        /// Its order was cancelled.
        Freed = "freed",
        /// The marketplace took its unit off the order.
        Dropped = "dropped",
        /// Verification passed.
        Verified = "verified",
        /// Verification rejected it.
        Rejected = "rejected",
        /// The unit comes back, or came.
        Returned = "returned",
    }
}

impl EventKind {
    /// Whether the code lies in no order after it.
    pub const fn frees(self) -> bool {
        matches!(self, Self::Unbound | Self::Freed | Self::Dropped)
    }
}

/// An order as a code names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderName {
    /// Ours.
    pub id: OrderId,
    /// The number people say.
    pub number: MarketOrderId,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRow {
    /// Its identity: `cis:` + КИ, or `uin:` + УИН.
    pub key: String,
    /// The whole text, with real U+001D.
    pub text: String,
    /// GTIN-14.
    pub gtin: Option<String>,
    /// The product's name, where one is known.
    pub product: Option<String>,
    /// Where it stands.
    pub state: CodeState,
    /// The order that it lies in.
    pub order: Option<OrderName>,
    /// How it came; none of codes older than this record.
    pub origin: Option<Origin>,
    /// When it came.
    pub came: When,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeList {
    /// The rows, newest first.
    pub rows: Vec<CodeRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<Cursor>,
    /// Whether the organisation has any code at all.
    pub any: bool,
    /// Whether the asker may take them away as a file.
    pub may_export: bool,
}

/// What happened, as the page of one code tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// It came.
    Came(Option<Origin>),
    /// One thing of the history, with the marketplace's own word where it said one.
    Event(EventKind, Option<String>),
    /// Its order was sent under this number.
    Sent(u32),
    /// The marketplace took the submission of this number.
    Accepted(u32),
    /// The marketplace refused the submission of this number.
    Refused(u32, Option<TheirWords>),
    /// The submission of this number met other people's codes.
    Conflict(u32),
}

/// One line of a code's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    /// When.
    pub at: When,
    /// What.
    pub step: Step,
    /// Who: an address, or nobody for the program itself.
    pub who: Option<String>,
    /// With which order.
    pub order: Option<OrderName>,
}

/// Where a code of the stock comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockSource {
    /// The order of codes that it came of; none of a file.
    pub emission: Option<EmissionId>,
    /// The file that it came in; none of an order.
    pub file: Option<String>,
    /// The block that it came in: the station's id, of a file ours.
    pub block: String,
    /// When it is annulled unless somebody uses it, as the station told it.
    pub expires: Option<When>,
}

/// The page of one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePage {
    /// What the list says of it.
    pub code: CodeRow,
    /// Everything that happened, oldest first.
    pub steps: Vec<StepView>,
    /// Where it comes from, when it was emitted for the organisation or bought elsewhere.
    pub source: Option<StockSource>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for state in CodeState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
        for origin in Origin::ALL {
            assert_eq!(origin.as_str().parse(), Ok(*origin));
        }
        for kind in EventKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        assert_eq!("FREE".parse::<CodeState>(), Err(UnknownName));
    }
}
