//! The stock: blocks, runs, searches, on both databases.

use crate::{
    harness::{World, both},
    samples::*,
};
use cis::Gtin;
use desk::{
    codes::{CodeState, Cursor, Filter, Origin, SearchBy},
    ids::{EmissionId, OrganisationId, StockBlockId},
    server::ports::{
        stock::{
            BlockSource, Held, Receiving, Shelf, StockBlock, StockCode, StockPlace, StockQuery,
            StockSearch,
        },
        storage::{MarkRecord, Storage, Transaction},
    },
    suz::{
        emission::BlockId,
        receiving::{BlockState, ReceivingState, ReceivingTrouble},
    },
};

const LONG_TAIL: &str = "\u{1d}91EE11\u{1d}92AbcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ=";

pub(crate) fn goods() -> Gtin {
    "04670033010053".parse().unwrap()
}

pub(crate) fn emission(n: u64) -> EmissionId {
    EmissionId::from_parts(n, [3; 10])
}

pub(crate) fn block(n: u64) -> StockBlockId {
    StockBlockId::from_parts(n, [3; 10])
}

fn theirs(n: u64) -> BlockId {
    format!("block-{n}").parse().unwrap()
}

pub(crate) fn an_asking(n: u64, order: u64) -> StockBlock {
    StockBlock {
        id: block(n),
        source: BlockSource::Emission(emission(order)),
        gtin: goods(),
        group: Some("lp".into()),
        station: None,
        state: BlockState::Asked,
        asked: 3,
        given: None,
        kept: 0,
        expires: Some(after(3600)),
        by: None,
        asked_at: after(i64::try_from(n).unwrap()),
        settled_at: None,
    }
}

pub(crate) fn code(serial: &str) -> String {
    format!("010467003301005321{serial}{LONG_TAIL}")
}

fn codes(serials: &[&str]) -> Vec<String> {
    serials.iter().map(|serial| code(serial)).collect()
}

pub(crate) fn key_of(serial: &str) -> String {
    format!("cis:010467003301005321{serial}")
}

pub(crate) async fn kept(tx: &mut Box<dyn Transaction>, n: u64, order: u64, serials: &[&str]) {
    kept_of(tx, an_asking(n, order), serials).await;
}

/// A block as it is begun, with its codes, to its end.
pub(crate) async fn kept_of(tx: &mut Box<dyn Transaction>, begun: StockBlock, serials: &[&str]) {
    let whose = organisation(1);
    assert!(tx.begin_block(whose, &begun).await.unwrap());
    tx.keep_run(whose, begun.id, &codes(serials), begun.asked_at)
        .await
        .unwrap();
    let station = match begun.source {
        BlockSource::Emission(_) => Some(format!("block-{}", begun.id).parse().unwrap()),
        BlockSource::File(_) => None,
    };
    let given = serials.len() as u64;
    let ended = tx.end_block(whose, begun.id, station.as_ref(), given, begun.asked_at);
    assert!(ended.await.unwrap());
}

fn everything(shelf: Shelf) -> StockQuery {
    StockQuery {
        shelf,
        after: None,
        unused: false,
        limit: 1000,
    }
}

async fn on_shelf(tx: &mut Box<dyn Transaction>, query: &StockQuery) -> Vec<StockCode> {
    tx.stock_codes(organisation(1), query).await.unwrap()
}

fn serials(codes: &[StockCode]) -> Vec<String> {
    codes
        .iter()
        .map(|code| code.key.replacen("cis:010467003301005321", "", 1))
        .collect()
}

async fn searched(tx: &mut Box<dyn Transaction>, filter: &Filter) -> Vec<String> {
    let search = StockSearch {
        filter,
        from: None,
        until: None,
        after: None,
        limit: 100,
    };
    serials(&tx.search_stock(organisation(1), &search).await.unwrap())
}

