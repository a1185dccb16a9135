//! Reading codes of the stock: a part of it in its order, one by its key, and what a search finds.
//!
//! A run is a few thousand codes in the order of their serial numbers. Whatever is asked goes run by run, each with one
//! step of an index; no statement leaves it to the database to find that out for millions of rows.

use super::super::Tx;
use crate::{
    draft::{Bound, Draft, texts},
    row::Cells,
    search::{
        codes::{Products, Sought, Way, sought},
        stock::prefix,
    },
    statement::{json, sql},
};
use cis::Gtin;
use desk::{
    codes::{CodeState, Cursor, Filter, Origin},
    ids::{OrganisationId, StockBlockId},
    server::ports::{
        stock::{Shelf, StockCode, StockQuery, StockSearch},
        storage::StoreError,
    },
    suz::receiving::BlockState,
};
use sqlx::any::AnyRow;

/// Runs whose numbers are read at once.
const RUNS_AT_ONCE: i64 = 100;
/// The same, as answers are counted.
const MOST_RUNS: usize = 100;

/// Characters of an end by which the stock is searched.
const END_INDEXED: usize = 4;

/// What is read of a code.
pub(in crate::tx) const SHOWN: &str = "SELECT r.number, c.position, r.prefix || c.serial AS ki, c.tail, r.gtin, r.block_id, r.came_at, b.emission_id,
        b.expires_at,
        CAST(CASE WHEN EXISTS (
            SELECT 1 FROM codes k WHERE k.organisation_id = r.organisation_id AND k.mark_key = 'cis:' || r.prefix || c.serial
        ) THEN 1 ELSE 0 END AS BIGINT) AS used";

/// Runs of whole blocks; the others' codes are nobody's yet. SQLite takes the tables in this order, so that a run is found
/// before its codes are looked at.
const RUNS: &str = " FROM stock_runs r
    CROSS JOIN stock_blocks b";
pub(in crate::tx) const CODES: &str = " FROM stock_runs r
    CROSS JOIN stock_blocks b
    CROSS JOIN stock_codes c";
/// Without statistics, which SQLite never gathers by itself, the codes of a run would look to it no more than those of one
/// end, and all of them would be read.
const BY_END: [&str; 2] = [" INDEXED BY stock_codes_by_end", ""];
pub(in crate::tx) const WHOSE: &str =
    " WHERE r.organisation_id = ? AND b.organisation_id = r.organisation_id AND b.id = r.block_id
    AND b.state = 'whole'";

/// Only codes that stand in no other list.
pub(in crate::tx) const UNUSED: &str = " AND NOT EXISTS (
    SELECT 1 FROM codes k WHERE k.organisation_id = r.organisation_id AND k.mark_key = 'cis:' || r.prefix || c.serial)";

pub(in crate::tx) fn code(row: &AnyRow) -> Result<StockCode, StoreError> {
    let cells = Cells::new(row, "stock_codes", "ki");
    let ki: String = cells.get("ki")?;
    let tail: String = cells.get("tail")?;
    Ok(StockCode {
        run: cells.get("number")?,
        position: cells.get("position")?,
        key: format!("cis:{ki}"),
        text: ki + &tail,
        gtin: cells.parsed("gtin")?,
        block: cells.parsed("block_id")?,
        emission: cells.parsed_opt("emission_id")?,
        expires: cells.get("expires_at")?,
        came_at: cells.get("came_at")?,
        used: cells.get("used")?,
    })
}

/// The part of the stock that is asked for.
fn add_shelf(draft: &mut Draft, shelf: Shelf) {
    match shelf {
        Shelf::All => {}
        Shelf::Goods(gtin) => draft.add(" AND r.gtin = ?", texts([gtin.to_string()])),
        Shelf::Emission(emission, gtin) => {
            draft.add(" AND b.emission_id = ?", texts([emission.to_string()]));
            if let Some(gtin) = gtin {
                draft.add(" AND r.gtin = ?", texts([gtin.to_string()]));
            }
        }
        Shelf::Block(block) => draft.add(" AND r.block_id = ?", texts([block.to_string()])),
    }
}

