//! Who did what. Only ever added to.

use super::Tx;
use crate::{row::Cells, statement::sql};
use async_trait::async_trait;
use desk::{
    account::Email,
    ids::OrganisationId,
    server::ports::storage::{Journal, JournalEntry, StoreError},
};

#[async_trait]
impl Journal for Tx {
    async fn write_journal(
        &mut self,
        organisation: OrganisationId,
        entry: &JournalEntry,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO journal (organisation_id, happened_at, user_id, action, subject, detail)
                 VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(organisation)
            .bind(entry.at)
            .bind(entry.user)
            .bind(entry.action.as_str())
            .bind(&entry.subject)
            .bind(&entry.detail),
        )
        .await?;
        Ok(())
    }

    async fn journal(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<(JournalEntry, Option<Email>)>, StoreError> {
        let rows = self
            .all(
                sql(
                    "SELECT j.seq, j.happened_at, j.user_id, j.action, j.subject, j.detail, u.email
                     FROM journal j LEFT JOIN users u ON u.id = j.user_id
                     WHERE j.organisation_id = $1 ORDER BY j.happened_at DESC, j.seq DESC LIMIT $2",
                )
                .bind(organisation)
                .bind(limit),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "journal", "seq");
                let entry = JournalEntry {
                    at: cells.get("happened_at")?,
                    user: cells.parsed_opt("user_id")?,
                    action: cells.parsed("action")?,
                    subject: cells.get("subject")?,
                    detail: cells.get("detail")?,
                };
                Ok((
                    entry,
                    Cells::new(row, "users", "user_id").parsed_opt("email")?,
                ))
            })
            .collect()
    }
}
