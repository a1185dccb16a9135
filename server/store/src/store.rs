//! Opening the database and its transactions.

use crate::{
    keyring::{self, Keyring},
    statement::database,
    tx::Tx,
};
use async_trait::async_trait;
use desk::server::ports::storage::{Storage, StoreError, Transaction};
use sqlx::{
    AnyPool, Executor,
    any::{AnyConnectOptions, AnyPoolOptions},
    sqlite::SqliteConnectOptions,
};
use std::{fmt, fs::OpenOptions, path::Path, sync::Arc, time::Duration};

/// Connections to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 10;

/// Connections that read a SQLite file, beside the single one that writes.
const SQLITE_READERS: u32 = 4;

/// How long a transaction may wait for its connection. On SQLite this is the queue of writers of this process.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);

/// How long to wait for the lock of another process is in these: 10 seconds.
///
/// `synchronous=FULL`, because in WAL mode NORMAL may lose the last commits on a power cut
/// ([pragma synchronous](https://www.sqlite.org/pragma.html#pragma_synchronous)).
///
/// The cache of 64 MiB and the log of 10,000 pages (40 MiB) before it is folded into the file: codes come in no order, so
/// a batch of a thousand touches most pages of an index, and folding each batch by itself made the intake of codes six
/// times slower. What is committed is in the log, durably, either way.
const SQLITE_WRITER: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 10000";
const SQLITE_READER: &str = "PRAGMA busy_timeout = 10000; PRAGMA query_only = ON";
const POSTGRES_SESSION: &str = "SET lock_timeout = '10s'";

/// Which database it is, for the few places where they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// The store. Cheap to clone; all clones share their connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) dialect: Dialect,
    pub(crate) writers: AnyPool,
    pub(crate) readers: AnyPool,
    pub(crate) url: Arc<str>,
    /// Tells our own notifications from those of other processes.
    pub(crate) instance: u64,
    keyring: Arc<Keyring>,
}

impl fmt::Debug for Store {
    /// Without the address: it may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("dialect", &self.dialect)
            .finish_non_exhaustive()
    }
}

/// The address of a SQLite file, for [`Store::open`]: whatever characters its path has.
///
/// # Errors
/// When the path is not UTF-8.
pub fn sqlite_url(path: &Path) -> Result<String, StoreError> {
    let text = path
        .to_str()
        .ok_or_else(|| refused("the path of the database is not UTF-8"))?;
    let escaped = text.bytes().map(|byte| match byte {
        b'/' | b'.' | b'-' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    Ok(format!("sqlite:{}", escaped.collect::<String>()))
}

fn refused(why: &str) -> StoreError {
    database(sqlx::Error::Configuration(why.into()))
}

impl Store {
    /// Opens a database: `sqlite:PATH` (made when it is missing; see [`sqlite_url`]), `postgres://…`, or
    /// `sqlite::memory:`, which dies with the store and has one connection, so one transaction at a time.
    ///
    /// Nothing may be asked of it before [`Store::migrate`].
    ///
    /// # Errors
    /// When the address is not understood or the database is not there.
    pub async fn open(url: &str, keyring: Keyring) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let mut instance = [0; 8];
        getrandom::fill(&mut instance).map_err(database)?;
        let (dialect, writers, readers) = match url.split(':').next() {
            Some("sqlite") => {
                let (writers, readers) = open_sqlite(url).await?;
                (Dialect::Sqlite, writers, readers)
            }
            Some("postgres" | "postgresql") => {
                let options = pool(POSTGRES_SESSION).max_connections(POSTGRES_CONNECTIONS);
                let pool = options.connect(url).await.map_err(database)?;
                (Dialect::Postgres, pool.clone(), pool)
            }
            _ => {
                return Err(refused(
                    "the address of the database must begin with sqlite: or postgres:",
                ));
            }
        };
        let instance = u64::from_le_bytes(instance);
        Ok(Self {
            dialect,
            writers,
            readers,
            url: url.into(),
            instance,
            keyring: Arc::new(keyring),
        })
    }

    /// Closes all connections once they are given back; on SQLite this also folds the write-ahead log into the
    /// file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }

    async fn begin(
        &self,
        pool: &AnyPool,
        statement: &'static str,
    ) -> Result<Box<dyn Transaction>, StoreError> {
        let transaction = pool.begin_with(statement).await.map_err(database)?;
        Ok(Box::new(Tx::new(
            transaction,
            self.dialect,
            Arc::clone(&self.keyring),
        )))
    }
}

/// Connections that begin with a few settings.
fn pool(settings: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(settings).await?;
                Ok(())
            })
        })
}

/// One connection that writes, so that writers of this process queue in order instead of polling for the lock,
/// and some that can only read.
async fn open_sqlite(url: &str) -> Result<(AnyPool, AnyPool), StoreError> {
    let in_memory = url.ends_with(":memory:");
    if !in_memory {
        let options: SqliteConnectOptions = url.parse().map_err(database)?;
        // Made here and not by SQLite, whose files any user of the machine could read.
        keyring::private(OpenOptions::new().create(true).append(true))
            .open(options.get_filename())
            .map_err(database)?;
    }
    let writer = pool(SQLITE_WRITER)
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None);
    let writers = writer.connect(url).await.map_err(database)?;
    if in_memory {
        return Ok((writers.clone(), writers));
    }
    let options: AnyConnectOptions = url.parse().map_err(database)?;
    let readers = pool(SQLITE_READER)
        .max_connections(SQLITE_READERS)
        .connect_lazy_with(options);
    Ok((writers, readers))
}

#[async_trait]
impl Storage for Store {
    async fn read(&self) -> Result<Box<dyn Transaction>, StoreError> {
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.begin(&self.readers, begin).await
    }

    async fn write(&self) -> Result<Box<dyn Transaction>, StoreError> {
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => "BEGIN",
        };
        self.begin(&self.writers, begin).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(pool: &AnyPool, text: &'static str) -> String {
        sqlx::query_scalar(text).fetch_one(pool).await.unwrap()
    }

    #[tokio::test]
    async fn a_file_is_written_durably_and_read_by_those_who_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let url = sqlite_url(&folder.path().join("metka.db")).unwrap();
        let store = Store::open(&url, Keyring::from_key([1; 32])).await.unwrap();
        let settings = "SELECT journal_mode || ' ' || synchronous || ' ' || foreign_keys || ' ' || timeout || ' ' || query_only
             FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout, pragma_query_only";
        assert_eq!(pragma(&store.writers, settings).await, "wal 2 1 10000 0");
        assert_eq!(pragma(&store.readers, settings).await, "wal 2 1 10000 1");
        assert_eq!(format!("{store:?}"), "Store { dialect: Sqlite, .. }");
    }

    #[test]
    fn any_path_becomes_an_address_that_names_the_same_file() {
        for path in [
            "/tmp/metka.db",
            "data/metka.db",
            "/tmp/мои данные/a?b#c%20.db",
        ] {
            let url = sqlite_url(Path::new(path)).unwrap();
            let options: SqliteConnectOptions = url.parse().unwrap();
            assert_eq!(options.get_filename(), Path::new(path));
            assert!(url.parse::<AnyConnectOptions>().is_ok(), "{url}");
        }
    }
}
