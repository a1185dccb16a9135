//! The database of a run, and a second, plain way to read it: nothing of the program's own store is trusted.

use sqlx::{
    AnyPool, AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, FromRow,
    PgConnection, any::AnyRow, postgres::PgConnectOptions,
};
use std::path::Path;

const POSTGRES: &str = "METKA_TEST_POSTGRES_URL";

/// A database of a run's own.
pub(crate) struct Database {
    /// As the program is told of it.
    pub(crate) url: String,
    /// Who may drop it, and its name, where it is on a server.
    server: Option<(PgConnectOptions, String)>,
}

impl Database {
    /// A file in the folder, or a new database on the server, as `DATABASE` says.
    pub(crate) async fn new(folder: &Path) -> Self {
        sqlx::any::install_default_drivers();
        match std::env::var("DATABASE").as_deref() {
            Ok("postgres") => Self::on_server().await,
            Ok("sqlite" | "") | Err(_) => Self {
                url: store::sqlite_url(&folder.join("metka.db")).unwrap(),
                server: None,
            },
            Ok(other) => panic!("DATABASE is sqlite or postgres, not {other}"),
        }
    }

    async fn on_server() -> Self {
        let Ok(server) = std::env::var(POSTGRES) else {
            panic!("DATABASE=postgres needs a server: set {POSTGRES}");
        };
        let server: PgConnectOptions = server.parse().unwrap();
        let mut random = [0; 8];
        getrandom::fill(&mut random).unwrap();
        let name = format!("metka_kills_{:016x}", u64::from_le_bytes(random));
        let mut connection = PgConnection::connect_with(&server).await.unwrap();
        let create = format!("CREATE DATABASE {name}");
        connection.execute(AssertSqlSafe(create)).await.unwrap();
        let url = server.clone().database(&name).to_url_lossy().to_string();
        Self {
            url,
            server: Some((server, name)),
        }
    }

    /// Every row of a query.
    pub(crate) async fn rows<T>(&self, query: &'static str) -> Vec<T>
    where
        T: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
    {
        let pool = AnyPool::connect(&self.url).await.unwrap();
        let rows = sqlx::query_as(query).fetch_all(&pool).await.unwrap();
        pool.close().await;
        rows
    }

    /// Drops it; the folder takes a file along.
    pub(crate) async fn drop(&self) {
        if let Some((server, name)) = &self.server {
            let mut connection = PgConnection::connect_with(server).await.unwrap();
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            connection.execute(AssertSqlSafe(drop)).await.unwrap();
        }
    }
}
