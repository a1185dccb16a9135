//! One transaction. Its nouns are in the modules below, one file each.

mod accounts;
mod batches;
mod codes;
mod connections;
mod emissions;
mod hooks;
mod intake;
mod jobs;
mod journal;
mod kept_forms;
mod orders;
mod packing;
mod printing;
mod returns;
mod sessions;
mod shipments;
mod shops;
mod slots;
mod stock;
mod submissions;
mod suz;
mod verifications;

use crate::{
    keyring::Keyring,
    statement::{Statement, database, sql},
    store::Dialect,
};
use async_trait::async_trait;
use desk::{
    ids::{OrderId, OrganisationId},
    server::ports::{
        codes::Hand,
        storage::{StoreError, Transaction},
    },
};
use sqlx::{Acquire, Any, any::AnyRow};
use std::sync::Arc;

/// A transaction on either database. Dropping it rolls back before its connection serves anybody else.
pub(crate) struct Tx {
    sqlx: sqlx::Transaction<'static, Any>,
    dialect: Dialect,
    keyring: Arc<Keyring>,
    /// On whose behalf codes are kept and moved; none for the program itself.
    hand: Option<Hand>,
    /// What was learned of products, to be written at the end.
    learned: orders::Learned,
    /// Jobs to be enqueued at the end.
    enqueued: jobs::Enqueued,
    /// A statement failed, or was abandoned half-way. PostgreSQL then answers COMMIT with a silent rollback, which
    /// must not pass for success.
    broken: bool,
}

/// A statement of this transaction failed before.
#[derive(Debug, thiserror::Error)]
#[error("the transaction failed before and cannot be committed")]
struct Broken;

impl Tx {
    pub(crate) fn new(
        sqlx: sqlx::Transaction<'static, Any>,
        dialect: Dialect,
        keyring: Arc<Keyring>,
    ) -> Self {
        Self {
            sqlx,
            dialect,
            keyring,
            hand: None,
            learned: orders::Learned::new(),
            enqueued: jobs::Enqueued::new(),
            broken: false,
        }
    }

    /// Runs a statement and returns how many rows it touched.
    async fn run(&mut self, statement: Statement) -> Result<u64, StoreError> {
        self.broken = true;
        let touched = statement.run(&mut self.sqlx).await.map_err(database)?;
        self.broken = false;
        Ok(touched)
    }

    /// The first row of a statement, if there is one.
    async fn one(&mut self, statement: Statement) -> Result<Option<AnyRow>, StoreError> {
        self.broken = true;
        let row = statement.one(&mut self.sqlx).await.map_err(database)?;
        self.broken = false;
        Ok(row)
    }

    /// All rows of a statement.
    async fn all(&mut self, statement: Statement) -> Result<Vec<AnyRow>, StoreError> {
        self.broken = true;
        let rows = statement.all(&mut self.sqlx).await.map_err(database)?;
        self.broken = false;
        Ok(rows)
    }

    /// Runs a statement that may break a unique index because another transaction was faster: then it touched no
    /// row, and the transaction goes on. PostgreSQL would otherwise give the whole transaction up.
    async fn run_unless_taken(&mut self, statement: Statement) -> Result<u64, StoreError> {
        self.broken = true;
        let mut savepoint = self.sqlx.begin().await.map_err(database)?;
        let touched = match statement.run(&mut savepoint).await {
            Ok(touched) => {
                savepoint.commit().await.map_err(database)?;
                touched
            }
            Err(error)
                if error
                    .as_database_error()
                    .is_some_and(sqlx::error::DatabaseError::is_unique_violation) =>
            {
                savepoint.rollback().await.map_err(database)?;
                0
            }
            Err(error) => return Err(database(error)),
        };
        self.broken = false;
        Ok(touched)
    }

    /// Locks an order until the end of the transaction, so that whoever changes its slots or submissions goes one
    /// after another. False when there is no such order.
    async fn lock_order(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<bool, StoreError> {
        let locked = self
            .run(
                sql("UPDATE orders SET revision = revision WHERE organisation_id = $1 AND id = $2")
                    .bind(organisation)
                    .bind(order),
            )
            .await?;
        Ok(locked > 0)
    }

    /// Lets an order's revision grow, and that of its slots if they changed.
    async fn order_changed(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        slots: bool,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "UPDATE orders SET revision = revision + 1, slots_revision = slots_revision + $3
                 WHERE organisation_id = $1 AND id = $2",
            )
            .bind(organisation)
            .bind(order)
            .bind(slots),
        )
        .await?;
        Ok(())
    }
}

#[async_trait]
impl Transaction for Tx {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        if self.broken {
            return Err(database(Broken));
        }
        self.write_learned().await?;
        self.write_enqueued().await?;
        self.sqlx.commit().await.map_err(database)
    }
}