/// What a filter says of anything but the code itself; none when no code of the stock can be meant.
fn told(filter: &Filter) -> Option<&'static str> {
    if filter.state.is_some_and(|state| state != CodeState::Free) {
        return None;
    }
    match filter.origin {
        None => Some(""),
        Some(Origin::Emitted) => Some(" AND b.emission_id IS NOT NULL"),
        Some(Origin::Imported) => Some(" AND b.file IS NOT NULL"),
        Some(_) => None,
    }
}

/// Which runs a search may be answered by.
fn add_when(draft: &mut Draft, search: &StockSearch<'_>) {
    if let Some(from) = search.from {
        draft.add(" AND r.came_at >= ?", [Bound::Number(from.0)]);
    }
    if let Some(until) = search.until {
        draft.add(" AND r.came_at < ?", [Bound::Number(until.0)]);
    }
    if let Some(after) = search.after {
        draft.add(" AND r.came_at <= ?", [Bound::Number(after.at.0)]);
    }
}

/// Only codes behind a row: of an older run, or of the same moment with a lesser key.
fn add_behind(draft: &mut Draft, after: Option<&Cursor>) {
    if let Some(after) = after {
        draft.add(
            " AND (r.came_at < ? OR 'cis:' || r.prefix || c.serial < ?)",
            [Bound::Number(after.at.0), Bound::Text(after.key.clone())],
        );
    }
}

fn add_products(draft: &mut Draft, products: &[Products]) {
    let mut between = " AND (";
    for products in products {
        draft.add(between, []);
        match products {
            Products::Whole(gtin) => draft.add("r.gtin = ?", texts([gtin.clone()])),
            Products::Between(range) => {
                draft.add("r.gtin >= ? AND r.gtin < ?", texts(range.clone()));
            }
        }
        between = " OR ";
    }
    if !products.is_empty() {
        draft.add(")", []);
    }
}

/// What a key may begin with before its serial number, in every way in which a КИ is cut.
fn cuts(key: &str) -> Option<(&str, &str)> {
    let ki = key.strip_prefix("cis:")?;
    let prefix = prefix(ki);
    Some((prefix, ki.get(prefix.len()..)?))
}

/// A statement that finds the codes of a way; none when the stock cannot be searched so.
fn of_way(
    organisation: &str,
    search: &StockSearch<'_>,
    more: &'static str,
    by_end: &'static str,
    way: Way,
) -> Option<Draft> {
    let mut draft = Draft::default();
    draft.add(SHOWN, []);
    draft.add(CODES, []);
    if matches!(way, Way::KiEnd(..)) {
        draft.add(by_end, []);
    }
    draft.add(WHOSE, texts([organisation.to_owned()]));
    draft.add(" AND c.run = r.number", []);
    draft.add(more, []);
    match way {
        Way::Keys([key, _]) => {
            let (prefix, serial) = cuts(&key)?;
            draft.add(
                " AND r.prefix = ? AND c.serial = ?",
                texts([prefix.to_owned(), serial.to_owned()]),
            );
        }
        Way::SerialStart(range) => {
            draft.add(" AND c.serial >= ? AND c.serial < ?", texts(range));
        }
        Way::KiEnd(_, end) => {
            let length = end.chars().count();
            let indexed: String = end.chars().skip(length.checked_sub(END_INDEXED)?).collect();
            draft.add(
                " AND substr(c.serial, length(c.serial) - 3) = ?",
                texts([indexed]),
            );
            draft.add(
                " AND substr(r.prefix || c.serial, length(r.prefix || c.serial) - CAST(? AS INTEGER) + 1) = ?",
                [
                    Bound::Number(i64::try_from(length).unwrap_or(i64::MAX)),
                    Bound::Text(end),
                ],
            );
        }
        // A GTIN is answered run by run; of the tails there is no index.
        Way::Gtin(_) | Way::TextEnd(..) => return None,
    }
    draft.add(UNUSED, []);
    add_when(&mut draft, search);
    add_behind(&mut draft, search.after);
    draft.add(
        " ORDER BY r.came_at DESC, r.number DESC, c.serial DESC LIMIT ?",
        [Bound::Number(search.limit.into())],
    );
    Some(draft)
}

