//! `POST v2/auth/token`: what a key is.

use crate::client::{Account, Call, Client, Effect};
use desk::{
    marketplace::KeyScope,
    server::ports::market::{CallError, KeyInfo},
};
use http::Method;
use secrecy::SecretString;
use serde::Deserialize;

/// The answer of [`getAuthTokenInfo`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/auth/getAuthTokenInfo);
/// the request has no body.
#[derive(Deserialize)]
struct GetTokenInfoResponse {
    result: TokenInfo,
}

/// `TokenDTO`.
#[derive(Deserialize)]
struct TokenInfo {
    #[serde(rename = "apiKey")]
    api_key: ApiKey,
}

/// `ApiKeyDTO`.
#[derive(Deserialize)]
struct ApiKey {
    name: String,
    #[serde(rename = "authScopes")]
    auth_scopes: Vec<KeyScope>,
}

/// Asks what a key is.
pub(crate) async fn key_info(client: &Client, key: &SecretString) -> Result<KeyInfo, CallError> {
    let answer: GetTokenInfoResponse = client
        .request(
            key,
            &Call {
                method: Method::POST,
                path: &["v2", "auth", "token"],
                query: &[],
                body: None,
                account: Account::Key,
                resource: "auth_token",
                cost: 1,
                effect: Effect::Reads,
            },
        )
        .await?;
    let ApiKey { name, auth_scopes } = answer.result.api_key;
    Ok(KeyInfo {
        name,
        scopes: auth_scopes,
    })
}
