//! Batches as pages show them, and the rows that failed.

use super::all_rows;
use crate::{
    account::{Actor, Permission},
    bulk::{
        BatchLine, BatchList, BatchPage, BatchRights, BatchState, ColumnView, Fate, Listing,
        MOST_COLUMNS, MOST_ROWS, Outlook, PAGE_ROWS, ResultView, RowKind, RowVerdict, RowView,
        Shown,
    },
    ids::{BatchId, OrderId},
    problem::Problem,
    server::{
        Desk,
        jobs::JobKind,
        ports::{
            batches::{Batch, BatchResult, BatchRow},
            storage::Transaction,
        },
        when::when,
    },
    submission::{SubmissionState, TheirWords},
};
use std::collections::HashMap;

/// Batches in the list.
const LISTED: u32 = 50;

/// A row that failed, with why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedRow {
    /// Its cells as they came.
    pub cells: Vec<String>,
    /// Its code as it came.
    pub code: String,
    /// What became of the row itself.
    pub verdict: Option<RowVerdict>,
    /// Why its order did not go.
    pub outlook: Option<Outlook>,
    /// How its submission ended.
    pub state: Option<SubmissionState>,
    /// Their words, when they said no.
    pub refusal: Option<TheirWords>,
    /// Whether the batch was cancelled before its order went.
    pub cancelled: bool,
}

/// The rows of a batch that failed, to be written as the file that it came as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedRows {
    /// The file's name; empty for a paste.
    pub name: String,
    /// `xlsx`, or the name of a delimiter.
    pub format: String,
    /// The names of the columns.
    pub header: Option<Vec<String>>,
    /// The rows.
    pub rows: Vec<FailedRow>,
}

impl Desk {
    /// The newest batches.
    pub async fn batches(&self, actor: &Actor) -> Result<BatchList, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let mut batches = Vec::new();
        for (batch, email) in tx.batches(organisation, LISTED).await? {
            batches.push(self.line(&mut *tx, actor, &batch, email.into()).await?);
        }
        Ok(BatchList {
            batches,
            may: rights(actor),
        })
    }

    /// One batch with a page, from 0, of its rows or orders.
    pub async fn batch(
        &self,
        actor: &Actor,
        id: BatchId,
        shown: Shown,
        page: u32,
    ) -> Result<BatchPage, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let (batch, who) = tx.batch(organisation, id).await?.ok_or(Problem::NotFound)?;
        let line = self.line(&mut *tx, actor, &batch, who.into()).await?;
        let rows = tx.count_rows(organisation, id).await?;
        let offset = page.saturating_mul(PAGE_ROWS);
        let failed = line.orders.stays + line.orders.refused + line.orders.conflict;
        let (listing, found) = match shown {
            Shown::Orders | Shown::Failed => {
                let only_failed = shown == Shown::Failed;
                let results = tx
                    .batch_results(organisation, id, only_failed, offset, PAGE_ROWS)
                    .await?;
                let found = if only_failed { failed } else { line.orders.all };
                (
                    Listing::Orders(results.into_iter().map(result).collect()),
                    found,
                )
            }
            _ => {
                let kind = shown.kind();
                let listed = tx
                    .page_of_rows(organisation, id, kind, offset, PAGE_ROWS)
                    .await?;
                let found = match kind {
                    Some(RowKind::Good) => rows.good,
                    Some(RowKind::Repaired) => rows.repaired,
                    Some(RowKind::Trouble) => rows.trouble,
                    Some(RowKind::Waiting) | None => rows.all(),
                };
                (Listing::Rows(listed.into_iter().map(row).collect()), found)
            }
        };
        let first = tx.batch_rows(organisation, id, None, 0, 1).await?;
        let cells = first.into_iter().next().map(|row| row.cells);
        let subject = id.to_string();
        let job = tx
            .job(organisation, JobKind::RunBatch.as_str(), &subject)
            .await?;
        Ok(BatchPage {
            columns: columns(batch.header, cells.unwrap_or_default()),
            order_column: batch.order_column,
            code_column: batch.code_column,
            trouble: job.and_then(|job| job.note).filter(|note| !note.is_empty()),
            batch: line,
            rows,
            listing,
            found,
            may: rights(actor),
        })
    }

    /// The rows that were not sent or not taken, with why.
    pub async fn failed_rows(&self, actor: &Actor, id: BatchId) -> Result<FailedRows, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let (batch, _) = tx.batch(organisation, id).await?.ok_or(Problem::NotFound)?;
        let cancelled = batch.state == BatchState::Cancelled;
        let results = tx
            .batch_results(organisation, id, false, 0, MOST_ROWS)
            .await?;
        let results: HashMap<u32, BatchResult> = results
            .into_iter()
            .map(|result| (result.order.place, result))
            .collect();
        let mut failed = Vec::new();
        for row in all_rows(&mut *tx, organisation, id).await? {
            let result = row.place.and_then(|place| results.get(&place));
            let order_failed = result.is_none_or(|result| fell(result, cancelled));
            if !order_failed && row.kind != RowKind::Trouble {
                continue;
            }
            failed.push(FailedRow {
                cells: row.cells,
                code: row.code,
                verdict: row.verdict,
                outlook: result.and_then(|result| result.order.outlook.clone()),
                state: result.and_then(|result| result.state),
                refusal: result.and_then(|result| result.refusal.clone()),
                cancelled: cancelled
                    && result.is_some_and(|result| result.order.fate == Fate::Goes),
            });
        }
        Ok(FailedRows {
            name: batch.name,
            format: batch.format,
            header: batch.header,
            rows: failed,
        })
    }

    async fn line(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        batch: &Batch,
        who: String,
    ) -> Result<BatchLine, Problem> {
        Ok(BatchLine {
            id: batch.id,
            name: batch.name.clone(),
            who,
            made: when(batch.made_at, self.now(), true),
            state: batch.state,
            rows: batch.rows,
            orders: tx.count_orders(actor.organisation, batch.id).await?,
        })
    }
}

