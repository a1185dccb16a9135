//! Codes that were bought elsewhere, from a file into the stock.
//!
//! All of a file's codes become part of the stock in one moment, or none: what a file that was broken off left behind is
//! forgotten by the next one. A text is read while it comes, so that one of any size weighs as much as a piece of it and the
//! identities that were met.

use super::super::{Desk, internal::internal, ports::storage::JournalEntry};
use crate::{
    account::{Actor, Permission},
    ids::{OrganisationId, StockBlockId},
    journal::Action,
    problem::Problem,
    server::ports::stock::{BlockSource, RUN_CODES, StockBlock},
    suz::receiving::{BlockState, ImportReport, RefusedRow, RowRefusal},
};
use cis::{
    Gtin, MarkingCode, Outcome, Parsed, Verdict,
    bulk::{Checker, Duplicates, Shape},
};
use std::collections::HashMap;
use tokio::sync::mpsc;

/// Characters of a file's name that are kept.
const LONGEST_NAME: usize = 120;

/// Refused rows that are told one by one.
const TOLD_ROWS: usize = 50;

/// Characters that are told of a refused row.
const TOLD_TEXT: usize = 40;

/// An import of which nothing came for so many seconds is broken off.
const BROKEN_AFTER: i64 = 600;

/// Bytes of a text by which it is told how it is laid out; the engine looks at no more.
const ENOUGH_FOR_SHAPE: usize = 1 << 16;

/// A text as it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPiece {
    /// The next part of it.
    Part(String),
    /// That was all. Without it the text was cut, and nothing of it is kept.
    End,
}

/// A file as it is read.
#[derive(Debug)]
pub enum CodeFile {
    /// A text: a code to a line, or a table.
    Text(mpsc::Receiver<TextPiece>),
    /// The cells of a workbook in which the codes stand, each with the number of its row.
    Cells(Vec<(u32, String)>),
}

/// A file block by block: one of each kind of goods.
struct Import<'d> {
    desk: &'d Desk,
    actor: &'d Actor,
    name: String,
    goods: Vec<Goods>,
    report: ImportReport,
}

/// The codes of one GTIN.
struct Goods {
    gtin: Gtin,
    /// The block, once it is begun.
    block: Option<StockBlockId>,
    /// Codes that are to be kept, each with whether it was repaired.
    waiting: Vec<(MarkingCode, bool)>,
    taken: u64,
}

/// The end of an asking was not written: somebody gave it up meanwhile.
#[derive(Debug, thiserror::Error)]
#[error("an import was taken for broken off while it ran")]
struct GivenUp;

impl Desk {
    /// Takes the codes of a file into the stock, each once, and tells of every row that was not taken.
    ///
    /// # Errors
    /// When the one who asks may not, there is no row at all, the text was cut, or the store fails: then nothing of the file
    /// is kept.
    pub async fn import_codes(
        &self,
        actor: &Actor,
        name: &str,
        file: CodeFile,
    ) -> Result<ImportReport, Problem> {
        if !actor.role.may(Permission::OrderCodes) {
            return Err(Problem::Forbidden {
                permission: Permission::OrderCodes,
            });
        }
        self.forget_broken_imports(actor).await?;
        let mut import = Import {
            desk: self,
            actor,
            name: name.chars().take(LONGEST_NAME).collect(),
            goods: Vec::new(),
            report: ImportReport::default(),
        };
        let outcome = match import.read(file).await {
            Ok(()) => import.end().await,
            Err(problem) => Err(problem),
        };
        if outcome.is_err() {
            import.give_up().await;
        }
        outcome.map(|()| import.report)
    }

    async fn forget_broken_imports(&self, actor: &Actor) -> Result<(), Problem> {
        let since = self.now().plus_seconds(-BROKEN_AFTER);
        let mut tx = self.read().await?;
        let broken = tx.broken_imports(actor.organisation, since).await?;
        drop(tx);
        for block in broken {
            self.forget_import(actor.organisation, block).await?;
        }
        Ok(())
    }

