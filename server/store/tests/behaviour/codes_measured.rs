//! What the indexes of the stock cost the intake of codes, and what they give the page. Printed by
//! `.ci/postgres cargo test --release -p store --test behaviour measured -- --ignored --nocapture --test-threads 1`.
#![expect(clippy::print_stdout, reason = "figures are for people to read")]

use crate::{
    harness::{World, on_postgres, on_sqlite},
    samples::*,
};
use desk::{
    codes::{CodeState, Filter, SearchBy},
    server::ports::{
        codes::CodeQuery,
        storage::{MarkRecord, Storage},
    },
};
use std::time::{Duration, Instant};

const CODES: u64 = 100_000;
/// Codes of one transaction: a bulk's batch.
const BATCH: u64 = 1000;
/// Codes that come one by one, each with its own commit.
const SINGLE: u64 = 1000;

const INDEXES: [&str; 5] = [
    "codes_newest",
    "codes_by_serial",
    "codes_by_gtin",
    "codes_by_ki_end",
    "codes_by_text_end",
];

const SYMBOLS: &[u8] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'*+-./_,:;=<>?";

/// Random characters as СУЗ makes them, the same in every run.
fn text(mut seed: u64, length: usize) -> String {
    let mut next = || {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let index = usize::try_from((mixed ^ (mixed >> 31)) % 80).unwrap();
        char::from(SYMBOLS[index])
    };
    (0..length).map(|_| next()).collect()
}

/// A code of one of twenty products, with a tail of 44 characters.
fn code(n: u64) -> MarkRecord {
    let gtin = format!("0467003301{:04}", n % 20);
    let ki = format!("01{gtin}21{}", text(n * 1000, 13));
    MarkRecord {
        key: format!("cis:{ki}"),
        text: format!("{ki}\u{1d}91FFD0\u{1d}92{}", text(n * 1000 + 500, 44)),
        gtin: Some(gtin),
    }
}

async fn take_in(world: &World, from: u64) -> (Duration, Duration) {
    let marks: Vec<MarkRecord> = (from..from + CODES).map(code).collect();
    let begun = Instant::now();
    for (n, batch) in (0..).zip(marks.chunks(usize::try_from(BATCH).unwrap())) {
        let mut tx = world.store.write().await.unwrap();
        tx.keep_codes(organisation(1), batch, after(n))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let many = begun.elapsed();
    let begun = Instant::now();
    for n in from + CODES..from + CODES + SINGLE {
        let mut tx = world.store.write().await.unwrap();
        tx.keep_code(organisation(1), &code(n), after(1_000))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    (many, begun.elapsed())
}

async fn ask(world: &World, name: &str, filter: &Filter) {
    let query = CodeQuery {
        filter,
        from: None,
        until: None,
        after: None,
        limit: 101,
    };
    let mut times = Vec::new();
    let mut rows = 0;
    for _ in 0..7 {
        let begun = Instant::now();
        let mut tx = world.store.read().await.unwrap();
        rows = tx.codes(organisation(1), &query).await.unwrap().len();
        times.push(begun.elapsed());
    }
    times.sort();
    println!(
        "    {name:<28} {:>8.2} ms, {rows} rows",
        times[3].as_secs_f64() * 1000.0
    );
}

async fn measure(world: World) {
    founded(&world.store, 1).await;
    let with = take_in(&world, 0).await;
    println!(
        "{}",
        if world.is_postgres() {
            "PostgreSQL"
        } else {
            "SQLite"
        }
    );
    if world.is_postgres() {
        world.raw("ANALYZE").await;
    }
    let sample = code(77_777);
    let serial = sample.text.get(18..24).unwrap().to_owned();
    let end = sample.text.get(sample.text.len() - 6..).unwrap().to_owned();
    let ki_end = sample.key.get(sample.key.len() - 5..).unwrap().to_owned();
    let search = |by, text: &str| Filter {
        search: text.into(),
        by,
        ..Filter::default()
    };
    ask(&world, "first page", &Filter::default()).await;
    ask(
        &world,
        "whole code",
        &search(SearchBy::Anything, &sample.text),
    )
    .await;
    ask(
        &world,
        "anything: start of serial",
        &search(SearchBy::Anything, &serial),
    )
    .await;
    ask(
        &world,
        "anything: one character",
        &search(SearchBy::Anything, "a"),
    )
    .await;
    ask(
        &world,
        "start of serial",
        &search(SearchBy::Serial, &serial),
    )
    .await;
    ask(
        &world,
        "last characters of КИ",
        &search(SearchBy::End, &ki_end),
    )
    .await;
    ask(
        &world,
        "last characters of the tail",
        &search(SearchBy::End, &end),
    )
    .await;
    ask(
        &world,
        "start of GTIN",
        &search(SearchBy::Gtin, "467003301000"),
    )
    .await;
    for state in [
        CodeState::Free,
        CodeState::Bound,
        CodeState::Refused,
        CodeState::Returned,
    ] {
        let filter = Filter {
            state: Some(state),
            ..Filter::default()
        };
        ask(&world, state.as_str(), &filter).await;
    }
    world.raw("DELETE FROM codes").await;
    let report = |what: &str, (many, single): (Duration, Duration)| {
        println!(
            "  {what:<28} {CODES} in batches of {BATCH}: {:.2} s; {SINGLE} one by one: {:.2} s",
            many.as_secs_f64(),
            single.as_secs_f64()
        );
    };
    for dropped in INDEXES {
        world.raw(&format!("DROP INDEX {dropped}")).await;
    }
    let without = take_in(&world, 0).await;
    report("with the indexes", with);
    report("without them", without);
}

#[test]
#[ignore = "prints figures; takes a minute"]
fn intake_is_measured_on_sqlite() {
    on_sqlite(true, |world| Box::pin(measure(world)));
}

#[test]
#[ignore = "prints figures; takes a minute"]
fn intake_is_measured_on_postgres() {
    on_postgres(true, |world| Box::pin(measure(world)));
}
