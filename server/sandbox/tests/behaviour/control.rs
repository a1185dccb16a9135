//! The control API.

use serde_json::{Value, json};

use super::stand::{NOW_MS, Stand, send};

#[tokio::test]
async fn a_cabinet_made_in_one_call_works_at_once() {
    let stand = Stand::new().await;
    let new = json!({
        "name": "Новый",
        "keys": [{ "name": "робот", "scopes": ["INVENTORY_AND_ORDER_PROCESSING"] }],
        "campaigns": [{ "domain": "Лавка", "placementType": "DBS" }],
    });
    let made = stand
        .control("POST", "/_sandbox/cabinets", Some(&new))
        .await;
    assert_eq!(made.status, 200);
    let made = made.json();
    let key = made["keys"][0]["key"].as_str().unwrap();
    let shops = stand.call_with(key, "GET", "/v2/campaigns", None).await;
    assert_eq!(
        shops.json()["campaigns"][0]["id"],
        made["campaigns"][0]["id"]
    );

    let path = format!(
        "/_sandbox/cabinets/{}/keys/%D1%80%D0%BE%D0%B1%D0%BE%D1%82",
        made["businessId"]
    );
    let revoked = stand
        .control("PATCH", &path, Some(&json!({ "revoked": true })))
        .await;
    assert_eq!(revoked.json()["revoked"], true);
    let shops = stand.call_with(key, "GET", "/v2/campaigns", None).await;
    assert_eq!(shops.status, 401);

    let path = format!("/_sandbox/campaigns/{}", made["campaigns"][0]["id"]);
    let change = json!({ "apiAvailability": "MANUALLY_DISABLED" });
    let changed = stand.control("PATCH", &path, Some(&change)).await.json();
    assert_eq!(changed["apiAvailability"], "MANUALLY_DISABLED");
    let all = stand
        .control("GET", "/_sandbox/cabinets", None)
        .await
        .json();
    assert_eq!(all["cabinets"][1]["campaigns"][0], changed);
}

#[tokio::test]
async fn orders_are_made_read_changed_and_deleted() {
    let stand = Stand::new().await;
    let new = json!([
        { "campaignId": stand.dbs },
        { "campaignId": stand.dbs, "orderId": 77, "items": [
            { "id": 5, "offerName": "Туфли", "count": 2, "requiredInstanceTypes": ["CIS"] },
        ] },
    ]);
    let made = stand.control("POST", "/_sandbox/orders", Some(&new)).await;
    assert_eq!(made.json()["orders"].as_array().unwrap().len(), 2);
    let one = json!({ "campaignId": stand.dbs, "orderId": 77 });
    let taken = stand.control("POST", "/_sandbox/orders", Some(&one)).await;
    assert_eq!(taken.status, 409);

    let path = "/_sandbox/orders/77";
    let change = json!({ "substatus": "READY_TO_SHIP", "items": [{ "id": 6 }] });
    stand.sandbox.advance(5_000).unwrap();
    let changed = stand.control("PATCH", path, Some(&change)).await;
    assert_eq!(changed.status, 200);
    let read = stand.control("GET", path, None).await.json();
    assert_eq!(read, changed.json());
    assert_eq!(read["substatus"], "READY_TO_SHIP");
    assert_eq!(read["items"][0]["id"], 6);
    assert_eq!(read["updatedMs"], NOW_MS + 5_000);

    assert_eq!(stand.control("DELETE", path, None).await.status, 200);
    assert_eq!(stand.control("GET", path, None).await.status, 404);
    let wrong = json!({ "campaignId": stand.dbs, "substatus": "BEGUN" });
    let wrong = stand
        .control("POST", "/_sandbox/orders", Some(&wrong))
        .await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.json()["error"].is_string());
}

#[tokio::test]
async fn sample_codes_come_with_a_real_separator_and_stay_the_same() {
    let stand = Stand::new().await;
    let order = stand.order(vec![]);
    let path = format!("/_sandbox/orders/{}/codes", order.order_id);
    let first = stand.control("GET", &path, None).await;
    let second = stand.control("GET", &path, None).await;
    assert_eq!(first.body, second.body);
    let body = first.json();
    let code = body["lines"][0]["codes"][0].as_str().unwrap();
    let parts: Vec<&str> = code.split('\u{1d}').collect();
    assert_eq!(parts.len(), 3, "{code:?}");
    assert_eq!(parts[0].len(), 2 + 14 + 2 + 13);
    assert!(parts[0].starts_with(&format!("01{}215", order.items[0].gtin)));
    assert!(parts[1].starts_with("91") && parts[1].len() == 6);
    assert!(parts[2].starts_with("92") && parts[2].len() == 46);
}

