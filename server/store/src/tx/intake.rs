//! Everything that was ever scanned or pasted.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    ids::{IntakeId, OrderId, OrganisationId},
    orders::placing::Verdict,
    server::ports::storage::{Intake, IntakeRecord, StoreError},
    time::Timestamp,
};
use sqlx::any::AnyRow;

fn record(row: &AnyRow) -> Result<IntakeRecord, StoreError> {
    let cells = Cells::new(row, "intake", "id");
    Ok(IntakeRecord {
        id: cells.parsed("id")?,
        order: cells.parsed("order_id")?,
        user: cells.parsed("user_id")?,
        raw: cells.json("raw")?,
        verdict: cells.json("verdict")?,
        at: cells.get("came_at")?,
    })
}

fn lies_in_a_slot(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Placed { .. })
}

#[async_trait]
impl Intake for Tx {
    async fn add_intake(
        &mut self,
        organisation: OrganisationId,
        record: &IntakeRecord,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO intake (organisation_id, id, order_id, user_id, raw, verdict, placed, came_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(organisation)
            .bind(record.id)
            .bind(record.order)
            .bind(record.user)
            .bind(&json(&record.raw)?)
            .bind(&json(&record.verdict)?)
            .bind(lies_in_a_slot(&record.verdict))
            .bind(record.at),
        )
        .await?;
        Ok(())
    }

    async fn unplaced(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        limit: u32,
    ) -> Result<Vec<IntakeRecord>, StoreError> {
        let rows = self
            .all(
                sql("SELECT id, order_id, user_id, raw, verdict, came_at FROM intake
                     WHERE organisation_id = $1 AND order_id = $2 AND placed = 0 AND dismissed_at IS NULL
                     ORDER BY came_at DESC, id DESC LIMIT $3")
                .bind(organisation)
                .bind(order)
                .bind(limit),
            )
            .await?;
        rows.iter().map(record).collect()
    }

    async fn intake(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        id: IntakeId,
    ) -> Result<Option<IntakeRecord>, StoreError> {
        let row = self
            .one(
                sql(
                    "SELECT id, order_id, user_id, raw, verdict, came_at FROM intake
                     WHERE organisation_id = $1 AND order_id = $2 AND id = $3",
                )
                .bind(organisation)
                .bind(order)
                .bind(id),
            )
            .await?;
        row.as_ref().map(record).transpose()
    }

    async fn settle_intake(
        &mut self,
        organisation: OrganisationId,
        id: IntakeId,
        verdict: &Verdict,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE intake SET verdict = $3, placed = $4 WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(id)
                .bind(&json(verdict)?)
                .bind(lies_in_a_slot(verdict)),
        )
        .await?;
        Ok(())
    }

    async fn dismiss_intake(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        id: Option<IntakeId>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE intake SET dismissed_at = $4
                 WHERE organisation_id = $1 AND order_id = $2 AND ($3 IS NULL OR id = $3)
                     AND placed = 0 AND dismissed_at IS NULL")
            .bind(organisation)
            .bind(order)
            .bind(id)
            .bind(at),
        )
        .await?;
        Ok(())
    }
}
