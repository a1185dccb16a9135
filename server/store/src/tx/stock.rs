//! Blocks of the stock, the coming of their codes, and how far the fetching of an order is. Reading of codes is in
//! [`read`].

mod read;

pub(super) use read::{CODES, SHOWN, UNUSED, WHOSE, code};

use super::Tx;
use crate::{
    row::Cells,
    search::stock::{Cut, cut},
    statement::{json, sql},
};
use async_trait::async_trait;
use cis::Gtin;
use desk::{
    ids::{EmissionId, OrganisationId, StockBlockId},
    server::ports::{
        stock::{
            BlockSource, Held, Pile, Receiving, Stock, StockBlock, StockCode, StockQuery,
            StockSearch,
        },
        storage::StoreError,
    },
    suz::{emission::BlockId, receiving::BlockState},
    time::Timestamp,
};
use sqlx::any::AnyRow;

/// Codes out of the JSON array `$6`, in its order, into the run `$2`, on SQLite and on PostgreSQL. A run of another
/// organisation is none, which the table refuses.
const KEEP: [&str; 2] = [
    "INSERT INTO stock_codes (run, serial, tail, position)
     SELECT (SELECT r.number FROM stock_runs r WHERE r.organisation_id = $1 AND r.number = $2),
         substr(value, $3, $4), substr(value, $5), key
     FROM json_each($6)",
    "INSERT INTO stock_codes (run, serial, tail, position)
     SELECT (SELECT r.number FROM stock_runs r WHERE r.organisation_id = $1 AND r.number = $2),
         substr(came.code, CAST($3 AS INTEGER), CAST($4 AS INTEGER)), substr(came.code, CAST($5 AS INTEGER)),
         came.place - 1
     FROM json_array_elements_text(CAST($6 AS json)) WITH ORDINALITY AS came (code, place)",
];

/// Runs that are forgotten in one transaction: a moment's work.
const FORGOTTEN_AT_ONCE: i64 = 5;

/// Takes the first runs of a void block away with their codes.
const FORGET: [&str; 2] = [
    "DELETE FROM stock_codes WHERE run IN (
         SELECT r.number FROM stock_runs r
         JOIN stock_blocks b ON b.organisation_id = r.organisation_id AND b.id = r.block_id
         WHERE r.organisation_id = $1 AND r.block_id = $2 AND b.state = 'void' ORDER BY r.number LIMIT $3)",
    "DELETE FROM stock_runs WHERE organisation_id = $1 AND number IN (
         SELECT r.number FROM stock_runs r
         JOIN stock_blocks b ON b.organisation_id = r.organisation_id AND b.id = r.block_id
         WHERE r.organisation_id = $1 AND r.block_id = $2 AND b.state = 'void' ORDER BY r.number LIMIT $3)",
];

macro_rules! receivings_where {
    ($rest:literal) => {
        concat!(
            "SELECT emission_id, gtin, state, ordered, passed, trouble, began_at, moved_at FROM receivings
             WHERE organisation_id = $1 AND emission_id ",
            $rest,
            " ORDER BY emission_id, gtin"
        )
    };
}

/// The same question on SQLite and on PostgreSQL, about a list of orders.
const RECEIVINGS_OF: [&str; 2] = [
    receivings_where!("IN (SELECT value FROM json_each($2))"),
    receivings_where!("IN (SELECT json_array_elements_text(CAST($2 AS json)))"),
];

/// A count as the database keeps it.
fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as it was kept; none was ever negative.
pub(super) fn count(kept: i64) -> u64 {
    u64::try_from(kept).unwrap_or(0)
}

pub(super) fn source(cells: &Cells<'_>) -> Result<BlockSource, StoreError> {
    Ok(match cells.parsed_opt("emission_id")? {
        Some(emission) => BlockSource::Emission(emission),
        None => BlockSource::File(cells.get("file")?),
    })
}

fn block(row: &AnyRow) -> Result<StockBlock, StoreError> {
    let cells = Cells::new(row, "stock_blocks", "id");
    Ok(StockBlock {
        id: cells.parsed("id")?,
        source: source(&cells)?,
        gtin: cells.parsed("gtin")?,
        group: cells.get("product_group")?,
        station: cells.parsed_opt("station_block")?,
        state: cells.parsed("state")?,
        asked: count(cells.get("asked")?),
        given: cells.get::<Option<i64>>("given")?.map(count),
        kept: count(cells.get("kept")?),
        expires: cells.get("expires_at")?,
        by: cells.parsed_opt("asked_by")?,
        asked_at: cells.get("asked_at")?,
        settled_at: cells.get("settled_at")?,
    })
}

