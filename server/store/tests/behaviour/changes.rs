use crate::{
    harness::{PATIENCE, on_postgres, on_sqlite},
    samples::*,
};
use desk::server::ports::events::Change;
use tokio::time::timeout;

#[test]
fn another_process_hears_of_a_change_and_nobody_hears_himself() {
    on_postgres(true, |world| {
        Box::pin(async move {
            let other = world.another_process().await;
            let mut ours = world.store.listen().await.unwrap().unwrap();
            let mut theirs = other.listen().await.unwrap().unwrap();
            let change = Change::Order { order: order(10) };
            world.store.notify(organisation(1), &change).await.unwrap();
            assert_eq!(
                timeout(PATIENCE, theirs.recv()).await.expect("their news"),
                Some((organisation(1), change))
            );
            other
                .notify(organisation(2), &Change::Orders)
                .await
                .unwrap();
            let heard = timeout(PATIENCE, ours.recv()).await.expect("our news");
            assert_eq!(
                heard,
                Some((organisation(2), Change::Orders)),
                "our own change was not among them"
            );
        })
    });
}

#[test]
fn a_lost_connection_is_made_anew() {
    on_postgres(true, |world| {
        Box::pin(async move {
            let other = world.another_process().await;
            let mut theirs = other.listen().await.unwrap().unwrap();
            let listening =
                "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
            let gone = world
                .counted(&format!(
                    "SELECT COUNT(pg_terminate_backend(pid)) {listening}"
                ))
                .await;
            assert_eq!(gone, 1);
            let heard = timeout(PATIENCE, async {
                loop {
                    world
                        .store
                        .notify(organisation(1), &Change::Orders)
                        .await
                        .unwrap();
                    tokio::select! {
                        heard = theirs.recv() => return heard,
                        () = tokio::task::yield_now() => {}
                    }
                }
            });
            assert_eq!(
                heard.await.expect("news again"),
                Some((organisation(1), Change::Orders))
            );
        })
    });
}

#[test]
fn a_file_has_no_other_processes_to_tell() {
    on_sqlite(true, |world| {
        Box::pin(async move {
            world
                .store
                .notify(organisation(1), &Change::Orders)
                .await
                .unwrap();
            assert!(world.store.listen().await.unwrap().is_none());
        })
    });
}
