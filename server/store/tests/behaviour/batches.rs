use crate::{
    harness::{PATIENCE, World, both},
    samples::*,
};
use desk::{
    bulk::{BatchState, Fate, OrderCounts, Outlook, RowCounts, RowKind, RowVerdict},
    ids::MarketOrderId,
    server::ports::{
        batches::{Batch, BatchOrder, BatchRow},
        storage::{Storage, Submission},
    },
    submission::{SubmissionState, TheirError, TheirWords},
};

pub(crate) fn a_batch(n: u64, by: u64) -> Batch {
    Batch {
        id: batch(n),
        name: format!("коды {n}.csv"),
        format: "semicolon".into(),
        user: user(by),
        made_at: after(i64::try_from(n).unwrap()),
        state: BatchState::Judging,
        revision: 1,
        header: Some(vec!["Заказ".into(), "Код".into()]),
        order_column: Some(0),
        code_column: 1,
        rows: 3,
    }
}

pub(crate) fn a_row(number: u32, place: Option<u32>) -> BatchRow {
    BatchRow {
        number,
        line: number + 1,
        cells: vec!["10".into(), format!("\"a;b\" \u{1d}{number}\0")],
        order: "10\0".into(),
        code: format!("\"a;b\" \u{1d}{number}\0"),
        place,
        repeats: None,
        kind: RowKind::Waiting,
        verdict: None,
    }
}

pub(crate) fn an_order(place: u32, number: i64) -> BatchOrder {
    BatchOrder {
        place,
        number: MarketOrderId(number),
        order: None,
        rows: 1,
        fate: Fate::Waiting,
        outlook: None,
        submission: None,
    }
}

/// The first organisation's order with a batch of three rows about two orders, committed.
async fn with_batch(world: &World) -> (Vec<BatchRow>, Vec<BatchOrder>) {
    with_order(&world.store).await;
    let mut rows = vec![a_row(1, Some(1)), a_row(2, Some(2)), a_row(3, None)];
    rows[1].repeats = Some(2);
    let orders = vec![an_order(1, 10), an_order(2, 20)];
    let mut tx = world.store.write().await.unwrap();
    tx.add_batch(organisation(1), &a_batch(1, 1)).await.unwrap();
    tx.add_batch_content(organisation(1), batch(1), &rows, &orders)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    (rows, orders)
}

