//! `POST /v2/businesses/{businessId}/offer-mappings`: the goods of a cabinet with their barcodes.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-assortment/getOfferMappings>.

use std::{collections::BTreeMap, ops::Bound};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Market,
    cabinet::Cabinet,
    fields::Field,
    order::Item,
    page::{self, Query},
    refusal::Refusal,
    wire,
};

/// The most offers on a page; a larger `limit` is cut silently.
const PAGE: usize = 100;

/// The most offers that may be asked for by name.
const MOST_NAMED: usize = 200;

/// An offer of a cabinet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The seller's article.
    pub offer_id: String,
    /// Its name.
    pub name: String,
    /// Its barcodes.
    #[serde(default)]
    pub barcodes: Vec<String>,
    /// The price of one unit, kopecks.
    #[serde(default)]
    pub price_kopecks: i64,
    /// Whether it is out of the shop window.
    #[serde(default)]
    pub archived: bool,
}

/// The offers of a cabinet by their articles.
pub type Offers = BTreeMap<String, Offer>;

impl Offer {
    /// The offer a line was ordered from. Thirteen digits are how a barcode of a single item is written.
    pub(super) fn of_item(item: &Item) -> Self {
        let barcode = item.gtin.strip_prefix('0').unwrap_or(&item.gtin);
        Self {
            offer_id: item.offer_id.clone(),
            name: item.offer_name.clone(),
            barcodes: vec![barcode.to_owned()],
            price_kopecks: item.price_kopecks,
            archived: false,
        }
    }
}

/// One page of a cabinet's offers, or the named ones without paging.
pub(super) fn answer(
    market: &Market,
    cabinet: &Cabinet,
    query: &Query,
    body: &Value,
) -> Result<Value, Refusal> {
    let root = Field::root(body);
    let named: Option<Vec<String>> = root.member("offerIds")?.filter(MOST_NAMED)?;
    let archived: bool = root.member("archived")?.read()?.unwrap_or(false);
    let limit = query.limit()?.unwrap_or(PAGE).min(PAGE);
    let behind = query.text_token()?;
    let none = Offers::new();
    let offers = market.offers.get(&cabinet.business_id).unwrap_or(&none);
    let (found, next) = match named {
        Some(named) => {
            let found = named.iter().filter_map(|id| offers.get(id)).collect();
            (found, None)
        }
        None => page_of(offers, behind, archived, limit),
    };
    let paging = next.map_or_else(
        || json!({}),
        |last| json!({ "nextPageToken": page::text_token(&last) }),
    );
    let mappings: Vec<Value> = found
        .into_iter()
        .map(|offer| json!({ "offer": dto(cabinet, offer), "mapping": {} }))
        .collect();
    Ok(json!({ "status": "OK", "result": { "paging": paging, "offerMappings": mappings } }))
}

fn page_of(
    offers: &Offers,
    behind: Option<String>,
    archived: bool,
    limit: usize,
) -> (Vec<&Offer>, Option<String>) {
    let from = behind.map_or(Bound::Unbounded, Bound::Excluded);
    let mut found: Vec<&Offer> = offers
        .range::<String, _>((from, Bound::Unbounded))
        .map(|(_, offer)| offer)
        .filter(|offer| offer.archived == archived)
        .take(limit.saturating_add(1))
        .collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more);
    let next = next.map(|last| last.offer_id.clone());
    (found, next)
}

/// `GetOfferDTO`.
fn dto(cabinet: &Cabinet, offer: &Offer) -> Value {
    let campaigns: Vec<Value> = cabinet
        .campaigns
        .iter()
        .map(|campaign| json!({ "campaignId": campaign.id, "status": "PUBLISHED" }))
        .collect();
    let mut dto = json!({
        "offerId": offer.offer_id,
        "name": offer.name,
        "barcodes": offer.barcodes,
        "basicPrice": wire::money(offer.price_kopecks),
        "cardStatus": "HAS_CARD_CAN_NOT_UPDATE",
        "campaigns": campaigns,
        "archived": offer.archived,
    });
    // An empty list is never sent.
    if offer.barcodes.is_empty()
        && let Some(dto) = dto.as_object_mut()
    {
        dto.remove("barcodes");
    }
    dto
}
