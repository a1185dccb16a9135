//! Orders with their lines, boxes and stored identifiers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    codes::CodeLayout,
    ids::{BoxId, CampaignId, ItemId, OrderId},
    verification::Check,
};
use crate::{moscow, wire_enum::wire_enum};

pub use super::new_order::{NewItem, NewOrder, OrderChange};

wire_enum! {
    /// The model of an order, `programType`.
    pub enum ProgramType {
        /// The Market keeps and delivers.
        Fby = "FBY",
        /// The Market delivers from the seller's stock.
        Fbs = "FBS",
        /// The seller delivers.
        Dbs = "DBS",
        /// A courier takes it from the seller within the hour.
        Express = "EXPRESS",
        /// Sold elsewhere, carried by the Market.
        Laas = "LAAS",
    }
}

wire_enum! {
    /// The status of an order, `OrderStatusType`.
    pub enum OrderStatus {
        /// Being made out.
        Placing = "PLACING",
        /// Reserved, not finished.
        Reserved = "RESERVED",
        /// Waits for payment.
        Unpaid = "UNPAID",
        /// In the seller's hands.
        Processing = "PROCESSING",
        /// On the way.
        Delivery = "DELIVERY",
        /// At the pickup point.
        Pickup = "PICKUP",
        /// With the buyer.
        Delivered = "DELIVERED",
        /// Cancelled.
        Cancelled = "CANCELLED",
        /// Waits for the seller's word.
        Pending = "PENDING",
        /// Some of it came back.
        PartiallyReturned = "PARTIALLY_RETURNED",
        /// All of it came back.
        Returned = "RETURNED",
        /// Not known.
        Unknown = "UNKNOWN",
    }
}

wire_enum! {
    /// What identifiers a line asks for, `OrderItemInstanceType`.
    pub enum InstanceType {
        /// A marking code for each unit.
        Cis = "CIS",
        /// A marking code may be given.
        CisOptional = "CIS_OPTIONAL",
        /// A jewellery number for each unit.
        Uin = "UIN",
        /// The number of an imported batch.
        Rnpt = "RNPT",
        /// The number of a customs declaration.
        Gtd = "GTD",
    }
}

wire_enum! {
    /// Who buys, `buyerType`.
    pub enum BuyerType {
        /// A private person.
        Person = "PERSON",
        /// A company.
        Business = "BUSINESS",
    }
}

wire_enum! {
    /// When it is paid, `paymentType`.
    pub enum PaymentType {
        /// Before delivery.
        Prepaid = "PREPAID",
        /// On delivery.
        Postpaid = "POSTPAID",
        /// Not known.
        Unknown = "UNKNOWN",
    }
}

wire_enum! {
    /// Where it was sold, `sourcePlatform`.
    pub enum SourcePlatform {
        /// On the Market.
        Market = "MARKET",
        /// On Ozon.
        Ozon = "OZON",
        /// On Wildberries.
        Wildberries = "WILDBERRIES",
        /// Elsewhere.
        Other = "OTHER",
    }
}

/// A substatus: one of the documented names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Substatus(String);

impl Substatus {
    /// Just arrived in the seller's hands.
    pub fn started() -> Self {
        Self("STARTED".to_owned())
    }

    /// Packed; lines and identifiers can no longer change.
    pub fn ready_to_ship() -> Self {
        Self("READY_TO_SHIP".to_owned())
    }

    /// The name on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Substatus {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if SUBSTATUSES
            .split_ascii_whitespace()
            .any(|known| known == text)
        {
            Ok(Self(text))
        } else {
            Err(format!("{text} is not a substatus of the Market"))
        }
    }
}

impl From<Substatus> for String {
    fn from(substatus: Substatus) -> Self {
        substatus.0
    }
}

