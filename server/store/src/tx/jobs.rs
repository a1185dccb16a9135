//! The queue.
//!
//! | state | what moves it on |
//! |---|---|
//! | queued | its time comes: leased |
//! | leased | finished: gone · postponed, retried: queued · parked · its lease ends: leased by another, as taken over |
//! | parked | enqueued: queued |
//!
//! Whoever enqueues a leased job leaves the wanted moment in `again_at`, and the end of the run (finished, postponed,
//! retried or parked) treats it as if it had come right after: nothing that happened during a run is missed.
//!
//! What a transaction enqueues is written when it ends, or when it asks something of the queue itself. Whoever
//! enqueues a job that runs locks its row on PostgreSQL, and a long transaction would keep the runner from renewing
//! the lease for so long that it is lost.

use super::Tx;
use crate::{row::Cells, statement::sql, store::Dialect};
use async_trait::async_trait;
use desk::{
    ids::{JobId, OrganisationId},
    server::ports::storage::{Job, JobState, Jobs, StoreError},
    time::Timestamp,
};
use sqlx::any::AnyRow;
use std::collections::BTreeMap;

/// The queries of both databases around the one word that differs: PostgreSQL skips rows that another transaction
/// is leasing; on SQLite there is one writer at a time.
macro_rules! lease {
    ($skip_locked:literal) => {
        concat!(
            "WITH due AS (
                 SELECT id AS due_id FROM jobs
                 WHERE (state = 'queued' AND run_at <= $1) OR (state = 'leased' AND leased_until <= $1)
                 ORDER BY run_at, id LIMIT $2 ",
            $skip_locked,
            ")
             UPDATE jobs SET state = 'leased', leased_by = $3, leased_until = $4, attempts = attempts + 1,
                 taken_over = CASE WHEN state = 'leased' THEN 1 ELSE 0 END
             WHERE id IN (SELECT due_id FROM due)
             RETURNING id, organisation_id, kind, subject, state, run_at, attempts, note, taken_over"
        )
    };
}

fn state(name: &str) -> Option<JobState> {
    match name {
        "queued" => Some(JobState::Queued),
        "leased" => Some(JobState::Leased),
        "parked" => Some(JobState::Parked),
        _ => None,
    }
}

fn job(row: &AnyRow) -> Result<Job, StoreError> {
    let cells = Cells::new(row, "jobs", "id");
    let name: String = cells.get("state")?;
    Ok(Job {
        id: cells.parsed("id")?,
        organisation: cells.parsed("organisation_id")?,
        kind: cells.get("kind")?,
        subject: cells.get("subject")?,
        state: state(&name).ok_or_else(|| StoreError::Inconsistent {
            table: "jobs",
            column: "state",
            row: cells.get("id").unwrap_or_default(),
            why: format!("no such state: {name}"),
        })?,
        run_at: cells.get("run_at")?,
        attempts: cells.get("attempts")?,
        note: cells.get("note")?,
        taken_over: cells.get("taken_over")?,
    })
}

/// Jobs to be enqueued, each once, in an order that is the same for all transactions: none waits for another in a ring.
pub(super) type Enqueued = BTreeMap<(OrganisationId, String, String), (JobId, Timestamp)>;

