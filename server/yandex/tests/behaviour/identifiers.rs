//! `PUT v2/campaigns/{campaignId}/orders/{orderId}/identifiers`.

use crate::{
    doubles::{KEY, bench, key},
    stub::{Reply, Stub},
};
use desk::{
    identifiers::{Mark, UnitIdentifiers},
    ids::{CampaignId, MarketItemId, MarketOrderId},
    marketplace::StoredInstance,
    server::ports::market::{CallError, LineIdentifiers, Market},
    submission::LineInstances,
};

const CAMPAIGN: CampaignId = CampaignId(21_563_490);
const ORDER: MarketOrderId = MarketOrderId(48_509_001);

fn lines() -> Vec<LineIdentifiers> {
    let code = "01030410947874432155Qbag!\u{1d}93Zjqw".parse().unwrap();
    let unit = UnitIdentifiers {
        mark: Some(Mark::Cis(code)),
        ..UnitIdentifiers::default()
    };
    vec![LineIdentifiers {
        item: MarketItemId(7_001),
        units: vec![unit],
    }]
}

#[tokio::test]
async fn the_stored_bytes_are_sent_as_they_are() {
    let answer = r#"{"status":"OK","result":{"items":[
      {"id":7001,"vat":"VAT_22","count":1,"price":1490.5,"offerName":"Тапочки","offerId":"TAP-41",
       "instances":[{"cis":"01030410947874432155Qbag!","cisFull":"01030410947874432155Qbag!\u001d93Zjqw"}]},
      {"id":7002,"instances":null}]}}"#;
    let stub = Stub::start([Reply::json(200, answer)]).await;
    let market = bench(&stub.url).market;
    let body = market.identifiers_body(&lines()).unwrap();
    let held = market
        .put_identifiers(&key(), CAMPAIGN, ORDER, &body)
        .await
        .unwrap();
    assert_eq!(
        held,
        Some(vec![
            LineInstances {
                item: MarketItemId(7_001),
                instances: vec![StoredInstance {
                    cis: Some("01030410947874432155Qbag!".into()),
                    cis_full: Some("01030410947874432155Qbag!\u{1d}93Zjqw".into()),
                    ..StoredInstance::default()
                }],
            },
            LineInstances {
                item: MarketItemId(7_002),
                instances: vec![]
            },
        ]),
    );

    let request = stub.only();
    assert_eq!(
        request.line,
        "PUT /v2/campaigns/21563490/orders/48509001/identifiers"
    );
    assert_eq!(request.header("api-key"), Some(KEY));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("connection"), Some("close"));
    assert_eq!(request.body, body);
    assert_eq!(
        request.body,
        br#"{"items":[{"id":7001,"instances":[{"cis":"01030410947874432155Qbag!\u001d93Zjqw"}]}]}"#,
    );
}

#[tokio::test]
async fn a_good_answer_without_its_result_leaves_the_order_to_tell() {
    for answer in [
        r#"{"status":"OK"}"#,
        r#"{"status":"OK","result":null}"#,
        r#"{"status":"OK","result":{}}"#,
        r#"{"status":"OK","result":{"items":[{"instances":null}]}}"#,
    ] {
        let stub = Stub::start([Reply::json(200, answer)]).await;
        let held = bench(&stub.url)
            .market
            .put_identifiers(&key(), CAMPAIGN, ORDER, b"{}")
            .await;
        assert_eq!(held, Ok(None), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_the_market_would_not_take_does_not_leave() {
    let stub = Stub::start([]).await;
    let market = bench(&stub.url).market;
    let sent = market
        .put_identifiers(&key(), CAMPAIGN, ORDER, &vec![b' '; 512 * 1024 + 1])
        .await;
    assert!(matches!(sent, Err(CallError::Argument(_))), "{sent:?}");
    assert!(stub.received().is_empty());
}
