//! The way of an order from its creation to its end.

use std::collections::BTreeSet;

use sandbox::{
    Clock, DEMO_OMS_ID, Sandbox, World,
    crpt::emission::{EmissionRulesChange, OrderTurn},
};
use serde_json::json;

use super::{GTIN, OTHER_GTIN, Station, block, clothes, line};
use crate::{
    crpt::{Mark, global_error},
    stand::NOW_MS,
};

#[tokio::test]
async fn an_order_fills_its_pools_and_is_handed_out_to_the_last_code() {
    let station = Station::slow().await;
    station.rules(EmissionRulesChange {
        pending_ms: Some(100),
        approved_ms: Some(200),
        ready_ms: Some(1_000),
        fill_ms: Some(1_000),
        ..EmissionRulesChange::default()
    });
    let reply = station.post("order", &clothes(10)).await.json();
    assert_eq!(reply["omsId"], DEMO_OMS_ID);
    assert_eq!(reply["expectedCompleteTimestamp"], 2_000);
    let id = reply["orderId"].as_str().unwrap();

    let created = station.line(id).await;
    assert_eq!(created.get("bufferStatus"), None);
    assert_eq!(created["availableCodes"], -1);
    station.pass(500);
    let pending = station.line(id).await;
    assert_eq!(pending["bufferStatus"], "PENDING");
    assert_eq!(
        (
            &pending["totalCodes"],
            &pending["totalPassed"],
            &pending["leftInBuffer"]
        ),
        (&json!(-1), &json!(-1), &json!(-1))
    );
    assert_eq!(station.codes(id, GTIN, 1).await.status, 400);

    station.pass(1_000);
    let half = station.line(id).await;
    assert_eq!(half["bufferStatus"], "ACTIVE");
    assert_eq!(
        (&half["availableCodes"], &half["unavailableCodes"]),
        (&json!(5), &json!(5))
    );
    assert_eq!(
        (&half["totalCodes"], &half["leftInBuffer"]),
        (&json!(10), &json!(0))
    );
    assert!(half["expiredDate"].is_string(), "{half}");
    assert_eq!(
        station.codes(id, GTIN, 6).await.status,
        400,
        "there are five"
    );
    let (first, first_block) = block(&station.codes(id, GTIN, 4).await);

    station.pass(1_000);
    let (second, second_block) = block(&station.codes(id, GTIN, 6).await);
    let all: BTreeSet<_> = first.iter().chain(&second).collect();
    assert_eq!(all.len(), 10, "every code is another");
    assert_ne!(first_block, second_block);
    let handed = station.mark.sandbox.handed_out_codes(id, Some(GTIN));
    assert_eq!(handed, [first.clone(), second].concat());
    let empty = station.line(id).await;
    assert_eq!(empty["bufferStatus"], "EXHAUSTED");
    assert_eq!(
        (&empty["totalPassed"], &empty["poolsExhausted"]),
        (&json!(10), &json!(true))
    );

    let told = station.blocks(id, GTIN).await.json();
    assert_eq!(told["blocks"][0]["blockId"], first_block);
    assert_eq!(told["blocks"][1]["quantity"], 6);
    let seconds = told["blocks"][0]["blockDateTime"].as_i64().unwrap();
    assert_eq!(seconds, (station.mark.sandbox.now_ms() - 1_000) / 1_000);
    let again = block(&station.retry(&first_block).await);
    assert_eq!(again, (first, first_block));
}

#[tokio::test]
async fn a_code_is_as_its_group_has_it_and_comes_with_its_separators() {
    let station = Station::quick().await;
    let id = station.order(&clothes(2)).await;
    let reply = station.codes(&id, GTIN, 1).await;
    let text = String::from_utf8(reply.body.clone()).unwrap();
    assert!(text.contains(r"\u001d91EE"), "{text}");
    let (codes, _) = block(&reply);
    let parts: Vec<&str> = codes[0].split('\u{1d}').collect();
    assert!(parts[0].starts_with("0104600712204107215"));
    assert_eq!(
        parts.iter().map(|part| part.len()).collect::<Vec<_>>(),
        [31, 6, 46]
    );
}

