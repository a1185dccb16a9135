//! Slots and the stock of codes. Whoever changes a slot locks its order first, so two hands in one order go one
//! after another, and two orders meet only where they want the same mark: there the unique index decides.

use super::Tx;
use crate::{row::Cells, statement::sql};
use async_trait::async_trait;
use desk::{
    codes::EventKind,
    ids::{OrderId, OrganisationId, SlotId},
    server::ports::storage::{Binding, MarkRecord, Slots, StoreError},
    time::Timestamp,
};

#[async_trait]
impl Slots for Tx {
    async fn keep_code(
        &mut self,
        organisation: OrganisationId,
        mark: &MarkRecord,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.keep_all(organisation, std::slice::from_ref(mark), at)
            .await
    }

    async fn binding_of(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Option<Binding>, StoreError> {
        let row = self
            .one(
                sql("SELECT s.id AS slot_id, s.order_id, o.number, l.name
                     FROM slots s
                     JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id
                     JOIN lines l ON l.organisation_id = s.organisation_id AND l.order_id = s.order_id
                         AND l.id = s.line_id
                     WHERE s.organisation_id = $1 AND s.mark_key = $2 AND s.released_at IS NULL")
                .bind(organisation)
                .bind(key),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "slots", "slot_id");
            Ok(Binding {
                order: cells.parsed("order_id")?,
                number: Cells::new(&row, "orders", "order_id").get("number")?,
                slot: cells.parsed("slot_id")?,
                product: Cells::new(&row, "lines", "slot_id").get("name")?,
            })
        })
        .transpose()
    }

    async fn fill_slot(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        slot: SlotId,
        mark: &MarkRecord,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        if !self.lock_order(organisation, order).await? {
            return Ok(false);
        }
        let filled = self
            .run_unless_taken(
                sql(
                    "UPDATE slots SET mark_key = $4, mark_text = $5, filled_at = $6, released_at = NULL
                     WHERE organisation_id = $1 AND order_id = $2 AND id = $3 AND mark_key IS NULL
                         AND NOT EXISTS (SELECT 1 FROM slots other
                                         WHERE other.organisation_id = $1 AND other.mark_key = $4
                                             AND other.released_at IS NULL)",
                )
                .bind(organisation)
                .bind(order)
                .bind(slot)
                .bind(&mark.key)
                .bind(&mark.text)
                .bind(at),
            )
            .await?;
        if filled > 0 {
            self.order_changed(organisation, order, true).await?;
            self.note_slot(organisation, order, &mark.key, EventKind::Bound, at)
                .await?;
        }
        Ok(filled > 0)
    }

    /// Returns the key, for it goes into the journal, where no whole code may be.
    async fn clear_slot(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        slot: SlotId,
        at: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        if !self.lock_order(organisation, order).await? {
            return Ok(None);
        }
        let row = self
            .one(
                sql("SELECT id, mark_key, CASE WHEN released_at IS NULL THEN 1 ELSE 0 END AS held FROM slots
                     WHERE organisation_id = $1 AND order_id = $2 AND id = $3 AND mark_key IS NOT NULL")
                .bind(organisation)
                .bind(order)
                .bind(slot),
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        self.run(
            sql(
                "UPDATE slots SET mark_key = NULL, mark_text = NULL, filled_at = NULL, released_at = NULL
                 WHERE organisation_id = $1 AND order_id = $2 AND id = $3",
            )
            .bind(organisation)
            .bind(order)
            .bind(slot),
        )
        .await?;
        self.order_changed(organisation, order, true).await?;
        let key: String = Cells::new(&row, "slots", "id").get("mark_key")?;
        // One that was released before may lie elsewhere, and nothing happens to it.
        if Cells::new(&row, "slots", "id").get("held")? {
            self.note_slot(organisation, order, &key, EventKind::Unbound, at)
                .await?;
        }
        Ok(Some(key))
    }

    async fn set_extras(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        slot: SlotId,
        rnpt: Option<&str>,
        gtd: Option<&str>,
        country: Option<&str>,
    ) -> Result<bool, StoreError> {
        if !self.lock_order(organisation, order).await? {
            return Ok(false);
        }
        let written = self
            .run(
                sql("UPDATE slots SET rnpt = $4, gtd = $5, country = $6
                     WHERE organisation_id = $1 AND order_id = $2 AND id = $3")
                .bind(organisation)
                .bind(order)
                .bind(slot)
                .bind(rnpt)
                .bind(gtd)
                .bind(country),
            )
            .await?;
        if written > 0 {
            self.order_changed(organisation, order, true).await?;
        }
        Ok(written > 0)
    }

    async fn free_slots(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<u32, StoreError> {
        if !self.lock_order(organisation, order).await? {
            return Ok(0);
        }
        self.note_freed(organisation, order).await?;
        let freed = self
            .run(
                sql(
                    "UPDATE slots SET mark_key = NULL, mark_text = NULL, filled_at = NULL, released_at = NULL
                     WHERE organisation_id = $1 AND order_id = $2 AND mark_key IS NOT NULL",
                )
                .bind(organisation)
                .bind(order),
            )
            .await?;
        if freed > 0 {
            self.order_changed(organisation, order, true).await?;
        }
        Ok(u32::try_from(freed).unwrap_or(u32::MAX))
    }
}
