//! Many orders at once: a file or a paste of order numbers and codes, judged first, then bound and sent.

use crate::{
    ids::{BatchId, LineId, MarketOrderId, OrderId},
    submission::{SubmissionState, TheirWords},
    time::When,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The most rows that one file may have.
pub const MOST_ROWS: u32 = 50_000;

/// The largest file, in bytes.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// The most columns that are kept of a file.
pub const MOST_COLUMNS: usize = 64;

/// Rows, or orders, on one page.
pub const PAGE_ROWS: u32 = 100;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $error:ident: $($(#[$of:meta])* $variant:ident = $word:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// Every value there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name kept in the database and in addresses.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        /// The text is none of the names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        #[error("no such name")]
        pub struct $error;

        impl FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or($error)
            }
        }
    };
}

words! {
    /// Where a batch stands.
    BatchState, UnknownBatchState:
    /// Stored; its rows are being judged.
    Judging = "judging",
    /// Judged; a person looks at it.
    Preview = "preview",
    /// Its orders are being sent.
    Running = "running",
    /// Sending waits for a person.
    Paused = "paused",
    /// A person stopped it; what was sent is sent.
    Cancelled = "cancelled",
    /// Every order that could go was handed over.
    Done = "done",
}

words! {
    /// What a row is at a glance.
    RowKind, UnknownRowKind:
    /// Not judged yet.
    Waiting = "waiting",
    /// A code as it should be, with a place.
    Good = "good",
    /// The same after a repair.
    Repaired = "repaired",
    /// Something is wrong with it.
    Trouble = "trouble",
}

words! {
    /// Where one order of a batch stands.
    Fate, UnknownFate:
    /// Not judged yet.
    Waiting = "waiting",
    /// It is complete and will be sent.
    Goes = "goes",
    /// It will not, or was not, be sent; [`Outlook`] says why.
    Stays = "stays",
    /// Its codes are bound and handed over; the submission says what became of it.
    Sent = "sent",
}

/// What became of one row. Products are named as their orders name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowVerdict {
    /// It has a place.
    Fits {
        /// The product of its line.
        product: String,
        /// The line; none in a batch of an older version.
        line: Option<LineId>,
    },
    /// It already lies in this order.
    AlreadyThere {
        /// The product of its line.
        product: String,
    },
    /// The cell of the order's number is empty.
    NoNumber,
    /// The cell of the order's number holds something else.
    BadNumber,
    /// No shop has such an order.
    NoOrder,
    /// The cell of the code is empty.
    NoCode,
    /// It is no code; the engine says why when it reads the text again.
    Unreadable,
    /// It reads in several ways.
    WhichCode,
    /// An earlier row has the same unit.
    Repeated {
        /// That row's line in the file.
        line: u32,
    },
    /// The same unit lies in another order.
    BoundElsewhere {
        /// That order's number.
        order: String,
        /// The product there.
        product: String,
    },
    /// The products of the order are known by other GTINs than its own.
    OtherProduct {
        /// The name of the product with its GTIN, when Metka has seen it.
        product: Option<String>,
    },
    /// Several lines of the order could take it, and nothing says which.
    WhichLine {
        /// Their products.
        products: Vec<String>,
    },
    /// The line has a code for every unit already.
    NoRoom {
        /// Its product.
        product: String,
    },
    /// Nothing in the order asks for such a code.
    NotWanted,
}

impl RowVerdict {
    /// Whether nothing is wrong with the row.
    pub const fn is_good(&self) -> bool {
        matches!(self, Self::Fits { .. } | Self::AlreadyThere { .. })
    }
}

/// What will become of an order, or why nothing does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outlook {
    /// Everything is there: it goes.
    Goes,
    /// No shop has such an order.
    NoOrder,
    /// Some of its rows are in trouble, so a person decides.
    Troubled {
        /// How many rows.
        rows: u32,
    },
    /// Units lack a code.
    Lacks {
        /// How many units.
        units: u32,
    },
    /// Units lack РНПТ, ГТД or a country, which a file of codes does not bring.
    LacksOthers,
    /// The marketplace has, or was given, just these codes.
    SentBefore,
    /// The order is cancelled, delivered or returned.
    Closed,
    /// «Ready to ship» was said: its codes can no longer be changed.
    Shipped,
    /// An earlier submission is under way.
    BeingSent,
    /// The codes of this model do not go with the order.
    Model,
    /// No line asks for codes.
    NotMarked,
    /// Units are to be taken out of the order, which a person confirms at the order itself.
    Removes,
    /// The units cannot be laid out as the plan of boxes says.
    Layout,
}

