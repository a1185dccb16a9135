use crate::{
    harness::{PATIENCE, World, both},
    samples::*,
};
use desk::{
    ids::MarketOrderId,
    marketplace::OrderStatus,
    orders::placing::KnownProduct,
    server::ports::storage::{FactsChange, Order, Storage, Transaction},
};

async fn order_of(tx: &mut Box<dyn Transaction>) -> Order {
    tx.order(organisation(1), order(10)).await.unwrap().unwrap()
}

fn shape(order: &Order) -> Vec<(i64, Vec<(u32, bool)>)> {
    let slots = |line: &desk::server::ports::storage::Line| {
        line.slots
            .iter()
            .map(|slot| (slot.number, slot.mark_key.is_some()))
            .collect()
    };
    order
        .lines
        .iter()
        .map(|line| (line.item.0, slots(line)))
        .collect()
}

both! {
    async fn a_new_order_comes_back_with_its_lines_and_empty_slots(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.read().await.unwrap();
        let kept = order_of(&mut tx).await;
        assert_eq!(kept.facts, facts(10, vec![item(1, "ART-1", "Тапочки", 2), item(2, "ART-2", "Туфли", 1)]));
        assert_eq!((kept.id, kept.shop, kept.read_at, kept.slots_revision), (order(10), shop(1), NOW, 0));
        assert_eq!(shape(&kept), vec![(1, vec![(1, false), (2, false)]), (2, vec![(1, false)])]);
        assert_eq!(kept.lines[0].slots[1].id, slot_of(10, 1, 1));
        let found = tx.order_by_number(organisation(1), shop(1), MarketOrderId(10)).await.unwrap();
        assert_eq!(found, Some(kept));
        assert_eq!(tx.order(organisation(1), order(11)).await.unwrap(), None);
        assert_eq!(tx.order_by_number(organisation(1), shop(2), MarketOrderId(10)).await.unwrap(), None);
    }

    async fn lines_stand_in_the_marketplaces_order_whatever_their_ids(world: World) {
        founded(&world.store, 1).await;
        let facts = facts(10, vec![item(9, "B", "Туфли", 1), item(3, "A", "Тапочки", 0)]);
        save(&world.store, 10, &facts).await;
        let mut tx = world.store.read().await.unwrap();
        assert_eq!(shape(&order_of(&mut tx).await), vec![(9, vec![(1, false)]), (3, vec![])]);
    }

    async fn the_same_reading_changes_nothing_but_its_moment(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let before = order_of(&mut tx).await;
        let again = tx
            .save_facts(organisation(1), order(10), shop(1), &before.facts, &plan(&before.facts), after(5))
            .await
            .unwrap();
        assert_eq!(again, FactsChange::Same);
        assert_eq!(order_of(&mut tx).await, Order { read_at: after(5), ..before });
    }

    async fn an_older_reading_changes_nothing_at_all(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let before = order_of(&mut tx).await;
        let mut old = facts(10, vec![item(1, "ART-1", "Тапочки", 1)]);
        old.status = OrderStatus::Unpaid;
        let change =
            tx.save_facts(organisation(1), order(10), shop(1), &old, &plan(&old), after(-1)).await.unwrap();
        assert_eq!(change, FactsChange::Same);
        assert_eq!(order_of(&mut tx).await, before);
    }

    async fn a_line_that_grows_keeps_its_slots_and_one_that_shrinks_frees_its_marks(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.fill_slot(organisation(1), order(10), slot_of(10, 1, 1), &mark("A"), NOW).await.unwrap());
        let filled = order_of(&mut tx).await;

        let grown = facts(10, vec![item(1, "ART-1", "Тапочки", 3), item(2, "ART-2", "Туфли", 1)]);
        let mut other_ids = plan(&grown);
        other_ids[0].id = line(77);
        other_ids[0].slots[0] = slot(770);
        let change =
            tx.save_facts(organisation(1), order(10), shop(1), &grown, &other_ids, after(1)).await.unwrap();
        assert_eq!(change, FactsChange::Changed);
        let kept = order_of(&mut tx).await;
        assert_eq!(shape(&kept)[0], (1, vec![(1, false), (2, true), (3, false)]));
        assert_eq!(kept.lines[0].id, filled.lines[0].id);
        assert_eq!(kept.lines[0].slots[0].id, filled.lines[0].slots[0].id);
        assert_eq!((kept.revision, kept.slots_revision), (filled.revision + 1, filled.slots_revision));

        let empty_gone = facts(10, vec![item(1, "ART-1", "Тапочки", 2), item(2, "ART-2", "Туфли", 1)]);
        tx.save_facts(organisation(1), order(10), shop(1), &empty_gone, &plan(&empty_gone), after(2)).await.unwrap();
        assert_eq!(order_of(&mut tx).await.slots_revision, filled.slots_revision);

        let shrunk = facts(10, vec![item(1, "ART-1", "Тапочки", 1), item(2, "ART-2", "Туфли", 1)]);
        tx.save_facts(organisation(1), order(10), shop(1), &shrunk, &plan(&shrunk), after(3)).await.unwrap();
        let kept = order_of(&mut tx).await;
        assert_eq!(shape(&kept), vec![(1, vec![(1, false)]), (2, vec![(1, false)])]);
        assert_eq!(kept.slots_revision, filled.slots_revision + 1);
        assert_eq!(tx.binding_of(organisation(1), &mark("A").key).await.unwrap(), None);
        assert!(tx.fill_slot(organisation(1), order(10), slot_of(10, 1, 0), &mark("A"), NOW).await.unwrap());
    }

    async fn a_line_that_is_gone_takes_its_slots_with_it(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let extras = tx.set_extras(organisation(1), order(10), slot_of(10, 2, 0), Some("rnpt"), None, None).await;
        assert!(extras.unwrap());
        let before = order_of(&mut tx).await;
        let rest = facts(10, vec![item(1, "ART-1", "Тапочки", 2)]);
        let change =
            tx.save_facts(organisation(1), order(10), shop(1), &rest, &plan(&rest), after(1)).await.unwrap();
        assert_eq!(change, FactsChange::Changed);
        let kept = order_of(&mut tx).await;
        assert_eq!(shape(&kept), vec![(1, vec![(1, false), (2, false)])]);
        assert_eq!(kept.slots_revision, before.slots_revision + 1, "a slot with a РНПТ held something");
    }

    async fn a_plan_that_changes_without_facts_is_a_change(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let before = order_of(&mut tx).await;
        let mut fewer = plan(&before.facts);
        fewer[1].slots.clear();
        let change =
            tx.save_facts(organisation(1), order(10), shop(1), &before.facts, &fewer, NOW).await.unwrap();
        assert_eq!(change, FactsChange::Changed);
        assert_eq!(order_of(&mut tx).await.revision, before.revision + 1);
    }

    async fn two_processes_that_read_a_new_order_at_once_keep_one(world: World) {
        founded(&world.store, 1).await;
        let facts = facts(10, vec![item(1, "ART-1", "Тапочки", 2)]);
        let other = world.another_process().await;
        let mut tx = world.store.write().await.unwrap();
        tx.save_facts(organisation(1), order(10), shop(1), &facts, &plan(&facts), NOW).await.unwrap();
        let late = tokio::spawn({
            let facts = facts.clone();
            async move {
                let mut tx = other.write().await.unwrap();
                let change =
                    tx.save_facts(organisation(1), order(99), shop(1), &facts, &plan(&facts), after(1)).await.unwrap();
                tx.commit().await.unwrap();
                change
            }
        });
        tx.commit().await.unwrap();
        let late = tokio::time::timeout(crate::harness::PATIENCE, late).await.expect("the late reading").unwrap();
        assert_eq!(late, FactsChange::Same);
        let mut tx = world.store.read().await.unwrap();
        assert!(tx.order(organisation(1), order(99)).await.unwrap().is_none());
        assert_eq!(order_of(&mut tx).await.read_at, after(1));
    }

    async fn a_gtin_is_remembered_with_the_offer_that_it_was_learned_with_last(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let product = |gtin: &str, name: &str| KnownProduct { gtin: gtin.into(), name: name.into() };
        for (offer, gtin, name, seconds) in
            [("A", "2", "Тапочки", 1), ("A", "1", "Тапочки", 2), ("B", "1", "Туфли", 3), ("A", "2", "Тапочки, 41", 4)]
        {
            tx.learn_gtin(organisation(1), offer, &product(gtin, name), after(seconds)).await.unwrap();
        }
        assert_eq!(tx.gtins_of_offer(organisation(1), "A").await.unwrap(), vec!["1", "2"]);
        assert!(tx.gtins_of_offer(organisation(1), "a").await.unwrap().is_empty());
        let by_gtin = tx.product_of_gtin(organisation(1), "1").await.unwrap();
        assert_eq!(by_gtin, Some(("B".to_owned(), product("1", "Туфли"))));
        let renamed = tx.product_of_gtin(organisation(1), "2").await.unwrap();
        assert_eq!(renamed, Some(("A".to_owned(), product("2", "Тапочки, 41"))));
        assert_eq!(tx.product_of_gtin(organisation(1), "3").await.unwrap(), None);
    }

    async fn what_is_known_already_is_not_written_again(world: World) {
        founded(&world.store, 1).await;
        let slippers = KnownProduct { gtin: "1".into(), name: "Тапочки".into() };
        for seconds in [1, 2] {
            let mut tx = world.store.write().await.unwrap();
            tx.learn_gtin(organisation(1), "A", &slippers, after(seconds)).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(world.counted("SELECT learned_at FROM offer_gtins").await, after(1).0);
        let renamed = KnownProduct { name: "Тапочки, 41".into(), ..slippers };
        let mut tx = world.store.write().await.unwrap();
        tx.learn_gtin(organisation(1), "A", &renamed, after(3)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.counted("SELECT learned_at FROM offer_gtins").await, after(3).0);
    }

    async fn transactions_that_learn_the_same_offers_do_not_wait_for_each_other(world: World) {
        founded(&world.store, 1).await;
        // On SQLite there is one writer at a time.
        if !world.is_postgres() {
            return;
        }
        let product = |name: &str| KnownProduct { gtin: "1".into(), name: name.into() };
        for round in ["new", "known", "renamed"] {
            let name = product(if round == "renamed" { "Туфли" } else { "Тапочки" });
            let (mut one, mut other) = (world.store.write().await.unwrap(), world.store.write().await.unwrap());
            for (first, offer) in [(true, "B"), (false, "A"), (true, "A"), (false, "B")] {
                let tx = if first { &mut one } else { &mut other };
                let learned = tx.learn_gtin(organisation(1), offer, &name, NOW);
                let learned = tokio::time::timeout(PATIENCE / 4, learned).await;
                learned.unwrap_or_else(|_| panic!("{round}: it waits for the other one")).unwrap();
            }
            let (one, other) = tokio::join!(one.commit(), other.commit());
            one.unwrap();
            other.unwrap();
        }
        let mut holding = world.store.write().await.unwrap();
        holding.learn_gtin(organisation(1), "A", &product("Сапоги"), NOW).await.unwrap();
        assert_eq!(holding.gtins_of_offer(organisation(1), "A").await.unwrap(), ["1"], "the row is locked from here");
        let mut same = world.store.write().await.unwrap();
        same.learn_gtin(organisation(1), "A", &product("Туфли"), NOW).await.unwrap();
        let committed = tokio::time::timeout(PATIENCE / 4, same.commit());
        committed.await.expect("the row says so already").unwrap();
        holding.commit().await.unwrap();
    }

    async fn what_is_learned_is_known_at_once_and_forgotten_before_it_is_written(world: World) {
        founded(&world.store, 1).await;
        let product = |gtin: &str| KnownProduct { gtin: gtin.into(), name: "Тапочки".into() };
        let mut tx = world.store.write().await.unwrap();
        tx.learn_gtin(organisation(1), "A", &product("1"), NOW).await.unwrap();
        assert_eq!(tx.gtins_of_offer(organisation(1), "A").await.unwrap(), ["1"]);
        tx.learn_gtin(organisation(1), "A", &product("2"), NOW).await.unwrap();
        let known = tx.product_of_gtin(organisation(1), "2").await.unwrap();
        assert_eq!(known, Some(("A".to_owned(), product("2"))));
        tx.learn_gtin(organisation(1), "A", &product("3"), NOW).await.unwrap();
        let pair = |gtin: &str| ("A".to_owned(), gtin.to_owned());
        let all = tx.gtins_of_offers(organisation(1), &["A".to_owned()]).await.unwrap();
        assert_eq!(all, [pair("1"), pair("2"), pair("3")]);
        tx.learn_gtin(organisation(1), "A", &product("4"), NOW).await.unwrap();
        tx.forget_gtin(organisation(1), "A", "4").await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        assert_eq!(tx.gtins_of_offer(organisation(1), "A").await.unwrap(), ["1", "2", "3"]);
    }
}