#[tokio::test]
async fn a_closed_line_gives_no_more_and_the_others_go_on() {
    let station = Station::quick().await;
    let mut body = clothes(3);
    body["products"] = json!([line(GTIN, 3), line(OTHER_GTIN, 2)]);
    let id = station.order(&body).await;
    let (_, block_id) = block(&station.codes(&id, GTIN, 1).await);
    let close = json!({ "orderId": id, "gtin": GTIN });
    let unsigned = station
        .post_signed("order/close", close.to_string().as_bytes(), None)
        .await;
    assert_eq!(unsigned.status, 400);
    let reply = station.post("order/close", &close).await;
    assert_eq!(
        (reply.status, reply.json()),
        (200, json!({ "omsId": DEMO_OMS_ID }))
    );

    for refused in [
        station.codes(&id, GTIN, 1).await,
        station.blocks(&id, GTIN).await,
        station.retry(&block_id).await,
        station.post("order/close", &close).await,
    ] {
        assert_eq!(global_error(&refused).0, 400);
    }
    let closed = station.line(&id).await;
    assert_eq!(closed["bufferStatus"], "CLOSED");
    assert_eq!(
        station.told("order/list").await["orderInfos"][0]["orderStatus"],
        "READY"
    );
    block(&station.codes(&id, OTHER_GTIN, 2).await);
    let whole = json!({ "orderId": id });
    assert_eq!(station.post("order/close", &whole).await.status, 200);
    assert_eq!(
        station.told("order/list").await["orderInfos"][0]["orderStatus"],
        "CLOSED"
    );
}

#[tokio::test]
async fn many_codes_come_in_pieces() {
    let station = Station::quick().await;
    let id = station.order(&clothes(20_000)).await;
    let reply = station.codes(&id, GTIN, 15_000).await;
    assert_eq!(reply.header("transfer-encoding"), Some("chunked"));
    let (codes, block_id) = block(&reply);
    assert_eq!(codes.len(), 15_000);
    assert_eq!(codes, station.mark.sandbox.handed_out_codes(&id, None));
    assert_eq!(block(&station.retry(&block_id).await).0, codes);
    let shown = format!("crpt/orders/{id}/codes?gtin={GTIN}");
    let shown = station.mark.control("GET", &shown, &json!(null)).await;
    assert_eq!(
        String::from_utf8(shown.body).unwrap(),
        codes.join("\n") + "\n"
    );
}

#[tokio::test]
async fn of_codes_taken_in_the_cabinet_the_api_tells_no_block() {
    let station = Station::quick().await;
    let take = |id: &str, count| {
        let turn = OrderTurn {
            taken_in_cabinet: Some(count),
            ..OrderTurn::default()
        };
        station.mark.sandbox.turn_emission_order(id, turn).unwrap();
    };
    let quantities = async |id: &str| {
        let told = station.blocks(id, GTIN).await.json();
        let blocks = told["blocks"].as_array().unwrap();
        let quantities = blocks.iter().map(|one| one["quantity"].as_u64().unwrap());
        quantities.collect::<Vec<u64>>()
    };
    let id = station.order(&clothes(5)).await;
    block(&station.codes(&id, GTIN, 2).await);
    take(&id, 2);
    assert_eq!(quantities(&id).await, [2]);
    assert_eq!(station.line(&id).await["totalPassed"], 4);

    let first = station.order(&clothes(5)).await;
    take(&first, 1);
    let (_, block_id) = block(&station.codes(&first, GTIN, 4).await);
    assert!(quantities(&first).await.is_empty(), "the first were");
    assert_eq!(global_error(&station.retry(&block_id).await).0, 404);
}

#[tokio::test]
async fn a_restart_gives_the_same_codes_again_and_goes_on_with_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let open = || {
        let demo = || World::demo(Clock::manual(NOW_MS));
        Sandbox::open(&path, demo).unwrap()
    };
    let station = Station::on(Mark::of(open()).await).await;
    station.rules(EmissionRulesChange::at_once());
    let id = station.order(&clothes(5)).await;
    let (codes, block_id) = block(&station.codes(&id, GTIN, 3).await);

    let again = Station::on(Mark::of(open()).await).await;
    assert_eq!(again.kept(&id), station.kept(&id));
    assert_eq!(block(&again.retry(&block_id).await).0, codes);
    let (rest, _) = block(&again.codes(&id, GTIN, 2).await);
    let next = again.order(&clothes(3)).await;
    let (others, _) = block(&again.codes(&next, GTIN, 3).await);
    let all: BTreeSet<_> = codes.iter().chain(&rest).chain(&others).collect();
    assert_eq!(all.len(), 8, "no code is given to two orders");
}

#[tokio::test]
async fn foreign_orders_and_blocks_are_not_there() {
    let station = Station::quick().await;
    let id = "00000000-1111-4222-8333-444444444444";
    for path in [
        format!("order/status?orderId={id}"),
        format!("codes?orderId={id}&gtin={GTIN}&quantity=1"),
        format!("order/codes/blocks?orderId={id}&gtin={GTIN}"),
        format!("order/codes/retry?blockId={id}"),
        format!("order/product?orderId={id}"),
    ] {
        let reply = station.get(&path).await;
        assert_eq!(global_error(&reply).0, 404, "{path}");
    }
    let mine = station.order(&clothes(1)).await;
    let reply = station.blocks(&mine, OTHER_GTIN).await;
    assert_eq!(global_error(&reply).0, 404);
    let reply = station.get("order/status?orderId=1").await;
    assert_eq!(reply.json()["fieldErrors"][0]["fieldName"], "orderId");
}