both! {
    async fn a_batch_is_kept_as_it_came(world: World) {
        let (rows, orders) = with_batch(&world).await;
        let mut tx = world.store.read().await.unwrap();
        let kept = tx.batch(organisation(1), batch(1)).await.unwrap();
        assert_eq!(kept, Some((a_batch(1, 1), email(1))));
        assert_eq!(tx.batch(organisation(1), batch(2)).await.unwrap(), None);
        assert_eq!(tx.batch_rows(organisation(1), batch(1), None, 0, 10).await.unwrap(), rows);
        assert_eq!(tx.batch_rows(organisation(1), batch(1), None, 1, 1).await.unwrap(), rows[1..2]);
        assert_eq!(tx.batch_orders(organisation(1), batch(1), Fate::Waiting, 10).await.unwrap(), orders);
        let counts = tx.count_rows(organisation(1), batch(1)).await.unwrap();
        assert_eq!(counts, RowCounts { waiting: 3, ..RowCounts::default() });
        let counts = tx.count_orders(organisation(1), batch(1)).await.unwrap();
        assert_eq!(counts, OrderCounts { all: 2, waiting: 2, ..OrderCounts::default() });
    }

    async fn thousands_of_rows_go_in_pieces(world: World) {
        founded(&world.store, 1).await;
        let rows: Vec<BatchRow> = (1..=2500).map(|n| a_row(n, Some(n))).collect();
        let orders: Vec<BatchOrder> = (1..=2500).map(|n| an_order(n, i64::from(n))).collect();
        let mut tx = world.store.write().await.unwrap();
        tx.add_batch(organisation(1), &a_batch(1, 1)).await.unwrap();
        tx.add_batch_content(organisation(1), batch(1), &rows, &orders).await.unwrap();
        assert_eq!(tx.batch_rows(organisation(1), batch(1), None, 0, 9999).await.unwrap(), rows);
        assert_eq!(tx.batch_orders(organisation(1), batch(1), Fate::Waiting, 9999).await.unwrap(), orders);
        let verdicts: Vec<_> = rows.iter().map(|row| (row.number, RowKind::Trouble, RowVerdict::NoCode)).collect();
        tx.save_row_verdicts(organisation(1), batch(1), &verdicts).await.unwrap();
        assert_eq!(tx.count_rows(organisation(1), batch(1)).await.unwrap().trouble, 2500);
    }

    async fn verdicts_are_written_over_and_rows_are_found_by_kind_and_by_order(world: World) {
        let (mut rows, _) = with_batch(&world).await;
        let fits = RowVerdict::Fits { product: "Тапочки \"40\"".into(), line: None };
        let repeated = RowVerdict::Repeated { line: 2 };
        let mut tx = world.store.write().await.unwrap();
        let verdicts = [(1, RowKind::Repaired, fits.clone()), (2, RowKind::Trouble, repeated.clone())];
        tx.save_row_verdicts(organisation(1), batch(1), &verdicts).await.unwrap();
        tx.commit().await.unwrap();
        (rows[0].kind, rows[0].verdict) = (RowKind::Repaired, Some(fits));
        (rows[1].kind, rows[1].verdict) = (RowKind::Trouble, Some(repeated));
        let mut tx = world.store.read().await.unwrap();
        assert_eq!(tx.batch_rows(organisation(1), batch(1), None, 0, 10).await.unwrap(), rows);
        let trouble = tx.page_of_rows(organisation(1), batch(1), Some(RowKind::Trouble), 0, 10).await.unwrap();
        assert_eq!(trouble, [(rows[1].clone(), None)]);
        let second = tx.page_of_rows(organisation(1), batch(1), None, 1, 1).await.unwrap();
        assert_eq!(second[0].0.number, 2);
        let of_order = tx.rows_of_places(organisation(1), batch(1), &[1]).await.unwrap();
        assert_eq!(of_order, rows[..1]);
        let counts = tx.count_rows(organisation(1), batch(1)).await.unwrap();
        assert_eq!(counts, RowCounts { waiting: 1, repaired: 1, trouble: 1, good: 0 });
    }

    async fn what_became_of_an_order_is_told_by_its_submission(world: World) {
        let (_, mut orders) = with_batch(&world).await;
        let words = TheirWords {
            http: 400,
            errors: vec![TheirError { code: "BAD_REQUEST".into(), message: Some("Нет".into()) }],
        };
        let mut tx = world.store.write().await.unwrap();
        let sent = a_submission(1, order(10), user(1), 1);
        assert!(tx.add_submission(organisation(1), &sent).await.unwrap());
        orders[0] = BatchOrder {
            order: Some(order(10)),
            fate: Fate::Sent,
            outlook: Some(Outlook::Goes),
            submission: Some(sent.id),
            ..orders[0].clone()
        };
        orders[1] = BatchOrder { fate: Fate::Stays, outlook: Some(Outlook::NoOrder), ..orders[1].clone() };
        for of_batch in &orders {
            tx.save_batch_order(organisation(1), batch(1), of_batch).await.unwrap();
        }
        let counts = tx.count_orders(organisation(1), batch(1)).await.unwrap();
        assert_eq!((counts.all, counts.stays, counts.on_the_way), (2, 1, 1));
        let failed = tx.batch_results(organisation(1), batch(1), true, 0, 10).await.unwrap();
        assert_eq!(failed.iter().map(|it| it.order.place).collect::<Vec<_>>(), [2]);
        let refused = Submission { state: SubmissionState::Refused, refusal: Some(words.clone()), ..sent };
        assert!(tx.move_submission(organisation(1), &refused, SubmissionState::Queued).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        let counts = tx.count_orders(organisation(1), batch(1)).await.unwrap();
        assert_eq!((counts.on_the_way, counts.refused), (0, 1));
        let all = tx.batch_results(organisation(1), batch(1), false, 0, 10).await.unwrap();
        assert_eq!(all.iter().map(|it| it.order.clone()).collect::<Vec<_>>(), orders);
        assert_eq!((all[0].state, all[0].refusal.clone()), (Some(SubmissionState::Refused), Some(words)));
        assert_eq!(tx.batch_results(organisation(1), batch(1), true, 0, 10).await.unwrap().len(), 2);
        let row = tx.page_of_rows(organisation(1), batch(1), None, 0, 1).await.unwrap();
        assert_eq!(row[0].1, Some(order(10)), "a row knows its order");
    }

    async fn other_columns_begin_anew(world: World) {
        with_batch(&world).await;
        let mut tx = world.store.write().await.unwrap();
        tx.clear_batch_content(organisation(1), batch(1)).await.unwrap();
        tx.add_batch_content(organisation(1), batch(1), &[a_row(1, None)], &[]).await.unwrap();
        let chosen = Batch {
            state: BatchState::Preview, revision: 2, order_column: None, code_column: 0, ..a_batch(1, 1)
        };
        tx.save_batch(organisation(1), &chosen).await.unwrap();
        assert_eq!(tx.lock_batch(organisation(1), batch(1)).await.unwrap(), Some(chosen));
        assert_eq!(tx.lock_batch(organisation(1), batch(2)).await.unwrap(), None);
        assert_eq!(tx.batch_rows(organisation(1), batch(1), None, 0, 10).await.unwrap().len(), 1);
    }

    async fn the_newest_batch_is_first(world: World) {
        with_batch(&world).await;
        let mut tx = world.store.write().await.unwrap();
        tx.add_batch(organisation(1), &a_batch(2, 1)).await.unwrap();
        let listed = tx.batches(organisation(1), 10).await.unwrap();
        assert_eq!(listed, [(a_batch(2, 1), email(1)), (a_batch(1, 1), email(1))]);
        assert_eq!(tx.batches(organisation(1), 1).await.unwrap().len(), 1);
    }

    async fn orders_are_found_by_their_numbers(world: World) {
        with_order(&world.store).await;
        save(&world.store, 20, &facts(20, vec![item(1, "ART-1", "Тапочки", 1)])).await;
        let mut tx = world.store.read().await.unwrap();
        let numbers = [MarketOrderId(20), MarketOrderId(10), MarketOrderId(30)];
        let found = tx.orders_of_numbers(organisation(1), &numbers).await.unwrap();
        assert_eq!(found, [(MarketOrderId(10), order(10)), (MarketOrderId(20), order(20))]);
        assert!(tx.orders_of_numbers(organisation(2), &numbers).await.unwrap().is_empty());
    }

    async fn who_locks_a_batch_is_waited_for(world: World) {
        with_batch(&world).await;
        let other = world.another_process().await;
        let mut tx = world.store.write().await.unwrap();
        let mut locked = tx.lock_batch(organisation(1), batch(1)).await.unwrap().unwrap();
        let late = tokio::spawn(async move {
            let mut tx = other.write().await.unwrap();
            tx.lock_batch(organisation(1), batch(1)).await.unwrap().unwrap().state
        });
        locked.state = BatchState::Paused;
        tx.save_batch(organisation(1), &locked).await.unwrap();
        tx.commit().await.unwrap();
        let seen = tokio::time::timeout(PATIENCE, late).await.expect("the late one ends").unwrap();
        assert_eq!(seen, BatchState::Paused);
    }
}
