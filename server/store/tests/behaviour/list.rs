use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    ids::MarketOrderId,
    marketplace::{Model, ShipBy},
    orders::{OrderFilter, PAGE_SIZE, Tab, WorkState, due::Due},
    server::ports::storage::{OrderSummary, Storage, Transaction},
};
use store::Store;

/// An order with a deadline in so many seconds, or none, in a state.
async fn listed(store: &Store, number: i64, deadline: Option<i64>, work: WorkState) {
    let mut facts = facts(
        number,
        vec![item(1, &format!("ART-{number}"), "Тапочки «Ёлка» 41_р", 1)],
    );
    facts.ship_by = deadline.map(|seconds| ShipBy {
        at: after(seconds),
        timed: false,
    });
    let id = u64::try_from(number).unwrap();
    save(store, id, &facts).await;
    let mut tx = store.write().await.unwrap();
    tx.save_summary(organisation(1), order(id), 3, 2, 1, work)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn in_tab(tab: Tab) -> OrderFilter {
    OrderFilter {
        tab,
        ..OrderFilter::default()
    }
}

fn search(text: &str) -> OrderFilter {
    OrderFilter {
        search: text.into(),
        ..OrderFilter::default()
    }
}

async fn numbers(tx: &mut Box<dyn Transaction>, filter: &OrderFilter) -> Vec<i64> {
    let (rows, found) = tx.list(organisation(1), filter, &DAYS).await.unwrap();
    assert_eq!(usize::try_from(found).unwrap(), rows.len(), "{filter:?}");
    rows.iter().map(|row| row.number.0).collect()
}

both! {
    async fn the_nearest_deadline_comes_first_and_then_the_newest_number(world: World) {
        founded(&world.store, 1).await;
        for (number, deadline) in [(1, None), (2, Some(50)), (3, None), (4, Some(10)), (5, Some(50))] {
            listed(&world.store, number, deadline, WorkState::NeedsCodes).await;
        }
        listed(&world.store, 6, Some(1), WorkState::Ready).await;
        let mut tx = world.store.read().await.unwrap();
        assert_eq!(numbers(&mut tx, &in_tab(Tab::Needs)).await, vec![4, 5, 2, 3, 1]);
        assert_eq!(numbers(&mut tx, &in_tab(Tab::Ready)).await, vec![6]);
        assert_eq!(numbers(&mut tx, &in_tab(Tab::Trouble)).await, Vec::<i64>::new());
    }

    async fn a_row_holds_what_the_list_shows(world: World) {
        founded(&world.store, 1).await;
        listed(&world.store, 4, Some(10), WorkState::Unknown).await;
        let mut tx = world.store.read().await.unwrap();
        let (rows, _) = tx.list(organisation(1), &in_tab(Tab::Busy), &DAYS).await.unwrap();
        let row = OrderSummary {
            id: order(4),
            number: MarketOrderId(4),
            shop: "Лавка".into(),
            model: Some(Model::Dbs.as_str().into()),
            ship_by: Some(ShipBy { at: after(10), timed: false }),
            units: 3,
            wanted: 2,
            filled: 1,
            fake: false,
            work: WorkState::Unknown,
        };
        assert_eq!(rows, vec![row]);
    }

    async fn a_tab_shows_all_its_states_and_every_state_is_counted(world: World) {
        founded(&world.store, 1).await;
        for (number, work) in (1..).zip(WorkState::ALL) {
            listed(&world.store, number, None, *work).await;
        }
        listed(&world.store, 100, None, WorkState::Ready).await;
        let mut tx = world.store.write().await.unwrap();
        for tab in Tab::ALL {
            let (rows, _) = tx.list(organisation(1), &in_tab(*tab), &DAYS).await.unwrap();
            assert!(rows.iter().all(|row| tab.states().contains(&row.work)), "{tab:?}");
            assert_eq!(rows.len(), tab.states().len() + usize::from(*tab == Tab::Ready), "{tab:?}");
        }
        let counts = tx.count_by_work(organisation(1), None).await.unwrap();
        assert_eq!(counts.len(), WorkState::ALL.len());
        assert!(counts.contains(&(WorkState::Ready, 2)) && counts.contains(&(WorkState::Closed, 1)));
        tx.save_shop(organisation(1), shop(2), connection(1), &shop_facts(2, "Вторая")).await.unwrap();
        assert!(tx.count_by_work(organisation(1), Some(shop(2))).await.unwrap().is_empty());
        let of_other = OrderFilter { shop: Some(shop(2)), ..in_tab(Tab::Ready) };
        assert!(numbers(&mut tx, &of_other).await.is_empty());
        assert!(numbers(&mut tx, &OrderFilter { shop: Some(shop(2)), ..search("100") }).await.is_empty());
        assert_eq!(numbers(&mut tx, &OrderFilter { shop: Some(shop(1)), ..search("100") }).await, vec![100]);
    }

    async fn a_page_holds_fifty_and_the_count_is_of_all(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        for number in 1..=PAGE_SIZE + 1 {
            let facts = facts(number.into(), vec![item(1, "A", "Тапочки", 1)]);
            tx.save_facts(organisation(1), order(number.into()), shop(1), &facts, &plan(&facts), NOW).await.unwrap();
        }
        let (first, found) = tx.list(organisation(1), &in_tab(Tab::Needs), &DAYS).await.unwrap();
        assert_eq!((first.len(), found), (PAGE_SIZE as usize, PAGE_SIZE + 1));
        let second = OrderFilter { page: 1, ..in_tab(Tab::Needs) };
        let (rest, found) = tx.list(organisation(1), &second, &DAYS).await.unwrap();
        assert_eq!((rest.len(), found), (1, PAGE_SIZE + 1));
        assert_eq!(rest[0].number, MarketOrderId(1));
        let past = OrderFilter { page: 2, ..in_tab(Tab::Needs) };
        assert_eq!(tx.list(organisation(1), &past, &DAYS).await.unwrap(), (vec![], PAGE_SIZE + 1));
        let past = OrderFilter { page: 2, ..search("тапочки") };
        assert_eq!(tx.list(organisation(1), &past, &DAYS).await.unwrap(), (vec![], PAGE_SIZE + 1));
    }

    async fn what_the_marketplace_changes_is_what_is_searched_and_narrowed_by(world: World) {
        founded(&world.store, 1).await;
        listed(&world.store, 7, Some(10), WorkState::Ready).await;
        let mut changed = facts(7, vec![item(1, "SHOP-9", "Туфли", 1)]);
        changed.model = Some(Model::Express);
        changed.ship_by = Some(ShipBy { at: after(-5), timed: true });
        save(&world.store, 7, &changed).await;
        let mut tx = world.store.read().await.unwrap();
        for gone in ["тапочки", "art-7"] {
            assert!(numbers(&mut tx, &search(gone)).await.is_empty(), "{gone}");
        }
        for found in ["туфли", "shop-9"] {
            let narrow = OrderFilter { model: Some(Model::Express), due: Some(Due::Overdue), ..search(found) };
            assert_eq!(numbers(&mut tx, &narrow).await, vec![7], "{found}");
        }
    }

    async fn search_looks_in_every_tab_by_number_article_name_and_mark(world: World) {
        founded(&world.store, 1).await;
        listed(&world.store, 57_123, None, WorkState::Ready).await;
        listed(&world.store, 60_999, None, WorkState::Closed).await;
        let mut tx = world.store.write().await.unwrap();
        let slot = slot_of(60_999, 1, 0);
        assert!(tx.fill_slot(organisation(1), order(60_999), slot, &mark("5Qbag!a"), NOW).await.unwrap());
        let both = vec![60_999, 57_123];
        for (text, expected) in [
            ("7123", vec![57_123]),
            ("art-6", vec![60_999]),
            ("60999", vec![60_999]),
            ("rt-6", vec![]),
            ("ТАПОЧКИ", both.clone()),
            (" тапочки   «елка» ", both.clone()),
            ("ЁЛКА", both.clone()),
            ("41_Р", both.clone()),
            ("41%", vec![]),
            ("т_почки", vec![]),
            ("41__", vec![]),
            (mark("5Qbag!a").text.as_str(), vec![60_999]),
            ("0104670033010053215Qbag!a", vec![60_999]),
            ("0104670033010053215Qbag!A", vec![]),
            ("кроссовки", vec![]),
        ] {
            assert_eq!(numbers(&mut tx, &search(text)).await, expected, "{text}");
        }
    }

    async fn a_model_and_a_deadline_narrow_the_list_and_its_counts(world: World) {
        founded(&world.store, 1).await;
        let hour = 3600;
        for (number, deadline) in [(1, Some(-1)), (2, Some(0)), (3, Some(hour - 1)), (4, Some(hour)), (5, Some(25 * hour)), (6, None)] {
            listed(&world.store, number, deadline, WorkState::NeedsCodes).await;
        }
        listed(&world.store, 7, Some(-5), WorkState::Closed).await;
        let mut express = facts(8, vec![item(1, "A", "Туфли", 1)]);
        express.model = Some(Model::Express);
        express.ship_by = Some(ShipBy { at: after(-9), timed: true });
        save(&world.store, 8, &express).await;

        let mut tx = world.store.read().await.unwrap();
        let due = |due| OrderFilter { due: Some(due), ..in_tab(Tab::Needs) };
        assert_eq!(numbers(&mut tx, &due(Due::Overdue)).await, vec![8, 1]);
        assert_eq!(numbers(&mut tx, &due(Due::Today)).await, vec![2, 3]);
        assert_eq!(numbers(&mut tx, &due(Due::Tomorrow)).await, vec![4]);
        let overdue_dbs = OrderFilter { model: Some(Model::Dbs), ..due(Due::Overdue) };
        assert_eq!(numbers(&mut tx, &overdue_dbs).await, vec![1]);
        let by_express = OrderFilter { model: Some(Model::Express), ..search("туфли") };
        assert_eq!(numbers(&mut tx, &by_express).await, vec![8]);
        assert!(numbers(&mut tx, &OrderFilter { model: Some(Model::Fbs), ..search("туфли") }).await.is_empty());

        let needs = WorkState::NeedsCodes;
        let mut counts = tx.count_by_due(organisation(1), None, None, &DAYS).await.unwrap();
        counts.sort_by_key(|(work, due, _)| (*work, due.map(Due::as_str)));
        let expected = vec![
            (needs, None, 2),
            (needs, Some(Due::Overdue), 2),
            (needs, Some(Due::Today), 2),
            (needs, Some(Due::Tomorrow), 1),
            (WorkState::Closed, Some(Due::Overdue), 1),
        ];
        assert_eq!(counts, expected);
        let of_express = tx.count_by_due(organisation(1), Some(shop(1)), Some(&Model::Express), &DAYS).await.unwrap();
        assert_eq!(of_express, vec![(needs, Some(Due::Overdue), 1)]);
        assert!(tx.count_by_due(organisation(1), Some(shop(2)), None, &DAYS).await.unwrap().is_empty());
    }

    async fn shops_are_named_by_the_alphabet_and_not_when_their_key_is_retired(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.save_shop(organisation(1), shop(2), connection(1), &shop_facts(2, "авоська")).await.unwrap();
        let named = vec![(shop(2), "авоська".to_owned()), (shop(1), "Лавка".to_owned())];
        assert_eq!(tx.shop_names(organisation(1)).await.unwrap(), named);
        tx.retire_connection(organisation(1), connection(1), NOW).await.unwrap();
        assert!(tx.shop_names(organisation(1)).await.unwrap().is_empty());
    }

    async fn blank_words_are_no_search(world: World) {
        founded(&world.store, 1).await;
        listed(&world.store, 1, None, WorkState::Ready).await;
        let mut tx = world.store.read().await.unwrap();
        assert!(numbers(&mut tx, &search(" \t ")).await.is_empty(), "the first tab, which is empty");
    }
}
