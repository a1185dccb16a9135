//! Orders of codes, their goods, and how many of them the station counts.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use cis::Gtin;
use desk::{
    ids::{EmissionId, OrganisationId, SuzConnectionId},
    server::ports::{
        emissions::{
            Closing, EmissionLine, EmissionOrder, Emissions, LineTold, Searching, StationCount,
        },
        storage::StoreError,
    },
    suz::emission::{BufferStatus, EmissionState, SuzOrderId},
    time::Timestamp,
};
use sqlx::any::AnyRow;

macro_rules! order_where {
    ($rest:literal) => {
        concat!(
            "SELECT id, connection_id, product_group, draft, document_id, test, state, their_id, decline, trouble,
                 anyway, held, asked_by, made_at, sent_at, searches, searched_at, search_failed, candidates, told_at, quiet,
                 closing, closing_document, closing_asked_at, closing_trouble, closing_annuls, revision
             FROM emissions WHERE organisation_id = $1 ",
            $rest
        )
    };
}

/// Goods with the codes of each that whole blocks of the stock hold.
macro_rules! lines_where {
    ($rest:literal) => {
        concat!(
            "SELECT l.emission_id, l.gtin, l.quantity, l.template, l.cis_type, l.own_serials, l.status, l.available,
                 l.left_there, l.passed, l.unavailable, l.pools_exhausted, l.expires_at, l.rejection,
                 (SELECT CAST(COALESCE(SUM(b.kept), 0) AS BIGINT) FROM stock_blocks b
                  WHERE b.organisation_id = l.organisation_id AND b.emission_id = l.emission_id AND b.gtin = l.gtin
                      AND b.state = 'whole') AS received
             FROM emission_lines l WHERE l.organisation_id = $1 AND l.emission_id ",
            $rest,
            " ORDER BY l.emission_id, l.position"
        )
    };
}

/// The same question on SQLite and on PostgreSQL, about a list of ids.
const LINES_OF: [&str; 2] = [
    lines_where!("IN (SELECT value FROM json_each($2))"),
    lines_where!("IN (SELECT json_array_elements_text(CAST($2 AS json)))"),
];
const ORDERS_IN: [&str; 2] = [
    order_where!(
        "AND connection_id = $2 AND state IN (SELECT value FROM json_each($3)) ORDER BY id LIMIT $4"
    ),
    order_where!(
        "AND connection_id = $2 AND state IN (SELECT json_array_elements_text(CAST($3 AS json))) ORDER BY id LIMIT $4"
    ),
];

/// A count that cannot be negative; one that is means that somebody else wrote the row.
fn count(cells: &Cells<'_>, column: &'static str) -> Result<Option<u64>, StoreError> {
    let kept: Option<i64> = cells.get(column)?;
    Ok(kept.map(|kept| u64::try_from(kept).unwrap_or_default()))
}

fn kept(count: Option<u64>) -> Option<i64> {
    count.map(|count| i64::try_from(count).unwrap_or(i64::MAX))
}

fn order(row: &AnyRow) -> Result<EmissionOrder, StoreError> {
    let cells = Cells::new(row, "emissions", "id");
    let closing = cells
        .parsed_opt("closing")?
        .map(|state| {
            Ok::<_, StoreError>(Closing {
                state,
                document: cells.parsed("closing_document")?,
                asked_at: cells.get("closing_asked_at")?,
                trouble: cells.json_opt("closing_trouble")?,
                annuls: count(&cells, "closing_annuls")?.unwrap_or_default(),
            })
        })
        .transpose()?;
    Ok(EmissionOrder {
        id: cells.parsed("id")?,
        connection: cells.parsed("connection_id")?,
        group: cells.get("product_group")?,
        draft: cells.json("draft")?,
        document: cells.parsed("document_id")?,
        test: cells.get("test")?,
        state: cells.parsed("state")?,
        their_id: cells.parsed_opt("their_id")?,
        decline: cells.get("decline")?,
        trouble: cells.json_opt("trouble")?,
        anyway: cells.get("anyway")?,
        held: cells.json_opt("held")?.unwrap_or_default(),
        asked_by: cells.parsed("asked_by")?,
        made_at: cells.get("made_at")?,
        sent_at: cells.get("sent_at")?,
        searching: Searching {
            times: cells.get("searches")?,
            at: cells.get("searched_at")?,
            failed: cells.json_opt("search_failed")?,
            candidates: cells.json_opt("candidates")?.unwrap_or_default(),
        },
        told_at: cells.get("told_at")?,
        quiet: cells.get("quiet")?,
        revision: cells.get("revision")?,
        closing,
    })
}

