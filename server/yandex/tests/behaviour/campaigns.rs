//! `GET v2/campaigns`.

use crate::{
    doubles::{KEY, bench, key},
    stub::{Reply, Stub},
};
use desk::{
    connection::ShopFacts,
    ids::{BusinessId, CampaignId},
    marketplace::{ApiAvailability, Placement},
    server::ports::market::{CallError, Market},
};

const FIRST: &str = r#"{
  "campaigns": [
    {"domain":"Обувь","id":21563490,"clientId":1,"business":{"id":1184207,"name":"ООО «Обувь»"},
     "placementType":"DBS","apiAvailability":"AVAILABLE"},
    {"domain":"Склад","id":21563512,"business":{"id":1184207,"name":"ООО «Обувь»"},
     "placementType":"HOVER","apiAvailability":"DISABLED_BY_INACTIVITY"},
    {"domain":"Без номера","business":{"id":1184207}}
  ],
  "paging": {"nextPageToken": "eyJ+/="},
  "pager": {"total": 4, "pagesCount": 2}
}"#;
const LAST: &str = r#"{"campaigns":[{"id":3,"business":{"id":4}}],"paging":{}}"#;

#[tokio::test]
async fn all_pages_are_read_and_a_shop_without_a_number_is_left_out() {
    let stub = Stub::start([Reply::json(200, FIRST), Reply::json(200, LAST)]).await;
    let shops = bench(&stub.url).market.shops(&key()).await.unwrap();
    let shop = |id, name: &str, placement, availability| ShopFacts {
        campaign: CampaignId(id),
        business: BusinessId(1_184_207),
        business_name: "ООО «Обувь»".into(),
        name: name.into(),
        placement: Some(placement),
        availability: Some(availability),
    };
    assert_eq!(
        shops,
        [
            shop(
                21_563_490,
                "Обувь",
                Placement::Dbs,
                ApiAvailability::Available
            ),
            shop(
                21_563_512,
                "Склад",
                Placement::Other("HOVER".into()),
                ApiAvailability::DisabledByInactivity
            ),
            ShopFacts {
                campaign: CampaignId(3),
                business: BusinessId(4),
                business_name: String::new(),
                name: String::new(),
                placement: None,
                availability: None,
            },
        ],
    );

    let requests = stub.received();
    let lines: Vec<_> = requests
        .iter()
        .map(|request| request.line.as_str())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /v2/campaigns?limit=100",
            "GET /v2/campaigns?limit=100&pageToken=eyJ%2B%2F%3D"
        ]
    );
    assert!(
        requests
            .iter()
            .all(|request| request.header("api-key") == Some(KEY))
    );
    assert!(requests.iter().all(|request| request.body.is_empty()));
}

#[tokio::test]
async fn pages_that_go_in_a_circle_are_not_followed() {
    let circle = || {
        Reply::json(
            200,
            r#"{"campaigns":[],"paging":{"nextPageToken":"again"}}"#,
        )
    };
    let stub = Stub::start([circle(), circle(), circle()]).await;
    let shops = bench(&stub.url).market.shops(&key()).await;
    assert!(
        matches!(shops, Err(CallError::NotUnderstood { http: 200, .. })),
        "{shops:?}"
    );
    assert_eq!(stub.received().len(), 2);
}
