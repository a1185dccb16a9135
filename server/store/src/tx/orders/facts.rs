//! Writing what the marketplace said of an order, and making its lines and slots agree.

use super::super::Tx;
use crate::{
    row::Cells,
    search,
    statement::{database, json, sql},
};
use desk::{
    ids::{LineId, MarketItemId, MarketOrderId, OrderId, OrganisationId, ShopId, SlotId},
    marketplace::MarketOrder,
    orders::WorkState,
    server::ports::storage::{FactsChange, LinePlan, StoreError},
    time::Timestamp,
};

/// An order whose row is locked, as it was before.
struct Kept {
    id: OrderId,
    facts: String,
    read_at: Timestamp,
}

/// A line as it is kept, with its slots' numbers and whether each holds anything.
struct KeptLine {
    id: LineId,
    item: MarketItemId,
    name: String,
    position: i64,
    slots: Vec<(u32, bool)>,
}

/// What making lines agree did.
#[derive(Default)]
struct Fitted {
    /// Some line or slot came, went or was renamed.
    changed: bool,
    /// A slot that held something went.
    lost: bool,
    /// When the marketplace said so.
    read_at: Timestamp,
}

/// A line as it should be.
struct Wanted<'p> {
    plan: &'p LinePlan,
    name: &'p str,
    position: i64,
}

/// The plan with what the facts say of each line; lines stand in the marketplace's order.
fn wanted<'p>(facts: &'p MarketOrder, plan: &'p [LinePlan]) -> Vec<Wanted<'p>> {
    plan.iter()
        .map(|plan| {
            let found = facts
                .items
                .iter()
                .zip(0..)
                .find(|(item, _)| item.id == plan.item);
            let (name, position) = found.map_or(("", i64::MAX), |(item, position)| {
                (item.name.as_str(), position)
            });
            Wanted {
                plan,
                name,
                position,
            }
        })
        .collect()
}

impl Tx {
    pub(super) async fn write_facts(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
        shop: ShopId,
        facts: &MarketOrder,
        plan: &[LinePlan],
        read_at: Timestamp,
    ) -> Result<FactsChange, StoreError> {
        let text = json(facts)?;
        let known = self.lock_by_number(organisation, shop, facts.id).await?;
        if known.is_none()
            && self
                .insert_order(organisation, id, shop, facts, &text, read_at)
                .await?
        {
            self.fit_lines(organisation, id, &wanted(facts, plan), read_at)
                .await?;
            return Ok(FactsChange::New);
        }
        let kept = match known {
            Some(kept) => kept,
            // Another process read the same order for the first time and was faster.
            None => self
                .lock_by_number(organisation, shop, facts.id)
                .await?
                .ok_or_else(|| database(sqlx::Error::RowNotFound))?,
        };
        if read_at < kept.read_at {
            return Ok(FactsChange::Same);
        }
        let fitted = self
            .fit_lines(organisation, kept.id, &wanted(facts, plan), read_at)
            .await?;
        if text != kept.facts {
            self.save_words(organisation, kept.id, shop, facts).await?;
        }
        let changed = fitted.changed || text != kept.facts;
        self.run(
            sql("UPDATE orders SET facts = $3, read_at = $4, model = $5, ship_by_at = $6, ship_by_timed = $7,
                     revision = revision + $8, slots_revision = slots_revision + $9, fake = $10
                 WHERE organisation_id = $1 AND id = $2")
            .bind(organisation)
            .bind(kept.id)
            .bind(&text)
            .bind(read_at)
            .bind(facts.model.as_ref().map(desk::marketplace::Model::as_str))
            .bind(facts.ship_by.map(|ship_by| ship_by.at))
            .bind(facts.ship_by.is_some_and(|ship_by| ship_by.timed))
            .bind(changed)
            .bind(fitted.lost)
            .bind(facts.fake),
        )
        .await?;
        Ok(if changed {
            FactsChange::Changed
        } else {
            FactsChange::Same
        })
    }

    /// Finds an order by what the marketplace calls it and locks it until the end of the transaction.
    async fn lock_by_number(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        number: MarketOrderId,
    ) -> Result<Option<Kept>, StoreError> {
        let row = self
            .one(
                sql("UPDATE orders SET revision = revision
                     WHERE organisation_id = $1 AND shop_id = $2 AND number = $3
                     RETURNING id, facts, read_at")
                .bind(organisation)
                .bind(shop)
                .bind(number),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "orders", "id");
            Ok(Kept {
                id: cells.parsed("id")?,
                facts: cells.get("facts")?,
                read_at: cells.get("read_at")?,
            })
        })
        .transpose()
    }