fn receiving(row: &AnyRow) -> Result<Receiving, StoreError> {
    let cells = Cells::new(row, "receivings", "gtin");
    Ok(Receiving {
        emission: cells.parsed("emission_id")?,
        gtin: cells.parsed("gtin")?,
        state: cells.parsed("state")?,
        ordered: count(cells.get("ordered")?),
        passed: cells.get::<Option<i64>>("passed")?.map(count),
        trouble: cells.json_opt("trouble")?,
        began_at: cells.get("began_at")?,
        moved_at: cells.get("moved_at")?,
    })
}

impl Tx {
    /// Keeps the codes of one run: they share the prefix and the length of the КИ.
    async fn keep_alike(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        codes: &[Cut<'_>],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(first) = codes.first() else {
            return Ok(());
        };
        // No two runs come at one moment, so that a list by moments needs no other order between them.
        let row = self
            .one(
                sql("INSERT INTO stock_runs (organisation_id, block_id, gtin, prefix, codes, came_at)
                     SELECT b.organisation_id, b.id, b.gtin, $3, $4, COALESCE(
                         (SELECT MAX(r.came_at) + 1 FROM stock_runs r WHERE r.organisation_id = $1 AND r.came_at >= $5),
                         $5)
                     FROM stock_blocks b WHERE b.organisation_id = $1 AND b.id = $2
                     RETURNING number")
                .bind(organisation)
                .bind(block)
                .bind(first.prefix)
                .bind(length(codes.len()))
                .bind(at),
            )
            .await?;
        let Some(row) = row else {
            return Ok(());
        };
        let run: i64 = Cells::new(&row, "stock_runs", "number").get("number")?;
        let texts: Vec<&str> = codes.iter().map(|code| code.text).collect();
        let prefix = first.prefix.len();
        self.run(
            sql(self.of_dialect(KEEP))
                .bind(organisation)
                .bind(run)
                .bind(length(prefix) + 1)
                .bind(length(first.ki.saturating_sub(prefix)))
                .bind(length(first.ki) + 1)
                .bind(&json(&texts)?),
        )
        .await?;
        Ok(())
    }

    /// Forgets the codes of a block; nothing happens to one that is settled. Whether it was not.
    async fn forget_codes(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
    ) -> Result<bool, StoreError> {
        let open = self
            .run(
                sql("UPDATE stock_blocks SET kept = 0 WHERE organisation_id = $1 AND id = $2 AND state = $3")
                    .bind(organisation)
                    .bind(block)
                    .bind(BlockState::Asked.as_str()),
            )
            .await?;
        if open == 0 {
            return Ok(false);
        }
        for text in [
            "DELETE FROM stock_codes WHERE run IN (
                 SELECT r.number FROM stock_runs r WHERE r.organisation_id = $1 AND r.block_id = $2)",
            "DELETE FROM stock_runs WHERE organisation_id = $1 AND block_id = $2",
        ] {
            self.run(sql(text).bind(organisation).bind(block)).await?;
        }
        Ok(true)
    }
}

