//! Print runs, on both databases: no code is ever on two labels.

use crate::{
    harness::{World, both},
    samples::*,
    stock::{an_asking, code, goods, kept, key_of},
};
use desk::{
    ids::{OrganisationId, PrintRunId},
    printing::{Head, LabelTexts, Medium, Paper},
    server::ports::{
        printing::PrintRun,
        stock::StockCode,
        storage::{MarkRecord, Storage, Transaction},
    },
};
use std::collections::HashSet;

const PAPER: Paper = Paper {
    medium: Medium::Roll58x40,
    head: Head::Dpi203,
    used_places: 0,
};

fn print_run(n: u64) -> PrintRunId {
    PrintRunId::from_parts(n, [4; 10])
}

fn a_run(n: u64, count: u32) -> PrintRun {
    PrintRun {
        id: print_run(n),
        gtin: goods(),
        count,
        texts: LabelTexts {
            article: "ART-1".into(),
            name: "Тапочки «Мишка»".into(),
            size: "42".into(),
        },
        paper: PAPER,
        by: user(1),
        at: after(i64::try_from(n).unwrap()),
        file: (1, count),
        open_until: after(3600),
        again: 0,
    }
}

async fn next(tx: &mut Box<dyn Transaction>, most: u32) -> Vec<StockCode> {
    tx.next_codes(organisation(1), goods(), most).await.unwrap()
}

async fn free(tx: &mut Box<dyn Transaction>) -> u64 {
    tx.free_codes(organisation(1), goods()).await.unwrap()
}

/// Prints the next codes and says which they were.
async fn print(tx: &mut Box<dyn Transaction>, n: u64, count: u32) -> Vec<String> {
    let codes = next(tx, count).await;
    let count = u32::try_from(codes.len()).unwrap();
    tx.hold_printing(organisation(1), goods()).await.unwrap();
    tx.add_print_run(organisation(1), &a_run(n, count), &codes)
        .await
        .unwrap();
    tx.printed_codes(organisation(1), print_run(n), (1, count))
        .await
        .unwrap()
}

fn codes(serials: &[&str]) -> Vec<String> {
    serials.iter().map(|serial| code(serial)).collect()
}

async fn scanned(tx: &mut Box<dyn Transaction>, serial: &str) {
    let mark = MarkRecord {
        key: key_of(serial),
        text: code(serial),
        gtin: Some(goods().to_string()),
    };
    tx.keep_codes(organisation(1), &[mark], NOW).await.unwrap();
}

/// Something of every table of printing, over the stock's.
pub(crate) async fn fill(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    let codes = tx.next_codes(whose, goods(), 9).await.unwrap();
    assert_eq!(codes.len(), 1);
    tx.hold_printing(whose, goods()).await.unwrap();
    tx.add_print_run(whose, &a_run(1, 1), &codes).await.unwrap();
}

pub(crate) async fn sees_nothing(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    assert_eq!(tx.free_codes(whose, goods()).await.unwrap(), 0);
    assert!(tx.next_codes(whose, goods(), 9).await.unwrap().is_empty());
    assert!(tx.print_run(whose, print_run(1)).await.unwrap().is_none());
    assert!(tx.print_runs(whose, None, 9).await.unwrap().is_empty());
    assert!(
        tx.printed_codes(whose, print_run(1), (1, 9))
            .await
            .unwrap()
            .is_empty()
    );
}

/// Another organisation's hands on the runs of the first.
pub(crate) async fn moves_nothing(tx: &mut Box<dyn Transaction>, of: u64, other: OrganisationId) {
    let whose = organisation(of);
    let before = tx.print_runs(whose, None, 9).await.unwrap();
    tx.hold_printing(other, goods()).await.unwrap();
    tx.reopen_print_run(other, print_run(1), (1, 1), PAPER, after(9))
        .await
        .unwrap();
    assert_eq!(tx.print_runs(whose, None, 9).await.unwrap(), before);
}

