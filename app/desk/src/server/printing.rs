//! Labels with codes of the stock: taken in order, each code once.
//!
//! Codes belong to a run from the moment when it is stored, before anything is drawn: a printer that jams, a tab that is closed
//! or a program that is killed loses no code, because the run's labels can be asked for again. Whether they can be drawn at all is
//! found out before, so that no code is spent on what nobody can print.

use super::{
    Desk,
    internal::internal,
    ports::{
        printing::PrintRun,
        stock::StockCode,
        storage::{JournalEntry, Transaction},
    },
    stock::is_over,
    when::when,
};
use crate::{
    account::{Actor, Email, Permission},
    ids::PrintRunId,
    journal::Action,
    printing::{
        LabelTexts, MOST_LABELS, MOST_TEXT, OPEN_MILLIS, Paper, PrintAgain, PrintAsk, PrintFault,
        PrintFormat, PrintRunView,
    },
    problem::Problem,
    time::Timestamp,
};
use cis::Gtin;
use std::sync::Arc;

/// Runs on a page.
const SHOWN: u32 = 50;

/// How often somebody else may have taken the same codes meanwhile.
const TRIES: u8 = 20;

/// A file of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintFile {
    /// Of which run.
    pub run: PrintRunId,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Desk {
    /// How many codes of these goods can be printed; those that are annulled by now are not counted.
    pub async fn printable(&self, actor: &Actor, gtin: Gtin) -> Result<u64, Problem> {
        let now = self.now();
        let mut tx = self.read().await?;
        let blocks = tx.free_blocks(actor.organisation, gtin).await?;
        let fresh = blocks.iter().filter(|block| !is_over(block.expires, now));
        Ok(fresh.map(|block| block.codes).sum())
    }

    /// The newest print runs: of some goods, or all.
    pub async fn print_runs(
        &self,
        actor: &Actor,
        gtin: Option<Gtin>,
    ) -> Result<Vec<PrintRunView>, Problem> {
        let now = self.now();
        let mut tx = self.read().await?;
        let runs = tx.print_runs(actor.organisation, gtin, SHOWN).await?;
        Ok(runs
            .into_iter()
            .map(|(run, who)| view(run, who, now))
            .collect())
    }

    /// One print run.
    pub async fn print_run(&self, actor: &Actor, id: PrintRunId) -> Result<PrintRunView, Problem> {
        may_print(actor)?;
        self.run_view(actor, id).await
    }

    /// Takes the next codes of the stock for labels. Their file can be fetched for some minutes.
    pub async fn print_labels(
        &self,
        actor: &Actor,
        ask: PrintAsk,
    ) -> Result<PrintRunView, Problem> {
        may_print(actor)?;
        if ask.count == 0 || ask.count > MOST_LABELS {
            return Err(unprintable(PrintFault::Count {
                asked: ask.count,
                most: MOST_LABELS,
            }));
        }
        let ask = PrintAsk {
            texts: trimmed(&ask.texts)?,
            ..ask
        };
        fits(ask.paper)?;
        for _ in 0..TRIES {
            let mut tx = self.read().await?;
            let now = self.now();
            let seen = tx
                .next_codes(
                    actor.organisation,
                    ask.gtin,
                    ask.count,
                    now,
                    ask.expired_too,
                )
                .await?;
            if seen.len() < usize::try_from(ask.count).unwrap_or(usize::MAX) {
                let blocks = tx.free_blocks(actor.organisation, ask.gtin).await?;
                let over = blocks.iter().filter(|block| is_over(block.expires, now));
                return Err(unprintable(PrintFault::Short {
                    free: u64::try_from(seen.len()).unwrap_or(u64::MAX),
                    expired: if ask.expired_too {
                        0
                    } else {
                        over.map(|block| block.codes).sum()
                    },
                }));
            }
            drop(tx);
            self.check(&seen, &ask).await?;
            if let Some(run) = self.take(actor, &ask, &seen).await? {
                return self.run_view(actor, run.id).await;
            }
        }
        Err(Problem::OrderChanged)
    }

    /// Takes the codes that were seen; none when somebody else took some of them meanwhile.
    async fn take(
        &self,
        actor: &Actor,
        ask: &PrintAsk,
        seen: &[StockCode],
    ) -> Result<Option<PrintRun>, Problem> {
        let organisation = actor.organisation;
        let now = self.now();
        let run = PrintRun {
            id: self.id(PrintRunId::from_parts)?,
            gtin: ask.gtin,
            count: ask.count,
            texts: ask.texts.clone(),
            paper: ask.paper,
            by: actor.user,
            at: now,
            file: (1, ask.count),
            open_until: now.plus_millis(OPEN_MILLIS),
            again: 0,
            opened: 0,
            opened_at: None,
        };
        let mut tx = self.write().await?;
        tx.hold_goods(organisation, ask.gtin).await?;
        let codes = tx
            .next_codes(organisation, ask.gtin, ask.count, now, ask.expired_too)
            .await?;
        if codes != seen {
            return Ok(None);
        }
        tx.add_print_run(organisation, &run, &codes).await?;
        let over = codes
            .iter()
            .filter(|code| is_over(code.expires, now))
            .count();
        let over = match over {
            0 => String::new(),
            over => format!(", expired {over}"),
        };
        let entry = JournalEntry {
            at: now,
            user: Some(actor.user),
            action: Action::CodesPrinted,
            subject: ask.gtin.to_string(),
            detail: format!("{} {}{over}", run.count, ask.paper.medium.as_str()),
        };
        tx.write_journal(organisation, &entry).await?;
        tx.commit().await?;
        Ok(Some(run))
    }

    /// Lets labels of a run be fetched once more: the same codes on paper a second time, which the journal keeps.
    pub async fn print_again(
        &self,
        actor: &Actor,
        again: PrintAgain,
    ) -> Result<PrintRunView, Problem> {
        may_print(actor)?;
        fits(again.paper)?;
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let (run, _) = existing(&mut *tx, actor, again.run).await?;
        let file = (again.first, again.last);
        if again.first == 0 || again.first > again.last || again.last > run.count {
            return Err(unprintable(PrintFault::Range { count: run.count }));
        }
        let codes = tx.printed_codes(organisation, run.id, file).await?;
        drop(tx);
        self.press(codes, run.texts, again.paper, None).await?;

        let now = self.now();
        let mut tx = self.write().await?;
        let open_until = now.plus_millis(OPEN_MILLIS);
        tx.reopen_print_run(organisation, run.id, file, again.paper, open_until)
            .await?;
        let entry = JournalEntry {
            at: now,
            user: Some(actor.user),
            action: Action::CodesPrintedAgain,
            subject: run.gtin.to_string(),
            detail: range(file, run.count),
        };
        tx.write_journal(organisation, &entry).await?;
        tx.commit().await?;
        self.run_view(actor, again.run).await
    }

    /// The file of a run, while it is open. Every time is counted and stands in the journal: each is labels on paper, for
    /// all that anybody knows.
    pub async fn print_file(
        &self,
        actor: &Actor,
        id: PrintRunId,
        format: PrintFormat,
    ) -> Result<PrintFile, Problem> {
        may_print(actor)?;
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let (run, _) = existing(&mut *tx, actor, id).await?;
        if self.now() >= run.open_until {
            return Err(unprintable(PrintFault::Closed));
        }
        if !run.paper.medium.comes_as(format) {
            return Err(unprintable(PrintFault::NoSheets));
        }
        let codes = tx.printed_codes(organisation, id, run.file).await?;
        drop(tx);
        let bytes = self
            .press(codes, run.texts, run.paper, Some(format))
            .await?;

        let now = self.now();
        let mut tx = self.write().await?;
        if !tx.note_opening(organisation, id, run.file, now).await? {
            return Err(unprintable(PrintFault::Closed));
        }
        let entry = JournalEntry {
            at: now,
            user: Some(actor.user),
            action: Action::LabelsOpened,
            subject: run.gtin.to_string(),
            detail: [format.as_str(), " ", &range(run.file, run.count)].concat(),
        };
        tx.write_journal(organisation, &entry).await?;
        tx.commit().await?;
        Ok(PrintFile { run: id, bytes })
    }

    async fn check(&self, codes: &[StockCode], ask: &PrintAsk) -> Result<(), Problem> {
        let codes = codes.iter().map(|code| code.text.clone()).collect();
        self.press(codes, ask.texts.clone(), ask.paper, None)
            .await?;
        Ok(())
    }

    /// Draws a file, or only finds out whether it could be drawn, away from the threads that answer people.
    async fn press(
        &self,
        codes: Vec<String>,
        texts: LabelTexts,
        paper: Paper,
        format: Option<PrintFormat>,
    ) -> Result<Vec<u8>, Problem> {
        let press = Arc::clone(&self.outside.press);
        let work = move || match format {
            Some(format) => press.file(&codes, &texts, paper, format),
            None => press.check(&codes, &texts, paper).map(|()| Vec::new()),
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| internal(&error))?
            .map_err(unprintable)
    }

    async fn run_view(&self, actor: &Actor, id: PrintRunId) -> Result<PrintRunView, Problem> {
        let mut tx = self.read().await?;
        let (run, who) = existing(&mut *tx, actor, id).await?;
        Ok(view(run, who, self.now()))
    }
}

