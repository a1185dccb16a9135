//! A marketplace as the rules see it.

pub use super::call::CallError;
use crate::{
    boxes::{Coverage, Layout},
    connection::ShopFacts,
    identifiers::UnitIdentifiers,
    ids::{BusinessId, CampaignId, MarketItemId, MarketOrderId},
    marketplace::{KeyScope, MarketOrder, OrderStatus, StoredBox},
    returns::MarketReturn,
    submission::LineInstances,
    time::Timestamp,
    verification::LineVerification,
};
use async_trait::async_trait;
use secrecy::SecretString;

/// What `auth/token` says of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyInfo {
    /// Its name in the cabinet.
    pub name: String,
    /// Its scopes.
    pub scopes: Vec<KeyScope>,
}

/// Which orders to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderQuery {
    /// These orders only (at most 50).
    pub orders: Vec<MarketOrderId>,
    /// Of these shops only (at most 50).
    pub campaigns: Vec<CampaignId>,
    /// Changed at or after this moment.
    pub updated_from: Option<Timestamp>,
    /// Changed before this moment; at most 30 days after `updated_from`.
    pub updated_to: Option<Timestamp>,
    /// Made between these moments, give or take a day; at most 26 days apart. Without it the marketplace looks no
    /// further back than 30 days, whatever orders are named.
    pub created: Option<(Timestamp, Timestamp)>,
    /// Test orders of the marketplace itself.
    pub fake: bool,
}

/// One page of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrdersPage {
    /// At most 50.
    pub orders: Vec<MarketOrder>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// A line with the identifiers of its units, as it is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIdentifiers {
    /// The line's id in the marketplace.
    pub item: MarketItemId,
    /// One entry a unit.
    pub units: Vec<UnitIdentifiers>,
}

/// A country of the marketplace's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    /// Its Russian name.
    pub name: String,
}

/// A step of an order that the shop takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusStep {
    /// The order.
    pub order: MarketOrderId,
    /// Where it goes.
    pub status: OrderStatus,
    /// With which substatus, e.g. `READY_TO_SHIP`.
    pub substatus: Option<String>,
}

/// What became of one step of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepOutcome {
    /// The order.
    pub order: MarketOrderId,
    /// Their words when they did not take it: `errorDetails`, as they wrote it.
    pub refusal: Option<String>,
}

/// The size of the sheet that labels are drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabelFormat {
    /// 58 × 40 mm, the text along the long side.
    A9Horizontally,
    /// 58 × 40 mm.
    A9,
    /// 75 × 120 mm, the marketplace's own default.
    #[default]
    A7,
    /// Several labels on an office sheet.
    A4,
}

impl LabelFormat {
    /// The marketplace's own word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A9Horizontally => "A9_HORIZONTALLY",
            Self::A9 => "A9",
            Self::A7 => "A7",
            Self::A4 => "A4",
        }
    }
}

/// Which returns to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnQuery {
    /// Of these orders only (at most 50).
    pub orders: Vec<MarketOrderId>,
    /// Changed on this day (in Moscow) or later.
    pub from: Option<Timestamp>,
}

/// One page of returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnsPage {
    /// At most 100.
    pub returns: Vec<MarketReturn>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// What the catalogue says of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferFacts {
    /// The seller's article.
    pub offer_id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its bar codes as written: GTIN, EAN, UPC and what else a seller put there.
    pub barcodes: Vec<String>,
}

/// Yandex Market, as far as the rules need it.
#[async_trait]
pub trait Market: Send + Sync {
    /// What a key is (`POST v2/auth/token`).
    async fn key_info(&self, key: &SecretString) -> Result<KeyInfo, CallError>;

    /// Every shop that a key sees (`GET v2/campaigns`, all pages).
    async fn shops(&self, key: &SecretString) -> Result<Vec<ShopFacts>, CallError>;

    /// One page of orders (`POST v1/businesses/{id}/orders`).
    async fn orders(
        &self,
        key: &SecretString,
        business: BusinessId,
        query: &OrderQuery,
        page: Option<&str>,
    ) -> Result<OrdersPage, CallError>;

    /// The exact body of a sending, made once. Stored, sent and compared as these bytes.
    fn identifiers_body(&self, lines: &[LineIdentifiers]) -> Result<Vec<u8>, CallError>;

    /// The instances that a body made by [`Market::identifiers_body`] says, for comparing with what they hold.
    fn instances_of_body(&self, body: &[u8]) -> Result<Vec<LineInstances>, CallError>;

    /// Sends a stored body (`PUT v2/campaigns/{c}/orders/{o}/identifiers`): attempted once, never repeated here.
    /// `None` is a 200 without its `result`: to be confirmed by reading the order.
    async fn put_identifiers(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        order: MarketOrderId,
        body: &[u8],
    ) -> Result<Option<Vec<LineInstances>>, CallError>;

    /// The countries that a unit may be made in (`POST v2/regions/countries`), cached by the client for a day.
    async fn countries(&self, key: &SecretString) -> Result<Vec<Country>, CallError>;

    /// The exact body of a layout of boxes, made once. `allowRemove` is said only when the layout removes
    /// something.
    fn boxes_body(&self, layout: &Layout) -> Result<Vec<u8>, CallError>;

    /// The boxes that a body made by [`Market::boxes_body`] says, for holding them against the order.
    fn boxes_of_body(&self, body: &[u8]) -> Result<Vec<StoredBox>, CallError>;

    /// Sends a stored layout (`PUT v2/campaigns/{c}/orders/{o}/boxes`): attempted once, never repeated here. It
    /// asks for the proof that nothing is removed by accident. `None` is a 200 without its `result`.
    async fn put_boxes(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        order: MarketOrderId,
        body: &[u8],
        coverage: &Coverage,
    ) -> Result<Option<Vec<StoredBox>>, CallError>;

    /// What their verification says of an order's marks (`POST …/identifiers/status`; FBS, Express, `LaaS`).
    async fn verification(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        order: MarketOrderId,
    ) -> Result<Vec<LineVerification>, CallError>;

    /// Takes one step (`PUT …/orders/{o}/status`): attempted once, never repeated here.
    async fn set_status(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        step: &StatusStep,
    ) -> Result<(), CallError>;

    /// Takes up to 30 steps in one call (`POST …/orders/status-update`): attempted once, never repeated here. An
    /// order that the answer does not name is not among the outcomes: its fate is found out by reading it.
    async fn set_statuses(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        steps: &[StatusStep],
    ) -> Result<Vec<StepOutcome>, CallError>;

    /// The labels of an order's boxes as a PDF (`GET …/orders/{o}/delivery/labels`). Before a layout is stored the
    /// marketplace refuses with 404.
    async fn labels(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        order: MarketOrderId,
        format: LabelFormat,
    ) -> Result<Vec<u8>, CallError>;

    /// One page of returns (`GET v2/campaigns/{c}/returns`).
    async fn returns(
        &self,
        key: &SecretString,
        campaign: CampaignId,
        query: &ReturnQuery,
        page: Option<&str>,
    ) -> Result<ReturnsPage, CallError>;

    /// What the catalogue says of offers (`POST v2/businesses/{b}/offer-mappings`), at most 100 articles a call.
    /// A key without a right to the catalogue is refused with 403.
    async fn offers(
        &self,
        key: &SecretString,
        business: BusinessId,
        articles: &[String],
    ) -> Result<Vec<OfferFacts>, CallError>;
}