    /// Adds an order; false when the shop has one of this number. Until its sums are written it counts as one
    /// that needs codes, so that a forgotten one shows.
    async fn insert_order(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
        shop: ShopId,
        facts: &MarketOrder,
        text: &str,
        read_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let added = self
            .run(
                sql("INSERT INTO orders (organisation_id, id, shop_id, number, facts, read_at, revision,
                         slots_revision, model, ship_by_at, ship_by_timed, units, wanted, filled, work, fake)
                     VALUES ($1, $2, $3, $4, $5, $6, 1, 0, $7, $8, $9, 0, 0, 0, $10, $11)
                     ON CONFLICT (organisation_id, shop_id, number) DO NOTHING")
                .bind(organisation)
                .bind(id)
                .bind(shop)
                .bind(facts.id)
                .bind(text)
                .bind(read_at)
                .bind(facts.model.as_ref().map(desk::marketplace::Model::as_str))
                .bind(facts.ship_by.map(|ship_by| ship_by.at))
                .bind(facts.ship_by.is_some_and(|ship_by| ship_by.timed))
                .bind(WorkState::NeedsCodes.as_str())
                .bind(facts.fake),
            )
            .await?;
        if added > 0 {
            self.save_words(organisation, id, shop, facts).await?;
        }
        Ok(added > 0)
    }

