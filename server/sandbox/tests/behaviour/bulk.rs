//! Many orders, and what tests of speed and of crashes need.

use std::time::{Duration, Instant};

use sandbox::{Effect, Fault, Progress, market::order::NewItem};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::stand::{PATIENCE, Stand, open, read, send};

const MANY: usize = 10_000;

fn many(stand: &Stand) -> Vec<Value> {
    (0..MANY)
        .map(|number| {
            json!({
                "campaignId": stand.fbs,
                "orderId": 1_000_000 + number,
                "items": [
                    { "offerId": format!("SKU-{}", number % 100), "count": 1, "requiredInstanceTypes": ["CIS"] },
                    { "offerId": "LOZHKA", "count": 2, "requiredInstanceTypes": [] },
                ],
            })
        })
        .collect()
}

#[tokio::test]
async fn ten_thousand_orders_are_made_in_one_call_and_listed_in_pages() {
    let stand = Stand::new().await;
    let orders = json!(many(&stand));
    let made = stand
        .control("POST", "/_sandbox/orders", Some(&orders))
        .await;
    assert_eq!(made.status, 200);
    assert_eq!(made.json()["orders"].as_array().unwrap().len(), MANY);

    let mut seen = Vec::new();
    let mut token = String::new();
    for _ in 0..3 {
        let path = format!("{}?limit=50{token}", stand.orders_path());
        let body = stand.call("POST", &path, Some(&json!({}))).await.json();
        let orders = body["orders"].as_array().unwrap();
        seen.extend(
            orders
                .iter()
                .map(|order| order["orderId"].as_u64().unwrap()),
        );
        let next = body["paging"]["nextPageToken"].as_str().unwrap();
        token = format!("&pageToken={next}");
    }
    let newest: Vec<u64> = (1_009_850..1_010_000).rev().collect();
    assert_eq!(seen, newest);

    stand.sandbox.advance(60_000).unwrap();
    let one = json!({ "status": "CANCELLED", "substatus": "SHOP_FAILED" });
    stand
        .control("PATCH", "/_sandbox/orders/1000007", Some(&one))
        .await;
    let dates = json!({ "dates": { "updateDateFrom": "2026-11-18T14:54:00+03:00" } });
    let body = stand.list(dates).await.json();
    assert_eq!(body["orders"].as_array().unwrap().len(), 1);
    assert_eq!(body["orders"][0]["orderId"], 1_000_007);
}

#[tokio::test]
async fn the_record_tells_what_was_written_into_each_order() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let other = stand.fbs_order(vec![NewItem::marked("Туфли", 1)]);
    let id = order.items[0].id;
    let lay = async |code: &str| {
        let instances = json!([{ "cis": code }]);
        let boxes = json!([{ "items": [{ "id": id, "fullCount": 1, "instances": instances }] }]);
        stand.lay_out(&order, boxes).await.status
    };
    let code = |last: char| format!("01046100123456752155Qba00{last}\u{1d}93Zjqw");
    assert_eq!(lay(&code('1')).await, 200);
    assert_eq!(lay(&code('1')).await, 200, "again");
    assert_eq!(lay(&code('2')).await, 200);
    assert_eq!(lay("x").await, 400);
    assert_eq!(lay(&code('1')).await, 200, "the old one overtakes");
    stand.sandbox.advance(4_000).unwrap();
    assert_eq!(
        stand
            .ask_status(&order, "PROCESSING", "READY_TO_SHIP")
            .await
            .status,
        200
    );
    assert_eq!(lay(&code('1')).await, 400, "too late");

    let path = format!("/_sandbox/record?campaignId={}", stand.fbs);
    let shown = stand.control("GET", &path, None).await.json();
    assert_eq!(
        shown["orders"][0],
        json!({
            "orderId": order.order_id,
            "campaignId": stand.fbs,
            "status": "PROCESSING",
            "substatus": "READY_TO_SHIP",
            "accepted": 4,
            "refused": 2,
            "repeated": 1,
            "overtaken": 1,
            "late": 1,
            "parallel": 0,
            "statusChanges": 1,
            "boxes": 1,
            "codes": [code('1')],
        })
    );
    assert_eq!(shown["orders"][1]["orderId"], json!(other.order_id));
    assert_eq!(shown["orders"][1]["accepted"], 0);
    let path = format!("/_sandbox/record?after={}&limit=5", order.order_id);
    let shown = stand.control("GET", &path, None).await.json();
    assert_eq!(shown["orders"].as_array().unwrap().len(), 1);
    stand.control("DELETE", "/_sandbox/record", None).await;
    assert_eq!(stand.sandbox.record(order.order_id).accepted, 0);
}

