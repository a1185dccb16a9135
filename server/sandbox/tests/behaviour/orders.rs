//! The list of orders.

use sandbox::market::{
    cabinet::{ApiAvailability, CampaignChange},
    ids::OrderId,
    order::{BuyerType, InstanceType, NewItem, NewOrder, OrderStatus, Substatus},
};
use serde_json::{Value, json};

use super::stand::{DAY_MS, Reply, Stand};

fn ids(reply: &Reply) -> Vec<i64> {
    let body = reply.json();
    let orders = body["orders"]
        .as_array()
        .unwrap_or_else(|| panic!("{body}"));
    orders
        .iter()
        .map(|order| order["orderId"].as_i64().unwrap())
        .collect()
}

fn words(reply: &Reply) -> String {
    let (status, code, message) = reply.refusal();
    assert_eq!((status, code.as_str()), (400, "BAD_REQUEST"));
    message
}

#[tokio::test]
async fn an_order_is_answered_whole() {
    let stand = Stand::new().await;
    let new = NewOrder {
        order_id: Some(OrderId(48_512_377)),
        notes: Some("Позвоните".to_owned()),
        external_order_id: Some("A-1".to_owned()),
        buyer_type: Some(BuyerType::Business),
        ..NewOrder::of(stand.dbs)
    }
    .item(NewItem {
        price_kopecks: Some(149_050),
        ..NewItem::asking("Тапочки", 2, &[InstanceType::Cis])
    })
    .item(NewItem::plain("Ложка", 1));
    stand.sandbox.create_order(new).unwrap();

    let body = stand.list(json!({})).await.json();
    assert!(body.get("status").is_none(), "no envelope here");
    assert_eq!(body["paging"], json!({}));
    let order = &body["orders"][0];
    assert_eq!(order["orderId"], 48_512_377);
    assert_eq!(order["campaignId"], json!(stand.dbs));
    assert_eq!(order["programType"], "DBS");
    assert_eq!(order["externalOrderId"], "A-1");
    assert_eq!(
        (&order["status"], &order["substatus"]),
        (&json!("PROCESSING"), &json!("STARTED"))
    );
    assert_eq!(order["creationDate"], "2026-11-18T13:53:20+03:00");
    assert_eq!(order["paymentType"], "PREPAID");
    assert_eq!(order["paymentMethod"], "B2B_ACCOUNT_PREPAYMENT");
    assert_eq!(order["buyerType"], "BUSINESS");
    assert_eq!(order["fake"], false);
    assert_eq!(order["cancelRequested"], false);
    assert_eq!(order["sourcePlatform"], "MARKET");
    assert_eq!(
        order["delivery"]["shipment"]["shipmentDate"], "2026-11-19",
        "{order}"
    );
    assert_eq!(order["delivery"]["deliveryPartnerType"], "SHOP");
    assert_eq!(order["delivery"]["dates"]["fromDate"], "2026-11-20");
    let marked = &order["items"][0];
    assert_eq!(marked["count"], 2);
    assert_eq!(marked["requiredInstanceTypes"], json!(["CIS"]));
    assert!(marked.get("instances").is_none());
    assert_eq!(
        marked["prices"]["payment"],
        json!({ "value": 1490.5, "currencyId": "RUR" })
    );
    assert_eq!(
        marked["itemStatuses"],
        json!([{ "status": "CREATED", "count": 2 }])
    );
    let plain = &order["items"][1];
    assert!(plain.get("requiredInstanceTypes").is_none());
}

