//! Print runs and the codes on their labels.
//!
//! Labels take codes run by run of the stock, in each by serial number, and a mark per run says how far they have come: no
//! statement looks for what is left among what is printed. A code that lies in the stock twice is printed once.

use super::{
    Tx,
    stock::{CODES, SHOWN, UNUSED, WHOSE, code, count, source},
};
use crate::{
    draft::{Bound, Draft, texts},
    row::Cells,
    search::stock::prefix,
    statement::{json, sql},
};
use async_trait::async_trait;
use cis::Gtin;
use desk::{
    account::Email,
    ids::{OrganisationId, PrintRunId, StockBlockId},
    printing::{LabelTexts, Paper},
    server::ports::{
        printing::{FreeBlock, PrintRun, Printing},
        stock::{Stock as _, StockCode},
        storage::StoreError,
    },
    time::Timestamp,
};
use sqlx::any::AnyRow;
use std::collections::HashSet;

/// Runs of whole blocks of some goods, with how far each is printed.
const MARKED_RUNS: &str = " FROM stock_runs r
    JOIN stock_blocks b ON b.organisation_id = r.organisation_id AND b.id = r.block_id
    LEFT JOIN print_marks m ON m.organisation_id = r.organisation_id AND m.stock_run = r.number
    WHERE r.organisation_id = ? AND r.gtin = ? AND b.state = 'whole' AND COALESCE(m.passed, 0) < r.codes";

/// Only codes whose КИ is on no label, wherever in the stock it lies.
const UNPRINTED: &str = " AND NOT EXISTS (
    SELECT 1 FROM printed_codes p WHERE p.organisation_id = r.organisation_id AND p.ki = r.prefix || c.serial)";

/// How many codes behind the marks nobody can have, block by block: those that somebody scanned, then those that are on a
/// label as another of the stock. What was scanned off a label is told by the label, one look for each; only the rest is
/// looked for in the runs.
const GONE: [&str; 2] = [
    "WITH loose AS MATERIALIZED (
         SELECT substr(k.mark_key, 5) AS ki FROM codes k
         WHERE k.organisation_id = ? AND k.gtin = ? AND NOT EXISTS (
             SELECT 1 FROM printed_codes p WHERE p.organisation_id = k.organisation_id AND p.ki = substr(k.mark_key, 5))
     )
     SELECT r.block_id AS id, COUNT(*) AS found
     FROM stock_runs r
     CROSS JOIN stock_blocks b
     LEFT JOIN print_marks m ON m.organisation_id = r.organisation_id AND m.stock_run = r.number
     CROSS JOIN loose k
     CROSS JOIN stock_codes c
     WHERE r.organisation_id = ? AND r.gtin = ? AND b.organisation_id = r.organisation_id AND b.id = r.block_id
         AND b.state = 'whole' AND COALESCE(m.passed, 0) < r.codes
         AND substr(k.ki, 1, length(r.prefix)) = r.prefix
         AND c.run = r.number AND c.serial = substr(k.ki, 1 + length(r.prefix))
         AND (m.serial IS NULL OR c.serial > m.serial)
     GROUP BY r.block_id",
    "SELECT r.block_id AS id, COUNT(*) AS found
     FROM stock_runs r
     JOIN stock_blocks b ON b.organisation_id = r.organisation_id AND b.id = r.block_id
     JOIN printed_twins t ON t.organisation_id = r.organisation_id AND t.stock_run = r.number
     LEFT JOIN print_marks m ON m.organisation_id = r.organisation_id AND m.stock_run = r.number
     WHERE r.organisation_id = ? AND r.gtin = ? AND b.state = 'whole' AND COALESCE(m.passed, 0) < r.codes
         AND (m.serial IS NULL OR t.serial > m.serial)
     GROUP BY r.block_id",
];

