//! `GET ping`: whether token and OMS ID agree (edition 62, 4.4.25).

use crate::{
    call::{Account, Call, Pass},
    client::Client,
    loose::Text,
};
use desk::{
    server::ports::{call::CallError, suz_api::Pong},
    suz::{Contour, OmsId, Service},
};
use http::Method;
use secrecy::SecretString;
use serde::Deserialize;

/// The answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PingResponse {
    oms_id: OmsId,
    api_version: Option<Text>,
    oms_version: Option<Text>,
}

/// Asks.
pub(crate) async fn ping(
    client: &Client,
    contour: Contour,
    token: &SecretString,
    oms_id: &OmsId,
) -> Result<Pong, CallError> {
    let answer: PingResponse = client
        .request(&Call {
            name: "ping",
            contour,
            service: Service::Suz,
            method: &Method::GET,
            path: &["ping"],
            query: &[("omsId", &oms_id.to_wire())],
            pass: Pass::Client(token),
            body: None,
            signature: None,
            account: Account::Company(oms_id),
        })
        .await?;
    Ok(Pong {
        oms_id: answer.oms_id,
        api_version: answer.api_version.and_then(|version| version.0),
        oms_version: answer.oms_version.and_then(|version| version.0),
    })
}
