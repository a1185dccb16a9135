//! Kills the program in the middle of a bulk, again and again, and compares what the marketplace recorded with what
//! is stored: `make kills`.
//!
//! Each run brings 500 orders in one file, starts `metka serve` over the same database, ends it with `SIGKILL` at a
//! random moment, starts it again, and so on; the last start is left to finish. Then every order must hold its own
//! code at the marketplace, stored there once, and every order must be known here as accepted.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a run that cannot go on ends with the cause"
)]

use desk::{
    account::Actor,
    bulk::{BatchState, Shown},
    ids::BatchId,
    orders::{OrderFilter, Tab},
    server::{Desk, bulk::Sheet, connections::OwnerForm, ports::storage::Session},
};
use sandbox::{
    Clock, Memory, Sandbox, World,
    market::{
        cabinet::{NewCabinet, PlacementType},
        ids::OrderId,
        limits::{LimitsChange, Resource},
        order::{NewItem, NewOrder},
    },
};
use server::{settings::Settings, wiring::wire};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

/// Orders of a bulk.
const ORDERS: usize = 500;
/// Runs, unless the command says another number.
const RUNS: usize = 20;
/// How long the sandbox takes for every answer: a bulk then takes some seconds.
const ANSWER_MILLIS: u64 = 10;
/// The latest moment of a kill after a start: before the bulk is through.
const LATEST_KILL: Duration = Duration::from_millis(4500);
/// A lease of a killed process ends after 20 seconds; with everything else it is done long before this.
const PATIENCE: Duration = Duration::from_mins(3);

fn main() {
    let runs = std::env::var("RUNS")
        .ok()
        .and_then(|runs| runs.parse().ok());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    for run in 1..=runs.unwrap_or(RUNS) {
        runtime.block_on(one_run(run));
    }
}

/// A random number below `most`.
fn random(most: u64) -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    u64::from_le_bytes(bytes) % most
}

async fn one_run(run: usize) {
    let sandbox = Sandbox::new(World::empty(Clock::live()));
    sandbox.set_memory(Memory {
        remember: 100,
        bodies: false,
    });
    let plenty = [Resource::Identifiers, Resource::Boxes, Resource::Orders];
    sandbox
        .set_limits(LimitsChange {
            parallel: None,
            per_hour: plenty.map(|resource| (resource, 1_000_000)).into(),
        })
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = sandbox.clone();
    tokio::spawn(async move { serving.serve(listener, std::future::pending()).await });

    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_string_lossy().into_owned();
    let settings = Settings::parse(&["--data-dir", &data]).unwrap();
    let wiring = wire(&settings, None, &url).await.unwrap();
    let desk = Arc::clone(&wiring.desk);
    let (actor, codes) = shop(&desk, &sandbox).await;
    let batch = batch(&desk, &actor, &codes).await;
    sandbox.set_latency_ms(ANSWER_MILLIS);
    desk.start_batch(&actor, batch).await.unwrap();

    let begun = Instant::now();
    let mut kills = Vec::new();
    for _ in 0..=random(3) {
        let mut program = start(&data, &url);
        let moment = Duration::from_millis(random(LATEST_KILL.as_millis().try_into().unwrap()));
        tokio::time::sleep(moment).await;
        // SIGKILL: nothing of the process runs after it.
        program.kill().unwrap();
        program.wait().unwrap();
        let accepted = accepted(&desk, &actor).await;
        kills.push(format!("{} ms ({accepted} accepted)", moment.as_millis()));
    }
    let mut program = start(&data, &url);
    finished(&desk, &actor, batch).await;
    program.kill().unwrap();
    program.wait().unwrap();
    compare(&sandbox, &codes);
    println!(
        "run {run}: killed after {}; {ORDERS} orders right, each stored once, after {} s",
        kills.join(", "),
        begun.elapsed().as_secs()
    );
}

