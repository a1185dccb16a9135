//! `PUT …/orders/{orderId}/status` and `POST …/orders/status-update`.

use crate::{
    doubles::{bench, key, ready},
    stub::{Reply, Stub},
};
use desk::{
    ids::{CampaignId, MarketOrderId},
    marketplace::OrderStatus,
    server::ports::market::{CallError, Market, StatusStep, StepOutcome},
};

const SHOP: CampaignId = CampaignId(123);

#[tokio::test]
async fn a_step_is_taken_by_an_answer_without_a_wrapper() {
    for answer in [
        r#"{"order":{"id":7,"status":"PROCESSING","substatus":"READY_TO_SHIP","items":[]}}"#,
        r#"{"order":{"status":"TELEPORTED"}}"#,
        r#"{"operation":{"id":"5f0c","type":"UPDATE_ORDER_STATUS"}}"#,
    ] {
        let stub = Stub::start([Reply::json(200, answer)]).await;
        let taken = bench(&stub.url)
            .market
            .set_status(&key(), SHOP, &ready(MarketOrderId(7)))
            .await;
        assert_eq!(taken, Ok(()), "{answer}");
        let request = stub.only();
        assert_eq!(request.line, "PUT /v2/campaigns/123/orders/7/status");
        assert_eq!(
            String::from_utf8(request.body).unwrap(),
            r#"{"order":{"status":"PROCESSING","substatus":"READY_TO_SHIP"}}"#
        );
    }
}

#[tokio::test]
async fn a_step_without_a_substatus_says_none() {
    let stub = Stub::start([Reply::json(200, r#"{"order":{}}"#)]).await;
    let step = StatusStep {
        substatus: None,
        status: OrderStatus::Delivery,
        ..ready(MarketOrderId(7))
    };
    bench(&stub.url)
        .market
        .set_status(&key(), SHOP, &step)
        .await
        .unwrap();
    assert_eq!(
        String::from_utf8(stub.only().body).unwrap(),
        r#"{"order":{"status":"DELIVERY"}}"#
    );
}

#[tokio::test]
async fn a_yes_that_shows_no_order_is_unknown() {
    for answer in ["{}", r#"{"status":"OK"}"#, r#"{"order":null}"#] {
        let stub = Stub::start([Reply::json(200, answer)]).await;
        let taken = bench(&stub.url)
            .market
            .set_status(&key(), SHOP, &ready(MarketOrderId(7)))
            .await;
        assert!(
            taken.as_ref().is_err_and(CallError::leaves_unknown),
            "{answer}: {taken:?}"
        );
        assert_eq!(stub.received().len(), 1);
    }
}

async fn taken(answer: &str) -> Result<Vec<StepOutcome>, CallError> {
    let stub = Stub::start([Reply::json(200, answer)]).await;
    let mut bare = ready(MarketOrderId(8));
    bare.status = OrderStatus::Delivery;
    bare.substatus = None;
    let outcomes = bench(&stub.url)
        .market
        .set_statuses(&key(), SHOP, &[ready(MarketOrderId(7)), bare])
        .await;
    let request = stub.only();
    assert_eq!(request.line, "POST /v2/campaigns/123/orders/status-update");
    assert_eq!(
        String::from_utf8(request.body).unwrap(),
        r#"{"orders":[{"id":7,"status":"PROCESSING","substatus":"READY_TO_SHIP"},{"id":8,"status":"DELIVERY"}]}"#
    );
    outcomes
}

#[tokio::test]
async fn each_order_of_a_batch_has_its_own_outcome() {
    let answer = r#"{"status":"OK","result":{"orders":[
      {"id":7,"status":"PROCESSING","substatus":"READY_TO_SHIP","updateStatus":"OK"},
      {"id":8,"status":"PROCESSING","updateStatus":"ERROR","errorDetails":" No permission to set status DELIVERY "},
      {"id":9,"updateStatus":"ERROR"},
      {"id":10,"updateStatus":"PONDERED"},
      {"id":11},
      {"updateStatus":"OK"}]}}"#;
    let outcome = |order, refusal: Option<&str>| StepOutcome {
        order: MarketOrderId(order),
        refusal: refusal.map(Into::into),
    };
    assert_eq!(
        taken(answer).await,
        Ok(vec![
            outcome(7, None),
            outcome(8, Some(" No permission to set status DELIVERY ")),
            outcome(9, Some("")),
        ]),
        "who says neither yes nor no is not among the outcomes"
    );
}

#[tokio::test]
async fn a_batch_whose_answer_names_nobody_leaves_all_unknown() {
    for answer in [
        r#"{"status":"OK"}"#,
        r#"{"status":"OK","result":{}}"#,
        r#"{"status":"OK","result":{"orders":null}}"#,
    ] {
        assert_eq!(taken(answer).await, Ok(vec![]), "{answer}");
    }
}

#[tokio::test]
async fn a_batch_has_one_to_thirty_orders() {
    let stub = Stub::start([]).await;
    let market = bench(&stub.url).market;
    for count in [0, 31] {
        let steps: Vec<_> = (0..count).map(|id| ready(MarketOrderId(id))).collect();
        let sent = market.set_statuses(&key(), SHOP, &steps).await;
        assert!(matches!(sent, Err(CallError::Argument(_))), "{sent:?}");
    }
    assert!(stub.received().is_empty());
}