#[tokio::test]
async fn every_filter_chooses() {
    let stand = Stand::new().await;
    let create = |new: NewOrder| stand.sandbox.create_order(new).unwrap().order_id.0;
    let dbs = create(NewOrder::of(stand.dbs));
    let fbs = create(NewOrder::of(stand.fbs));
    let ready =
        create(NewOrder::of(stand.dbs).status(OrderStatus::Processing, Substatus::ready_to_ship()));
    let delivered = create(NewOrder {
        external_order_id: Some("внешний".to_owned()),
        cancel_requested: true,
        ..NewOrder::of(stand.dbs).status(OrderStatus::Delivered, Substatus::started())
    });
    let fake = create(NewOrder {
        fake: true,
        ..NewOrder::of(stand.dbs)
    });

    for (filter, expected) in [
        (json!({}), vec![delivered, ready, fbs, dbs]),
        (json!({ "fake": true }), vec![fake]),
        (json!({ "orderIds": [dbs, fake, 5] }), vec![dbs]),
        (json!({ "programTypes": ["FBS"] }), vec![fbs]),
        (json!({ "campaignIds": [stand.fbs, 5] }), vec![fbs]),
        (json!({ "statuses": ["DELIVERED"] }), vec![delivered]),
        (json!({ "substatuses": ["READY_TO_SHIP"] }), vec![ready]),
        (
            json!({ "statuses": ["PROCESSING"], "substatuses": ["STARTED"] }),
            vec![fbs, dbs],
        ),
        (json!({ "externalOrderIds": ["внешний"] }), vec![delivered]),
        (
            json!({ "waitingForCancellationApprove": true }),
            vec![delivered],
        ),
        (json!({ "sourcePlatforms": ["OZON"] }), vec![]),
        (
            json!({ "orderIds": null, "unknown": 1 }),
            vec![delivered, ready, fbs, dbs],
        ),
    ] {
        let reply = stand.list(filter.clone()).await;
        assert_eq!(ids(&reply), expected, "{filter}");
    }
}

#[tokio::test]
async fn dates_are_half_open_days_of_moscow() {
    let stand = Stand::new().await;
    let create = |days: i64| {
        let new = NewOrder {
            age_ms: Some(days * DAY_MS),
            ..NewOrder::of(stand.dbs)
        };
        stand.sandbox.create_order(new).unwrap().order_id.0
    };
    let today = create(0);
    let yesterday = create(1);
    let old = create(40);

    for (dates, expected) in [
        (json!({}), vec![today, yesterday]),
        (
            json!({ "creationDateFrom": "2026-11-17", "creationDateTo": "2026-11-18" }),
            vec![yesterday],
        ),
        (
            json!({ "creationDateFrom": "2026-11-18", "creationDateTo": "2026-11-18" }),
            vec![today],
        ),
        (
            json!({ "creationDateFrom": "2026-10-01", "creationDateTo": "2026-10-31" }),
            vec![old],
        ),
        (json!({ "creationDateFrom": "2026-11-18" }), vec![today]),
        (json!({ "creationDateTo": "2026-11-18" }), vec![yesterday]),
        (
            json!({ "updateDateFrom": "2026-11-18T00:00:00+03:00" }),
            vec![today],
        ),
        (
            json!({ "shipmentDateFrom": "2026-11-19", "shipmentDateTo": "2026-11-19" }),
            vec![today, yesterday],
        ),
        (json!({ "shipmentDateFrom": "2026-11-20" }), vec![]),
    ] {
        let reply = stand.list(json!({ "dates": dates })).await;
        assert_eq!(ids(&reply), expected, "{dates}");
    }
}

