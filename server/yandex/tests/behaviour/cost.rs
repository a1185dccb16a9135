//! What a call costs beside bare reqwest with the same settings: figures for people, so it runs only when asked:
//! `cargo test --release -p yandex --test behaviour cost:: -- --ignored --nocapture`.

use crate::{
    doubles::{KEY, bench, key},
    stub::{Reply, Stub},
};
use desk::{
    ids::{BusinessId, CampaignId, MarketOrderId},
    server::ports::market::{Market, OrderQuery},
};
use std::{
    future::Future,
    io::Write,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

const ROUNDS: u32 = 5;
const CALLS: u32 = 1_000;
const AT_A_TIME: u32 = 3;

/// A Market that answers everything with one text, at once.
async fn answering(body: String) -> Stub {
    Stub::answering(move |_| {
        Reply::json(200, &body)
            .header("X-RateLimit-Resource-Limit", "10000000")
            .header("X-RateLimit-Resource-Remaining", "9000000")
            .header(
                "X-RateLimit-Resource-Until",
                "Mon, 01 Sep 2025 10:00:00 GMT",
            )
    })
    .await
}

/// How long one call takes, with three going on at a time.
async fn per_call<F: Future<Output = ()> + Send + 'static>(call: impl Fn() -> F) -> Duration {
    let started = Instant::now();
    let mut calls = JoinSet::new();
    for _ in 0..AT_A_TIME {
        calls.spawn(call());
    }
    for _ in AT_A_TIME..CALLS {
        calls.join_next().await.unwrap().unwrap();
        calls.spawn(call());
    }
    calls.join_all().await;
    started.elapsed() / CALLS
}

/// Made after one of our own, which sets up rustls for the process.
fn bare() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .http1_only()
        .pool_max_idle_per_host(0)
        .build()
        .unwrap()
}

/// The best of some rounds of either, taken in turns, so that the machine's moods meet both.
async fn compare<A, B>(name: &str, bare: impl Fn() -> A, ours: impl Fn() -> B)
where
    A: Future<Output = ()> + Send + 'static,
    B: Future<Output = ()> + Send + 'static,
{
    let mut best = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        best[0] = best[0].min(per_call(&bare).await);
        best[1] = best[1].min(per_call(&ours).await);
    }
    writeln!(
        std::io::stdout(),
        "{name}: bare reqwest {:?}, this client {:?} a call",
        best[0],
        best[1]
    )
    .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures"]
async fn a_sending() {
    let body: Arc<[u8]> = vec![b' '; 2_000].into();
    let stub = answering(r#"{"status":"OK"}"#.into()).await;
    let url = format!("{}/v2/campaigns/123/orders/7/identifiers", stub.url);
    let market = Arc::new(bench(&stub.url).market);
    let http = bare();
    let by_hand = {
        let body = Arc::clone(&body);
        move || {
            let request = http
                .put(&url)
                .header("Api-Key", KEY)
                .header("Connection", "close")
                .header("Content-Type", "application/json")
                .body(body.to_vec());
            async move {
                let answer = request.send().await.unwrap().bytes().await.unwrap();
                assert_eq!(answer.len(), 15);
            }
        }
    };
    let ours = move || {
        let (market, body) = (Arc::clone(&market), Arc::clone(&body));
        async move {
            market
                .put_identifiers(&key(), CampaignId(123), MarketOrderId(7), &body)
                .await
                .unwrap();
        }
    };
    compare("a sending of 2 KB", by_hand, ours).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures"]
async fn a_page_of_fifty_orders() {
    let order = |id: usize| {
        let item = |item: usize| {
            format!(
                r#"{{"id":{item},"offerId":"TAP-41","offerName":"Тапочки домашние, серые","count":1,"prices":{{"payment":{{"value":1490,"currencyId":"RUR"}},"subsidy":{{"value":0,"currencyId":"RUR"}},"vat":"VAT_22"}},"instances":[{{"cis":"01030410947874432155Qbag!","cisFull":"01030410947874432155Qbag!\u001d93Zjqw"}}],"requiredInstanceTypes":["CIS"],"itemStatuses":[{{"status":"CREATED","count":1}}]}}"#
            )
        };
        let items: Vec<_> = (0..3).map(item).collect();
        format!(
            r#"{{"orderId":{id},"campaignId":123,"programType":"DBS","status":"PROCESSING","substatus":"STARTED","creationDate":"2025-09-01T12:30:00+03:00","updateDate":"2025-09-01T13:30:00+03:00","paymentType":"PREPAID","paymentMethod":"YANDEX","fake":false,"items":[{}],"delivery":{{"type":"DELIVERY","serviceName":"Своя служба доставки","deliveryServiceId":99,"deliveryPartnerType":"SHOP","dates":{{"fromDate":"2025-09-03","toDate":"2025-09-03"}},"courier":{{"address":{{"country":"Россия","city":"Москва","street":"Льва Толстого","house":"16"}}}}}},"buyerType":"PERSON"}}"#,
            items.join(",")
        )
    };
    let orders: Vec<_> = (1..=50).map(order).collect();
    let page = format!(r#"{{"orders":[{}],"paging":{{}}}}"#, orders.join(","));
    let length = page.len();
    let stub = answering(page).await;
    let url = format!("{}/v1/businesses/45/orders?limit=50", stub.url);
    let market = Arc::new(bench(&stub.url).market);
    let http = bare();
    let by_hand = move || {
        let request = http
            .post(&url)
            .header("Api-Key", KEY)
            .header("Connection", "close")
            .header("Content-Type", "application/json")
            .body("{}");
        async move {
            let answer = request.send().await.unwrap().bytes().await.unwrap();
            assert_eq!(answer.len(), length);
        }
    };
    let ours = move || {
        let market = Arc::clone(&market);
        async move {
            let page = market
                .orders(&key(), BusinessId(45), &OrderQuery::default(), None)
                .await
                .unwrap();
            assert_eq!(page.orders.len(), 50);
        }
    };
    let name = format!("a page of 50 orders, {} KB, read or not", length / 1_024);
    compare(&name, by_hand, ours).await;
}
