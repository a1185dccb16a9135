//! `POST v2/campaigns/{campaignId}/orders/{orderId}/identifiers/status`: what ГИС МТ and ГИИС ДМДК say of an order's
//! marks (FBS, Express, `LaaS`).

use crate::client::{Account, Call, Client, Effect};
use desk::{
    ids::{CampaignId, MarketItemId, MarketOrderId},
    server::ports::market::CallError,
    verification::{
        CheckedMark, CisStatus, CisSubstatus, LineVerification, MarkStatus, UinStatus, UinSubstatus,
    },
};
use http::Method;
use secrecy::SecretString;
use serde::Deserialize;

/// The answer of [`getOrderIdentifiersStatus`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getOrderIdentifiersStatus);
/// the request has no body.
#[derive(Deserialize)]
struct GetOrderIdentifiersStatusResponse {
    result: OrderIdentifiersStatus,
}

/// `OrderIdentifiersStatusDTO`.
#[derive(Deserialize)]
struct OrderIdentifiersStatus {
    items: Option<Vec<ItemIdentifiersStatus>>,
}

/// `OrderItemIdentifiersStatusDTO`.
#[derive(Deserialize)]
struct ItemIdentifiersStatus {
    id: i64,
    cis: Option<Vec<Cis>>,
    uin: Option<Vec<Uin>>,
}

/// `CisDTO`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cis {
    value: String,
    status: CisStatus,
    substatus: Option<CisSubstatus>,
    crpt_request_id: Option<String>,
    crpt_request_date_time: Option<String>,
}

/// `UinDTO`.
#[derive(Deserialize)]
struct Uin {
    value: String,
    status: UinStatus,
    substatus: Option<UinSubstatus>,
}

/// Asks once for the marks of an order.
pub(crate) async fn of_order(
    client: &Client,
    key: &SecretString,
    campaign: CampaignId,
    order: MarketOrderId,
) -> Result<Vec<LineVerification>, CallError> {
    let answer: GetOrderIdentifiersStatusResponse = client
        .request(
            key,
            &Call {
                method: Method::POST,
                path: &[
                    "v2",
                    "campaigns",
                    &campaign.to_string(),
                    "orders",
                    &order.to_string(),
                    "identifiers",
                    "status",
                ],
                query: &[],
                body: None,
                account: Account::Campaign(campaign),
                resource: "identifiers_status",
                cost: 1,
                effect: Effect::Reads,
            },
        )
        .await?;
    let items = answer.result.items.unwrap_or_default();
    Ok(items.into_iter().map(LineVerification::from).collect())
}

impl From<ItemIdentifiersStatus> for LineVerification {
    fn from(item: ItemIdentifiersStatus) -> Self {
        let codes = item.cis.unwrap_or_default().into_iter();
        let numbers = item.uin.unwrap_or_default().into_iter();
        Self {
            item: MarketItemId(item.id),
            marks: codes
                .map(CheckedMark::from)
                .chain(numbers.map(CheckedMark::from))
                .collect(),
        }
    }
}

impl From<Cis> for CheckedMark {
    fn from(cis: Cis) -> Self {
        Self {
            value: cis.value,
            status: MarkStatus::Cis {
                status: cis.status,
                substatus: cis.substatus,
            },
            crpt_request_id: cis.crpt_request_id,
            crpt_request_at: cis.crpt_request_date_time,
        }
    }
}

impl From<Uin> for CheckedMark {
    fn from(uin: Uin) -> Self {
        Self {
            value: uin.value,
            status: MarkStatus::Uin {
                status: uin.status,
                substatus: uin.substatus,
            },
            crpt_request_id: None,
            crpt_request_at: None,
        }
    }
}
