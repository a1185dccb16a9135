//! A run of a job whose lease ran out under it, in the process that then leases the job again.

use crate::harness::{World, both};
use desk::orders::WorkState;
use sandbox::{Effect, Fault, Progress, market::order::NewItem};
use sqlx::AnyPool;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// How long anything here may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// The name of the lease of the one job that sends.
async fn lease(world: &World) -> String {
    let url = world.settings.database().unwrap();
    let pool = AnyPool::connect(&url).await.unwrap();
    let query = "SELECT leased_by FROM jobs WHERE kind = 'submit_shop' AND state = 'leased'";
    let (name,): (String,) = sqlx::query_as(query).fetch_one(&pool).await.unwrap();
    pool.close().await;
    name
}

async fn received(world: &World, method: &str, progress: Progress) {
    let held = world
        .sandbox
        .wait_received(|request| request.method == method && request.progress == progress);
    tokio::time::timeout(PATIENCE, held)
        .await
        .expect("the request comes");
}

both! {
    async fn a_run_whose_lease_ran_out_gives_way_to_the_next_and_the_order_is_sent_once(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        world.sandbox.add_fault(Fault::new(Effect::Hold).method("PUT").after());
        let (stop, stopped) = watch::channel(false);
        let jobs = tokio::spawn(Arc::clone(&world.wiring.desk).run_jobs("one".to_owned(), stopped));
        world.send(&seller, &page).await;
        received(&world, "PUT", Progress::HeldAfter).await;
        let earlier = lease(&world).await;
        world.sandbox.add_fault(Fault::new(Effect::Hold).method("POST").path("/v1/businesses"));
        world.sandbox.advance(21_000).unwrap();
        received(&world, "POST", Progress::HeldBefore).await;
        assert_ne!(lease(&world).await, earlier, "two leases, two names, though the process is one");
        world.sandbox.release();
        let mut poll = tokio::time::interval(Duration::from_millis(50));
        let settled = async {
            while world.page(&seller, page.id).await.work != WorkState::Accepted {
                poll.tick().await;
            }
        };
        tokio::time::timeout(PATIENCE, settled).await.expect("the order is brought to its end");
        stop.send(true).unwrap();
        tokio::time::timeout(PATIENCE, jobs).await.expect("no run is left").unwrap();
        assert_eq!(world.received_bodies(&theirs).len(), 1);
    }
}
