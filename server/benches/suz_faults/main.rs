//! Every request of the way from an order of codes to its closing, and everything that can go wrong with it: `make
//! suz-faults`.
//!
//! In each run the demo of a company orders 150 codes of two GTINs, whose pools fill slowly, so that they come in several
//! blocks, each of which is kept in several runs; the program signs, sends, watches, receives, and a person closes the order once everything is there. One
//! request of that way meets one trouble: it is lost before it is carried out or after, answered with 500 before or
//! after, its answer breaks off, or the program is ended by `SIGKILL` while the request is on its way, while its answer is,
//! or when a part of the answer has come and is durable. Where the signature of the order gets lost, or another program
//! leaves an order without one, the person finds it at the station and signs or deletes it.
//! Then come runs without such troubles whose program is ended by `SIGKILL` at random moments. At the end of each run
//! [`compare`] says whether the codes that the station emitted are the codes that are stored, each once, whether there
//! is no second order and whether nothing was annulled.
//!
//! The program is a process of its own: the jobs over the database, with the station across the network. Its clock is
//! the sandbox's; it stands still while something is done and moves on when nothing is, so a run takes seconds.
//!
//! | variable | meaning |
//! |---|---|
//! | `KILLS` | how many random kills at least, 200 |
//! | `SEED` | the seed of the first run with random kills, random |
//! | `AT_A_TIME` | how many runs side by side, 4 |
//! | `DATABASE` | `sqlite`, or `postgres` for databases of their own on the server of `METKA_TEST_POSTGRES_URL` |
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a run that cannot go on ends with the cause"
)]

mod chance;
mod company;
mod compare;
#[path = "../kills/database.rs"]
mod database;
mod flow;
mod matrix;
mod program;
mod stage;

use chance::Chance;
use flow::{Ending, Flow, Kills};
use matrix::{ROWS, Row, TROUBLES, Trouble};
use stage::Stage;
use std::{
    collections::BTreeMap,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Random kills, unless the command says another number.
const KILLS: u32 = 200;
/// Runs side by side, unless the command says another number.
const AT_A_TIME: usize = 4;
/// Random kills of one run at most.
const KILLS_OF_A_RUN: u32 = 10;
/// How long a run may take by the machine's clock.
const LONGEST_RUN: Duration = Duration::from_mins(20);

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    if program::is_meant() {
        runtime.block_on(program::be());
        return ExitCode::SUCCESS;
    }
    // Nothing here speaks TLS, and no client is made without somebody who could.
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    runtime.block_on(all())
}

