//! How long the order page takes with ten thousand orders, on SQLite and on PostgreSQL (`METKA_TEST_POSTGRES_URL`):
//! `make bench`.
//!
//! The page is asked for over HTTP as a browser asks for it, signed in, compressed, one request after another over one
//! connection: from the request to the last byte of the drawn page. It is asked right after the orders came, when the
//! database may not have looked at what it keeps, and once more after `ANALYZE`: neither may make it slow. Beside it
//! stands what taking the orders in took: what makes the list fast must not make that slow.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that fails has nothing to say, and printing is all it is for"
)]

mod seed;

use desk::time::Timestamp;
use seed::{ORDERS, ki, number, shop};
use server::{
    router::router,
    settings::Settings,
    wiring::{open_store, wire},
};
use sqlx::{
    AnyConnection, AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection,
};
use std::{
    net::SocketAddr,
    time::{Duration, Instant, SystemTime},
};

/// How often each page is asked for.
const ROUNDS: usize = 60;
const POSTGRES: &str = "METKA_TEST_POSTGRES_URL";

/// What is asked for: a name and the address's parameters.
fn questions() -> Vec<(&'static str, String)> {
    let fixed = [
        ("tab: needs codes", "tab=needs"),
        ("tab: ready", "tab=ready"),
        ("tab: busy", "tab=busy"),
        ("tab: trouble", "tab=trouble"),
        ("tab: to ship", "tab=to_ship"),
        ("tab: accepted", "tab=accepted"),
        ("tab: the rest", "tab=rest"),
        ("needs codes, page 2", "tab=needs&page=2"),
        ("needs codes, page 80", "tab=needs&page=80"),
        ("accepted, page 40", "tab=accepted&page=40"),
        ("overdue", "tab=needs&due=overdue"),
        ("due today", "tab=needs&due=today"),
        ("one model", "tab=needs&model=FBS"),
        ("search: last 5 digits", "search=85000"),
        ("search: last 3 digits", "search=185"),
        ("search: article", "search=art-077-43"),
        ("search: start of article", "search=art"),
        ("search: word of a name", "search=елка"),
        ("the same, page 40", "search=елка&page=40"),
        ("search: word of all names", "search=размер"),
        ("search: one letter", "search=а"),
        ("search: nothing found", "search=нет такого"),
    ];
    let mut questions: Vec<(&'static str, String)> = fixed
        .into_iter()
        .map(|(name, query)| (name, query.replace(' ', "%20")))
        .collect();
    let code = format!("{}%1D93Zjqw", ki(7_771));
    let shop = shop(2);
    questions.extend([
        ("one shop", format!("tab=needs&shop={shop}")),
        (
            "shop, model and deadline",
            format!("tab=needs&shop={shop}&model=FBS&due=overdue"),
        ),
        ("search: order number", format!("search={}", number(5_000))),
        ("search: whole code", format!("search={code}")),
        ("search: КИ", format!("search={}", ki(7_771))),
        (
            "search: word, one shop",
            format!("search=елка&shop={shop}&due=overdue"),
        ),
    ]);
    questions
}

#[expect(
    clippy::disallowed_methods,
    reason = "the measured program has the same clock"
)]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Timestamp(i64::try_from(since.unwrap().as_millis()).unwrap())
}

/// A running server and somebody who is signed in there.
struct Browser {
    http: reqwest::Client,
    at: SocketAddr,
    token: String,
}

impl Browser {
    /// Asks for a page and returns how long it took and how many bytes came.
    async fn ask(&self, query: &str) -> (Duration, usize) {
        let request = self
            .http
            .get(format!("http://{}/orders?{query}", self.at))
            .header("accept", "text/html")
            .header("accept-encoding", "gzip, deflate, br, zstd")
            .header("cookie", format!("metka_session={}", self.token));
        let began = Instant::now();
        let response = request.send().await.unwrap();
        assert!(response.status().is_success(), "{query}");
        let body = response.bytes().await.unwrap();
        (began.elapsed(), body.len())
    }

