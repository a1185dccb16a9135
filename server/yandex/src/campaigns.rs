//! `GET v2/campaigns`: the shops that a key sees.

use crate::{
    client::{Account, Call, Client, Effect},
    paging::{Paging, next},
};
use desk::{
    connection::ShopFacts,
    ids::{BusinessId, CampaignId},
    marketplace::{ApiAvailability, Placement},
    server::ports::market::CallError,
};
use http::Method;
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::HashSet;

/// The most that one page may hold.
const PAGE: &str = "100";

/// More pages than any cabinet has shops for.
const MOST_PAGES: usize = 1_000;

/// The answer of [`getCampaigns`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/campaigns/getCampaigns).
#[derive(Deserialize)]
struct GetCampaignsResponse {
    campaigns: Vec<Campaign>,
    paging: Option<Paging>,
}

/// `CampaignDTO`, in which the schema promises no field at all.
#[derive(Deserialize)]
struct Campaign {
    id: Option<i64>,
    domain: Option<String>,
    business: Option<Business>,
    #[serde(rename = "placementType")]
    placement_type: Option<Placement>,
    #[serde(rename = "apiAvailability")]
    api_availability: Option<ApiAvailability>,
}

/// `BusinessDTO`.
#[derive(Deserialize)]
struct Business {
    id: Option<i64>,
    name: Option<String>,
}

/// Reads all pages.
pub(crate) async fn shops(
    client: &Client,
    key: &SecretString,
) -> Result<Vec<ShopFacts>, CallError> {
    let mut shops = Vec::new();
    let mut seen = HashSet::new();
    let mut token = None;
    loop {
        let answer = page(client, key, token.as_deref()).await?;
        shops.extend(answer.campaigns.into_iter().filter_map(facts));
        let Some(next) = next(answer.paging) else {
            return Ok(shops);
        };
        if !seen.insert(next.clone()) || seen.len() >= MOST_PAGES {
            return Err(CallError::NotUnderstood {
                http: 200,
                at: format!(
                    "paging.nextPageToken: the pages do not end (page {})",
                    seen.len()
                ),
            });
        }
        token = Some(next);
    }
}

async fn page(
    client: &Client,
    key: &SecretString,
    token: Option<&str>,
) -> Result<GetCampaignsResponse, CallError> {
    let mut query = vec![("limit", PAGE)];
    query.extend(token.map(|token| ("pageToken", token)));
    client
        .request(
            key,
            &Call {
                method: Method::GET,
                path: &["v2", "campaigns"],
                query: &query,
                body: None,
                account: Account::Key,
                resource: "campaigns",
                cost: 1,
                effect: Effect::Reads,
            },
        )
        .await
}

/// A shop without its own id or its cabinet's cannot be asked about anything, so it is left out aloud.
fn facts(campaign: Campaign) -> Option<ShopFacts> {
    let business = campaign.business.as_ref();
    let (Some(id), Some(business_id)) = (campaign.id, business.and_then(|business| business.id))
    else {
        tracing::warn!(
            campaign.id,
            "Yandex Market listed a shop without its id or without its cabinet; it is left out",
        );
        return None;
    };
    Some(ShopFacts {
        campaign: CampaignId(id),
        business: BusinessId(business_id),
        business_name: campaign
            .business
            .and_then(|business| business.name)
            .unwrap_or_default(),
        name: campaign.domain.unwrap_or_default(),
        placement: campaign.placement_type,
        availability: campaign.api_availability,
    })
}