impl Tx {
    async fn codes_of(&mut self, draft: Draft) -> Result<Vec<StockCode>, StoreError> {
        let rows = self.all(draft.statement()).await?;
        rows.iter().map(code).collect()
    }

    async fn runs_of(&mut self, draft: Draft) -> Result<Vec<i64>, StoreError> {
        let rows = self.all(draft.statement()).await?;
        rows.iter()
            .map(|row| Cells::new(row, "stock_runs", "number").get("number"))
            .collect()
    }

    pub(super) async fn shelved(
        &mut self,
        organisation: OrganisationId,
        query: &StockQuery,
    ) -> Result<Vec<StockCode>, StoreError> {
        let whose = organisation.to_string();
        let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let mut found = Vec::new();
        let mut from = query.after.map_or(0, |after| after.run);
        loop {
            let mut runs = Draft::default();
            runs.add("SELECT r.number", []);
            runs.add(RUNS, []);
            runs.add(WHOSE, texts([whose.clone()]));
            add_shelf(&mut runs, query.shelf);
            runs.add(
                " AND r.number >= ? ORDER BY r.number LIMIT ?",
                [Bound::Number(from), Bound::Number(RUNS_AT_ONCE)],
            );
            let runs = self.runs_of(runs).await?;
            for run in &runs {
                let place = query.after.filter(|after| after.run == *run);
                let mut codes = Draft::default();
                codes.add(SHOWN, []);
                codes.add(CODES, []);
                codes.add(WHOSE, texts([whose.clone()]));
                codes.add(
                    " AND r.number = ? AND c.run = r.number AND c.position > ?",
                    [
                        Bound::Number(*run),
                        Bound::Number(place.map_or(-1, |place| place.position.into())),
                    ],
                );
                if query.unused {
                    codes.add(UNUSED, []);
                }
                let left = most.saturating_sub(found.len());
                codes.add(
                    " ORDER BY c.serial LIMIT ?",
                    [Bound::Number(i64::try_from(left).unwrap_or(i64::MAX))],
                );
                found.extend(self.codes_of(codes).await?);
                if found.len() >= most {
                    return Ok(found);
                }
            }
            match runs.last() {
                Some(last) if runs.len() == MOST_RUNS => from = last.saturating_add(1),
                _ => return Ok(found),
            }
        }
    }

