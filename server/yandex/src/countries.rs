//! `POST v2/regions/countries`: the countries that a unit may be made in.

use crate::client::{Account, Call, Client, Effect};
use desk::{
    server::ports::market::{CallError, Country},
    time::Timestamp,
};
use http::Method;
use secrecy::SecretString;
use serde::Deserialize;
use tokio::sync::Mutex;

/// How long the list is believed. A key may ask 100 times an hour, and the list changes once in years.
const FRESH_MILLIS: i64 = 24 * 3_600_000;

/// The answer of [`getRegionsCodes`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/regions/getRegionsCodes);
/// the request has no body.
#[derive(Deserialize)]
struct GetRegionsCodesResponse {
    countries: Vec<CountryEntry>,
}

/// `CountryDTO`.
#[derive(Deserialize)]
struct CountryEntry {
    region: Region,
    #[serde(rename = "countryCode")]
    country_code: String,
}

/// `RegionDTO`.
#[derive(Deserialize)]
struct Region {
    name: String,
}

/// The list with the moment it was read. It is the same for every key.
#[derive(Default)]
pub(crate) struct CountryCache {
    read: Mutex<Option<(Timestamp, Vec<Country>)>>,
}

impl CountryCache {
    /// The list, read anew when it is a day old. Callers who come together wait for one request.
    pub(crate) async fn get(
        &self,
        client: &Client,
        key: &SecretString,
    ) -> Result<Vec<Country>, CallError> {
        let mut read = self.read.lock().await;
        let now = client.now();
        if let Some((at, countries)) = read.as_ref()
            && (0..FRESH_MILLIS).contains(&now.millis_since(*at))
        {
            return Ok(countries.clone());
        }
        let countries = fetch(client, key).await?;
        *read = Some((now, countries.clone()));
        Ok(countries)
    }
}

async fn fetch(client: &Client, key: &SecretString) -> Result<Vec<Country>, CallError> {
    let answer: GetRegionsCodesResponse = client
        .request(
            key,
            &Call {
                method: Method::POST,
                path: &["v2", "regions", "countries"],
                query: &[],
                body: None,
                account: Account::Key,
                resource: "countries",
                cost: 1,
                effect: Effect::Reads,
            },
        )
        .await?;
    Ok(answer
        .countries
        .into_iter()
        .map(|entry| Country {
            code: entry.country_code,
            name: entry.region.name,
        })
        .collect())
}
