use crate::{
    harness::{World, both, on_postgres, on_sqlite},
    samples::*,
};
use desk::{orders::OrderFilter, server::ports::storage::Storage};
use sqlx::{AnyConnection, Connection, Row};
use std::path::Path;
use store::{Keyring, Migrated, Store};

/// Rows as people had them after a step. A step without its file fails the test.
fn sample_of(version: i64) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/behaviour/samples/{version:04}.sql"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Applies the steps one by one with rows in the tables, then reads an old order through the ports.
async fn step_by_step(world: World) {
    for version in Store::versions() {
        let done = world.store.migrate_to(version).await.unwrap();
        assert_eq!(done.applied, vec![version]);
        world.raw(&sample_of(version)).await;
    }
    assert_eq!(world.store.migrate().await.unwrap(), Migrated::default());
    let organisation = "01900000-0000-7000-8000-000000000001".parse().unwrap();
    let order = "01900000-0000-7000-8000-000000000005".parse().unwrap();
    let mut tx = world.store.read().await.unwrap();
    let order = tx.order(organisation, order).await.unwrap().unwrap();
    assert_eq!(order.facts.id.0, 515_000_001);
    assert_eq!(order.lines.len(), 1);
    assert_eq!(
        order.lines[0].slots[0].mark_key.as_deref(),
        Some("cis:010467003301005321A")
    );
    let filter = OrderFilter {
        search: "тапочки".into(),
        ..OrderFilter::default()
    };
    let (found, _) = tx.list(organisation, &filter, &DAYS).await.unwrap();
    assert_eq!(found[0].id, order.id);
    assert_eq!(tx.journal(organisation, 10).await.unwrap().len(), 1);
    assert_eq!(tx.shops(organisation).await.unwrap().len(), 1);
}

#[test]
fn steps_are_applied_to_filled_tables_on_sqlite() {
    on_sqlite(false, |world| Box::pin(step_by_step(world)));
}

#[test]
fn steps_are_applied_to_filled_tables_on_postgres() {
    on_postgres(false, |world| Box::pin(step_by_step(world)));
}

both! {
    async fn migrating_again_changes_nothing(world: World) {
        with_order(&world.store).await;
        assert_eq!(world.store.migrate().await.unwrap(), Migrated::default());
        assert_eq!(world.another_process().await.migrate().await.unwrap(), Migrated::default());
        let mut tx = world.store.read().await.unwrap();
        assert!(tx.order(organisation(1), order(10)).await.unwrap().is_some());
    }

    async fn a_database_of_a_newer_program_is_refused(world: World) {
        let newer = if world.is_postgres() { "''::bytea" } else { "x''" };
        world
            .raw(&format!(
                "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'from the future', TRUE, {newer}, 0)"
            ))
            .await;
        let error = world.store.migrate().await.unwrap_err().to_string();
        assert!(error.contains("9999"), "{error}");
    }
}

#[test]
fn processes_that_migrate_postgres_at_once_all_succeed() {
    on_postgres(false, |world| {
        Box::pin(async move {
            let mut starts = Vec::new();
            for _ in 0..4 {
                let store = world.another_process().await;
                starts.push(tokio::spawn(async move { store.migrate().await.unwrap() }));
            }
            for start in starts {
                start.await.unwrap();
            }
            founded(&world.store, 1).await;
        })
    });
}

#[test]
fn a_new_file_is_private_and_needs_no_copy() {
    on_sqlite(false, |world| {
        Box::pin(async move {
            let done = world.store.migrate().await.unwrap();
            assert_eq!((done.applied, done.backup), (Store::versions(), None));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mut connection = AnyConnection::connect(&world.url).await.unwrap();
                let row = sqlx::query("SELECT file FROM pragma_database_list")
                    .fetch_one(&mut connection)
                    .await
                    .unwrap();
                let file: String = row.get("file");
                for name in [file.clone(), format!("{file}-wal")] {
                    assert_eq!(
                        std::fs::metadata(&name).unwrap().permissions().mode() & 0o777,
                        0o600,
                        "{name}"
                    );
                }
            }
        })
    });
}

#[test]
fn a_file_that_holds_something_is_copied_before_it_is_changed() {
    on_sqlite(false, |world| {
        Box::pin(async move {
            world
                .raw("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('чужое')")
                .await;
            let done = world.store.migrate().await.unwrap();
            let copy = done.backup.unwrap();
            assert!(
                copy.to_str().unwrap().ends_with("metka.db.before-0001"),
                "{}",
                copy.display()
            );
            let mut connection = AnyConnection::connect(&store::sqlite_url(&copy).unwrap())
                .await
                .unwrap();
            let count = |text: &'static str| sqlx::query_scalar::<_, i64>(text);
            assert_eq!(
                count("SELECT COUNT(*) FROM notes")
                    .fetch_one(&mut connection)
                    .await
                    .unwrap(),
                1
            );
            let ours = count("SELECT COUNT(*) FROM sqlite_master WHERE name = 'orders'");
            assert_eq!(ours.fetch_one(&mut connection).await.unwrap(), 0);
            assert_eq!(world.counted("SELECT COUNT(*) FROM notes").await, 1);
        })
    });
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_an_error_that_says_so() {
    let error = Store::open("sqlite:/nonexistent/metka.db", Keyring::from_key([1; 32]))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("No such file"), "{error}");
}
