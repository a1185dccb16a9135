//! `metka suz labels`.

use super::{End, args::LabelArgs, session::Session};
use anyhow::Context as _;
use app::commands;
use desk::{
    ids::PrintRunId,
    printing::{Head, LabelTexts, Medium, Paper, PrintAgain, PrintAsk, PrintFault, PrintRunView},
    problem::Problem,
    suz::new_emission::{EmissionFault, FaultPlace, read_gtin},
};
use serde::Serialize;
use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

/// What has to be confirmed first, or cannot be right.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    /// The codes of this run are on paper already.
    PrintedBefore { run: PrintRunId },
    /// What was given is no GTIN.
    Faults(Vec<EmissionFault>),
}

/// Prints labels into a file: the next codes of the stock, or a run's once more. The codes are taken before anything is
/// drawn, and the run is told before its file is written: whatever happens then, its labels can be asked for again.
pub(super) async fn labels(session: &Session, args: LabelArgs) -> anyhow::Result<End> {
    if args.runs {
        return runs(session).await;
    }
    let Some(out) = &args.out else {
        anyhow::bail!("--out is missing");
    };
    // Before any code is taken: no run shall end in a file that cannot be written.
    let mut file = NewFile::beside(out)?;
    let run = match args.reprint {
        Some(run) => again(session, run, &args).await?,
        None => next(session, &args).await?,
    };
    let Some(run) = run else {
        return Ok(End::No);
    };
    session.say(&run, line(&run))?;
    let drawn = session
        .desk()
        .print_file(&session.actor, run.id, args.format)
        .await?;
    file.write(&drawn.bytes)?;
    file.appear(out)?;
    Ok(End::Done)
}

/// The newest print runs, for who lost the number of one.
async fn runs(session: &Session) -> anyhow::Result<End> {
    let runs = session.desk().print_runs(&session.actor, None).await?;
    let lines: Vec<_> = runs.iter().map(line).collect();
    session.say(&runs, lines.join("\n"))?;
    Ok(End::Done)
}

/// Number, labels, goods, which labels the file has.
fn line(run: &PrintRunView) -> String {
    let (first, last) = run.file;
    format!("{}\t{}\t{}\t{first}–{last}", run.id, run.count, run.gtin)
}

async fn next(session: &Session, args: &LabelArgs) -> anyhow::Result<Option<PrintRunView>> {
    let gtin = match read_gtin(args.gtin.as_deref().unwrap_or_default()) {
        Ok(gtin) => gtin,
        Err(kind) => {
            let fault = EmissionFault::new(FaultPlace::Gtin(0), kind);
            let said = commands::gtin_fault(&fault, session.lang);
            session.say(&Answer::Faults(vec![fault]), said)?;
            return Ok(None);
        }
    };
    let ask = PrintAsk {
        gtin,
        count: args.count.unwrap_or_default(),
        texts: LabelTexts {
            article: args.article.clone(),
            name: args.name.clone(),
            size: args.size.clone(),
        },
        paper: args.paper(Paper {
            medium: Medium::Roll58x40,
            head: Head::Dpi203,
            used_places: 0,
        })?,
        expired_too: args.expired,
    };
    Ok(Some(
        session.desk().print_labels(&session.actor, ask).await?,
    ))
}

async fn again(
    session: &Session,
    id: PrintRunId,
    args: &LabelArgs,
) -> anyhow::Result<Option<PrintRunView>> {
    let (desk, actor) = (session.desk(), &session.actor);
    let run = desk.print_run(actor, id).await?;
    if !args.yes_again {
        session.say(
            &Answer::PrintedBefore { run: id },
            commands::again(session.lang),
        )?;
        return Ok(None);
    }
    let again = PrintAgain {
        run: id,
        first: args.from.unwrap_or(1),
        last: args.to.unwrap_or(run.count),
        paper: args.paper(Paper {
            used_places: 0,
            ..run.paper
        })?,
    };
    Ok(Some(desk.print_again(actor, again).await?))
}

impl LabelArgs {
    /// What was named, and the rest as it is here; looked at before any code is taken for it.
    fn paper(&self, otherwise: Paper) -> Result<Paper, Problem> {
        let paper = Paper {
            medium: self.medium.unwrap_or(otherwise.medium),
            head: self.head.unwrap_or(otherwise.head),
            used_places: self.used_places.unwrap_or(otherwise.used_places),
        };
        if paper.medium.comes_as(self.format) {
            return Ok(paper);
        }
        let fault = PrintFault::NoSheets;
        Err(Problem::Unprintable { fault })
    }
}

/// A file that is written beside its place and appears there whole. What was not written to its end is removed.
struct NewFile {
    file: File,
    path: PathBuf,
}

impl NewFile {
    fn beside(place: &Path) -> anyhow::Result<Self> {
        is_free(place)?;
        let name = place
            .file_name()
            .with_context(|| format!("{} is no file", place.display()))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}", std::process::id()));
        let path = place.with_file_name(hidden);
        let file = File::create_new(&path)
            .with_context(|| format!("{} cannot be made", place.display()))?;
        Ok(Self { file, path })
    }

    fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.file
            .write_all(bytes)
            .and_then(|()| self.file.sync_all())
            .with_context(|| format!("{} cannot be written", self.path.display()))
    }

    fn appear(self, place: &Path) -> anyhow::Result<()> {
        is_free(place)?;
        std::fs::rename(&self.path, place)
            .with_context(|| format!("{} cannot be made", place.display()))
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // It has got its name, or nobody misses it.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// What lies there is not overwritten.
fn is_free(place: &Path) -> anyhow::Result<()> {
    let there = place
        .try_exists()
        .with_context(|| format!("{} cannot be looked at", place.display()))?;
    anyhow::ensure!(!there, "{} is there already", place.display());
    Ok(())
}
