//! Orders with their lines and stored identifiers.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    MarketError,
    cabinet::PlacementType,
    codes::{CodeLayout, gtin},
    ids::{CampaignId, ItemId, OrderId},
};
use crate::{
    moscow::{self, DAY_MS},
    wire_enum::wire_enum,
};

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
    /// Its lines.
    pub items: Vec<Item>,
}

/// An order to be created. Everything but the shop has a default.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewOrder {
    /// The shop.
    pub campaign_id: CampaignId,
    /// Its number; given by the sandbox when absent.
    #[serde(default)]
    pub order_id: Option<OrderId>,
    /// Its number in the seller's system; none when absent.
    #[serde(default)]
    pub external_order_id: Option<String>,
    /// Its model; the shop's when absent.
    #[serde(default)]
    pub program_type: Option<ProgramType>,
    /// `PROCESSING` when absent.
    #[serde(default)]
    pub status: Option<OrderStatus>,
    /// `STARTED` when absent.
    #[serde(default)]
    pub substatus: Option<Substatus>,
    /// How long ago it was made, milliseconds; an hour when absent.
    #[serde(default)]
    pub age_ms: Option<i64>,
    /// `PREPAID` when absent.
    #[serde(default)]
    pub payment_type: Option<PaymentType>,
    /// By card, or by invoice for a company, when absent.
    #[serde(default)]
    pub payment_method: Option<String>,
    /// A private person when absent.
    #[serde(default)]
    pub buyer_type: Option<BuyerType>,
    /// Not a test order when absent.
    #[serde(default)]
    pub fake: bool,
    /// Not asked when absent.
    #[serde(default)]
    pub cancel_requested: bool,
    /// The buyer's words.
    #[serde(default)]
    pub notes: Option<String>,
    /// The Market when absent.
    #[serde(default)]
    pub source_platform: Option<SourcePlatform>,
    /// The day of shipment in Moscow; tomorrow when absent.
    #[serde(default, with = "moscow::day")]
    pub shipment_date: Option<Date>,
    /// A business order whose delivery is not agreed has no day of shipment.
    #[serde(default)]
    pub no_shipment_date: bool,
    /// Its lines; one marked line of one unit when absent.
    #[serde(default)]
    pub items: Vec<NewItem>,
}

impl NewOrder {
    /// An order of a shop with every default.
    pub const fn of(campaign_id: CampaignId) -> Self {
        Self {
            campaign_id,
            order_id: None,
            external_order_id: None,
            program_type: None,
            status: None,
            substatus: None,
            age_ms: None,
            payment_type: None,
            payment_method: None,
            buyer_type: None,
            fake: false,
            cancel_requested: false,
            notes: None,
            source_platform: None,
            shipment_date: None,
            no_shipment_date: false,
            items: Vec::new(),
        }
    }

    /// Adds a line.
    #[must_use]
    pub fn item(mut self, item: NewItem) -> Self {
        self.items.push(item);
        self
    }

    /// Sets status and substatus.
    #[must_use]
    pub fn status(mut self, status: OrderStatus, substatus: Substatus) -> Self {
        self.status = Some(status);
        self.substatus = Some(substatus);
        self
    }
}

/// A line to be created. Everything has a default.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewItem {
    /// Its number; given by the sandbox when absent.
    #[serde(default)]
    pub id: Option<ItemId>,
    /// The seller's article.
    #[serde(default)]
    pub offer_id: Option<String>,
    /// The product's name.
    #[serde(default)]
    pub offer_name: Option<String>,
    /// How many units; one when absent.
    #[serde(default)]
    pub count: Option<u32>,
    /// The price of one unit, kopecks.
    #[serde(default)]
    pub price_kopecks: Option<i64>,
    /// `VAT_22` when absent.
    #[serde(default)]
    pub vat: Option<String>,
    /// What it asks for; `CIS` when absent, nothing when empty.
    #[serde(default)]
    pub required_instance_types: Option<Vec<InstanceType>>,
    /// The product number; made by the sandbox when absent.
    #[serde(default)]
    pub gtin: Option<String>,
    /// `LONG` when absent.
    #[serde(default)]
    pub code_layout: Option<CodeLayout>,
    /// What has been stored already.
    #[serde(default)]
    pub instances: Vec<Instance>,
}

impl NewItem {
    /// A line that asks for a marking code for each unit.
    pub fn marked(offer_name: &str, count: u32) -> Self {
        Self::asking(offer_name, count, &[InstanceType::Cis])
    }

    /// A line without marking.
    pub fn plain(offer_name: &str, count: u32) -> Self {
        Self::asking(offer_name, count, &[])
    }

    /// A line that asks for these identifiers.
    pub fn asking(offer_name: &str, count: u32, types: &[InstanceType]) -> Self {
        Self {
            offer_name: Some(offer_name.to_owned()),
            count: Some(count),
            required_instance_types: Some(types.to_vec()),
            ..Self::default()
        }
    }
}

