//! The schema in steps. A step that was released is never edited: its checksum is kept in the database.

use crate::{
    keyring,
    statement::{database, sql},
    store::{Dialect, Store},
};
use desk::server::ports::storage::StoreError;
use sqlx::{
    AnyConnection, AssertSqlSafe, Connection, Row, SqlSafeStr,
    migrate::{Migrate, MigrateError, Migration, MigrationType, Migrator},
};
use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// Every step: its version, what it does, its text. sqlx's macro would find the files by itself, but it brings both
/// databases' drivers into the compiler as well.
const STEPS: [(i64, &str, &str); 11] = [
    (1, "first", include_str!("../migrations/0001_first.sql")),
    (2, "boxes", include_str!("../migrations/0002_boxes.sql")),
    (3, "sync", include_str!("../migrations/0003_sync.sql")),
    (4, "batches", include_str!("../migrations/0004_batches.sql")),
    (5, "codes", include_str!("../migrations/0005_codes.sql")),
    (6, "packing", include_str!("../migrations/0006_packing.sql")),
    (
        7,
        "list_speed",
        include_str!("../migrations/0007_list_speed.sql"),
    ),
    (8, "suz", include_str!("../migrations/0008_suz.sql")),
    (
        9,
        "emissions",
        include_str!("../migrations/0009_emissions.sql"),
    ),
    (10, "stock", include_str!("../migrations/0010_stock.sql")),
    (
        11,
        "printing",
        include_str!("../migrations/0011_printing.sql"),
    ),
];

/// The files are SQLite's. PostgreSQL reads three words of them otherwise: every text compares byte by byte as in
/// SQLite (so that codes are told apart and sorted alike on both), and the journal's counter is an identity column. That a
/// table is its own primary key's index (`WITHOUT ROWID`) can be said to SQLite only.
/// These pairs are part of every released step's checksum.
const IN_POSTGRES: [(&str, &str); 3] = [
    (" TEXT", " TEXT COLLATE \"C\""),
    (
        "INTEGER PRIMARY KEY AUTOINCREMENT",
        "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    ),
    (" WITHOUT ROWID", ""),
];

/// More copies than anybody keeps; the search for a free name must end.
const MOST_COPIES: u32 = 1000;

/// What [`Store::migrate`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migrated {
    /// The steps that were applied now.
    pub applied: Vec<i64>,
    /// The copy of a SQLite file that was made before they were.
    pub backup: Option<PathBuf>,
}

fn steps(dialect: Dialect) -> Migrator {
    let step = |&(version, name, text): &(i64, &'static str, &'static str)| {
        let text = match dialect {
            Dialect::Sqlite => text.into_sql_str(),
            Dialect::Postgres => {
                let theirs = IN_POSTGRES
                    .iter()
                    .fold(text.to_owned(), |text, (ours, theirs)| {
                        text.replace(ours, theirs)
                    });
                AssertSqlSafe(theirs).into_sql_str()
            }
        };
        Migration::new(version, name.into(), MigrationType::Simple, text, false)
    };
    Migrator::with_migrations(STEPS.iter().map(step).collect())
}

impl Store {
    /// The versions of all steps that this program knows, in order.
    pub fn versions() -> Vec<i64> {
        STEPS.iter().map(|(version, ..)| *version).collect()
    }

    /// Brings the schema up to date; doing it again changes nothing. A SQLite file that holds anything is first
    /// copied beside itself (`metka.db.before-0002`), for it belongs to a person.
    ///
    /// # Errors
    /// When a step fails (it leaves no trace then), or the database was made by a newer program.
    pub async fn migrate(&self) -> Result<Migrated, StoreError> {
        self.run_steps(None).await
    }

    /// Brings the schema up to one version, so that a test can fill it as people had it then.
    ///
    /// # Errors
    /// As [`Store::migrate`]; and when there is no such version.
    pub async fn migrate_to(&self, version: i64) -> Result<Migrated, StoreError> {
        self.run_steps(Some(version)).await
    }

    async fn run_steps(&self, up_to: Option<i64>) -> Result<Migrated, StoreError> {
        let steps = steps(self.dialect);
        if let Some(version) = up_to.filter(|version| !steps.version_exists(*version)) {
            return Err(database(MigrateError::VersionNotPresent(version)));
        }
        match self.dialect {
            Dialect::Sqlite => {
                let mut connection = self.writers.acquire().await.map_err(database)?;
                let file = file_with_content(&mut connection).await.map_err(database)?;
                apply(&steps, up_to, &mut connection, file).await
            }
            // A connection of its own: it holds a lock of the whole session, which ends with it whatever happens,
            // and waits for another process's steps however long they take.
            Dialect::Postgres => {
                let mut connection = AnyConnection::connect(&self.url).await.map_err(database)?;
                let done = apply(&steps, up_to, &mut connection, None).await?;
                connection.close().await.map_err(database)?;
                Ok(done)
            }
        }
    }
}

