//! What the Market allows: remembered per account and resource, and never tried against better knowledge.

use crate::{
    doubles::{NOW, bench, key},
    failures::Endpoint,
    stub::{Reply, Stub},
};
use desk::{
    ids::{BusinessId, CampaignId, MarketOrderId},
    server::ports::market::{CallError, Market, OrderQuery},
    time::Timestamp,
};
use std::sync::Arc;
use tokio::task::JoinSet;

const REMAINING: &str = "X-RateLimit-Resource-Remaining";
const UNTIL: &str = "X-RateLimit-Resource-Until";

/// 13:00 in Moscow, with a day of the week that is wrong on purpose.
const ONE_O_CLOCK: &str = "Thu, 01 Sep 2025 10:00:00 GMT";
const ONE_O_CLOCK_MOMENT: Timestamp = Timestamp(NOW.0 + 30 * 60_000);

const SPENT: &str = r#"{"status":"ERROR","errors":[{"code":"REQUEST_LIMIT_EXCEEDED","message":"Hit rate limit of 100 requests per hour"}]}"#;
const PARALLEL: &str = r#"{"status":"ERROR","errors":[{"code":"REQUEST_LIMIT_EXCEEDED","message":"Hit rate limit of 4 parallel requests for campaignId 123"}]}"#;

fn limited(until: Timestamp) -> CallError {
    CallError::Limited { until }
}

#[tokio::test]
async fn a_spent_hour_blocks_its_resource_for_its_account_until_it_is_over() {
    let expected = [
        ("key:…34cd", "auth_token"),
        ("key:…34cd", "campaigns"),
        ("business:45", "orders"),
        ("campaign:123", "identifiers"),
        ("key:…34cd", "countries"),
        ("campaign:123", "boxes"),
        ("campaign:123", "identifiers_status"),
        ("campaign:123", "status"),
        ("campaign:123", "status_update"),
        ("campaign:123", "labels"),
        ("campaign:123", "returns"),
        ("business:45", "offer_mappings"),
    ];
    for (endpoint, (account, resource)) in Endpoint::ALL.into_iter().zip(expected) {
        let spent = Reply::json(420, SPENT)
            .header(REMAINING, "0")
            .header(UNTIL, ONE_O_CLOCK);
        let stub = Stub::start([spent, Reply::json(404, "{}")]).await;
        let bench = bench(&stub.url);
        assert_eq!(
            endpoint.failure(&bench.market).await,
            limited(ONE_O_CLOCK_MOMENT),
            "{endpoint:?}"
        );
        assert_eq!(
            bench.limits.blocks(),
            [(account.to_owned(), resource, ONE_O_CLOCK_MOMENT)]
        );

        assert_eq!(
            endpoint.failure(&bench.market).await,
            limited(ONE_O_CLOCK_MOMENT),
            "{endpoint:?}"
        );
        assert_eq!(stub.received().len(), 1, "a blocked call makes no request");

        bench.clock.advance(30 * 60_000);
        assert!(
            matches!(endpoint.failure(&bench.market).await, CallError::Refused(_)),
            "{endpoint:?}"
        );
    }
}

#[tokio::test]
async fn other_accounts_and_resources_go_on() {
    let spent = Reply::json(420, SPENT)
        .header(REMAINING, "0")
        .header(UNTIL, ONE_O_CLOCK);
    let stub = Stub::start([
        spent,
        Reply::json(200, r#"{"status":"OK"}"#),
        Reply::json(200, r#"{"orders":[]}"#),
    ])
    .await;
    let market = bench(&stub.url).market;
    assert_eq!(
        Endpoint::Put.failure(&market).await,
        limited(ONE_O_CLOCK_MOMENT)
    );
    let neighbour = market
        .put_identifiers(&key(), CampaignId(124), MarketOrderId(7), b"{}")
        .await;
    assert_eq!(neighbour, Ok(None));
    assert!(
        market
            .orders(&key(), BusinessId(45), &OrderQuery::default(), None)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn the_last_call_of_the_hour_is_good_and_blocks_the_next() {
    let last = Reply::json(200, r#"{"status":"OK"}"#)
        .header(REMAINING, "0")
        .header(UNTIL, ONE_O_CLOCK);
    let stub = Stub::start([last]).await;
    let market = bench(&stub.url).market;
    assert_eq!(
        market
            .put_identifiers(&key(), CampaignId(123), MarketOrderId(7), b"{}")
            .await,
        Ok(None)
    );
    assert_eq!(
        Endpoint::Put.failure(&market).await,
        limited(ONE_O_CLOCK_MOMENT)
    );
    assert_eq!(stub.received().len(), 1);
}

#[tokio::test]
async fn too_many_calls_at_once_ask_for_a_moment_and_are_not_remembered() {
    let bare = || Reply::json(420, PARALLEL);
    let with_budget = || {
        Reply::json(420, PARALLEL)
            .header(REMAINING, "95")
            .header(UNTIL, ONE_O_CLOCK)
    };
    for endpoint in Endpoint::ALL {
        for reply in [bare(), with_budget(), Reply::html(420)] {
            let stub = Stub::start([reply]).await;
            let bench = bench(&stub.url);
            assert_eq!(
                endpoint.failure(&bench.market).await,
                limited(NOW.plus_seconds(1)),
                "{endpoint:?}"
            );
            assert_eq!(bench.limits.blocks(), []);
            assert_eq!(stub.received().len(), 1);
        }
    }
}

#[tokio::test]
async fn three_calls_of_a_shop_run_at_once_and_the_fourth_waits() {
    let first = Reply::json(200, r#"{"status":"OK"}"#);
    let held = Reply::Gated(r#"{"status":"OK"}"#.into());
    let replies = [vec![first], vec![held; 7]].concat();
    let stub = Stub::start(replies).await;
    let market = Arc::new(bench(&stub.url).market);
    // The first call of all goes alone, to find out what the budget is.
    market
        .put_identifiers(&key(), CampaignId(123), MarketOrderId(0), b"{}")
        .await
        .unwrap();
    let mut calls = JoinSet::new();
    for order in 0..6 {
        let market = Arc::clone(&market);
        calls.spawn(async move {
            market
                .put_identifiers(&key(), CampaignId(123), MarketOrderId(order), b"{}")
                .await
        });
    }
    stub.wait_for(4).await;
    // Another shop's call gets through, so it is the shop's own places that hold back the other three.
    let neighbour = Arc::clone(&market);
    let other_shop = tokio::spawn(async move {
        neighbour
            .put_identifiers(&key(), CampaignId(124), MarketOrderId(0), b"{}")
            .await
    });
    stub.wait_for(5).await;
    assert_eq!(
        stub.received()
            .iter()
            .filter(|request| request.line.contains("/campaigns/123/"))
            .count(),
        4
    );
    stub.open_the_gate();
    assert_eq!(other_shop.await.unwrap(), Ok(None));
    while let Some(call) = calls.join_next().await {
        assert_eq!(call.unwrap(), Ok(None));
    }
}
