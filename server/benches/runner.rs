//! How fast the runner sends what is stored, beside bare `reqwest` with the same bodies: `make bench`.
//!
//! The sandbox runs in a process of its own and answers every request after 20 ms of real time. Both sides make
//! three calls at a time to it, each over a connection of its own, as the Market wants. The runner reads every
//! order before it sends and makes every step durable (`synchronous=FULL`); the peer only sends.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on ends with the cause"
)]

use desk::{
    account::Actor,
    orders::{OrderFilter, Tab, placing::Target},
    server::{connections::OwnerForm, ports::storage::Session},
};
use sandbox::{
    Clock, Sandbox, World,
    market::{
        cabinet::{NewCabinet, PlacementType},
        order::{NewItem, NewOrder},
    },
};
use serde_json::{Value, json};
use server::{settings::Settings, wiring::wire};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, sync::watch};

/// How long the sandbox takes for every answer.
const ANSWER_MILLIS: u64 = 20;
/// Calls at a time, on both sides.
const CALLS: usize = 3;
/// Orders made by one call of the sandbox's control API.
const CHUNK: usize = 1000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    match words.first().map(String::as_str) {
        Some("sandbox") => runtime.block_on(stand_in()),
        Some("orders") => {
            let n = words.get(1).and_then(|n| n.parse().ok()).unwrap_or(1000);
            runtime.block_on(measure(n));
        }
        // Memory is told apart only between processes.
        _ => {
            for n in ["1000", "10000"] {
                let program = std::env::current_exe().unwrap();
                let ended = Command::new(program).args(["orders", n]).status().unwrap();
                assert!(ended.success(), "{n} orders were not measured");
            }
        }
    }
}

/// The sandbox on a free port, until standard input ends.
async fn stand_in() {
    let sandbox = Sandbox::new(World::empty(Clock::live()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    std::io::stdout().flush().unwrap();
    let parent = tokio::task::spawn_blocking(|| {
        let mut rest = String::new();
        std::io::stdin().read_line(&mut rest)
    });
    sandbox
        .serve(listener, async move {
            parent.await.unwrap().unwrap();
        })
        .await;
}

/// The sandbox's process, ended with this value.
struct StandIn {
    child: Child,
    url: String,
    http: reqwest::Client,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        // It ends by itself too, when its standard input is closed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl StandIn {
    fn start() -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("sandbox")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut url)
            .unwrap();
        // Nothing here speaks TLS, and no client is made without somebody who could.
        rustls::crypto::ring::default_provider()
            .install_default()
            .unwrap();
        let http = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .http1_only()
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        Self {
            child,
            url: url.trim().to_owned(),
            http,
        }
    }

    async fn control(&self, method: http::Method, path: &str, body: &Value) -> Value {
        let answer = self
            .http
            .request(method, format!("{}/_sandbox/{path}", self.url))
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Orders of one marked unit in a shop; their numbers and items.
    async fn orders(&self, campaign: i64, n: usize) -> Vec<(i64, i64)> {
        let mut made = Vec::with_capacity(n);
        let mut order = NewOrder::of(serde_json::from_value(json!(campaign)).unwrap());
        order.items = vec![NewItem::marked("Молоко", 1)];
        while made.len() < n {
            let chunk = vec![order.clone(); CHUNK.min(n - made.len())];
            let chunk = serde_json::to_value(&chunk).unwrap();
            let answer = self.control(http::Method::POST, "orders", &chunk).await;
            made.extend(answer["orders"].as_array().unwrap().iter().map(|order| {
                let number = order["orderId"].as_i64().unwrap();
                (number, order["items"][0]["id"].as_i64().unwrap())
            }));
        }
        made
    }
}

/// The n-th code: milk, a serial of six characters, a tail.
fn code(n: usize) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let serial: String = (0..5)
        .map(|place| char::from(DIGITS[n / 62_usize.pow(place) % 62]))
        .collect();
    format!("0103041094787443215Q{serial}\u{1d}93Zjqw")
}