fn line(row: &AnyRow) -> Result<(EmissionId, EmissionLine), StoreError> {
    let cells = Cells::new(row, "emission_lines", "gtin");
    let status: Option<String> = cells.get("status")?;
    let cis_type: String = cells.get("cis_type")?;
    let line = EmissionLine {
        gtin: cells.parsed("gtin")?,
        quantity: cells.get("quantity")?,
        template: cells.get("template")?,
        cis_type: cis_type.into(),
        own_serials: cells.get("own_serials")?,
        told: LineTold {
            status: status.map(Into::into),
            available: count(&cells, "available")?,
            left: count(&cells, "left_there")?,
            passed: count(&cells, "passed")?,
            unavailable: count(&cells, "unavailable")?,
            pools_exhausted: cells.get("pools_exhausted")?,
            expires: cells.get("expires_at")?,
            rejection: cells.get("rejection")?,
        },
        received: count(&cells, "received")?.unwrap_or_default(),
    };
    Ok((cells.parsed("emission_id")?, line))
}

impl Tx {
    async fn add_line(
        &mut self,
        organisation: OrganisationId,
        id: EmissionId,
        position: usize,
        line: &EmissionLine,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO emission_lines (organisation_id, emission_id, position, gtin, quantity, template, cis_type,
                     own_serials)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(organisation)
            .bind(id)
            .bind(i64::try_from(position).unwrap_or(i64::MAX))
            .bind(line.gtin.as_str())
            .bind(line.quantity)
            .bind(line.template)
            .bind(line.cis_type.as_str())
            .bind(line.own_serials),
        )
        .await?;
        Ok(())
    }
}

