//! `POST v2/businesses/{businessId}/offer-mappings`: what the seller's catalogue says of offers, bar codes above all.

use crate::client::{Account, Call, Client, Effect, fitting};
use desk::{
    ids::BusinessId,
    server::ports::market::{CallError, OfferFacts},
};
use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most articles in one question, since 2026-01-28.
const MOST_ARTICLES: usize = 100;

/// The request of [`getOfferMappings`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-offer-mappings/getOfferMappings).
/// With articles named, the answer is whole: neither pages nor any other filter may be asked for.
#[derive(Serialize)]
struct GetOfferMappingsRequest<'a> {
    #[serde(rename = "offerIds")]
    offer_ids: BTreeSet<&'a str>,
}

/// The answer of [`getOfferMappings`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-offer-mappings/getOfferMappings).
#[derive(Deserialize)]
struct GetOfferMappingsResponse {
    result: OfferMappings,
}

/// `GetOfferMappingsResultDTO`.
#[derive(Deserialize)]
struct OfferMappings {
    #[serde(rename = "offerMappings")]
    offer_mappings: Option<Vec<OfferMapping>>,
}

/// `GetOfferMappingDTO`.
#[derive(Deserialize)]
struct OfferMapping {
    offer: Option<Offer>,
}

/// `GetOfferDTO`, of which a few fields are needed.
#[derive(Deserialize)]
struct Offer {
    #[serde(rename = "offerId")]
    article: String,
    name: Option<String>,
    barcodes: Option<Vec<String>>,
}

/// Asks for articles. Those that the catalogue does not have, or has in its archive, are not in the answer. Without
/// articles nothing is asked: the Market would tell the whole catalogue.
pub(crate) async fn of_articles(
    client: &Client,
    key: &SecretString,
    business: BusinessId,
    articles: &[String],
) -> Result<Vec<OfferFacts>, CallError> {
    if articles.is_empty() {
        return Ok(Vec::new());
    }
    let offer_ids: BTreeSet<&str> = articles.iter().map(String::as_str).collect();
    if offer_ids.len() > MOST_ARTICLES {
        return Err(CallError::Argument(format!(
            "one question takes at most {MOST_ARTICLES} articles"
        )));
    }
    let body = fitting(&GetOfferMappingsRequest { offer_ids })?;
    let answer: GetOfferMappingsResponse = client
        .request(
            key,
            &Call {
                method: Method::POST,
                path: &["v2", "businesses", &business.to_string(), "offer-mappings"],
                query: &[],
                body: Some(&body),
                account: Account::Business(business),
                resource: "offer_mappings",
                cost: 1,
                effect: Effect::Reads,
            },
        )
        .await?;
    let mappings = answer.result.offer_mappings.unwrap_or_default();
    Ok(mappings
        .into_iter()
        .filter_map(|mapping| mapping.offer)
        .map(|offer| OfferFacts {
            offer_id: offer.article,
            name: offer.name,
            barcodes: offer.barcodes.unwrap_or_default(),
        })
        .collect())
}
