//! Print runs, on both databases: no code is ever on two labels.

use crate::{
    harness::{World, both},
    samples::*,
    stock::{an_asking, block, code, emission, goods, kept, kept_of, key_of},
};
use desk::{
    ids::{OrganisationId, PrintRunId},
    printing::{Head, LabelTexts, Medium, Paper},
    server::ports::{
        printing::{FreeBlock, PrintRun},
        stock::{BlockSource, StockBlock, StockCode},
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
        opened: 0,
        opened_at: None,
    }
}

async fn next(tx: &mut Box<dyn Transaction>, most: u32) -> Vec<StockCode> {
    tx.next_codes(organisation(1), goods(), most, NOW, false)
        .await
        .unwrap()
}

async fn free(tx: &mut Box<dyn Transaction>) -> u64 {
    let blocks = tx.free_blocks(organisation(1), goods()).await.unwrap();
    blocks.iter().map(|block| block.codes).sum()
}

/// What a file brings.
fn a_file(n: u64) -> StockBlock {
    StockBlock {
        source: BlockSource::File("cabinet.csv".into()),
        group: None,
        expires: None,
        ..an_asking(n, 1)
    }
}

/// Prints the next codes and says which they were.
async fn print(tx: &mut Box<dyn Transaction>, n: u64, count: u32) -> Vec<String> {
    let codes = next(tx, count).await;
    let count = u32::try_from(codes.len()).unwrap();
    tx.hold_goods(organisation(1), goods()).await.unwrap();
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
    let codes = tx.next_codes(whose, goods(), 9, NOW, false).await.unwrap();
    assert_eq!(codes.len(), 1);
    tx.hold_goods(whose, goods()).await.unwrap();
    tx.add_print_run(whose, &a_run(1, 1), &codes).await.unwrap();
}

