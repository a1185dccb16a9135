//! How long the order list takes with ten thousand orders, on SQLite and on PostgreSQL (`METKA_TEST_POSTGRES_URL`):
//! the answer to the page's own call, from the request to the last byte, as one table of medians.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that fails has nothing to say, and printing is all it is for"
)]

use axum::{Router, body::Body, http::Request};
use desk::{
    connection::ShopFacts,
    identifiers::Requirement,
    ids::{
        BusinessId, CampaignId, LineId, MarketItemId, MarketOrderId, MarketplaceConnectionId,
        OrderId, OrganisationId, ShopId, SlotId,
    },
    marketplace::{MarketItem, MarketOrder, Model, OrderStatus, Placement, ShipBy},
    orders::WorkState,
    server::ports::storage::{Connection, LinePlan, MarkRecord, Storage as _, Transaction},
    time::Timestamp,
};
use http_body_util::BodyExt as _;
use server::{
    router::router,
    settings::Settings,
    wiring::{open_store, wire},
};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, PgConnection};
use std::time::{Duration, Instant, SystemTime};
use tower::ServiceExt as _;

const ORDERS: i64 = 10_000;
const ROUNDS: usize = 41;
const POSTGRES: &str = "METKA_TEST_POSTGRES_URL";

/// What is asked for, by name.
const QUESTIONS: [(&str, &str); 8] = [
    ("the tab with most orders", "filter[tab]=needs"),
    ("its hundredth page", "filter[tab]=needs&filter[page]=99"),
    ("a tab of three states", "filter[tab]=rest"),
    (
        "overdue, of one model",
        "filter[tab]=needs&filter[due]=overdue&filter[model]=FBS",
    ),
    (
        "search: last digits",
        "filter[tab]=needs&filter[search]=04321",
    ),
    ("search: article", "filter[tab]=needs&filter[search]=art-77"),
    (
        "search: product's name",
        "filter[tab]=needs&filter[search]=%D0%B5%D0%BB%D0%BA%D0%B0",
    ),
    (
        "search: code",
        "filter[tab]=needs&filter[search]=0104670033010053215Q0000777",
    ),
];

fn id<T>(make: fn(u64, [u8; 10]) -> T, n: i64) -> T {
    make(n.unsigned_abs(), [7; 10])
}

#[expect(
    clippy::disallowed_methods,
    reason = "the measured program has the same clock"
)]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Timestamp(i64::try_from(since.unwrap().as_millis()).unwrap())
}

/// An order of two lines, one of them marked, as the marketplace would tell it.
fn facts(n: i64) -> MarketOrder {
    let models = [Model::Dbs, Model::Fbs, Model::Express];
    let item = |line: i64, required: Vec<Requirement>| MarketItem {
        id: MarketItemId(n * 10 + line),
        offer_id: format!("ART-{}-{line}", n % 500),
        name: format!(
            "Тапочки домашние «Ёлка» размер {} цвет {}",
            36 + n % 10,
            n % 7
        ),
        count: 2,
        required,
        instances: vec![],
    };
    MarketOrder {
        id: MarketOrderId(48_500_000_000 + n),
        campaign: CampaignId(1 + n % 3),
        model: models.get(usize::try_from(n % 3).unwrap()).cloned(),
        status: OrderStatus::Processing,
        substatus: Some("STARTED".into()),
        buyer: None,
        fake: false,
        created_at: now(),
        updated_at: Some(now()),
        ship_by: (n % 20 != 0).then(|| ShipBy {
            at: now().plus_seconds((n % 200 - 40) * 3600),
            timed: true,
        }),
        items: vec![item(1, vec![Requirement::Cis]), item(2, vec![])],
        boxes: vec![],
    }
}

async fn shops(tx: &mut dyn Transaction, org: OrganisationId) {
    let connection = Connection {
        id: id(MarketplaceConnectionId::from_parts, 1),
        label: "Кабинет".into(),
        key_ending: "a1b2".into(),
        legal_entity: None,
        business: Some(BusinessId(1)),
        report: None,
        checked_at: None,
        synced_to: None,
        sync_read: 0,
        reading: None,
        test_orders: false,
    };
    tx.add_connection(org, &connection, &"ACMA:key".into(), now())
        .await
        .unwrap();
    for campaign in 1..=3 {
        let facts = ShopFacts {
            campaign: CampaignId(campaign),
            business: BusinessId(1),
            business_name: "Кабинет".into(),
            name: format!("Магазин {campaign}"),
            placement: Some(Placement::Dbs),
            availability: None,
        };
        tx.save_shop(org, id(ShopId::from_parts, campaign), connection.id, &facts)
            .await
            .unwrap();
    }
}

