//! Many orders at once. A file is stored as it came before anything is judged; a job judges its rows and, when a
//! person says so, sends its orders.
//!
//! An order goes whole or not at all: its codes are bound and its submission is stored in one transaction, and of an
//! order that does not go nothing is bound. So the rows that failed, corrected in the file that they are downloaded
//! as, are all that has to be brought again.

mod judge;
mod pages;
mod send;
mod sheet;

use super::{
    Desk,
    jobs::JobKind,
    ports::{
        batches::{Batch, BatchRow},
        storage::{JournalEntry, Transaction},
    },
};
use crate::{
    account::Actor,
    bulk::BatchState,
    ids::{BatchId, OrganisationId},
    journal::Action,
    live::Change,
    problem::Problem,
};
pub use pages::{FailedRow, FailedRows};
pub(super) use send::Step;
pub use sheet::{Sheet, SheetRow, WORKBOOK, delimiter_of};

/// Rows read or written at a time.
const AT_ONCE: u32 = 2000;

/// Characters of a file's name that are kept.
const LONGEST_NAME: usize = 120;

impl Desk {
    /// Keeps a file or paste as it came, and has it judged. `name` is the file's name, empty for a paste.
    pub async fn add_batch(
        &self,
        actor: &Actor,
        name: &str,
        sheet: Sheet,
    ) -> Result<BatchId, Problem> {
        let organisation = actor.organisation;
        let id = self.id(BatchId::from_parts)?;
        let batch = Batch {
            id,
            name: name.chars().take(LONGEST_NAME).collect(),
            format: sheet.format,
            user: actor.user,
            made_at: self.now(),
            state: BatchState::Judging,
            revision: 1,
            header: sheet.header,
            order_column: sheet.order_column,
            code_column: sheet.code_column,
            rows: u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX),
        };
        let (rows, orders) = sheet::content(sheet.rows);
        let mut tx = self.write().await?;
        tx.add_batch(organisation, &batch).await?;
        tx.add_batch_content(organisation, id, &rows, &orders)
            .await?;
        self.note_batch(&mut *tx, actor, &batch, Action::BatchBrought)
            .await?;
        self.run_batch(&mut *tx, organisation, id).await?;
        tx.commit().await?;
        self.tell(organisation, Change::Batch { batch: id });
        self.wake_runner();
        Ok(id)
    }

    /// Takes other columns for the order's number and the code, and has the rows judged anew. Only before sending.
    pub async fn choose_columns(
        &self,
        actor: &Actor,
        id: BatchId,
        order_column: Option<u32>,
        code_column: u32,
    ) -> Result<(), Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        let mut batch = locked(&mut *tx, organisation, id).await?;
        if !matches!(batch.state, BatchState::Judging | BatchState::Preview) {
            return Err(Problem::BatchMoved);
        }
        let rows = all_rows(&mut *tx, organisation, id).await?;
        let cell = |row: &BatchRow, column: u32| row.cells.get(column as usize).cloned();
        let rows = rows.into_iter().map(|row| SheetRow {
            line: row.line,
            order: order_column
                .and_then(|column| cell(&row, column))
                .unwrap_or_default(),
            code: cell(&row, code_column).unwrap_or_default(),
            cells: row.cells,
        });
        let (rows, orders) = sheet::content(rows.collect());
        tx.clear_batch_content(organisation, id).await?;
        tx.add_batch_content(organisation, id, &rows, &orders)
            .await?;
        batch.state = BatchState::Judging;
        batch.revision += 1;
        batch.order_column = order_column;
        batch.code_column = code_column;
        tx.save_batch(organisation, &batch).await?;
        self.run_batch(&mut *tx, organisation, id).await?;
        tx.commit().await?;
        self.tell(organisation, Change::Batch { batch: id });
        self.wake_runner();
        Ok(())
    }

    /// Has the orders of a judged batch sent.
    pub async fn start_batch(&self, actor: &Actor, id: BatchId) -> Result<(), Problem> {
        use BatchState::{Preview, Running};
        self.turn(actor, id, &[Preview], Running, Action::BatchStarted)
            .await
    }

    /// Makes sending wait before its next order; what was handed over goes on.
    pub async fn pause_batch(&self, actor: &Actor, id: BatchId) -> Result<(), Problem> {
        use BatchState::{Paused, Running};
        self.turn(actor, id, &[Running], Paused, Action::BatchPaused)
            .await
    }

    /// Goes on with sending.
    pub async fn resume_batch(&self, actor: &Actor, id: BatchId) -> Result<(), Problem> {
        use BatchState::{Paused, Running};
        self.turn(actor, id, &[Paused], Running, Action::BatchStarted)
            .await
    }

    /// Stops a batch for good; what was handed over stays so.
    pub async fn cancel_batch(&self, actor: &Actor, id: BatchId) -> Result<(), Problem> {
        use BatchState::{Cancelled, Judging, Paused, Preview, Running};
        let from = [Judging, Preview, Running, Paused];
        self.turn(actor, id, &from, Cancelled, Action::BatchCancelled)
            .await
    }

    async fn turn(
        &self,
        actor: &Actor,
        id: BatchId,
        from: &[BatchState],
        to: BatchState,
        action: Action,
    ) -> Result<(), Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        let mut batch = locked(&mut *tx, organisation, id).await?;
        if batch.state == to {
            return Ok(());
        }
        if !from.contains(&batch.state) {
            return Err(Problem::BatchMoved);
        }
        batch.state = to;
        tx.save_batch(organisation, &batch).await?;
        self.note_batch(&mut *tx, actor, &batch, action).await?;
        if to == BatchState::Running {
            self.run_batch(&mut *tx, organisation, id).await?;
        }
        tx.commit().await?;
        self.tell(organisation, Change::Batch { batch: id });
        self.wake_runner();
        Ok(())
    }

    async fn run_batch(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        id: BatchId,
    ) -> Result<(), Problem> {
        let subject = id.to_string();
        self.enqueue(tx, organisation, JobKind::RunBatch, &subject, self.now())
            .await
    }

    async fn note_batch(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        batch: &Batch,
        action: Action,
    ) -> Result<(), Problem> {
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action,
            subject: batch.name.clone(),
            detail: batch.rows.to_string(),
        };
        Ok(tx.write_journal(actor.organisation, &entry).await?)
    }
}

/// A batch that nobody else can move until the transaction ends.
async fn locked(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    id: BatchId,
) -> Result<Batch, Problem> {
    tx.lock_batch(organisation, id)
        .await?
        .ok_or(Problem::NotFound)
}

async fn all_rows(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    id: BatchId,
) -> Result<Vec<BatchRow>, Problem> {
    let mut rows: Vec<BatchRow> = Vec::new();
    loop {
        let after = rows.last().map_or(0, |row| row.number);
        let more = tx
            .batch_rows(organisation, id, None, after, AT_ONCE)
            .await?;
        if more.is_empty() {
            return Ok(rows);
        }
        rows.extend(more);
    }
}
