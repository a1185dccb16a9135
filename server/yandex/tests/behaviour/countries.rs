//! `POST v2/regions/countries`.

use crate::{
    doubles::{bench, key},
    stub::{Reply, Stub},
};
use desk::server::ports::market::{Country, Market};

const ANSWER: &str = r#"{"countries":[
  {"region":{"id":225,"name":"Россия","type":"COUNTRY","parent":{"id":10001,"name":"Евразия","type":"CONTINENT"}},"countryCode":"RU"},
  {"region":{"id":134,"name":"Китай","type":"COUNTRY"},"countryCode":"CN"}
]}"#;
const DAY_MILLIS: i64 = 24 * 3_600_000;

#[tokio::test]
async fn countries_are_asked_for_once_a_day() {
    let stub = Stub::start([
        Reply::json(200, ANSWER),
        Reply::json(200, r#"{"countries":[]}"#),
    ])
    .await;
    let bench = bench(&stub.url);
    let country = |code: &str, name: &str| Country {
        code: code.into(),
        name: name.into(),
    };
    let both = Ok(vec![country("RU", "Россия"), country("CN", "Китай")]);
    assert_eq!(bench.market.countries(&key()).await, both);
    assert_eq!(stub.only().line, "POST /v2/regions/countries");

    bench.clock.advance(DAY_MILLIS - 1);
    assert_eq!(bench.market.countries(&key()).await, both);
    assert_eq!(stub.received().len(), 1);

    bench.clock.advance(1);
    assert_eq!(bench.market.countries(&key()).await, Ok(vec![]));
    assert_eq!(stub.received().len(), 2);
}

#[tokio::test]
async fn a_clock_that_went_back_does_not_keep_an_old_list() {
    let stub = Stub::start([Reply::json(200, ANSWER), Reply::json(200, ANSWER)]).await;
    let bench = bench(&stub.url);
    bench.market.countries(&key()).await.unwrap();
    bench.clock.advance(-1);
    bench.market.countries(&key()).await.unwrap();
    assert_eq!(stub.received().len(), 2);
}

#[tokio::test]
async fn a_refusal_is_not_kept() {
    let stub = Stub::start([Reply::json(401, "{}"), Reply::json(200, ANSWER)]).await;
    let bench = bench(&stub.url);
    bench.market.countries(&key()).await.unwrap_err();
    assert_eq!(bench.market.countries(&key()).await.unwrap().len(), 2);
}
