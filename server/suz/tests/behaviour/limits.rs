//! How often may be asked: their 429 is remembered for all processes, and this process keeps an even pace.

use crate::{
    doubles::{BEARER, NOW, OMS_ID, TOKEN, bench, bench_with, oms_id, process, secret, settings},
    failures::Endpoint,
    stand_in::{Reply, StandIn},
};
use desk::{
    server::ports::{call::CallError, suz_api::SuzApi},
    suz::Contour,
    time::Timestamp,
};
use std::{num::NonZeroU32, task::Poll};
use suz::Settings;

fn limited(until: Timestamp) -> CallError {
    CallError::Limited { until }
}

fn pong() -> Reply {
    Reply::json(200, format!(r#"{{"omsId":"{OMS_ID}"}}"#))
}

#[tokio::test]
async fn a_429_is_remembered_for_its_account_and_service_until_its_moment() {
    let expected = [
        ("nobody:sandbox", "true_api"),
        ("device:sandbox:", "true_api"),
        ("nobody:sandbox", "true_api"),
        ("bearer:sandbox:", "suz"),
        ("bearer:sandbox:", "true_api"),
        ("company:sandbox:", "suz"),
        ("company:sandbox:", "registration"),
        ("company:sandbox:", "registration"),
        ("company:sandbox:", "registration"),
    ];
    for (endpoint, (account, resource)) in Endpoint::ALL.into_iter().zip(expected) {
        let busy = Reply::json(429, "{}").header("Retry-After", "30");
        let stand_in = StandIn::start([busy, Reply::json(404, "{}")]).await;
        let bench = bench(&stand_in.url);
        let until = NOW.plus_seconds(30);
        assert_eq!(endpoint.failure(&bench.suz).await, limited(until));
        let blocks = bench.limits.blocks();
        assert_eq!(blocks.len(), 1);
        let (key, moment) = &blocks[0];
        assert!(key.account.starts_with(account), "{key:?}");
        assert_eq!((key.resource, *moment), (resource, until));

        bench.clock.advance(29_999);
        assert_eq!(endpoint.failure(&bench.suz).await, limited(until));
        assert_eq!(stand_in.received().len(), 1, "no request while it holds");
        bench.clock.advance(1);
        assert!(matches!(
            endpoint.failure(&bench.suz).await,
            CallError::Refused(_)
        ));
    }
}

#[tokio::test]
async fn a_429_that_names_no_time_is_ten_seconds_and_other_processes_hear_of_it() {
    let stand_in = StandIn::start([Reply::page(429, "Too Many Requests")]).await;
    let first = bench(&stand_in.url);
    let until = NOW.plus_seconds(10);
    assert_eq!(Endpoint::Ping.failure(&first.suz).await, limited(until));
    let second = process(settings(&stand_in.url), &first.limits);
    assert_eq!(Endpoint::Ping.failure(&second.suz).await, limited(until));
    assert_eq!(stand_in.received().len(), 1);
}

#[tokio::test]
async fn one_companys_limit_does_not_stop_another() {
    let stand_in = StandIn::start([Reply::json(429, "{}"), pong()]).await;
    let bench = bench(&stand_in.url);
    Endpoint::Ping.failure(&bench.suz).await;
    let other = "00000000-0000-4000-8000-000000000001".parse().unwrap();
    let answer = bench
        .suz
        .ping(Contour::Sandbox, &secret(TOKEN), &other)
        .await;
    assert!(answer.is_ok(), "{answer:?}");
}

#[tokio::test]
async fn more_calls_than_can_leave_soon_are_told_to_come_later() {
    // One a second: the first leaves at once, some ten wait their turn, and the rest would wait longer than that.
    let stand_in = StandIn::start([pong()]).await;
    let slow = Settings {
        suz_per_second: NonZeroU32::MIN,
        ..settings(&stand_in.url)
    };
    let bench = bench_with(slow);
    let (token, oms_id) = (secret(TOKEN), oms_id());
    let ping = || bench.suz.ping(Contour::Sandbox, &token, &oms_id);
    assert!(ping().await.is_ok());
    let mut waiting = Vec::new();
    let until = loop {
        assert!(waiting.len() < 60, "somebody must be told to come later");
        let mut call = Box::pin(ping());
        match futures::poll!(&mut call) {
            Poll::Pending => waiting.push(call),
            Poll::Ready(Err(CallError::Limited { until })) => break until,
            Poll::Ready(other) => panic!("{other:?}"),
        }
    };
    assert!(waiting.len() >= 10, "{}", waiting.len());
    assert!(until > NOW.plus_seconds(10) && until <= NOW.plus_seconds(11));
    assert_eq!(stand_in.received().len(), 1);
    // True API has a pace of its own.
    let other_service = bench.suz.balance(Contour::Sandbox, &secret(BEARER)).await;
    assert!(
        matches!(other_service, Err(CallError::NoAnswer(_))),
        "{other_service:?}"
    );
    assert_eq!(stand_in.received().len(), 2);
}