async fn measure(n: usize) {
    let stand_in = StandIn::start();
    let limits = json!({ "perHour": {
        "orders": 1_000_000, "identifiers": 1_000_000, "campaigns": 1_000_000, "authToken": 1_000_000,
    }});
    stand_in.control(http::Method::PUT, "limits", &limits).await;
    let memory = json!({ "remember": 100, "bodies": false });
    stand_in
        .control(http::Method::PUT, "received", &memory)
        .await;
    let cabinet = NewCabinet::named("Кабинет")
        .shop("Метка", PlacementType::Dbs)
        .shop("Соперник", PlacementType::Dbs);
    let cabinet = stand_in
        .control(
            http::Method::POST,
            "cabinets",
            &serde_json::to_value(cabinet).unwrap(),
        )
        .await;
    let key = cabinet["keys"][0]["key"].as_str().unwrap().to_owned();
    let campaign = |n: usize| cabinet["campaigns"][n]["id"].as_i64().unwrap();

    stand_in.orders(campaign(0), n).await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_string_lossy().into_owned();
    let settings = Settings::parse(&["--data-dir", &data]).unwrap();
    let wiring = wire(&settings, None, &stand_in.url).await.unwrap();
    let desk = Arc::clone(&wiring.desk);
    let actor = prepared(&desk, &key, n).await;
    let others = stand_in.orders(campaign(1), n).await;
    let latency = json!({ "latencyMs": ANSWER_MILLIS });
    stand_in
        .control(http::Method::PUT, "latency", &latency)
        .await;

    let bare = bare(&stand_in, &key, campaign(1), others, n).await;
    let ours = runner(&desk, &actor, n).await;
    println!(
        "{n} orders: bare reqwest {bare:.1}/s, the runner {ours:.1}/s: {:.1} %; memory {} now, {} at most",
        100.0 * ours / bare,
        memory_of("VmRSS:"),
        memory_of("VmHWM:"),
    );
}

/// Reads every order, fills it and stores its submission, so that only sending is left.
async fn prepared(desk: &desk::server::Desk, key: &str, n: usize) -> Actor {
    let session = desk
        .sign_up("Лавка", "bench@example.com", "correct horse", "bench")
        .await
        .unwrap();
    let session = desk.session(&session.token).await.unwrap().unwrap();
    let actor = Session::actor(&session);
    desk.add_connection(&actor, key.to_owned(), "", &OwnerForm::default())
        .await
        .unwrap();
    desk.run_due_jobs("bench").await.unwrap();
    let mut stored = 0;
    while stored < n {
        let list = desk.orders(&actor, &OrderFilter::default()).await.unwrap();
        assert!(!list.rows.is_empty(), "{stored} of {n} orders were read");
        for row in list.rows {
            let code = code(stored);
            let (page, outcomes) = desk
                .place_codes(&actor, row.id, &code, Target::Auto, false)
                .await
                .unwrap();
            assert!(page.unplaced.is_empty(), "{outcomes:?}");
            desk.send(&actor, row.id, page.revision).await.unwrap();
            stored += 1;
        }
    }
    actor
}

/// The runner from its start to the last accepted order; orders a second.
async fn runner(desk: &Arc<desk::server::Desk>, actor: &Actor, n: usize) -> f64 {
    let (stop, stopped) = watch::channel(false);
    let begun = Instant::now();
    let running = tokio::spawn(Arc::clone(desk).run_jobs("bench".into(), stopped));
    let accepted = loop {
        let list = desk.orders(actor, &OrderFilter::default()).await.unwrap();
        let count = |wanted: Tab| {
            let found = list.counts.iter().find(|(tab, _)| *tab == wanted);
            found.map_or(0, |(_, count)| *count as usize)
        };
        assert_eq!(count(Tab::Trouble), 0, "an order was refused");
        if count(Tab::Accepted) == n {
            break begun.elapsed();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    stop.send(true).unwrap();
    running.await.unwrap();
    per_second(n, accepted)
}

/// The same number of orders by nothing but `reqwest`; orders a second.
async fn bare(
    stand_in: &StandIn,
    key: &str,
    campaign: i64,
    orders: Vec<(i64, i64)>,
    n: usize,
) -> f64 {
    let orders = Arc::new(orders);
    let next = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let workers = (0..CALLS).map(|_| {
        let (orders, next, http) = (
            Arc::clone(&orders),
            Arc::clone(&next),
            stand_in.http.clone(),
        );
        let base = format!("{}/v2/campaigns/{campaign}/orders", stand_in.url);
        let key = key.to_owned();
        tokio::spawn(async move {
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some((number, item)) = orders.get(place) else {
                    return;
                };
                let cis = code(n + place);
                let body = json!({"items": [{"id": item, "instances": [{"cis": cis}]}]});
                let answer = http
                    .put(format!("{base}/{number}/identifiers"))
                    .header("Api-Key", &key)
                    .header("Connection", "close")
                    .header("Content-Type", "application/json")
                    .body(body.to_string())
                    .send()
                    .await
                    .unwrap();
                let status = answer.status();
                let text = answer.text().await.unwrap();
                assert!(status.is_success(), "{status} {text}");
            }
        })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap();
    }
    per_second(n, begun.elapsed())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "orders are counted in thousands"
)]
fn per_second(n: usize, took: Duration) -> f64 {
    n as f64 / took.as_secs_f64()
}

/// A line of what Linux tells of this process.
fn memory_of(name: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.map_or_else(|| "unknown".to_owned(), |kib| kib.trim().to_owned())
}
