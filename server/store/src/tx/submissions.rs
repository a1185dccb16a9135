//! Submissions. Adding and moving lock the order, so the newest number and «one in flight» are decided one after
//! another; the unique indices stand behind that.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    ids::{OrderId, OrganisationId, SubmissionId},
    server::ports::storage::{StoreError, Submission, Submissions},
    submission::SubmissionState,
};
use sqlx::any::AnyRow;

fn submission(row: &AnyRow) -> Result<Submission, StoreError> {
    let cells = Cells::new(row, "submissions", "id");
    Ok(Submission {
        id: cells.parsed("id")?,
        order: cells.parsed("order_id")?,
        number: cells.get("number")?,
        state: cells.parsed("state")?,
        body: cells.get::<String>("body")?.into_bytes(),
        before: cells.get("held_before")?,
        units: cells.get("units")?,
        slots_revision: cells.get("slots_revision")?,
        user: cells.parsed("user_id")?,
        attempts: cells.get("attempts")?,
        stored_at: cells.get("stored_at")?,
        sent_at: cells.get("sent_at")?,
        settled_at: cells.get("settled_at")?,
        refusal: cells.json_opt("refusal")?,
        trouble: cells.get("trouble")?,
    })
}

/// The body as the text it is kept as: JSON, so UTF-8 without U+0000. Anything else is refused before it could
/// come back as other bytes than were stored.
fn body(submission: &Submission) -> Result<&str, StoreError> {
    let refused = |why: String| StoreError::Inconsistent {
        table: "submissions",
        column: "body",
        row: submission.id.to_string(),
        why,
    };
    let text = std::str::from_utf8(&submission.body).map_err(|error| refused(error.to_string()))?;
    if text.contains('\0') {
        Err(refused("U+0000 in it".to_owned()))
    } else {
        Ok(text)
    }
}

#[async_trait]
impl Submissions for Tx {
    async fn newest_submission(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Option<Submission>, StoreError> {
        let row = self
            .one(
                sql("SELECT id, order_id, number, state, body, held_before, units, slots_revision, user_id, attempts,
                         stored_at, sent_at, settled_at, refusal, trouble
                     FROM submissions WHERE organisation_id = $1 AND order_id = $2
                     ORDER BY number DESC LIMIT 1")
                .bind(organisation)
                .bind(order),
            )
            .await?;
        row.as_ref().map(submission).transpose()
    }

    async fn submission(
        &mut self,
        organisation: OrganisationId,
        id: SubmissionId,
    ) -> Result<Option<Submission>, StoreError> {
        let row = self
            .one(
                sql("SELECT id, order_id, number, state, body, held_before, units, slots_revision, user_id, attempts,
                         stored_at, sent_at, settled_at, refusal, trouble
                     FROM submissions WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        row.as_ref().map(submission).transpose()
    }

    /// Oldest first.
    async fn submissions_in_flight(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<SubmissionId>, StoreError> {
        let rows = self
            .all(
                sql("SELECT id FROM submissions
                     WHERE organisation_id = $1 AND state IN ('queued', 'sending', 'unknown')
                     ORDER BY stored_at, id")
                .bind(organisation),
            )
            .await?;
        rows.iter()
            .map(|row| Cells::new(row, "submissions", "id").parsed("id"))
            .collect()
    }

    async fn add_submission(
        &mut self,
        organisation: OrganisationId,
        submission: &Submission,
    ) -> Result<bool, StoreError> {
        let body = body(submission)?;
        self.lock_order(organisation, submission.order).await?;
        let added = self
            .run(
                sql("INSERT INTO submissions (organisation_id, order_id, number, id, state, body, held_before, units,
                         slots_revision, user_id, attempts, stored_at, sent_at, settled_at, refusal, trouble)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
                     ON CONFLICT DO NOTHING")
                .bind(organisation)
                .bind(submission.order)
                .bind(submission.number)
                .bind(submission.id)
                .bind(submission.state.as_str())
                .bind(body)
                .bind(submission.before.as_deref())
                .bind(submission.units)
                .bind(submission.slots_revision)
                .bind(submission.user)
                .bind(submission.attempts)
                .bind(submission.stored_at)
                .bind(submission.sent_at)
                .bind(submission.settled_at)
                .bind(submission.refusal.as_ref().map(json).transpose()?.as_deref())
                .bind(submission.trouble.as_deref()),
            )
            .await?;
        Ok(added > 0)
    }

    /// Also false when it would be the second in flight.
    async fn move_submission(
        &mut self,
        organisation: OrganisationId,
        submission: &Submission,
        from: SubmissionState,
    ) -> Result<bool, StoreError> {
        if !self.lock_order(organisation, submission.order).await? {
            return Ok(false);
        }
        let moved = self
            .run_unless_taken(
                sql("UPDATE submissions SET state = $5, held_before = $6, units = $7, slots_revision = $8,
                         user_id = $9, attempts = $10, stored_at = $11, sent_at = $12, settled_at = $13,
                         refusal = $14, trouble = $15
                     WHERE organisation_id = $1 AND order_id = $2 AND id = $3 AND state = $4")
                .bind(organisation)
                .bind(submission.order)
                .bind(submission.id)
                .bind(from.as_str())
                .bind(submission.state.as_str())
                .bind(submission.before.as_deref())
                .bind(submission.units)
                .bind(submission.slots_revision)
                .bind(submission.user)
                .bind(submission.attempts)
                .bind(submission.stored_at)
                .bind(submission.sent_at)
                .bind(submission.settled_at)
                .bind(submission.refusal.as_ref().map(json).transpose()?.as_deref())
                .bind(submission.trouble.as_deref()),
            )
            .await?;
        if moved > 0 {
            self.order_changed(organisation, submission.order, false)
                .await?;
        }
        Ok(moved > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The names stand in the index and in a query, where the database cannot ask the rules.
    #[test]
    fn in_flight_means_the_same_in_the_rules_and_in_the_statements() {
        use SubmissionState::{Accepted, Conflict, Queued, Refused, Sending, Superseded, Unknown};
        let in_flight: BTreeSet<_> = [
            Queued, Sending, Unknown, Accepted, Refused, Conflict, Superseded,
        ]
        .into_iter()
        .filter(|state| state.in_flight())
        .map(SubmissionState::as_str)
        .collect();
        assert_eq!(in_flight, BTreeSet::from(["queued", "sending", "unknown"]));
    }
}