/// Fills an organisation: of ten orders six need codes, the rest stand in the other states.
async fn seed(settings: &Settings, org: OrganisationId) {
    let store = open_store(settings).await.unwrap();
    let mut tx = store.write().await.unwrap();
    shops(&mut *tx, org).await;
    for n in 1..=ORDERS {
        let (order, facts) = (id(OrderId::from_parts, n), facts(n));
        let shop = id(ShopId::from_parts, 1 + n % 3);
        let slot = id(SlotId::from_parts, n * 10);
        let plan = |line: i64, slots| LinePlan {
            id: id(LineId::from_parts, n * 10 + line),
            item: MarketItemId(n * 10 + line),
            slots,
        };
        let plans = [
            plan(1, vec![slot, id(SlotId::from_parts, n * 10 + 1)]),
            plan(2, vec![]),
        ];
        tx.save_facts(org, order, shop, &facts, &plans, now())
            .await
            .unwrap();
        let states = WorkState::ALL;
        let work = if n % 10 < 6 {
            WorkState::NeedsCodes
        } else {
            *states
                .get(usize::try_from(n).unwrap() % states.len())
                .unwrap()
        };
        if n % 10 >= 6 {
            let ki = format!("0104670033010053215Q{n:07}");
            let mark = MarkRecord {
                key: format!("cis:{ki}"),
                text: format!("{ki}\u{1d}93Zjqw"),
                gtin: None,
            };
            tx.fill_slot(org, order, slot, &mark, now()).await.unwrap();
        }
        tx.save_summary(org, order, 4, 2, u32::from(n % 10 >= 6), work)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await;
}

async fn ask(app: &Router, token: &str, question: &str) -> (Duration, usize) {
    let request = Request::post("/api/orders/list")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", format!("metka_session={token}"))
        .body(Body::from(format!(
            "filter[search]=&filter[page]=0&{question}"
        )))
        .unwrap();
    let began = Instant::now();
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert!(status.is_success(), "{status}: {body:?}");
    (began.elapsed(), body.len())
}

async fn measure(name: &str, flags: &[&str]) {
    let settings = Settings::parse(flags).unwrap();
    let wiring = wire(&settings, None, "http://127.0.0.1:9").await.unwrap();
    let desk = &wiring.desk;
    let session = desk
        .sign_up("Лавка", "bench@example.com", "correct horse", "bench")
        .await
        .unwrap();
    let found = desk.session(&session.token).await.unwrap().unwrap();
    seed(&settings, found.organisation).await;
    let app = router(&settings, &wiring);
    for (what, question) in QUESTIONS {
        let mut took = Vec::with_capacity(ROUNDS);
        let mut bytes = 0;
        for _ in 0..ROUNDS {
            let (time, length) = ask(&app, &session.token, question).await;
            took.push(time);
            bytes = length;
        }
        took.sort();
        let median = took.get(ROUNDS / 2).copied().unwrap_or_default();
        let worst = took.last().copied().unwrap_or_default();
        println!(
            "{name:<10} {what:<26} median {:>7.2} ms   worst {:>7.2} ms   {bytes:>6} bytes",
            median.as_secs_f64() * 1000.0,
            worst.as_secs_f64() * 1000.0
        );
    }
}

/// A database of its own on the server that is named, dropped afterwards.
async fn on_postgres(data: &str, admin: &str) {
    let admin: sqlx::postgres::PgConnectOptions = admin.parse().unwrap();
    let mut connection = PgConnection::connect_with(&admin).await.unwrap();
    let name = "metka_bench_orders";
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    connection
        .execute(sqlx::AssertSqlSafe(drop.clone()))
        .await
        .unwrap();
    connection
        .execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .unwrap();
    let url = admin.clone().database(name).to_url_lossy().to_string();
    measure("PostgreSQL", &["--data-dir", data, "--database-url", &url]).await;
    connection.execute(sqlx::AssertSqlSafe(drop)).await.unwrap();
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_string_lossy().into_owned();
    println!("{ORDERS} orders; the answer of /api/orders/list, {ROUNDS} times each");
    measure("SQLite", &["--data-dir", &data]).await;
    match std::env::var(POSTGRES) {
        Ok(admin) => on_postgres(&data, &admin).await,
        Err(_) => println!("PostgreSQL: not measured, {POSTGRES} names no server"),
    }
}