/// One order of a batch, counted by what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCounts {
    /// Orders in all.
    pub all: u32,
    /// Not judged yet.
    pub waiting: u32,
    /// They will be sent.
    pub goes: u32,
    /// They will not be sent.
    pub stays: u32,
    /// Handed over, no end yet.
    pub on_the_way: u32,
    /// Handed over, no answer came, being found out.
    pub unknown: u32,
    /// The marketplace took the codes.
    pub accepted: u32,
    /// The marketplace said no.
    pub refused: u32,
    /// The marketplace holds other codes.
    pub conflict: u32,
    /// A newer submission of the order took its place, or a person took it back.
    pub superseded: u32,
}

impl OrderCounts {
    /// Adds orders of one fate whose submissions stand in one state.
    pub fn add(&mut self, fate: Fate, submission: Option<SubmissionState>, orders: u32) {
        use SubmissionState as S;
        self.all += orders;
        *match (fate, submission) {
            (Fate::Waiting, _) => &mut self.waiting,
            (Fate::Goes, _) => &mut self.goes,
            (Fate::Stays, _) => &mut self.stays,
            (Fate::Sent, Some(S::Accepted)) => &mut self.accepted,
            (Fate::Sent, Some(S::Refused)) => &mut self.refused,
            (Fate::Sent, Some(S::Conflict)) => &mut self.conflict,
            (Fate::Sent, Some(S::Superseded)) => &mut self.superseded,
            (Fate::Sent, Some(S::Unknown)) => &mut self.unknown,
            (Fate::Sent, Some(S::Queued | S::Sending) | None) => &mut self.on_the_way,
        } += orders;
    }

    /// Handed over to the marketplace, whatever came of it.
    pub const fn sent(&self) -> u32 {
        self.on_the_way
            + self.unknown
            + self.accepted
            + self.refused
            + self.conflict
            + self.superseded
    }

    /// Handed over, and their ends are known.
    pub const fn ended(&self) -> u32 {
        self.accepted + self.refused + self.conflict + self.superseded
    }

    /// Whether the marketplace still owes an answer about some.
    pub const fn still(&self) -> bool {
        self.on_the_way + self.unknown > 0
    }
}

/// Rows counted by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    /// Not judged yet.
    pub waiting: u32,
    /// As they should be.
    pub good: u32,
    /// The same after a repair.
    pub repaired: u32,
    /// In trouble.
    pub trouble: u32,
}

impl RowCounts {
    /// Rows in all.
    pub const fn all(&self) -> u32 {
        self.waiting + self.good + self.repaired + self.trouble
    }

    /// Adds rows of one kind.
    pub const fn add(&mut self, kind: RowKind, rows: u32) {
        match kind {
            RowKind::Waiting => self.waiting += rows,
            RowKind::Good => self.good += rows,
            RowKind::Repaired => self.repaired += rows,
            RowKind::Trouble => self.trouble += rows,
        }
    }
}

words! {
    /// What of a batch is shown.
    Shown, UnknownShown:
    /// Every row.
    Rows = "rows",
    /// Rows with a code as it should be.
    Good = "good",
    /// Rows with a repaired code.
    Repaired = "repaired",
    /// Rows in trouble.
    Trouble = "trouble",
    /// Every order with what became of it.
    Orders = "orders",
    /// Orders that were not sent, or not taken.
    Failed = "failed",
}

impl Shown {
    /// The kind of rows that it is limited to.
    pub const fn kind(self) -> Option<RowKind> {
        match self {
            Self::Good => Some(RowKind::Good),
            Self::Repaired => Some(RowKind::Repaired),
            Self::Trouble => Some(RowKind::Trouble),
            Self::Rows | Self::Orders | Self::Failed => None,
        }
    }
}

/// One row as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowView {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The cell of the order's number.
    pub number: String,
    /// The order, when there is one.
    pub order: Option<OrderId>,
    /// The cell of the code.
    pub code: String,
    /// What it is at a glance.
    pub kind: RowKind,
    /// What became of it; none before it was judged.
    pub verdict: Option<RowVerdict>,
    /// The same as a sentence in the reader's language: added by the page's server function, which speaks it.
    pub says: Option<String>,
}