both! {
    async fn two_runs_never_share_a_code_and_go_on_in_the_stocks_order(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        kept(&mut tx, 1, 1, &["5a1", "5a2", "5a3"]).await;
        kept(&mut tx, 2, 1, &["5b1", "5b2"]).await;
        assert_eq!(free(&mut tx).await, 5);
        assert_eq!(print(&mut tx, 1, 2).await, codes(&["5a1", "5a2"]));
        assert_eq!(free(&mut tx).await, 3);
        assert_eq!(print(&mut tx, 2, 2).await, codes(&["5a3", "5b1"]));
        assert_eq!(print(&mut tx, 3, 9).await, codes(&["5b2"]));
        assert_eq!(free(&mut tx).await, 0);
        assert!(next(&mut tx, 9).await.is_empty());
    }

    async fn codes_that_somebody_scanned_are_passed_over(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        kept(&mut tx, 1, 1, &["5a1", "5a2", "5a3", "5a4"]).await;
        scanned(&mut tx, "5a2").await;
        scanned(&mut tx, "5a4").await;
        scanned(&mut tx, "5zz").await;
        assert_eq!(free(&mut tx).await, 2);
        assert_eq!(print(&mut tx, 1, 1).await, codes(&["5a1"]));
        assert_eq!(free(&mut tx).await, 1);
        assert_eq!(print(&mut tx, 2, 9).await, codes(&["5a3"]));
        assert_eq!(free(&mut tx).await, 0);
        // A code on a label that is scanned afterwards is not counted a second time.
        scanned(&mut tx, "5a1").await;
        assert_eq!(free(&mut tx).await, 0);
    }

    async fn a_block_that_becomes_whole_late_is_printed_too(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let whose = organisation(1);
        let late = an_asking(1, 1);
        assert!(tx.begin_block(whose, &late).await.unwrap());
        tx.keep_run(whose, late.id, &codes(&["5a1"]), NOW).await.unwrap();
        kept(&mut tx, 2, 2, &["5b1", "5b2"]).await;
        assert_eq!(print(&mut tx, 1, 1).await, codes(&["5b1"]), "a cut answer's codes are nobody's");
        assert!(tx.end_block(whose, late.id, Some(&"late".parse().unwrap()), 1, NOW).await.unwrap());
        assert_eq!(print(&mut tx, 2, 9).await, codes(&["5a1", "5b2"]));
    }

    async fn a_code_is_on_one_label_even_if_it_is_given_twice(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        kept(&mut tx, 1, 1, &["5a1"]).await;
        let same = next(&mut tx, 1).await;
        tx.add_print_run(organisation(1), &a_run(1, 1), &same).await.unwrap();
        assert!(tx.add_print_run(organisation(1), &a_run(2, 1), &same).await.is_err());
    }

    async fn codes_of_another_organisation_are_on_no_label(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        kept(&mut tx, 1, 1, &["5a1"]).await;
        tx.add_organisation(organisation(2), "Чужая", NOW).await.unwrap();
        let theirs = next(&mut tx, 1).await;
        assert!(tx.add_print_run(organisation(2), &a_run(1, 1), &theirs).await.is_err());
    }

    async fn two_who_print_at_once_take_one_after_the_other(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let serials: Vec<String> = (0..40).map(|n| format!("5a{n:02}")).collect();
        let serials: Vec<&str> = serials.iter().map(String::as_str).collect();
        kept(&mut tx, 1, 1, &serials).await;
        tx.commit().await.unwrap();
        let other = world.another_process().await;
        let mut hands = Vec::new();
        for n in 0..8 {
            let store = if n % 2 == 0 { world.store.clone() } else { other.clone() };
            hands.push(tokio::spawn(async move {
                let mut tx = store.write().await.unwrap();
                tx.hold_printing(organisation(1), goods()).await.unwrap();
                let printed = print(&mut tx, n + 1, 5).await;
                tx.commit().await.unwrap();
                printed
            }));
        }
        let mut all = HashSet::new();
        for hand in hands {
            for code in hand.await.unwrap() {
                assert!(all.insert(code), "on two labels");
            }
        }
        assert_eq!(all.len(), 40);
        other.close().await;
    }

    async fn a_run_is_read_back_opened_again_and_listed_newest_first(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let whose = organisation(1);
        kept(&mut tx, 1, 1, &["5a1", "5a2", "5a3"]).await;
        print(&mut tx, 1, 2).await;
        print(&mut tx, 2, 1).await;
        let (found, who) = tx.print_run(whose, print_run(1)).await.unwrap().unwrap();
        assert_eq!((found, who), (a_run(1, 2), Some(email(1))));
        let paper = Paper { medium: Medium::Sheet40, head: Head::Dpi300, used_places: 7 };
        tx.reopen_print_run(whose, print_run(1), (2, 2), paper, after(7200)).await.unwrap();
        let reopened = PrintRun { paper, file: (2, 2), open_until: after(7200), again: 1, ..a_run(1, 2) };
        let runs = tx.print_runs(whose, Some(goods()), 9).await.unwrap();
        let runs: Vec<PrintRun> = runs.into_iter().map(|(run, _)| run).collect();
        assert_eq!(runs, [a_run(2, 1), reopened]);
        assert_eq!(tx.print_runs(whose, None, 1).await.unwrap().len(), 1);
        let others = "04604060006000".parse().unwrap();
        assert!(tx.print_runs(whose, Some(others), 9).await.unwrap().is_empty());
        assert_eq!(tx.printed_codes(whose, print_run(1), (2, 2)).await.unwrap(), codes(&["5a2"]));
    }
}
