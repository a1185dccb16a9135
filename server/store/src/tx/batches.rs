//! Batches. Many rows go as one JSON text, which the database takes apart; in there `cells`, `ordered` and `code`
//! are JSON texts themselves, so that a U+0000 in them stays escaped on its way.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
    store::Dialect,
};
use async_trait::async_trait;
use desk::{
    account::Email,
    bulk::{Fate, OrderCounts, RowCounts, RowKind, RowVerdict},
    ids::{BatchId, MarketOrderId, OrderId, OrganisationId},
    server::ports::{
        batches::{Batch, BatchOrder, BatchResult, BatchRow, Batches},
        storage::StoreError,
    },
};
use serde::Serialize;
use sqlx::any::AnyRow;

/// Rows of one statement: a text of some hundreds of kilobytes.
const ROWS_AT_ONCE: usize = 1000;

#[derive(Serialize)]
struct RowText<'a> {
    n: u32,
    l: u32,
    cells: String,
    ordered: String,
    code: String,
    p: Option<u32>,
    r: Option<u32>,
    k: &'a str,
    v: Option<String>,
}

#[derive(Serialize)]
struct OrderText<'a> {
    p: u32,
    number: i64,
    r: u32,
    f: &'a str,
}

#[derive(Serialize)]
struct VerdictText<'a> {
    n: u32,
    k: &'a str,
    v: String,
}

fn batch(row: &AnyRow) -> Result<Batch, StoreError> {
    let cells = Cells::new(row, "batches", "id");
    Ok(Batch {
        id: cells.parsed("id")?,
        name: cells.get("name")?,
        format: cells.get("format")?,
        user: cells.parsed("user_id")?,
        made_at: cells.get("made_at")?,
        state: cells.parsed("state")?,
        revision: cells.get("revision")?,
        header: cells.json_opt("header")?,
        order_column: cells.get("order_column")?,
        code_column: cells.get("code_column")?,
        rows: cells.get("row_count")?,
    })
}

fn with_email(row: &AnyRow) -> Result<(Batch, Email), StoreError> {
    Ok((
        batch(row)?,
        Cells::new(row, "users", "user_id").parsed("email")?,
    ))
}

fn batch_row(row: &AnyRow) -> Result<BatchRow, StoreError> {
    let cells = Cells::new(row, "batch_rows", "number");
    Ok(BatchRow {
        number: cells.get("number")?,
        line: cells.get("line")?,
        cells: cells.json("cells")?,
        order: cells.json("ordered")?,
        code: cells.json("code")?,
        place: cells.get("place")?,
        repeats: cells.get("repeats")?,
        kind: cells.parsed("kind")?,
        verdict: cells.json_opt("verdict")?,
    })
}

fn batch_order(row: &AnyRow) -> Result<BatchOrder, StoreError> {
    let cells = Cells::new(row, "batch_orders", "place");
    Ok(BatchOrder {
        place: cells.get("place")?,
        number: cells.get("number")?,
        order: cells.parsed_opt("order_id")?,
        rows: cells.get("row_count")?,
        fate: cells.parsed("fate")?,
        outlook: cells.json_opt("outlook")?,
        submission: cells.parsed_opt("submission_id")?,
    })
}

fn result(row: &AnyRow) -> Result<BatchResult, StoreError> {
    let cells = Cells::new(row, "submissions", "place");
    Ok(BatchResult {
        order: batch_order(row)?,
        state: cells.parsed_opt("submission_state")?,
        refusal: cells.json_opt("refusal")?,
    })
}

/// A query over the elements of a JSON array bound as `$3`, in the words of each database.
macro_rules! over_elements {
    ($tx:expr, $sqlite:expr, $postgres:expr) => {
        match $tx.dialect {
            Dialect::Sqlite => sql($sqlite),
            Dialect::Postgres => sql($postgres),
        }
    };
}

/// The columns of a row.
macro_rules! of_rows {
    ($rest:literal) => {
        concat!(
            "SELECT r.number, r.line, r.cells, r.ordered, r.code, r.place, r.repeats, r.kind, r.verdict ",
            $rest
        )
    };
}

