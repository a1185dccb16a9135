//! The goods of a cabinet.

use sandbox::market::{
    Offer,
    cabinet::{NewCabinet, PlacementType, Scope},
    order::{NewItem, NewOrder},
};
use serde_json::{Value, json};

use super::stand::Stand;

fn path(stand: &Stand, query: &str) -> String {
    format!("/v2/businesses/{}/offer-mappings{query}", stand.business)
}

fn offer(number: usize) -> Offer {
    Offer {
        offer_id: format!("SKU-{number:03}"),
        name: format!("Туфли {number}"),
        barcodes: vec![format!("46000000{number:05}")],
        price_kopecks: 699_000,
        archived: false,
    }
}

fn names(reply: &Value) -> Vec<String> {
    let offers = reply["result"]["offerMappings"].as_array().unwrap();
    offers
        .iter()
        .map(|one| one["offer"]["offerId"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn what_was_ordered_is_in_the_catalogue_with_its_barcode() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem {
        offer_id: Some("TAP-41".to_owned()),
        gtin: Some("04607122041019".to_owned()),
        ..NewItem::marked("Тапочки", 1)
    }]);
    assert_eq!(order.items[0].gtin, "04607122041019");
    let reply = stand.call("POST", &path(&stand, ""), None).await;
    assert_eq!(reply.status, 200);
    let body = reply.json();
    assert_eq!(body["status"], "OK");
    assert_eq!(body["result"]["paging"], json!({}));
    let offer = &body["result"]["offerMappings"][0]["offer"];
    assert_eq!(offer["offerId"], "TAP-41");
    assert_eq!(offer["name"], "Тапочки");
    assert_eq!(offer["barcodes"], json!(["4607122041019"]));
}

#[tokio::test]
async fn pages_hold_a_hundred_and_named_offers_come_at_once() {
    let stand = Stand::new().await;
    let offers: Vec<Offer> = (0..230).map(offer).collect();
    stand.sandbox.put_offers(stand.business, offers).unwrap();
    let mut seen = Vec::new();
    let mut token = String::new();
    let mut pages = 0;
    loop {
        let target = path(&stand, &format!("?limit=200{token}"));
        let body = stand.call("POST", &target, Some(&json!({}))).await.json();
        seen.extend(names(&body));
        pages += 1;
        let Some(next) = body["result"]["paging"]["nextPageToken"].as_str() else {
            break;
        };
        token = format!("&page_token={next}");
    }
    let all: Vec<String> = (0..230).map(|number| offer(number).offer_id).collect();
    assert_eq!((pages, seen), (3, all));

    let wanted = json!({ "offerIds": ["SKU-229", "SKU-003", "NONE"] });
    let body = stand
        .call("POST", &path(&stand, "?limit=1"), Some(&wanted))
        .await
        .json();
    assert_eq!(names(&body), ["SKU-229", "SKU-003"]);
    let many: Vec<String> = (0..201).map(|number| format!("{number}")).collect();
    let many = stand
        .call(
            "POST",
            &path(&stand, ""),
            Some(&json!({ "offerIds": many })),
        )
        .await;
    assert_eq!(
        many.refusal().2,
        "'offerIds' size must be between '1' and '200' (rejected size: '201')"
    );
    let foreign = stand
        .call("POST", &path(&stand, "?pageToken=bWV0a2E"), None)
        .await;
    assert_eq!(foreign.refusal().2, "Bad page token");
}

#[tokio::test]
async fn only_a_key_for_goods_sees_them() {
    let stand = Stand::new().await;
    let new = NewCabinet::named("Другой")
        .shop("Склад", PlacementType::Fbs)
        .key("orders", &[Scope::InventoryAndOrderProcessing])
        .key("goods", &[Scope::OffersAndCardsManagementReadOnly]);
    let cabinet = stand.sandbox.create_cabinet(new).unwrap();
    let order = NewOrder::of(cabinet.campaigns[0].id).item(NewItem::marked("Туфли", 1));
    stand.sandbox.create_order(order).unwrap();
    let path = format!("/v2/businesses/{}/offer-mappings", cabinet.business_id);
    let refused = stand
        .call_with(cabinet.keys[1].key.reveal(), "POST", &path, None)
        .await;
    assert_eq!(
        refused.refusal(),
        (
            403,
            "FORBIDDEN".to_owned(),
            "Token does not have any of the scopes to access the API method: all-methods, offers-and-cards-management, all-methods:read-only, offers-and-cards-management:read-only".to_owned()
        )
    );
    let allowed = stand
        .call_with(cabinet.keys[2].key.reveal(), "POST", &path, None)
        .await;
    assert_eq!(names(&allowed.json()).len(), 1);
    let foreign = stand.call("POST", &path, None).await;
    assert_eq!(foreign.refusal().0, 403);
}

#[tokio::test]
async fn the_limit_is_by_the_minute() {
    let stand = Stand::new().await;
    let reply = stand.call("POST", &path(&stand, ""), None).await;
    assert_eq!(reply.header("x-ratelimit-resource-limit"), Some("600"));
    assert_eq!(
        reply.header("x-ratelimit-resource-until"),
        Some("Wed, 18 Nov 2026 11:54:00 GMT")
    );
    let limits = json!({ "perHour": { "offerMappings": 1 } });
    stand
        .control("PUT", "/_sandbox/limits", Some(&limits))
        .await;
    let over = stand.call("POST", &path(&stand, ""), None).await;
    assert_eq!(
        over.refusal().2,
        format!(
            "Hit rate limit of 1 requests per minute for resource offerMappings for businessId {}",
            stand.business
        )
    );
    stand.sandbox.advance(60_000).unwrap();
    assert_eq!(
        stand.call("POST", &path(&stand, ""), None).await.status,
        200
    );
}

#[tokio::test]
async fn barcodes_can_be_changed_and_an_offer_without_any_has_no_list() {
    let stand = Stand::new().await;
    let offers = json!([{ "offerId": "A", "name": "Без кода" }]);
    let target = format!("/_sandbox/cabinets/{}/offers", stand.business);
    let put = stand.control("PUT", &target, Some(&offers)).await;
    assert_eq!(put.json()["offers"][0]["offerId"], "A");
    let body = stand.call("POST", &path(&stand, ""), None).await.json();
    assert!(
        body["result"]["offerMappings"][0]["offer"]
            .get("barcodes")
            .is_none()
    );
    let nowhere = stand
        .control("PUT", "/_sandbox/cabinets/5/offers", Some(&offers))
        .await;
    assert_eq!(nowhere.status, 404);
}
