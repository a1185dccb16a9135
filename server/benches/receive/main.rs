//! Two million codes of one GTIN into the stock, on SQLite (`synchronous=FULL`) and on PostgreSQL
//! (`METKA_TEST_POSTGRES_URL`): `make bench`.
//!
//! Codes come as an answer of the station brings them: blocks of 150,000, each in runs that are committed by themselves.
//! Every block's speed is printed, because an index that does not grow at its end would slow the last ones, and the
//! process's memory with it. Beside it stands what the database's own loader makes of the same rows with the same
//! indexes in one transaction: `sqlite3 .import` and `COPY`. Then all codes are read in the order of an export.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that fails has nothing to say, and printing is all it is for"
)]

mod codes;
mod peers;

use codes::{GTIN, codes};
use desk::{
    ids::{EmissionId, OrganisationId, StockBlockId},
    server::ports::{
        stock::{BlockSource, RUN_CODES, Shelf, StockBlock, StockQuery},
        storage::Storage as _,
    },
    suz::{emission::BlockId, receiving::BlockState},
    time::Timestamp,
};
use server::{
    settings::Settings,
    wiring::{open_store, wire},
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection};
use std::{
    path::Path,
    time::{Duration, Instant, SystemTime},
};
use store::Store;

/// How many codes, unless `CODES` says another number.
const CODES: usize = 2_000_000;
/// The most that one answer of СУЗ may bring.
const BLOCK: usize = 150_000;
/// What one page of an export reads.
const PAGE: u32 = 5_000;
const POSTGRES: &str = "METKA_TEST_POSTGRES_URL";

#[expect(
    clippy::disallowed_methods,
    reason = "the measured program has the same clock"
)]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Timestamp(i64::try_from(since.unwrap().as_millis()).unwrap())
}

fn per_second(codes: usize, time: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let codes = codes as f64;
    codes / time.as_secs_f64()
}

/// The process's memory in megabytes: now, and at most so far.
fn memory() -> [u64; 2] {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ["VmRSS:", "VmHWM:"].map(|name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        kib.unwrap_or_default() / 1024
    })
}

/// An organisation in a new database.
async fn organisation(settings: &Settings) -> OrganisationId {
    let wiring = wire(settings, None, "http://127.0.0.1:9").await.unwrap();
    let session = wiring
        .desk
        .sign_up("Лавка", "bench@example.com", "correct horse", "bench")
        .await
        .unwrap();
    let found = wiring.desk.session(&session.token).await.unwrap().unwrap();
    found.organisation
}

fn block(n: usize, asked: usize) -> StockBlock {
    let n = u64::try_from(n).unwrap();
    StockBlock {
        id: StockBlockId::from_parts(n, [1; 10]),
        source: BlockSource::Emission(EmissionId::from_parts(1, [2; 10])),
        gtin: GTIN.parse().unwrap(),
        group: Some("lp".to_owned()),
        station: None,
        state: BlockState::Asked,
        asked: asked as u64,
        given: None,
        kept: 0,
        expires: None,
        by: None,
        asked_at: now(),
        settled_at: None,
    }
}

/// Takes one block in, as the answer's sink does; how long it took.
async fn take(store: &Store, org: OrganisationId, n: usize, codes: &[String]) -> Duration {
    let block = block(n, codes.len());
    let began = Instant::now();
    let mut tx = store.write().await.unwrap();
    assert!(tx.begin_block(org, &block).await.unwrap());
    tx.commit().await.unwrap();
    let mut runs = codes.chunks(RUN_CODES).peekable();
    while let Some(run) = runs.next() {
        let mut tx = store.write().await.unwrap();
        let kept = tx.keep_run(org, block.id, run, now()).await.unwrap();
        assert_eq!(kept, Some(run.len() as u64), "a code was not kept");
        if runs.peek().is_none() {
            let station: BlockId = format!("00000000-0000-4000-8000-{n:012}").parse().unwrap();
            let given = codes.len() as u64;
            let ended = tx.end_block(org, block.id, Some(&station), given, now());
            assert!(ended.await.unwrap());
        }
        tx.commit().await.unwrap();
    }
    began.elapsed()
}

