//! The verification of marks.

use sandbox::market::{
    cabinet::{NewCabinet, PlacementType},
    limits::{LimitsChange, Resource},
    order::{InstanceType, NewItem, NewOrder, Order},
    verification::{CisSubstatus, Outcome, Script, UinSubstatus, VerificationChange},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::stand::Stand;

const QUEUE_MS: i64 = 1_000;
const DELAY_MS: i64 = 4_000;

async fn items(stand: &Stand, order: &Order) -> Vec<Value> {
    let reply = stand.about(order, "POST", "identifiers/status", None).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    let body = reply.json();
    assert_eq!(body["status"], "OK");
    body["result"]["items"].as_array().unwrap().clone()
}

/// Status and substatus of every mark of a kind.
async fn statuses(stand: &Stand, order: &Order, kind: &str) -> Vec<(String, String)> {
    let items = items(stand, order).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    items
        .iter()
        .filter_map(|item| item.get(kind))
        .flat_map(|marks| marks.as_array().unwrap())
        .map(|mark| (text(&mark["status"]), text(&mark["substatus"])))
        .collect()
}

fn pair(status: &str, substatus: &str) -> (String, String) {
    (status.to_owned(), substatus.to_owned())
}

#[tokio::test]
async fn a_code_waits_is_checked_and_passes() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![
        NewItem::marked("Тапочки", 1),
        NewItem::plain("Ложка", 1),
    ]);
    let codes = stand.pack(&order).await;
    assert_eq!(
        items(&stand, &order).await,
        [
            json!({ "id": order.items[0].id, "cis": [
                { "value": codes[0], "status": "NOT_ON_VALIDATION" },
            ] }),
            json!({ "id": order.items[1].id }),
        ]
    );
    stand.sandbox.advance(QUEUE_MS).unwrap();
    assert_eq!(
        statuses(&stand, &order, "cis").await,
        [pair("IN_PROGRESS", "")]
    );
    stand.sandbox.advance(DELAY_MS - QUEUE_MS).unwrap();
    assert_eq!(statuses(&stand, &order, "cis").await, [pair("OK", "")]);
}

#[tokio::test]
async fn the_delay_is_what_the_control_says() {
    let stand = Stand::new().await;
    let change = json!({ "queueMs": 0, "delayMs": 60_000 });
    let set = stand
        .control("PUT", "/_sandbox/verification", Some(&change))
        .await;
    assert_eq!(set.json()["delayMs"], 60_000);
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    stand.pack(&order).await;
    stand.sandbox.advance(59_999).unwrap();
    assert_eq!(
        statuses(&stand, &order, "cis").await,
        [pair("IN_PROGRESS", "")]
    );
    stand.sandbox.advance(1).unwrap();
    assert_eq!(statuses(&stand, &order, "cis").await, [pair("OK", "")]);
}

#[tokio::test]
async fn a_scripted_code_is_invalid_for_each_of_the_reasons() {
    let stand = Stand::new().await;
    let reasons = [
        "WRONG_OWNER_INN",
        "CIS_VALIDATION_ERROR",
        "CIS_GTIN_NOT_FOUND",
        "CIS_SERIAL_NUMBER_NOT_FOUND",
        "INVALID_SYMBOLS_FOUND",
        "CRYPTO_TAIL_FORMAT_MISMATCH_CIS_TYPE",
        "INVALID_CRYPTO_TAIL",
        "INVALID_CRYPTO_KEY",
        "VERIFICATION_FAILED_IN_EMITTER_COUNTRY",
        "UNSUPPORTED_AI_FOUND",
        "CIS_NOT_FOUND_IN_GIS_MT",
        "NOT_PLACED_ON_MARKET",
        "NOT_PRINTED_ON_PACKAGE",
        "EXPIRED_ITEM",
        "SALE_BLOCKED_BY_OGB",
        "ITEM_SOLD",
    ];
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 17)]);
    let codes = stand.pack(&order).await;
    for (reason, code) in reasons.iter().zip(&codes) {
        // The part before the first separator is enough to name a code.
        let (identity, _) = code.split_once('\u{1d}').unwrap();
        let script = json!({ "mark": identity, "outcome": "INVALID", "substatus": reason });
        let added = stand
            .control("POST", "/_sandbox/verification", Some(&script))
            .await;
        assert_eq!(added.status, 200, "{}", added.json());
    }
    stand.sandbox.advance(DELAY_MS).unwrap();
    let mut expected: Vec<_> = reasons
        .iter()
        .map(|reason| pair("INVALID", reason))
        .collect();
    expected.push(pair("OK", ""));
    assert_eq!(statuses(&stand, &order, "cis").await, expected);
}

