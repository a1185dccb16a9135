//! Submissions. Adding and moving lock the order, so the newest number and «one in flight» are decided one after
//! another; the unique indices stand behind that.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
    store::Dialect,
};
use async_trait::async_trait;
use desk::{
    ids::{OrderId, OrganisationId, ShopId, SubmissionId},
    server::ports::storage::{StoreError, Submission, Submissions},
    submission::SubmissionState,
    time::Timestamp,
};
use sqlx::any::AnyRow;

fn submission(row: &AnyRow) -> Result<Submission, StoreError> {
    let cells = Cells::new(row, "submissions", "id");
    Ok(Submission {
        id: cells.parsed("id")?,
        order: cells.parsed("order_id")?,
        number: cells.get("number")?,
        state: cells.parsed("state")?,
        carrier: cells.parsed("carrier")?,
        body: cells.get::<String>("body")?.into_bytes(),
        removals: cells.json_opt("removals")?.unwrap_or_default(),
        before: cells.get("held_before")?,
        units: cells.get("units")?,
        slots_revision: cells.get("slots_revision")?,
        user: cells.parsed("user_id")?,
        by_hand: cells.get("by_hand")?,
        attempts: cells.get("attempts")?,
        failures: cells.get("failures")?,
        stored_at: cells.get("stored_at")?,
        next_at: cells.get("next_at")?,
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

/// The query of both databases around the words that unfold a list.
macro_rules! due {
    ($listed:literal) => {
        concat!(
            "SELECT s.id, s.order_id, s.number, s.state, s.carrier, s.body, s.removals, s.held_before, s.units,
                 s.slots_revision, s.user_id, s.by_hand, s.attempts, s.failures, s.stored_at, s.next_at, s.sent_at,
                 s.settled_at, s.refusal, s.trouble
             FROM submissions s
             JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id
             WHERE s.organisation_id = $1 AND o.shop_id = $2 AND s.state IN ('queued', 'sending', 'unknown')
                 AND s.next_at <= $3 AND s.id NOT IN (",
            $listed,
            ")
             ORDER BY s.by_hand DESC, o.ship_by_at ASC NULLS LAST, s.stored_at, s.id LIMIT $5"
        )
    };
}

/// What was confirmed to be removed, as it is kept: nothing for nothing.
fn removals(submission: &Submission) -> Result<Option<String>, StoreError> {
    (!submission.removals.is_empty())
        .then(|| json(&submission.removals))
        .transpose()
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
                sql("SELECT id, order_id, number, state, carrier, body, removals, held_before, units, slots_revision,
                         user_id, by_hand, attempts, failures, stored_at, next_at, sent_at, settled_at, refusal,
                         trouble
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
                sql("SELECT id, order_id, number, state, carrier, body, removals, held_before, units, slots_revision,
                         user_id, by_hand, attempts, failures, stored_at, next_at, sent_at, settled_at, refusal,
                         trouble
                     FROM submissions WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        row.as_ref().map(submission).transpose()
    }

    async fn due_submissions(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
        except: &[SubmissionId],
        limit: u32,
    ) -> Result<Vec<Submission>, StoreError> {
        let except: Vec<String> = except.iter().map(ToString::to_string).collect();
        let statement = match self.dialect {
            Dialect::Sqlite => sql(due!("SELECT value FROM json_each($4)")),
            Dialect::Postgres => sql(due!("SELECT json_array_elements_text($4::json)")),
        };
        let rows = self
            .all(
                statement
                    .bind(organisation)
                    .bind(shop)
                    .bind(now)
                    .bind(&json(&except)?)
                    .bind(limit),
            )
            .await?;
        rows.iter().map(submission).collect()
    }

    async fn next_submission(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let row = self
            .one(
                sql("SELECT MIN(s.next_at) AS due FROM submissions s
                     JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id
                     WHERE s.organisation_id = $1 AND o.shop_id = $2 AND s.state IN ('queued', 'sending', 'unknown')")
                .bind(organisation)
                .bind(shop),
            )
            .await?;
        row.map_or(Ok(None), |row| {
            Cells::new(&row, "submissions", "due").get("due")
        })
    }

    async fn wake_submissions(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE submissions SET next_at = $3, failures = 0
                 WHERE organisation_id = $1 AND state IN ('queued', 'sending', 'unknown')
                     AND order_id IN (SELECT id FROM orders WHERE organisation_id = $1 AND shop_id = $2)")
            .bind(organisation)
            .bind(shop)
            .bind(now),
        )
        .await?;
        Ok(())
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
                         slots_revision, user_id, attempts, stored_at, sent_at, settled_at, refusal, trouble, carrier,
                         removals, by_hand, failures, next_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                         $21)
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
                .bind(submission.trouble.as_deref())
                .bind(submission.carrier.as_str())
                .bind(removals(submission)?.as_deref())
                .bind(submission.by_hand)
                .bind(submission.failures)
                .bind(submission.next_at),
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
                         refusal = $14, trouble = $15, by_hand = $16, failures = $17, next_at = $18
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
                .bind(submission.trouble.as_deref())
                .bind(submission.by_hand)
                .bind(submission.failures)
                .bind(submission.next_at),
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
