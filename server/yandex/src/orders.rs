//! `POST v1/businesses/{businessId}/orders`: orders, a page at a time.

use crate::{
    boxes::{AnsweredBox, stored_boxes},
    client::{Account, Call, Client, Effect},
    instance::Instance,
    moscow::{self, Day, Moment},
    paging::{Paging, next},
};
use desk::{
    identifiers::Requirement,
    ids::{BusinessId, CampaignId, MarketItemId, MarketOrderId},
    marketplace::{
        BuyerType, MarketItem, MarketOrder, Model, OrderStatus, ShipBy, StoredBox, StoredInstance,
    },
    server::ports::market::{CallError, OrderQuery, OrdersPage},
};
use http::Method;
use jiff::civil::Time;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// The most that one page may hold; a larger number is silently cut to it.
const PAGE: &str = "50";

/// The most order or shop numbers in one question.
const MOST_NUMBERS: usize = 50;

/// The longest window of changes.
const WINDOW_MILLIS: i64 = 30 * 24 * 3_600_000;
/// With a day before and two after, the days of making span no more than the window.
const MOST_CREATED_MILLIS: i64 = 26 * DAY_SECONDS * 1000;

const DAY_SECONDS: i64 = 24 * 3_600;

/// The request of [`getBusinessOrders`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getBusinessOrders).
/// An empty array is an error there, so what is empty is left out.
#[derive(Serialize)]
struct GetBusinessOrdersRequest<'a> {
    #[serde(rename = "orderIds", skip_serializing_if = "<[_]>::is_empty")]
    order_ids: &'a [MarketOrderId],
    #[serde(rename = "campaignIds", skip_serializing_if = "<[_]>::is_empty")]
    campaign_ids: &'a [CampaignId],
    #[serde(skip_serializing_if = "Option::is_none")]
    dates: Option<Dates>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fake: Option<bool>,
}

/// `OrdersDatesFilterDTO`: whole days of creation, moments of change. Each window is open at its end.
#[derive(Serialize)]
struct Dates {
    #[serde(rename = "creationDateFrom", skip_serializing_if = "Option::is_none")]
    creation_date_from: Option<String>,
    #[serde(rename = "creationDateTo", skip_serializing_if = "Option::is_none")]
    creation_date_to: Option<String>,
    #[serde(rename = "updateDateFrom", skip_serializing_if = "Option::is_none")]
    update_date_from: Option<String>,
    #[serde(rename = "updateDateTo", skip_serializing_if = "Option::is_none")]
    update_date_to: Option<String>,
}

/// The answer of [`getBusinessOrders`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getBusinessOrders).
#[derive(Deserialize)]
struct GetBusinessOrdersResponse {
    orders: Vec<BusinessOrder>,
    paging: Option<Paging>,
}

/// `BusinessOrderDTO`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BusinessOrder {
    order_id: i64,
    campaign_id: i64,
    program_type: Option<Model>,
    status: OrderStatus,
    substatus: Option<String>,
    creation_date: Moment,
    update_date: Option<Moment>,
    #[serde(default)]
    fake: bool,
    items: Vec<BusinessOrderItem>,
    delivery: Option<Delivery>,
    buyer_type: Option<BuyerType>,
}

/// `BusinessOrderItemDTO`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BusinessOrderItem {
    id: i64,
    offer_id: String,
    offer_name: Option<String>,
    count: u32,
    instances: Option<Vec<Instance>>,
    required_instance_types: Option<Vec<Requirement>>,
}

/// `BusinessOrderDeliveryDTO`, as far as the shipping deadline and the boxes go.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Delivery {
    dates: Option<DeliveryDates>,
    shipment: Option<Shipment>,
    boxes_layout: Option<Vec<AnsweredBox>>,
}

/// `OrderDeliveryDatesDTO`.
#[derive(Deserialize)]
struct DeliveryDates {
    #[serde(rename = "fromDate")]
    from_date: Option<Day>,
}

/// `BusinessOrderShipmentDTO`. The day of a business order is missing until it is agreed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shipment {
    shipment_date: Option<Day>,
    shipment_time: Option<String>,
}

