//! The packing desk: one person, one scanner, one order after another, with or without a network.
//!
//! Every scan becomes a [`Scan`] with an id of its own the moment it is heard. The browser keeps it until the server
//! has said what became of it; the server keeps it for good under that id. [`session`] is what stands between.

pub mod session;

mod hear;
mod shelf;
mod words;

pub use hear::ServiceCode;
pub use shelf::{Left, left};
pub use words::{Choice, Say, Tone};

use crate::{
    ids::{LineId, MarketOrderId, OrderId, ScanId, SlotId},
    marketplace::{BuyerType, Model},
    orders::{LineView, WorkState, carrier},
    submission::Carrier,
    time::{Timestamp, When},
    verification::Light,
};
use serde::{Deserialize, Serialize};

/// The most scans that go to the server at once.
pub const MOST_AT_ONCE: usize = 100;

/// An order as the packing desk holds it: enough to work on without a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackOrder {
    /// Ours.
    pub id: OrderId,
    /// The number people say.
    pub number: MarketOrderId,
    /// The shop's name.
    pub shop: String,
    /// Its model.
    pub model: Option<Model>,
    /// Who buys.
    pub buyer: Option<BuyerType>,
    /// When it must leave.
    pub ship_by: Option<When>,
    /// What it needs.
    pub work: WorkState,
    /// Its lines.
    pub lines: Vec<LineView>,
    /// Whether the marketplace holds boxes of it.
    pub boxed: bool,
    /// What the labels of its boxes say, once there are boxes.
    pub barcodes: Vec<String>,
    /// What the marketplace says of the codes that it holds, place by place. One that it rejected is taken out, and
    /// another put in.
    pub theirs: Vec<(SlotId, Light)>,
}

impl PackOrder {
    /// Whether the marketplace ever gives labels to such an order.
    pub fn has_labels(&self) -> bool {
        carrier(self.model.as_ref()) == Some(Carrier::Boxes)
    }

    /// Whether there is a label now: the boxes are stored, and nothing is about to change them.
    pub fn has_label(&self) -> bool {
        let settled = matches!(
            self.work,
            WorkState::Checking | WorkState::ToShip | WorkState::Accepted | WorkState::Shipped
        );
        self.has_labels() && self.boxed && settled
    }

    /// Whether the marketplace rejected a code that lies in it.
    pub fn rework(&self) -> bool {
        self.theirs
            .iter()
            .any(|(_, light)| *light == Light::Rejected)
    }
}

/// What the packing desk works through, most urgent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickList {
    /// Orders that want codes or were asked for by name.
    pub orders: Vec<PackOrder>,
    /// Orders that want codes beyond these.
    pub more: u32,
    /// Scans that nobody has settled yet.
    pub clashes: Vec<ClashView>,
    /// Whether the catalogue could not be read for want of a right, so that products are learned from scans alone.
    pub catalogue_closed: bool,
    /// Whether the person may say that a code of an unknown product belongs to a line whose product is known.
    pub may_overrule: bool,
    /// The text that orders were looked for by, where the page asked for it.
    pub looked_for: Option<String>,
    /// Orders whose labels are still to be printed: what a device remembers of its own work. The server knows none.
    #[serde(default)]
    pub unprinted: Vec<OrderId>,
}

/// What a scan is meant to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Puts the code into a unit's place; another free place of the same line will do as well.
    Put {
        /// The line.
        line: LineId,
        /// The place that the page chose.
        slot: SlotId,
        /// Whether the person said that this GTIN is this product's.
        confirmed: bool,
    },
    /// Takes back an earlier scan.
    Undo {
        /// Which.
        scan: ScanId,
    },
    /// Takes the code out of the order.
    Remove,
    /// Nothing: the page found no place for it and said why. It is kept all the same.
    Note,
    /// Sends the order, which is whole.
    Send,
}

/// One scan, or an act of the packer that must come in turn with the scans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// Made by the browser.
    pub id: ScanId,
    /// The order that it is about; none for a code that no order needs.
    pub order: Option<OrderId>,
    /// What it is meant to do.
    pub act: Act,
    /// The text as it was heard; of an undone scan its text again, of a sending nothing.
    pub raw: String,
    /// When it was heard, by the browser's clock.
    pub at: Timestamp,
}

/// What became of a scan at the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The code lies here.
    Placed {
        /// The line.
        line: LineId,
        /// The place, which may be another than the page chose.
        slot: SlotId,
    },
    /// The code lies in its order no more.
    Removed,
    /// It is kept, and there was nothing to do.
    Noted,
    /// The order is on its way to the marketplace.
    Sent,
    /// The order was not sent: it is not whole. It stays among those that want codes.
    NotSent,
    /// It could not be done; a person decides.
    Clash(Clash),
}

/// Why a scan could not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clash {
    /// The same code lies in this order already: somebody else scanned it too.
    AlreadyHere {
        /// The product.
        product: String,
        /// The unit's number in its line.
        number: u32,
    },
    /// The same code lies in another order.
    BoundElsewhere {
        /// That order's number.
        order: String,
        /// The product there.
        product: String,
    },
    /// Every unit of the line has a code: somebody else filled it.
    NoRoom {
        /// The product.
        product: String,
    },
    /// The server reads another product in the code.
    OtherProduct {
        /// That product's name, when it is known.
        product: Option<String>,
    },
    /// The server reads no code in the text.
    Unreadable,
    /// The order is cancelled, delivered or returned.
    OrderClosed,
    /// The order is not there any more, or its line is not.
    OrderGone,
    /// The codes of the order are on their way and cannot be touched.
    BeingSent,
    /// The marketplace or a rule of ours refuses to send the order.
    NotSendable,
    /// The person may not do this.
    Forbidden,
}

/// A scan that waits for a person's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClashView {
    /// The scan.
    pub scan: ScanId,
    /// The order it was meant for.
    pub order: Option<OrderId>,
    /// That order's number.
    pub number: Option<MarketOrderId>,
    /// The text as it was heard.
    pub raw: String,
    /// What stands in its way.
    pub why: Clash,
    /// Whether trying again makes sense: it is a code for a place.
    pub again: bool,
    /// Who scanned.
    pub who: String,
    /// When.
    pub at: When,
}

/// What the server says of one scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Which.
    pub scan: ScanId,
    /// What became of it.
    pub outcome: Outcome,
}