/// All documented values of `OrderSubstatusType`.
const SUBSTATUSES: &str = "RESERVATION_EXPIRED USER_NOT_PAID USER_UNREACHABLE USER_CHANGED_MIND USER_REFUSED_DELIVERY USER_REFUSED_PRODUCT \
    SHOP_FAILED USER_REFUSED_QUALITY REPLACING_ORDER PROCESSING_EXPIRED PENDING_EXPIRED SHOP_PENDING_CANCELLED \
    PENDING_CANCELLED USER_FRAUD RESERVATION_FAILED USER_PLACED_OTHER_ORDER USER_BOUGHT_CHEAPER MISSING_ITEM BROKEN_ITEM \
    WRONG_ITEM PICKUP_EXPIRED DELIVERY_PROBLEMS LATE_CONTACT CUSTOM DELIVERY_SERVICE_FAILED WAREHOUSE_FAILED_TO_SHIP \
    DELIVERY_SERVICE_UNDELIVERED PREORDER AWAIT_CONFIRMATION STARTED PACKAGING READY_TO_SHIP SHIPPED ASYNC_PROCESSING \
    WAITING_USER_INPUT WAITING_BANK_DECISION BANK_REJECT_CREDIT_OFFER CUSTOMER_REJECT_CREDIT_OFFER CREDIT_OFFER_FAILED \
    AWAIT_DELIVERY_DATES_CONFIRMATION SERVICE_FAULT DELIVERY_SERVICE_RECEIVED USER_RECEIVED WAITING_FOR_STOCKS \
    AS_PART_OF_MULTI_ORDER READY_FOR_LAST_MILE LAST_MILE_STARTED ANTIFRAUD DELIVERY_USER_NOT_RECEIVED \
    DELIVERY_SERVICE_DELIVERED DELIVERED_USER_NOT_RECEIVED USER_WANTED_ANOTHER_PAYMENT_METHOD USER_RECEIVED_TECHNICAL_ERROR \
    USER_FORGOT_TO_USE_BONUS DELIVERY_SERVICE_NOT_RECEIVED DELIVERY_SERVICE_LOST SHIPPED_TO_WRONG_DELIVERY_SERVICE \
    DELIVERED_USER_RECEIVED WAITING_TINKOFF_DECISION COURIER_SEARCH COURIER_FOUND COURIER_IN_TRANSIT_TO_SENDER \
    COURIER_ARRIVED_TO_SENDER COURIER_RECEIVED COURIER_NOT_FOUND COURIER_NOT_DELIVER_ORDER COURIER_RETURNS_ORDER \
    COURIER_RETURNED_ORDER WAITING_USER_DELIVERY_INPUT PICKUP_SERVICE_RECEIVED PICKUP_USER_RECEIVED \
    CANCELLED_COURIER_NOT_FOUND COURIER_NOT_COME_FOR_ORDER DELIVERY_NOT_MANAGED_REGION INCOMPLETE_CONTACT_INFORMATION \
    INCOMPLETE_MULTI_ORDER INAPPROPRIATE_WEIGHT_SIZE TECHNICAL_ERROR SORTING_CENTER_LOST COURIER_SEARCH_NOT_STARTED LOST \
    AWAIT_PAYMENT AWAIT_LAVKA_RESERVATION USER_WANTS_TO_CHANGE_ADDRESS FULL_NOT_RANSOM PRESCRIPTION_MISMATCH DROPOFF_LOST \
    DROPOFF_CLOSED DELIVERY_TO_STORE_STARTED USER_WANTS_TO_CHANGE_DELIVERY_DATE WRONG_ITEM_DELIVERED DAMAGED_BOX \
    AWAIT_DELIVERY_DATES LAST_MILE_COURIER_SEARCH PICKUP_POINT_CLOSED LEGAL_INFO_CHANGED USER_HAS_NO_TIME_TO_PICKUP_ORDER \
    DELIVERY_CUSTOMS_ARRIVED DELIVERY_CUSTOMS_CLEARED FIRST_MILE_DELIVERY_SERVICE_RECEIVED AWAIT_AUTO_DELIVERY_DATES \
    AWAIT_USER_PERSONAL_DATA NO_PERSONAL_DATA_EXPIRED CUSTOMS_PROBLEMS AWAIT_CASHIER WAITING_POSTPAID_BUDGET_RESERVATION \
    AWAIT_SERVICEABLE_CONFIRMATION POSTPAID_BUDGET_RESERVATION_FAILED AWAIT_CUSTOM_PRICE_CONFIRMATION READY_FOR_PICKUP \
    TOO_MANY_DELIVERY_DATE_CHANGES TOO_LONG_DELIVERY DEFERRED_PAYMENT POSTPAID_FAILED INCORRECT_PERSONAL_DATA \
    CUSTOMS_FAILED_MARKET CUSTOMS_FAILED_USER_COMMERCIAL_ITEMS CUSTOMS_FAILED_USER_DUTY_NOT_PAID \
    CUSTOMS_FAILED_USER_INVALID_PERSONAL_DATA CUSTOMS_FAILED_USER_ADDITIONAL_DATA_NOT_PROVIDED AWAIT_PAYMENT_AFTER_DELIVERY \
    AWAIT_USER_STEAM_FAST_URL USER_IDENTIFICATION_MISMATCH PURCHASE_GROUP_THRESHOLD_NOT_REACHED_CANCELLED UNKNOWN";

