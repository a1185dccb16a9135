use crate::{
    harness::{PATIENCE, World, both},
    samples::*,
};
use desk::{
    ids::MarketOrderId,
    server::ports::storage::{Binding, MarkRecord, Storage, Transaction},
};

async fn revisions(tx: &mut Box<dyn Transaction>) -> (i64, i64) {
    let order = tx.order(organisation(1), order(10)).await.unwrap().unwrap();
    (order.revision, order.slots_revision)
}

both! {
    async fn a_filled_slot_holds_its_mark_whole_and_tells_where_it_lies(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let before = revisions(&mut tx).await;
        let slot = slot_of(10, 1, 0);
        assert!(tx.fill_slot(organisation(1), order(10), slot, &mark("A"), after(3)).await.unwrap());
        assert_eq!(revisions(&mut tx).await, (before.0 + 1, before.1 + 1));
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        let kept = tx.order(organisation(1), order(10)).await.unwrap().unwrap();
        let kept = &kept.lines[0].slots[0];
        assert_eq!(kept.mark_key, Some(mark("A").key));
        assert_eq!(kept.mark_text, Some(mark("A").text));
        assert_eq!(kept.filled_at, Some(after(3)));
        let binding =
            Binding { order: order(10), number: MarketOrderId(10), slot, product: "Тапочки".into() };
        assert_eq!(tx.binding_of(organisation(1), &mark("A").key).await.unwrap(), Some(binding));
        assert_eq!(tx.binding_of(organisation(1), &mark("B").key).await.unwrap(), None);
    }

    async fn a_slot_takes_one_mark_and_a_mark_one_slot(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let (first, second) = (slot_of(10, 1, 0), slot_of(10, 1, 1));
        assert!(tx.fill_slot(organisation(1), order(10), first, &mark("A"), NOW).await.unwrap());
        let before = revisions(&mut tx).await;
        for (of, slot, serial) in
            [(10, first, "B"), (10, first, "A"), (10, second, "A"), (10, slot(5), "B"), (11, second, "B")]
        {
            let filled = tx.fill_slot(organisation(1), order(of), slot, &mark(serial), NOW).await.unwrap();
            assert!(!filled, "{of} {slot} {serial}");
        }
        assert_eq!(revisions(&mut tx).await, before);
        assert!(tx.fill_slot(organisation(1), order(10), second, &mark("B"), NOW).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn letters_of_another_case_are_another_mark(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.fill_slot(organisation(1), order(10), slot_of(10, 1, 0), &mark("a"), NOW).await.unwrap());
        assert!(tx.fill_slot(organisation(1), order(10), slot_of(10, 1, 1), &mark("A"), NOW).await.unwrap());
    }

    async fn of_two_transactions_that_want_one_mark_one_gets_it_and_both_go_on(world: World) {
        with_order(&world.store).await;
        let other_order = facts(20, vec![item(1, "ART-1", "Тапочки", 1)]);
        save(&world.store, 20, &other_order).await;
        let other = world.another_process().await;

        let mut tx = world.store.write().await.unwrap();
        assert!(tx.fill_slot(organisation(1), order(10), slot_of(10, 1, 0), &mark("A"), NOW).await.unwrap());
        let late = tokio::spawn(async move {
            let mut tx = other.write().await.unwrap();
            let filled = tx.fill_slot(organisation(1), order(20), slot_of(20, 1, 0), &mark("A"), NOW).await.unwrap();
            tx.keep_code(organisation(1), &mark("A"), NOW).await.unwrap();
            tx.commit().await.unwrap();
            filled
        });
        if world.is_postgres() {
            // It is past its own look and waits for the index, which is where the race would break it.
            let waits = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
            tokio::time::timeout(PATIENCE, async { while world.counted(waits).await == 0 {} })
                .await
                .expect("the late transaction waits for the mark");
        }
        tx.commit().await.unwrap();
        let filled = tokio::time::timeout(PATIENCE, late).await.expect("the late transaction ends").unwrap();
        assert!(!filled);
        assert_eq!(world.counted("SELECT COUNT(*) FROM slots WHERE mark_key IS NOT NULL").await, 1);
        assert_eq!(world.counted("SELECT COUNT(*) FROM codes").await, 1, "the late one was committed all the same");
    }

    async fn the_mark_of_a_transaction_that_gave_up_is_free(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.fill_slot(organisation(1), order(10), slot_of(10, 1, 0), &mark("A"), NOW).await.unwrap());
        let other = world.another_process().await;
        let late = tokio::spawn(async move {
            let mut tx = other.write().await.unwrap();
            tx.fill_slot(organisation(1), order(10), slot_of(10, 1, 1), &mark("A"), NOW).await.unwrap()
        });
        drop(tx);
        assert!(tokio::time::timeout(PATIENCE, late).await.expect("the late transaction ends").unwrap());
    }

    async fn a_cleared_slot_tells_what_lay_there_and_frees_it(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let slot = slot_of(10, 1, 0);
        tx.fill_slot(organisation(1), order(10), slot, &mark("A"), NOW).await.unwrap();
        tx.set_extras(organisation(1), order(10), slot, Some("rnpt"), Some("gtd"), Some("CN")).await.unwrap();
        let before = revisions(&mut tx).await;
        assert_eq!(tx.clear_slot(organisation(1), order(10), slot, NOW).await.unwrap(), Some(mark("A").key));
        assert_eq!(revisions(&mut tx).await, (before.0 + 1, before.1 + 1));
        assert_eq!(tx.clear_slot(organisation(1), order(10), slot, NOW).await.unwrap(), None);
        assert_eq!(tx.clear_slot(organisation(1), order(11), slot, NOW).await.unwrap(), None);
        assert_eq!(revisions(&mut tx).await, (before.0 + 1, before.1 + 1));
        let kept = tx.order(organisation(1), order(10)).await.unwrap().unwrap();
        let kept = &kept.lines[0].slots[0];
        assert_eq!((kept.mark_key.as_ref(), kept.filled_at), (None, None));
        assert_eq!(kept.rnpt.as_deref(), Some("rnpt"), "the rest of the set stays");
        assert!(tx.fill_slot(organisation(1), order(10), slot_of(10, 2, 0), &mark("A"), NOW).await.unwrap());
    }

    async fn extras_are_written_and_taken_back(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let slot = slot_of(10, 1, 0);
        let before = revisions(&mut tx).await;
        assert!(tx.set_extras(organisation(1), order(10), slot, Some("r"), Some("g"), Some("CN")).await.unwrap());
        assert!(tx.set_extras(organisation(1), order(10), slot, None, Some("g"), None).await.unwrap());
        assert_eq!(revisions(&mut tx).await, (before.0 + 2, before.1 + 2));
        let kept = tx.order(organisation(1), order(10)).await.unwrap().unwrap();
        let kept = &kept.lines[0].slots[0];
        assert_eq!((kept.rnpt.as_deref(), kept.gtd.as_deref(), kept.country.as_deref()), (None, Some("g"), None));
        assert!(!tx.set_extras(organisation(1), order(11), slot, None, None, None).await.unwrap());
        assert!(!tx.set_extras(organisation(1), order(10), super::slot(5), None, None, None).await.unwrap());
    }

    async fn a_cancelled_order_frees_every_mark(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        for (unit, serial) in [(0, "A"), (1, "B")] {
            tx.fill_slot(organisation(1), order(10), slot_of(10, 1, unit), &mark(serial), NOW).await.unwrap();
        }
        let before = revisions(&mut tx).await;
        assert_eq!(tx.free_slots(organisation(1), order(10)).await.unwrap(), 2);
        assert_eq!(tx.free_slots(organisation(1), order(10)).await.unwrap(), 0);
        assert_eq!(tx.free_slots(organisation(1), order(11)).await.unwrap(), 0);
        assert_eq!(revisions(&mut tx).await, (before.0 + 1, before.1 + 1));
        assert_eq!(tx.binding_of(organisation(1), &mark("A").key).await.unwrap(), None);
    }

    async fn the_stock_keeps_the_first_text_and_completes_a_missing_tail(world: World) {
        founded(&world.store, 1).await;
        let whole = mark("A");
        let bare = MarkRecord { text: whole.key.trim_start_matches("cis:").into(), ..whole.clone() };
        let other_tail = MarkRecord { text: format!("{}\u{1d}93ABCD", bare.text), ..whole.clone() };
        let kept = |text: &str| {
            format!("SELECT COUNT(*) FROM codes WHERE mark_text = '{text}' AND first_seen_at = {}", NOW.0)
        };
        for (record, seconds, expected) in
            [(&bare, 0, &bare), (&whole, 1, &whole), (&bare, 2, &whole), (&other_tail, 3, &whole)]
        {
            let mut tx = world.store.write().await.unwrap();
            tx.keep_code(organisation(1), record, after(seconds)).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(world.counted(&kept(&expected.text)).await, 1, "after {seconds}");
        }
        assert_eq!(world.counted("SELECT COUNT(*) FROM codes").await, 1);
    }
}
