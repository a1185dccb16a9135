//! The packing desk: scans under the browser's own ids, orders in bulk, and what the catalogue was asked for.
//!
//! Lists of ids and articles go as one JSON text, which each database takes apart with a function of its own; the
//! pairs of statements below differ in that alone.

use super::{Tx, orders::slot};
use crate::{
    row::Cells,
    statement::{Statement, json, sql},
    store::Dialect,
};
use async_trait::async_trait;
use desk::{
    ids::{OrderId, OrganisationId, ScanId, UserId},
    orders::WorkState,
    packing::Outcome,
    server::ports::{
        packing::{OrderToPack, Packing, ScanRecord, UnsettledScan},
        storage::{Line, Order, StoreError},
    },
    time::Timestamp,
    verification::LineVerification,
};
use sqlx::any::AnyRow;

/// A statement of both databases: `LIST` stands for «the texts of the JSON array in this placeholder».
macro_rules! with_list {
    ($before:literal, $placeholder:literal, $after:literal) => {
        (
            concat!(
                $before,
                "(SELECT value FROM json_each(",
                $placeholder,
                "))",
                $after
            ),
            concat!(
                $before,
                "(SELECT json_array_elements_text(CAST(",
                $placeholder,
                " AS json)))",
                $after
            ),
        )
    };
}

const HEADS_BY_WORK: (&str, &str) = with_list!(
    "SELECT o.id, o.shop_id, s.name AS shop, o.facts, o.read_at, o.revision, o.slots_revision, o.box_plan,
         o.work
     FROM orders o JOIN shops s ON s.organisation_id = o.organisation_id AND s.id = o.shop_id
     WHERE o.organisation_id = $1 AND o.work IN ",
    "$2",
    " ORDER BY o.ship_by_at ASC NULLS LAST, o.number DESC, o.id LIMIT $3"
);

const HEADS_BY_ID: (&str, &str) = with_list!(
    "SELECT o.id, o.shop_id, s.name AS shop, o.facts, o.read_at, o.revision, o.slots_revision, o.box_plan,
         o.work
     FROM orders o JOIN shops s ON s.organisation_id = o.organisation_id AND s.id = o.shop_id
     WHERE o.organisation_id = $1 AND o.id IN ",
    "$2",
    " ORDER BY o.ship_by_at ASC NULLS LAST, o.number DESC, o.id"
);

const SLOTS: (&str, &str) = with_list!(
    "SELECT l.order_id, l.id, l.item_id, s.id AS slot_id, s.number, s.mark_key, s.mark_text, s.rnpt, s.gtd,
         s.country, s.filled_at
     FROM lines l
     LEFT JOIN slots s ON s.organisation_id = l.organisation_id AND s.order_id = l.order_id AND s.line_id = l.id
     WHERE l.organisation_id = $1 AND l.order_id IN ",
    "$2",
    " ORDER BY l.order_id, l.position, l.item_id, s.number"
);

const SAID: (&str, &str) = with_list!(
    "SELECT order_id, answer FROM verifications WHERE organisation_id = $1 AND order_id IN ",
    "$2",
    " ORDER BY order_id"
);

const GTINS: (&str, &str) = with_list!(
    "SELECT offer, gtin FROM offer_gtins WHERE organisation_id = $1 AND offer IN ",
    "$2",
    " ORDER BY offer, gtin"
);

const OFFERS_READ: (&str, &str) = with_list!(
    "SELECT offer, closed FROM offers_read WHERE organisation_id = $1 AND offer IN ",
    "$2",
    " AND read_at >= $3 ORDER BY offer"
);

/// On PostgreSQL a row that another transaction is writing under the same id is waited for.
const NOTE_OFFERS_READ: (&str, &str) = (
    "INSERT INTO offers_read (organisation_id, offer, closed, read_at)
     SELECT $1, value, $3, $4 FROM json_each($2) WHERE true
     ON CONFLICT (organisation_id, offer) DO UPDATE SET closed = excluded.closed, read_at = excluded.read_at",
    "INSERT INTO offers_read (organisation_id, offer, closed, read_at)
     SELECT $1, value, $3, $4 FROM json_array_elements_text(CAST($2 AS json)) AS listed (value)
     ON CONFLICT (organisation_id, offer) DO UPDATE SET closed = excluded.closed, read_at = excluded.read_at",
);

fn record(cells: &Cells<'_>) -> Result<ScanRecord, StoreError> {
    Ok(ScanRecord {
        id: cells.parsed("id")?,
        order: cells.parsed_opt("order_id")?,
        user: cells.parsed("user_id")?,
        act: cells.json("act")?,
        raw: cells.json("raw")?,
        heard_at: cells.get("heard_at")?,
        came_at: cells.get("came_at")?,
    })
}