/// Reads one page.
pub(crate) async fn page(
    client: &Client,
    key: &SecretString,
    business: BusinessId,
    query: &OrderQuery,
    page: Option<&str>,
) -> Result<OrdersPage, CallError> {
    let body = serde_json::to_vec(&request(query)?)
        .map_err(|error| CallError::Argument(error.to_string()))?;
    let mut parameters = vec![("limit", PAGE)];
    parameters.extend(page.map(|token| ("pageToken", token)));
    let answer: GetBusinessOrdersResponse = client
        .request(
            key,
            &Call {
                method: Method::POST,
                path: &["v1", "businesses", &business.to_string(), "orders"],
                query: &parameters,
                body: Some(&body),
                account: Account::Business(business),
                resource: "orders",
                cost: 1,
                effect: Effect::Reads,
            },
        )
        .await?;
    Ok(OrdersPage {
        orders: answer.orders.into_iter().map(MarketOrder::from).collect(),
        next: next(answer.paging),
    })
}

fn request(query: &OrderQuery) -> Result<GetBusinessOrdersRequest<'_>, CallError> {
    if query.orders.len() > MOST_NUMBERS || query.campaigns.len() > MOST_NUMBERS {
        return Err(CallError::Argument(format!(
            "one question takes at most {MOST_NUMBERS} orders and shops"
        )));
    }
    if let (Some(from), Some(to)) = (query.updated_from, query.updated_to)
        && !(0..=WINDOW_MILLIS).contains(&to.millis_since(from))
    {
        return Err(CallError::Argument(
            "the window of changes must be of 0 to 30 days".to_owned(),
        ));
    }
    if let Some((first, last)) = query.created
        && !(0..=MOST_CREATED_MILLIS).contains(&last.millis_since(first))
    {
        return Err(CallError::Argument(
            "the days of making must span 0 to 26 days".to_owned(),
        ));
    }
    let created_from = query.created.map(|(first, _)| first);
    let created_to = query.created.map(|(_, last)| last);
    let asked = [query.updated_from, query.updated_to, created_from];
    let dates = asked
        .iter()
        .any(Option::is_some)
        .then(|| {
            Ok(Dates {
                creation_date_from: created_from
                    .map(|at| moscow::day(at.plus_seconds(-DAY_SECONDS)))
                    .transpose()?,
                creation_date_to: created_to
                    .map(|at| moscow::day(at.plus_seconds(2 * DAY_SECONDS)))
                    .transpose()?,
                update_date_from: query.updated_from.map(moscow::written).transpose()?,
                update_date_to: query.updated_to.map(moscow::written).transpose()?,
            })
        })
        .transpose()?;
    Ok(GetBusinessOrdersRequest {
        order_ids: &query.orders,
        campaign_ids: &query.campaigns,
        dates,
        fake: query.fake.then_some(true),
    })
}

impl From<BusinessOrder> for MarketOrder {
    fn from(order: BusinessOrder) -> Self {
        Self {
            id: MarketOrderId(order.order_id),
            campaign: CampaignId(order.campaign_id),
            model: order.program_type,
            status: order.status,
            substatus: order.substatus,
            buyer: order.buyer_type,
            fake: order.fake,
            created_at: order.creation_date.0,
            updated_at: order.update_date.map(|moment| moment.0),
            ship_by: order.delivery.as_ref().and_then(ship_by),
            items: order.items.into_iter().map(MarketItem::from).collect(),
            boxes: boxes(
                order.order_id,
                order.delivery.and_then(|it| it.boxes_layout),
            ),
        }
    }
}

/// The layout that the order has. One that cannot be told (an entry without its amount) must not hide the order,
/// so it is left out aloud: then the order shows no boxes, which is what a layout is asked for.
fn boxes(order: i64, layout: Option<Vec<AnsweredBox>>) -> Vec<StoredBox> {
    stored_boxes(layout.unwrap_or_default()).unwrap_or_else(|| {
        tracing::warn!(
            order.id = order,
            "Yandex Market told a layout of boxes that makes no sense; it is left out",
        );
        Vec::new()
    })
}

impl From<BusinessOrderItem> for MarketItem {
    fn from(item: BusinessOrderItem) -> Self {
        Self {
            id: MarketItemId(item.id),
            offer_id: item.offer_id,
            name: item.offer_name.unwrap_or_default(),
            count: item.count,
            required: item.required_instance_types.unwrap_or_default(),
            instances: item
                .instances
                .unwrap_or_default()
                .into_iter()
                .map(StoredInstance::from)
                .collect(),
        }
    }
}

