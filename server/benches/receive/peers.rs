//! What the databases' own loaders make of the rows that were just taken in.

use futures::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Executor as _, PgConnection, Row as _};
use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};
use tokio::io::{AsyncWriteExt as _, BufWriter};

const COLUMNS: &str = "run, serial, tail, position";

fn sqlite3(database: &Path, lines: &[String]) -> Result<String, String> {
    let ran = Command::new("sqlite3")
        .arg("-bail")
        .arg(database)
        .args(lines)
        .output()
        .map_err(|error| format!("sqlite3 does not run: {error}"))?;
    if !ran.status.success() {
        return Err(String::from_utf8_lossy(&ran.stderr).into_owned());
    }
    Ok(String::from_utf8_lossy(&ran.stdout).into_owned())
}

/// Imports the stock's rows of the database in this folder into a database of their own.
pub(crate) fn sqlite_import(folder: &Path, count: usize) -> Result<Duration, String> {
    let (ours, rows, theirs) = (
        folder.join("metka.db"),
        folder.join("rows"),
        folder.join("peer.db"),
    );
    let schema = sqlite3(
        &ours,
        &["SELECT sql || ';' FROM sqlite_schema WHERE tbl_name = 'stock_codes' AND sql IS NOT NULL".to_owned()],
    )?;
    let out = [
        ".mode ascii".to_owned(),
        format!(".output {}", rows.display()),
        format!("SELECT {COLUMNS} FROM stock_codes ORDER BY run, serial"),
    ];
    sqlite3(&ours, &out)?;
    sqlite3(&theirs, &["PRAGMA journal_mode = WAL".to_owned(), schema])?;
    let began = Instant::now();
    let into = [
        "PRAGMA synchronous = FULL".to_owned(),
        format!(".import --ascii {} stock_codes", rows.display()),
    ];
    sqlite3(&theirs, &into)?;
    let took = began.elapsed();
    let came = sqlite3(&theirs, &["SELECT COUNT(*) FROM stock_codes".to_owned()])?;
    if came.trim() == count.to_string() {
        Ok(took)
    } else {
        Err(format!("it took {} rows of {count}", came.trim()))
    }
}

/// Whether this server's commits outlive a power cut, in its own words.
pub(crate) async fn durable(connection: &mut PgConnection) -> String {
    let mut told = Vec::new();
    for name in ["fsync", "synchronous_commit"] {
        let row = connection
            .fetch_one(AssertSqlSafe(format!("SHOW {name}")))
            .await
            .unwrap();
        told.push(format!("{name} {}", row.get::<String, _>(0)));
    }
    told.join(", ")
}

/// Copies the stock's rows into a table of the same making.
pub(crate) async fn postgres_copy(
    connection: &mut PgConnection,
    rows: &Path,
    count: usize,
) -> Duration {
    // Each row comes by itself.
    let mut file = BufWriter::with_capacity(1 << 20, tokio::fs::File::create(rows).await.unwrap());
    let out = format!("COPY (SELECT {COLUMNS} FROM stock_codes ORDER BY run, serial) TO STDOUT");
    let mut copied = connection.copy_out_raw(&out).await.unwrap();
    while let Some(piece) = copied.try_next().await.unwrap() {
        file.write_all(&piece).await.unwrap();
    }
    file.flush().await.unwrap();
    drop((copied, file));
    connection
        .execute("CREATE TABLE peer (LIKE stock_codes INCLUDING ALL)")
        .await
        .unwrap();
    let file = tokio::fs::File::open(rows).await.unwrap();
    let began = Instant::now();
    let mut into = connection
        .copy_in_raw(&format!("COPY peer ({COLUMNS}) FROM STDIN"))
        .await
        .unwrap();
    into.read_from(file).await.unwrap();
    let came = into.finish().await.unwrap();
    let took = began.elapsed();
    assert_eq!(came, count as u64, "rows of COPY");
    took
}
