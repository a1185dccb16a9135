//! `POST v1/businesses/{businessId}/orders`.

use crate::{
    doubles::{NOW, bench, key},
    stub::{Reply, Stub},
};
use desk::{
    identifiers::Requirement,
    ids::{BusinessId, CampaignId, MarketItemId, MarketOrderId},
    marketplace::{
        Amount, BuyerType, MarketItem, MarketOrder, Model, OrderStatus, ShipBy, StoredBox,
        StoredBoxItem, StoredInstance,
    },
    server::ports::market::{CallError, Market, OrderQuery, OrdersPage},
    time::Timestamp,
};

const BUSINESS: BusinessId = BusinessId(1_184_207);

/// A page in the words of the documentation, with everything that this client does not read.
const PAGE: &str = r#"{
  "orders": [
    {"orderId":48509001,"campaignId":21563490,"programType":"DBS","externalOrderId":"A-1","status":"PROCESSING",
     "substatus":"STARTED","creationDate":"2025-09-01T12:30:00.000000+03:00","updateDate":"2025-09-01T13:30:00+03:00",
     "paymentType":"PREPAID","paymentMethod":"B2B_ACCOUNT_PREPAYMENT","fake":false,
     "items":[
       {"id":7001,"offerId":"TAP-41","offerName":"Тапочки","count":2,
        "prices":{"payment":{"value":1490,"currencyId":"RUR"}},
        "instances":[{"cis":"01030410947874432155Qbag!","cisFull":"01030410947874432155Qbag!\u001d93Zjqw"},
                     {"uin":"1234567890123456","rnpt":"r","gtd":"g","countryCode":"CN"}],
        "requiredInstanceTypes":["CIS","HOLOGRAM"],"itemStatuses":[{"status":"CREATED","count":2}],"tags":["ULTIMA"]},
       {"id":7002,"offerId":"SHOP-1","offerName":"Пакет","count":1,"instances":null,"requiredInstanceTypes":null}
     ],
     "delivery":{"type":"DELIVERY","serviceName":"Своя","deliveryServiceId":99,"deliveryPartnerType":"SHOP",
       "dates":{"fromDate":"2025-09-03","toDate":"2025-09-03"},
       "shipment":{"id":1,"shipmentDate":"2025-09-02","shipmentTime":"16:00:00"}},
     "buyerType":"BUSINESS","notes":"Позвонить","sourcePlatform":"MARKET"},
    {"orderId":48509002,"campaignId":21563490,"status":"TELEPORTED","substatus":"MIDWAY",
     "creationDate":"2025-09-01T09:30:00Z","fake":true,"items":[],
     "delivery":{"dates":{"fromDate":"2025-09-03"},"boxesLayout":null}},
    {"orderId":48509003,"campaignId":21563512,"programType":"EXPRESS","status":"PROCESSING","substatus":"STARTED",
     "creationDate":"2025-09-01T09:30:00Z","fake":false,"items":[],
     "delivery":{"dates":{"fromDate":"2025-09-03"},"boxesLayout":[
       {"boxId":501,"barcode":"48509003-1","items":[
         {"id":7003,"fullCount":2,"partialCount":null,"instances":[
           {"cis":"01030410947874432155Qbag!\u001d93Zjqw"},{"cis":"01030410947874432155Qbag!"}]},
         {"id":7004,"fullCount":1,"instances":null}]},
       {"boxId":502,"barcode":"48509003-2","items":[{"id":7005,"partialCount":{"current":1,"total":2}}]}]}},
    {"orderId":48509004,"campaignId":21563512,"programType":"FBS","status":"PROCESSING","substatus":"STARTED",
     "creationDate":"2025-09-01T09:30:00Z","fake":false,"items":[],
     "delivery":{"boxesLayout":[{"boxId":503,"barcode":"b","items":[{"id":7006}]}]}}
  ],
  "paging": {"nextPageToken": "next page"}
}"#;