async fn all() -> ExitCode {
    let begun = Instant::now();
    let places = Arc::new(Semaphore::new(told("AT_A_TIME").unwrap_or(AT_A_TIME)));
    let mut faults = the_matrix(&places).await;
    faults += random_kills(&places).await;
    println!("{} s; {faults} faults", begun.elapsed().as_secs());
    if faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Every row with every trouble, printed as a table; how many faults there were.
async fn the_matrix(places: &Arc<Semaphore>) -> usize {
    let mut runs = JoinSet::new();
    for (at, row) in ROWS.iter().enumerate() {
        for (trouble_at, trouble) in TROUBLES.into_iter().enumerate() {
            let places = Arc::clone(places);
            runs.spawn(async move {
                let _place = places.acquire_owned().await.unwrap();
                let run = tokio::spawn(timely(cell(row, trouble)));
                ((at, trouble_at), run.await)
            });
        }
    }
    let mut cells = BTreeMap::new();
    let mut faults = Vec::new();
    while let Some(run) = runs.join_next().await {
        let ((row, trouble), run) = run.unwrap();
        let name = format!("{}, {}", ROWS[row].name, TROUBLES[trouble].name());
        let word = match run.unwrap_or_else(|_| Err("the run itself broke off".to_owned())) {
            Ok(ending) => ending.words(),
            Err(fault) => {
                println!("FAULT {name}: {fault}");
                faults.push(name);
                "FAULT".to_owned()
            }
        };
        cells.insert((row, trouble), word);
    }
    print(&cells);
    faults.len()
}

/// The table; `received = emitted`, with a star where a person decided about an order that the station never knew.
fn print(cells: &BTreeMap<(usize, usize), String>) {
    let first = ROWS.iter().map(|row| row.name.len()).max().unwrap();
    print!("{:first$}", "");
    for trouble in TROUBLES {
        print!(" | {:>13}", trouble.name());
    }
    println!();
    for (at, row) in ROWS.iter().enumerate() {
        print!("{:first$}", row.name);
        for trouble in 0..TROUBLES.len() {
            print!(" | {:>13}", cells[&(at, trouble)]);
        }
        println!();
    }
    println!(
        "codes received = codes emitted, one order; * ordered anew: a person decided that a lost order was not made, or deleted it"
    );
}

async fn cell(row: &Row, trouble: Trouble) -> Result<Ending, String> {
    let mut stage = Stage::set().await;
    if row.is_foreign() {
        stage.leave_unsigned().await;
    }
    for fault in row.faults(trouble) {
        stage.sandbox.add_fault(fault);
    }
    let kills = if trouble.kills() {
        Kills::Held {
            part: row.has_codes() && trouble.parts(),
        }
    } else {
        Kills::None
    };
    let ending = Flow::begin(&stage, kills, row.chore).await.work().await;
    let ending = ending.and_then(|ending| {
        let left = stage.sandbox.faults().len();
        let unkilled = trouble.kills() && ending.kills == 0;
        let no_part = row.has_codes() && trouble.parts() && ending.parts == 0;
        if left > 0 || unkilled || no_part {
            return Err(format!(
                "{left} troubles met nobody, {} kills, {} parts of blocks",
                ending.kills, ending.parts
            ));
        }
        Ok(ending)
    });
    judged(stage, ending).await
}

/// Compares both sides and takes the stage away, or keeps it for whoever looks into a fault.
async fn judged(stage: Stage, ending: Result<Ending, String>) -> Result<Ending, String> {
    let judged = match ending {
        Ok(ending) => compare::compare(&stage, ending).await,
        Err(fault) => Err(fault),
    };
    match judged {
        Ok(ending) => {
            stage.strike().await;
            Ok(ending)
        }
        Err(fault) => Err(format!("{fault}; {}", stage.keep())),
    }
}

async fn timely(run: impl Future<Output = Result<Ending, String>>) -> Result<Ending, String> {
    let run = tokio::time::timeout(LONGEST_RUN, run).await;
    run.unwrap_or_else(|_| Err("it took too long".to_owned()))
}

/// Runs with random kills until there were enough of them; how many faults there were.
async fn random_kills(places: &Arc<Semaphore>) -> usize {
    let wanted = told("KILLS").unwrap_or(KILLS);
    let mut seed = told("SEED").unwrap_or_else(|| {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).unwrap();
        u64::from(u32::from_le_bytes(bytes))
    });
    let (mut kills, mut parts, mut orders, mut codes, mut faults) = (0, 0, 0, 0, 0);
    while kills < wanted && faults < 10 {
        let mut runs = JoinSet::new();
        for _ in 0..(wanted - kills).div_ceil(KILLS_OF_A_RUN) {
            let (places, this) = (Arc::clone(places), seed);
            seed += 1;
            runs.spawn(async move {
                let _place = places.acquire_owned().await.unwrap();
                (this, tokio::spawn(timely(random_run(this))).await)
            });
        }
        while let Some(run) = runs.join_next().await {
            let (seed, run) = run.unwrap();
            match run.unwrap_or_else(|_| Err("the run itself broke off".to_owned())) {
                Ok(ending) => {
                    orders += 1;
                    kills += ending.kills;
                    parts += ending.parts;
                    codes += ending.codes;
                }
                Err(fault) => {
                    println!("FAULT seed {seed}: {fault}");
                    faults += 1;
                }
            }
        }
    }
    println!(
        "random kills: {kills} in {orders} orders, {parts} of them left a part of a block behind, {codes} codes received = emitted"
    );
    faults
}

async fn random_run(seed: u64) -> Result<Ending, String> {
    let stage = Stage::set().await;
    let kills = Kills::Random {
        chance: Chance::new(seed),
        left: KILLS_OF_A_RUN,
    };
    let ending = Flow::begin(&stage, kills, None).await.work().await;
    judged(stage, ending).await
}

/// A number given to the command.
fn told<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}
