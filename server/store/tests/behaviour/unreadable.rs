use crate::{
    harness::{World, both},
    samples::*,
};
use desk::server::ports::storage::{Storage, StoreError, Submission};

/// Table, column and row of an error.
fn place(error: &StoreError) -> (&str, &str, &str) {
    match error {
        StoreError::Inconsistent {
            table, column, row, ..
        } => (table, column, row),
        other => panic!("{other}"),
    }
}

both! {
    async fn a_cell_that_cannot_be_read_is_named(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        tx.enqueue(organisation(1), job(1), "send", "subject", NOW).await.unwrap();
        tx.add_submission(organisation(1), &a_submission(1, order(10), user(1), 1)).await.unwrap();
        tx.commit().await.unwrap();
        for damage in [
            "UPDATE memberships SET role = 'king'",
            "UPDATE connections SET report = '{'",
            "UPDATE shops SET facts = '[]'",
            "UPDATE orders SET facts = '{}', work = 'dancing'",
            "UPDATE jobs SET state = 'asleep'",
            "UPDATE submissions SET attempts = -1",
        ] {
            world.raw(damage).await;
        }
        let mut tx = world.store.read().await.unwrap();
        let (one, whose) = (organisation(1).to_string(), organisation(1));
        let (an_order, a_shop) = (order(10).to_string(), shop(1).to_string());
        let error = tx.memberships(user(1)).await.unwrap_err();
        assert_eq!(place(&error), ("memberships", "role", one.as_str()));
        let error = tx.connections(whose).await.unwrap_err();
        assert_eq!(place(&error), ("connections", "report", connection(1).to_string().as_str()));
        let error = tx.shops(whose).await.unwrap_err();
        assert_eq!(place(&error), ("shops", "facts", a_shop.as_str()));
        let error = tx.order(whose, order(10)).await.unwrap_err();
        assert_eq!(place(&error), ("orders", "facts", an_order.as_str()));
        let error = tx.count_by_work(whose, None).await.unwrap_err();
        assert_eq!(place(&error), ("orders", "work", "dancing"));
        let error = tx.job(whose, "send", "subject").await.unwrap_err();
        assert_eq!(place(&error), ("jobs", "state", job(1).to_string().as_str()));
        let error = tx.submission(whose, submission(1)).await.unwrap_err();
        assert_eq!(place(&error), ("submissions", "attempts", submission(1).to_string().as_str()));
        assert!(error.to_string().contains("submissions.attempts"), "{error}");
    }

    async fn reading_what_cannot_be_read_does_not_spoil_the_transaction(world: World) {
        with_order(&world.store).await;
        world.raw("UPDATE orders SET facts = '{}'").await;
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.order(organisation(1), order(10)).await.is_err());
        let added = Submission { number: 4, ..a_submission(1, order(10), user(1), 1) };
        assert!(tx.add_submission(organisation(1), &added).await.unwrap());
        tx.commit().await.unwrap();
    }
}
