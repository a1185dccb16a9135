//! Shipments, and of which boxes labels were fetched.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    ids::{OrderId, OrganisationId, ShopId},
    server::ports::{
        shipments::{PrintedLabels, Shipment, Shipments},
        storage::StoreError,
    },
    shipping::ShippingState,
    time::Timestamp,
};
use sqlx::any::AnyRow;

fn shipment(row: &AnyRow) -> Result<Shipment, StoreError> {
    let cells = Cells::new(row, "shipments", "order_id");
    Ok(Shipment {
        order: cells.parsed("order_id")?,
        state: cells.parsed("state")?,
        user: cells.parsed("user_id")?,
        asked_at: cells.get("asked_at")?,
        attempts: cells.get("attempts")?,
        next_at: cells.get("next_at")?,
        settled_at: cells.get("settled_at")?,
        refusal: cells.json_opt("refusal")?,
        trouble: cells.get("trouble")?,
    })
}

#[async_trait]
impl Shipments for Tx {
    async fn shipment(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Option<Shipment>, StoreError> {
        let row = self
            .one(
                sql("SELECT order_id, state, user_id, asked_at, attempts, next_at, settled_at, refusal, trouble
                     FROM shipments WHERE organisation_id = $1 AND order_id = $2")
                .bind(organisation)
                .bind(order),
            )
            .await?;
        row.as_ref().map(shipment).transpose()
    }

    /// The order is locked first, so that two who ask at once go one after another.
    async fn save_shipment(
        &mut self,
        organisation: OrganisationId,
        shipment: &Shipment,
        from: Option<ShippingState>,
    ) -> Result<bool, StoreError> {
        if !self.lock_order(organisation, shipment.order).await? {
            return Ok(false);
        }
        let refusal = shipment.refusal.as_ref().map(json).transpose()?;
        let written = match from {
            None => {
                self.run(
                    sql("INSERT INTO shipments (organisation_id, order_id, state, user_id, asked_at, attempts, next_at,
                             settled_at, refusal, trouble)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                         ON CONFLICT (organisation_id, order_id) DO NOTHING")
                    .bind(organisation)
                    .bind(shipment.order)
                    .bind(shipment.state.as_str())
                    .bind(shipment.user)
                    .bind(shipment.asked_at)
                    .bind(shipment.attempts)
                    .bind(shipment.next_at)
                    .bind(shipment.settled_at)
                    .bind(refusal.as_deref())
                    .bind(shipment.trouble.as_deref()),
                )
                .await?
            }
            Some(from) => {
                self.run(
                    sql("UPDATE shipments SET state = $4, user_id = $5, asked_at = $6, attempts = $7, next_at = $8,
                             settled_at = $9, refusal = $10, trouble = $11
                         WHERE organisation_id = $1 AND order_id = $2 AND state = $3")
                    .bind(organisation)
                    .bind(shipment.order)
                    .bind(from.as_str())
                    .bind(shipment.state.as_str())
                    .bind(shipment.user)
                    .bind(shipment.asked_at)
                    .bind(shipment.attempts)
                    .bind(shipment.next_at)
                    .bind(shipment.settled_at)
                    .bind(refusal.as_deref())
                    .bind(shipment.trouble.as_deref()),
                )
                .await?
            }
        };
        if written > 0 {
            self.order_changed(organisation, shipment.order, false)
                .await?;
        }
        Ok(written > 0)
    }

    async fn due_shipments(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Shipment>, StoreError> {
        let rows = self
            .all(
                sql("SELECT h.order_id, h.state, h.user_id, h.asked_at, h.attempts, h.next_at, h.settled_at, h.refusal,
                         h.trouble
                     FROM shipments h
                     JOIN orders o ON o.organisation_id = h.organisation_id AND o.id = h.order_id
                     WHERE h.organisation_id = $1 AND o.shop_id = $2 AND h.state IN ('queued', 'sending', 'unknown')
                         AND h.next_at <= $3
                     ORDER BY o.ship_by_at ASC NULLS LAST, h.asked_at, h.order_id LIMIT $4")
                .bind(organisation)
                .bind(shop)
                .bind(now)
                .bind(limit),
            )
            .await?;
        rows.iter().map(shipment).collect()
    }

    async fn next_shipment(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let row = self
            .one(
                sql("SELECT MIN(h.next_at) AS due FROM shipments h
                     JOIN orders o ON o.organisation_id = h.organisation_id AND o.id = h.order_id
                     WHERE h.organisation_id = $1 AND o.shop_id = $2 AND h.state IN ('queued', 'sending', 'unknown')")
                .bind(organisation)
                .bind(shop),
            )
            .await?;
        row.map_or(Ok(None), |row| {
            Cells::new(&row, "shipments", "due").get("due")
        })
    }

    async fn wake_shipments(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE shipments SET next_at = $3
                 WHERE organisation_id = $1 AND state IN ('queued', 'sending', 'unknown')
                     AND order_id IN (SELECT id FROM orders WHERE organisation_id = $1 AND shop_id = $2)")
            .bind(organisation)
            .bind(shop)
            .bind(now),
        )
        .await?;
        Ok(())
    }

    async fn forget_shipment(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<(), StoreError> {
        let removed = self
            .run(
                sql("DELETE FROM shipments WHERE organisation_id = $1 AND order_id = $2 AND state IN ('queued', 'refused')")
                    .bind(organisation)
                    .bind(order),
            )
            .await?;
        if removed > 0 {
            self.order_changed(organisation, order, false).await?;
        }
        Ok(())
    }

    async fn note_labels(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        printed: &PrintedLabels,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE orders SET labels_of = $3, labels_at = $4 WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(order)
                .bind(printed.submission)
                .bind(printed.at),
        )
        .await?;
        Ok(())
    }

    async fn printed_labels(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Option<PrintedLabels>, StoreError> {
        let row = self
            .one(
                sql("SELECT id, labels_of, labels_at FROM orders
                     WHERE organisation_id = $1 AND id = $2 AND labels_at IS NOT NULL")
                .bind(organisation)
                .bind(order),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "orders", "id");
            Ok(PrintedLabels {
                submission: cells.get("labels_of")?,
                at: cells.get("labels_at")?,
            })
        })
        .transpose()
    }
}
