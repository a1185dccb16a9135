//! Orders and what products are known by. The list is in [`list`], the writing of facts in [`facts`].
//!
//! What a transaction learns of products is written when it ends, or when it asks what is known: many orders of one
//! offer are accepted at once, and its row would else be locked on PostgreSQL for as long as the longest of them takes.

mod facts;
mod list;

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    boxes::Plan,
    ids::{MarketOrderId, OrderId, OrganisationId, ShopId},
    marketplace::MarketOrder,
    orders::{WorkState, placing::KnownProduct},
    server::ports::storage::{FactsChange, Line, LinePlan, Order, Orders, Slot, StoreError},
    time::Timestamp,
};
use sqlx::any::AnyRow;
use std::collections::BTreeMap;

/// GTINs to be remembered with offers, with the product's name and the moment, each once, in an order that is the same
/// for all transactions: none waits for another in a ring.
pub(super) type Learned = BTreeMap<(OrganisationId, String, String), (String, Timestamp)>;

/// The slot of a row that joins it to its line, if the line has one.
pub(super) fn slot(row: &AnyRow) -> Result<Option<Slot>, StoreError> {
    let cells = Cells::new(row, "slots", "slot_id");
    let Some(id) = cells.parsed_opt("slot_id")? else {
        return Ok(None);
    };
    Ok(Some(Slot {
        id,
        number: cells.get("number")?,
        mark_key: cells.get("mark_key")?,
        mark_text: cells.get("mark_text")?,
        rnpt: cells.get("rnpt")?,
        gtd: cells.get("gtd")?,
        country: cells.get("country")?,
        filled_at: cells.get("filled_at")?,
    }))
}

impl Tx {
    /// Writes what was learned so far. A row that says so already is not touched: even an update that changes nothing
    /// would wait for whoever holds it.
    pub(super) async fn write_learned(&mut self) -> Result<(), StoreError> {
        for ((organisation, offer, gtin), (name, at)) in std::mem::take(&mut self.learned) {
            self.run(
                sql(
                    "INSERT INTO offer_gtins (organisation_id, offer, gtin, name, learned_at)
                     SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (
                         SELECT 1 FROM offer_gtins
                         WHERE organisation_id = $1 AND offer = $2 AND gtin = $3 AND name = $4
                     )
                     ON CONFLICT (organisation_id, offer, gtin) DO UPDATE
                     SET name = excluded.name, learned_at = excluded.learned_at",
                )
                .bind(organisation)
                .bind(offer.as_str())
                .bind(gtin.as_str())
                .bind(name.as_str())
                .bind(at),
            )
            .await?;
        }
        Ok(())
    }