fn by(by: SearchBy, text: &str) -> Filter {
    Filter {
        search: text.into(),
        by,
        ..Filter::default()
    }
}

/// Something of every table of the stock.
pub(crate) async fn fill(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    assert!(tx.begin_block(whose, &an_asking(1, 1)).await.unwrap());
    let kept = tx
        .keep_run(whose, block(1), &codes(&["5stock0000001"]), NOW)
        .await;
    assert_eq!(kept.unwrap(), Some(1));
    assert!(
        tx.end_block(whose, block(1), Some(&theirs(1)), 1, NOW)
            .await
            .unwrap()
    );
    assert!(tx.begin_block(whose, &an_asking(2, 1)).await.unwrap());
    tx.save_receiving(whose, &a_receiving()).await.unwrap();
}

fn a_receiving() -> Receiving {
    Receiving {
        emission: emission(1),
        gtin: goods(),
        state: ReceivingState::Running,
        ordered: 10,
        passed: Some(4),
        trouble: Some(ReceivingTrouble::SumsDiffer { held: 3, passed: 4 }),
        began_at: NOW,
        moved_at: after(1),
    }
}

pub(crate) async fn sees_nothing(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    assert!(tx.stock_block(whose, block(1)).await.unwrap().is_none());
    assert!(
        tx.stock_blocks(whose, emission(1))
            .await
            .unwrap()
            .is_empty()
    );
    let held = tx.held(whose, emission(1), goods()).await.unwrap();
    assert_eq!(held, Held::default());
    assert!(tx.receivings(whose, emission(1)).await.unwrap().is_empty());
    let several = tx.receivings_of(whose, &[emission(1)]).await;
    assert!(several.unwrap().is_empty());
    assert!(tx.piles(whose).await.unwrap().is_empty());
    for shelf in [
        Shelf::All,
        Shelf::Goods(goods()),
        Shelf::Emission(emission(1), None),
        Shelf::Block(block(1)),
    ] {
        let found = tx.stock_codes(whose, &everything(shelf)).await.unwrap();
        assert!(found.is_empty());
    }
    let key = key_of("5stock0000001");
    assert!(tx.stock_code(whose, &key).await.unwrap().is_none());
    let known = tx
        .in_stock(whose, goods(), std::slice::from_ref(&key), 0, None)
        .await;
    assert!(known.unwrap().is_empty());
    assert_eq!(tx.newest_run(whose, goods()).await.unwrap(), 0);
    for filter in [
        Filter::default(),
        by(SearchBy::Gtin, "0467"),
        by(SearchBy::Serial, "5stock"),
        by(SearchBy::End, "0001"),
        by(SearchBy::Anything, &code("5stock0000001")),
    ] {
        let search = StockSearch {
            filter: &filter,
            from: None,
            until: None,
            after: None,
            limit: 10,
        };
        assert!(tx.search_stock(whose, &search).await.unwrap().is_empty());
    }
}

/// Another organisation's hands on the blocks of the first.
pub(crate) async fn moves_nothing(tx: &mut Box<dyn Transaction>, of: u64, other: OrganisationId) {
    let whose = organisation(of);
    let before = tx.stock_blocks(whose, emission(1)).await.unwrap();
    let kept = tx.keep_run(other, block(2), &codes(&["x"]), NOW).await;
    assert_eq!(kept.unwrap(), None);
    assert!(!tx.end_block(other, block(2), None, 1, NOW).await.unwrap());
    tx.void_block(other, block(2), NOW).await.unwrap();
    assert_eq!(tx.stock_blocks(whose, emission(1)).await.unwrap(), before);
    let code = tx
        .stock_code(whose, &key_of("5stock0000001"))
        .await
        .unwrap();
    assert!(code.is_some());
    assert_eq!(
        tx.receivings(whose, emission(1)).await.unwrap(),
        [a_receiving()]
    );
}

