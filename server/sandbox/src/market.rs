//! The Yandex Market Partner API as this sandbox reads its documentation.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/>.

pub mod cabinet;
mod cis_pattern;
pub mod codes;
mod countries;
pub mod demo;
mod fields;
mod front;
mod identifiers;
pub mod ids;
pub mod limits;
mod listing;
pub mod order;
mod page;
pub(crate) mod refusal;
mod route;
mod wire;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use cabinet::{ApiKey, ApiKeyRecord, Cabinet, Campaign, CampaignChange, KeyChange, NewCabinet};
use ids::{BusinessId, CampaignId, OrderId};
use limits::Limits;
use order::{NewOrder, Order, OrderChange};

pub(crate) use front::{account, answer, parallel_refusal, rate_refusal};
pub(crate) use route::campaign_of;

/// Everything the Market remembers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Market {
    /// The cabinets with their keys and shops.
    pub cabinets: Vec<Cabinet>,
    /// The orders of all shops.
    pub orders: BTreeMap<OrderId, Order>,
    /// How many requests are allowed.
    pub limits: Limits,
    last_id: i64,
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

    /// Creates a cabinet with its keys and shops.
    pub fn create_cabinet(&mut self, new: NewCabinet) -> Result<&Cabinet, MarketError> {
        let business_id = match new.business_id {
            Some(id) => id,
            None => BusinessId(self.next_id()),
        };
        if self.cabinet(business_id).is_some() {
            return Err(MarketError::Taken(format!("the cabinet {business_id}")));
        }
        let mut cabinet = Cabinet {
            business_id,
            name: new.name,
            keys: Vec::new(),
            campaigns: Vec::new(),
        };
        for key in new.keys {
            let text = match key.key {
                Some(text) => text,
                None => ApiKey::generate(self.next_id()),
            };
            let twice = cabinet.keys.iter().any(|known| known.name == key.name);
            if twice || self.key(text.reveal()).is_some() {
                return Err(MarketError::Taken(format!("the key «{}»", key.name)));
            }
            cabinet.keys.push(ApiKeyRecord {
                name: key.name,
                key: text,
                scopes: key.scopes,
                revoked: false,
            });
        }
        for campaign in new.campaigns {
            let id = match campaign.id {
                Some(id) => id,
                None => CampaignId(self.next_id()),
            };
            if self.campaign(id).is_some() {
                return Err(MarketError::Taken(format!("the campaign {id}")));
            }
            cabinet.campaigns.push(Campaign {
                id,
                domain: campaign.domain,
                placement_type: campaign.placement_type,
                api_availability: campaign.api_availability,
            });
        }
        self.cabinets.push(cabinet);
        self.cabinet(business_id)
            .ok_or(MarketError::NoCabinet(business_id))
    }

    /// Changes a key found by its name.
    pub fn change_key(
        &mut self,
        business: BusinessId,
        name: &str,
        change: KeyChange,
    ) -> Result<&ApiKeyRecord, MarketError> {
        let record = self
            .cabinets
            .iter_mut()
            .find(|known| known.business_id == business)
            .ok_or(MarketError::NoCabinet(business))?
            .keys
            .iter_mut()
            .find(|known| known.name == name)
            .ok_or_else(|| MarketError::NoKey(business, name.to_owned()))?;
        if let Some(scopes) = change.scopes {
            record.scopes = scopes;
        }
        if let Some(revoked) = change.revoked {
            record.revoked = revoked;
        }
        Ok(record)
    }

    /// Changes a shop.
    pub fn change_campaign(
        &mut self,
        id: CampaignId,
        change: CampaignChange,
    ) -> Result<&Campaign, MarketError> {
        let campaign = self
            .cabinets
            .iter_mut()
            .flat_map(|cabinet| &mut cabinet.campaigns)
            .find(|known| known.id == id)
            .ok_or(MarketError::NoCampaign(id))?;
        if let Some(domain) = change.domain {
            campaign.domain = domain;
        }
        if let Some(placement_type) = change.placement_type {
            campaign.placement_type = placement_type;
        }
        if let Some(api_availability) = change.api_availability {
            campaign.api_availability = api_availability;
        }
        Ok(campaign)
    }

    /// Creates an order; what is not said gets a sensible default.
    pub fn create_order(&mut self, new: NewOrder, now_ms: i64) -> Result<&Order, MarketError> {
        let (_, campaign) = self
            .campaign(new.campaign_id)
            .ok_or(MarketError::NoCampaign(new.campaign_id))?;
        let placement = campaign.placement_type;
        let id = match new.order_id {
            Some(id) => id,
            None => OrderId(self.next_id()),
        };
        if self.orders.contains_key(&id) {
            return Err(MarketError::Taken(format!("the order {id}")));
        }
        let order = Order::create(id, new, placement, now_ms, || self.next_id())?;
        Ok(self.orders.entry(id).or_insert(order))
    }

    /// Changes an order and its update date.
    pub fn change_order(
        &mut self,
        id: OrderId,
        change: OrderChange,
        now_ms: i64,
    ) -> Result<&Order, MarketError> {
        let mut changed = self
            .orders
            .get(&id)
            .ok_or(MarketError::NoOrder(id))?
            .clone();
        changed.apply(change, now_ms, || self.next_id())?;
        self.orders.insert(id, changed);
        self.orders.get(&id).ok_or(MarketError::NoOrder(id))
    }

    /// Deletes an order.
    pub fn delete_order(&mut self, id: OrderId) -> Result<(), MarketError> {
        self.orders
            .remove(&id)
            .map(|_| ())
            .ok_or(MarketError::NoOrder(id))
    }
}