    /// The order of a row, with its lines and slots by one more query.
    async fn whole_order(
        &mut self,
        organisation: OrganisationId,
        head: Option<AnyRow>,
    ) -> Result<Option<Order>, StoreError> {
        let Some(head) = head else { return Ok(None) };
        let cells = Cells::new(&head, "orders", "id");
        let id: OrderId = cells.parsed("id")?;
        let rows = self
            .all(
                sql("SELECT l.id, l.item_id, s.id AS slot_id, s.number, s.mark_key, s.mark_text, s.rnpt, s.gtd,
                         s.country, s.filled_at
                     FROM lines l
                     LEFT JOIN slots s
                         ON s.organisation_id = l.organisation_id AND s.order_id = l.order_id AND s.line_id = l.id
                     WHERE l.organisation_id = $1 AND l.order_id = $2
                     ORDER BY l.position, l.item_id, s.number")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        let mut lines: Vec<Line> = Vec::new();
        for row in &rows {
            let line = Cells::new(row, "lines", "id");
            let id = line.parsed("id")?;
            let slot = slot(row)?;
            match lines.last_mut().filter(|last| last.id == id) {
                Some(last) => last.slots.extend(slot),
                None => lines.push(Line {
                    id,
                    item: line.get("item_id")?,
                    slots: slot.into_iter().collect(),
                }),
            }
        }
        Ok(Some(Order {
            id,
            shop: cells.parsed("shop_id")?,
            facts: cells.json("facts")?,
            read_at: cells.get("read_at")?,
            revision: cells.get("revision")?,
            slots_revision: cells.get("slots_revision")?,
            plan: cells.json_opt("box_plan")?.unwrap_or_default(),
            lines,
        }))
    }
}

#[async_trait]
impl Orders for Tx {
    async fn order_by_number(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        number: MarketOrderId,
    ) -> Result<Option<Order>, StoreError> {
        let head = self
            .one(
                sql(
                    "SELECT id, shop_id, facts, read_at, revision, slots_revision, box_plan
                     FROM orders WHERE organisation_id = $1 AND shop_id = $2 AND number = $3",
                )
                .bind(organisation)
                .bind(shop)
                .bind(number),
            )
            .await?;
        self.whole_order(organisation, head).await
    }

    async fn order(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
    ) -> Result<Option<Order>, StoreError> {
        let head = self
            .one(
                sql(
                    "SELECT id, shop_id, facts, read_at, revision, slots_revision, box_plan
                     FROM orders WHERE organisation_id = $1 AND id = $2",
                )
                .bind(organisation)
                .bind(id),
            )
            .await?;
        self.whole_order(organisation, head).await
    }

    async fn save_facts(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
        shop: ShopId,
        facts: &MarketOrder,
        plan: &[LinePlan],
        read_at: Timestamp,
    ) -> Result<FactsChange, StoreError> {
        self.write_facts(organisation, id, shop, facts, plan, read_at)
            .await
    }

    async fn save_plan(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
        plan: &Plan,
        said: bool,
    ) -> Result<(), StoreError> {
        let text = (!plan.is_plain()).then(|| json(plan)).transpose()?;
        self.run(
            sql("UPDATE orders SET box_plan = $3 WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(id)
                .bind(text.as_deref()),
        )
        .await?;
        self.order_changed(organisation, id, said).await
    }

    async fn save_summary(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
        units: u32,
        wanted: u32,
        filled: u32,
        work: WorkState,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "UPDATE orders SET units = $3, wanted = $4, filled = $5, work = $6
                 WHERE organisation_id = $1 AND id = $2",
            )
            .bind(organisation)
            .bind(id)
            .bind(units)
            .bind(wanted)
            .bind(filled)
            .bind(work.as_str()),
        )
        .await?;
        Ok(())
    }

    async fn count_by_work(
        &mut self,
        organisation: OrganisationId,
        shop: Option<ShopId>,
    ) -> Result<Vec<(WorkState, u32)>, StoreError> {
        let rows = self
            .all(
                sql("SELECT work, COUNT(*) AS counted FROM orders
                     WHERE organisation_id = $1 AND ($2 IS NULL OR shop_id = $2)
                     GROUP BY work ORDER BY work")
                .bind(organisation)
                .bind(shop),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "orders", "work");
                Ok((cells.parsed("work")?, cells.get("counted")?))
            })
            .collect()
    }

    async fn gtins_of_offer(
        &mut self,
        organisation: OrganisationId,
        offer: &str,
    ) -> Result<Vec<String>, StoreError> {
        self.write_learned().await?;
        let rows = self
            .all(
                sql("SELECT offer, gtin FROM offer_gtins WHERE organisation_id = $1 AND offer = $2 ORDER BY gtin")
                    .bind(organisation)
                    .bind(offer),
            )
            .await?;
        rows.iter()
            .map(|row| Cells::new(row, "offer_gtins", "offer").get("gtin"))
            .collect()
    }

    /// Of several offers the one that it was learned with last.
    async fn product_of_gtin(
        &mut self,
        organisation: OrganisationId,
        gtin: &str,
    ) -> Result<Option<(String, KnownProduct)>, StoreError> {
        self.write_learned().await?;
        let row = self
            .one(
                sql("SELECT offer, gtin, name FROM offer_gtins WHERE organisation_id = $1 AND gtin = $2
                     ORDER BY learned_at DESC, offer LIMIT 1")
                .bind(organisation)
                .bind(gtin),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "offer_gtins", "offer");
            Ok((
                cells.get("offer")?,
                KnownProduct {
                    gtin: cells.get("gtin")?,
                    name: cells.get("name")?,
                },
            ))
        })
        .transpose()
    }

    async fn learn_gtin(
        &mut self,
        organisation: OrganisationId,
        offer: &str,
        product: &KnownProduct,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let known = (organisation, offer.to_owned(), product.gtin.clone());
        self.learned.insert(known, (product.name.clone(), at));
        Ok(())
    }
}