/// Codes out of the JSON array `$3` of pairs (number of a run of the stock, key) onto the labels of a print run, in its order, on
/// SQLite and on PostgreSQL.
const PRINT: [&str; 2] = [
    "INSERT INTO printed_codes (organisation_id, print_run_id, place, stock_run, serial, ki)
     SELECT $1, $2, came.key + 1, r.number, substr(json_extract(came.value, '$[1]'), 5 + length(r.prefix)),
         substr(json_extract(came.value, '$[1]'), 5)
     FROM json_each($3) came
     CROSS JOIN stock_runs r
     WHERE r.organisation_id = $1 AND r.number = json_extract(came.value, '$[0]')",
    "INSERT INTO printed_codes (organisation_id, print_run_id, place, stock_run, serial, ki)
     SELECT $1, $2, came.place, r.number, substr(came.code ->> 1, 5 + length(r.prefix)), substr(came.code ->> 1, 5)
     FROM json_array_elements(CAST($3 AS json)) WITH ORDINALITY AS came (code, place)
     CROSS JOIN stock_runs r
     WHERE r.organisation_id = $1 AND r.number = CAST(came.code ->> 0 AS BIGINT)",
];

/// What is read of a print run.
const RUN: &str = "SELECT p.id, p.gtin, p.labels, p.article, p.name, p.size, p.medium, p.head, p.used_places, p.asked_by,
        p.asked_at, p.first_label, p.last_label, p.open_until, p.again, p.opened, p.opened_at, u.email
    FROM print_runs p
    LEFT JOIN users u ON u.id = p.asked_by
    WHERE p.organisation_id = ?";

fn run(row: &AnyRow) -> Result<(PrintRun, Option<Email>), StoreError> {
    let cells = Cells::new(row, "print_runs", "id");
    let run = PrintRun {
        id: cells.parsed("id")?,
        gtin: cells.parsed("gtin")?,
        count: cells.get("labels")?,
        texts: LabelTexts {
            article: cells.get("article")?,
            name: cells.get("name")?,
            size: cells.get("size")?,
        },
        paper: Paper {
            medium: cells.parsed("medium")?,
            head: cells.parsed("head")?,
            used_places: cells.get("used_places")?,
        },
        by: cells.parsed("asked_by")?,
        at: cells.get("asked_at")?,
        file: (cells.get("first_label")?, cells.get("last_label")?),
        open_until: cells.get("open_until")?,
        again: cells.get("again")?,
        opened: cells.get("opened")?,
        opened_at: cells.get("opened_at")?,
    };
    Ok((run, cells.parsed_opt("email")?))
}

/// The serial number of a code, as its run keeps it.
fn serial_of(code: &StockCode) -> &str {
    let ki = code.key.strip_prefix("cis:").unwrap_or(&code.key);
    ki.get(prefix(ki).len()..).unwrap_or_default()
}

