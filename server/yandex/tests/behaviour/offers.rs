//! `POST v2/businesses/{businessId}/offer-mappings`.

use crate::{
    doubles::{bench, key},
    stub::{Reply, Stub},
};
use desk::{
    ids::BusinessId,
    server::ports::market::{CallError, Market, OfferFacts},
};

const BUSINESS: BusinessId = BusinessId(1_184_207);

fn articles(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[tokio::test]
async fn articles_are_asked_for_whole_without_pages_and_each_once() {
    let answer = r#"{"status":"OK","result":{"paging":{},"offerMappings":[
      {"offer":{"offerId":"TAP-41","name":"Тапочки","barcodes":["46012300000000","2900000000001"],"vendor":"V",
                "basicPrice":{"value":1490}},"mapping":{"marketSku":1},"showcaseUrls":[]},
      {"offer":{"offerId":"SHOP-1","barcodes":null}},
      {"mapping":{"marketSku":2}}]}}"#;
    let stub = Stub::start([Reply::json(200, answer)]).await;
    let offers = bench(&stub.url)
        .market
        .offers(&key(), BUSINESS, &articles(&["TAP-41", "SHOP-1", "TAP-41"]))
        .await;
    assert_eq!(
        offers,
        Ok(vec![
            OfferFacts {
                offer_id: "TAP-41".into(),
                name: Some("Тапочки".into()),
                barcodes: articles(&["46012300000000", "2900000000001"]),
            },
            OfferFacts {
                offer_id: "SHOP-1".into(),
                name: None,
                barcodes: vec![],
            },
        ])
    );
    let request = stub.only();
    assert_eq!(request.line, "POST /v2/businesses/1184207/offer-mappings");
    assert_eq!(
        String::from_utf8(request.body).unwrap(),
        r#"{"offerIds":["SHOP-1","TAP-41"]}"#
    );
}

#[tokio::test]
async fn without_articles_the_catalogue_is_left_alone() {
    let stub = Stub::start([]).await;
    let offers = bench(&stub.url).market.offers(&key(), BUSINESS, &[]).await;
    assert_eq!(offers, Ok(vec![]));
    assert!(stub.received().is_empty());
}

#[tokio::test]
async fn a_hundred_articles_are_asked_about_and_no_more() {
    let stub = Stub::start([Reply::json(
        200,
        r#"{"status":"OK","result":{"offerMappings":null}}"#,
    )])
    .await;
    let market = bench(&stub.url).market;
    let numbers = |count: u32| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
    let many = market.offers(&key(), BUSINESS, &numbers(101)).await;
    assert!(matches!(many, Err(CallError::Argument(_))), "{many:?}");
    assert!(stub.received().is_empty());
    assert_eq!(
        market.offers(&key(), BUSINESS, &numbers(100)).await,
        Ok(vec![])
    );
}