#[async_trait]
impl Emissions for Tx {
    async fn add_emission(
        &mut self,
        organisation: OrganisationId,
        order: &EmissionOrder,
        lines: &[EmissionLine],
    ) -> Result<bool, StoreError> {
        let added = self
            .run(
                sql("INSERT INTO emissions (organisation_id, id, connection_id, product_group, draft, document_id, test,
                         state, asked_by, made_at, anyway, searches, quiet, revision)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0)
                     ON CONFLICT (organisation_id, id) DO NOTHING")
                .bind(organisation)
                .bind(order.id)
                .bind(order.connection)
                .bind(&order.group)
                .bind(&json(&order.draft)?)
                .bind(order.document)
                .bind(order.test)
                .bind(order.state.as_str())
                .bind(order.asked_by)
                .bind(order.made_at)
                .bind(order.anyway),
            )
            .await?;
        if added == 0 {
            return Ok(false);
        }
        for (position, line) in lines.iter().enumerate() {
            self.add_line(organisation, order.id, position, line)
                .await?;
        }
        Ok(true)
    }

    async fn emission(
        &mut self,
        organisation: OrganisationId,
        id: EmissionId,
    ) -> Result<Option<EmissionOrder>, StoreError> {
        let row = self
            .one(sql(order_where!("AND id = $2")).bind(organisation).bind(id))
            .await?;
        row.as_ref().map(order).transpose()
    }

    async fn lock_emission(
        &mut self,
        organisation: OrganisationId,
        id: EmissionId,
    ) -> Result<Option<EmissionOrder>, StoreError> {
        self.run(
            sql("UPDATE emissions SET state = state WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(id),
        )
        .await?;
        self.emission(organisation, id).await
    }

    async fn emission_of(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        order: &SuzOrderId,
    ) -> Result<Option<EmissionId>, StoreError> {
        let row = self
            .one(
                sql("SELECT id FROM emissions WHERE organisation_id = $1 AND connection_id = $2 AND their_id = $3")
                    .bind(organisation)
                    .bind(connection)
                    .bind(order.as_str()),
            )
            .await?;
        row.map(|row| Cells::new(&row, "emissions", "id").parsed("id"))
            .transpose()
    }

    async fn emission_lines(
        &mut self,
        organisation: OrganisationId,
        id: EmissionId,
    ) -> Result<Vec<EmissionLine>, StoreError> {
        let rows = self
            .all(sql(lines_where!("= $2")).bind(organisation).bind(id))
            .await?;
        rows.iter().map(|row| Ok(line(row)?.1)).collect()
    }

    async fn lines_of_emissions(
        &mut self,
        organisation: OrganisationId,
        ids: &[EmissionId],
    ) -> Result<Vec<(EmissionId, EmissionLine)>, StoreError> {
        let rows = self
            .all(
                sql(self.of_dialect(LINES_OF))
                    .bind(organisation)
                    .bind(&json(&ids)?),
            )
            .await?;
        rows.iter().map(line).collect()
    }

    async fn emissions(
        &mut self,
        organisation: OrganisationId,
        after: Option<EmissionId>,
        limit: u32,
    ) -> Result<Vec<EmissionOrder>, StoreError> {
        // No id sorts behind this one.
        let after = after.map_or_else(|| "g".to_owned(), |id| id.to_string());
        let rows = self
            .all(
                sql(order_where!("AND id < $2 ORDER BY id DESC LIMIT $3"))
                    .bind(organisation)
                    .bind(&after)
                    .bind(limit),
            )
            .await?;
        rows.iter().map(order).collect()
    }

    async fn emissions_in(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        states: &[EmissionState],
        limit: u32,
    ) -> Result<Vec<EmissionOrder>, StoreError> {
        let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
        let rows = self
            .all(
                sql(self.of_dialect(ORDERS_IN))
                    .bind(organisation)
                    .bind(connection)
                    .bind(&json(&states)?)
                    .bind(limit),
            )
            .await?;
        rows.iter().map(order).collect()
    }

    async fn move_emission(
        &mut self,
        organisation: OrganisationId,
        order: &EmissionOrder,
        from: EmissionState,
    ) -> Result<bool, StoreError> {
        let closing = order.closing.as_ref();
        let trouble = order.trouble.as_ref().map(json).transpose()?;
        let failed = order.searching.failed.as_ref().map(json).transpose()?;
        let candidates = Some(&order.searching.candidates)
            .filter(|found| !found.orders.is_empty())
            .map(json)
            .transpose()?;
        let held = Some(&order.held)
            .filter(|held| !held.is_empty())
            .map(json)
            .transpose()?;
        let hindered = closing
            .and_then(|closing| closing.trouble.as_ref())
            .map(json)
            .transpose()?;
        let moved = self
            .run(
                sql("UPDATE emissions SET state = $4, their_id = $5, decline = $6, trouble = $7, sent_at = $8,
                         searches = $9, searched_at = $10, search_failed = $11, told_at = $12, quiet = $13, closing = $14,
                         closing_document = $15, closing_asked_at = $16, closing_trouble = $17, closing_annuls = $18,
                         candidates = $20, anyway = $21, held = $22, revision = revision + 1
                     WHERE organisation_id = $1 AND id = $2 AND state = $3 AND revision = $19")
                .bind(organisation)
                .bind(order.id)
                .bind(from.as_str())
                .bind(order.state.as_str())
                .bind(order.their_id.as_ref().map(SuzOrderId::as_str))
                .bind(order.decline.as_deref())
                .bind(trouble.as_deref())
                .bind(order.sent_at)
                .bind(order.searching.times)
                .bind(order.searching.at)
                .bind(failed.as_deref())
                .bind(order.told_at)
                .bind(order.quiet)
                .bind(closing.map(|closing| closing.state.as_str()))
                .bind(closing.map(|closing| closing.document))
                .bind(closing.map(|closing| closing.asked_at))
                .bind(hindered.as_deref())
                .bind(kept(closing.map(|closing| closing.annuls)))
                .bind(order.revision)
                .bind(candidates.as_deref())
                .bind(order.anyway)
                .bind(held.as_deref()),
            )
            .await?;
        Ok(moved > 0)
    }

    async fn save_line_told(
        &mut self,
        organisation: OrganisationId,
        id: EmissionId,
        gtin: Gtin,
        told: &LineTold,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE emission_lines SET status = $4, available = $5, left_there = $6, passed = $7, unavailable = $8,
                     pools_exhausted = $9, expires_at = COALESCE($10, expires_at), rejection = $11
                 WHERE organisation_id = $1 AND emission_id = $2 AND gtin = $3")
            .bind(organisation)
            .bind(id)
            .bind(gtin.as_str())
            .bind(told.status.as_ref().map(BufferStatus::as_str))
            .bind(kept(told.available))
            .bind(kept(told.left))
            .bind(kept(told.passed))
            .bind(kept(told.unavailable))
            .bind(told.pools_exhausted)
            .bind(told.expires)
            .bind(told.rejection.as_deref()),
        )
        .await?;
        Ok(())
    }

    async fn count_emissions(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<(EmissionState, u32)>, StoreError> {
        let rows = self
            .all(
                sql("SELECT state, COUNT(*) AS orders FROM emissions WHERE organisation_id = $1 AND connection_id = $2
                     GROUP BY state ORDER BY state")
                .bind(organisation)
                .bind(connection),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "emissions", "state");
                Ok((cells.parsed("state")?, cells.get("orders")?))
            })
            .collect()
    }

    async fn count_emissions_sent(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        after: Timestamp,
    ) -> Result<u32, StoreError> {
        let row = self
            .one(
                sql("SELECT COUNT(*) AS orders FROM emissions WHERE organisation_id = $1 AND connection_id = $2
                         AND state IN ('sending', 'unknown', 'created', 'pending', 'approved') AND sent_at > $3")
                .bind(organisation)
                .bind(connection)
                .bind(after),
            )
            .await?;
        row.map_or(Ok(0), |row| {
            Cells::new(&row, "emissions", "orders").get("orders")
        })
    }

    async fn count_active_emissions(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<u32, StoreError> {
        let row = self
            .one(
                sql("SELECT COUNT(*) AS orders FROM emissions e
                     WHERE e.organisation_id = $1 AND e.connection_id = $2 AND e.state = 'ready' AND EXISTS (
                         SELECT 1 FROM emission_lines l WHERE l.organisation_id = e.organisation_id
                             AND l.emission_id = e.id
                             AND (l.status IS NULL OR l.status NOT IN ('CLOSED', 'REJECTED')))")
                .bind(organisation)
                .bind(connection),
            )
            .await?;
        row.map_or(Ok(0), |row| {
            Cells::new(&row, "emissions", "orders").get("orders")
        })
    }

    async fn station_count(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Option<StationCount>, StoreError> {
        let row = self
            .one(
                sql(
                    "SELECT connection_id, active, queued, counted_at FROM emission_counts
                     WHERE organisation_id = $1 AND connection_id = $2",
                )
                .bind(organisation)
                .bind(connection),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "emission_counts", "connection_id");
            Ok(StationCount {
                active: cells.get("active")?,
                queued: cells.get("queued")?,
                at: cells.get("counted_at")?,
            })
        })
        .transpose()
    }

    async fn save_station_count(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        count: StationCount,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO emission_counts (organisation_id, connection_id, active, queued, counted_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (organisation_id, connection_id) DO UPDATE
                     SET active = excluded.active, queued = excluded.queued, counted_at = excluded.counted_at")
            .bind(organisation)
            .bind(connection)
            .bind(count.active)
            .bind(count.queued)
            .bind(count.at),
        )
        .await?;
        Ok(())
    }

    async fn test_emission(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        since: Timestamp,
    ) -> Result<Option<EmissionOrder>, StoreError> {
        let row = self
            .one(
                sql(order_where!(
                    "AND connection_id = $2 AND test = 1 AND made_at >= $3 ORDER BY made_at DESC, id DESC LIMIT 1"
                ))
                .bind(organisation)
                .bind(connection)
                .bind(since),
            )
            .await?;
        row.as_ref().map(order).transpose()
    }

    async fn known_gtins(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<(Gtin, Option<String>)>, StoreError> {
        // What was ordered stands before what is only sold; of the latter the newest first.
        let rows = self
            .all(
                sql("SELECT k.gtin, (SELECT o.name FROM offer_gtins o
                         WHERE o.organisation_id = $1 AND o.gtin = k.gtin ORDER BY o.learned_at DESC, o.offer LIMIT 1)
                         AS name
                     FROM (SELECT gtin, MAX(emission_id) AS ordered, MAX(learned) AS learned FROM (
                             SELECT gtin, emission_id, 0 AS learned FROM emission_lines WHERE organisation_id = $1
                             UNION ALL
                             SELECT gtin, '' AS emission_id, learned_at AS learned FROM offer_gtins
                             WHERE organisation_id = $1
                         ) AS both_kinds GROUP BY gtin) AS k
                     ORDER BY k.ordered DESC, k.learned DESC, k.gtin LIMIT $2")
                .bind(organisation)
                .bind(limit),
            )
            .await?;
        let known = rows.iter().map(|row| {
            let cells = Cells::new(row, "offer_gtins", "gtin");
            let gtin: String = cells.get("gtin")?;
            Ok((gtin.parse().ok(), cells.get("name")?))
        });
        let known: Vec<(Option<Gtin>, Option<String>)> =
            known.collect::<Result<_, StoreError>>()?;
        // Offers may carry what is no GTIN.
        Ok(known
            .into_iter()
            .filter_map(|(gtin, name)| Some((gtin?, name)))
            .collect())
    }
}
