//! Hourly and parallel limits.

use std::collections::BTreeMap;

use sandbox::{
    Effect, Fault,
    market::{
        cabinet::NewCabinet,
        limits::{LimitsChange, Resource},
    },
};
use serde_json::json;
use tokio::time::timeout;

use super::stand::{PATIENCE, Stand, open, read};

const HOUR_MS: i64 = 3_600_000;

fn allow(stand: &Stand, resource: Resource, per_hour: u32) {
    let change = LimitsChange {
        per_hour: BTreeMap::from([(resource, per_hour)]),
        ..LimitsChange::default()
    };
    stand.sandbox.set_limits(change).unwrap();
}

#[tokio::test]
async fn every_answer_tells_what_is_left_of_the_hour() {
    let stand = Stand::new().await;
    let reply = stand.list(json!({})).await;
    assert_eq!(reply.header("x-ratelimit-resource-limit"), Some("10000"));
    assert_eq!(reply.header("x-ratelimit-resource-remaining"), Some("9999"));
    assert_eq!(
        reply.header("x-ratelimit-resource-until"),
        Some("Wed, 18 Nov 2026 12:00:00 GMT")
    );
    let refused = stand.list(json!({ "orderIds": [] })).await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.header("x-ratelimit-resource-remaining"),
        Some("9998"),
        "a refused call spends too"
    );
}

#[tokio::test]
async fn over_the_hourly_limit_comes_420_until_the_hour_is_over() {
    let stand = Stand::new().await;
    allow(&stand, Resource::Orders, 1);
    assert_eq!(stand.list(json!({})).await.status, 200);
    let over = stand.list(json!({})).await;
    let (status, code, words) = over.refusal();
    assert_eq!((status, code.as_str()), (420, "REQUEST_LIMIT_EXCEEDED"));
    assert_eq!(
        words,
        format!(
            "Hit rate limit of 1 requests per hour for resource orders for businessId {}",
            stand.business
        )
    );
    assert_eq!(over.header("x-ratelimit-resource-remaining"), Some("0"));
    assert!(over.header("x-ratelimit-resource-until").is_some());

    let other = stand.call("POST", "/v2/auth/token", None).await;
    assert_eq!(other.status, 200, "another resource goes on");
    stand.sandbox.advance(HOUR_MS).unwrap();
    assert_eq!(stand.list(json!({})).await.status, 200);
}

#[tokio::test]
async fn one_shops_limit_does_not_stop_another() {
    let stand = Stand::new().await;
    allow(&stand, Resource::Campaign, 1);
    let get = async |id| {
        let path = format!("/v2/campaigns/{id}");
        stand.call("GET", &path, None).await.status
    };
    assert_eq!(get(stand.dbs).await, 200);
    assert_eq!(get(stand.dbs).await, 420);
    assert_eq!(get(stand.fbs).await, 200);
}

#[tokio::test]
async fn a_stranger_does_not_spend_a_shops_budget() {
    let stand = Stand::new().await;
    allow(&stand, Resource::Campaign, 1);
    let stranger = stand
        .sandbox
        .create_cabinet(NewCabinet::named("Чужой"))
        .unwrap();
    let path = format!("/v2/campaigns/{}", stand.dbs);
    let key = stranger.keys[0].key.reveal();
    let refused = stand.call_with(key, "GET", &path, None).await;
    assert_eq!(refused.status, 403);
    assert_eq!(stand.call("GET", &path, None).await.status, 200);
}

#[tokio::test]
async fn a_fifth_parallel_request_is_refused_without_a_time() {
    let stand = Stand::new().await;
    stand.sandbox.add_fault(Fault::new(Effect::Hold).times(4));
    let path = format!("/v2/campaigns/{}", stand.dbs);
    let headers = [("Api-Key", stand.key.as_str())];
    let mut held = Vec::new();
    for number in 1..=4 {
        held.push(open(stand.address, "GET", &path, &headers, b"").await);
        let arrived = stand.sandbox.wait_received(|r| r.sequence == number);
        timeout(PATIENCE, arrived).await.expect("it has arrived");
    }
    let fifth = stand.call("GET", &path, None).await;
    let words = format!(
        "Hit rate limit of 4 parallel requests for campaignId {}",
        stand.dbs
    );
    assert_eq!(
        fifth.refusal(),
        (420, "REQUEST_LIMIT_EXCEEDED".to_owned(), words)
    );
    assert_eq!(fifth.header("x-ratelimit-resource-until"), None);

    let other = format!("/v2/campaigns/{}", stand.fbs);
    assert_eq!(stand.call("GET", &other, None).await.status, 200);
    stand.sandbox.release();
    for stream in held {
        assert_eq!(read(stream).await.unwrap().status, 200);
    }
    assert_eq!(stand.call("GET", &path, None).await.status, 200);
}
