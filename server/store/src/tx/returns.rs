//! Returns, and the marks that came back with them.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    ids::{OrderId, OrganisationId, ShopId},
    returns::{MarketReturn, ReturnedUnitStatus},
    server::ports::{
        returns::{ReturnedMark, Returns, UnitRecord},
        storage::{FactsChange, StoreError},
    },
    time::Timestamp,
};

impl Tx {
    /// Writes a return's row; [`FactsChange::Same`] when an older reading or the same facts are in the way.
    async fn write_return(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        order: Option<OrderId>,
        facts: &MarketReturn,
        read_at: Timestamp,
    ) -> Result<FactsChange, StoreError> {
        let text = json(facts)?;
        let added = self
            .run(
                sql("INSERT INTO returns (organisation_id, shop_id, number, order_id, facts, updated_at, read_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)
                     ON CONFLICT (organisation_id, shop_id, number) DO NOTHING")
                .bind(organisation)
                .bind(shop)
                .bind(facts.id)
                .bind(order)
                .bind(&text)
                .bind(facts.updated_at)
                .bind(read_at),
            )
            .await?;
        if added > 0 {
            return Ok(FactsChange::New);
        }
        let changed = self
            .run(
                sql("UPDATE returns SET order_id = COALESCE($4, order_id), facts = $5, updated_at = $6, read_at = $7
                     WHERE organisation_id = $1 AND shop_id = $2 AND number = $3 AND read_at <= $7
                         AND (facts <> $5 OR (order_id IS NULL AND $4 IS NOT NULL))")
                .bind(organisation)
                .bind(shop)
                .bind(facts.id)
                .bind(order)
                .bind(&text)
                .bind(facts.updated_at)
                .bind(read_at),
            )
            .await?;
        Ok(if changed > 0 {
            FactsChange::Changed
        } else {
            FactsChange::Same
        })
    }
}

#[async_trait]
impl Returns for Tx {
    async fn save_return(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        order: Option<OrderId>,
        facts: &MarketReturn,
        units: &[UnitRecord],
        read_at: Timestamp,
    ) -> Result<FactsChange, StoreError> {
        let change = self
            .write_return(organisation, shop, order, facts, read_at)
            .await?;
        if change == FactsChange::Same {
            return Ok(change);
        }
        self.run(
            sql("DELETE FROM returned_units
                 WHERE organisation_id = $1 AND shop_id = $2 AND return_number = $3")
            .bind(organisation)
            .bind(shop)
            .bind(facts.id),
        )
        .await?;
        for (unit, position) in units.iter().zip(0_i64..) {
            self.run(
                sql("INSERT INTO returned_units (organisation_id, shop_id, return_number, position, mark_key, status,
                         stock_type)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)")
                .bind(organisation)
                .bind(shop)
                .bind(facts.id)
                .bind(position)
                .bind(unit.mark_key.as_deref())
                .bind(unit.unit.status.as_ref().map(ReturnedUnitStatus::as_str))
                .bind(unit.unit.stock_type.as_deref()),
            )
            .await?;
        }
        Ok(change)
    }

    async fn returned_marks(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Vec<ReturnedMark>, StoreError> {
        let rows = self
            .all(
                sql("SELECT r.number, r.facts, r.updated_at, u.mark_key, u.status, u.stock_type
                     FROM returns r
                     JOIN returned_units u ON u.organisation_id = r.organisation_id AND u.shop_id = r.shop_id
                         AND u.return_number = r.number
                     WHERE r.organisation_id = $1 AND r.order_id = $2 AND u.mark_key IS NOT NULL
                     ORDER BY r.number DESC, u.position")
                .bind(organisation)
                .bind(order),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "returns", "number");
                let facts: MarketReturn = cells.json("facts")?;
                Ok(ReturnedMark {
                    number: facts.id,
                    kind: facts.kind,
                    mark_key: cells.get("mark_key")?,
                    status: cells.get::<Option<String>>("status")?.map(Into::into),
                    stock_type: cells.get("stock_type")?,
                    updated_at: cells.get("updated_at")?,
                })
            })
            .collect()
    }

    /// The order's revision grows and that of its slots does not: nothing was taken out of them, so what was sent
    /// of them is still what they hold.
    async fn release_mark(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        mark_key: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        if !self.lock_order(organisation, order).await? {
            return Ok(false);
        }
        let released = self
            .run(
                sql(
                    "UPDATE slots SET released_at = $4
                     WHERE organisation_id = $1 AND order_id = $2 AND mark_key = $3 AND released_at IS NULL",
                )
                .bind(organisation)
                .bind(order)
                .bind(mark_key)
                .bind(at),
            )
            .await?;
        if released > 0 {
            self.order_changed(organisation, order, false).await?;
        }
        Ok(released > 0)
    }

    async fn returns_read_at(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let row = self
            .one(
                sql("SELECT id, returns_read_at FROM shops WHERE organisation_id = $1 AND id = $2")
                    .bind(organisation)
                    .bind(shop),
            )
            .await?;
        row.map_or(Ok(None), |row| {
            Cells::new(&row, "shops", "id").get("returns_read_at")
        })
    }

    async fn mark_returns_read(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE shops SET returns_read_at = $3 WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(shop)
                .bind(at),
        )
        .await?;
        Ok(())
    }
}