    /// Forgets what a file left: at once as far as anybody sees, and then its codes, so few at a time that nobody waits.
    async fn forget_import(
        &self,
        organisation: OrganisationId,
        block: StockBlockId,
    ) -> Result<(), Problem> {
        let mut tx = self.write().await?;
        tx.give_up_block(organisation, block, self.now()).await?;
        tx.commit().await?;
        loop {
            let mut tx = self.write().await?;
            let forgotten = tx.forget_runs(organisation, block).await?;
            tx.commit().await?;
            if forgotten == 0 {
                return Ok(());
            }
        }
    }
}

impl Import<'_> {
    async fn read(&mut self, file: CodeFile) -> Result<(), Problem> {
        let any = match file {
            CodeFile::Text(pieces) => self.text(pieces).await?,
            CodeFile::Cells(cells) => self.cells(&cells).await?,
        };
        if any { Ok(()) } else { Err(Problem::NoRows) }
    }

    /// Reads a text while it comes; whether there was any row.
    async fn text(&mut self, mut pieces: mpsc::Receiver<TextPiece>) -> Result<bool, Problem> {
        let mut any = false;
        let mut text = String::new();
        let mut checker: Option<Checker> = None;
        loop {
            let complete = match pieces.recv().await.ok_or(Problem::CutFile)? {
                TextPiece::Part(part) => {
                    text.push_str(&part);
                    false
                }
                TextPiece::End => true,
            };
            if checker.is_none() && !complete && text.len() <= ENOUGH_FOR_SHAPE {
                continue;
            }
            let checker = checker.get_or_insert_with(|| Checker::new(Shape::of(&text)));
            while let Some(checked) = checker.next(&text, complete) {
                any = true;
                let raw = checked.row.code.text().into_owned();
                let line = checked.row.line as u64;
                let again = checked.same_as.is_some();
                self.row(line, &raw, checked.parsed, again).await?;
            }
            if complete {
                return Ok(any);
            }
            text.drain(..checker.reader().consumed());
            checker.rebase();
        }
    }

    /// Reads the cells of a workbook; whether there was any.
    async fn cells(&mut self, cells: &[(u32, String)]) -> Result<bool, Problem> {
        let mut any = false;
        let mut seen = Duplicates::default();
        for (row, raw) in cells.iter().filter(|(_, raw)| !raw.trim().is_empty()) {
            any = true;
            let parsed = cis::parse(raw);
            let line = usize::try_from(*row).unwrap_or(usize::MAX);
            let again = parsed
                .code()
                .and_then(|code| seen.first_line(code.ki().as_str(), line))
                .is_some();
            self.row((*row).into(), raw, parsed, again).await?;
        }
        Ok(any)
    }

    /// One row, with whether its unit stood in the file before.
    async fn row(
        &mut self,
        row: u64,
        raw: &str,
        parsed: Parsed,
        again: bool,
    ) -> Result<(), Problem> {
        let repaired = parsed.outcome() == Outcome::Repaired;
        let (code, gtin) = match of_stock(parsed.verdict) {
            Ok(found) => found,
            Err(why) => {
                self.refuse(row, raw, why);
                return Ok(());
            }
        };
        if again {
            self.report.known += 1;
            return Ok(());
        }
        // Whether it is there already is found out with the others of its run.
        let place = if let Some(place) = self.goods.iter().position(|goods| goods.gtin == gtin) {
            place
        } else {
            self.goods.push(Goods {
                gtin,
                block: None,
                waiting: Vec::new(),
                taken: 0,
            });
            self.goods.len() - 1
        };
        let full = self.goods.get_mut(place).is_some_and(|goods| {
            goods.waiting.push((code, repaired));
            goods.waiting.len() >= RUN_CODES
        });
        if full {
            self.keep(place).await?;
        }
        Ok(())
    }

    fn refuse(&mut self, row: u64, raw: &str, why: RowRefusal) {
        self.report.refused_count += 1;
        if self.report.refused.len() < TOLD_ROWS {
            self.report.refused.push(RefusedRow {
                row,
                text: raw.chars().take(TOLD_TEXT).collect(),
                why,
            });
        }
    }

    /// Keeps the codes of some goods that wait, but those that the stock holds or another brings just now.
    async fn keep(&mut self, place: usize) -> Result<(), Problem> {
        let Some(goods) = self.goods.get_mut(place) else {
            return Ok(());
        };
        let (organisation, gtin) = (self.actor.organisation, goods.gtin);
        let came = std::mem::take(&mut goods.waiting);
        let keys: Vec<String> = came.iter().map(|(code, _)| key(code)).collect();
        // A large stock takes its time, in which nobody who writes shall wait: it is looked through before, and what came
        // meanwhile afterwards.
        let mut tx = self.desk.read().await?;
        let newest = tx.newest_run(organisation, gtin).await?;
        let mut held = tx
            .in_stock(organisation, gtin, &keys, 0, goods.block)
            .await?;
        drop(tx);
        let now = self.desk.now();
        let mut tx = self.desk.write().await?;
        tx.hold_goods(organisation, gtin).await?;
        held.extend(
            tx.in_stock(organisation, gtin, &keys, newest, goods.block)
                .await?,
        );
        // Of a code that is there and comes again as well, it counts that it is there.
        held.sort_by_key(|(_, state)| *state == BlockState::Whole);
        let held: HashMap<String, BlockState> = held.into_iter().collect();
        let (mut repaired, mut arriving) = (0, 0);
        let mut new = Vec::with_capacity(came.len());
        for ((code, mended), key) in came.into_iter().zip(&keys) {
            match held.get(key) {
                None => {
                    repaired += u64::from(mended);
                    new.push(code.into_string());
                }
                Some(BlockState::Whole) => self.report.known += 1,
                Some(_) => arriving += 1,
            }
        }
        self.report.arriving += arriving;
        if new.is_empty() {
            return Ok(());
        }
        let block = if let Some(block) = goods.block {
            block
        } else {
            let block = StockBlock {
                id: self.desk.id(StockBlockId::from_parts)?,
                source: BlockSource::File(self.name.clone()),
                gtin,
                group: None,
                station: None,
                state: BlockState::Asked,
                asked: new.len() as u64,
                given: None,
                kept: 0,
                expires: None,
                by: Some(self.actor.user),
                asked_at: now,
                settled_at: None,
            };
            if !tx.begin_block(organisation, &block).await? {
                return Err(internal(&GivenUp));
            }
            block.id
        };
        let kept = tx
            .keep_run(organisation, block, &new, now)
            .await?
            .ok_or_else(|| internal(&GivenUp))?;
        tx.commit().await?;
        goods.block = Some(block);
        goods.taken += kept;
        self.report.taken += kept;
        self.report.repaired += repaired;
        Ok(())
    }

    /// Keeps what waits, and makes all of it part of the stock in one moment.
    async fn end(&mut self) -> Result<(), Problem> {
        for place in 0..self.goods.len() {
            self.keep(place).await?;
        }
        let organisation = self.actor.organisation;
        let now = self.desk.now();
        let mut tx = self.desk.write().await?;
        for goods in &self.goods {
            let Some(block) = goods.block else { continue };
            if !tx
                .end_block(organisation, block, None, goods.taken, now)
                .await?
            {
                return Err(internal(&GivenUp));
            }
        }
        let entry = JournalEntry {
            at: now,
            user: Some(self.actor.user),
            action: Action::CodesImported,
            subject: self.name.clone(),
            detail: self.report.taken.to_string(),
        };
        tx.write_journal(organisation, &entry).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets what was kept of a file that did not come to its end.
    async fn give_up(&self) {
        for block in self.goods.iter().filter_map(|goods| goods.block) {
            let outcome = self.desk.forget_import(self.actor.organisation, block);
            if let Err(problem) = outcome.await {
                tracing::warn!(%problem, "an import that failed is forgotten by the next one");
            }
        }
    }
}

/// The code that the stock may take, with its goods.
fn of_stock(verdict: Verdict) -> Result<(MarkingCode, Gtin), RowRefusal> {
    let code = match verdict {
        Verdict::Code(code) => code,
        Verdict::Ambiguous(_) => return Err(RowRefusal::Ambiguous),
        Verdict::Refused(_) | Verdict::NotACode(_) => return Err(RowRefusal::NotACode),
    };
    let gtin = code.gtin().ok_or(RowRefusal::NoGtin)?;
    if code.has_tail() {
        Ok((code, gtin))
    } else {
        Err(RowRefusal::NoTail)
    }
}

fn key(code: &MarkingCode) -> String {
    ["cis:", code.ki().as_str()].concat()
}
