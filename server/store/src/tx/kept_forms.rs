//! Filled forms of orders of codes that made no order.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    ids::{EmissionId, OrganisationId, UserId},
    server::ports::{
        kept_forms::{KeptForm, KeptForms},
        storage::StoreError,
    },
    time::Timestamp,
};

#[async_trait]
impl KeptForms for Tx {
    async fn keep_form(
        &mut self,
        organisation: OrganisationId,
        user: UserId,
        form: &KeptForm,
        since: Timestamp,
        most: u32,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO emission_forms (organisation_id, user_id, id, connection_id, draft, answer, kept_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (organisation_id, user_id, id) DO UPDATE
                     SET connection_id = excluded.connection_id, draft = excluded.draft, answer = excluded.answer,
                         kept_at = excluded.kept_at")
            .bind(organisation)
            .bind(user)
            .bind(form.id)
            .bind(form.connection)
            .bind(&json(&form.draft)?)
            .bind(&json(&form.answer)?)
            .bind(form.kept_at),
        )
        .await?;
        self.run(
            sql("DELETE FROM emission_forms WHERE organisation_id = $1 AND kept_at < $2")
                .bind(organisation)
                .bind(since),
        )
        .await?;
        self.run(
            sql(
                "DELETE FROM emission_forms WHERE organisation_id = $1 AND user_id = $2 AND id NOT IN
                     (SELECT f.id FROM emission_forms f WHERE f.organisation_id = $1 AND f.user_id = $2
                      ORDER BY f.kept_at DESC, f.id DESC LIMIT $3)",
            )
            .bind(organisation)
            .bind(user)
            .bind(most),
        )
        .await?;
        Ok(())
    }

    async fn kept_form(
        &mut self,
        organisation: OrganisationId,
        user: UserId,
        id: EmissionId,
        since: Timestamp,
    ) -> Result<Option<KeptForm>, StoreError> {
        let row = self
            .one(
                sql(
                    "SELECT id, connection_id, draft, answer, kept_at FROM emission_forms
                     WHERE organisation_id = $1 AND user_id = $2 AND id = $3 AND kept_at >= $4",
                )
                .bind(organisation)
                .bind(user)
                .bind(id)
                .bind(since),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "emission_forms", "id");
            Ok(KeptForm {
                id: cells.parsed("id")?,
                connection: cells.parsed("connection_id")?,
                draft: cells.json("draft")?,
                answer: cells.json("answer")?,
                kept_at: cells.get("kept_at")?,
            })
        })
        .transpose()
    }

    async fn drop_kept_form(
        &mut self,
        organisation: OrganisationId,
        user: UserId,
        id: EmissionId,
    ) -> Result<(), StoreError> {
        self.run(
            sql("DELETE FROM emission_forms WHERE organisation_id = $1 AND user_id = $2 AND id = $3")
                .bind(organisation)
                .bind(user)
                .bind(id),
        )
        .await?;
        Ok(())
    }
}
