//! Limits, money, terms.

use sandbox::{
    DEMO_INN,
    crpt::{
        ParticipantChange,
        emission::EmissionRulesChange,
        participant::{Group, GroupState, ProfileStatus},
    },
};
use serde_json::json;

use super::{
    super::{demo_inn, global_error},
    GTIN, Station, block, clothes,
};

const DAY_MS: i64 = 86_400_000;

fn give(station: &Station, alias: &str, balance: Option<i64>) {
    let state = GroupState::Active;
    let change = ParticipantChange {
        groups: [(alias.to_owned(), Group { state, balance })].into(),
        ..ParticipantChange::default()
    };
    station
        .mark
        .sandbox
        .change_participant(&demo_inn(), change)
        .unwrap();
}

fn balance(station: &Station, alias: &str) -> Option<i64> {
    let participant = station.mark.sandbox.participant(&demo_inn()).unwrap();
    participant.groups[alias].balance
}

#[tokio::test]
async fn a_hundred_active_orders_are_enough() {
    let station = Station::quick().await;
    let mut orders = Vec::new();
    for _ in 0..100 {
        orders.push(station.order(&clothes(1)).await);
    }
    let refused = station.post("order", &clothes(1)).await;
    let (status, _, words) = global_error(&refused);
    assert_eq!(status, 400);
    assert!(
        words.contains("активных") && words.contains("100"),
        "{words}"
    );
    // One whose codes are all taken still has its place, until it is closed.
    block(&station.codes(&orders[0], GTIN, 1).await);
    assert_eq!(station.post("order", &clothes(1)).await.status, 400);
    let close = json!({ "orderId": orders[0] });
    assert_eq!(station.post("order/close", &close).await.status, 200);
    station.order(&clothes(1)).await;
}

#[tokio::test]
async fn the_queue_has_a_limit_of_its_own() {
    let station = Station::slow().await;
    station.rules(EmissionRulesChange {
        queued_limit: Some(2),
        ..EmissionRulesChange::default()
    });
    station.order(&clothes(1)).await;
    station.order(&clothes(1)).await;
    let refused = station.post("order", &clothes(1)).await;
    assert!(global_error(&refused).2.contains("ожидающих обработки"));
    station.pass(10_000);
    station.order(&clothes(1)).await;
}

#[tokio::test]
async fn a_line_that_is_empty_closes_by_itself_after_two_days() {
    let station = Station::lasting().await;
    let id = station.order(&clothes(2)).await;
    block(&station.codes(&id, GTIN, 2).await);
    station.pass(2 * DAY_MS - 1);
    assert_eq!(station.line(&id).await["bufferStatus"], "EXHAUSTED");
    station.pass(1);
    assert_eq!(station.line(&id).await["bufferStatus"], "CLOSED");
}

#[tokio::test]
async fn codes_nobody_takes_are_annulled_at_midnight_behind_their_last_day() {
    let station = Station::lasting().await;
    let id = station.order(&clothes(2)).await;
    block(&station.codes(&id, GTIN, 1).await);
    let until: i64 = station.line(&id).await["expiredDate"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let days = (until - station.mark.sandbox.now_ms()).div_euclid(DAY_MS);
    assert_eq!(days, 90);
    assert_eq!(
        (until + 3 * 3_600_000).rem_euclid(DAY_MS),
        0,
        "midnight of Moscow"
    );
    station.pass(until - station.mark.sandbox.now_ms());
    assert_eq!(station.line(&id).await["bufferStatus"], "CLOSED");
    assert_eq!(station.codes(&id, GTIN, 1).await.status, 400);
}

#[tokio::test]
async fn codes_cost_money_when_they_are_handed_out_or_made() {
    let station = Station::quick().await;
    station.rules(EmissionRulesChange {
        code_price: Some(60),
        ..EmissionRulesChange::default()
    });
    give(&station, "lp", Some(200));
    let id = station.order(&clothes(3)).await;
    assert_eq!(balance(&station, "lp"), Some(200));
    block(&station.codes(&id, GTIN, 2).await);
    assert_eq!(balance(&station, "lp"), Some(80), "reported as applied");
    let poor = station.order(&clothes(2)).await;
    let reason = station.line(&poor).await["rejectionReason"].to_string();
    assert!(reason.contains("Недостаточно средств"), "{reason}");

    give(&station, "milk", Some(200));
    let mut milk = clothes(3);
    milk["productGroup"] = json!("milk");
    milk["products"][0]["templateId"] = json!(20);
    milk["attributes"]["paymentType"] = json!(1);
    let id = station.order(&milk).await;
    assert_eq!(balance(&station, "milk"), Some(20), "paid when made");
    assert_eq!(station.line(&id).await.get("expiredDate"), None);
    block(&station.codes(&id, GTIN, 3).await);
    assert_eq!(balance(&station, "milk"), Some(20));
}

#[tokio::test]
async fn a_company_or_group_that_is_stopped_orders_nothing() {
    let station = Station::quick().await;
    let field = |reply: crate::stand::Reply| {
        assert_eq!(reply.status, 400);
        reply.json()["fieldErrors"][0]["fieldName"].clone()
    };
    for (alias, template) in [("milk", 20), ("perfumery", 9), ("tires", 7)] {
        let mut body = clothes(1);
        body["productGroup"] = json!(alias);
        body["products"][0]["templateId"] = json!(template);
        assert_eq!(
            field(station.post("order", &body).await),
            "productGroup",
            "{alias}"
        );
    }
    let change = ParticipantChange {
        profile_status: Some(ProfileStatus::Suspended),
        ..ParticipantChange::default()
    };
    station
        .mark
        .sandbox
        .change_participant(&demo_inn(), change)
        .unwrap();
    let refused = station.post("order", &clothes(1)).await;
    assert!(global_error(&refused).2.contains("SUSPENDED"));
    assert!(
        station.mark.sandbox.emission_orders().is_empty(),
        "of {DEMO_INN}"
    );
}
