//! Two million codes of one GTIN by the whole way, in the program itself (`make bench`): `metka suz order` and
//! `metka suz fetch` against the sandbox across the network, then the stock's files from `metka serve`.
//!
//! What is watched is the memory of each of these processes, at its highest, and the speed of every second of the
//! fetching; the sandbox has a process of its own, this one. `DATABASE=postgres` takes a database on the server of
//! `METKA_TEST_POSTGRES_URL`; `CODES` says another number.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that fails has nothing to say, and printing is all it is for"
)]

#[path = "suz_faults/company.rs"]
mod company;
#[path = "kills/database.rs"]
#[expect(
    dead_code,
    reason = "what is stored is read as a file here, not by rows"
)]
mod database;

use company::{EMAIL, PASSWORD, person, station};
use database::Database;
use desk::{account::Actor, ids::EmissionId, server::Desk};
use sandbox::{Clock, Memory, crpt::emission::EmissionRulesChange};
use server::{settings::Settings, wiring::wire};
use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};

/// How many codes, unless `CODES` says another number.
const CODES: u64 = 2_000_000;
const GTIN: &str = "04606038003172";
/// What a process may take.
const MOST_MEMORY: u64 = 256;

/// The program, told where everything is.
struct Program<'a> {
    data: &'a Path,
    database: &'a str,
    station: &'a str,
}

impl Program<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_metka"));
        command
            .args(arguments)
            .env("METKA_DATA_DIR", self.data)
            .env("METKA_DATABASE_URL", self.database)
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// A command that speaks to the station.
    fn suz(&self, arguments: &[&str]) -> Child {
        let address = self.station.trim_start_matches("http://");
        let mut command = self.command(&["suz"]);
        command
            .args(arguments)
            .env("METKA_AS", EMAIL)
            .env("METKA_SANDBOX", "on")
            .env("METKA_SANDBOX_ADDR", address);
        command.spawn().unwrap()
    }
}

/// The most memory that a process has had so far, in megabytes; none when it is gone.
fn memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()?)).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib / 1024)
}

fn per_second(codes: u64, time: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let codes = codes as f64;
    codes / time.as_secs_f64()
}

/// Whether the memory is within its bound, in a word.
fn judged(memory: u64) -> &'static str {
    if memory <= MOST_MEMORY {
        "within 256 MB"
    } else {
        "MORE THAN 256 MB"
    }
}

async fn received(desk: &Desk, actor: &Actor, order: EmissionId) -> u64 {
    let views = desk.receivings(actor, order).await.unwrap();
    views.iter().map(|view| view.received).sum()
}

/// Orders the codes and fetches them, and prints the curve. The commands do the work of the jobs while they wait, so most
/// codes come before the first one ends.
async fn receive(program: &Program<'_>, desk: &Desk, actor: &Actor, count: u64) {
    let order = EmissionId::from_parts(1, [3; 10]);
    let (id, line) = (order.to_string(), format!("{GTIN}:{count}"));
    let ordering = [
        "order", "--id", &id, "--group", "lp", "--line", &line, "--anyway",
    ];
    let mut second = tokio::time::interval(Duration::from_secs(1));
    let (mut most, mut first, mut before) = (0, None, (Instant::now(), 0));
    for command in [ordering.as_slice(), &["fetch", &id]] {
        let mut child = program.suz(command);
        let ended = loop {
            tokio::select! {
                ended = child.wait() => break ended.unwrap(),
                _ = second.tick() => {
                    let taken = memory(&child).unwrap_or_default();
                    most = most.max(taken);
                    let now = (Instant::now(), received(desk, actor, order).await);
                    if now.1 > before.1 {
                        let speed = per_second(now.1 - before.1, now.0 - before.0);
                        println!("  up to {:>9}: {speed:>9.0} codes/s; memory {taken} MB at most", now.1);
                        first.get_or_insert(before.0);
                    }
                    before = now;
                }
            }
        };
        assert!(ended.success(), "{command:?} ended with {ended}");
    }
    assert_eq!(received(desk, actor, order).await, count, "codes received");
    let speed = first.map_or(0.0, |first| per_second(count, first.elapsed()));
    println!(
        "  received: {speed:.0} codes/s over all; memory {most} MB at most, {}",
        judged(most),
    );
}

/// Takes the stock away as a file of this kind.
async fn export(program: &Program<'_>, cookie: &str, kind: &str, count: u64) {
    let port = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().port()
    };
    let address = format!("127.0.0.1:{port}");
    let serving = program
        .command(&["serve", "--addr", &address, "--jobs", "off"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("http://{address}/suz/stock/{GTIN}/codes.{kind}");
    let ask = || client.get(&url).header("cookie", cookie).send();
    let began = Instant::now();
    let mut answer = loop {
        match ask().await {
            Ok(answer) => break answer.error_for_status().unwrap(),
            Err(error) if error.is_connect() && began.elapsed() < Duration::from_secs(30) => {
                tokio::task::yield_now().await;
            }
            Err(error) => panic!("the file is not given: {error}"),
        }
    };
    let began = Instant::now();
    let (mut bytes, mut lines) = (0, 0_u64);
    while let Some(piece) = answer.chunk().await.unwrap() {
        bytes += piece.len();
        lines += u64::try_from(piece.split(|&byte| byte == b'\n').count() - 1).unwrap();
    }
    let took = began.elapsed();
    let most = memory(&serving).unwrap();
    if kind == "txt" {
        assert_eq!(lines, count, "lines of the file");
    }
    println!(
        "  codes.{kind}: {bytes} bytes, {:.0} codes/s; memory {most} MB at most, {}",
        per_second(count, took),
        judged(most),
    );
}

#[tokio::main]
async fn main() {
    // Nothing here speaks TLS, and no client is made without somebody who could.
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    let count = std::env::var("CODES").map_or(CODES, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(folder.path()).await;
    let data = folder.path().to_string_lossy().into_owned();
    let flags = ["--data-dir", &data, "--database-url", &database.url];
    let settings = Settings::parse(&flags).unwrap();
    let quick = EmissionRulesChange {
        pending_ms: Some(0),
        approved_ms: Some(0),
        ready_ms: Some(0),
        fill_ms: Some(0),
        code_price: Some(0),
        ..EmissionRulesChange::default()
    };
    let (sandbox, url) = station(Clock::live(), Memory::default(), quick).await;
    let desk = wire(&settings, Some(sandbox), &url).await.unwrap().desk;
    let (actor, _) = person(&desk).await;
    let program = Program {
        data: folder.path(),
        database: &database.url,
        station: &url,
    };
    let name = database.url.split(':').next().unwrap_or_default();
    println!("{name}: {count} codes of one GTIN by the whole way");
    receive(&program, &desk, &actor, count).await;
    let session = desk.sign_in(EMAIL, PASSWORD, "bench").await.unwrap();
    let cookie = format!("{}={}", app::cookie::SESSION, session.token);
    for kind in ["txt", "csv", "xlsx"] {
        export(&program, &cookie, kind, count).await;
    }
    database.drop().await;
}
