//! The list of shops.

use sandbox::{
    Clock, DEMO_API_KEY, DEMO_BUSINESS, DEMO_DBS_CAMPAIGN, Sandbox, World,
    market::cabinet::{NewCabinet, PlacementType},
};
use serde_json::{Value, json};

use super::stand::{NOW_MS, Stand};

#[tokio::test]
async fn the_demo_cabinet_shows_its_three_shops() {
    let stand = Stand::of(Sandbox::new(World::demo(Clock::manual(NOW_MS)))).await;
    let reply = stand
        .call_with(DEMO_API_KEY, "GET", "/v2/campaigns", None)
        .await;
    let body = reply.json();
    assert!(body.get("status").is_none());
    let shops = body["campaigns"].as_array().unwrap();
    assert_eq!(shops.len(), 3);
    assert_eq!(
        shops[0],
        json!({
            "domain": "Обувь на Лиговке",
            "id": DEMO_DBS_CAMPAIGN,
            "clientId": DEMO_DBS_CAMPAIGN,
            "business": { "id": DEMO_BUSINESS, "name": "Обувь на Лиговке" },
            "placementType": "DBS",
            "apiAvailability": "AVAILABLE",
        })
    );
    assert_eq!(shops[2]["apiAvailability"], "DISABLED_BY_INACTIVITY");
    assert_eq!(body["paging"], json!({}));
}

#[tokio::test]
async fn shops_come_in_pages_until_there_is_no_token() {
    let stand = Stand::new().await;
    let mut cabinet = NewCabinet::named("Сеть");
    for number in 0..5 {
        cabinet = cabinet.shop(&format!("Магазин {number}"), PlacementType::Fbs);
    }
    let cabinet = stand.sandbox.create_cabinet(cabinet).unwrap();
    let key = cabinet.keys[0].key.reveal();

    let mut seen: Vec<Value> = Vec::new();
    let mut sizes = Vec::new();
    let mut target = "/v2/campaigns?limit=2".to_owned();
    loop {
        let body = stand.call_with(key, "GET", &target, None).await.json();
        let page = body["campaigns"].as_array().unwrap();
        sizes.push(page.len());
        seen.extend(page.iter().map(|shop| shop["id"].clone()));
        match body["paging"]["nextPageToken"].as_str() {
            // The alias with an underscore is as good.
            Some(token) => target = format!("/v2/campaigns?limit=2&page_token={token}"),
            None => break,
        }
    }
    assert_eq!(sizes, [2, 2, 1]);
    let all: Vec<Value> = cabinet
        .campaigns
        .iter()
        .map(|shop| json!(shop.id))
        .collect();
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_wrong_limit_or_token_is_refused() {
    let stand = Stand::new().await;
    for (query, words) in [
        (
            "limit=101",
            "Parameter limit must be less than or equal to 100 (rejected value: 101)",
        ),
        (
            "limit=0",
            "'limit' must be greater than or equal to '1' (rejected value: '0')",
        ),
        ("limit=many", "Type mismatch: 'many'"),
        ("pageToken=zzz", "Bad page token"),
    ] {
        let target = format!("/v2/campaigns?{query}");
        let reply = stand.call("GET", &target, None).await;
        let expected = (400, "BAD_REQUEST".to_owned(), words.to_owned());
        assert_eq!(reply.refusal(), expected);
    }
}

#[tokio::test]
async fn one_shop_is_found_by_its_number() {
    let stand = Stand::new().await;
    let path = format!("/v2/campaigns/{}", stand.fbs);
    let body = stand.call("GET", &path, None).await.json();
    assert_eq!(body["campaign"]["id"], json!(stand.fbs));
    assert_eq!(body["campaign"]["placementType"], "FBS");
}
