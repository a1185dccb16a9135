//! `PUT v2/campaigns/{campaignId}/orders/{orderId}/status`: one step of one order.

use crate::client::{Account, Call, Client, Effect, fitting};
use desk::{
    ids::CampaignId,
    server::ports::market::{CallError, StatusStep},
};
use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize, de::IgnoredAny};

/// The request of [`updateOrderStatus`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatus).
#[derive(Serialize)]
struct UpdateOrderStatusRequest<'a> {
    order: OrderStatusChange<'a>,
}

/// `OrderStatusChangeDTO`.
#[derive(Serialize)]
struct OrderStatusChange<'a> {
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    substatus: Option<&'a str>,
}

/// The answer of [`updateOrderStatus`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatus),
/// which has no wrapper: the order as it is now, or for `LaaS` the operation that was begun.
#[derive(Deserialize)]
struct UpdateOrderStatusResponse {
    order: Option<Present>,
    operation: Option<Present>,
}

/// An object whose inside is read elsewhere: the list tells the same order in newer words.
#[derive(Deserialize)]
struct Present {
    #[serde(rename = "id")]
    _id: Option<IgnoredAny>,
}

/// Takes the step, once.
pub(crate) async fn set(
    client: &Client,
    key: &SecretString,
    campaign: CampaignId,
    step: &StatusStep,
) -> Result<(), CallError> {
    let body = fitting(&UpdateOrderStatusRequest {
        order: OrderStatusChange {
            status: step.status.as_str(),
            substatus: step.substatus.as_deref(),
        },
    })?;
    let answer: UpdateOrderStatusResponse = client
        .request(
            key,
            &Call {
                method: Method::PUT,
                path: &[
                    "v2",
                    "campaigns",
                    &campaign.to_string(),
                    "orders",
                    &step.order.to_string(),
                    "status",
                ],
                query: &[],
                body: Some(&body),
                account: Account::Campaign(campaign),
                resource: "status",
                cost: 1,
                effect: Effect::Writes,
            },
        )
        .await?;
    if answer.order.is_none() && answer.operation.is_none() {
        // A yes that shows no order is no yes yet: whoever called reads the order.
        return Err(CallError::NotUnderstood {
            http: 200,
            at: "the top: neither `order` nor `operation`".to_owned(),
        });
    }
    Ok(())
}
