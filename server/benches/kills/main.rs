//! Kills the program in the middle of a bulk, again and again, and compares what the marketplace recorded with what
//! is stored: `make kills`.
//!
//! In each run a person brings one file with 500 orders of a DBS and an FBS shop (and a few rows that cannot go),
//! has it sent and ships what is verified, all through the pages of `metka serve`. Meanwhile that process is ended
//! by `SIGKILL` at random moments: while the file comes in, is judged, is sent, is verified, while orders are
//! shipped, while the program starts, and while it takes up what an earlier kill cut off. When all has come to its
//! end, [`recorded`] and [`stored`] say whether each order is as it should be on either side and whether both sides
//! tell the same.
//!
//! | variable | meaning |
//! |---|---|
//! | `RUNS` | how many runs, 20 |
//! | `SEED` | the seed of the first run, random; the next runs have the next seeds. A seed plans the same kills again |
//! | `AT_A_TIME` | how many runs side by side, 4: most of a run is waiting for a dead process's lease to end |
//! | `DATABASE` | `sqlite`, or `postgres` for databases of their own on the server of `METKA_TEST_POSTGRES_URL` |
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a run that cannot go on ends with the cause"
)]

mod database;
mod killer;
mod person;
mod plan;
mod recorded;
mod stage;
mod stored;

use killer::{Kill, Killer};
use person::Person;
use stage::Stage;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Runs, unless the command says another number.
const RUNS: usize = 20;
/// Runs side by side, unless the command says another number.
const AT_A_TIME: usize = 4;
/// Faults of one run that are told.
const MOST_TOLD: usize = 20;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(all_runs())
}

async fn all_runs() -> ExitCode {
    // Nothing here speaks TLS, and no client is made without somebody who could.
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    let first = told("SEED").unwrap_or_else(|| {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).unwrap();
        u64::from(u32::from_le_bytes(bytes))
    });
    let begun = Instant::now();
    let places = Arc::new(Semaphore::new(told("AT_A_TIME").unwrap_or(AT_A_TIME)));
    let mut runs = JoinSet::new();
    for seed in (first..).take(told("RUNS").unwrap_or(RUNS)) {
        let places = Arc::clone(&places);
        runs.spawn(async move {
            let _place = places.acquire_owned().await.unwrap();
            // In a task of its own: where it panics, the others go on.
            (seed, tokio::spawn(one_run(seed)).await)
        });
    }
    let mut sums: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut faults = 0;
    while let Some(run) = runs.join_next().await {
        let (seed, run) = run.unwrap();
        let Ok(run) = run else {
            println!("seed {seed}: FAULT the run itself broke off, see above");
            faults += 1;
            continue;
        };
        println!("{}", run.words());
        faults += run.faults.len();
        for (name, number) in run.figures {
            *sums.entry(name).or_default() += number;
        }
    }
    println!(
        "{} in {}; {faults} faults",
        in_words(&sums),
        seconds(begun.elapsed())
    );
    if faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// A number given to the command.
fn told<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// What a run came to.
struct Run {
    seed: u64,
    kills: Vec<Kill>,
    figures: BTreeMap<&'static str, u64>,
    faults: Vec<String>,
    took: Duration,
}

impl Run {
    fn words(&self) -> String {
        let told = ["bodies sent", "calls cut off and found out"].map(|name| {
            let number = self.figures.get(name).copied().unwrap_or_default();
            format!("{number} {name}")
        });
        let mut words = format!(
            "seed {}: {} in {}",
            self.seed,
            told.join(", "),
            seconds(self.took)
        );
        for kill in &self.kills {
            write!(words, "\n  killed {}", kill.words).unwrap();
        }
        for fault in self.faults.iter().take(MOST_TOLD) {
            write!(words, "\n  FAULT {fault}").unwrap();
        }
        if let Some(more) = self
            .faults
            .len()
            .checked_sub(MOST_TOLD)
            .filter(|more| *more > 0)
        {
            write!(words, "\n  and {more} more").unwrap();
        }
        words
    }
}

fn in_words(figures: &BTreeMap<&'static str, u64>) -> String {
    let figures = figures
        .iter()
        .map(|(name, number)| format!("{number} {name}"));
    figures.collect::<Vec<_>>().join(", ")
}

fn seconds(took: Duration) -> String {
    format!("{} s", took.as_secs())
}

async fn one_run(seed: u64) -> Run {
    let begun = Instant::now();
    let stage = Arc::new(Stage::set(seed).await);
    let killer = Killer::new(Arc::clone(&stage), plan::moments(seed));
    let person = Person::new(&stage, killer.address());
    let killing = tokio::spawn(killer.work());
    let outcome = person.work(&stage).await;
    stage.watched.send_modify(|seen| seen.over = true);
    let (program, kills) = killing.await.unwrap();
    let mut faults = Vec::new();
    match outcome {
        // A kill may have come after the person saw the end: what it cut off is brought to its end once more.
        Ok(()) => faults.extend(person.waits_for_the_end(&stage).await.err()),
        Err(fault) => faults.push(fault),
    }
    program.kill().await;
    faults.extend(stage.errors_of_the_program());
    let mut figures = BTreeMap::from([("runs", 1), ("kills", kills.len() as u64)]);
    for kill in &kills {
        *figures.entry(kill.part).or_default() += 1;
    }
    faults.extend(recorded::compare(&stage, &mut figures));
    faults.extend(stored::compare(&stage, &mut figures).await);
    if faults.is_empty() {
        stage.strike().await;
    } else {
        faults.insert(0, stage.keep());
    }
    Run {
        seed,
        kills,
        figures,
        faults,
        took: begun.elapsed(),
    }
}
