#![doc = include_str!("../README.md")]

mod answer;
mod auth_token;
mod boxes;
mod budget;
mod campaigns;
mod client;
mod countries;
mod identifiers;
mod instance;
mod labels;
mod meter;
mod moscow;
mod offers;
mod orders;
mod paging;
mod places;
mod returns;
mod settings;
mod status;
mod status_update;
mod transport;
mod verification;

pub use settings::{PRODUCTION_URL, Settings, SetupError};

use async_trait::async_trait;
use client::Client;
use countries::CountryCache;
use desk::{
    boxes::{Coverage, Layout},
    connection::ShopFacts,
    ids::{BusinessId, CampaignId, MarketOrderId},
    marketplace::StoredBox,
    server::ports::{
        clock::{Clock, Entropy},
        limits::Limits,
        market::{
            CallError, Country, KeyInfo, LabelFormat, LineIdentifiers, Market, OfferFacts,
            OrderQuery, OrdersPage, ReturnQuery, ReturnsPage, StatusStep, StepOutcome,
        },
    },
    submission::LineInstances,
    verification::LineVerification,
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

    fn boxes_body(&self, layout: &Layout) -> Result<Vec<u8>, CallError> {
        boxes::body(layout)
    }

    fn boxes_of_body(&self, body: &[u8]) -> Result<Vec<StoredBox>, CallError> {
        boxes::boxes_of_body(body)
    }

    async fn put_boxes(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        order: MarketOrderId,
        body: &[u8],
        _covered: &Coverage,
    ) -> Result<Option<Vec<StoredBox>>, CallError> {
        boxes::put(&self.client, key, campaign, order, body).await
    }

    async fn verification(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        order: MarketOrderId,
    ) -> Result<Vec<LineVerification>, CallError> {
        verification::of_order(&self.client, key, campaign, order).await
    }

    async fn set_status(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        step: &StatusStep,
    ) -> Result<(), CallError> {
        status::set(&self.client, key, campaign, step).await
    }

    async fn set_statuses(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        steps: &[StatusStep],
    ) -> Result<Vec<StepOutcome>, CallError> {
        status_update::set(&self.client, key, campaign, steps).await
    }

    async fn labels(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        order: MarketOrderId,
        format: LabelFormat,
    ) -> Result<Vec<u8>, CallError> {
        labels::file(&self.client, key, campaign, order, format).await
    }

    async fn returns(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        query: &ReturnQuery,
        page: Option<&str>,
    ) -> Result<ReturnsPage, CallError> {
        returns::page(&self.client, key, campaign, query, page).await
    }

    async fn offers(
        &self,
        key: &SecretString,
        business: BusinessId,
        articles: &[String],
    ) -> Result<Vec<OfferFacts>, CallError> {
        offers::of_articles(&self.client, key, business, articles).await
    }
}