#[tokio::test]
async fn two_writes_of_one_order_at_once_are_noted() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    stand.sandbox.add_fault(Fault::new(Effect::Hold).times(2));
    let path = format!(
        "/v2/campaigns/{}/orders/{}/boxes",
        stand.fbs, order.order_id
    );
    let body = json!({ "boxes": [{ "items": [{ "id": order.items[0].id, "fullCount": 1 }] }] });
    let body = body.to_string();
    let headers = [
        ("Api-Key", stand.key.as_str()),
        ("Content-Type", "application/json"),
    ];
    let mut held = Vec::new();
    for number in 1..=2 {
        held.push(open(stand.address, "PUT", &path, &headers, body.as_bytes()).await);
        let waits = stand
            .sandbox
            .wait_received(|r| r.sequence == number && r.progress == Progress::HeldBefore);
        timeout(PATIENCE, waits).await.expect("it is held");
    }
    stand.sandbox.release();
    for stream in held {
        assert_eq!(read(stream).await.unwrap().status, 200);
    }
    let record = stand.sandbox.record(order.order_id);
    assert_eq!(
        (record.parallel, record.accepted, record.repeated),
        (1, 2, 1)
    );
}

#[tokio::test]
async fn every_answer_takes_its_time_and_none_waits_for_another() {
    let stand = Stand::new().await;
    let set = stand
        .control(
            "PUT",
            "/_sandbox/latency",
            Some(&json!({ "latencyMs": 2_000 })),
        )
        .await;
    assert_eq!(set.json(), json!({ "latencyMs": 2_000 }));
    let began = Instant::now();
    let path = format!("/v2/campaigns/{}", stand.fbs);
    let headers = [("Api-Key", stand.key.as_str())];
    let get = || send(stand.address, "GET", &path, &headers, b"");
    let (first, second, third) = tokio::join!(get(), get(), get());
    for reply in [first, second, third] {
        assert_eq!(reply.unwrap().status, 200);
    }
    let took = began.elapsed();
    assert!(took >= Duration::from_secs(2), "{took:?}");
    assert!(
        took < Duration::from_secs(6),
        "one after the other: {took:?}"
    );
}

#[tokio::test]
async fn the_journal_remembers_as_much_as_it_is_told_to() {
    let stand = Stand::new().await;
    let memory = json!({ "remember": 3, "bodies": false });
    let set = stand
        .control("PUT", "/_sandbox/received", Some(&memory))
        .await;
    assert_eq!(set.json(), memory);
    for _ in 0..5 {
        stand.list(json!({})).await;
    }
    let shown = stand
        .control("GET", "/_sandbox/received", None)
        .await
        .json();
    let entries = shown["received"].as_array().unwrap();
    let numbers: Vec<u64> = entries
        .iter()
        .map(|entry| entry["sequence"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, [3, 4, 5]);
    assert_eq!(shown["memory"], memory);
    assert!(
        entries
            .iter()
            .all(|entry| entry["bodyText"] == "" && entry["status"] == 200)
    );
    let shown = stand
        .control("GET", "/_sandbox/received?after=3&limit=1", None)
        .await
        .json();
    assert_eq!(shown["received"][0]["sequence"], 4);
    assert_eq!(shown["received"].as_array().unwrap().len(), 1);
}