    /// Asks for every page many times and prints a table. The pages take turns, so that what else the machine does
    /// falls on all of them alike.
    async fn table(&self, title: &str) {
        let mut pages: Vec<Page> = questions().into_iter().map(Page::new).collect();
        for _ in 0..ROUNDS {
            for page in &mut pages {
                let (time, bytes) = self.ask(&page.query).await;
                page.took.push(time);
                page.bytes = bytes;
            }
        }
        println!("\n{title}");
        let mut slowest = Duration::ZERO;
        for page in &mut pages {
            page.took.sort();
            slowest = slowest.max(page.slower_than(50));
            println!(
                "  {:<26} median {:>6.1} ms   p95 {:>6.1} ms   best {:>6.1} ms   {:>5} bytes",
                page.name,
                millis(page.slower_than(50)),
                millis(page.slower_than(95)),
                millis(page.slower_than(0)),
                page.bytes
            );
        }
        println!("  the slowest median: {:.1} ms", millis(slowest));
    }
}

/// One page and how long each answer took.
struct Page {
    name: &'static str,
    query: String,
    took: Vec<Duration>,
    bytes: usize,
}

impl Page {
    fn new((name, query): (&'static str, String)) -> Self {
        Self {
            name,
            query,
            took: Vec::with_capacity(ROUNDS),
            bytes: 0,
        }
    }

    /// The answer that so many hundredths of all were faster than; they are sorted.
    fn slower_than(&self, hundredths: usize) -> Duration {
        let at = self.took.len() * hundredths / 100;
        self.took.get(at).copied().unwrap_or_default()
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

async fn measure(name: &str, flags: &[&str]) {
    let settings = Settings::parse(flags).unwrap();
    let wiring = wire(&settings, None, "http://127.0.0.1:9").await.unwrap();
    let session = wiring
        .desk
        .sign_up("Лавка", "bench@example.com", "correct horse", "bench")
        .await
        .unwrap();
    let found = wiring.desk.session(&session.token).await.unwrap().unwrap();
    let (org, now) = (found.organisation, now());
    let store = open_store(&settings).await.unwrap();
    seed::shops(&store, org, now).await;
    let (first, again) = (
        seed::orders(&store, org, now).await,
        seed::orders(&store, org, now).await,
    );
    seed::codes(&store, org, now).await;
    println!(
        "\n{name}: {ORDERS} orders taken in within {:.1} s, and again unchanged within {:.1} s",
        first.as_secs_f64(),
        again.as_secs_f64()
    );
    store.close().await;

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let app = router(&settings, &wiring).into_make_service_with_connect_info::<SocketAddr>();
    let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let http = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .http1_only()
        .build()
        .unwrap();
    let token = session.token;
    let browser = Browser { http, at, token };
    // What the first visit alone pays for: connections to the database and statements prepared there.
    browser.ask("").await;
    browser
        .table(&format!("{name}, right after the orders came"))
        .await;
    analyse(&settings.database().unwrap()).await;
    browser.table(&format!("{name}, after ANALYZE")).await;
    serving.abort();
}

/// Lets the database look at what it keeps, as PostgreSQL does by itself in time and SQLite never.
async fn analyse(url: &str) {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    connection.execute("ANALYZE").await.unwrap();
    connection.close().await.unwrap();
}

/// A database of its own on the server that is named, dropped afterwards.
async fn on_postgres(data: &str, admin: &str) {
    let admin: sqlx::postgres::PgConnectOptions = admin.parse().unwrap();
    let mut connection = PgConnection::connect_with(&admin).await.unwrap();
    let name = "metka_bench_orders";
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    connection
        .execute(AssertSqlSafe(drop.clone()))
        .await
        .unwrap();
    connection
        .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .unwrap();
    let url = admin.clone().database(name).to_url_lossy().to_string();
    measure("PostgreSQL", &["--data-dir", data, "--database-url", &url]).await;
    connection.execute(AssertSqlSafe(drop)).await.unwrap();
}

#[tokio::main]
async fn main() {
    // Nothing here speaks TLS, and no client is made without somebody who could.
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_string_lossy().into_owned();
    println!("/orders with {ORDERS} orders, {ROUNDS} times each page");
    measure("SQLite", &["--data-dir", &data]).await;
    match std::env::var(POSTGRES) {
        Ok(admin) => on_postgres(&data, &admin).await,
        Err(_) => println!("PostgreSQL: not measured, {POSTGRES} names no server"),
    }
}
