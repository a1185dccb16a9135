//! Moving orders on.

use std::collections::BTreeMap;

use sandbox::market::{
    limits::{LimitsChange, Resource},
    order::{
        BuyerType, InstanceType, NewItem, NewOrder, Order, OrderStatus, ProgramType, Substatus,
    },
    verification::{CisSubstatus, Outcome, Script},
};
use serde_json::{Value, json};

use super::stand::{Reply, Stand};

const DELAY_MS: i64 = 4_000;

fn reason(reply: &Reply) -> (String, String) {
    let (status, code, words) = reply.refusal();
    assert_eq!(status, 400, "{words}");
    (code, words)
}

async fn ready(stand: &Stand, order: &Order) -> Reply {
    stand.ask_status(order, "PROCESSING", "READY_TO_SHIP").await
}

#[tokio::test]
async fn an_order_is_ready_only_when_its_boxes_and_codes_are_there_and_good() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![
        NewItem::marked("Тапочки", 1),
        NewItem::plain("Ложка", 1),
    ]);
    let begin =
        "Transition 'PROCESSING/STARTED' -> 'PROCESSING/READY_TO_SHIP' is not allowed. Reason: ";
    let (code, words) = reason(&ready(&stand, &order).await);
    assert_eq!(code, "NO_BOXES");
    assert_eq!(words, format!("{begin}boxes are not set"));

    let (slippers, horn) = (order.items[0].id, order.items[1].id);
    let bare = json!([{ "items": [
        { "id": slippers, "fullCount": 1 },
        { "id": horn, "fullCount": 1 },
    ] }]);
    assert_eq!(
        stand.lay_out(&order, bare).await.status,
        200,
        "stored, not approved"
    );
    let (code, words) = reason(&ready(&stand, &order).await);
    assert_eq!(code, "TOO_FEW_CISES_FOR_ITEM");
    assert_eq!(
        words,
        format!("{begin}item with id = {slippers} has not all of its CIS")
    );

    stand.pack(&order).await;
    let (code, _) = reason(&ready(&stand, &order).await);
    assert_eq!(code, "CIS_VALIDATION_IN_PROGRESS_ERROR");
    stand.sandbox.advance(DELAY_MS).unwrap();
    let reply = ready(&stand, &order).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    let body = reply.json();
    assert!(body.get("status").is_none(), "no envelope here");
    assert_eq!(body["order"]["id"], json!(order.order_id));
    assert_eq!(body["order"]["substatus"], "READY_TO_SHIP");
    assert_eq!(body["order"]["updatedAt"], "18-11-2026 14:53:24");
    assert_eq!(stand.stored(&order).substatus, Substatus::ready_to_ship());
    let again = ready(&stand, &order).await;
    assert_eq!(reason(&again).0, "STATUS_NOT_ALLOWED");
}

#[tokio::test]
async fn a_bad_code_keeps_the_order_back_until_it_is_replaced() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let codes = stand.pack(&order).await;
    let substatus = CisSubstatus::WrongOwnerInn;
    let script = Script::of_mark(&codes[0], Outcome::Invalid { substatus });
    stand.sandbox.script(script).unwrap();
    stand.sandbox.advance(DELAY_MS).unwrap();
    assert_eq!(reason(&ready(&stand, &order).await).0, "INVALID_CIS");
    stand.pack(&order).await;
    stand.sandbox.advance(DELAY_MS).unwrap();
    assert_eq!(ready(&stand, &order).await.status, 200);
}

#[tokio::test]
async fn an_optional_code_may_be_left_out_but_not_be_bad() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::asking(
        "Пиво",
        1,
        &[InstanceType::CisOptional],
    )]);
    let script = Script::of_order(order.order_id, Outcome::Failed { polls: 9 });
    stand.sandbox.script(script).unwrap();
    stand.pack(&order).await;
    stand.sandbox.advance(DELAY_MS).unwrap();
    assert_eq!(reason(&ready(&stand, &order).await).0, "INVALID_CIS");
    let bare = json!([{ "items": [{ "id": order.items[0].id, "fullCount": 1 }] }]);
    assert_eq!(stand.lay_out(&order, bare).await.status, 200);
    assert!(
        stand.stored(&order).items[0].instances.is_empty(),
        "taken off"
    );
    assert_eq!(ready(&stand, &order).await.status, 200);
}

