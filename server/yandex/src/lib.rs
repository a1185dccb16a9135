#![doc = include_str!("../README.md")]

mod answer;
mod auth_token;
mod budget;
mod campaigns;
mod client;
mod countries;
mod identifiers;
mod moscow;
mod orders;
mod places;
mod settings;

pub use settings::{PRODUCTION_URL, Settings, SetupError};

use async_trait::async_trait;
use client::Client;
use countries::CountryCache;
use desk::{
    connection::ShopFacts,
    ids::{BusinessId, CampaignId, MarketOrderId},
    server::ports::{
        clock::{Clock, Entropy},
        limits::Limits,
        market::{CallError, Country, KeyInfo, LineIdentifiers, Market, OrderQuery, OrdersPage},
    },
    submission::LineInstances,
};
use secrecy::SecretString;
use std::sync::Arc;

/// Yandex Market, spoken to over HTTP.
///
/// One object serves every key and every shop: the key comes with each call, limits are counted per account.
pub struct YandexMarket {
    client: Client,
    countries: CountryCache,
}

impl YandexMarket {
    /// Makes the client; nothing is sent yet.
    ///
    /// The entropy only spreads pauses, so that callers who met a limit together do not come back together.
    pub fn new(
        settings: &Settings,
        limits: Arc<dyn Limits>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, SetupError> {
        Ok(Self {
            client: Client::new(settings, limits, clock, entropy)?,
            countries: CountryCache::default(),
        })
    }
}

#[async_trait]
impl Market for YandexMarket {
    async fn key_info(&self, key: &SecretString) -> Result<KeyInfo, CallError> {
        auth_token::key_info(&self.client, key).await
    }

    async fn shops(&self, key: &SecretString) -> Result<Vec<ShopFacts>, CallError> {
        campaigns::shops(&self.client, key).await
    }

    async fn orders(
        &self,
        key: &SecretString,
        business: BusinessId,
        query: &OrderQuery,
        page: Option<&str>,
    ) -> Result<OrdersPage, CallError> {
        orders::page(&self.client, key, business, query, page).await
    }

    fn identifiers_body(&self, lines: &[LineIdentifiers]) -> Result<Vec<u8>, CallError> {
        identifiers::body(lines)
    }

    fn instances_of_body(&self, body: &[u8]) -> Result<Vec<LineInstances>, CallError> {
        identifiers::instances_of_body(body)
    }

    async fn put_identifiers(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        order: MarketOrderId,
        body: &[u8],
    ) -> Result<Option<Vec<LineInstances>>, CallError> {
        identifiers::put(&self.client, key, campaign, order, body).await
    }

    async fn countries(&self, key: &SecretString) -> Result<Vec<Country>, CallError> {
        self.countries.get(&self.client, key).await
    }
}
