//! The Yandex Market Partner API as this sandbox reads its documentation.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/>.

mod access;
mod boxes;
pub mod cabinet;
mod cabinets;
mod campaigns;
mod cis_pattern;
pub mod codes;
mod controls;
mod countries;
pub mod demo;
mod demo_goods;
pub mod events;
mod fields;
mod front;
mod identifiers;
mod identifiers_status;
pub mod ids;
mod instances;
pub mod labels;
mod layout;
pub mod limits;
mod listing;
mod new_order;
mod offers;
pub mod order;
mod orders;
mod page;
mod pdf;
pub(crate) mod refusal;
pub mod return_record;
mod returns;
mod route;
mod seller;
mod status;
mod transitions;
pub mod verification;
mod verifier;
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{crpt::demo::DEMO_INN, post::Subscription};
use cabinet::{ApiKeyRecord, Cabinet, Campaign};
use events::{Event, OrderUpdateType};
use ids::{BusinessId, CampaignId, OrderId, ReturnId};
use limits::Limits;
use order::{NewOrder, Order, OrderChange};
use return_record::Return;
use verification::Verification;

pub use offers::{Offer, Offers};
pub use orders::Orders;

pub(crate) use front::{account, answer, parallel_refusal, rate_refusal};
pub(crate) use route::{campaign_of, written_order};

/// Everything the Market remembers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Market {
    /// The cabinets with their keys and shops.
    pub cabinets: Vec<Cabinet>,
    /// The orders of all shops.
    pub orders: Orders,
    /// What came back.
    #[serde(default)]
    pub returns: BTreeMap<ReturnId, Return>,
    /// The goods of the cabinets.
    #[serde(default)]
    pub offers: BTreeMap<BusinessId, Offers>,
    /// How marks are verified.
    #[serde(default)]
    pub verification: Verification,
    /// Who is told of what happens.
    #[serde(default)]
    pub subscriptions: Vec<Subscription>,
    /// The marks verification has rejected: sample codes leave them out.
    #[serde(default)]
    pub(crate) rejected: BTreeSet<String>,
    /// How many requests are allowed.
    pub limits: Limits,
    last_id: i64,
    /// What has happened and nobody has been told of yet.
    #[serde(skip)]
    events: Vec<Event>,
}

/// A change of the Market's world that cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MarketError {
    /// There is no such cabinet.
    #[error("there is no cabinet {0}")]
    NoCabinet(BusinessId),
    /// There is no such shop.
    #[error("there is no campaign {0}")]
    NoCampaign(CampaignId),
    /// There is no such order.
    #[error("there is no order {0}")]
    NoOrder(OrderId),
    /// There is no such return.
    #[error("there is no return {0}")]
    NoReturn(ReturnId),
    /// There is no such subscription to notifications.
    #[error("there is no subscription {0}")]
    NoSubscription(i64),
    /// The cabinet has no key of this name.
    #[error("the cabinet {0} has no key «{1}»")]
    NoKey(BusinessId, String),
    /// The number or key is taken.
    #[error("{0} is already taken")]
    Taken(String),
    /// The order cannot look like this.
    #[error("{0}")]
    Impossible(String),
}

/// Numbers the sandbox gives out itself begin above this, so they look like the Market's own.
const FIRST_ID: i64 = 48_600_000;

impl Market {
    /// Gives out the next free number.
    pub(crate) fn next_id(&mut self) -> i64 {
        self.last_id = self.last_id.max(FIRST_ID) + 1;
        self.last_id
    }

    /// The shop and its cabinet.
    pub fn campaign(&self, id: CampaignId) -> Option<(&Cabinet, &Campaign)> {
        self.cabinets.iter().find_map(|cabinet| {
            let campaign = cabinet.campaigns.iter().find(|known| known.id == id)?;
            Some((cabinet, campaign))
        })
    }

    /// ИНН of a shop's seller.
    pub(crate) fn inn_of(&self, id: CampaignId) -> Option<String> {
        self.campaign(id)?.0.inn.clone()
    }