both! {
    async fn a_block_is_nobodys_until_it_is_whole(world: World) {
        founded(&world.store, 1).await;
        let whose = organisation(1);
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.begin_block(whose, &an_asking(1, 1)).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = world.store.write().await.unwrap();
        let run = codes(&["5b", "5a", "5b"]);
        assert_eq!(tx.keep_run(whose, block(1), &run, NOW).await.unwrap(), Some(2), "one came twice");
        assert!(on_shelf(&mut tx, &everything(Shelf::All)).await.is_empty());
        assert!(searched(&mut tx, &Filter::default()).await.is_empty());
        assert!(tx.stock_code(whose, &key_of("5a")).await.unwrap().is_none());
        let held = tx.held(whose, emission(1), goods()).await.unwrap();
        assert_eq!(held, Held { arriving: 2, ..Held::default() });

        assert!(tx.end_block(whose, block(1), Some(&theirs(1)), 3, after(9)).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = world.store.write().await.unwrap();
        let found = on_shelf(&mut tx, &everything(Shelf::All)).await;
        assert_eq!(serials(&found), ["5a", "5b"], "in the order of serial numbers");
        assert_eq!(found[0].text, code("5a"), "exactly as it came");
        assert_eq!((found[0].position, found[1].position), (0, 1));
        assert_eq!((found[0].gtin, found[0].block, found[0].used), (goods(), block(1), false));
        let held = tx.held(whose, emission(1), goods()).await.unwrap();
        assert_eq!(held, Held { blocks: 1, given: 3, kept: 2, arriving: 0 });
        let ended = tx.stock_block(whose, block(1)).await.unwrap().unwrap();
        assert_eq!((ended.state, ended.station.clone(), ended.settled_at), (BlockState::Whole, Some(theirs(1)), Some(after(9))));
        assert_eq!(tx.stock_blocks(whose, emission(1)).await.unwrap(), [ended]);
        let late = tx.keep_run(whose, block(1), &codes(&["5c"]), after(10)).await.unwrap();
        assert_eq!(late, None, "a whole block takes no more");
        tx.void_block(whose, block(1), after(10)).await.unwrap();
        assert_eq!(on_shelf(&mut tx, &everything(Shelf::All)).await, found, "nor is it forgotten");
    }

    async fn the_next_codes_are_not_asked_for_while_the_last_asking_is_open(world: World) {
        founded(&world.store, 1).await;
        let whose = organisation(1);
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.begin_block(whose, &an_asking(1, 1)).await.unwrap());
        assert!(!tx.begin_block(whose, &an_asking(2, 1)).await.unwrap());
        assert!(tx.begin_block(whose, &an_asking(3, 2)).await.unwrap(), "of another order");
        let listed = StockBlock { station: Some(theirs(7)), ..an_asking(4, 1) };
        assert!(tx.begin_block(whose, &listed).await.unwrap(), "one that the station lists");
        assert!(!tx.begin_block(whose, &StockBlock { id: block(5), ..listed.clone() }).await.unwrap(), "but once");
        tx.keep_run(whose, block(1), &codes(&["5a"]), NOW).await.unwrap();
        assert!(!tx.end_block(whose, block(1), Some(&theirs(7)), 1, NOW).await.unwrap(), "its block is there already");
        tx.void_block(whose, block(1), NOW).await.unwrap();
        assert_eq!(tx.stock_block(whose, block(1)).await.unwrap().unwrap().state, BlockState::Void);
        assert!(tx.begin_block(whose, &an_asking(6, 1)).await.unwrap(), "the next one may be asked for");
        tx.commit().await.unwrap();
        assert_eq!(world.counted("SELECT COUNT(*) FROM stock_codes").await, 0, "a void block leaves no code");
        assert_eq!(world.counted("SELECT COUNT(*) FROM stock_runs").await, 0);
    }

    async fn codes_of_a_cut_answer_are_forgotten_and_come_again_as_another_block(world: World) {
        founded(&world.store, 1).await;
        let whose = organisation(1);
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.begin_block(whose, &an_asking(1, 1)).await.unwrap());
        tx.keep_run(whose, block(1), &codes(&["5a", "5b"]), NOW).await.unwrap();
        tx.void_block(whose, block(1), NOW).await.unwrap();
        let late = tx.keep_run(whose, block(1), &codes(&["5c"]), NOW).await.unwrap();
        assert_eq!(late, None, "what comes late of the first is nobody's");
        let again = StockBlock { station: Some(theirs(1)), ..an_asking(2, 1) };
        assert!(tx.begin_block(whose, &again).await.unwrap());
        tx.keep_run(whose, block(2), &codes(&["5a", "5b"]), after(1)).await.unwrap();
        tx.keep_run(whose, block(2), &codes(&["5c"]), after(1)).await.unwrap();
        assert!(tx.end_block(whose, block(2), Some(&theirs(1)), 3, after(1)).await.unwrap());
        let found = on_shelf(&mut tx, &everything(Shelf::All)).await;
        assert_eq!(serials(&found), ["5a", "5b", "5c"]);
        assert_ne!(found[0].came_at, found[2].came_at, "no two runs come at one moment");
        assert_eq!((found[0].emission, found[0].expires), (Some(emission(1)), Some(after(3600))));
    }

    async fn an_import_that_broke_off_is_found(world: World) {
        founded(&world.store, 1).await;
        let whose = organisation(1);
        let mut tx = world.store.write().await.unwrap();
        let file = StockBlock { source: BlockSource::File("codes.csv".into()), ..an_asking(1, 1) };
        assert!(tx.begin_block(whose, &file).await.unwrap());
        tx.keep_run(whose, block(1), &codes(&["5a"]), NOW).await.unwrap();
        assert!(tx.begin_block(whose, &an_asking(2, 1)).await.unwrap());
        assert_eq!(tx.broken_imports(whose, after(9)).await.unwrap(), [block(1)]);
        assert!(tx.broken_imports(whose, after(1)).await.unwrap().is_empty());
        tx.keep_run(whose, block(1), &codes(&["5b"]), after(8)).await.unwrap();
        assert!(tx.broken_imports(whose, after(8)).await.unwrap().is_empty(), "it lives");
    }

    async fn a_file_that_was_given_up_is_nobodys_at_once_and_forgotten_part_by_part(world: World) {
        founded(&world.store, 1).await;
        let whose = organisation(1);
        let mut tx = world.store.write().await.unwrap();
        let file = StockBlock { source: BlockSource::File("codes.csv".into()), ..an_asking(1, 1) };
        assert!(tx.begin_block(whose, &file).await.unwrap());
        for serial in ["5a", "5b", "5c", "5d", "5e", "5f", "5g"] {
            tx.keep_run(whose, block(1), &codes(&[serial]), after(2)).await.unwrap();
        }
        assert_eq!(tx.forget_runs(whose, block(1)).await.unwrap(), 0, "it may become whole yet");
        tx.give_up_block(organisation(2), block(1), after(3)).await.unwrap();
        tx.give_up_block(whose, block(1), after(3)).await.unwrap();
        assert_eq!(tx.keep_run(whose, block(1), &codes(&["5h"]), after(3)).await.unwrap(), None);
        let keys = [key_of("5a")];
        assert!(tx.in_stock(whose, goods(), &keys, 0, None).await.unwrap().is_empty());
        assert_eq!(tx.broken_imports(whose, NOW).await.unwrap(), [block(1)], "codes are left");
        assert_eq!(tx.forget_runs(organisation(2), block(1)).await.unwrap(), 0);
        let mut parts = vec![];
        loop {
            let part = tx.forget_runs(whose, block(1)).await.unwrap();
            if part == 0 { break }
            parts.push(part);
        }
        assert_eq!(parts, [5, 2]);
        assert!(tx.broken_imports(whose, NOW).await.unwrap().is_empty());
        kept(&mut tx, 2, 1, &["5z"]).await;
        tx.give_up_block(whose, block(2), after(4)).await.unwrap();
        assert_eq!(tx.forget_runs(whose, block(2)).await.unwrap(), 0, "a whole block is not given up");
        tx.commit().await.unwrap();
        assert_eq!(world.counted("SELECT COUNT(*) FROM stock_codes").await, 1);
    }

    async fn what_is_held_or_arrives_is_found_behind_a_run_and_beside_a_block(world: World) {
        founded(&world.store, 1).await;
        let whose = organisation(1);
        let mut tx = world.store.write().await.unwrap();
        assert_eq!(tx.newest_run(whose, goods()).await.unwrap(), 0);
        kept(&mut tx, 1, 1, &["5a", "5b"]).await;
        let seen = tx.newest_run(whose, goods()).await.unwrap();
        let file = StockBlock { source: BlockSource::File("codes.csv".into()), ..an_asking(2, 1) };
        assert!(tx.begin_block(whose, &file).await.unwrap());
        tx.keep_run(whose, block(2), &codes(&["5c"]), after(2)).await.unwrap();
        assert!(tx.newest_run(whose, goods()).await.unwrap() > seen);
        assert!(tx.begin_block(whose, &an_asking(3, 1)).await.unwrap());
        tx.keep_run(whose, block(3), &codes(&["5d"]), after(3)).await.unwrap();
        tx.void_block(whose, block(3), after(3)).await.unwrap();
        let keys = ["5d", "5c", "5b", "5z"].map(key_of);
        let mut found = tx.in_stock(whose, goods(), &keys, 0, None).await.unwrap();
        found.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(found, [(key_of("5b"), BlockState::Whole), (key_of("5c"), BlockState::Asked)]);
        let newer = tx.in_stock(whose, goods(), &keys, seen, None).await.unwrap();
        assert_eq!(newer, [(key_of("5c"), BlockState::Asked)]);
        assert!(tx.in_stock(whose, goods(), &keys, seen, Some(block(2))).await.unwrap().is_empty());
        let other: Gtin = "04601653029019".parse().unwrap();
        assert!(tx.in_stock(whose, other, &keys, 0, None).await.unwrap().is_empty());
    }

    async fn codes_of_any_shape_come_back_exactly(world: World) {
        founded(&world.store, 1).await;
        let whose = organisation(1);
        let odd: Vec<String> = [
            "0104670033010053215\"'\\;%_<>&+\u{1d}93Zjqw",
            "0104670033010053215tm!Kq2bV0001",
            "04601653029019abcdefgABm8k0tL",
            "04601653029019hijklmnABm8k0tL",
            "010460165302901921abcdefg\u{1d}8005199000\u{1d}93Zjqw",
            "RU-430302-AAA7582720",
            "не код",
            "x",
        ].map(str::to_owned).into();
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.begin_block(whose, &an_asking(1, 1)).await.unwrap());
        assert_eq!(tx.keep_run(whose, block(1), &odd, NOW).await.unwrap(), Some(8));
        assert!(tx.end_block(whose, block(1), None, 8, NOW).await.unwrap());
        let mut back: Vec<String> = on_shelf(&mut tx, &everything(Shelf::Block(block(1)))).await
            .into_iter().map(|code| code.text).collect();
        back.sort();
        let mut sent = odd.clone();
        sent.sort();
        assert_eq!(back, sent);
        let pack = tx.stock_code(whose, "cis:04601653029019abcdefg").await.unwrap().unwrap();
        assert_eq!(pack.text, odd[2]);
    }

    async fn the_stock_is_read_page_by_page_and_shelf_by_shelf(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        kept(&mut tx, 1, 1, &["5c", "5a", "5b"]).await;
        kept(&mut tx, 2, 2, &["5f", "5e", "5d"]).await;
        kept(&mut tx, 3, 1, &["5g"]).await;
        let all = on_shelf(&mut tx, &everything(Shelf::All)).await;
        assert_eq!(serials(&all), ["5a", "5b", "5c", "5d", "5e", "5f", "5g"]);
        for size in [1, 2, 3, 4] {
            let (mut read, mut after) = (vec![], None);
            loop {
                let page = on_shelf(&mut tx, &StockQuery { after, limit: size, ..everything(Shelf::All) }).await;
                let Some(last) = page.last() else { break };
                after = Some(StockPlace { run: last.run, position: last.position });
                read.extend(page);
            }
            assert_eq!(read, all, "pages of {size}");
        }
        let of_order = on_shelf(&mut tx, &everything(Shelf::Emission(emission(1), Some(goods())))).await;
        assert_eq!(serials(&of_order), ["5a", "5b", "5c", "5g"]);
        let of_block = on_shelf(&mut tx, &everything(Shelf::Block(block(2)))).await;
        assert_eq!(serials(&of_block), ["5d", "5e", "5f"]);
        assert_eq!(on_shelf(&mut tx, &everything(Shelf::Goods(goods()))).await.len(), 7);
        let other: Gtin = "04601653029019".parse().unwrap();
        assert!(on_shelf(&mut tx, &everything(Shelf::Goods(other))).await.is_empty());
        let piles = tx.piles(organisation(1)).await.unwrap();
        let told: Vec<_> = piles.iter().map(|pile| (pile.source.clone(), pile.codes)).collect();
        assert_eq!(told, [(BlockSource::Emission(emission(1)), 4), (BlockSource::Emission(emission(2)), 3)]);
    }

    async fn the_stock_is_searched_by_every_part_and_case_counts(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        kept(&mut tx, 1, 1, &["5tm!Kq2bV0001", "5TM!Kq2bV0002", "5tm%Kq2bV0003"]).await;
        kept(&mut tx, 2, 1, &["5tm!Kq2bVabCD", "5xx!Kq2bV0001"]).await;
        for (filter, found) in [
            (by(SearchBy::Serial, "5tm!"), vec!["5tm!Kq2bVabCD", "5tm!Kq2bV0001"]),
            (by(SearchBy::Serial, "5tm%"), vec!["5tm%Kq2bV0003"]),
            (by(SearchBy::End, "0001"), vec!["5xx!Kq2bV0001", "5tm!Kq2bV0001"]),
            (by(SearchBy::End, "m!Kq2bV0001"), vec!["5tm!Kq2bV0001"]),
            (by(SearchBy::End, "abCD"), vec!["5tm!Kq2bVabCD"]),
            (by(SearchBy::End, "abcd"), vec![]),
            (by(SearchBy::End, "001"), vec![]),
            (by(SearchBy::Anything, "bV0003"), vec!["5tm%Kq2bV0003"]),
            (by(SearchBy::Anything, "5TM"), vec!["5TM!Kq2bV0002"]),
            (by(SearchBy::Anything, &code("5xx!Kq2bV0001")), vec!["5xx!Kq2bV0001"]),
            (by(SearchBy::Anything, "0104670033010053215xx!Kq2bV0001"), vec!["5xx!Kq2bV0001"]),
            (by(SearchBy::Gtin, "4670033010054"), vec![]),
            (by(SearchBy::Anything, "_"), vec![]),
        ] {
            assert_eq!(searched(&mut tx, &filter).await, found, "{filter:?}");
        }
        let newest = ["5xx!Kq2bV0001", "5tm!Kq2bVabCD", "5tm%Kq2bV0003", "5tm!Kq2bV0001", "5TM!Kq2bV0002"];
        for filter in [Filter::default(), by(SearchBy::Gtin, "46700"), by(SearchBy::Anything, "4670033010053")] {
            assert_eq!(searched(&mut tx, &filter).await, newest, "{filter:?}");
        }
        for (state, origin, count) in [
            (Some(CodeState::Free), None, 5),
            (Some(CodeState::Bound), None, 0),
            (None, Some(Origin::Emitted), 5),
            (None, Some(Origin::Imported), 0),
            (None, Some(Origin::Order), 0),
        ] {
            let filter = Filter { state, origin, ..Filter::default() };
            assert_eq!(searched(&mut tx, &filter).await.len(), count, "{filter:?}");
        }
    }

    async fn a_search_goes_on_behind_its_last_row(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        kept(&mut tx, 1, 1, &["5a00000000001", "5b00000000001", "5c00000000001"]).await;
        kept(&mut tx, 2, 1, &["5d00000000001", "5e00000000001"]).await;
        for filter in [Filter::default(), by(SearchBy::Gtin, "0467"), by(SearchBy::Serial, "5"), by(SearchBy::End, "0001")] {
            let whole = searched(&mut tx, &filter).await;
            assert_eq!(whole.len(), 5);
            let (mut read, mut after) = (vec![], None);
            loop {
                let search = StockSearch { filter: &filter, from: None, until: None, after: after.as_ref(), limit: 2 };
                let page = tx.search_stock(organisation(1), &search).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(Cursor { at: last.came_at, key: last.key.clone() });
                read.extend(serials(&page));
            }
            assert_eq!(read, whole, "{filter:?}");
        }
        let filter = Filter::default();
        let search = StockSearch { filter: &filter, from: Some(after(2)), until: None, after: None, limit: 9 };
        assert_eq!(tx.search_stock(organisation(1), &search).await.unwrap().len(), 2);
        let search = StockSearch { filter: &filter, from: None, until: Some(after(2)), after: None, limit: 9 };
        assert_eq!(tx.search_stock(organisation(1), &search).await.unwrap().len(), 3);
    }

    async fn a_code_that_somebody_scanned_is_told_by_the_other_list(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        kept(&mut tx, 1, 1, &["5a00000000001", "5b00000000001"]).await;
        let mark = MarkRecord {
            key: key_of("5a00000000001"),
            text: code("5a00000000001"),
            gtin: Some(goods().to_string()),
        };
        tx.keep_codes(organisation(1), &[mark], NOW).await.unwrap();
        assert_eq!(searched(&mut tx, &Filter::default()).await, ["5b00000000001"]);
        assert_eq!(searched(&mut tx, &by(SearchBy::Serial, "5a")).await, Vec::<String>::new());
        let unused = on_shelf(&mut tx, &StockQuery { unused: true, ..everything(Shelf::All) }).await;
        assert_eq!(serials(&unused), ["5b00000000001"]);
        let used: Vec<bool> = on_shelf(&mut tx, &everything(Shelf::All)).await.iter().map(|code| code.used).collect();
        assert_eq!(used, [true, false]);
        let keys = [key_of("5a00000000001"), key_of("5z")];
        let held = tx.in_stock(organisation(1), goods(), &keys, 0, None).await.unwrap();
        assert_eq!(held, [(key_of("5a00000000001"), BlockState::Whole)]);
    }

    async fn how_far_an_order_has_come_is_kept(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.save_receiving(organisation(1), &a_receiving()).await.unwrap();
        for state in ReceivingState::ALL {
            let moved = Receiving { state: *state, passed: None, trouble: None, moved_at: after(5), ..a_receiving() };
            tx.save_receiving(organisation(1), &moved).await.unwrap();
            let asked = [emission(2), emission(1)];
            let kept = tx.receivings(organisation(1), emission(1)).await.unwrap();
            assert_eq!(kept, tx.receivings_of(organisation(1), &asked).await.unwrap());
            assert_eq!(kept, [moved]);
            assert!(tx.receivings_of(organisation(1), &asked[..1]).await.unwrap().is_empty());
        }
    }
}