/// Reads everything in the order of an export.
async fn read(store: &Store, org: OrganisationId, count: usize) {
    let began = Instant::now();
    let mut query = StockQuery {
        shelf: Shelf::All,
        after: None,
        unused: false,
        limit: PAGE,
    };
    let (mut read, mut bytes) = (0, 0);
    loop {
        let page = {
            let mut tx = store.read().await.unwrap();
            tx.stock_codes(org, &query).await.unwrap()
        };
        let Some(last) = page.last() else {
            break;
        };
        query.after = Some(desk::server::ports::stock::StockPlace {
            run: last.run,
            position: last.position,
        });
        read += page.len();
        bytes += page.iter().map(|code| code.text.len() + 1).sum::<usize>();
    }
    let took = began.elapsed();
    assert_eq!(read, count, "codes of the stock");
    let [now, most] = memory();
    println!(
        "  read in the order of an export: {:>9.0} codes/s, {bytes} bytes; memory {now} MB now, {most} MB at most",
        per_second(read, took),
    );
}

/// Takes all codes in and prints the curve; how many a second over all.
async fn intake(name: &str, settings: &Settings, count: usize) -> f64 {
    let org = organisation(settings).await;
    let store = open_store(settings).await.unwrap();
    println!("\n{name}: {count} codes of one GTIN into the stock");
    let (mut total, mut done) = (Duration::ZERO, 0);
    while done < count {
        let size = BLOCK.min(count - done);
        let came: Vec<String> = codes(done, size).collect();
        let took = take(&store, org, done / BLOCK, &came).await;
        done += size;
        total += took;
        let [now, most] = memory();
        println!(
            "  up to {done:>9}: {:>9.0} codes/s; memory {now} MB now, {most} MB at most",
            per_second(size, took),
        );
    }
    let speed = per_second(count, total);
    println!("  all of them:     {speed:>9.0} codes/s");
    read(&store, org, count).await;
    store.close().await;
    speed
}

fn beside(ours: f64, peer: f64, name: &str) {
    println!(
        "  {name} of the same rows with the same indexes, in one transaction: {peer:.0} rows/s; ours is {:.0} % of it",
        100.0 * ours / peer
    );
}

async fn on_sqlite(folder: &Path, count: usize) {
    let data = folder.to_string_lossy().into_owned();
    let settings = Settings::parse(&["--data-dir", &data]).unwrap();
    let ours = intake("SQLite", &settings, count).await;
    match peers::sqlite_import(folder, count) {
        Ok(time) => beside(ours, per_second(count, time), "sqlite3 .import"),
        Err(why) => println!("  sqlite3 .import: not measured, {why}"),
    }
}

async fn on_postgres(folder: &Path, admin: &str, count: usize) {
    let admin: sqlx::postgres::PgConnectOptions = admin.parse().unwrap();
    let mut connection = PgConnection::connect_with(&admin).await.unwrap();
    let name = "metka_bench_receive";
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    connection
        .execute(AssertSqlSafe(drop.clone()))
        .await
        .unwrap();
    connection
        .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .unwrap();
    let options = admin.clone().database(name);
    let url = options.to_url_lossy().to_string();
    let data = folder.to_string_lossy().into_owned();
    let settings = Settings::parse(&["--data-dir", &data, "--database-url", &url]).unwrap();
    let durable = peers::durable(&mut connection).await;
    let ours = intake(&format!("PostgreSQL ({durable})"), &settings, count).await;
    let mut loader = PgConnection::connect_with(&options).await.unwrap();
    let time = peers::postgres_copy(&mut loader, &folder.join("rows"), count).await;
    beside(ours, per_second(count, time), "COPY");
    loader.close().await.unwrap();
    connection.execute(AssertSqlSafe(drop)).await.unwrap();
}

#[tokio::main]
async fn main() {
    // Nothing here speaks TLS, and no client is made without somebody who could.
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let count = std::env::var("CODES").map_or(CODES, |count| count.parse().unwrap());
    on_sqlite(folder.path(), count).await;
    match std::env::var(POSTGRES) {
        Ok(admin) => on_postgres(folder.path(), &admin, count).await,
        Err(_) => println!("PostgreSQL: not measured, {POSTGRES} names no server"),
    }
}