impl Tx {
    /// Runs of the stock with codes left, each with the serial number behind which they are: of blocks that are annulled
    /// by now none, or those last.
    async fn unprinted_runs(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
        now: Timestamp,
        expired_too: bool,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let mut runs = Draft::default();
        runs.add("SELECT r.number, COALESCE(m.serial, '') AS serial", []);
        runs.add(
            MARKED_RUNS,
            texts([organisation.to_string(), gtin.to_string()]),
        );
        let now = Bound::Number(now.0);
        if expired_too {
            runs.add(
                " ORDER BY CASE WHEN b.expires_at <= ? THEN 1 ELSE 0 END, r.number",
                [now],
            );
        } else {
            runs.add(
                " AND (b.expires_at IS NULL OR b.expires_at > ?) ORDER BY r.number",
                [now],
            );
        }
        let rows = self.all(runs.statement()).await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "stock_runs", "number");
                Ok((cells.get("number")?, cells.get("serial")?))
            })
            .collect()
    }

    /// The first free codes of one run of the stock behind a serial number.
    async fn free_of_run(
        &mut self,
        organisation: OrganisationId,
        number: i64,
        behind: String,
        most: usize,
    ) -> Result<Vec<StockCode>, StoreError> {
        let mut codes = Draft::default();
        codes.add(SHOWN, []);
        codes.add(CODES, []);
        codes.add(WHOSE, texts([organisation.to_string()]));
        codes.add(
            " AND r.number = ? AND c.run = r.number AND c.serial > ?",
            [Bound::Number(number), Bound::Text(behind)],
        );
        codes.add(UNUSED, []);
        codes.add(UNPRINTED, []);
        codes.add(
            " ORDER BY c.serial LIMIT ?",
            [Bound::Number(i64::try_from(most).unwrap_or(i64::MAX))],
        );
        let rows = self.all(codes.statement()).await?;
        rows.iter().map(code).collect()
    }

    /// Writes down which codes of the stock are the same as those of a print run that was just added. Only a file can bring
    /// a code again: nothing is looked for where no file did.
    async fn note_printed_twins(
        &mut self,
        organisation: OrganisationId,
        run: &PrintRun,
    ) -> Result<(), StoreError> {
        if !self.came_by_file(organisation, run.gtin).await? {
            return Ok(());
        }
        self.run(
            sql(
                "INSERT INTO printed_twins (organisation_id, stock_run, serial)
                 SELECT r.organisation_id, r.number, c.serial
                 FROM stock_runs r
                 CROSS JOIN stock_blocks b
                 CROSS JOIN printed_codes p
                 CROSS JOIN stock_codes c
                 WHERE r.organisation_id = $1 AND r.gtin = $3 AND b.organisation_id = r.organisation_id
                     AND b.id = r.block_id AND b.state <> 'void'
                     AND p.organisation_id = $1 AND p.print_run_id = $2 AND p.stock_run <> r.number
                     AND substr(p.ki, 1, length(r.prefix)) = r.prefix
                     AND c.run = r.number AND c.serial = substr(p.ki, 1 + length(r.prefix))
                 ON CONFLICT DO NOTHING",
            )
            .bind(organisation)
            .bind(run.id)
            .bind(run.gtin.as_str()),
        )
        .await?;
        Ok(())
    }

    /// Writes down which codes of a block that came now are on labels already.
    pub(super) async fn note_twins_of_block(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        gtin: Gtin,
    ) -> Result<(), StoreError> {
        if !self.came_by_file(organisation, gtin).await? {
            return Ok(());
        }
        self.hold_goods(organisation, gtin).await?;
        self.run(
            sql(
                "INSERT INTO printed_twins (organisation_id, stock_run, serial)
                 SELECT r.organisation_id, r.number, c.serial
                 FROM stock_runs r
                 CROSS JOIN stock_codes c
                 WHERE r.organisation_id = $1 AND r.block_id = $2 AND c.run = r.number AND EXISTS (
                     SELECT 1 FROM printed_codes p
                     WHERE p.organisation_id = r.organisation_id AND p.ki = r.prefix || c.serial
                         AND p.stock_run <> r.number)
                 ON CONFLICT DO NOTHING",
            )
            .bind(organisation)
            .bind(block),
        )
        .await?;
        Ok(())
    }

    /// Whether a file brought codes of some goods.
    async fn came_by_file(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
    ) -> Result<bool, StoreError> {
        let found = self
            .one(
                sql("SELECT 1 AS found FROM stock_blocks
                     WHERE organisation_id = $1 AND gtin = $2 AND file IS NOT NULL AND state <> 'void' LIMIT 1")
                .bind(organisation)
                .bind(gtin.as_str()),
            )
            .await?;
        Ok(found.is_some())
    }

    /// Marks how far the runs that these codes are of are printed: to the end, but the last of them.
    async fn mark(
        &mut self,
        organisation: OrganisationId,
        codes: &[StockCode],
    ) -> Result<(), StoreError> {
        let mut ends = codes.chunk_by(|one, other| one.run == other.run).peekable();
        while let Some(part) = ends.next() {
            let Some(end) = part.last() else { continue };
            let passed = ends.peek().is_none().then(|| i64::from(end.position) + 1);
            self.run(
                sql(
                    "INSERT INTO print_marks (organisation_id, stock_run, serial, passed)
                     SELECT r.organisation_id, r.number, substr($3, 5 + length(r.prefix)), COALESCE($4, r.codes)
                     FROM stock_runs r
                     WHERE r.organisation_id = $1 AND r.number = $2
                     ON CONFLICT (organisation_id, stock_run)
                     DO UPDATE SET serial = excluded.serial, passed = excluded.passed",
                )
                .bind(organisation)
                .bind(end.run)
                .bind(&end.key)
                .bind(passed),
            )
            .await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Printing for Tx {
    async fn free_blocks(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
    ) -> Result<Vec<FreeBlock>, StoreError> {
        let whose = || texts([organisation.to_string(), gtin.to_string()]);
        let mut left = Draft::default();
        left.add(
            "SELECT b.id, b.emission_id, b.file, b.expires_at,
                 CAST(SUM(r.codes - COALESCE(m.passed, 0)) AS BIGINT) AS found",
            [],
        );
        left.add(MARKED_RUNS, whose());
        left.add(
            " GROUP BY b.id, b.emission_id, b.file, b.expires_at, b.settled_at ORDER BY b.settled_at, b.id",
            [],
        );
        let mut blocks = Vec::new();
        for row in self.all(left.statement()).await? {
            let cells = Cells::new(&row, "stock_blocks", "id");
            let block = FreeBlock {
                source: source(&cells)?,
                expires: cells.get("expires_at")?,
                codes: count(cells.get("found")?),
            };
            blocks.push((cells.parsed::<StockBlockId>("id")?, block));
        }
        let [scanned, twins] = GONE;
        let mut gone = Draft::default();
        gone.add(scanned, whose().into_iter().chain(whose()));
        let mut twice = Draft::default();
        twice.add(twins, whose());
        for draft in [gone, twice] {
            for row in self.all(draft.statement()).await? {
                let cells = Cells::new(&row, "stock_blocks", "id");
                let id: StockBlockId = cells.parsed("id")?;
                if let Some((_, block)) = blocks.iter_mut().find(|(it, _)| *it == id) {
                    block.codes = block.codes.saturating_sub(count(cells.get("found")?));
                }
            }
        }
        let free = blocks.into_iter().map(|(_, block)| block);
        Ok(free.filter(|block| block.codes > 0).collect())
    }

    async fn next_codes(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
        most: u32,
        now: Timestamp,
        expired_too: bool,
    ) -> Result<Vec<StockCode>, StoreError> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        for (run, mut behind) in self
            .unprinted_runs(organisation, gtin, now, expired_too)
            .await?
        {
            loop {
                let left = most.saturating_sub(found.len());
                if left == 0 {
                    return Ok(found);
                }
                let codes = self.free_of_run(organisation, run, behind, left).await?;
                let rest = codes.last().filter(|_| codes.len() == left);
                let rest = rest.map(|last| serial_of(last).to_owned());
                // The same code may lie in the stock twice, and neither be on a label yet.
                found.extend(
                    codes
                        .into_iter()
                        .filter(|code| seen.insert(code.key.clone())),
                );
                let Some(rest) = rest else { break };
                behind = rest;
            }
        }
        Ok(found)
    }

    async fn add_print_run(
        &mut self,
        organisation: OrganisationId,
        run: &PrintRun,
        codes: &[StockCode],
    ) -> Result<(), StoreError> {
        let (first, last) = run.file;
        self.run(
            sql(
                "INSERT INTO print_runs (organisation_id, id, gtin, labels, article, name, size, medium, head, used_places,
                     asked_by, asked_at, first_label, last_label, open_until, again, opened, opened_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
            )
            .bind(organisation)
            .bind(run.id)
            .bind(run.gtin.as_str())
            .bind(run.count)
            .bind(&run.texts.article)
            .bind(&run.texts.name)
            .bind(&run.texts.size)
            .bind(run.paper.medium.as_str())
            .bind(run.paper.head.as_str())
            .bind(run.paper.used_places)
            .bind(run.by)
            .bind(run.at)
            .bind(first)
            .bind(last)
            .bind(run.open_until)
            .bind(run.again)
            .bind(run.opened)
            .bind(run.opened_at),
        )
        .await?;
        let pairs: Vec<(i64, &str)> = codes
            .iter()
            .map(|code| (code.run, code.key.as_str()))
            .collect();
        let printed = self
            .run(
                sql(self.of_dialect(PRINT))
                    .bind(organisation)
                    .bind(run.id)
                    .bind(&json(&pairs)?),
            )
            .await?;
        if usize::try_from(printed) != Ok(codes.len()) {
            return Err(StoreError::Inconsistent {
                table: "printed_codes",
                column: "place",
                row: run.id.to_string(),
                why: format!("{printed} of {} codes are in the stock", codes.len()),
            });
        }
        self.mark(organisation, codes).await?;
        self.note_printed_twins(organisation, run).await
    }

    async fn print_run(
        &mut self,
        organisation: OrganisationId,
        id: PrintRunId,
    ) -> Result<Option<(PrintRun, Option<Email>)>, StoreError> {
        let mut one = Draft::default();
        one.add(RUN, texts([organisation.to_string()]));
        one.add(" AND p.id = ?", texts([id.to_string()]));
        let row = self.one(one.statement()).await?;
        row.as_ref().map(self::run).transpose()
    }

    async fn print_runs(
        &mut self,
        organisation: OrganisationId,
        gtin: Option<Gtin>,
        most: u32,
    ) -> Result<Vec<(PrintRun, Option<Email>)>, StoreError> {
        let mut runs = Draft::default();
        runs.add(RUN, texts([organisation.to_string()]));
        if let Some(gtin) = gtin {
            runs.add(" AND p.gtin = ?", texts([gtin.to_string()]));
        }
        runs.add(
            " ORDER BY p.asked_at DESC, p.id DESC LIMIT ?",
            [Bound::Number(most.into())],
        );
        let rows = self.all(runs.statement()).await?;
        rows.iter().map(self::run).collect()
    }

    async fn reopen_print_run(
        &mut self,
        organisation: OrganisationId,
        id: PrintRunId,
        (first, last): (u32, u32),
        paper: Paper,
        open_until: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "UPDATE print_runs SET first_label = $3, last_label = $4, medium = $5, head = $6, used_places = $7,
                     open_until = $8, again = again + 1, opened = 0, opened_at = NULL
                 WHERE organisation_id = $1 AND id = $2",
            )
            .bind(organisation)
            .bind(id)
            .bind(first)
            .bind(last)
            .bind(paper.medium.as_str())
            .bind(paper.head.as_str())
            .bind(paper.used_places)
            .bind(open_until),
        )
        .await?;
        Ok(())
    }

    async fn note_opening(
        &mut self,
        organisation: OrganisationId,
        id: PrintRunId,
        (first, last): (u32, u32),
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let opened = self
            .run(
                sql("UPDATE print_runs SET opened = opened + 1, opened_at = $3
                     WHERE organisation_id = $1 AND id = $2 AND first_label = $4 AND last_label = $5 AND open_until > $3")
                .bind(organisation)
                .bind(id)
                .bind(at)
                .bind(first)
                .bind(last),
            )
            .await?;
        Ok(opened > 0)
    }

    async fn printed_codes(
        &mut self,
        organisation: OrganisationId,
        id: PrintRunId,
        (first, last): (u32, u32),
    ) -> Result<Vec<String>, StoreError> {
        let rows = self
            .all(
                sql("SELECT p.place, r.prefix || c.serial || c.tail AS text
                     FROM printed_codes p
                     JOIN stock_codes c ON c.run = p.stock_run AND c.serial = p.serial
                     JOIN stock_runs r ON r.number = c.run AND r.organisation_id = p.organisation_id
                     WHERE p.organisation_id = $1 AND p.print_run_id = $2 AND p.place >= $3 AND p.place <= $4
                     ORDER BY p.place")
                .bind(organisation)
                .bind(id)
                .bind(first)
                .bind(last),
            )
            .await?;
        rows.iter()
            .map(|row| Cells::new(row, "printed_codes", "place").get("text"))
            .collect()
    }
}