/// Whether an order was not sent, or not taken.
fn fell(result: &BatchResult, cancelled: bool) -> bool {
    use SubmissionState::{Conflict, Refused};
    match result.order.fate {
        Fate::Stays => result.order.outlook != Some(Outlook::SentBefore),
        Fate::Waiting | Fate::Goes => cancelled,
        Fate::Sent => matches!(result.state, Some(Refused | Conflict)),
    }
}

fn rights(actor: &Actor) -> BatchRights {
    BatchRights {
        fill: actor.role.may(Permission::FillSlots),
        send: actor.role.may(Permission::SendCodes),
    }
}

fn row((row, order): (BatchRow, Option<OrderId>)) -> RowView {
    RowView {
        line: row.line,
        number: row.order,
        order,
        code: row.code,
        kind: row.kind,
        verdict: row.verdict,
        says: None,
    }
}

fn result(result: BatchResult) -> ResultView {
    ResultView {
        number: result.order.number,
        order: result.order.order,
        rows: result.order.rows,
        fate: result.order.fate,
        outlook: result.order.outlook,
        submission: result.state,
        refusal: result.refusal,
        says: None,
    }
}

/// The columns of a batch, by its header and its first row.
fn columns(header: Option<Vec<String>>, cells: Vec<String>) -> Vec<ColumnView> {
    let width = header.as_ref().map_or(0, Vec::len).max(cells.len());
    let mut names = header.unwrap_or_default().into_iter();
    let mut cells = cells.into_iter();
    (0..width.min(MOST_COLUMNS))
        .map(|_| ColumnView {
            name: names.next().filter(|name| !name.trim().is_empty()),
            sample: cells.next().unwrap_or_default(),
        })
        .collect()
}