#[tokio::test]
async fn a_failure_passes_after_some_polls() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let script = Script::of_order(order.order_id, Outcome::Failed { polls: 2 });
    stand.sandbox.script(script).unwrap();
    stand.pack(&order).await;
    stand.sandbox.advance(DELAY_MS).unwrap();
    for expected in ["FAILED", "FAILED", "OK", "OK"] {
        assert_eq!(statuses(&stand, &order, "cis").await, [pair(expected, "")]);
    }
}

#[tokio::test]
async fn a_verdict_once_told_stays() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let substatus = CisSubstatus::ExpiredItem;
    let script = Script::of_order(order.order_id, Outcome::Invalid { substatus });
    stand.sandbox.script(script).unwrap();
    stand.pack(&order).await;
    stand.sandbox.advance(DELAY_MS).unwrap();
    let expected = [pair("INVALID", "EXPIRED_ITEM")];
    assert_eq!(statuses(&stand, &order, "cis").await, expected);
    let cleared = stand
        .control("DELETE", "/_sandbox/verification", None)
        .await;
    assert_eq!(cleared.json()["scripts"], json!([]));
    assert_eq!(statuses(&stand, &order, "cis").await, expected);
}

#[tokio::test]
async fn a_replaced_code_is_checked_anew_and_the_others_are_not() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 2)]);
    let id = order.items[0].id;
    let codes = stand.pack(&order).await;
    stand.sandbox.advance(DELAY_MS).unwrap();
    let fresh = codes[0].replacen("215", "21Z", 1);
    let instances = json!([{ "cis": fresh }, { "cis": codes[1] }]);
    let boxes = json!([{ "items": [{ "id": id, "fullCount": 2, "instances": instances }] }]);
    assert_eq!(stand.lay_out(&order, boxes).await.status, 200);
    assert_eq!(
        statuses(&stand, &order, "cis").await,
        [pair("NOT_ON_VALIDATION", ""), pair("OK", "")]
    );
}

#[tokio::test]
async fn jewellery_numbers_wait_for_the_last_of_them() {
    let stand = Stand::new().await;
    let rings = |name: &str| NewItem::asking(name, 1, &[InstanceType::Uin]);
    let order = stand.fbs_order(vec![rings("Кольцо"), rings("Серьги")]);
    let uin = |last: u32| json!([{ "uin": format!("640000000000000{last}") }]);
    let substatus = UinSubstatus::NoData;
    let script = Script::of_mark("6400000000000002", Outcome::UinFailed { substatus });
    stand.sandbox.script(script).unwrap();
    let entry = |place: usize| json!({ "id": order.items[place].id, "fullCount": 1 });
    let (mut first, mut second) = (entry(0), entry(1));
    first["instances"] = uin(1);
    let half = json!([{ "items": [first, second] }]);
    assert_eq!(stand.lay_out(&order, half).await.status, 200);
    stand.sandbox.advance(10 * DELAY_MS).unwrap();
    assert_eq!(
        statuses(&stand, &order, "uin").await,
        [pair("NOT_ON_VALIDATION", "")]
    );

    second["instances"] = uin(2);
    let whole = json!([{ "items": [first, second] }]);
    assert_eq!(stand.lay_out(&order, whole).await.status, 200);
    stand.sandbox.advance(QUEUE_MS).unwrap();
    let both = [pair("IN_PROGRESS", ""), pair("IN_PROGRESS", "")];
    assert_eq!(statuses(&stand, &order, "uin").await, both);
    stand.sandbox.advance(DELAY_MS).unwrap();
    assert_eq!(
        statuses(&stand, &order, "uin").await,
        [pair("OK", ""), pair("FAILED", "UIN_NO_DATA")]
    );
}

