//! How long a job waits after a failure: that is told by failures in a row, and not by how often it ran.

use crate::harness::{World, both};
use desk::{bulk::Shown, server::bulk::Sheet};
use sandbox::{
    Effect, Fault,
    market::order::{NewItem, NewOrder},
};
use sqlx::{AnyPool, AssertSqlSafe};

/// More orders than a batch has on their way at once.
const ORDERS: usize = 201;

async fn pool(world: &World) -> AnyPool {
    let url = world.settings.database().unwrap();
    AnyPool::connect(&url).await.unwrap()
}

async fn renamed(world: &World, from: &str, to: &str) {
    let pool = pool(world).await;
    let text = format!("ALTER TABLE {from} RENAME TO {to}");
    sqlx::query(AssertSqlSafe(text))
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
}

/// Milliseconds until the batch's job runs.
async fn wait(world: &World) -> i64 {
    let pool = pool(world).await;
    let query = "SELECT run_at FROM jobs WHERE kind = 'run_batch' AND state = 'queued'";
    let (run_at,): (i64,) = sqlx::query_as(query).fetch_one(&pool).await.unwrap();
    pool.close().await;
    run_at - world.sandbox.now_ms()
}

both! {
    async fn a_hiccup_after_many_turns_of_a_batch_costs_two_seconds_and_the_next_one_more(world: World) {
        let seller = world.seller("anna@example.com").await;
        let new = (0..ORDERS).map(|_| NewOrder::of(seller.campaign()).item(NewItem::marked("Тапочки", 1)));
        let orders = world.sandbox.create_orders(new.collect()).unwrap();
        world.desk().sync_all(&seller.actor).await.unwrap();
        world.run_jobs().await;
        let mut text = "Номер заказа\tКод маркировки\n".to_owned();
        for order in &orders {
            let code = world.sandbox.codes(order.order_id).unwrap().remove(0).codes.remove(0);
            let row = format!("{}\t{code}\n", order.order_id);
            text += &row;
        }
        let sheet = Sheet::of_text(&text).unwrap();
        let id = world.desk().add_batch(&seller.actor, "коды.csv", sheet).await.unwrap();
        world.run_jobs().await;
        world.sandbox.add_fault(Fault::new(Effect::RateLimit).method("PUT"));
        world.desk().start_batch(&seller.actor, id).await.unwrap();
        world.run_jobs().await;
        for _ in 0..6 {
            world.after(1).await;
            assert_eq!(wait(&world).await, 500, "enough is on its way");
        }
        let batch = world.desk().batch(&seller.actor, id, Shown::Orders, 0).await.unwrap().batch;
        assert!(batch.orders.goes > 0, "the batch is not through: {:?}", batch.orders);

        renamed(&world, "batches", "batches_gone").await;
        let mut waits = Vec::new();
        for passed in [1, 2, 5] {
            world.after(passed).await;
            waits.push(wait(&world).await);
        }
        renamed(&world, "batches_gone", "batches").await;
        assert_eq!(waits, [2000, 5000, 15_000]);
        world.after(15).await;
        assert_eq!(wait(&world).await, 500);
        renamed(&world, "batches", "batches_gone").await;
        world.after(1).await;
        assert_eq!(wait(&world).await, 2000, "the row of failures was broken");
    }
}
