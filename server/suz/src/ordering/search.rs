//! `POST orders/search` (edition 62, 4.4.29): the way to an order whose answer was lost.

use super::{
    buffers::{BufferEntry, count, moment, readable, text},
    bytes_of, call,
};
use crate::{
    call::Call,
    client::Client,
    groups,
    loose::{Text, Whole, list},
};
use desk::{
    server::ports::{
        call::CallError,
        code_ordering::{Access, OrderFilter, OrderInfo, OrderPage},
    },
    suz::emission::{OrderStatus, SuzOrderId},
};
use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most ids that a filter takes, and the longest page.
const MOST: usize = 100;

/// The body.
#[derive(Serialize)]
struct Search<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<Filter<'a>>,
    limit: u32,
    page: u32,
}

/// What is left out asks for everything.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Filter<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_created_timestamp: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    order_statuses: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    production_order_ids: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    order_ids: Vec<&'a str>,
}

impl Filter<'_> {
    fn asks_nothing(&self) -> bool {
        self.start_created_timestamp.is_none()
            && self.order_statuses.is_empty()
            && self.production_order_ids.is_empty()
            && self.order_ids.is_empty()
    }
}

/// The answer. Without its list it is another answer, not one of no orders: a person may order once more by it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SearchResponse {
    total_count: Option<Whole>,
    results: Vec<Found>,
}

/// One order.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    order_id: SuzOrderId,
    order_status: Option<Text>,
    #[serde(default, deserialize_with = "list")]
    buffers: Vec<BufferEntry>,
    created_timestamp: Option<Value>,
    decline_reason: Option<Text>,
    production_order_id: Option<Text>,
    product_group: Option<Text>,
}

/// The bytes of a search.
fn body(filter: OrderFilter<'_>, limit: u32, page: u32) -> Result<Vec<u8>, CallError> {
    let most = filter.keys.len().max(filter.orders.len());
    if most > MOST || !(1..=MOST).contains(&(limit as usize)) || page == 0 {
        return Err(CallError::Argument(format!(
            "a search names {MOST} orders at most and its pages have 1 to {MOST}"
        )));
    }
    let filter = Filter {
        start_created_timestamp: filter.since.map(|since| since.0),
        order_statuses: filter.statuses.iter().map(OrderStatus::as_str).collect(),
        production_order_ids: filter.keys,
        order_ids: filter.orders.iter().map(SuzOrderId::as_str).collect(),
    };
    bytes_of(&Search {
        filter: Some(filter).filter(|filter| !filter.asks_nothing()),
        limit,
        page,
    })
}

/// Searches. It changes nothing and carries no signature.
pub(super) async fn search(
    client: &Client,
    access: Access<'_>,
    filter: OrderFilter<'_>,
    limit: u32,
    page: u32,
) -> Result<OrderPage, CallError> {
    let oms_id = access.oms_id.to_wire();
    let query = [("omsId", oms_id.as_str())];
    let body = body(filter, limit, page)?;
    let path = ["orders", "search"];
    let answer: SearchResponse = client
        .request(&Call {
            body: Some(&body),
            ..call(access, "orders/search", &Method::POST, &path, &query)
        })
        .await?;
    Ok(answer.into())
}

impl From<SearchResponse> for OrderPage {
    fn from(answer: SearchResponse) -> Self {
        let orders: Vec<_> = answer.results.into_iter().map(OrderInfo::from).collect();
        Self {
            total: count(answer.total_count).unwrap_or(orders.len() as u64),
            orders,
        }
    }
}

impl From<Found> for OrderInfo {
    fn from(found: Found) -> Self {
        Self {
            order: found.order_id,
            status: text(found.order_status).unwrap_or_default().into(),
            key: text(found.production_order_id),
            group: text(found.product_group).map(|group| groups::alias_of(&group)),
            created: moment(found.created_timestamp.as_ref()),
            decline: text(found.decline_reason),
            buffers: readable(found.buffers),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::decode;
    use desk::time::Timestamp;

    #[test]
    fn a_filter_says_only_what_is_asked() {
        let keys = ["k1".to_owned(), "k2".to_owned()];
        let orders = ["b024ae09-ef7c-449e-b461-05d8eb116c79".parse().unwrap()];
        let full = OrderFilter {
            keys: &keys,
            orders: &orders,
            statuses: &[OrderStatus::Ready, OrderStatus::Created],
            since: Some(Timestamp(7)),
        };
        for (filter, limit, page, expected) in [
            (OrderFilter::default(), 10, 1, r#"{"limit":10,"page":1}"#),
            (
                OrderFilter {
                    keys: &keys,
                    ..OrderFilter::default()
                },
                1,
                2,
                r#"{"filter":{"productionOrderIds":["k1","k2"]},"limit":1,"page":2}"#,
            ),
            (
                full,
                100,
                1,
                r#"{"filter":{"startCreatedTimestamp":7,"orderStatuses":["READY","CREATED"],"productionOrderIds":["k1","k2"],"orderIds":["b024ae09-ef7c-449e-b461-05d8eb116c79"]},"limit":100,"page":1}"#,
            ),
        ] {
            let body = String::from_utf8(body(filter, limit, page).unwrap()).unwrap();
            assert_eq!(body, expected);
        }
        let many = vec!["k".to_owned(); 101];
        let many = OrderFilter {
            keys: &many,
            ..OrderFilter::default()
        };
        for odd in [
            body(many, 10, 1),
            body(full, 0, 1),
            body(full, 101, 1),
            body(full, 10, 0),
        ] {
            assert!(matches!(odd, Err(CallError::Argument(_))), "{odd:?}");
        }
    }

    #[test]
    fn orders_of_every_sort_are_read() {
        let body = r#"{"totalCount":"2","results":[
            {"orderId":"B024AE09-EF7C-449E-B461-05D8EB116C79","orderStatus":"DECLINED","createdTimestamp":1795444572000,
             "declineReason":"Signature validation failed","productionOrderId":"k1","productGroup":"PERFUM",
             "buffers":[{"gtin":"04606038003172","bufferStatus":"REJECTED","totalCodes":10,"expiredDate":1795444572000}]},
            {"orderId":"b","orderStatus":"SENT_ELSEWHERE","buffers":null}]}"#;
        let answer: SearchResponse = decode(200, body.as_bytes()).unwrap();
        let page = OrderPage::from(answer);
        assert_eq!(page.total, 2);
        let [first, second] = page.orders.as_slice() else {
            panic!("{page:?}");
        };
        assert_eq!(first.order.as_str(), "b024ae09-ef7c-449e-b461-05d8eb116c79");
        assert_eq!(first.status, OrderStatus::Declined);
        assert_eq!(first.key.as_deref(), Some("k1"));
        assert_eq!(first.group.as_deref(), Some("perfumery"));
        assert_eq!(first.created, Some(Timestamp(1_795_444_572_000)));
        assert_eq!(
            first.decline.as_deref(),
            Some("Signature validation failed")
        );
        assert_eq!(first.buffers[0].total, Some(10));
        assert_eq!(second.status, OrderStatus::Other("SENT_ELSEWHERE".into()));
        assert_eq!((&second.key, second.buffers.len()), (&None, 0));
        assert!(decode::<SearchResponse>(200, br#"{"totalCount":0}"#).is_err());
        assert!(decode::<SearchResponse>(200, br#"{"totalCount":0,"results":null}"#).is_err());
    }
}
