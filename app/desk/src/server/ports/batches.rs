//! Batches: files and pastes of many orders.

use super::storage::StoreError;
use crate::{
    account::Email,
    bulk::{BatchState, Fate, OrderCounts, Outlook, RowCounts, RowKind, RowVerdict},
    ids::{BatchId, MarketOrderId, OrderId, OrganisationId, SubmissionId, UserId},
    submission::{SubmissionState, TheirWords},
    time::Timestamp,
};
use async_trait::async_trait;

/// A batch as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Ours.
    pub id: BatchId,
    /// The file's name; empty for a paste.
    pub name: String,
    /// How the file was written: `xlsx`, or the name of a delimiter.
    pub format: String,
    /// Who brought it; in whose name its orders are sent.
    pub user: UserId,
    /// When.
    pub made_at: Timestamp,
    /// Where it stands.
    pub state: BatchState,
    /// Grows when other columns are chosen: what was judged by the old ones is void.
    pub revision: u32,
    /// The names of the columns, when the file gives them.
    pub header: Option<Vec<String>>,
    /// The column of the order's number, from 0.
    pub order_column: Option<u32>,
    /// The column of the code, from 0.
    pub code_column: u32,
    /// How many rows it has.
    pub rows: u32,
}

/// A row of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    /// Its number among the rows, from 1.
    pub number: u32,
    /// Its line in the file, from 1.
    pub line: u32,
    /// Its cells as they came.
    pub cells: Vec<String>,
    /// The order's number as it came.
    pub order: String,
    /// The code as it came.
    pub code: String,
    /// The place of its order in the batch; none when the row names no order.
    pub place: Option<u32>,
    /// The line of the first row with the same unit, when that is another.
    pub repeats: Option<u32>,
    /// What it is at a glance.
    pub kind: RowKind,
    /// What became of it.
    pub verdict: Option<RowVerdict>,
}

/// An order of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchOrder {
    /// Its place in the batch, from 1, by its first row.
    pub place: u32,
    /// The number people say.
    pub number: MarketOrderId,
    /// The order, once it was found.
    pub order: Option<OrderId>,
    /// How many rows it has.
    pub rows: u32,
    /// Where it stands.
    pub fate: Fate,
    /// What will become of it, or why nothing does.
    pub outlook: Option<Outlook>,
    /// Its submission, once it was handed over.
    pub submission: Option<SubmissionId>,
}

/// An order of a batch with what its submission says now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchResult {
    /// The order.
    pub order: BatchOrder,
    /// Where its submission stands.
    pub state: Option<SubmissionState>,
    /// Their words, when they said no.
    pub refusal: Option<TheirWords>,
}

/// Batches.
#[async_trait]
pub trait Batches {
    /// Adds a batch without rows.
    async fn add_batch(
        &mut self,
        organisation: OrganisationId,
        batch: &Batch,
    ) -> Result<(), StoreError>;
    /// Adds rows and orders to a batch, as they came.
    async fn add_batch_content(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        rows: &[BatchRow],
        orders: &[BatchOrder],
    ) -> Result<(), StoreError>;
    /// Removes all rows and orders of a batch, to add them anew by other columns.
    async fn clear_batch_content(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
    ) -> Result<(), StoreError>;
    /// One batch with who brought it.
    async fn batch(
        &mut self,
        organisation: OrganisationId,
        id: BatchId,
    ) -> Result<Option<(Batch, Email)>, StoreError>;
    /// One batch, locked until the end of the transaction, so that who changes its state goes one after another.
    async fn lock_batch(
        &mut self,
        organisation: OrganisationId,
        id: BatchId,
    ) -> Result<Option<Batch>, StoreError>;
    /// Batches with who brought each, newest first.
    async fn batches(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<(Batch, Email)>, StoreError>;
    /// Writes state, revision and columns of a batch.
    async fn save_batch(
        &mut self,
        organisation: OrganisationId,
        batch: &Batch,
    ) -> Result<(), StoreError>;
    /// Rows of a kind, or all, by number from `after` on.
    async fn batch_rows(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        kind: Option<RowKind>,
        after: u32,
        limit: u32,
    ) -> Result<Vec<BatchRow>, StoreError>;
    /// A page of rows of a kind, or all, each with the order that it names.
    async fn page_of_rows(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        kind: Option<RowKind>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<(BatchRow, Option<OrderId>)>, StoreError>;
    /// The rows of some orders, by number.
    async fn rows_of_places(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        places: &[u32],
    ) -> Result<Vec<BatchRow>, StoreError>;
    /// Writes what became of rows: number, kind and verdict.
    async fn save_row_verdicts(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        verdicts: &[(u32, RowKind, RowVerdict)],
    ) -> Result<(), StoreError>;
    /// Orders that stand somewhere, by place.
    async fn batch_orders(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        fate: Fate,
        limit: u32,
    ) -> Result<Vec<BatchOrder>, StoreError>;
    /// Writes order, fate, outlook and submission of an order of a batch.
    async fn save_batch_order(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        order: &BatchOrder,
    ) -> Result<(), StoreError>;
    /// A page of orders with what their submissions say; of `failed` only those that were not sent, not taken or lie in conflict.
    async fn batch_results(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        failed: bool,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<BatchResult>, StoreError>;
    /// How many rows are of which kind.
    async fn count_rows(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
    ) -> Result<RowCounts, StoreError>;
    /// How many orders stand where.
    async fn count_orders(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
    ) -> Result<OrderCounts, StoreError>;
    /// The orders of some numbers, of whichever shop.
    async fn orders_of_numbers(
        &mut self,
        organisation: OrganisationId,
        numbers: &[MarketOrderId],
    ) -> Result<Vec<(MarketOrderId, OrderId)>, StoreError>;
}