    pub(super) async fn shelved_one(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Option<StockCode>, StoreError> {
        let Some((prefix, serial)) = cuts(key) else {
            return Ok(None);
        };
        let mut one = Draft::default();
        one.add(SHOWN, []);
        one.add(CODES, []);
        one.add(WHOSE, texts([organisation.to_string()]));
        one.add(
            " AND r.prefix = ? AND c.run = r.number AND c.serial = ? ORDER BY r.number LIMIT 1",
            texts([prefix.to_owned(), serial.to_owned()]),
        );
        Ok(self.codes_of(one).await?.pop())
    }

    pub(super) async fn searched(
        &mut self,
        organisation: OrganisationId,
        search: &StockSearch<'_>,
    ) -> Result<Vec<StockCode>, StoreError> {
        let Some(more) = told(search.filter) else {
            return Ok(Vec::new());
        };
        let whose = organisation.to_string();
        let by_end = self.of_dialect(BY_END);
        let mut found = Vec::new();
        match sought(search.filter) {
            Sought::All => found = self.newest(&whose, search, more, &[]).await?,
            Sought::Products(products) => {
                found = self.newest(&whose, search, more, &products).await?;
            }
            Sought::Codes(ways) => {
                for way in ways {
                    if let Way::Gtin(gtin) = way {
                        let products = [Products::Whole(gtin)];
                        found.extend(self.newest(&whose, search, more, &products).await?);
                    } else if let Some(draft) = of_way(&whose, search, more, by_end, way) {
                        found.extend(self.codes_of(draft).await?);
                    }
                }
                found.sort_by(|one, other| {
                    (other.came_at, &other.key).cmp(&(one.came_at, &one.key))
                });
                found.dedup_by(|one, other| one.key == other.key && one.run == other.run);
            }
        }
        found.truncate(usize::try_from(search.limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// The newest codes of some products, or of all: run by run, so that no million is sorted for a page.
    async fn newest(
        &mut self,
        whose: &str,
        search: &StockSearch<'_>,
        more: &'static str,
        products: &[Products],
    ) -> Result<Vec<StockCode>, StoreError> {
        let most = usize::try_from(search.limit).unwrap_or(usize::MAX);
        let mut found = Vec::new();
        let mut skipped = 0_i64;
        loop {
            let mut runs = Draft::default();
            runs.add("SELECT r.number", []);
            runs.add(RUNS, []);
            runs.add(WHOSE, texts([whose.to_owned()]));
            runs.add(more, []);
            add_products(&mut runs, products);
            add_when(&mut runs, search);
            runs.add(
                " ORDER BY r.came_at DESC, r.number DESC LIMIT ? OFFSET ?",
                [Bound::Number(RUNS_AT_ONCE), Bound::Number(skipped)],
            );
            let runs = self.runs_of(runs).await?;
            for run in &runs {
                let mut codes = Draft::default();
                codes.add(SHOWN, []);
                codes.add(CODES, []);
                codes.add(WHOSE, texts([whose.to_owned()]));
                codes.add(
                    " AND r.number = ? AND c.run = r.number",
                    [Bound::Number(*run)],
                );
                codes.add(UNUSED, []);
                add_behind(&mut codes, search.after);
                let left = most.saturating_sub(found.len());
                codes.add(
                    " ORDER BY c.serial DESC LIMIT ?",
                    [Bound::Number(i64::try_from(left).unwrap_or(i64::MAX))],
                );
                found.extend(self.codes_of(codes).await?);
                if found.len() >= most {
                    return Ok(found);
                }
            }
            if runs.len() < MOST_RUNS {
                return Ok(found);
            }
            skipped = skipped.saturating_add(RUNS_AT_ONCE);
        }
    }

    pub(super) async fn held_of(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
        keys: &[String],
        behind: i64,
        but: Option<StockBlockId>,
    ) -> Result<Vec<(String, BlockState)>, StoreError> {
        // Run by run, and in each by serial number: a run's codes lie side by side, so that its pages are read once.
        const HELD: [&str; 2] = [
            "SELECT came.value AS mark_key, b.state
             FROM stock_runs r CROSS JOIN stock_blocks b CROSS JOIN json_each($3) came CROSS JOIN stock_codes c
             WHERE r.organisation_id = $1 AND r.gtin = $2 AND r.number > $4 AND b.organisation_id = r.organisation_id
                 AND b.id = r.block_id AND b.state <> 'void' AND ($5 IS NULL OR b.id <> $5)
                 AND substr(came.value, 5, length(r.prefix)) = r.prefix
                 AND c.run = r.number AND c.serial = substr(came.value, 5 + length(r.prefix))",
            "SELECT came.value AS mark_key, b.state
             FROM stock_runs r CROSS JOIN stock_blocks b
             CROSS JOIN json_array_elements_text(CAST($3 AS json)) AS came (value) CROSS JOIN stock_codes c
             WHERE r.organisation_id = $1 AND r.gtin = $2 AND r.number > $4 AND b.organisation_id = r.organisation_id
                 AND b.id = r.block_id AND b.state <> 'void' AND ($5 IS NULL OR b.id <> $5)
                 AND substr(came.value, 5, length(r.prefix)) = r.prefix
                 AND c.run = r.number AND c.serial = substr(came.value, 5 + length(r.prefix))",
        ];
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        keys.sort_unstable();
        let rows = self
            .all(
                sql(self.of_dialect(HELD))
                    .bind(organisation)
                    .bind(gtin.to_string().as_str())
                    .bind(&json(&keys)?)
                    .bind(behind)
                    .bind(but),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "stock_codes", "mark_key");
                Ok((cells.get("mark_key")?, cells.parsed("state")?))
            })
            .collect()
    }
}