/// When the order must leave: the shipment's own day and time, else the first day of delivery. A time that cannot
/// be read still leaves its day true.
fn ship_by(delivery: &Delivery) -> Option<ShipBy> {
    let shipment = delivery.shipment.as_ref();
    let Some(Day(day)) = shipment.and_then(|shipment| shipment.shipment_date) else {
        let Day(day) = delivery.dates.as_ref()?.from_date?;
        return Some(ShipBy {
            at: moscow::end_of(day)?,
            timed: false,
        });
    };
    let time = shipment
        .and_then(|shipment| shipment.shipment_time.as_deref())
        .and_then(|text| text.trim().parse::<Time>().ok());
    match time {
        Some(time) => Some(ShipBy {
            at: moscow::at_time(day, time)?,
            timed: true,
        }),
        None => Some(ShipBy {
            at: moscow::end_of(day)?,
            timed: false,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::time::Timestamp;

    fn shipped_by(delivery: &str) -> Option<ShipBy> {
        ship_by(&serde_json::from_str(delivery).unwrap())
    }

    #[test]
    fn the_deadline_is_the_shipment_in_moscow_time() {
        let timed = Some(ShipBy {
            at: Timestamp(1_756_719_000_000),
            timed: true,
        });
        for time in ["12:30", "12:30:00"] {
            let delivery = format!(
                r#"{{"shipment":{{"shipmentDate":"2025-09-01","shipmentTime":"{time}"}},"dates":{{"fromDate":"2025-09-05"}}}}"#
            );
            assert_eq!(shipped_by(&delivery), timed, "{time}");
        }
    }

    #[test]
    fn a_deadline_without_a_time_is_the_end_of_its_day() {
        let whole_day = Some(ShipBy {
            at: Timestamp(1_756_760_399_000),
            timed: false,
        });
        assert_eq!(
            shipped_by(r#"{"shipment":{"shipmentDate":"2025-09-01"}}"#),
            whole_day
        );
        assert_eq!(
            shipped_by(r#"{"shipment":{"shipmentDate":"2025-09-01","shipmentTime":"noon"}}"#),
            whole_day,
        );
        assert_eq!(
            shipped_by(r#"{"shipment":{"id":7},"dates":{"fromDate":"2025-09-01"}}"#),
            whole_day
        );
        assert_eq!(
            shipped_by(r#"{"dates":{"fromDate":"2025-09-01","toDate":"2025-09-03"}}"#),
            whole_day
        );
    }

    #[test]
    fn a_deadline_that_is_not_agreed_yet_is_none() {
        assert_eq!(shipped_by(r#"{"shipment":null,"dates":null}"#), None);
        assert_eq!(shipped_by("{}"), None);
    }

    #[test]
    fn an_old_order_is_looked_for_around_its_own_day() {
        let query = OrderQuery {
            created: Some((Timestamp(1_756_719_000_000), Timestamp(1_756_719_000_000))),
            ..OrderQuery::default()
        };
        assert_eq!(
            serde_json::to_value(request(&query).unwrap()).unwrap(),
            serde_json::json!({"dates": {"creationDateFrom": "2025-08-31", "creationDateTo": "2025-09-03"}}),
        );
    }

    #[test]
    fn a_question_that_the_market_would_not_take_is_not_asked() {
        let crowded = OrderQuery {
            orders: (1..=51).map(MarketOrderId).collect(),
            ..OrderQuery::default()
        };
        let backwards = OrderQuery {
            updated_from: Some(Timestamp(2)),
            updated_to: Some(Timestamp(1)),
            ..OrderQuery::default()
        };
        let long = OrderQuery {
            updated_from: Some(Timestamp(0)),
            updated_to: Some(Timestamp(WINDOW_MILLIS + 1)),
            ..OrderQuery::default()
        };
        let timeless = OrderQuery {
            updated_from: Some(Timestamp(i64::MAX)),
            ..OrderQuery::default()
        };
        for query in [crowded, backwards, long, timeless] {
            assert!(
                matches!(request(&query), Err(CallError::Argument(_))),
                "{query:?}"
            );
        }
    }
}
