//! `GET v2/campaigns/{campaignId}/returns`.

use crate::{
    doubles::{NOW, bench, key},
    stub::{Reply, Stub},
};
use desk::{
    ids::{CampaignId, MarketOrderId, MarketReturnId},
    returns::{MarketReturn, ReturnKind, ReturnLine, ReturnedUnit, ReturnedUnitStatus},
    server::ports::market::{CallError, Market, ReturnQuery, ReturnsPage},
};

const SHOP: CampaignId = CampaignId(123);

const PAGE: &str = r#"{"status":"OK","result":{"returns":[
  {"id":91,"orderId":48509001,"creationDate":"2025-08-30T14:30:30+03:00","updateDate":"2025-09-01T12:30:00+03:00",
   "refundStatus":"REFUNDED","shipmentStatus":"PICKED","returnType":"RETURN","amount":{"value":1490,"currencyId":"RUR"},
   "items":[{"marketSku":1,"shopSku":"TAP-41","count":2,"decisions":[],"tracks":[],"instances":[
     {"stockType":"FIT","status":"PICKED","cis":"01030410947874432155Qbag!","imei":"1"},
     {"stockType":"INCORRECT_CIS","status":"TELEPORTED"}]}]},
  {"id":92,"orderId":48509002,"returnType":"UNREDEEMED","items":[{"shopSku":"SHOP-1","count":1}]}],
  "paging":{"nextPageToken":"next page"}}}"#;

async fn asked(
    answer: &str,
    query: &ReturnQuery,
    page: Option<&str>,
) -> (Result<ReturnsPage, CallError>, String) {
    let stub = Stub::start([Reply::json(200, answer)]).await;
    let told = bench(&stub.url)
        .market
        .returns(&key(), SHOP, query, page)
        .await;
    (told, stub.only().line)
}

#[tokio::test]
async fn a_page_of_returns_is_read_whole() {
    let (page, line) = asked(PAGE, &ReturnQuery::default(), None).await;
    assert_eq!(line, "GET /v2/campaigns/123/returns?limit=100");
    let first = MarketReturn {
        id: MarketReturnId(91),
        order: MarketOrderId(48_509_001),
        kind: Some(ReturnKind::Return),
        updated_at: Some(NOW),
        lines: vec![ReturnLine {
            offer_id: "TAP-41".into(),
            count: 2,
            units: vec![
                ReturnedUnit {
                    cis: Some("01030410947874432155Qbag!".into()),
                    status: Some(ReturnedUnitStatus::Picked),
                    stock_type: Some("FIT".into()),
                },
                ReturnedUnit {
                    cis: None,
                    status: Some(ReturnedUnitStatus::Other("TELEPORTED".into())),
                    stock_type: Some("INCORRECT_CIS".into()),
                },
            ],
        }],
    };
    let second = MarketReturn {
        id: MarketReturnId(92),
        order: MarketOrderId(48_509_002),
        kind: Some(ReturnKind::Unredeemed),
        updated_at: None,
        lines: vec![ReturnLine {
            offer_id: "SHOP-1".into(),
            count: 1,
            units: vec![],
        }],
    };
    assert_eq!(
        page,
        Ok(ReturnsPage {
            returns: vec![first, second],
            next: Some("next page".into()),
        })
    );
}

#[tokio::test]
async fn a_question_names_orders_a_moscow_day_and_a_page() {
    let query = ReturnQuery {
        orders: vec![MarketOrderId(1), MarketOrderId(2)],
        // Nine in the evening in Greenwich is the next day in Moscow.
        from: Some(NOW.plus_seconds(41_400)),
    };
    let empty = r#"{"status":"OK","result":{"returns":null,"paging":{"nextPageToken":""}}}"#;
    let (page, line) = asked(empty, &query, Some("a b")).await;
    assert_eq!(
        line,
        "GET /v2/campaigns/123/returns?limit=100&orderIds=1%2C2&fromDate=2025-09-02&pageToken=a+b"
    );
    assert_eq!(
        page,
        Ok(ReturnsPage {
            returns: vec![],
            next: None,
        })
    );
}

#[tokio::test]
async fn more_orders_than_they_take_are_not_asked_about() {
    let stub = Stub::start([]).await;
    let query = ReturnQuery {
        orders: (1..=51).map(MarketOrderId).collect(),
        from: None,
    };
    let page = bench(&stub.url)
        .market
        .returns(&key(), SHOP, &query, None)
        .await;
    assert!(matches!(page, Err(CallError::Argument(_))), "{page:?}");
    assert!(stub.received().is_empty());
}