pub(crate) async fn sees_nothing(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    assert!(tx.free_blocks(whose, goods()).await.unwrap().is_empty());
    let codes = tx.next_codes(whose, goods(), 9, NOW, true).await;
    assert!(codes.unwrap().is_empty());
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
    tx.hold_goods(other, goods()).await.unwrap();
    let opened = tx.note_opening(other, print_run(1), (1, 1), NOW).await;
    assert!(!opened.unwrap());
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
                tx.hold_goods(organisation(1), goods()).await.unwrap();
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

    async fn annulled_codes_are_passed_over_or_come_last(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let whose = organisation(1);
        for (n, expires, serials) in [(1, Some(after(10)), ["5a1", "5a2"]), (2, Some(after(20)), ["5b1", "5b2"]), (3, None, ["5c1", "5c2"])] {
            kept_of(&mut tx, StockBlock { expires, ..an_asking(n, n) }, &serials).await;
        }
        let taken = async |tx: &mut Box<dyn Transaction>, now, expired_too| {
            let found = tx.next_codes(whose, goods(), 9, now, expired_too).await.unwrap();
            found.into_iter().map(|code| code.text).collect::<Vec<_>>()
        };
        assert_eq!(taken(&mut tx, after(9), false).await, codes(&["5a1", "5a2", "5b1", "5b2", "5c1", "5c2"]));
        assert_eq!(taken(&mut tx, after(10), false).await, codes(&["5b1", "5b2", "5c1", "5c2"]), "to the very moment");
        assert_eq!(taken(&mut tx, after(20), false).await, codes(&["5c1", "5c2"]));
        let all = tx.next_codes(whose, goods(), 5, after(10), true).await.unwrap();
        let texts: Vec<String> = all.iter().map(|code| code.text.clone()).collect();
        assert_eq!(texts, codes(&["5b1", "5b2", "5c1", "5c2", "5a1"]), "annulled ones last");
        tx.add_print_run(whose, &a_run(1, 5), &all).await.unwrap();
        let left = FreeBlock { source: BlockSource::Emission(emission(1)), expires: Some(after(10)), codes: 1 };
        assert_eq!(tx.free_blocks(whose, goods()).await.unwrap(), [left]);
        assert_eq!(taken(&mut tx, after(10), true).await, codes(&["5a2"]));
    }

    async fn what_is_free_is_told_block_by_block(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        kept_of(&mut tx, an_asking(1, 1), &["5a1", "5a2", "5a3"]).await;
        kept_of(&mut tx, StockBlock { expires: Some(after(99)), ..an_asking(2, 1) }, &["5b1", "5b2"]).await;
        kept_of(&mut tx, a_file(3), &["5c1"]).await;
        print(&mut tx, 1, 2).await;
        // The last of the first block is scanned, and so is one off a label.
        scanned(&mut tx, "5a3").await;
        scanned(&mut tx, "5a1").await;
        scanned(&mut tx, "5b2").await;
        let of = |source, expires, codes| FreeBlock { source, expires, codes };
        assert_eq!(tx.free_blocks(organisation(1), goods()).await.unwrap(), [
            of(BlockSource::Emission(emission(1)), Some(after(99)), 1),
            of(BlockSource::File("cabinet.csv".into()), None, 1),
        ]);
    }

    async fn a_code_that_lies_in_the_stock_twice_is_printed_once(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let whose = organisation(1);
        kept_of(&mut tx, a_file(1), &["5a1", "5a2", "5a3"]).await;
        assert_eq!(print(&mut tx, 1, 2).await, codes(&["5a1", "5a2"]));
        // The order's own answer brings them once more, in part while labels are printed.
        let order = an_asking(2, 1);
        assert!(tx.begin_block(whose, &order).await.unwrap());
        tx.keep_run(whose, order.id, &codes(&["5a1", "5a2", "5a3", "5a4"]), after(2)).await.unwrap();
        assert!(tx.end_block(whose, order.id, Some(&"late".parse().unwrap()), 4, after(2)).await.unwrap());
        assert_eq!(free(&mut tx).await, 3, "5a3 is there twice, 5a1 and 5a2 are on labels");
        assert_eq!(next(&mut tx, 1).await[0].block, block(1));
        assert_eq!(print(&mut tx, 2, 9).await, codes(&["5a3", "5a4"]), "and 5a3 is printed once");
        assert_eq!(free(&mut tx).await, 0);
        assert!(next(&mut tx, 9).await.is_empty());
    }

    async fn what_arrives_while_its_other_self_is_printed_is_free_no_more(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let whose = organisation(1);
        kept_of(&mut tx, a_file(1), &["5a1", "5a2"]).await;
        let order = an_asking(2, 1);
        assert!(tx.begin_block(whose, &order).await.unwrap());
        tx.keep_run(whose, order.id, &codes(&["5a1", "5a2", "5a3"]), after(2)).await.unwrap();
        print(&mut tx, 1, 1).await;
        assert!(tx.end_block(whose, order.id, Some(&"late".parse().unwrap()), 3, after(2)).await.unwrap());
        assert_eq!(free(&mut tx).await, 3, "5a2 twice, and 5a3");
        assert_eq!(print(&mut tx, 2, 9).await, codes(&["5a2", "5a3"]));
        assert_eq!(free(&mut tx).await, 0);
    }

    async fn every_fetching_of_a_file_is_counted_while_it_is_open(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let whose = organisation(1);
        kept(&mut tx, 1, 1, &["5a1", "5a2"]).await;
        print(&mut tx, 1, 2).await;
        assert!(tx.note_opening(whose, print_run(1), (1, 2), after(5)).await.unwrap());
        assert!(tx.note_opening(whose, print_run(1), (1, 2), after(6)).await.unwrap());
        assert!(!tx.note_opening(whose, print_run(1), (2, 2), after(7)).await.unwrap(), "other labels");
        assert!(!tx.note_opening(whose, print_run(1), (1, 2), after(3600)).await.unwrap(), "too late");
        let (run, _) = tx.print_run(whose, print_run(1)).await.unwrap().unwrap();
        assert_eq!((run.opened, run.opened_at), (2, Some(after(6))));
        tx.reopen_print_run(whose, print_run(1), (2, 2), PAPER, after(7200)).await.unwrap();
        let (run, _) = tx.print_run(whose, print_run(1)).await.unwrap().unwrap();
        assert_eq!((run.opened, run.opened_at, run.again), (0, None, 1), "a new file");
    }
}
