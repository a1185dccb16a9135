//! An order as a marketplace tells it: facts that we read and never argue with.
//!
//! Source: [`getBusinessOrders`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getBusinessOrders).
//! Every enum keeps a word that it does not know, because foreign enums grow.

use crate::{
    foreign_words::foreign_words,
    identifiers::Requirement,
    ids::{CampaignId, MarketItemId, MarketOrderId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

foreign_words! {
    /// How an order is delivered, which decides the call that carries its codes (`programType`).
    Model {
        /// Delivery by the shop: codes go by `identifiers`, ГИС МТ does not verify them.
        Dbs = "DBS",
        /// Market's sorting centre: codes go with the layout of boxes.
        Fbs = "FBS",
        /// Express delivery, like FBS.
        Express = "EXPRESS",
        /// Market's warehouse: codes went with the supply.
        Fby = "FBY",
        /// Logistics as a service.
        Laas = "LAAS",
    }

    /// Where an order is in its life (`OrderStatusType`).
    OrderStatus {
        /// Being placed.
        Placing = "PLACING",
        /// Reserved, not confirmed.
        Reserved = "RESERVED",
        /// Waiting for payment.
        Unpaid = "UNPAID",
        /// The shop works on it: the only time when codes are surely taken.
        Processing = "PROCESSING",
        /// On its way.
        Delivery = "DELIVERY",
        /// At a pick-up point.
        Pickup = "PICKUP",
        /// With the buyer.
        Delivered = "DELIVERED",
        /// Cancelled.
        Cancelled = "CANCELLED",
        /// Waiting for the shop or the buyer.
        Pending = "PENDING",
        /// Some of it came back.
        PartiallyReturned = "PARTIALLY_RETURNED",
        /// All of it came back.
        Returned = "RETURNED",
        /// The marketplace's own «unknown».
        Unknown = "UNKNOWN",
    }

    /// Who buys (`buyerType`): a business must get codes, a private person may.
    BuyerType {
        /// A private person.
        Person = "PERSON",
        /// A company or sole proprietor.
        Business = "BUSINESS",
    }

    /// How Market lists a shop (`placementType`); it says FBS for Express too.
    Placement {
        /// Delivery by the shop.
        Dbs = "DBS",
        /// FBS or Express.
        Fbs = "FBS",
        /// Market's warehouse.
        Fby = "FBY",
        /// Logistics as a service.
        Laas = "LAAS",
    }

    /// Whether the API may be used for a shop (`apiAvailability`).
    ApiAvailability {
        /// It may.
        Available = "AVAILABLE",
        /// Switched off because nobody worked with the shop.
        DisabledByInactivity = "DISABLED_BY_INACTIVITY",
        /// No contract in force.
        DisabledByNoActiveContract = "DISABLED_BY_NO_ACTIVE_CONTRACT",
        /// Somebody switched it off.
        ManuallyDisabled = "MANUALLY_DISABLED",
        /// The shop has no model of work yet.
        DisabledByNoPlacementType = "DISABLED_BY_NO_PLACEMENT_TYPE",
    }

    /// What a key may do (`ApiKeyScopeType`).
    KeyScope {
        /// Everything.
        AllMethods = "ALL_METHODS",
        /// Reading of everything.
        AllMethodsReadOnly = "ALL_METHODS_READ_ONLY",
        /// Orders and stock.
        Orders = "INVENTORY_AND_ORDER_PROCESSING",
        /// Reading of orders and stock.
        OrdersReadOnly = "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY",
    }
}

/// Identifiers that the marketplace holds for one unit: what it answered, not what we hope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredInstance {
    /// The code without its tail.
    pub cis: Option<String>,
    /// The code with its tail.
    pub cis_full: Option<String>,
    /// УИН.
    pub uin: Option<String>,
    /// РНПТ.
    pub rnpt: Option<String>,
    /// ГТД.
    pub gtd: Option<String>,
    /// Country of manufacture.
    pub country: Option<String>,
}

/// One line of a marketplace order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketItem {
    /// The line's id in the marketplace.
    pub id: MarketItemId,
    /// The seller's own article.
    pub offer_id: String,
    /// The product's name.
    pub name: String,
    /// Units in the line.
    pub count: u32,
    /// What the line asks for.
    pub required: Vec<Requirement>,
    /// What the marketplace already holds.
    pub instances: Vec<StoredInstance>,
}

/// One order as the marketplace tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketOrder {
    /// Its number.
    pub id: MarketOrderId,
    /// The shop it belongs to.
    pub campaign: CampaignId,
    /// Its model; absent in some answers.
    pub model: Option<Model>,
    /// Its status.
    pub status: OrderStatus,
    /// Its substatus, an open list of 125 words.
    pub substatus: Option<String>,
    /// Who buys.
    pub buyer: Option<BuyerType>,
    /// A test order of the marketplace itself.
    pub fake: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it changed last.
    pub updated_at: Option<Timestamp>,
    /// When it must leave, with whether the hour is given.
    pub ship_by: Option<ShipBy>,
    /// Its lines.
    pub items: Vec<MarketItem>,
    /// The layout of boxes that the marketplace holds (`delivery.boxesLayout`); none before one was stored.
    #[serde(default)]
    pub boxes: Vec<StoredBox>,
}

/// One box of the layout that the marketplace holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredBox {
    /// The marketplace's id, by which a single label is asked for.
    pub id: Option<i64>,
    /// What the label's barcode says.
    pub barcode: Option<String>,
    /// What lies in it.
    pub items: Vec<StoredBoxItem>,
}

/// One entry of a stored box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredBoxItem {
    /// The line.
    pub item: MarketItemId,
    /// How much of it.
    pub amount: Amount,
    /// The identifiers of its units.
    pub instances: Vec<StoredInstance>,
}

/// How much of a line lies in a box: exactly one of the two, as the API wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Whole units (`fullCount`), at least one.
    Full(u32),
    /// A part of one unit (`partialCount`).
    Part {
        /// Which part, from 1.
        current: u32,
        /// Of how many, at least 2.
        total: u32,
    },
}

/// A shipping deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipBy {
    /// The moment; the end of the day in Moscow when only the date is known.
    pub at: Timestamp,
    /// Whether the hour was given.
    pub timed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_from_the_future_is_kept_as_it_is() {
        let status = OrderStatus::from("TELEPORTED");
        assert_eq!(status.as_str(), "TELEPORTED");
        assert_eq!(serde_json::to_string(&status).unwrap(), "\"TELEPORTED\"");
        assert_eq!(
            serde_json::from_str::<OrderStatus>("\"PICKUP\"").unwrap(),
            OrderStatus::Pickup
        );
    }
}
