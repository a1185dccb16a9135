//! Fetching codes of an order: where it stands, as the store keeps it and a page shows it.

use crate::{submission::TheirWords, time::When};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The text is no name of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such state")]
pub struct UnknownState;

macro_rules! states {
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
            type Err = UnknownState;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|it| it.as_str() == text)
                    .ok_or(UnknownState)
            }
        }
    )*};
}

states! {
    /// Where a block of codes stands.
    BlockState {
        /// Written down before the asking; what came of it nobody knows yet.
        Asked = "asked",
        /// All of its codes are kept.
        Whole = "whole",
        /// Nothing came of the asking, or what it handed out came as another block.
        Void = "void",
    }

    /// Where the fetching of one GTIN of an order stands.
    ReceivingState {
        /// Codes are being fetched, or waited for.
        Running = "running",
        /// A person stopped it for a while.
        Paused = "paused",
        /// Every code that the station handed out is kept, and it will hand out no more.
        Whole = "whole",
        /// It cannot go on without a person.
        Stuck = "stuck",
    }
}

/// What stands in the way of fetching codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceivingTrouble {
    /// The station said no.
    Refused(TheirWords),
    /// It did not answer, or the answer was cut; codes may have been handed out, and are looked for among the blocks.
    NoAnswer,
    /// The station says that it handed out another number of codes than we hold.
    SumsDiffer {
        /// Codes of whole blocks that we hold.
        held: u64,
        /// `totalPassed`.
        passed: u64,
    },
    /// Some of the codes were handed out twice: there are fewer different ones.
    Repeated {
        /// How many are missing so.
        fewer: u64,
    },
    /// The station closed these goods before what it had handed out was kept: the codes between the two numbers are gone.
    Lost {
        /// Codes of whole blocks that we hold.
        held: u64,
        /// `totalPassed`.
        passed: u64,
    },
    /// Asked for a block once more, the station gave another number of codes than it lists for it; nothing of it is kept.
    BlockDiffers {
        /// The block.
        block: String,
        /// Codes that the station lists for it.
        listed: u64,
        /// Codes that came.
        given: u64,
    },
    /// Asked for a block once more, the station gave as many codes under another id; they are kept as the block that was
    /// asked for.
    OtherBlock {
        /// The block that was asked for.
        asked: String,
        /// What the answer calls it.
        named: String,
    },
    /// The station has rejected or closed these goods before all of their codes were fetched, with its words.
    Ended(Option<String>),
}

/// How far the fetching of one GTIN of an order has come, for a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivingView {
    /// GTIN-14.
    pub gtin: String,
    /// Where it stands.
    pub state: ReceivingState,
    /// How many codes were ordered.
    pub ordered: u64,
    /// How many are kept, those of an answer that is arriving among them.
    pub received: u64,
    /// Blocks that are kept whole.
    pub blocks: u64,
    /// How many the station says it handed out.
    pub passed: Option<u64>,
    /// Codes a second, while they arrive.
    pub speed: Option<u64>,
    /// What stands in the way.
    pub trouble: Option<ReceivingTrouble>,
    /// When the first of the received codes are annulled unless they are used; nothing where the station reports their use
    /// by itself.
    pub expires: Option<When>,
}

/// Whether fetching stands still and would go on if a person said so.
pub(crate) const fn may_go_on(state: ReceivingState, trouble: Option<&ReceivingTrouble>) -> bool {
    match state {
        ReceivingState::Running | ReceivingState::Whole => false,
        ReceivingState::Paused => true,
        ReceivingState::Stuck => !matches!(
            trouble,
            Some(ReceivingTrouble::Ended(_) | ReceivingTrouble::Lost { .. })
        ),
    }
}

impl ReceivingView {
    /// Whether it stands still and would go on if a person said so. Goods that the station has done with are fetched no
    /// more, whatever anybody says.
    pub const fn may_go_on(&self) -> bool {
        may_go_on(self.state, self.trouble.as_ref())
    }

    /// Whether every code that the station handed out is kept, so that the order may be closed without loss.
    pub fn is_whole(&self) -> bool {
        self.state == ReceivingState::Whole
    }
}

/// What a page shows of one kind of goods in the stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PileView {
    /// The order that they came of; none of a file.
    pub emission: Option<crate::ids::EmissionId>,
    /// The file that they came in; none of an order.
    pub file: Option<String>,
    /// GTIN-14.
    pub gtin: String,
    /// The product's name, where one is known.
    pub product: Option<String>,
    /// Alias of the product group, where it is known.
    pub group: Option<String>,
    /// Codes.
    pub codes: u64,
    /// Codes of these goods that are neither printed nor bound nor annulled, of all piles together.
    pub free_of_goods: u64,
    /// Codes of this pile that are neither printed nor bound, and annulled by now.
    pub expired: u64,
    /// The first moment at which some of its free codes are annulled unused.
    pub expires: Option<When>,
    /// When the newest came.
    pub came: When,
}

/// A code of the stock, for a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockRow {
    /// The whole text, with real U+001D.
    pub text: String,
    /// КИ.
    pub ki: String,
    /// GTIN-14.
    pub gtin: String,
    /// The order that it came of; none of a file.
    pub emission: Option<crate::ids::EmissionId>,
    /// The block that it came in.
    pub block: crate::ids::StockBlockId,
    /// When it is annulled unused, as the station told it.
    pub expires: Option<When>,
    /// When it came.
    pub came: When,
}

/// The largest text of codes that is imported, in bytes: two million of them with what СУЗ's cabinet writes beside each.
pub const MOST_IMPORTED_BYTES: usize = 512 * 1024 * 1024;

/// What came of importing a file of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Codes that are in the stock now.
    pub taken: u64,
    /// Of these, codes that were repaired before.
    pub repaired: u64,
    /// Codes that were there already, or twice in the file.
    pub known: u64,
    /// Codes that another file or an order brings just now: they are in the stock when that is over, if it ends well.
    pub arriving: u64,
    /// Rows in which no code was found: the first of them, with their numbers from 1.
    pub refused: Vec<RefusedRow>,
    /// How many rows were refused in all.
    pub refused_count: u64,
}

/// A row of a file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// Its number, from 1.
    pub row: u64,
    /// What stood there, cut after a few dozen characters.
    pub text: String,
    /// Why not.
    pub why: RowRefusal,
}

states! {
    /// Why a row was not taken.
    RowRefusal {
        /// No marking code.
        NotACode = "not_a_code",
        /// It could be more than one code.
        Ambiguous = "ambiguous",
        /// It has no GTIN, so no goods that it could lie with.
        NoGtin = "no_gtin",
        /// It is a КИ without its tail: no label can be printed of it.
        NoTail = "no_tail",
    }
}