#[async_trait]
impl Stock for Tx {
    async fn begin_block(
        &mut self,
        organisation: OrganisationId,
        block: &StockBlock,
    ) -> Result<bool, StoreError> {
        let (emission, file) = match &block.source {
            BlockSource::Emission(emission) => (Some(*emission), None),
            BlockSource::File(name) => (None, Some(name.as_str())),
        };
        let added = self
            .run_unless_taken(
                sql("INSERT INTO stock_blocks (organisation_id, id, emission_id, file, gtin, product_group,
                         station_block, state, asked, given, kept, expires_at, asked_by, asked_at, settled_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
                .bind(organisation)
                .bind(block.id)
                .bind(emission)
                .bind(file)
                .bind(block.gtin.to_string().as_str())
                .bind(block.group.as_deref())
                .bind(block.station.as_ref().map(BlockId::as_str))
                .bind(block.state.as_str())
                .bind(number(block.asked))
                .bind(block.given.map(number))
                .bind(number(block.kept))
                .bind(block.expires)
                .bind(block.by)
                .bind(block.asked_at)
                .bind(block.settled_at),
            )
            .await?;
        Ok(added > 0)
    }

    async fn stock_block(
        &mut self,
        organisation: OrganisationId,
        id: StockBlockId,
    ) -> Result<Option<StockBlock>, StoreError> {
        let row = self
            .one(
                sql("SELECT * FROM stock_blocks WHERE organisation_id = $1 AND id = $2")
                    .bind(organisation)
                    .bind(id),
            )
            .await?;
        row.as_ref().map(block).transpose()
    }

    async fn stock_blocks(
        &mut self,
        organisation: OrganisationId,
        emission: EmissionId,
    ) -> Result<Vec<StockBlock>, StoreError> {
        let rows = self
            .all(
                // Sorted by what no index has: the order's blocks are few, and SQLite would read all of the organisation's.
                sql(
                    "SELECT * FROM stock_blocks WHERE organisation_id = $1 AND emission_id = $2
                     ORDER BY asked_at + 0, id",
                )
                .bind(organisation)
                .bind(emission),
            )
            .await?;
        rows.iter().map(block).collect()
    }

    async fn keep_run(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        codes: &[String],
        at: Timestamp,
    ) -> Result<Option<u64>, StoreError> {
        let codes = cut(codes);
        let open = self
            .run(
                sql("UPDATE stock_blocks SET kept = kept + $3
                     WHERE organisation_id = $1 AND id = $2 AND state = $4")
                .bind(organisation)
                .bind(block)
                .bind(length(codes.len()))
                .bind(BlockState::Asked.as_str()),
            )
            .await?;
        if open == 0 {
            return Ok(None);
        }
        for alike in codes.chunk_by(|one, other| (one.prefix, one.ki) == (other.prefix, other.ki)) {
            self.keep_alike(organisation, block, alike, at).await?;
        }
        Ok(Some(codes.len() as u64))
    }

    async fn end_block(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        station: Option<&BlockId>,
        given: u64,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let ended = self
            .run_unless_taken(
                sql("UPDATE stock_blocks SET state = $3, station_block = $4, given = $5, settled_at = $6
                     WHERE organisation_id = $1 AND id = $2 AND state = $7")
                .bind(organisation)
                .bind(block)
                .bind(BlockState::Whole.as_str())
                .bind(station.map(BlockId::as_str))
                .bind(number(given))
                .bind(at)
                .bind(BlockState::Asked.as_str()),
            )
            .await?;
        if ended == 0 {
            return Ok(false);
        }
        // A file's codes were looked for in the stock before they were kept; an order's are kept whatever is there.
        if let Some(StockBlock {
            source: BlockSource::Emission(_),
            gtin,
            ..
        }) = self.stock_block(organisation, block).await?
        {
            self.note_twins_of_block(organisation, block, gtin).await?;
        }
        Ok(true)
    }

    async fn void_block(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if self.forget_codes(organisation, block).await? {
            self.run(
                sql("UPDATE stock_blocks SET state = $3, settled_at = $4 WHERE organisation_id = $1 AND id = $2")
                    .bind(organisation)
                    .bind(block)
                    .bind(BlockState::Void.as_str())
                    .bind(at),
            )
            .await?;
        }
        Ok(())
    }

    async fn held(
        &mut self,
        organisation: OrganisationId,
        emission: EmissionId,
        gtin: Gtin,
    ) -> Result<Held, StoreError> {
        let row = self
            .one(
                sql("SELECT COUNT(CASE WHEN state = 'whole' THEN 1 END) AS blocks,
                         CAST(COALESCE(SUM(CASE WHEN state = 'whole' THEN given END), 0) AS BIGINT) AS given,
                         CAST(COALESCE(SUM(CASE WHEN state = 'whole' THEN kept END), 0) AS BIGINT) AS kept,
                         CAST(COALESCE(SUM(CASE WHEN state = 'asked' THEN kept END), 0) AS BIGINT) AS arriving
                     FROM stock_blocks WHERE organisation_id = $1 AND emission_id = $2 AND gtin = $3")
                .bind(organisation)
                .bind(emission)
                .bind(gtin.to_string().as_str()),
            )
            .await?;
        let Some(row) = row else {
            return Ok(Held::default());
        };
        let cells = Cells::new(&row, "stock_blocks", "blocks");
        Ok(Held {
            blocks: count(cells.get("blocks")?),
            given: count(cells.get("given")?),
            kept: count(cells.get("kept")?),
            arriving: count(cells.get("arriving")?),
        })
    }

    async fn save_receiving(
        &mut self,
        organisation: OrganisationId,
        receiving: &Receiving,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO receivings (organisation_id, emission_id, gtin, state, ordered, passed, trouble, began_at,
                     moved_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 ON CONFLICT (organisation_id, emission_id, gtin) DO UPDATE
                 SET state = excluded.state, ordered = excluded.ordered, passed = excluded.passed,
                     trouble = excluded.trouble, moved_at = excluded.moved_at")
            .bind(organisation)
            .bind(receiving.emission)
            .bind(receiving.gtin.to_string().as_str())
            .bind(receiving.state.as_str())
            .bind(number(receiving.ordered))
            .bind(receiving.passed.map(number))
            .bind(receiving.trouble.as_ref().map(json).transpose()?.as_deref())
            .bind(receiving.began_at)
            .bind(receiving.moved_at),
        )
        .await?;
        Ok(())
    }

    async fn receivings(
        &mut self,
        organisation: OrganisationId,
        emission: EmissionId,
    ) -> Result<Vec<Receiving>, StoreError> {
        let rows = self
            .all(
                sql(receivings_where!("= $2"))
                    .bind(organisation)
                    .bind(emission),
            )
            .await?;
        rows.iter().map(receiving).collect()
    }

    async fn receivings_of(
        &mut self,
        organisation: OrganisationId,
        emissions: &[EmissionId],
    ) -> Result<Vec<Receiving>, StoreError> {
        let rows = self
            .all(
                sql(self.of_dialect(RECEIVINGS_OF))
                    .bind(organisation)
                    .bind(&json(&emissions)?),
            )
            .await?;
        rows.iter().map(receiving).collect()
    }

    async fn piles(&mut self, organisation: OrganisationId) -> Result<Vec<Pile>, StoreError> {
        let rows = self
            .all(
                sql("SELECT emission_id, file, gtin, product_group, CAST(SUM(kept) AS BIGINT) AS codes,
                         MAX(settled_at) AS came_at
                     FROM stock_blocks WHERE organisation_id = $1 AND state = $2 AND kept > 0
                     GROUP BY emission_id, file, gtin, product_group ORDER BY MAX(settled_at) DESC, gtin")
                .bind(organisation)
                .bind(BlockState::Whole.as_str()),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "stock_blocks", "gtin");
                Ok(Pile {
                    source: source(&cells)?,
                    gtin: cells.parsed("gtin")?,
                    group: cells.get("product_group")?,
                    codes: count(cells.get("codes")?),
                    came_at: cells.get("came_at")?,
                })
            })
            .collect()
    }

    async fn stock_codes(
        &mut self,
        organisation: OrganisationId,
        query: &StockQuery,
    ) -> Result<Vec<StockCode>, StoreError> {
        self.shelved(organisation, query).await
    }

    async fn stock_code(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Option<StockCode>, StoreError> {
        self.shelved_one(organisation, key).await
    }

    async fn search_stock(
        &mut self,
        organisation: OrganisationId,
        search: &StockSearch<'_>,
    ) -> Result<Vec<StockCode>, StoreError> {
        self.searched(organisation, search).await
    }

    async fn in_stock(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
        keys: &[String],
        behind: i64,
        but: Option<StockBlockId>,
    ) -> Result<Vec<(String, BlockState)>, StoreError> {
        self.held_of(organisation, gtin, keys, behind, but).await
    }

    async fn give_up_block(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "UPDATE stock_blocks SET state = $3, settled_at = $4, kept = 0
                 WHERE organisation_id = $1 AND id = $2 AND state = $5",
            )
            .bind(organisation)
            .bind(block)
            .bind(BlockState::Void.as_str())
            .bind(at)
            .bind(BlockState::Asked.as_str()),
        )
        .await?;
        Ok(())
    }

    async fn forget_runs(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
    ) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        for text in FORGET {
            forgotten = self
                .run(
                    sql(text)
                        .bind(organisation)
                        .bind(block)
                        .bind(FORGOTTEN_AT_ONCE),
                )
                .await?;
        }
        Ok(forgotten)
    }

    async fn hold_goods(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "INSERT INTO held_goods (organisation_id, gtin, held) VALUES ($1, $2, 1)
                 ON CONFLICT (organisation_id, gtin) DO UPDATE SET held = held_goods.held + 1",
            )
            .bind(organisation)
            .bind(gtin.as_str()),
        )
        .await?;
        Ok(())
    }

    async fn newest_run(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
    ) -> Result<i64, StoreError> {
        let row = self
            .one(
                sql("SELECT COALESCE(MAX(number), 0) AS number FROM stock_runs
                     WHERE organisation_id = $1 AND gtin = $2")
                .bind(organisation)
                .bind(gtin.as_str()),
            )
            .await?;
        row.map_or(Ok(0), |row| {
            Cells::new(&row, "stock_runs", "number").get("number")
        })
    }

    async fn broken_imports(
        &mut self,
        organisation: OrganisationId,
        since: Timestamp,
    ) -> Result<Vec<StockBlockId>, StoreError> {
        let rows = self
            .all(
                sql("SELECT b.id FROM stock_blocks b
                     WHERE b.organisation_id = $1 AND b.file IS NOT NULL AND (
                         b.state = 'asked' AND b.asked_at < $2 AND NOT EXISTS (
                             SELECT 1 FROM stock_runs r
                             WHERE r.organisation_id = b.organisation_id AND r.block_id = b.id AND r.came_at >= $2)
                         OR b.state = 'void' AND EXISTS (
                             SELECT 1 FROM stock_runs r
                             WHERE r.organisation_id = b.organisation_id AND r.block_id = b.id))")
                .bind(organisation)
                .bind(since),
            )
            .await?;
        rows.iter()
            .map(|row| Cells::new(row, "stock_blocks", "id").parsed("id"))
            .collect()
    }
}