/// Copies the file if there is one and anything to do, then applies the steps that are not yet.
async fn apply(
    steps: &Migrator,
    up_to: Option<i64>,
    connection: &mut AnyConnection,
    file: Option<PathBuf>,
) -> Result<Migrated, StoreError> {
    connection.lock().await.map_err(database)?;
    connection
        .ensure_migrations_table(&steps.table_name)
        .await
        .map_err(database)?;
    let known = connection
        .list_applied_migrations(&steps.table_name)
        .await
        .map_err(database)?;
    let pending: Vec<i64> = steps
        .iter()
        .map(|step| step.version)
        .filter(|version| up_to.is_none_or(|last| *version <= last))
        .filter(|version| known.iter().all(|step| step.version != *version))
        .collect();
    let backup = match (file, pending.first()) {
        (Some(file), Some(first)) => Some(back_up(connection, &file, *first).await?),
        _ => None,
    };
    // `run` and `run_to` take any `Acquire`, which makes a future that cannot be shown to be `Send`.
    steps
        .run_direct(up_to, connection, false)
        .await
        .map_err(database)?;
    connection.unlock().await.map_err(database)?;
    Ok(Migrated {
        applied: pending,
        backup,
    })
}

/// The path of a SQLite database that is a file and has tables.
async fn file_with_content(connection: &mut AnyConnection) -> sqlx::Result<Option<PathBuf>> {
    let row = sql("SELECT file FROM pragma_database_list
         WHERE name = 'main' AND file <> '' AND EXISTS (SELECT 1 FROM sqlite_master)")
    .one(connection)
    .await?;
    row.map(|row| row.try_get::<String, _>("file").map(PathBuf::from))
        .transpose()
}

/// Copies the database to a new file beside it, whole and durable.
async fn back_up(
    connection: &mut AnyConnection,
    file: &Path,
    before: i64,
) -> Result<PathBuf, StoreError> {
    let copy = free_name(file, before).map_err(database)?;
    let name = copy
        .to_str()
        .ok_or_else(|| database(io::Error::other("the path of the database is not UTF-8")))?;
    let copied = sql("VACUUM INTO $1")
        .bind(name)
        .run(connection)
        .await
        .map_err(database);
    let kept = copied.and_then(|_| {
        File::open(&copy)
            .and_then(|file| file.sync_all())
            .map_err(database)
    });
    match kept {
        Ok(()) => Ok(copy),
        Err(error) => {
            fs::remove_file(&copy).map_err(database)?;
            Err(error)
        }
    }
}

/// Takes the first free name: an older copy is never written over, for the newer one may hold what went wrong.
fn free_name(file: &Path, before: i64) -> io::Result<PathBuf> {
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for n in 1..=MOST_COPIES {
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".before-{before:04}"));
        if n > 1 {
            name.push(format!("-{n}"));
        }
        match keyring::private(OpenOptions::new().write(true).create_new(true)).open(&name) {
            Ok(_) => return Ok(name.into()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgres_compares_every_text_byte_by_byte() {
        for step in steps(Dialect::Postgres).iter() {
            let text = step.sql.as_str();
            assert_eq!(
                text.matches(" TEXT").count(),
                text.matches(" TEXT COLLATE \"C\"").count()
            );
            assert!(!text.contains("AUTOINCREMENT") && !text.contains("ROWID"));
        }
    }

    #[test]
    fn every_file_is_a_step_in_order() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut files: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let listed: Vec<String> = STEPS
            .iter()
            .map(|(version, name, _)| format!("{version:04}_{name}.sql"))
            .collect();
        assert_eq!(listed, files);
    }

    #[test]
    fn every_constraint_has_a_name() {
        for (_, _, text) in STEPS {
            for line in text.lines().map(str::trim) {
                let constrains = ["PRIMARY KEY (", "FOREIGN KEY", "UNIQUE (", "CHECK ("]
                    .iter()
                    .any(|words| line.contains(words));
                assert!(!constrains || line.starts_with("CONSTRAINT "), "{line}");
            }
        }
    }

    #[test]
    fn a_copy_takes_a_free_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("metka.db");
        assert_eq!(
            free_name(&file, 2).unwrap(),
            folder.path().join("metka.db.before-0002")
        );
        assert_eq!(
            free_name(&file, 2).unwrap(),
            folder.path().join("metka.db.before-0002-2")
        );
    }
}