#[tokio::test]
async fn a_jewellery_number_in_work_keeps_the_order_back() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::asking("Кольцо", 1, &[InstanceType::Uin])]);
    stand.pack(&order).await;
    assert_eq!(
        reason(&ready(&stand, &order).await).0,
        "UIN_VALIDATION_IN_PROGRESS_ERROR"
    );
    stand.sandbox.advance(DELAY_MS).unwrap();
    assert_eq!(ready(&stand, &order).await.status, 200);
}

#[tokio::test]
async fn an_express_order_goes_the_same_way_and_can_be_cancelled_by_the_shop() {
    let stand = Stand::new().await;
    let new = NewOrder {
        program_type: Some(ProgramType::Express),
        ..NewOrder::of(stand.fbs)
    };
    let order = stand
        .sandbox
        .create_order(new.item(NewItem::marked("Туфли", 1)))
        .unwrap();
    stand.pack(&order).await;
    stand.sandbox.advance(DELAY_MS).unwrap();
    assert_eq!(ready(&stand, &order).await.status, 200);
    let wrong = stand
        .ask_status(&order, "CANCELLED", "USER_CHANGED_MIND")
        .await;
    assert_eq!(reason(&wrong).0, "SUBSTATUS_NOT_ALLOWED");
    let bare = stand.ask_status(&order, "CANCELLED", "").await;
    assert_eq!(reason(&bare).0, "SUBSTATUS_NOT_ALLOWED");
    let reply = stand.ask_status(&order, "CANCELLED", "SHOP_FAILED").await;
    assert_eq!(reply.status, 200);
    let closed = ready(&stand, &order).await;
    assert_eq!(
        reason(&closed).1,
        format!(
            "Action is not allowed for order '{}' with status 'CANCELLED' and substatus 'SHOP_FAILED'",
            order.order_id
        )
    );
}

#[tokio::test]
async fn statuses_that_are_not_the_sellers_are_refused() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    for status in ["DELIVERY", "PICKUP", "DELIVERED", "UNPAID", "RETURNED"] {
        let refused = stand.ask_status(&order, status, "").await;
        let words = format!("No permission to set status {status}");
        assert_eq!(reason(&refused), ("STATUS_NOT_ALLOWED".to_owned(), words));
    }
    let early = stand.ask_status(&order, "PROCESSING", "SHIPPED").await;
    assert_eq!(reason(&early).0, "STATUS_NOT_ALLOWED");
    let unknown = stand.ask_status(&order, "SOLD", "").await;
    assert_eq!(reason(&unknown).1, "Illegal input at 'order.status'");
    let missing = stand.about(&order, "PUT", "status", Some(&json!({}))).await;
    assert_eq!(
        reason(&missing).1,
        "'order' must not be null (rejected value: null)"
    );
}

#[tokio::test]
async fn a_dbs_order_is_delivered_step_by_step() {
    let stand = Stand::new().await;
    let order = stand.order(vec![NewItem::marked("Тапочки", 1)]);
    let step = async |status: &str| stand.ask_status(&order, status, "").await;
    assert_eq!(reason(&step("PICKUP").await).0, "STATUS_NOT_ALLOWED");
    assert_eq!(reason(&step("DELIVERED").await).0, "STATUS_NOT_ALLOWED");
    let ready = ready(&stand, &order).await;
    assert_eq!(reason(&ready).0, "STATUS_NOT_ALLOWED");
    assert_eq!(step("DELIVERY").await.status, 200);
    assert_eq!(reason(&step("DELIVERY").await).0, "STATUS_NOT_ALLOWED");
    assert_eq!(step("PICKUP").await.status, 200);
    let wish = json!({ "order": {
        "status": "DELIVERED",
        "delivery": { "dates": { "realDeliveryDate": "2026-11-17" } },
    } });
    let reply = stand.about(&order, "PUT", "status", Some(&wish)).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    assert_eq!(stand.stored(&order).status, OrderStatus::Delivered);
    let listed = stand.list(json!({})).await.json();
    let dates = &listed["orders"][0]["delivery"]["dates"];
    assert_eq!(dates["realDeliveryDate"], "2026-11-17");
    assert_eq!(reason(&step("DELIVERY").await).0, "ACTION_FORBIDDEN");
}

