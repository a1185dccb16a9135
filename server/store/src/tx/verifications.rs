//! Verifications.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    ids::{OrderId, OrganisationId, ShopId},
    server::ports::{
        storage::StoreError,
        verifications::{Verification, Verifications},
    },
    time::Timestamp,
};

#[async_trait]
impl Verifications for Tx {
    async fn verification(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Option<Verification>, StoreError> {
        let row = self
            .one(
                sql("SELECT order_id, light, answer, asked, asked_at, next_at, trouble FROM verifications
                     WHERE organisation_id = $1 AND order_id = $2")
                .bind(organisation)
                .bind(order),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "verifications", "order_id");
            Ok(Verification {
                order,
                light: cells.parsed_opt("light")?,
                lines: cells.json("answer")?,
                asked: cells.get("asked")?,
                asked_at: cells.get("asked_at")?,
                next_at: cells.get("next_at")?,
                trouble: cells.get("trouble")?,
            })
        })
        .transpose()
    }

    async fn save_verification(
        &mut self,
        organisation: OrganisationId,
        verification: &Verification,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO verifications (organisation_id, order_id, light, answer, asked, asked_at, next_at, trouble)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (organisation_id, order_id) DO UPDATE SET
                     light = excluded.light, answer = excluded.answer, asked = excluded.asked,
                     asked_at = excluded.asked_at, next_at = excluded.next_at, trouble = excluded.trouble")
            .bind(organisation)
            .bind(verification.order)
            .bind(verification.light.map(desk::verification::Light::as_str))
            .bind(&json(&verification.lines)?)
            .bind(verification.asked)
            .bind(verification.asked_at)
            .bind(verification.next_at)
            .bind(verification.trouble.as_deref()),
        )
        .await?;
        self.order_changed(organisation, verification.order, false)
            .await
    }

    async fn due_verifications(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        let rows = self
            .all(
                sql("SELECT v.order_id FROM verifications v
                     JOIN orders o ON o.organisation_id = v.organisation_id AND o.id = v.order_id
                     WHERE v.organisation_id = $1 AND o.shop_id = $2 AND v.next_at <= $3
                     ORDER BY o.ship_by_at ASC NULLS LAST, v.next_at, v.order_id LIMIT $4")
                .bind(organisation)
                .bind(shop)
                .bind(now)
                .bind(limit),
            )
            .await?;
        rows.iter()
            .map(|row| Cells::new(row, "verifications", "order_id").parsed("order_id"))
            .collect()
    }

    async fn next_verification(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let row = self
            .one(
                sql("SELECT MIN(v.next_at) AS due FROM verifications v
                     JOIN orders o ON o.organisation_id = v.organisation_id AND o.id = v.order_id
                     WHERE v.organisation_id = $1 AND o.shop_id = $2 AND v.next_at IS NOT NULL")
                .bind(organisation)
                .bind(shop),
            )
            .await?;
        row.map_or(Ok(None), |row| {
            Cells::new(&row, "verifications", "due").get("due")
        })
    }
}