impl Tx {
    /// Writes what was enqueued so far.
    pub(super) async fn write_enqueued(&mut self) -> Result<(), StoreError> {
        for ((organisation, kind, subject), (id, run_at)) in std::mem::take(&mut self.enqueued) {
            self.run(
                sql("INSERT INTO jobs (id, organisation_id, kind, subject, state, run_at, attempts, taken_over)
                     VALUES ($1, $2, $3, $4, 'queued', $5, 0, 0)
                     ON CONFLICT (organisation_id, kind, subject) DO UPDATE SET
                         state = CASE jobs.state WHEN 'parked' THEN 'queued' ELSE jobs.state END,
                         run_at = CASE
                             WHEN jobs.state = 'parked' THEN excluded.run_at
                             WHEN jobs.state = 'queued' AND excluded.run_at < jobs.run_at THEN excluded.run_at
                             ELSE jobs.run_at END,
                         note = CASE jobs.state WHEN 'parked' THEN NULL ELSE jobs.note END,
                         again_at = CASE
                             WHEN jobs.state <> 'leased' THEN NULL
                             WHEN jobs.again_at < excluded.run_at THEN jobs.again_at
                             ELSE excluded.run_at END")
                .bind(id)
                .bind(organisation)
                .bind(kind.as_str())
                .bind(subject.as_str())
                .bind(run_at),
            )
            .await?;
        }
        Ok(())
    }

    /// Queues a leased job for a moment, or an earlier one that it was enqueued for meanwhile.
    async fn queue_again(
        &mut self,
        id: JobId,
        owner: &str,
        run_at: Timestamp,
        note: &str,
        failed: bool,
    ) -> Result<bool, StoreError> {
        self.write_enqueued().await?;
        let queued = self
            .run(
                sql("UPDATE jobs SET state = 'queued', run_at = CASE WHEN again_at < $3 THEN again_at ELSE $3 END,
                         attempts = CASE WHEN $5 = 1 THEN attempts ELSE 0 END, note = $4, taken_over = 0,
                         leased_by = NULL, leased_until = NULL, again_at = NULL
                     WHERE id = $1 AND state = 'leased' AND leased_by = $2")
                .bind(id)
                .bind(owner)
                .bind(run_at)
                .bind(note)
                .bind(failed),
            )
            .await?;
        Ok(queued > 0)
    }
}

#[async_trait]
impl Jobs for Tx {
    async fn enqueue(
        &mut self,
        organisation: OrganisationId,
        id: JobId,
        kind: &str,
        subject: &str,
        run_at: Timestamp,
    ) -> Result<(), StoreError> {
        let job = (organisation, kind.to_owned(), subject.to_owned());
        let (_, earliest) = self.enqueued.entry(job).or_insert((id, run_at));
        *earliest = run_at.min(*earliest);
        Ok(())
    }

    /// Oldest first. A job that was due long ago is not passed over for a newer one.
    async fn lease(
        &mut self,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        self.write_enqueued().await?;
        let statement = match self.dialect {
            Dialect::Sqlite => sql(lease!("")),
            Dialect::Postgres => sql(lease!("FOR UPDATE SKIP LOCKED")),
        };
        let rows = self
            .all(statement.bind(now).bind(limit).bind(owner).bind(until))
            .await?;
        let mut jobs = rows.iter().map(job).collect::<Result<Vec<_>, _>>()?;
        jobs.sort_by_key(|job| (job.run_at, job.id));
        Ok(jobs)
    }

    async fn renew_lease(
        &mut self,
        id: JobId,
        owner: &str,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write_enqueued().await?;
        let renewed = self
            .run(
                sql("UPDATE jobs SET leased_until = $3 WHERE id = $1 AND state = 'leased' AND leased_by = $2")
                    .bind(id)
                    .bind(owner)
                    .bind(until),
            )
            .await?;
        Ok(renewed > 0)
    }

    /// It is queued again for the moment it was enqueued for, at once if that is past, as a new job: without
    /// attempts and note. Removing comes first: an enqueuing between the two statements is then still seen.
    async fn finish_job(
        &mut self,
        id: JobId,
        owner: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write_enqueued().await?;
        let removed = self
            .run(
                sql("DELETE FROM jobs WHERE id = $1 AND state = 'leased' AND leased_by = $2 AND again_at IS NULL")
                    .bind(id)
                    .bind(owner),
            )
            .await?;
        if removed > 0 {
            return Ok(true);
        }
        let queued = self
            .run(
                sql("UPDATE jobs SET state = 'queued', run_at = CASE WHEN again_at > $3 THEN again_at ELSE $3 END,
                         attempts = 0, note = NULL, taken_over = 0, leased_by = NULL, leased_until = NULL,
                         again_at = NULL
                     WHERE id = $1 AND state = 'leased' AND leased_by = $2")
                .bind(id)
                .bind(owner)
                .bind(now),
            )
            .await?;
        Ok(queued > 0)
    }

    async fn postpone_job(
        &mut self,
        id: JobId,
        owner: &str,
        run_at: Timestamp,
        note: &str,
    ) -> Result<bool, StoreError> {
        self.queue_again(id, owner, run_at, note, false).await
    }

    async fn retry_job(
        &mut self,
        id: JobId,
        owner: &str,
        run_at: Timestamp,
        note: &str,
    ) -> Result<bool, StoreError> {
        self.queue_again(id, owner, run_at, note, true).await
    }

    async fn park_job(&mut self, id: JobId, owner: &str, note: &str) -> Result<bool, StoreError> {
        self.write_enqueued().await?;
        let parked = self
            .run(
                sql("UPDATE jobs SET state = CASE WHEN again_at IS NULL THEN 'parked' ELSE 'queued' END,
                         attempts = 0, run_at = COALESCE(again_at, run_at),
                         note = CASE WHEN again_at IS NULL THEN $3 ELSE NULL END,
                         taken_over = 0, leased_by = NULL, leased_until = NULL, again_at = NULL
                     WHERE id = $1 AND state = 'leased' AND leased_by = $2")
                .bind(id)
                .bind(owner)
                .bind(note),
            )
            .await?;
        Ok(parked > 0)
    }

    async fn job(
        &mut self,
        organisation: OrganisationId,
        kind: &str,
        subject: &str,
    ) -> Result<Option<Job>, StoreError> {
        self.write_enqueued().await?;
        let row = self
            .one(
                sql("SELECT id, organisation_id, kind, subject, state, run_at, attempts, note, taken_over
                     FROM jobs WHERE organisation_id = $1 AND kind = $2 AND subject = $3")
                .bind(organisation)
                .bind(kind)
                .bind(subject),
            )
            .await?;
        row.as_ref().map(job).transpose()
    }

    async fn jobs_of_kind(
        &mut self,
        organisation: OrganisationId,
        kind: &str,
    ) -> Result<Vec<Job>, StoreError> {
        self.write_enqueued().await?;
        let rows = self
            .all(
                sql("SELECT id, organisation_id, kind, subject, state, run_at, attempts, note, taken_over
                     FROM jobs WHERE organisation_id = $1 AND kind = $2")
                .bind(organisation)
                .bind(kind),
            )
            .await?;
        rows.iter().map(job).collect()
    }

    async fn next_due(&mut self) -> Result<Option<Timestamp>, StoreError> {
        self.write_enqueued().await?;
        let row = self
            .one(sql(
                "SELECT MIN(CASE state WHEN 'queued' THEN run_at ELSE leased_until END) AS due
                      FROM jobs WHERE state IN ('queued', 'leased')",
            ))
            .await?;
        row.map_or(Ok(None), |row| Cells::new(&row, "jobs", "due").get("due"))
    }
}
