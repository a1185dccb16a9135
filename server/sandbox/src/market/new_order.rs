//! Orders to be created or changed from outside of the Market: by the control API, a test, the demo.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    MarketError,
    cabinet::PlacementType,
    codes::{CodeLayout, gtin},
    ids::{CampaignId, ItemId, OrderId},
    order::{
        BuyerType, Instance, InstanceType, Item, Order, OrderStatus, PaymentType, ProgramType,
        SourcePlatform, Substatus,
    },
};
use crate::moscow::{self, DAY_MS};

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
    /// Not sold in a promotion when absent.
    #[serde(default)]
    pub promo: bool,
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
            real_delivery_date: None,
            items: lines(items, &mut next_id)?,
            boxes: Vec::new(),
            checks: BTreeMap::new(),
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
            // A layout of lines that are no more means nothing.
            self.boxes.clear();
            self.sync_checks(now_ms);
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
            promo: new.promo,
        })
    }
}