/// One order as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultView {
    /// The number people say.
    pub number: MarketOrderId,
    /// The order, when there is one.
    pub order: Option<OrderId>,
    /// Its rows.
    pub rows: u32,
    /// Where it stands.
    pub fate: Fate,
    /// What will become of it, or why nothing does.
    pub outlook: Option<Outlook>,
    /// Where its submission stands.
    pub submission: Option<SubmissionState>,
    /// Their words, when they said no.
    pub refusal: Option<TheirWords>,
    /// What became of it as a sentence: added by the page's server function.
    pub says: Option<String>,
}

/// The rows or orders of one page of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listing {
    /// Rows.
    Rows(Vec<RowView>),
    /// Orders.
    Orders(Vec<ResultView>),
}

/// What a person may do with batches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRights {
    /// Bring files and correct columns.
    pub fill: bool,
    /// Send, pause, go on, cancel.
    pub send: bool,
}

/// A batch in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchLine {
    /// Ours.
    pub id: BatchId,
    /// The file's name; empty for a paste.
    pub name: String,
    /// Who brought it: an address.
    pub who: String,
    /// When.
    pub made: When,
    /// Where it stands.
    pub state: BatchState,
    /// Its rows.
    pub rows: u32,
    /// Its orders.
    pub orders: OrderCounts,
}

/// The list of batches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchList {
    /// Newest first.
    pub batches: Vec<BatchLine>,
    /// What the person may do.
    pub may: BatchRights,
}

/// A column to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Its name in the file; none when the file names no columns.
    pub name: Option<String>,
    /// What stands in it in the first row.
    pub sample: String,
}

/// A batch's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchPage {
    /// The batch.
    pub batch: BatchLine,
    /// Its rows by kind.
    pub rows: RowCounts,
    /// Its columns.
    pub columns: Vec<ColumnView>,
    /// Which of them holds the order's number, from 0.
    pub order_column: Option<u32>,
    /// Which of them holds the code, from 0.
    pub code_column: u32,
    /// Why its work waits, in words, when it does.
    pub trouble: Option<String>,
    /// What is shown.
    pub listing: Listing,
    /// How many rows or orders there are of what is shown.
    pub found: u32,
    /// What the person may do.
    pub may: BatchRights,
}

/// The order's number in a cell, as people and spreadsheets write it: with «№», spaces, an apostrophe or `.0`.
///
/// ```
/// use desk::{bulk::order_number, ids::MarketOrderId};
///
/// for text in ["48512377", " № 48 512 377 ", "'48512377", "48512377.0"] {
///     assert_eq!(order_number(text), Some(MarketOrderId(48_512_377)), "{text}");
/// }
/// for text in ["", "0", "485-1", "48512377a", "99999999999999999999"] {
///     assert_eq!(order_number(text), None, "{text}");
/// }
/// ```
pub fn order_number(text: &str) -> Option<MarketOrderId> {
    let text = text.trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    let mut digits = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '0'..='9' => digits.push(character),
            '№' | '#' | '\'' if digits.is_empty() => {}
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => {}
            _ => return None,
        }
    }
    digits
        .parse()
        .ok()
        .filter(|number: &MarketOrderId| number.0 > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for state in BatchState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
        for kind in RowKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        for fate in Fate::ALL {
            assert_eq!(fate.as_str().parse(), Ok(*fate));
        }
        for shown in Shown::ALL {
            assert_eq!(shown.as_str().parse(), Ok(*shown));
        }
        assert_eq!("later".parse::<Fate>(), Err(UnknownFate));
    }

    #[test]
    fn every_order_is_counted_once() {
        let mut counts = OrderCounts::default();
        counts.add(Fate::Goes, None, 3);
        counts.add(Fate::Stays, None, 2);
        for (n, state) in [
            (1, SubmissionState::Queued),
            (2, SubmissionState::Sending),
            (4, SubmissionState::Unknown),
            (8, SubmissionState::Accepted),
            (16, SubmissionState::Refused),
            (32, SubmissionState::Conflict),
            (64, SubmissionState::Superseded),
        ] {
            counts.add(Fate::Sent, Some(state), n);
        }
        assert_eq!((counts.all, counts.sent(), counts.ended()), (132, 127, 120));
        assert_eq!(counts.on_the_way, 3);
    }
}