#[tokio::test]
async fn the_clock_is_read_set_and_moved() {
    let stand = Stand::new().await;
    let clock = async |change: Value| {
        let reply = stand
            .control("POST", "/_sandbox/clock", Some(&change))
            .await;
        reply.json()
    };
    let shown = stand.control("GET", "/_sandbox/clock", None).await.json();
    assert_eq!(
        shown,
        json!({ "mode": "manual", "nowMs": NOW_MS, "now": "2026-11-18T14:53:20+03:00" })
    );
    let moved = clock(json!({ "advanceMs": 1_000 })).await;
    assert_eq!(moved["nowMs"], NOW_MS + 1_000);
    assert_eq!(stand.sandbox.now_ms(), NOW_MS + 1_000);
    let set = clock(json!({ "now": "2026-12-01T09:00:00+03:00" })).await;
    assert_eq!(set["now"], "2026-12-01T09:00:00+03:00");
    let live = clock(json!({ "mode": "live" })).await;
    assert_eq!(live["mode"], "live");
    assert!(live["nowMs"].as_i64().unwrap() >= set["nowMs"].as_i64().unwrap());
    let wrong = json!({ "now": "завтра" });
    let wrong = stand.control("POST", "/_sandbox/clock", Some(&wrong)).await;
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn received_requests_are_kept_raw_and_without_the_key() {
    let stand = Stand::new().await;
    let headers = [
        ("Api-Key", stand.key.as_str()),
        ("Content-Type", "application/json"),
    ];
    let path = format!("{}?limit=5", stand.orders_path());
    let body = b"{ \"fake\" : false }";
    let reply = send(stand.address, "POST", &path, &headers, body).await;
    assert_eq!(reply.unwrap().status, 200);
    stand.call("GET", "/v2/campaigns", None).await;

    let target = "/_sandbox/received?path=/v1/&waitMs=20000";
    let shown = stand.control("GET", target, None).await;
    let text = String::from_utf8(shown.body.clone()).unwrap();
    assert!(!text.contains(&stand.key));
    let shown = shown.json();
    let shown = shown["received"].as_array().unwrap();
    assert_eq!(shown.len(), 1);
    let entry = &shown[0];
    assert_eq!(entry["sequence"], 1);
    assert_eq!(entry["atMs"], NOW_MS);
    assert_eq!(entry["method"], "POST");
    assert_eq!(entry["path"], stand.orders_path());
    assert_eq!(entry["query"], "limit=5");
    assert_eq!(entry["bodyText"], "{ \"fake\" : false }");
    assert_eq!(entry["bodyBase64"], "eyAiZmFrZSIgOiBmYWxzZSB9");
    assert_eq!(
        (&entry["progress"], &entry["status"]),
        (&json!("answered"), &json!(200))
    );
    let last_four: String = stand.key.chars().skip(stand.key.len() - 4).collect();
    let kept = entry["headers"].as_array().unwrap();
    assert!(kept.contains(&json!(["api-key", format!("…{last_four}")])));

    stand.control("DELETE", "/_sandbox/received", None).await;
    let shown = stand.control("GET", "/_sandbox/received", None).await;
    assert_eq!(shown.json()["received"], json!([]));
}

#[tokio::test]
async fn faults_and_limits_are_set_over_http() {
    let stand = Stand::new().await;
    let fault = json!({ "kind": "error", "status": 500, "method": "POST", "path": "/v2/auth/" });
    let added = stand
        .control("POST", "/_sandbox/faults", Some(&fault))
        .await;
    assert_eq!(added.json()["id"], 1);
    let listed = stand.control("GET", "/_sandbox/faults", None).await.json();
    assert_eq!(listed["faults"][0]["kind"], "error");
    let token = stand.call("POST", "/v2/auth/token", None).await;
    assert_eq!(token.status, 500);

    stand
        .control("POST", "/_sandbox/faults", Some(&fault))
        .await;
    let deleted = stand.control("DELETE", "/_sandbox/faults/2", None).await;
    assert_eq!(deleted.status, 200);
    let deleted = stand.control("DELETE", "/_sandbox/faults/2", None).await;
    assert_eq!(deleted.status, 404);
    stand
        .control("POST", "/_sandbox/faults", Some(&fault))
        .await;
    stand.control("DELETE", "/_sandbox/faults", None).await;
    assert!(stand.sandbox.faults().is_empty());

    let limits = json!({ "parallel": 2, "perHour": { "identifiers": 7 } });
    let set = stand
        .control("PUT", "/_sandbox/limits", Some(&limits))
        .await;
    assert_eq!(set.json()["perHour"]["identifiers"], 7);
    let read = stand.control("GET", "/_sandbox/limits", None).await.json();
    assert_eq!(
        (&read["parallel"], &read["perHour"]["orders"]),
        (&json!(2), &json!(10_000))
    );
}

#[tokio::test]
async fn the_index_and_the_way_to_it_are_shown() {
    let stand = Stand::new().await;
    let index = stand.control("GET", "/_sandbox", None).await;
    assert_eq!(index.status, 200);
    let text = String::from_utf8(index.body).unwrap();
    assert!(text.contains("POST   /_sandbox/faults/release"));
    let nowhere = stand.control("GET", "/_sandbox/nowhere", None).await;
    assert_eq!(nowhere.status, 404);
    assert!(
        stand.sandbox.received().is_empty(),
        "control is not journalled"
    );
}