    /// The cabinet of this number.
    pub fn cabinet(&self, id: BusinessId) -> Option<&Cabinet> {
        self.cabinets.iter().find(|known| known.business_id == id)
    }

    /// The cabinet a key belongs to, and what is known of the key.
    pub fn key(&self, key: &str) -> Option<(&Cabinet, &ApiKeyRecord)> {
        self.cabinets.iter().find_map(|cabinet| {
            let record = cabinet
                .keys
                .iter()
                .find(|known| known.key.reveal() == key)?;
            Some((cabinet, record))
        })
    }

    /// Creates an order; what is not said gets a sensible default.
    pub fn create_order(&mut self, new: NewOrder, now_ms: i64) -> Result<&Order, MarketError> {
        let (cabinet, campaign) = self
            .campaign(new.campaign_id)
            .ok_or(MarketError::NoCampaign(new.campaign_id))?;
        let (business, placement) = (cabinet.business_id, campaign.placement_type);
        let id = match new.order_id {
            Some(id) => id,
            None => OrderId(self.next_id()),
        };
        if self.orders.contains_key(&id) {
            return Err(MarketError::Taken(format!("the order {id}")));
        }
        let mut order = Order::create(id, new, placement, now_ms, || self.next_id())?;
        order.sync_checks(now_ms);
        self.events.push(Event::created(&order));
        self.learn_offers(business, &order);
        self.orders.insert(order);
        self.orders.get(&id).ok_or(MarketError::NoOrder(id))
    }

    /// Notes the offers an order was made from; an offer that is known stays as it is.
    fn learn_offers(&mut self, business: BusinessId, order: &Order) {
        let offers = self.offers.entry(business).or_default();
        for item in &order.items {
            if !offers.contains_key(&item.offer_id) {
                offers.insert(item.offer_id.clone(), Offer::of_item(item));
            }
        }
    }

    /// Brings a world read from an older file up to date: it knows neither offers nor the newer limits.
    pub(crate) fn complete(&mut self) {
        self.limits.complete();
        let of_demo = |one: &&mut Cabinet| one.business_id == demo::DEMO_BUSINESS;
        if let Some(cabinet) = self.cabinets.iter_mut().find(of_demo) {
            cabinet.inn.get_or_insert_with(|| DEMO_INN.to_owned());
        }
        if self.offers.is_empty() {
            let orders: Vec<Order> = self.orders.values().cloned().collect();
            for order in &orders {
                let owner = self.campaign(order.campaign_id);
                if let Some(business) = owner.map(|(cabinet, _)| cabinet.business_id) {
                    self.learn_offers(business, order);
                }
            }
        }
    }

    /// Changes an order and its update date.
    pub fn change_order(
        &mut self,
        id: OrderId,
        change: OrderChange,
        now_ms: i64,
    ) -> Result<&Order, MarketError> {
        let before = self
            .orders
            .get(&id)
            .ok_or(MarketError::NoOrder(id))?
            .clone();
        let mut changed = before.clone();
        changed.apply(change, now_ms, || self.next_id())?;
        if (changed.status, &changed.substatus) != (before.status, &before.substatus) {
            self.events.push(Event::status(&changed));
        }
        if changed.shipment_date != before.shipment_date {
            let what = OrderUpdateType::ShipmentDate;
            self.events.push(Event::updated(&changed, what));
        }
        if changed.items != before.items {
            let what = OrderUpdateType::Unknown;
            self.events.push(Event::updated(&changed, what));
        }
        self.orders.insert(changed);
        self.orders.get(&id).ok_or(MarketError::NoOrder(id))
    }

    /// Deletes an order.
    pub fn delete_order(&mut self, id: OrderId) -> Result<(), MarketError> {
        self.orders
            .remove(id)
            .map(|_| ())
            .ok_or(MarketError::NoOrder(id))
    }

    /// Takes out what has happened since it was asked last.
    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }
}
