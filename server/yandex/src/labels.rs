//! `GET v2/campaigns/{campaignId}/orders/{orderId}/delivery/labels`: the labels of an order's boxes, a PDF.
//!
//! See [`generateOrderLabels`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/generateOrderLabels).

use crate::client::{Account, Call, Client, Effect};
use desk::{
    ids::{CampaignId, MarketOrderId},
    server::ports::market::{CallError, LabelFormat},
};
use http::Method;
use secrecy::SecretString;

/// More than any order's labels take: two hundred boxes of a hundred kilobytes each.
const LONGEST_FILE: usize = 20 * 1024 * 1024;

/// What every PDF begins with.
const PDF: &[u8] = b"%PDF";

/// Reads the file.
pub(crate) async fn file(
    client: &Client,
    key: &SecretString,
    campaign: CampaignId,
    order: MarketOrderId,
    format: LabelFormat,
) -> Result<Vec<u8>, CallError> {
    let call = Call {
        method: Method::GET,
        path: &[
            "v2",
            "campaigns",
            &campaign.to_string(),
            "orders",
            &order.to_string(),
            "delivery",
            "labels",
        ],
        query: &[("format", format.as_str())],
        body: None,
        account: Account::Campaign(campaign),
        resource: "labels",
        cost: 1,
        effect: Effect::Reads,
    };
    let (http, file) = client.file(key, &call, LONGEST_FILE).await?;
    if !file.starts_with(PDF) {
        return Err(CallError::NotUnderstood {
            http,
            at: format!(
                "the beginning: {} bytes of something else than a PDF",
                file.len()
            ),
        });
    }
    Ok(file)
}
