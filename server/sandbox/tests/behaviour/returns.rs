//! What came back.

use sandbox::market::{
    ids::ReturnId,
    order::{NewItem, Order},
    return_record::{
        InstanceStatus, NewReturn, RefundStatus, ReturnChange, ReturnType, ShipmentStatus,
    },
};
use serde_json::{Value, json};

use super::stand::{DAY_MS, Stand};

async fn list(stand: &Stand, query: &str) -> Value {
    let path = format!("/v2/campaigns/{}/returns{query}", stand.fbs);
    let reply = stand.call("GET", &path, None).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    let body = reply.json();
    assert_eq!(body["status"], "OK");
    body["result"].clone()
}

fn ids(result: &Value) -> Vec<i64> {
    let returns = result["returns"].as_array().unwrap();
    returns
        .iter()
        .map(|one| one["id"].as_i64().unwrap())
        .collect()
}

fn whole(stand: &Stand, order: &Order, kind: ReturnType) -> ReturnId {
    let made = stand
        .sandbox
        .create_return(NewReturn::of(order.order_id, kind));
    made.unwrap().return_id
}

#[tokio::test]
async fn a_return_names_its_units_with_their_codes() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![
        NewItem::marked("Тапочки", 2),
        NewItem::plain("Ложка", 1),
    ]);
    let codes = stand.pack(&order).await;
    let new = json!({
        "orderId": order.order_id,
        "type": "RETURN",
        "refundStatus": "REFUNDED",
        "shipmentStatus": "READY_FOR_PICKUP",
        "items": [{ "id": order.items[0].id, "units": [1] }],
    });
    let made = stand.control("POST", "/_sandbox/returns", Some(&new)).await;
    assert_eq!(made.status, 200, "{}", made.json());
    let id = made.json()["returnId"].as_i64().unwrap();

    let (identity, _) = codes[1].split_once('\u{1d}').unwrap();
    let result = list(&stand, "").await;
    assert_eq!(
        result,
        json!({ "paging": {}, "returns": [{
            "id": id,
            "orderId": order.order_id,
            "creationDate": "2026-11-18T14:53:20+03:00",
            "updateDate": "2026-11-18T14:53:20+03:00",
            "returnType": "RETURN",
            "refundStatus": "REFUNDED",
            "fastReturn": false,
            "shipmentRecipientType": "DELIVERY_SERVICE",
            "shipmentStatus": "READY_FOR_PICKUP",
            "amount": { "value": 1490, "currencyId": "RUR" },
            "items": [{
                "shopSku": order.items[0].offer_id,
                "count": 1,
                "instances": [{ "stockType": "FIT", "status": "CREATED", "cis": identity }],
            }],
        }] })
    );

    let change = json!({ "instanceStatus": "PICKED", "stockType": "INCORRECT_CIS" });
    let path = format!("/_sandbox/returns/{id}");
    let changed = stand.control("PATCH", &path, Some(&change)).await;
    assert_eq!(changed.status, 200, "{}", changed.json());
    let result = list(&stand, "").await;
    let unit = &result["returns"][0]["items"][0]["instances"][0];
    assert_eq!(
        (&unit["status"], &unit["stockType"]),
        (&json!("PICKED"), &json!("INCORRECT_CIS"))
    );
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let stand = Stand::new().await;
    let order = || stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let (first, second) = (order(), order());
    let unredeemed = whole(&stand, &first, ReturnType::Unredeemed).0;
    let returned = whole(&stand, &second, ReturnType::Return);
    stand.sandbox.advance(2 * DAY_MS).unwrap();
    let change = ReturnChange {
        refund_status: Some(RefundStatus::Refunded),
        shipment_status: Some(ShipmentStatus::Picked),
        instance_status: Some(InstanceStatus::Picked),
        ..ReturnChange::default()
    };
    stand.sandbox.change_return(returned, &change).unwrap();
    let returned = returned.0;
    for (query, expected) in [
        ("", vec![returned, unredeemed]),
        ("?type=UNREDEEMED", vec![unredeemed]),
        ("?type=RETURN", vec![returned]),
        (&format!("?orderIds={}", first.order_id), vec![unredeemed]),
        (
            &format!("?orderIds={},{}", first.order_id, second.order_id),
            vec![returned, unredeemed],
        ),
        ("?statuses=REFUNDED,REJECTED", vec![returned]),
        ("?statuses=STARTED_BY_USER", vec![]),
        ("?shipmentStatuses=CREATED", vec![unredeemed]),
        (
            "?shipmentStatuses=CREATED,PICKED",
            vec![returned, unredeemed],
        ),
        ("?fromDate=2026-11-19", vec![returned]),
        ("?toDate=2026-11-18", vec![unredeemed]),
        ("?fromDate=2026-11-18&toDate=2026-11-18", vec![unredeemed]),
    ] {
        assert_eq!(ids(&list(&stand, query).await), expected, "{query}");
    }
    let other = format!("/v2/campaigns/{}/returns", stand.dbs);
    let other = stand.call("GET", &other, None).await.json();
    assert_eq!(other["result"]["returns"], json!([]), "another shop");
    for (query, words) in [
        ("?type=LOST", "Type mismatch: 'LOST'"),
        ("?orderIds=x", "Type mismatch: 'x'"),
        ("?orderIds=1,1", "'orderIds' elements must be unique"),
        ("?fromDate=18-11-2026", "Type mismatch: '18-11-2026'"),
        (
            "?fromDate=2026-11-19&toDate=2026-11-18",
            "Return start date is required to be less than end date",
        ),
    ] {
        let path = format!("/v2/campaigns/{}/returns{query}", stand.fbs);
        let refused = stand.call("GET", &path, None).await;
        assert_eq!(refused.refusal().2, words);
    }
}

#[tokio::test]
async fn pages_follow_one_another_and_reading_is_enough() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let mut made: Vec<i64> = (0..5)
        .map(|_| whole(&stand, &order, ReturnType::Return).0)
        .collect();
    made.reverse();
    let mut seen = Vec::new();
    let mut token = String::new();
    loop {
        let path = format!("/v2/campaigns/{}/returns?limit=2{token}", stand.fbs);
        let reply = stand.call_with(&stand.read_only, "GET", &path, None).await;
        assert_eq!(reply.header("x-ratelimit-resource-limit"), Some("5000"));
        let result = reply.json()["result"].clone();
        seen.extend(ids(&result));
        let Some(next) = result["paging"]["nextPageToken"].as_str() else {
            break;
        };
        token = format!("&pageToken={next}");
    }
    assert_eq!(seen, made);
}

#[tokio::test]
async fn a_return_of_what_is_not_there_is_not_made() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let unit =
        json!({ "orderId": order.order_id, "items": [{ "id": order.items[0].id, "units": [1] }] });
    for (new, status) in [
        (json!({ "orderId": 5 }), 404),
        (
            json!({ "orderId": order.order_id, "items": [{ "id": 5 }] }),
            400,
        ),
        (unit, 400),
    ] {
        let made = stand.control("POST", "/_sandbox/returns", Some(&new)).await;
        assert_eq!(made.status, status, "{}", made.json());
    }
}