#[tokio::test]
async fn a_companys_dbs_order_needs_its_codes_and_calls_need_proof() {
    let stand = Stand::new().await;
    let new = NewOrder {
        buyer_type: Some(BuyerType::Business),
        ..NewOrder::of(stand.dbs)
    };
    let order = stand
        .sandbox
        .create_order(new.item(NewItem::marked("Тапочки", 1)))
        .unwrap();
    let refused = stand.ask_status(&order, "DELIVERY", "").await;
    assert_eq!(reason(&refused).0, "TOO_FEW_CISES_FOR_ITEM");
    let line = stand.sandbox.codes(order.order_id).unwrap().remove(0);
    let sent = stand
        .identify(order.order_id, &[(line.id.0, json!(line.instances))])
        .await;
    assert_eq!(sent.status, 200);
    let unreachable = stand
        .ask_status(&order, "CANCELLED", "USER_UNREACHABLE")
        .await;
    assert_eq!(reason(&unreachable).0, "SUBSTATUS_NOT_ALLOWED");
    assert_eq!(stand.ask_status(&order, "DELIVERY", "").await.status, 200);
}

#[tokio::test]
async fn a_batch_tells_of_each_order() {
    let stand = Stand::new().await;
    let good = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let bad = stand.fbs_order(vec![NewItem::marked("Туфли", 1)]);
    stand.pack(&good).await;
    stand.sandbox.advance(DELAY_MS).unwrap();
    let wish =
        |id: Value| json!({ "id": id, "status": "PROCESSING", "substatus": "READY_TO_SHIP" });
    let body = json!({ "orders": [wish(json!(good.order_id)), wish(json!(bad.order_id)), wish(json!(5))] });
    let path = format!("/v2/campaigns/{}/orders/status-update", stand.fbs);
    let reply = stand.call("POST", &path, Some(&body)).await;
    assert_eq!(reply.status, 200);
    assert_eq!(
        reply.header("x-ratelimit-resource-remaining"),
        Some("9997"),
        "three orders"
    );
    let body = reply.json();
    assert_eq!(body["status"], "OK");
    let orders = &body["result"]["orders"];
    assert_eq!(
        orders[0],
        json!({
            "id": good.order_id,
            "status": "PROCESSING",
            "substatus": "READY_TO_SHIP",
            "updateStatus": "OK",
        })
    );
    assert_eq!(orders[1]["updateStatus"], "ERROR");
    assert_eq!(orders[1]["substatus"], "STARTED");
    let details = orders[1]["errorDetails"].as_str().unwrap();
    assert!(details.ends_with("Reason: boxes are not set"), "{details}");
    assert_eq!(
        orders[2]["errorDetails"],
        format!("Order not found: partnerId = {}, orderId = 5", stand.fbs)
    );
    assert_eq!(stand.sandbox.record(good.order_id).status_changes, 1);
    assert_eq!(stand.sandbox.record(bad.order_id).status_changes, 0);
}

#[tokio::test]
async fn a_batch_has_one_to_thirty_orders_and_spends_as_many() {
    let stand = Stand::new().await;
    let change = LimitsChange {
        per_hour: BTreeMap::from([(Resource::StatusUpdate, 40)]),
        ..LimitsChange::default()
    };
    stand.sandbox.set_limits(change).unwrap();
    let path = format!("/v2/campaigns/{}/orders/status-update", stand.fbs);
    let batch = async |count: i64| {
        let orders: Vec<Value> = (1..=count)
            .map(|id| json!({ "id": id, "status": "DELIVERY" }))
            .collect();
        stand
            .call("POST", &path, Some(&json!({ "orders": orders })))
            .await
    };
    let empty = batch(0).await;
    assert_eq!(
        reason(&empty).1,
        "'orders' size must be between '1' and '30' (rejected size: '0')"
    );
    assert_eq!(reason(&batch(31).await).0, "BAD_REQUEST");
    let over = batch(9).await;
    assert_eq!(over.status, 420, "forty less one less thirty-one are eight");
    assert_eq!(over.header("x-ratelimit-resource-remaining"), Some("8"));
    assert_eq!(batch(8).await.status, 200);
}

#[tokio::test]
async fn changes_of_status_are_found_by_their_moment() {
    let stand = Stand::new().await;
    let first = stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    stand.fbs_order(vec![NewItem::plain("Крем", 1)]);
    stand.sandbox.advance(60_000).unwrap();
    let reply = stand.ask_status(&first, "CANCELLED", "SHOP_FAILED").await;
    assert_eq!(reply.status, 200);
    let filter = json!({ "dates": {
        "updateDateFrom": "2026-11-18T14:54:20+03:00",
        "updateDateTo": "2026-11-18T14:54:21+03:00",
    } });
    let listed = stand.list(filter).await.json();
    let orders = listed["orders"].as_array().unwrap();
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0]["orderId"], json!(first.order_id));
    assert_eq!(orders[0]["status"], "CANCELLED");
}