#[async_trait]
impl Batches for Tx {
    async fn add_batch(
        &mut self,
        organisation: OrganisationId,
        batch: &Batch,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO batches (organisation_id, id, name, format, user_id, made_at, state, revision, header,
                     order_column, code_column, row_count)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
            .bind(organisation)
            .bind(batch.id)
            .bind(&batch.name)
            .bind(&batch.format)
            .bind(batch.user)
            .bind(batch.made_at)
            .bind(batch.state.as_str())
            .bind(batch.revision)
            .bind(batch.header.as_ref().map(json).transpose()?.as_deref())
            .bind(batch.order_column)
            .bind(batch.code_column)
            .bind(batch.rows),
        )
        .await?;
        Ok(())
    }

    async fn add_batch_content(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        rows: &[BatchRow],
        orders: &[BatchOrder],
    ) -> Result<(), StoreError> {
        for some in orders.chunks(ROWS_AT_ONCE) {
            let statement = over_elements!(
                self,
                "INSERT INTO batch_orders (organisation_id, batch_id, place, number, row_count, fate)
                 SELECT $1, $2, value ->> 'p', value ->> 'number', value ->> 'r', value ->> 'f' FROM json_each($3)",
                "INSERT INTO batch_orders (organisation_id, batch_id, place, number, row_count, fate)
                 SELECT $1, $2, CAST(value ->> 'p' AS BIGINT), CAST(value ->> 'number' AS BIGINT),
                     CAST(value ->> 'r' AS BIGINT), value ->> 'f'
                 FROM json_array_elements(CAST($3 AS JSON))"
            );
            let texts: Vec<OrderText<'_>> = some
                .iter()
                .map(|order| OrderText {
                    p: order.place,
                    number: order.number.0,
                    r: order.rows,
                    f: order.fate.as_str(),
                })
                .collect();
            let values = statement.bind(organisation).bind(batch);
            self.run(values.bind(&json(&texts)?)).await?;
        }
        for some in rows.chunks(ROWS_AT_ONCE) {
            let statement = over_elements!(
                self,
                "INSERT INTO batch_rows (organisation_id, batch_id, number, line, cells, ordered, code, place, repeats,
                     kind, verdict)
                 SELECT $1, $2, value ->> 'n', value ->> 'l', value ->> 'cells', value ->> 'ordered',
                     value ->> 'code', value ->> 'p', value ->> 'r', value ->> 'k', value ->> 'v'
                 FROM json_each($3)",
                "INSERT INTO batch_rows (organisation_id, batch_id, number, line, cells, ordered, code, place, repeats,
                     kind, verdict)
                 SELECT $1, $2, CAST(value ->> 'n' AS BIGINT), CAST(value ->> 'l' AS BIGINT), value ->> 'cells',
                     value ->> 'ordered', value ->> 'code', CAST(value ->> 'p' AS BIGINT),
                     CAST(value ->> 'r' AS BIGINT), value ->> 'k', value ->> 'v'
                 FROM json_array_elements(CAST($3 AS JSON))"
            );
            let mut texts = Vec::with_capacity(some.len());
            for row in some {
                texts.push(RowText {
                    n: row.number,
                    l: row.line,
                    cells: json(&row.cells)?,
                    ordered: json(&row.order)?,
                    code: json(&row.code)?,
                    p: row.place,
                    r: row.repeats,
                    k: row.kind.as_str(),
                    v: row.verdict.as_ref().map(json).transpose()?,
                });
            }
            let values = statement.bind(organisation).bind(batch);
            self.run(values.bind(&json(&texts)?)).await?;
        }
        Ok(())
    }

    async fn clear_batch_content(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
    ) -> Result<(), StoreError> {
        for text in [
            "DELETE FROM batch_rows WHERE organisation_id = $1 AND batch_id = $2",
            "DELETE FROM batch_orders WHERE organisation_id = $1 AND batch_id = $2",
        ] {
            self.run(sql(text).bind(organisation).bind(batch)).await?;
        }
        Ok(())
    }

    async fn batch(
        &mut self,
        organisation: OrganisationId,
        id: BatchId,
    ) -> Result<Option<(Batch, Email)>, StoreError> {
        let row = self
            .one(
                sql("SELECT b.id, b.name, b.format, b.user_id, b.made_at, b.state, b.revision, b.header,
                         b.order_column, b.code_column, b.row_count, u.email
                     FROM batches b JOIN users u ON u.id = b.user_id
                     WHERE b.organisation_id = $1 AND b.id = $2")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        row.as_ref().map(with_email).transpose()
    }

    /// An update that changes nothing locks the row on PostgreSQL; on SQLite there is one writer at a time.
    async fn lock_batch(
        &mut self,
        organisation: OrganisationId,
        id: BatchId,
    ) -> Result<Option<Batch>, StoreError> {
        self.run(
            sql("UPDATE batches SET revision = revision WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(id),
        )
        .await?;
        Ok(self.batch(organisation, id).await?.map(|(batch, _)| batch))
    }

    async fn batches(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<(Batch, Email)>, StoreError> {
        let rows = self
            .all(
                sql("SELECT b.id, b.name, b.format, b.user_id, b.made_at, b.state, b.revision, b.header,
                         b.order_column, b.code_column, b.row_count, u.email
                     FROM batches b JOIN users u ON u.id = b.user_id
                     WHERE b.organisation_id = $1
                     ORDER BY b.made_at DESC, b.id DESC LIMIT $2")
                .bind(organisation)
                .bind(limit),
            )
            .await?;
        rows.iter().map(with_email).collect()
    }

    async fn save_batch(
        &mut self,
        organisation: OrganisationId,
        batch: &Batch,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "UPDATE batches SET state = $3, revision = $4, order_column = $5, code_column = $6
                 WHERE organisation_id = $1 AND id = $2",
            )
            .bind(organisation)
            .bind(batch.id)
            .bind(batch.state.as_str())
            .bind(batch.revision)
            .bind(batch.order_column)
            .bind(batch.code_column),
        )
        .await?;
        Ok(())
    }

    async fn batch_rows(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        kind: Option<RowKind>,
        after: u32,
        limit: u32,
    ) -> Result<Vec<BatchRow>, StoreError> {
        let rows = self
            .all(
                sql(of_rows!(
                    "FROM batch_rows r WHERE r.organisation_id = $1 AND r.batch_id = $2
                         AND ($3 IS NULL OR r.kind = $3) AND r.number > $4
                     ORDER BY r.number LIMIT $5"
                ))
                .bind(organisation)
                .bind(batch)
                .bind(kind.map(RowKind::as_str))
                .bind(after)
                .bind(limit),
            )
            .await?;
        rows.iter().map(batch_row).collect()
    }

    async fn page_of_rows(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        kind: Option<RowKind>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<(BatchRow, Option<OrderId>)>, StoreError> {
        let rows = self
            .all(
                sql(of_rows!(
                    ", o.order_id
                     FROM batch_rows r
                     LEFT JOIN batch_orders o ON o.organisation_id = r.organisation_id AND o.batch_id = r.batch_id
                         AND o.place = r.place
                     WHERE r.organisation_id = $1 AND r.batch_id = $2 AND ($3 IS NULL OR r.kind = $3)
                     ORDER BY r.number LIMIT $4 OFFSET $5"
                ))
                .bind(organisation)
                .bind(batch)
                .bind(kind.map(RowKind::as_str))
                .bind(limit)
                .bind(offset),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let order = Cells::new(row, "batch_orders", "place").parsed_opt("order_id")?;
                Ok((batch_row(row)?, order))
            })
            .collect()
    }

    async fn rows_of_places(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        places: &[u32],
    ) -> Result<Vec<BatchRow>, StoreError> {
        let statement = over_elements!(
            self,
            of_rows!(
                "FROM batch_rows r WHERE r.organisation_id = $1 AND r.batch_id = $2
                     AND r.place IN (SELECT value FROM json_each($3))
                 ORDER BY r.number"
            ),
            of_rows!(
                "FROM batch_rows r WHERE r.organisation_id = $1 AND r.batch_id = $2
                     AND r.place IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($3 AS JSON)))
                 ORDER BY r.number"
            )
        );
        let values = statement.bind(organisation).bind(batch);
        let rows = self.all(values.bind(&json(&places)?)).await?;
        rows.iter().map(batch_row).collect()
    }

    async fn save_row_verdicts(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        verdicts: &[(u32, RowKind, RowVerdict)],
    ) -> Result<(), StoreError> {
        for some in verdicts.chunks(ROWS_AT_ONCE) {
            let statement = over_elements!(
                self,
                "UPDATE batch_rows SET kind = e.value ->> 'k', verdict = e.value ->> 'v' FROM json_each($3) AS e
                 WHERE organisation_id = $1 AND batch_id = $2 AND number = e.value ->> 'n'",
                "UPDATE batch_rows SET kind = e.value ->> 'k', verdict = e.value ->> 'v'
                 FROM json_array_elements(CAST($3 AS JSON)) AS e (value)
                 WHERE organisation_id = $1 AND batch_id = $2 AND number = CAST(e.value ->> 'n' AS BIGINT)"
            );
            let mut texts = Vec::with_capacity(some.len());
            for (number, kind, verdict) in some {
                texts.push(VerdictText {
                    n: *number,
                    k: kind.as_str(),
                    v: json(verdict)?,
                });
            }
            let values = statement.bind(organisation).bind(batch);
            self.run(values.bind(&json(&texts)?)).await?;
        }
        Ok(())
    }

    async fn batch_orders(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        fate: Fate,
        limit: u32,
    ) -> Result<Vec<BatchOrder>, StoreError> {
        let rows = self
            .all(
                sql("SELECT place, number, order_id, row_count, fate, outlook, submission_id FROM batch_orders
                     WHERE organisation_id = $1 AND batch_id = $2 AND fate = $3 ORDER BY place LIMIT $4")
                .bind(organisation)
                .bind(batch)
                .bind(fate.as_str())
                .bind(limit),
            )
            .await?;
        rows.iter().map(batch_order).collect()
    }

    async fn save_batch_order(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        order: &BatchOrder,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "UPDATE batch_orders SET order_id = $4, fate = $5, outlook = $6, submission_id = $7
                 WHERE organisation_id = $1 AND batch_id = $2 AND place = $3",
            )
            .bind(organisation)
            .bind(batch)
            .bind(order.place)
            .bind(order.order)
            .bind(order.fate.as_str())
            .bind(order.outlook.as_ref().map(json).transpose()?.as_deref())
            .bind(order.submission),
        )
        .await?;
        Ok(())
    }

    async fn batch_results(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
        failed: bool,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<BatchResult>, StoreError> {
        let rows = self
            .all(
                sql("SELECT o.place, o.number, o.order_id, o.row_count, o.fate, o.outlook, o.submission_id,
                         s.state AS submission_state, s.refusal
                     FROM batch_orders o
                     LEFT JOIN submissions s ON s.organisation_id = o.organisation_id AND s.id = o.submission_id
                     WHERE o.organisation_id = $1 AND o.batch_id = $2
                         AND ($3 = 0 OR o.fate = 'stays' OR s.state IN ('refused', 'conflict'))
                     ORDER BY o.place LIMIT $4 OFFSET $5")
                .bind(organisation)
                .bind(batch)
                .bind(failed)
                .bind(limit)
                .bind(offset),
            )
            .await?;
        rows.iter().map(result).collect()
    }

    async fn count_rows(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
    ) -> Result<RowCounts, StoreError> {
        let rows = self
            .all(
                sql("SELECT kind, COUNT(*) AS counted FROM batch_rows
                     WHERE organisation_id = $1 AND batch_id = $2 GROUP BY kind")
                .bind(organisation)
                .bind(batch),
            )
            .await?;
        let mut counts = RowCounts::default();
        for row in &rows {
            let cells = Cells::new(row, "batch_rows", "kind");
            counts.add(cells.parsed("kind")?, cells.get("counted")?);
        }
        Ok(counts)
    }

    async fn count_orders(
        &mut self,
        organisation: OrganisationId,
        batch: BatchId,
    ) -> Result<OrderCounts, StoreError> {
        let rows = self
            .all(
                sql("SELECT o.fate, s.state AS submission_state, COUNT(*) AS counted
                     FROM batch_orders o
                     LEFT JOIN submissions s ON s.organisation_id = o.organisation_id AND s.id = o.submission_id
                     WHERE o.organisation_id = $1 AND o.batch_id = $2
                     GROUP BY o.fate, s.state")
                .bind(organisation)
                .bind(batch),
            )
            .await?;
        let mut counts = OrderCounts::default();
        for row in &rows {
            let cells = Cells::new(row, "batch_orders", "fate");
            counts.add(
                cells.parsed("fate")?,
                cells.parsed_opt("submission_state")?,
                cells.get("counted")?,
            );
        }
        Ok(counts)
    }

    /// A number that two shops have is given for each; the marketplace's numbers are its own, so there is one.
    async fn orders_of_numbers(
        &mut self,
        organisation: OrganisationId,
        numbers: &[MarketOrderId],
    ) -> Result<Vec<(MarketOrderId, OrderId)>, StoreError> {
        let statement = match self.dialect {
            Dialect::Sqlite => sql(
                "SELECT number, id FROM orders
                 WHERE organisation_id = $1 AND number IN (SELECT value FROM json_each($2)) ORDER BY number, id",
            ),
            Dialect::Postgres => sql(
                "SELECT number, id FROM orders
                 WHERE organisation_id = $1
                     AND number IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON)))
                 ORDER BY number, id",
            ),
        };
        let values = statement.bind(organisation).bind(&json(&numbers)?);
        let rows = self.all(values).await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "orders", "id");
                Ok((cells.get("number")?, cells.parsed("id")?))
            })
            .collect()
    }
}