#[tokio::test]
async fn a_page_of_orders_is_read_whole() {
    let stub = Stub::start([Reply::json(200, PAGE)]).await;
    let page = bench(&stub.url)
        .market
        .orders(&key(), BUSINESS, &OrderQuery::default(), None)
        .await
        .unwrap();
    let first = MarketOrder {
        id: MarketOrderId(48_509_001),
        campaign: CampaignId(21_563_490),
        model: Some(Model::Dbs),
        status: OrderStatus::Processing,
        substatus: Some("STARTED".into()),
        buyer: Some(BuyerType::Business),
        fake: false,
        created_at: NOW,
        updated_at: Some(NOW.plus_seconds(3_600)),
        ship_by: Some(ShipBy {
            at: Timestamp(1_756_818_000_000),
            timed: true,
        }),
        items: vec![
            MarketItem {
                id: MarketItemId(7_001),
                offer_id: "TAP-41".into(),
                name: "Тапочки".into(),
                count: 2,
                required: vec![Requirement::Cis, Requirement::Other("HOLOGRAM".into())],
                instances: vec![
                    StoredInstance {
                        cis: Some("01030410947874432155Qbag!".into()),
                        cis_full: Some("01030410947874432155Qbag!\u{1d}93Zjqw".into()),
                        ..StoredInstance::default()
                    },
                    StoredInstance {
                        uin: Some("1234567890123456".into()),
                        rnpt: Some("r".into()),
                        gtd: Some("g".into()),
                        country: Some("CN".into()),
                        ..StoredInstance::default()
                    },
                ],
            },
            MarketItem {
                id: MarketItemId(7_002),
                offer_id: "SHOP-1".into(),
                name: "Пакет".into(),
                count: 1,
                required: vec![],
                instances: vec![],
            },
        ],
        boxes: vec![],
    };
    let second = MarketOrder {
        id: MarketOrderId(48_509_002),
        campaign: CampaignId(21_563_490),
        model: None,
        status: OrderStatus::Other("TELEPORTED".into()),
        substatus: Some("MIDWAY".into()),
        buyer: None,
        fake: true,
        created_at: NOW,
        updated_at: None,
        ship_by: Some(ShipBy {
            at: Timestamp(1_756_933_199_000),
            timed: false,
        }),
        items: vec![],
        boxes: vec![],
    };
    assert_eq!(page.orders[..2], [first, second]);
    assert_eq!(page.next.as_deref(), Some("next page"));
}

#[tokio::test]
async fn the_layout_of_boxes_comes_with_the_order() {
    let stub = Stub::start([Reply::json(200, PAGE)]).await;
    let page = bench(&stub.url)
        .market
        .orders(&key(), BUSINESS, &OrderQuery::default(), None)
        .await
        .unwrap();
    let [_, _, express, fbs] = page.orders.as_slice() else {
        panic!("{page:?}");
    };
    assert_eq!(express.model, Some(Model::Express));
    let item = |item, amount, instances| StoredBoxItem {
        item: MarketItemId(item),
        amount,
        instances,
    };
    let whole = StoredInstance {
        cis_full: Some("01030410947874432155Qbag!\u{1d}93Zjqw".into()),
        ..StoredInstance::default()
    };
    let short = StoredInstance {
        cis: Some("01030410947874432155Qbag!".into()),
        ..StoredInstance::default()
    };
    let half = Amount::Part {
        current: 1,
        total: 2,
    };
    assert_eq!(
        express.boxes,
        [
            StoredBox {
                id: Some(501),
                barcode: Some("48509003-1".into()),
                items: vec![
                    item(7_003, Amount::Full(2), vec![whole, short]),
                    item(7_004, Amount::Full(1), vec![]),
                ],
            },
            StoredBox {
                id: Some(502),
                barcode: Some("48509003-2".into()),
                items: vec![item(7_005, half, vec![])],
            },
        ],
    );
    assert_eq!(
        (fbs.model.clone(), fbs.boxes.as_slice()),
        (Some(Model::Fbs), [].as_slice()),
        "a layout without amounts is none"
    );
}

#[tokio::test]
async fn an_empty_question_has_an_empty_body() {
    let stub = Stub::start([Reply::json(200, r#"{"orders":[],"paging":{}}"#)]).await;
    let page = bench(&stub.url)
        .market
        .orders(&key(), BUSINESS, &OrderQuery::default(), None)
        .await;
    assert_eq!(
        page,
        Ok(OrdersPage {
            orders: vec![],
            next: None
        })
    );
    let request = stub.only();
    assert_eq!(request.line, "POST /v1/businesses/1184207/orders?limit=50");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.body, b"{}");
}

#[tokio::test]
async fn a_full_question_is_written_as_documented() {
    let stub = Stub::start([Reply::json(200, r#"{"orders":[]}"#)]).await;
    let query = OrderQuery {
        created: None,
        orders: vec![MarketOrderId(1), MarketOrderId(2)],
        campaigns: vec![CampaignId(3)],
        updated_from: Some(NOW),
        updated_to: Some(NOW.plus_seconds(60)),
        fake: true,
    };
    bench(&stub.url)
        .market
        .orders(&key(), BUSINESS, &query, Some("a b&c"))
        .await
        .unwrap();
    let request = stub.only();
    assert_eq!(
        request.line,
        "POST /v1/businesses/1184207/orders?limit=50&pageToken=a+b%26c"
    );
    assert_eq!(
        String::from_utf8(request.body).unwrap(),
        concat!(
            r#"{"orderIds":[1,2],"campaignIds":[3],"dates":{"updateDateFrom":"2025-09-01T12:30:00+03:00","#,
            r#""updateDateTo":"2025-09-01T12:31:00+03:00"},"fake":true}"#,
        ),
    );
}

#[tokio::test]
async fn a_field_of_another_type_is_named_by_its_path() {
    let stub = Stub::start([Reply::json(
        200,
        &PAGE.replace(r#""count":1"#, r#""count":"one""#),
    )])
    .await;
    let page = bench(&stub.url)
        .market
        .orders(&key(), BUSINESS, &OrderQuery::default(), None)
        .await;
    let Err(CallError::NotUnderstood { http: 200, at }) = page else {
        panic!("{page:?}");
    };
    assert!(at.starts_with("orders[0].items[1].count: "), "{at}");
}
