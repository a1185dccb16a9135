use crate::{
    harness::{PATIENCE, World, both},
    samples::*,
};
use desk::server::ports::storage::Storage;

both! {
    async fn a_dropped_transaction_leaves_no_trace(world: World) {
        let mut tx = world.store.write().await.unwrap();
        found(&mut tx, 1).await;
        drop(tx);
        founded(&world.store, 2).await;
        assert_eq!(world.counted("SELECT COUNT(*) FROM organisations").await, 1);
        assert_eq!(world.counted("SELECT COUNT(*) FROM shops").await, 1);
    }

    async fn dropped_transactions_do_not_use_up_the_connections(world: World) {
        for _ in 0..30 {
            let mut tx = world.store.write().await.unwrap();
            tx.add_organisation(organisation(1), "Организация", NOW).await.unwrap();
            drop(tx);
            let mut tx = world.store.read().await.unwrap();
            assert!(tx.legal_entities(organisation(1)).await.unwrap().is_empty());
        }
        founded(&world.store, 1).await;
        assert_eq!(world.counted("SELECT COUNT(*) FROM organisations").await, 1);
    }

    async fn a_transaction_abandoned_in_the_middle_of_a_statement_leaves_no_trace(world: World) {
        founded(&world.store, 1).await;
        for n in 10..20 {
            let store = world.store.clone();
            let abandoned = tokio::spawn(async move {
                let mut tx = store.write().await.unwrap();
                for entity in 0..1000 {
                    let id = organisation(n * 1000 + entity);
                    tx.add_organisation(id, "Организация", NOW).await.unwrap();
                }
                // However slow the one who abandons it is, it does not come to its end.
                std::future::pending::<()>().await;
                tx.commit().await.unwrap();
            });
            tokio::task::yield_now().await;
            abandoned.abort();
            assert!(abandoned.await.unwrap_err().is_cancelled());
        }
        let tx = tokio::time::timeout(PATIENCE, world.store.write()).await.expect("the lock is given back");
        drop(tx.unwrap());
        assert_eq!(world.counted("SELECT COUNT(*) FROM organisations").await, 1);
    }

    async fn what_is_not_committed_is_seen_by_nobody_else(world: World) {
        founded(&world.store, 1).await;
        let mut writing = world.store.write().await.unwrap();
        writing.set_membership(organisation(1), user(1), desk::account::Role::Viewer, NOW).await.unwrap();
        writing.add_organisation(organisation(2), "Вторая", NOW).await.unwrap();
        let mut reading = world.store.read().await.unwrap();
        let seen = reading.memberships(user(1)).await.unwrap();
        assert_eq!(seen, vec![(organisation(1), desk::account::Role::Owner)]);
        writing.commit().await.unwrap();
        let seen = reading.memberships(user(1)).await.unwrap();
        assert_eq!(seen, vec![(organisation(1), desk::account::Role::Owner)], "one view until its end");
        let mut fresh = world.store.read().await.unwrap();
        let seen = fresh.memberships(user(1)).await.unwrap();
        assert_eq!(seen, vec![(organisation(1), desk::account::Role::Viewer)]);
    }

    async fn a_reading_transaction_cannot_write(world: World) {
        let mut tx = world.store.read().await.unwrap();
        assert!(tx.add_organisation(organisation(1), "Организация", NOW).await.is_err());
    }

    async fn a_transaction_in_which_a_statement_failed_cannot_be_committed(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.add_organisation(organisation(2), "Вторая", NOW).await.unwrap();
        assert!(tx.add_organisation(organisation(1), "Снова первая", NOW).await.is_err());
        assert!(tx.commit().await.is_err());
        assert_eq!(world.counted("SELECT COUNT(*) FROM organisations").await, 1);
    }

    async fn what_is_committed_is_there_for_another_process(world: World) {
        with_order(&world.store).await;
        let other = world.another_process().await;
        let mut tx = other.read().await.unwrap();
        assert!(tx.order(organisation(1), order(10)).await.unwrap().is_some());
    }

    async fn writers_of_one_process_queue_and_all_get_their_turn(world: World) {
        founded(&world.store, 1).await;
        let mut writers = Vec::new();
        for _ in 0..20 {
            let store = world.store.clone();
            writers.push(tokio::spawn(async move {
                let mut tx = store.write().await.unwrap();
                tx.count_try("key", NOW, 1000).await.unwrap();
                tx.commit().await.unwrap();
            }));
        }
        for writer in writers {
            tokio::time::timeout(PATIENCE, writer).await.expect("every writer ends").unwrap();
        }
        assert_eq!(world.counted("SELECT tried FROM tries").await, 20);
    }
}

#[tokio::test]
async fn a_store_in_memory_works_one_transaction_at_a_time() {
    let store = store::Store::open("sqlite::memory:", store::Keyring::from_key([1; 32]))
        .await
        .unwrap();
    store.migrate().await.unwrap();
    with_order(&store).await;
    let mut tx = store.read().await.unwrap();
    assert!(
        tx.order(organisation(1), order(10))
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn an_address_of_something_else_is_refused_without_being_repeated() {
    let error = store::Store::open(
        "mysql://anna:pa55word@host/db",
        store::Keyring::from_key([1; 32]),
    )
    .await
    .unwrap_err();
    assert!(
        !format!("{error:?} {error}").contains("pa55word"),
        "{error:?}"
    );
}
