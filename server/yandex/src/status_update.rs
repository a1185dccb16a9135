//! `POST v2/campaigns/{campaignId}/orders/status-update`: a step of each of up to 30 orders.

use crate::client::{Account, Call, Client, Effect, fitting};
use desk::{
    ids::{CampaignId, MarketOrderId},
    server::ports::market::{CallError, StatusStep, StepOutcome},
};
use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// The most orders in one call.
const MOST_ORDERS: usize = 30;

/// The request of [`updateOrderStatuses`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatuses).
#[derive(Serialize)]
struct UpdateOrderStatusesRequest<'a> {
    orders: Vec<OrderState<'a>>,
}

/// `OrderStateDTO`.
#[derive(Serialize)]
struct OrderState<'a> {
    id: MarketOrderId,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    substatus: Option<&'a str>,
}

/// The answer of [`updateOrderStatuses`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatuses).
#[derive(Deserialize)]
struct UpdateOrderStatusesResponse {
    result: Option<UpdatedOrders>,
}

/// `UpdateOrderStatusesDTO`.
#[derive(Deserialize)]
struct UpdatedOrders {
    orders: Option<Vec<UpdatedOrder>>,
}

/// `UpdateOrderStatusDTO`, in which the schema promises no field at all.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdatedOrder {
    id: Option<i64>,
    update_status: Option<String>,
    error_details: Option<String>,
}

/// Takes the steps, once. An order whose entry says neither yes nor no is not among the outcomes, as one that the
/// answer does not name at all.
pub(crate) async fn set(
    client: &Client,
    key: &SecretString,
    campaign: CampaignId,
    steps: &[StatusStep],
) -> Result<Vec<StepOutcome>, CallError> {
    if steps.is_empty() || steps.len() > MOST_ORDERS {
        return Err(CallError::Argument(format!(
            "one call takes the steps of 1 to {MOST_ORDERS} orders"
        )));
    }
    let body = fitting(&UpdateOrderStatusesRequest {
        orders: steps.iter().map(OrderState::from).collect(),
    })?;
    let answer: UpdateOrderStatusesResponse = client
        .request(
            key,
            &Call {
                method: Method::POST,
                path: &[
                    "v2",
                    "campaigns",
                    &campaign.to_string(),
                    "orders",
                    "status-update",
                ],
                query: &[],
                body: Some(&body),
                account: Account::Campaign(campaign),
                resource: "status_update",
                // Orders are counted here, not calls.
                cost: u64::try_from(steps.len()).unwrap_or(u64::MAX),
                effect: Effect::Writes,
            },
        )
        .await?;
    let orders = answer.result.and_then(|result| result.orders);
    Ok(orders
        .unwrap_or_default()
        .into_iter()
        .filter_map(outcome)
        .collect())
}

impl<'a> From<&'a StatusStep> for OrderState<'a> {
    fn from(step: &'a StatusStep) -> Self {
        Self {
            id: step.order,
            status: step.status.as_str(),
            substatus: step.substatus.as_deref(),
        }
    }
}

fn outcome(order: UpdatedOrder) -> Option<StepOutcome> {
    let refusal = match order.update_status.as_deref()? {
        "OK" => None,
        "ERROR" => Some(order.error_details.unwrap_or_default()),
        _ => return None,
    };
    Some(StepOutcome {
        order: MarketOrderId(order.id?),
        refusal,
    })
}