fn may_print(actor: &Actor) -> Result<(), Problem> {
    if actor.role.may(Permission::ExportCodes) {
        return Ok(());
    }
    Err(Problem::Forbidden {
        permission: Permission::ExportCodes,
    })
}

async fn existing(
    tx: &mut dyn Transaction,
    actor: &Actor,
    id: PrintRunId,
) -> Result<(PrintRun, Option<Email>), Problem> {
    tx.print_run(actor.organisation, id)
        .await?
        .ok_or(Problem::NotFound)
}

fn unprintable(fault: PrintFault) -> Problem {
    Problem::Unprintable { fault }
}

/// The texts without spaces around them.
fn trimmed(texts: &LabelTexts) -> Result<LabelTexts, Problem> {
    let short = |text: &str| {
        let text = text.trim();
        if text.chars().count() > MOST_TEXT {
            let most = u32::try_from(MOST_TEXT).unwrap_or(u32::MAX);
            return Err(unprintable(PrintFault::LongText { most }));
        }
        Ok(text.to_owned())
    };
    Ok(LabelTexts {
        article: short(&texts.article)?,
        name: short(&texts.name)?,
        size: short(&texts.size)?,
    })
}

/// A sheet has a place left, and nothing lies empty on a roll.
fn fits(paper: Paper) -> Result<(), Problem> {
    let places = paper.medium.on_a_sheet().unwrap_or(0);
    if paper.used_places > 0 && paper.used_places >= places {
        return Err(unprintable(PrintFault::UsedPlaces { places }));
    }
    Ok(())
}

/// «3–4 / 10».
fn range((first, last): (u32, u32), count: u32) -> String {
    format!("{first}–{last} / {count}")
}

fn view(run: PrintRun, who: Option<Email>, now: Timestamp) -> PrintRunView {
    PrintRunView {
        id: run.id,
        at: when(run.at, now, true),
        who: who.map(String::from),
        gtin: run.gtin,
        count: run.count,
        texts: run.texts,
        paper: run.paper,
        again: run.again,
        file: run.file,
        open_until: run.open_until,
        open: now < run.open_until,
        opened: run.opened,
        opened_at: run.opened_at.map(|at| when(at, now, true)),
    }
}