/// A cabinet with a DBS and an FBS shop, connected, with its orders read; the code meant for each order.
async fn shop(desk: &Desk, sandbox: &Sandbox) -> (Actor, BTreeMap<OrderId, String>) {
    let cabinet = NewCabinet::named("Кабинет")
        .shop("DBS", PlacementType::Dbs)
        .shop("FBS", PlacementType::Fbs);
    let cabinet = sandbox.create_cabinet(cabinet).unwrap();
    let mut codes = BTreeMap::new();
    for (n, campaign) in cabinet.campaigns.iter().enumerate() {
        let mut order = NewOrder::of(campaign.id);
        order.items = vec![NewItem::marked("Молоко", 1), NewItem::plain("Ложка", 1)];
        let made = sandbox.create_orders(vec![order; ORDERS / 2]).unwrap();
        for (place, order) in made.iter().enumerate() {
            let serial = n * ORDERS + place;
            let code = format!("0103041094787443215Q{serial:05}\u{1d}93Zjqw");
            codes.insert(order.order_id, code);
        }
    }
    let session = desk
        .sign_up("Лавка", "kills@example.com", "correct horse", "kills")
        .await
        .unwrap();
    let session = desk.session(&session.token).await.unwrap().unwrap();
    let actor = Session::actor(&session);
    let key = cabinet.keys[0].key.reveal().to_owned();
    desk.add_connection(&actor, key, "", &OwnerForm::default())
        .await
        .unwrap();
    desk.run_due_jobs("kills").await.unwrap();
    (actor, codes)
}

/// One file with a code for every order, judged.
async fn batch(desk: &Desk, actor: &Actor, codes: &BTreeMap<OrderId, String>) -> BatchId {
    let mut text = "Заказ;Код\n".to_owned();
    for (order, code) in codes {
        writeln!(text, "{order};{code}").unwrap();
    }
    let sheet = Sheet::of_text(&text).unwrap();
    let id = desk.add_batch(actor, "заказы.csv", sheet).await.unwrap();
    desk.run_due_jobs("kills").await.unwrap();
    let page = desk.batch(actor, id, Shown::Orders, 0).await.unwrap();
    assert_eq!(page.batch.state, BatchState::Preview);
    assert_eq!(page.batch.orders.goes as usize, ORDERS, "{:?}", page.rows);
    id
}

fn start(data: &str, url: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_metka"))
        .arg("serve")
        .args(["--addr", "127.0.0.1:0", "--data-dir", data])
        .args(["--yandex-url", url])
        .env("METKA_LOG", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

async fn accepted(desk: &Desk, actor: &Actor) -> u32 {
    let list = desk.orders(actor, &OrderFilter::default()).await.unwrap();
    let taken = [Tab::Accepted, Tab::ToShip, Tab::Busy];
    let counts = list.counts.iter().filter(|(tab, _)| taken.contains(tab));
    counts.map(|(_, count)| count).sum()
}

/// Waits until the batch and every submission of it have come to their ends.
async fn finished(desk: &Desk, actor: &Actor, batch: BatchId) {
    let begun = Instant::now();
    loop {
        let page = desk.batch(actor, batch, Shown::Orders, 0).await.unwrap();
        let orders = &page.batch.orders;
        if orders.accepted as usize == ORDERS {
            assert_eq!(page.batch.state, BatchState::Done);
            return;
        }
        let lost = orders.refused + orders.conflict + orders.stays + orders.superseded;
        assert_eq!(lost, 0, "{orders:?}");
        assert!(begun.elapsed() < PATIENCE, "not finished: {orders:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// What the marketplace recorded against what was meant.
fn compare(sandbox: &Sandbox, codes: &BTreeMap<OrderId, String>) {
    for (id, code) in codes {
        let record = sandbox.record(*id);
        let writes = (record.accepted, record.repeated, record.overtaken);
        assert_eq!(writes, (1, 0, 0), "order {id}: {record:?}");
        assert_eq!(
            (record.late, record.parallel),
            (0, 0),
            "order {id}: {record:?}"
        );
        let order = sandbox.order(*id).unwrap();
        let units: u32 = order.items.iter().map(|item| item.count).sum();
        assert_eq!(units, 2, "order {id} lost a unit");
        let held: Vec<&str> = order
            .items
            .iter()
            .flat_map(|item| &item.instances)
            .filter_map(|instance| instance.cis.as_deref())
            .collect();
        assert_eq!(held, [code.as_str()], "order {id}");
    }
}