fn to_pack(row: &AnyRow) -> Result<OrderToPack, StoreError> {
    let cells = Cells::new(row, "orders", "id");
    Ok(OrderToPack {
        order: Order {
            id: cells.parsed("id")?,
            shop: cells.parsed("shop_id")?,
            facts: cells.json("facts")?,
            read_at: cells.get("read_at")?,
            revision: cells.get("revision")?,
            slots_revision: cells.get("slots_revision")?,
            plan: cells.json_opt("box_plan")?.unwrap_or_default(),
            lines: vec![],
        },
        shop: cells.get("shop")?,
        work: cells.parsed("work")?,
    })
}

impl Tx {
    fn either(&self, (sqlite, postgres): (&'static str, &'static str)) -> &'static str {
        match self.dialect {
            Dialect::Sqlite => sqlite,
            Dialect::Postgres => postgres,
        }
    }

    /// The ids of orders that a statement finds.
    async fn ids(&mut self, found: Statement) -> Result<Vec<OrderId>, StoreError> {
        let rows = self.all(found).await?;
        rows.iter()
            .map(|row| Cells::new(row, "orders", "id").parsed("id"))
            .collect()
    }

    /// Gives orders their lines and slots, all by one query.
    async fn fill_lines(
        &mut self,
        organisation: OrganisationId,
        orders: &mut [OrderToPack],
    ) -> Result<(), StoreError> {
        let ids: Vec<String> = orders.iter().map(|one| one.order.id.to_string()).collect();
        let text = self.either(SLOTS);
        let rows = self
            .all(sql(text).bind(organisation).bind(&json(&ids)?))
            .await?;
        for row in &rows {
            let cells = Cells::new(row, "lines", "id");
            let (of, id) = (cells.parsed::<OrderId>("order_id")?, cells.parsed("id")?);
            let Some(one) = orders.iter_mut().find(|one| one.order.id == of) else {
                continue;
            };
            let slot = slot(row)?;
            match one.order.lines.last_mut().filter(|last| last.id == id) {
                Some(last) => last.slots.extend(slot),
                None => one.order.lines.push(Line {
                    id,
                    item: cells.get("item_id")?,
                    slots: slot.into_iter().collect(),
                }),
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Packing for Tx {
    async fn begin_scan(
        &mut self,
        organisation: OrganisationId,
        record: &ScanRecord,
    ) -> Result<bool, StoreError> {
        let written = self
            .run(
                sql("INSERT INTO scans (organisation_id, id, order_id, user_id, act, raw, clashed, heard_at, came_at)
                     VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)
                     ON CONFLICT (organisation_id, id) DO NOTHING")
                .bind(organisation)
                .bind(record.id)
                .bind(record.order)
                .bind(record.user)
                .bind(&json(&record.act)?)
                .bind(&json(&record.raw)?)
                .bind(record.heard_at)
                .bind(record.came_at),
            )
            .await?;
        Ok(written > 0)
    }

    async fn end_scan(
        &mut self,
        organisation: OrganisationId,
        id: ScanId,
        outcome: &Outcome,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE scans SET outcome = $3, clashed = $4 WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(id)
                .bind(&json(outcome)?)
                .bind(matches!(outcome, Outcome::Clash(_))),
        )
        .await?;
        Ok(())
    }

    async fn scan(
        &mut self,
        organisation: OrganisationId,
        id: ScanId,
    ) -> Result<Option<(ScanRecord, Outcome)>, StoreError> {
        let row = self
            .one(
                sql(
                    "SELECT id, order_id, user_id, act, raw, outcome, heard_at, came_at FROM scans
                     WHERE organisation_id = $1 AND id = $2",
                )
                .bind(organisation)
                .bind(id),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "scans", "id");
            Ok((record(&cells)?, cells.json("outcome")?))
        })
        .transpose()
    }

    async fn settle_scan(
        &mut self,
        organisation: OrganisationId,
        id: ScanId,
        user: UserId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let settled = self
            .run(
                sql(
                    "UPDATE scans SET settled_by = $3, settled_at = $4
                     WHERE organisation_id = $1 AND id = $2 AND clashed = 1 AND settled_at IS NULL",
                )
                .bind(organisation)
                .bind(id)
                .bind(user)
                .bind(at),
            )
            .await?;
        Ok(settled > 0)
    }

    async fn unsettled_scans(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<UnsettledScan>, StoreError> {
        let rows = self
            .all(
                sql("SELECT c.id, c.order_id, c.user_id, c.act, c.raw, c.outcome, c.heard_at, c.came_at, o.number, u.email
                     FROM scans c
                     JOIN users u ON u.id = c.user_id
                     LEFT JOIN orders o ON o.organisation_id = c.organisation_id AND o.id = c.order_id
                     WHERE c.organisation_id = $1 AND c.clashed = 1 AND c.settled_at IS NULL
                     ORDER BY c.came_at, c.id LIMIT $2")
                .bind(organisation)
                .bind(limit),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "scans", "id");
                Ok(UnsettledScan {
                    record: record(&cells)?,
                    outcome: cells.json("outcome")?,
                    number: cells
                        .get::<Option<i64>>("number")?
                        .map(desk::ids::MarketOrderId),
                    who: cells.parsed("email")?,
                })
            })
            .collect()
    }

    async fn orders_to_pack(
        &mut self,
        organisation: OrganisationId,
        states: &[WorkState],
        also: &[OrderId],
        limit: u32,
    ) -> Result<Vec<OrderToPack>, StoreError> {
        let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
        let text = self.either(HEADS_BY_WORK);
        let rows = self
            .all(
                sql(text)
                    .bind(organisation)
                    .bind(&json(&states)?)
                    .bind(limit),
            )
            .await?;
        let mut orders: Vec<OrderToPack> = rows.iter().map(to_pack).collect::<Result<_, _>>()?;
        if !also.is_empty() {
            let ids: Vec<String> = also.iter().map(OrderId::to_string).collect();
            let text = self.either(HEADS_BY_ID);
            let rows = self
                .all(sql(text).bind(organisation).bind(&json(&ids)?))
                .await?;
            for row in &rows {
                let one = to_pack(row)?;
                if orders.iter().all(|known| known.order.id != one.order.id) {
                    orders.push(one);
                }
            }
        }
        self.fill_lines(organisation, &mut orders).await?;
        Ok(orders)
    }

    async fn orders_called(
        &mut self,
        organisation: OrganisationId,
        text: &str,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        if !text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            return Ok(vec![]);
        }
        if let Ok(number) = text.parse::<i64>() {
            let exact = sql("SELECT id FROM orders WHERE organisation_id = $1 AND number = $2 ORDER BY id DESC LIMIT $3")
                .bind(organisation)
                .bind(number)
                .bind(limit);
            let found = self.ids(exact).await?;
            if !found.is_empty() {
                return Ok(found);
            }
            let ends = sql("SELECT id FROM orders
                 WHERE organisation_id = $1 AND work <> $2 AND CAST(number AS TEXT) LIKE $3 ORDER BY number DESC LIMIT $4")
                .bind(organisation)
                .bind(WorkState::Closed.as_str())
                .bind(&format!("%{text}"))
                .bind(limit);
            let found = self.ids(ends).await?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let boxes = sql("SELECT id FROM orders
             WHERE organisation_id = $1 AND work <> $2 AND facts LIKE $3 ORDER BY number DESC LIMIT $4")
            .bind(organisation)
            .bind(WorkState::Closed.as_str())
            .bind(&format!("%\"barcode\":\"{text}\"%"))
            .bind(limit);
        self.ids(boxes).await
    }

    async fn said_of(
        &mut self,
        organisation: OrganisationId,
        orders: &[OrderId],
    ) -> Result<Vec<(OrderId, Vec<LineVerification>)>, StoreError> {
        let ids: Vec<String> = orders.iter().map(OrderId::to_string).collect();
        let text = self.either(SAID);
        let rows = self
            .all(sql(text).bind(organisation).bind(&json(&ids)?))
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "verifications", "order_id");
                Ok((cells.parsed("order_id")?, cells.json("answer")?))
            })
            .collect()
    }

    async fn gtins_of_offers(
        &mut self,
        organisation: OrganisationId,
        offers: &[String],
    ) -> Result<Vec<(String, String)>, StoreError> {
        self.write_learned().await?;
        let text = self.either(GTINS);
        let rows = self
            .all(sql(text).bind(organisation).bind(&json(&offers)?))
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "offer_gtins", "offer");
                Ok((cells.get("offer")?, cells.get("gtin")?))
            })
            .collect()
    }

    async fn forget_gtin(
        &mut self,
        organisation: OrganisationId,
        offer: &str,
        gtin: &str,
    ) -> Result<(), StoreError> {
        self.learned
            .remove(&(organisation, offer.to_owned(), gtin.to_owned()));
        self.run(
            sql("DELETE FROM offer_gtins WHERE organisation_id = $1 AND offer = $2 AND gtin = $3")
                .bind(organisation)
                .bind(offer)
                .bind(gtin),
        )
        .await?;
        Ok(())
    }

    async fn offers_read(
        &mut self,
        organisation: OrganisationId,
        offers: &[String],
        since: Timestamp,
    ) -> Result<Vec<(String, bool)>, StoreError> {
        let text = self.either(OFFERS_READ);
        let rows = self
            .all(
                sql(text)
                    .bind(organisation)
                    .bind(&json(&offers)?)
                    .bind(since),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "offers_read", "offer");
                Ok((cells.get("offer")?, cells.get("closed")?))
            })
            .collect()
    }

    async fn note_offers_read(
        &mut self,
        organisation: OrganisationId,
        offers: &[String],
        closed: bool,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let text = self.either(NOTE_OFFERS_READ);
        self.run(
            sql(text)
                .bind(organisation)
                .bind(&json(&offers)?)
                .bind(closed)
                .bind(at),
        )
        .await?;
        Ok(())
    }
}
