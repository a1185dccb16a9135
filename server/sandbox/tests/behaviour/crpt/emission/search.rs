//! `orders/search` and the lists.

use sandbox::crpt::emission::EmissionRulesChange;
use serde_json::{Value, json};

use super::{GTIN, Station, clothes};

async fn found(station: &Station, filter: Value) -> Vec<String> {
    let reply = station
        .post("orders/search", &json!({ "filter": filter }))
        .await;
    let told = reply.json();
    assert_eq!(reply.status, 200, "{told}");
    let results = told["results"].as_array().unwrap();
    let ids = results
        .iter()
        .map(|one| one["orderId"].as_str().unwrap().to_owned());
    ids.collect()
}

#[tokio::test]
async fn an_order_is_found_by_the_number_its_customer_gave_it() {
    let station = Station::quick().await;
    let named = |name: &str| {
        let mut body = clothes(1);
        body["attributes"]["productionOrderId"] = json!(name);
        body
    };
    let first = station.order(&named("первый")).await;
    station.pass(1_000);
    let second = station.order(&named("второй")).await;
    assert_eq!(
        found(&station, json!({ "productionOrderIds": ["второй"] })).await,
        std::slice::from_ref(&second)
    );
    assert!(
        found(&station, json!({ "productionOrderIds": ["третий"] }))
            .await
            .is_empty()
    );
    assert_eq!(
        found(&station, json!({ "orderIds": [first] })).await,
        std::slice::from_ref(&first)
    );
    assert_eq!(
        found(&station, json!({})).await,
        [second.clone(), first.clone()],
        "newest first"
    );
    let now_ms = station.mark.sandbox.now_ms();
    assert_eq!(
        found(&station, json!({ "startCreatedTimestamp": now_ms })).await,
        std::slice::from_ref(&second)
    );
    assert_eq!(
        found(&station, json!({ "endCreatedTimestamp": now_ms - 1 })).await,
        std::slice::from_ref(&first)
    );
    assert_eq!(
        found(
            &station,
            json!({ "orderStatuses": ["READY"], "productGroups": ["lp"] })
        )
        .await
        .len(),
        2
    );
    assert!(
        found(&station, json!({ "orderStatuses": ["CLOSED"] }))
            .await
            .is_empty()
    );

    let page = json!({ "limit": 1, "page": 2 });
    let told = station.post("orders/search", &page).await.json();
    assert_eq!(
        (&told["totalCount"], &told["results"][0]["orderId"]),
        (&json!(2), &json!(first))
    );
    let one = &told["results"][0];
    assert_eq!(
        (&one["productGroup"], &one["productionOrderId"]),
        (&json!("LP"), &json!("первый"))
    );
    assert!(
        one["buffers"][0]["expiredDate"].is_number(),
        "here it is a number"
    );
}

#[tokio::test]
async fn a_new_order_can_stay_out_of_sight_for_a_while() {
    let station = Station::quick().await;
    station.rules(EmissionRulesChange {
        search_delay_ms: Some(5_000),
        ..EmissionRulesChange::default()
    });
    let id = station.order(&clothes(1)).await;
    assert!(found(&station, json!({})).await.is_empty());
    assert_eq!(
        station.line(&id).await["gtin"],
        GTIN,
        "who knows its number sees it"
    );
    station.pass(5_000);
    assert_eq!(found(&station, json!({})).await, [id]);
}

#[tokio::test]
async fn a_search_that_is_wrong_is_refused() {
    let station = Station::quick().await;
    let many: Vec<String> = (0..101).map(|number| number.to_string()).collect();
    for (body, name) in [
        (json!({ "limit": 0 }), "limit"),
        (json!({ "limit": 101 }), "limit"),
        (json!({ "page": 0 }), "page"),
        (json!({ "filter": 1 }), "filter"),
        (json!({ "filter": { "orderIds": many } }), "orderIds"),
        (
            json!({ "filter": { "productionOrderIds": "x" } }),
            "productionOrderIds",
        ),
    ] {
        let reply = station.post("orders/search", &body).await;
        assert_eq!(reply.status, 400);
        assert_eq!(reply.json()["fieldErrors"][0]["fieldName"], name);
    }
}

#[tokio::test]
async fn cards_are_told_of_an_order_that_was_approved() {
    let station = Station::slow().await;
    let id = station.order(&clothes(1)).await;
    let path = format!("order/product?orderId={id}");
    assert_eq!(station.told(&path).await, json!({}));
    station.pass(10_000);
    assert_eq!(station.told(&path).await[GTIN]["productGroup"], 1);
}
