//! Returns as the sandbox keeps them, and how they are made.

use serde::{Deserialize, Serialize};

use super::{
    MarketError,
    ids::{CampaignId, ItemId, OrderId, ReturnId},
    order::Order,
};
use crate::wire_enum::wire_enum;

wire_enum! {
    /// What kind it is, `ReturnType`.
    pub enum ReturnType {
        /// The buyer did not take it.
        Unredeemed = "UNREDEEMED",
        /// The buyer gave it back.
        Return = "RETURN",
    }
}

wire_enum! {
    /// Where the money of a return stands, `RefundStatusType`.
    pub enum RefundStatus {
        /// Asked for by the buyer.
        StartedByUser = "STARTED_BY_USER",
        /// Waits for a decision about the money.
        RefundInProgress = "REFUND_IN_PROGRESS",
        /// The money is back.
        Refunded = "REFUNDED",
        /// The money cannot be given back.
        Failed = "FAILED",
        /// Waits for a decision.
        WaitingForDecision = "WAITING_FOR_DECISION",
        /// Decided.
        DecisionMade = "DECISION_MADE",
        /// Given back in bonuses.
        RefundedWithBonuses = "REFUNDED_WITH_BONUSES",
        /// Given back by the shop.
        RefundedByShop = "REFUNDED_BY_SHOP",
        /// Called off.
        Cancelled = "CANCELLED",
        /// Turned down.
        Rejected = "REJECTED",
        /// Nothing to give back.
        CompleteWithoutRefund = "COMPLETE_WITHOUT_REFUND",
        /// Disputed.
        PremoderationDispute = "PREMODERATION_DISPUTE",
        /// Waits for a decision before the goods travel.
        PremoderationDecisionWaiting = "PREMODERATION_DECISION_WAITING",
        /// Decided before the goods travel.
        PremoderationDecisionMade = "PREMODERATION_DECISION_MADE",
        /// The buyer chooses how to send it.
        PremoderationSelectDelivery = "PREMODERATION_SELECT_DELIVERY",
        /// Not known.
        Unknown = "UNKNOWN",
    }
}

wire_enum! {
    /// Where the goods are, `ReturnShipmentStatusType`.
    pub enum ShipmentStatus {
        /// Made out.
        Created = "CREATED",
        /// Taken from the buyer.
        Received = "RECEIVED",
        /// On the way.
        InTransit = "IN_TRANSIT",
        /// The shop may take it.
        ReadyForPickup = "READY_FOR_PICKUP",
        /// The shop has taken it.
        Picked = "PICKED",
        /// Lost on the way.
        Lost = "LOST",
        /// The buyer did not bring it in time.
        Expired = "EXPIRED",
        /// Called off.
        Cancelled = "CANCELLED",
        /// In the Market's warehouse.
        FulfilmentReceived = "FULFILMENT_RECEIVED",
        /// Waits to be destroyed.
        PreparedForUtilization = "PREPARED_FOR_UTILIZATION",
        /// Nobody took it from the post.
        NotInDemand = "NOT_IN_DEMAND",
        /// Destroyed.
        Utilized = "UTILIZED",
        /// To be sold by the Market.
        ReadyForExpropriation = "READY_FOR_EXPROPRIATION",
        /// Taken to be sold by the Market.
        ReceivedForExpropriation = "RECEIVED_FOR_EXPROPRIATION",
        /// Not known.
        Unknown = "UNKNOWN",
    }
}

wire_enum! {
    /// Where one unit is, `ReturnInstanceStatusType`.
    pub enum InstanceStatus {
        /// Made out.
        Created = "CREATED",
        /// Taken from the buyer.
        Received = "RECEIVED",
        /// On the way.
        InTransit = "IN_TRANSIT",
        /// The shop may take it.
        ReadyForPickup = "READY_FOR_PICKUP",
        /// The shop has taken it.
        Picked = "PICKED",
        /// In the Market's warehouse.
        ReceivedOnFulfillment = "RECEIVED_ON_FULFILLMENT",
        /// Called off.
        Cancelled = "CANCELLED",
        /// Lost.
        Lost = "LOST",
        /// Destroyed.
        Utilized = "UTILIZED",
        /// Waits to be destroyed.
        PreparedForUtilization = "PREPARED_FOR_UTILIZATION",
        /// Sold by the Market.
        Expropriated = "EXPROPRIATED",
        /// Nobody took it.
        NotInDemand = "NOT_IN_DEMAND",
    }
}

/// A return, or goods nobody came for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Return {
    /// Its number.
    pub return_id: ReturnId,
    /// The order.
    pub order_id: OrderId,
    /// The shop.
    pub campaign_id: CampaignId,
    /// What kind it is.
    pub return_type: ReturnType,
    /// Where the money stands; told of returns only.
    pub refund_status: RefundStatus,
    /// Where the goods are.
    pub shipment_status: ShipmentStatus,
    /// When it was made, milliseconds since the Unix epoch.
    pub created_ms: i64,
    /// When it last changed, milliseconds since the Unix epoch.
    pub updated_ms: i64,
    /// What it holds.
    pub items: Vec<ReturnItem>,
}