/// What to change in an order; what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderChange {
    /// New status.
    #[serde(default)]
    pub status: Option<OrderStatus>,
    /// New substatus.
    #[serde(default)]
    pub substatus: Option<Substatus>,
    /// New day of shipment.
    #[serde(default, with = "moscow::day")]
    pub shipment_date: Option<Date>,
    /// Whether the buyer asked to cancel.
    #[serde(default)]
    pub cancel_requested: Option<bool>,
    /// New lines instead of all the old ones.
    #[serde(default)]
    pub items: Option<Vec<NewItem>>,
}

impl Order {
    /// Makes an order of what was said and the defaults.
    pub(super) fn create(
        order_id: OrderId,
        new: NewOrder,
        placement: PlacementType,
        now_ms: i64,
        mut next_id: impl FnMut() -> i64,
    ) -> Result<Self, MarketError> {
        const HOUR_MS: i64 = 3_600_000;
        let buyer_type = new.buyer_type.unwrap_or(BuyerType::Person);
        let created_ms = now_ms - new.age_ms.unwrap_or(HOUR_MS);
        let items = if new.items.is_empty() {
            vec![NewItem::default()]
        } else {
            new.items
        };
        let default_shipment = (!new.no_shipment_date).then(|| moscow::date(now_ms + DAY_MS));
        Ok(Self {
            order_id,
            campaign_id: new.campaign_id,
            external_order_id: new.external_order_id,
            program_type: new.program_type.unwrap_or(match placement {
                PlacementType::Fbs => ProgramType::Fbs,
                PlacementType::Fby => ProgramType::Fby,
                PlacementType::Dbs => ProgramType::Dbs,
                PlacementType::Laas => ProgramType::Laas,
            }),
            status: new.status.unwrap_or(OrderStatus::Processing),
            substatus: new.substatus.unwrap_or_else(Substatus::started),
            created_ms,
            updated_ms: created_ms,
            payment_type: new.payment_type.unwrap_or(PaymentType::Prepaid),
            payment_method: new.payment_method.unwrap_or_else(|| {
                match buyer_type {
                    BuyerType::Person => "YANDEX",
                    BuyerType::Business => "B2B_ACCOUNT_PREPAYMENT",
                }
                .to_owned()
            }),
            buyer_type,
            fake: new.fake,
            cancel_requested: new.cancel_requested,
            notes: new.notes,
            source_platform: new.source_platform.unwrap_or(SourcePlatform::Market),
            shipment_date: new.shipment_date.or(default_shipment),
            items: lines(items, &mut next_id)?,
        })
    }

    /// Applies a change and notes its time.
    pub(super) fn apply(
        &mut self,
        change: OrderChange,
        now_ms: i64,
        mut next_id: impl FnMut() -> i64,
    ) -> Result<(), MarketError> {
        if let Some(items) = change.items {
            self.items = lines(items, &mut next_id)?;
        }
        if let Some(status) = change.status {
            self.status = status;
        }
        if let Some(substatus) = change.substatus {
            self.substatus = substatus;
        }
        if let Some(cancel_requested) = change.cancel_requested {
            self.cancel_requested = cancel_requested;
        }
        if change.shipment_date.is_some() {
            self.shipment_date = change.shipment_date;
        }
        self.updated_ms = now_ms;
        Ok(())
    }
}

fn lines(new: Vec<NewItem>, next_id: &mut impl FnMut() -> i64) -> Result<Vec<Item>, MarketError> {
    let mut items: Vec<Item> = Vec::with_capacity(new.len());
    for line in new {
        let item = Item::create(line, next_id)?;
        if items.iter().any(|known| known.id == item.id) {
            return Err(MarketError::Taken(format!("the line {}", item.id)));
        }
        items.push(item);
    }
    Ok(items)
}

impl Item {
    fn create(new: NewItem, next_id: &mut impl FnMut() -> i64) -> Result<Self, MarketError> {
        let id = new.id.unwrap_or_else(|| ItemId(next_id()));
        let count = new.count.unwrap_or(1);
        if count == 0 {
            return Err(MarketError::Impossible(format!(
                "the line {id} has no units"
            )));
        }
        if !new.instances.is_empty() && u32::try_from(new.instances.len()) != Ok(count) {
            return Err(MarketError::Impossible(format!(
                "the line {id} has {count} units and identifiers of {}",
                new.instances.len()
            )));
        }
        Ok(Self {
            id,
            offer_id: new.offer_id.unwrap_or_else(|| format!("SKU-{id}")),
            offer_name: new
                .offer_name
                .unwrap_or_else(|| "Тапочки войлочные".to_owned()),
            count,
            price_kopecks: new.price_kopecks.unwrap_or(149_000),
            vat: new.vat.unwrap_or_else(|| "VAT_22".to_owned()),
            required_instance_types: new
                .required_instance_types
                .unwrap_or_else(|| vec![InstanceType::Cis]),
            gtin: new.gtin.unwrap_or_else(|| gtin(id.0)),
            code_layout: new.code_layout.unwrap_or(CodeLayout::Long),
            instances: new.instances,
        })
    }

    /// Whether the line asks for this identifier.
    pub(super) fn asks(&self, kind: InstanceType) -> bool {
        self.required_instance_types.contains(&kind)
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
