//! What the screen says after each event: one word, one sentence, one colour.

use super::Clash;
use crate::ids::{LineId, OrderId};

/// A line that a code may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its order.
    pub order: OrderId,
    /// That order's number.
    pub number: String,
    /// The line.
    pub line: LineId,
    /// Its product.
    pub product: String,
}

/// What the screen says. The next event replaces it; nothing is clicked away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Say {
    /// Waits for an order's number or a first item.
    #[default]
    Waiting,
    /// An order was opened.
    Opened,
    /// An order was opened that has everything already; «next» sends it if it was not sent.
    Full,
    /// An order was opened that has everything and was sent.
    AlreadySent,
    /// A code lies in its place.
    Good {
        /// The product.
        product: String,
        /// Units of the order that still wait for a code.
        left: u32,
        /// Whether nothing but what cannot be scanned (РНПТ, ГТД, country) is missing.
        extras: bool,
    },
    /// The last code lies in its place; the order goes out, and the next one may be scanned.
    Done {
        /// The order's number.
        number: String,
    },
    /// Whoever packs must say that this GTIN is this product's.
    Ask {
        /// What it may be, most urgent first.
        options: Vec<Choice>,
    },
    /// The next scan will be taken out.
    Removing,
    /// A code was taken out.
    Removed {
        /// The product.
        product: String,
    },
    /// The last scan was taken back.
    Undone {
        /// The product.
        product: String,
    },
    /// There is nothing to take back.
    NothingToUndo,
    /// The server is asked for an order that is not among those to be packed.
    Looking,
    /// No order is called so.
    NoSuchOrder,
    /// The label is being printed.
    Printing {
        /// The order's number.
        number: String,
    },
    /// The label could not be had.
    NotPrinted {
        /// The order's number.
        number: String,
    },
    /// There is no label yet.
    NoLabel,
    /// The same unit was scanned before.
    Repeat {
        /// Its order's number.
        number: String,
        /// Whether that is the open order.
        here: bool,
        /// The product there.
        product: String,
        /// The unit's number in its line.
        unit: u32,
    },
    /// A bar code of the product, where its marking code is wanted.
    ProductBarcode,
    /// The digits fit several orders.
    SeveralOrders {
        /// How many.
        found: u32,
    },
    /// Another product than the order's.
    OtherProduct {
        /// That product, when it is known.
        product: Option<String>,
        /// A product that the open order still waits for.
        wanted: Option<String>,
    },
    /// Every unit of the product has its code.
    NoRoom {
        /// The product.
        product: String,
    },
    /// The order asks for no such code.
    NotWanted,
    /// No order needs the product.
    NoOrder {
        /// The product, when it is known.
        product: Option<String>,
    },
    /// What was to be taken out does not lie here.
    NotHere,
    /// The text is no code; the engine says why when it reads the text again.
    Unreadable,
    /// The code reads in several ways: the scanner loses the separator.
    WhichCode,
    /// Caps Lock turns the letters of a code over.
    CapsLock,
    /// The codes of the open order are on their way and cannot be touched.
    BeingSent,
    /// The open order is cancelled, delivered or returned.
    OrderClosed,
    /// The server fails at what was scanned, again and again: it stepped aside, and what came after it goes on.
    Aside {
        /// The order's number.
        number: Option<String>,
    },
    /// The server could not do what was scanned; it lies in the list of conflicts.
    Clash {
        /// The order's number.
        number: Option<String>,
        /// Why.
        why: Clash,
    },
}

/// How it went, at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing happened yet.
    Calm,
    /// As it should be.
    Good,
    /// The order is whole.
    Done,
    /// Look, and go on.
    Warn,
    /// Stop: this does not fit.
    Bad,
}

impl Say {
    /// How it went.
    pub const fn tone(&self) -> Tone {
        match self {
            Self::Waiting
            | Self::Opened
            | Self::Full
            | Self::AlreadySent
            | Self::Looking
            | Self::Printing { .. } => Tone::Calm,
            Self::Good { .. } | Self::Removed { .. } | Self::Undone { .. } => Tone::Good,
            Self::Done { .. } => Tone::Done,
            Self::Ask { .. }
            | Self::Removing
            | Self::NothingToUndo
            | Self::NoLabel
            | Self::NoSuchOrder
            | Self::Repeat { .. }
            | Self::ProductBarcode
            | Self::SeveralOrders { .. } => Tone::Warn,
            Self::OtherProduct { .. }
            | Self::NoRoom { .. }
            | Self::NotWanted
            | Self::NoOrder { .. }
            | Self::NotHere
            | Self::Unreadable
            | Self::WhichCode
            | Self::CapsLock
            | Self::BeingSent
            | Self::OrderClosed
            | Self::NotPrinted { .. }
            | Self::Aside { .. }
            | Self::Clash { .. } => Tone::Bad,
        }
    }
}