    /// Writes what an order is searched by.
    async fn save_words(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
        shop: ShopId,
        facts: &MarketOrder,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO order_words (organisation_id, order_id, shop_id, number, model, ship_by_at, articles, names)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (organisation_id, order_id) DO UPDATE
                 SET model = excluded.model, ship_by_at = excluded.ship_by_at, articles = excluded.articles,
                     names = excluded.names")
            .bind(organisation)
            .bind(id)
            .bind(shop)
            .bind(facts.id)
            .bind(facts.model.as_ref().map(desk::marketplace::Model::as_str))
            .bind(facts.ship_by.map(|ship_by| ship_by.at))
            .bind(&search::articles(&facts.items))
            .bind(&search::names(&facts.items)),
        )
        .await?;
        Ok(())
    }

    async fn kept_lines(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Vec<KeptLine>, StoreError> {
        let rows = self
            .all(
                sql("SELECT l.id, l.item_id, l.name, l.position, s.number,
                         CASE WHEN COALESCE(s.mark_key, s.rnpt, s.gtd, s.country) IS NULL THEN 0 ELSE 1 END AS holds
                     FROM lines l
                     LEFT JOIN slots s
                         ON s.organisation_id = l.organisation_id AND s.order_id = l.order_id AND s.line_id = l.id
                     WHERE l.organisation_id = $1 AND l.order_id = $2
                     ORDER BY l.id, s.number")
                .bind(organisation)
                .bind(order),
            )
            .await?;
        let mut lines: Vec<KeptLine> = Vec::new();
        for row in &rows {
            let cells = Cells::new(row, "lines", "id");
            let id = cells.parsed("id")?;
            let slot = cells
                .get::<Option<u32>>("number")?
                .map(|number| Ok::<_, StoreError>((number, cells.get("holds")?)));
            let slot = slot.transpose()?;
            match lines.last_mut().filter(|last| last.id == id) {
                Some(last) => last.slots.extend(slot),
                None => lines.push(KeptLine {
                    id,
                    item: cells.get("item_id")?,
                    name: cells.get("name")?,
                    position: cells.get("position")?,
                    slots: slot.into_iter().collect(),
                }),
            }
        }
        Ok(lines)
    }

    /// Removes lines that are not wanted and slots past a line's count, then adds what lacks.
    async fn fit_lines(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        wanted: &[Wanted<'_>],
        read_at: Timestamp,
    ) -> Result<Fitted, StoreError> {
        let kept = self.kept_lines(organisation, order).await?;
        let mut fitted = Fitted {
            read_at,
            ..Fitted::default()
        };
        let gone: Vec<&KeptLine> = kept
            .iter()
            .filter(|line| wanted.iter().all(|wanted| wanted.plan.item != line.item))
            .collect();
        for line in gone {
            self.remove_slots_past(organisation, order, line, 0, &mut fitted)
                .await?;
            self.run(
                sql("DELETE FROM lines WHERE organisation_id = $1 AND order_id = $2 AND id = $3")
                    .bind(organisation)
                    .bind(order)
                    .bind(line.id),
            )
            .await?;
            fitted.changed = true;
        }
        for line in wanted {
            let known = kept.iter().find(|kept| kept.item == line.plan.item);
            let id = known.map_or(line.plan.id, |known| known.id);
            match known {
                None => {
                    self.insert_line(organisation, order, line).await?;
                    fitted.changed = true;
                }
                Some(known) => {
                    if known.name != line.name || known.position != line.position {
                        self.rename_line(organisation, order, known.id, line)
                            .await?;
                        fitted.changed = true;
                    }
                    let count = u32::try_from(line.plan.slots.len()).unwrap_or(u32::MAX);
                    self.remove_slots_past(organisation, order, known, count, &mut fitted)
                        .await?;
                }
            }
            for (slot, number) in line.plan.slots.iter().zip(1..) {
                let there =
                    known.is_some_and(|known| known.slots.iter().any(|(kept, _)| *kept == number));
                if !there {
                    self.insert_slot(organisation, order, id, *slot, number)
                        .await?;
                    fitted.changed = true;
                }
            }
        }
        Ok(fitted)
    }

    async fn remove_slots_past(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        line: &KeptLine,
        count: u32,
        fitted: &mut Fitted,
    ) -> Result<(), StoreError> {
        let past = || line.slots.iter().filter(|(number, _)| *number > count);
        if past().next().is_none() {
            return Ok(());
        }
        fitted.changed = true;
        fitted.lost |= past().any(|(_, holds)| *holds);
        self.note_dropped(organisation, order, line.id, count, fitted.read_at)
            .await?;
        self.run(
            sql("DELETE FROM slots WHERE organisation_id = $1 AND order_id = $2 AND line_id = $3 AND number > $4")
                .bind(organisation)
                .bind(order)
                .bind(line.id)
                .bind(count),
        )
        .await?;
        Ok(())
    }

    async fn insert_line(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        line: &Wanted<'_>,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "INSERT INTO lines (organisation_id, order_id, id, item_id, position, name)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(organisation)
            .bind(order)
            .bind(line.plan.id)
            .bind(line.plan.item)
            .bind(line.position)
            .bind(line.name),
        )
        .await?;
        Ok(())
    }

    async fn rename_line(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        id: LineId,
        line: &Wanted<'_>,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE lines SET position = $4, name = $5
                 WHERE organisation_id = $1 AND order_id = $2 AND id = $3")
            .bind(organisation)
            .bind(order)
            .bind(id)
            .bind(line.position)
            .bind(line.name),
        )
        .await?;
        Ok(())
    }

    async fn insert_slot(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        line: LineId,
        id: SlotId,
        number: u32,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO slots (organisation_id, order_id, line_id, number, id) VALUES ($1, $2, $3, $4, $5)")
                .bind(organisation)
                .bind(order)
                .bind(line)
                .bind(number)
                .bind(id),
        )
        .await?;
        Ok(())
    }
}