/// The identifiers of one unit as the seller sent them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Instance {
    /// The marking code, whole, with real separators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cis: Option<String>,
    /// The jewellery number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uin: Option<String>,
    /// The batch number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rnpt: Option<String>,
    /// The declaration number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtd: Option<String>,
    /// The country it was made in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Its number, the one that goes into requests.
    pub id: ItemId,
    /// The seller's article.
    pub offer_id: String,
    /// The product's name.
    pub offer_name: String,
    /// How many units.
    pub count: u32,
    /// The price of one unit, kopecks.
    pub price_kopecks: i64,
    /// The VAT name, `OrderVatType`.
    pub vat: String,
    /// What it asks for; empty for goods without marking.
    pub required_instance_types: Vec<InstanceType>,
    /// The product number sample codes are made with. The Market itself does not tell it.
    pub gtin: String,
    /// The layout of sample codes.
    pub code_layout: CodeLayout,
    /// What has been stored; empty or one per unit.
    pub instances: Vec<Instance>,
    /// Whether it was sold in a promotion, which forbids to remove it.
    #[serde(default)]
    pub promo: bool,
}

impl Item {
    /// Whether the line asks for this identifier.
    pub(super) fn asks(&self, kind: InstanceType) -> bool {
        self.required_instance_types.contains(&kind)
    }

    /// How many units, as a length.
    pub(super) fn units(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }
}

/// A box as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderBox {
    /// Its number.
    pub box_id: BoxId,
    /// What its label says: the number of the order and the place of the box in it.
    pub barcode: String,
    /// What lies in it.
    pub items: Vec<BoxItem>,
}

/// What lies in a box of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BoxItem {
    /// The line.
    pub id: ItemId,
    /// How much of it.
    #[serde(flatten)]
    pub content: Content,
    /// The identifiers of what lies here; empty or one per unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instances: Vec<Instance>,
}

/// How much of a line lies in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Content {
    /// So many whole units.
    FullCount(u32),
    /// One part of one unit.
    PartialCount(Part),
}

/// A part of a unit that does not fit into one box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// Which part, from 1.
    pub current: u32,
    /// Of how many, at least 2.
    pub total: u32,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// Its number.
    pub order_id: OrderId,
    /// Its shop.
    pub campaign_id: CampaignId,
    /// Its number in the seller's system.
    pub external_order_id: Option<String>,
    /// Its model.
    pub program_type: ProgramType,
    /// Its status.
    pub status: OrderStatus,
    /// Its substatus.
    pub substatus: Substatus,
    /// When it was made, milliseconds since the Unix epoch.
    pub created_ms: i64,
    /// When it last changed, milliseconds since the Unix epoch.
    pub updated_ms: i64,
    /// When it is paid.
    pub payment_type: PaymentType,
    /// How it is paid, `paymentMethod`.
    pub payment_method: String,
    /// Who buys.
    pub buyer_type: BuyerType,
    /// Whether it is a test order.
    pub fake: bool,
    /// Whether the buyer asked to cancel.
    pub cancel_requested: bool,
    /// The buyer's words.
    pub notes: Option<String>,
    /// Where it was sold.
    pub source_platform: SourcePlatform,
    /// The day of shipment, in Moscow; none while the delivery of a business order is not agreed.
    #[serde(default, with = "moscow::day")]
    pub shipment_date: Option<Date>,
    /// The day it truly came to the buyer, as a seller who delivers has told it.
    #[serde(default, with = "moscow::day", skip_serializing_if = "Option::is_none")]
    pub real_delivery_date: Option<Date>,
    /// Its lines.
    pub items: Vec<Item>,
    /// The layout of its boxes; empty until one is sent.
    #[serde(default)]
    pub boxes: Vec<OrderBox>,
    /// The verification of the marks it holds, by the whole text of each.
    #[serde(default)]
    pub checks: BTreeMap<String, Check>,
}

impl Order {
    /// The line of this number.
    pub(super) fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Whether its codes are verified in the state system: those of a DBS order are not.
    pub(super) const fn is_verified(&self) -> bool {
        matches!(
            self.program_type,
            ProgramType::Fbs | ProgramType::Express | ProgramType::Laas
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_substatuses_as_documented() {
        assert_eq!(SUBSTATUSES.split_ascii_whitespace().count(), 125);
        assert!(Substatus::try_from("STARTED".to_owned()).is_ok());
        assert!(Substatus::try_from("ENDED".to_owned()).is_err());
    }
}
