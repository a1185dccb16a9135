//! `PUT v2/campaigns/{campaignId}/orders/{orderId}/boxes`.

use crate::{
    doubles::{KEY, bench, key},
    stub::{Reply, Stub},
};
use desk::{
    boxes::{Coverage, Layout, LineUnits, Plan},
    identifiers::{Mark, UnitIdentifiers},
    ids::{CampaignId, MarketItemId, MarketOrderId},
    marketplace::{Amount, StoredBox, StoredBoxItem, StoredInstance},
    server::ports::market::{CallError, Market},
};
use yandex::YandexMarket;

const CAMPAIGN: CampaignId = CampaignId(21_563_512);
const ORDER: MarketOrderId = MarketOrderId(48_509_003);
const CODE: &str = "01030410947874432155Qbag!\u{1d}93Zjqw";

/// One marked unit and two of a line that is not.
fn lines() -> Vec<LineUnits> {
    let marked = UnitIdentifiers {
        mark: Some(Mark::Cis(CODE.parse().unwrap())),
        ..UnitIdentifiers::default()
    };
    vec![
        LineUnits {
            item: MarketItemId(7_001),
            units: vec![marked],
        },
        LineUnits {
            item: MarketItemId(7_002),
            units: vec![UnitIdentifiers::default(); 2],
        },
    ]
}

/// A body with the proof that it covers the order.
fn covered(market: &YandexMarket, plan: &Plan) -> (Vec<u8>, Coverage) {
    let lines = lines();
    let layout = Layout::of(&lines, plan).unwrap();
    let body = market.boxes_body(&layout).unwrap();
    let counts: Vec<_> = lines
        .iter()
        .map(|line| (line.item, u32::try_from(line.units.len()).unwrap()))
        .collect();
    let boxes = market.boxes_of_body(&body).unwrap();
    let coverage = Coverage::of(&boxes, layout.removals(), &counts).unwrap();
    (body, coverage)
}

async fn put(answer: &str) -> Result<Option<Vec<StoredBox>>, CallError> {
    let stub = Stub::start([Reply::json(200, answer)]).await;
    let market = bench(&stub.url).market;
    let (body, coverage) = covered(&market, &Plan::default());
    market
        .put_boxes(&key(), CAMPAIGN, ORDER, &body, &coverage)
        .await
}

#[tokio::test]
async fn the_stored_bytes_are_sent_as_they_are() {
    let stub = Stub::start([Reply::json(200, r#"{"status":"OK"}"#)]).await;
    let market = bench(&stub.url).market;
    let (body, coverage) = covered(&market, &Plan::default());
    market
        .put_boxes(&key(), CAMPAIGN, ORDER, &body, &coverage)
        .await
        .unwrap();
    let request = stub.only();
    assert_eq!(
        request.line,
        "PUT /v2/campaigns/21563512/orders/48509003/boxes"
    );
    assert_eq!(request.header("api-key"), Some(KEY));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("connection"), Some("close"));
    assert_eq!(request.body, body);
    assert_eq!(
        String::from_utf8(request.body).unwrap(),
        concat!(
            r#"{"boxes":[{"items":[{"id":7001,"fullCount":1,"instances":["#,
            r#"{"cis":"01030410947874432155Qbag!\u001d93Zjqw"}]},{"id":7002,"fullCount":2}]}]}"#,
        ),
    );
}

#[tokio::test]
async fn removing_is_allowed_aloud_when_a_person_removed() {
    let stub = Stub::start([Reply::json(200, r#"{"status":"OK"}"#)]).await;
    let market = bench(&stub.url).market;
    let mut plan = Plan::default();
    plan.remove(MarketItemId(7_002), 1, 1).unwrap();
    let (body, coverage) = covered(&market, &plan);
    market
        .put_boxes(&key(), CAMPAIGN, ORDER, &body, &coverage)
        .await
        .unwrap();
    let sent = String::from_utf8(stub.only().body).unwrap();
    assert!(
        sent.ends_with(r#"{"id":7002,"fullCount":1}]}],"allowRemove":true}"#),
        "{sent}"
    );
}

#[tokio::test]
async fn the_answer_tells_the_boxes_with_their_ids() {
    let answer = r#"{"status":"OK","result":{"boxes":[
      {"boxId":501,"items":[
        {"id":7001,"fullCount":1,"instances":[{"cis":"01030410947874432155Qbag!\u001d93Zjqw"}]},
        {"id":7002,"fullCount":2,"instances":null}]},
      {"boxId":502,"items":[{"id":7003,"partialCount":{"current":2,"total":3},"instances":[{"uin":"1234567890123456"}]}]}]}}"#;
    let item = |item, amount, instances| StoredBoxItem {
        item: MarketItemId(item),
        amount,
        instances,
    };
    let code = StoredInstance {
        cis_full: Some(CODE.into()),
        ..StoredInstance::default()
    };
    let ring = StoredInstance {
        uin: Some("1234567890123456".into()),
        ..StoredInstance::default()
    };
    let part = Amount::Part {
        current: 2,
        total: 3,
    };
    let one = |id, items| StoredBox {
        id: Some(id),
        barcode: None,
        items,
    };
    assert_eq!(
        put(answer).await,
        Ok(Some(vec![
            one(
                501,
                vec![
                    item(7_001, Amount::Full(1), vec![code]),
                    item(7_002, Amount::Full(2), vec![]),
                ],
            ),
            one(502, vec![item(7_003, part, vec![ring])]),
        ])),
    );
}

#[tokio::test]
async fn a_good_answer_without_its_boxes_leaves_the_order_to_tell() {
    for answer in [
        r#"{"status":"OK"}"#,
        r#"{"status":"OK","result":null}"#,
        r#"{"status":"OK","result":{}}"#,
        r#"{"status":"OK","result":{"boxes":[{"boxId":1,"items":[{"id":7001}]}]}}"#,
        r#"{"status":"OK","result":{"boxes":[{"boxId":1,"items":[{"id":7001,"fullCount":0}]}]}}"#,
    ] {
        assert_eq!(put(answer).await, Ok(None), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_the_market_would_not_take_does_not_leave() {
    let stub = Stub::start([]).await;
    let market = bench(&stub.url).market;
    let (_, coverage) = covered(&market, &Plan::default());
    let sent = market
        .put_boxes(
            &key(),
            CAMPAIGN,
            ORDER,
            &vec![b' '; 512 * 1024 + 1],
            &coverage,
        )
        .await;
    assert!(matches!(sent, Err(CallError::Argument(_))), "{sent:?}");
    assert!(stub.received().is_empty());
}