#[tokio::test]
async fn orders_sold_elsewhere_tell_the_request_to_the_state_system() {
    let stand = Stand::new().await;
    let laas = NewCabinet::named("Чужие площадки").shop("Со склада", PlacementType::Laas);
    let cabinet = stand.sandbox.create_cabinet(laas).unwrap();
    let code = "01046100123456752155Qba001\u{1d}93Zjqw";
    let new = NewOrder::of(cabinet.campaigns[0].id).item(NewItem {
        instances: vec![sandbox::market::order::Instance {
            cis: Some(code.to_owned()),
            ..Default::default()
        }],
        ..NewItem::marked("Тапочки", 1)
    });
    let order = stand.sandbox.create_order(new).unwrap();
    stand.sandbox.advance(DELAY_MS).unwrap();
    let path = format!(
        "/v2/campaigns/{}/orders/{}/identifiers/status",
        order.campaign_id, order.order_id
    );
    let key = cabinet.keys[0].key.reveal();
    let body = stand.call_with(key, "POST", &path, None).await.json();
    let mark = &body["result"]["items"][0]["cis"][0];
    assert_eq!(mark["status"], "OK");
    assert_eq!(mark["crptRequestDateTime"], "2026-11-18T14:53:24+03:00");
    let request = mark["crptRequestId"].as_str().unwrap();
    let lengths: Vec<usize> = request.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12]);
}

#[tokio::test]
async fn dbs_orders_are_not_verified() {
    let stand = Stand::new().await;
    let order = stand.order(vec![NewItem::marked("Тапочки", 1)]);
    let refused = stand
        .about(&order, "POST", "identifiers/status", None)
        .await;
    assert_eq!(
        refused.refusal(),
        (
            400,
            "CAMPAIGN_TYPE_NOT_SUPPORTED".to_owned(),
            "Campaign type is not allowed. Allowed campaign types: 'FBS, LAAS'".to_owned()
        )
    );
}

#[tokio::test]
async fn reading_is_enough_to_poll_and_a_thousand_an_hour_is_the_most() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let path = format!(
        "/v2/campaigns/{}/orders/{}/identifiers/status",
        stand.fbs, order.order_id
    );
    let reply = stand.call_with(&stand.read_only, "POST", &path, None).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("x-ratelimit-resource-limit"), Some("1000"));
    let change = LimitsChange {
        per_hour: BTreeMap::from([(Resource::IdentifiersStatus, 1)]),
        ..LimitsChange::default()
    };
    stand.sandbox.set_limits(change).unwrap();
    let over = stand.call("POST", &path, None).await;
    assert_eq!(over.status, 420);
}

#[tokio::test]
async fn rejected_codes_are_not_offered_again() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 2)]);
    let bad = stand.sandbox.codes(order.order_id).unwrap()[0].codes[0].clone();
    let substatus = CisSubstatus::ItemSold;
    let script = Script::of_mark(&bad, Outcome::Invalid { substatus });
    stand.sandbox.script(script).unwrap();
    let change = VerificationChange {
        delay_ms: Some(0),
        ..VerificationChange::default()
    };
    stand.sandbox.change_verification(change).unwrap();
    let first = stand.pack(&order).await;
    assert_eq!(first[0], bad);
    assert_eq!(
        statuses(&stand, &order, "cis").await,
        [pair("INVALID", "ITEM_SOLD"), pair("OK", "")]
    );
    let second = stand.pack(&order).await;
    assert_ne!(second[0], bad);
    assert_eq!(second[1], first[1], "the good one stays on the shelf");
    assert_eq!(
        statuses(&stand, &order, "cis").await,
        [pair("OK", ""), pair("OK", "")]
    );
}