#[tokio::test]
async fn wrong_filters_are_refused_in_their_words() {
    let stand = Stand::new().await;
    for (filter, expected) in [
        (
            json!({ "orderIds": [] }),
            "'orderIds' size must be between '1' and '50' (rejected size: '0')",
        ),
        (
            json!({ "orderIds": (1..=51).collect::<Vec<i64>>() }),
            "'orderIds' size must be between '1' and '50' (rejected size: '51')",
        ),
        (
            json!({ "orderIds": [1, 1] }),
            "'orderIds' elements must be unique",
        ),
        (
            json!({ "orderIds": [null] }),
            "'orderIds' elements must be not null (rejected value: 'null')",
        ),
        (
            json!({ "orderIds": ["1"] }),
            "Illegal input at 'orderIds[0]'",
        ),
        (
            json!({ "statuses": ["STARTED"] }),
            "Illegal input at 'statuses[0]'",
        ),
        (
            json!({ "substatuses": ["BEGUN"] }),
            "Illegal input at 'substatuses[0]'",
        ),
        (
            json!({ "dates": { "creationDateFrom": "18-11-2026" } }),
            "Illegal input at 'dates.creationDateFrom'",
        ),
        (
            json!({ "dates": { "creationDateFrom": "2026-10-01", "creationDateTo": "2026-11-01" } }),
            "Invalid filters: interval between creationDateFrom and creationDateTo is more than '30' days.",
        ),
        (
            json!({ "dates": { "creationDateFrom": "2026-11-02", "creationDateTo": "2026-11-01" } }),
            "Order creation start date is required to be less than end date",
        ),
        (
            json!({ "dates": { "shipmentDateFrom": "2026-11-02", "shipmentDateTo": "2026-11-01" } }),
            "Order shipment start date is required to be less than end date",
        ),
        (
            json!({ "dates": { "updateDateFrom": "2026-11-02T00:00:00Z", "updateDateTo": "2026-11-01T00:00:00Z" } }),
            "Order update start is required to be less than end date",
        ),
        (json!([]), "Illegal input at ''"),
    ] {
        assert_eq!(words(&stand.list(filter).await), expected);
    }
}

#[tokio::test]
async fn orders_come_in_pages_of_at_most_fifty() {
    let stand = Stand::new().await;
    let new: Vec<NewOrder> = (0..53).map(|_| NewOrder::of(stand.dbs)).collect();
    let orders = stand.sandbox.create_orders(new).unwrap();

    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    let mut token: Option<String> = None;
    loop {
        let behind = token.map(|token| format!("&pageToken={token}"));
        let target = format!(
            "{}?limit=500{}",
            stand.orders_path(),
            behind.unwrap_or_default()
        );
        let reply = stand.call("POST", &target, Some(&json!({}))).await;
        let page = ids(&reply);
        sizes.push(page.len());
        seen.extend(page);
        token = match &reply.json()["paging"]["nextPageToken"] {
            Value::String(next) => Some(next.clone()),
            _ => break,
        };
    }
    assert_eq!(sizes, [50, 3]);
    let newest_first: Vec<i64> = orders.iter().rev().map(|order| order.order_id.0).collect();
    assert_eq!(seen, newest_first);

    let target = format!("{}?pageToken=next", stand.orders_path());
    let reply = stand.call("POST", &target, Some(&json!({}))).await;
    assert_eq!(words(&reply), "Bad page token");
}

#[tokio::test]
async fn a_page_is_not_disturbed_by_an_order_that_comes_meanwhile() {
    let stand = Stand::new().await;
    let first = stand.order(vec![]).order_id.0;
    let second = stand.order(vec![]).order_id.0;
    let one = format!("{}?limit=1", stand.orders_path());
    let reply = stand.call("POST", &one, Some(&json!({}))).await;
    assert_eq!(ids(&reply), [second]);
    let token = reply.json()["paging"]["nextPageToken"].clone();

    stand.sandbox.advance(1_000).unwrap();
    stand.order(vec![]);
    let next = format!("{one}&pageToken={}", token.as_str().unwrap());
    let reply = stand.call("POST", &next, Some(&json!({}))).await;
    assert_eq!(ids(&reply), [first]);
    assert_eq!(reply.json()["paging"], json!({}));
}

#[tokio::test]
async fn orders_of_a_switched_off_shop_are_not_shown() {
    let stand = Stand::new().await;
    stand.order(vec![]);
    let change = CampaignChange {
        api_availability: Some(ApiAvailability::ManuallyDisabled),
        ..CampaignChange::default()
    };
    stand.sandbox.change_campaign(stand.dbs, change).unwrap();
    assert!(ids(&stand.list(json!({})).await).is_empty());
}

#[tokio::test]
async fn a_business_order_without_an_agreed_delivery_has_no_shipment() {
    let stand = Stand::new().await;
    let new = NewOrder {
        no_shipment_date: true,
        ..NewOrder::of(stand.dbs)
    };
    stand.sandbox.create_order(new).unwrap();
    let body = stand.list(json!({})).await.json();
    assert!(body["orders"][0]["delivery"].get("shipment").is_none());
}