/// The units of one line that come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReturnItem {
    /// The line.
    pub id: ItemId,
    /// The seller's article.
    pub offer_id: String,
    /// The price of one unit, kopecks.
    pub price_kopecks: i64,
    /// Its units.
    pub units: Vec<ReturnUnit>,
}

/// A unit that comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReturnUnit {
    /// Its marking code as it was sent, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cis: Option<String>,
    /// Where it is.
    pub status: InstanceStatus,
    /// In what state, `ReturnInstanceStockType`: `FIT`, `DEFECT`, `INCORRECT_CIS` …
    pub stock_type: String,
}

/// A return to be made. Everything but the order has a default.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewReturn {
    /// The order.
    pub order_id: OrderId,
    /// A return by the buyer when absent.
    #[serde(default, rename = "type")]
    pub return_type: Option<ReturnType>,
    /// `STARTED_BY_USER` when absent.
    #[serde(default)]
    pub refund_status: Option<RefundStatus>,
    /// `CREATED` when absent.
    #[serde(default)]
    pub shipment_status: Option<ShipmentStatus>,
    /// What comes back; the whole order when absent.
    #[serde(default)]
    pub items: Vec<NewReturnItem>,
}

/// Units of a line that come back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewReturnItem {
    /// The line.
    pub id: ItemId,
    /// Which of its units, counted from 0; all of them when empty.
    #[serde(default)]
    pub units: Vec<usize>,
}

impl NewReturn {
    /// The return of a whole order.
    pub const fn of(order_id: OrderId, return_type: ReturnType) -> Self {
        Self {
            order_id,
            return_type: Some(return_type),
            refund_status: None,
            shipment_status: None,
            items: Vec::new(),
        }
    }
}

/// What to change in a return; what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReturnChange {
    /// Where the money stands.
    #[serde(default)]
    pub refund_status: Option<RefundStatus>,
    /// Where the goods are.
    #[serde(default)]
    pub shipment_status: Option<ShipmentStatus>,
    /// Where every unit is.
    #[serde(default)]
    pub instance_status: Option<InstanceStatus>,
    /// In what state every unit is.
    #[serde(default)]
    pub stock_type: Option<String>,
}

impl Return {
    /// Makes a return of an order's units.
    pub(super) fn create(
        return_id: ReturnId,
        new: NewReturn,
        order: &Order,
        now_ms: i64,
    ) -> Result<Self, MarketError> {
        let wanted = if new.items.is_empty() {
            let whole = order.items.iter().map(|item| NewReturnItem {
                id: item.id,
                units: Vec::new(),
            });
            whole.collect()
        } else {
            new.items
        };
        Ok(Self {
            return_id,
            order_id: order.order_id,
            campaign_id: order.campaign_id,
            return_type: new.return_type.unwrap_or(ReturnType::Return),
            refund_status: new.refund_status.unwrap_or(RefundStatus::StartedByUser),
            shipment_status: new.shipment_status.unwrap_or(ShipmentStatus::Created),
            created_ms: now_ms,
            updated_ms: now_ms,
            items: wanted
                .iter()
                .map(|item| returned(order, item))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Applies a change and notes its time.
    pub(super) fn apply(&mut self, change: &ReturnChange, now_ms: i64) {
        if let Some(refund_status) = change.refund_status {
            self.refund_status = refund_status;
        }
        if let Some(shipment_status) = change.shipment_status {
            self.shipment_status = shipment_status;
        }
        for unit in self.items.iter_mut().flat_map(|item| &mut item.units) {
            if let Some(status) = change.instance_status {
                unit.status = status;
            }
            if let Some(stock_type) = &change.stock_type {
                unit.stock_type.clone_from(stock_type);
            }
        }
        self.updated_ms = now_ms;
    }
}

fn returned(order: &Order, wanted: &NewReturnItem) -> Result<ReturnItem, MarketError> {
    let item = order.item(wanted.id).ok_or_else(|| {
        MarketError::Impossible(format!(
            "the order {} has no line {}",
            order.order_id, wanted.id
        ))
    })?;
    let units: Vec<usize> = if wanted.units.is_empty() {
        (0..item.units()).collect()
    } else {
        wanted.units.clone()
    };
    if let Some(unit) = units.iter().find(|unit| **unit >= item.units()) {
        return Err(MarketError::Impossible(format!(
            "the line {} has no unit {unit}",
            item.id
        )));
    }
    let units = units.into_iter().map(|unit| ReturnUnit {
        cis: item.instances.get(unit).and_then(|one| one.cis.clone()),
        status: InstanceStatus::Created,
        stock_type: "FIT".to_owned(),
    });
    Ok(ReturnItem {
        id: item.id,
        offer_id: item.offer_id.clone(),
        price_kopecks: item.price_kopecks,
        units: units.collect(),
    })
}
