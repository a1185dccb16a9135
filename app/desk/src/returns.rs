//! Returns and unredeemed orders as a marketplace tells them: where a sold code comes back from.
//!
//! Source: [`getReturns`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getReturns).

use crate::{
    foreign_words::foreign_words,
    ids::{MarketOrderId, MarketReturnId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

foreign_words! {
    /// What kind of return it is (`ReturnType`).
    ReturnKind {
        /// The buyer never took it.
        Unredeemed = "UNREDEEMED",
        /// The buyer brought it back.
        Return = "RETURN",
    }

    /// Where a returned unit is (`ReturnInstanceStatusType`).
    ReturnedUnitStatus {
        /// The return was made.
        Created = "CREATED",
        /// Taken from the buyer.
        Received = "RECEIVED",
        /// On its way to the shop.
        InTransit = "IN_TRANSIT",
        /// Waits for the shop to fetch it.
        ReadyForPickup = "READY_FOR_PICKUP",
        /// With the shop.
        Picked = "PICKED",
        /// In the marketplace's warehouse.
        ReceivedOnFulfillment = "RECEIVED_ON_FULFILLMENT",
        /// The return was cancelled.
        Cancelled = "CANCELLED",
        /// Lost.
        Lost = "LOST",
        /// Destroyed.
        Utilized = "UTILIZED",
        /// To be destroyed.
        PreparedForUtilization = "PREPARED_FOR_UTILIZATION",
        /// Taken away.
        Expropriated = "EXPROPRIATED",
        /// Nobody fetched it.
        NotInDemand = "NOT_IN_DEMAND",
    }
}

impl ReturnedUnitStatus {
    /// Whether the shop has the unit in its hands again, so that its code may go to another order.
    ///
    /// Only `PICKED` says so. `READY_FOR_PICKUP` still waits at a point, `RECEIVED_ON_FULFILLMENT` lies in the
    /// marketplace's warehouse, and a unit that is lost, destroyed or resold never comes back.
    pub const fn back_with_shop(&self) -> bool {
        matches!(self, Self::Picked)
    }

    /// Whether the return was called off: the unit stays with the buyer, and so does its code.
    pub const fn called_off(&self) -> bool {
        matches!(self, Self::Cancelled)
    }
}

/// One returned unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedUnit {
    /// Its marking code, without the tail as far as is known.
    pub cis: Option<String>,
    /// Where it is.
    pub status: Option<ReturnedUnitStatus>,
    /// Their word for its condition (`stockType`); `INCORRECT_CIS` says that the code on it is another.
    pub stock_type: Option<String>,
}

/// One line of a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnLine {
    /// The seller's article.
    pub offer_id: String,
    /// How many units.
    pub count: u32,
    /// Units that are told apart.
    pub units: Vec<ReturnedUnit>,
}

/// One return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketReturn {
    /// Its number.
    pub id: MarketReturnId,
    /// The order that it comes from.
    pub order: MarketOrderId,
    /// What kind it is.
    pub kind: Option<ReturnKind>,
    /// When it changed last.
    pub updated_at: Option<Timestamp>,
    /// Its lines.
    pub lines: Vec<ReturnLine>,
}
