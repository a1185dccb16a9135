//! A fresh database for each test, on SQLite and on PostgreSQL.

use sqlx::{
    AnyConnection, AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection,
    postgres::PgConnectOptions,
};
use std::{future::Future, pin::Pin, time::Duration};
use store::{Keyring, Store, sqlite_url};

/// How long a test waits for another transaction before it says what it waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

const MASTER_KEY: [u8; 32] = [7; 32];
const POSTGRES: &str = "METKA_TEST_POSTGRES_URL";

/// A migrated store and its address.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) url: String,
}

impl World {
    pub(crate) fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// The same database as another process sees it.
    pub(crate) async fn another_process(&self) -> Store {
        self.with_master_key(MASTER_KEY).await
    }

    /// The same database with a master key of one's own.
    pub(crate) async fn with_master_key(&self, key: [u8; 32]) -> Store {
        Store::open(&self.url, Keyring::from_key(key))
            .await
            .unwrap()
    }

    /// Runs statements behind the store's back.
    pub(crate) async fn raw(&self, text: &str) {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        connection
            .execute(AssertSqlSafe(text.to_owned()))
            .await
            .unwrap();
        connection.close().await.unwrap();
    }

    /// A count read behind the store's back.
    pub(crate) async fn counted(&self, text: &str) -> i64 {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let count = sqlx::query_scalar(AssertSqlSafe(text.to_owned()))
            .fetch_one(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        count
    }
}

/// A test over a fresh database. It comes boxed, so that all around it is compiled once and not once for each test.
pub(crate) type Test = fn(World) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs a test on a file in a temporary folder whose name is hard on addresses.
pub(crate) fn on_sqlite(migrated: bool, test: Test) {
    run(Box::pin(sqlite(migrated, test)));
}

/// Runs a test in a database of its own, which is dropped afterwards whatever came of the test.
pub(crate) fn on_postgres(migrated: bool, test: Test) {
    run(Box::pin(postgres(migrated, test)));
}

fn run(test: Pin<Box<dyn Future<Output = ()>>>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}

async fn sqlite(migrated: bool, test: Test) {
    let folder = tempfile::Builder::new()
        .prefix("метка ?#%")
        .tempdir()
        .unwrap();
    let url = sqlite_url(&folder.path().join("metka.db")).unwrap();
    let store = Store::open(&url, Keyring::from_key(MASTER_KEY))
        .await
        .unwrap();
    if migrated {
        store.migrate().await.unwrap();
    }
    let closing = store.clone();
    test(World { store, url }).await;
    closing.close().await;
}

async fn postgres(migrated: bool, test: Test) {
    let Ok(admin) = std::env::var(POSTGRES) else {
        panic!(
            "this half of the test needs PostgreSQL: run `make test`, which starts one, or set {POSTGRES} to an \
             address whose user may create databases"
        );
    };
    let admin: PgConnectOptions = admin.parse().unwrap();
    let name = fresh_name();
    let mut connection = PgConnection::connect_with(&admin).await.unwrap();
    connection
        .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .unwrap();

    let url = admin.clone().database(&name).to_url_lossy().to_string();
    let store = Store::open(&url, Keyring::from_key(MASTER_KEY))
        .await
        .unwrap();
    if migrated {
        store.migrate().await.unwrap();
    }
    let ended = tokio::spawn(test(World { store, url })).await;

    connection
        .execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)")))
        .await
        .unwrap();
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

fn fresh_name() -> String {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    format!("metka_test_{:016x}", u64::from_le_bytes(bytes))
}

/// Makes of each `async fn` two tests, one for each database.
macro_rules! both {
    ($(async fn $name:ident($world:ident: World) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn check($world: World) $body

            #[test]
            fn sqlite() {
                crate::harness::on_sqlite(true, |world| Box::pin(check(world)));
            }

            #[test]
            fn postgres() {
                crate::harness::on_postgres(true, |world| Box::pin(check(world)));
            }
        }
    )*};
}
pub(crate) use both;
