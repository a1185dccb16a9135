//! What remote accounts allow, shared by every process on the database.

use crate::{
    row::Cells,
    statement::{database, sql},
    store::Store,
};
use async_trait::async_trait;
use desk::{
    server::ports::{
        limits::{LimitKey, Limits},
        storage::StoreError,
    },
    time::Timestamp,
};

#[async_trait]
impl Limits for Store {
    async fn blocked_until(
        &self,
        key: &LimitKey,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(database)?;
        let row = sql("SELECT account, blocked_until FROM limits
             WHERE account = $1 AND resource = $2 AND blocked_until > $3")
        .bind(&key.account)
        .bind(key.resource)
        .bind(now)
        .one(&mut connection)
        .await
        .map_err(database)?;
        row.map(|row| Cells::new(&row, "limits", "account").get("blocked_until"))
            .transpose()
    }

    /// The later moment stays: processes hear of one limit in any order.
    async fn block(&self, key: &LimitKey, until: Timestamp) -> Result<(), StoreError> {
        let mut connection = self.writers.acquire().await.map_err(database)?;
        sql(
            "INSERT INTO limits (account, resource, blocked_until) VALUES ($1, $2, $3)
             ON CONFLICT (account, resource) DO UPDATE SET blocked_until = excluded.blocked_until
             WHERE excluded.blocked_until > limits.blocked_until",
        )
        .bind(&key.account)
        .bind(key.resource)
        .bind(until)
        .run(&mut connection)
        .await
        .map_err(database)?;
        Ok(())
    }
}
