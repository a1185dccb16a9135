//! `GET v2/campaigns/{campaignId}/returns`: returns and unredeemed orders, a page at a time.

use crate::{
    client::{Account, Call, Client, Effect},
    moscow::{self, Moment},
    paging::{Paging, next},
};
use desk::{
    ids::{CampaignId, MarketOrderId, MarketReturnId},
    returns::{MarketReturn, ReturnKind, ReturnLine, ReturnedUnit, ReturnedUnitStatus},
    server::ports::market::{CallError, ReturnQuery, ReturnsPage},
};
use http::Method;
use secrecy::SecretString;
use serde::Deserialize;

/// The most that one page may hold; a larger number is silently cut to it.
const PAGE: &str = "100";

/// The most order numbers in one question.
const MOST_ORDERS: usize = 50;

/// The answer of [`getReturns`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getReturns).
#[derive(Deserialize)]
struct GetReturnsResponse {
    result: PagedReturns,
}

/// `PagedReturnsDTO`.
#[derive(Deserialize)]
struct PagedReturns {
    returns: Option<Vec<Return>>,
    paging: Option<Paging>,
}

/// `ReturnDTO`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Return {
    id: i64,
    order_id: i64,
    #[serde(rename = "returnType")]
    kind: Option<ReturnKind>,
    update_date: Option<Moment>,
    items: Option<Vec<ReturnItem>>,
}

/// `ReturnItemDTO`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReturnItem {
    shop_sku: String,
    count: u32,
    instances: Option<Vec<ReturnInstance>>,
}

/// `ReturnInstanceDTO`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReturnInstance {
    stock_type: Option<String>,
    status: Option<ReturnedUnitStatus>,
    cis: Option<String>,
}

/// Reads one page.
pub(crate) async fn page(
    client: &Client,
    key: &SecretString,
    campaign: CampaignId,
    query: &ReturnQuery,
    page: Option<&str>,
) -> Result<ReturnsPage, CallError> {
    if query.orders.len() > MOST_ORDERS {
        return Err(CallError::Argument(format!(
            "one question takes at most {MOST_ORDERS} orders"
        )));
    }
    let from = query.from.map(moscow::day).transpose()?;
    let numbers: Vec<String> = query.orders.iter().map(ToString::to_string).collect();
    let numbers = numbers.join(",");
    let mut parameters = vec![("limit", PAGE)];
    parameters.extend((!numbers.is_empty()).then_some(("orderIds", numbers.as_str())));
    parameters.extend(from.as_deref().map(|day| ("fromDate", day)));
    parameters.extend(page.map(|token| ("pageToken", token)));
    let answer: GetReturnsResponse = client
        .request(
            key,
            &Call {
                method: Method::GET,
                path: &["v2", "campaigns", &campaign.to_string(), "returns"],
                query: &parameters,
                body: None,
                account: Account::Campaign(campaign),
                resource: "returns",
                cost: 1,
                effect: Effect::Reads,
            },
        )
        .await?;
    let returns = answer.result.returns.unwrap_or_default();
    Ok(ReturnsPage {
        returns: returns.into_iter().map(MarketReturn::from).collect(),
        next: next(answer.result.paging),
    })
}

impl From<Return> for MarketReturn {
    fn from(told: Return) -> Self {
        Self {
            id: MarketReturnId(told.id),
            order: MarketOrderId(told.order_id),
            kind: told.kind,
            updated_at: told.update_date.map(|moment| moment.0),
            lines: told
                .items
                .unwrap_or_default()
                .into_iter()
                .map(ReturnLine::from)
                .collect(),
        }
    }
}

impl From<ReturnItem> for ReturnLine {
    fn from(item: ReturnItem) -> Self {
        Self {
            offer_id: item.shop_sku,
            count: item.count,
            units: item
                .instances
                .unwrap_or_default()
                .into_iter()
                .map(|unit| ReturnedUnit {
                    cis: unit.cis,
                    status: unit.status,
                    stock_type: unit.stock_type,
                })
                .collect(),
        }
    }
}
