//! `metka suz labels`.

use super::{End, args::LabelArgs, session::Session};
use anyhow::Context as _;
use desk::printing::{LabelTexts, Paper, PrintAsk};
use std::io::Write as _;

/// Prints labels into a file. The codes are taken from the stock before anything is drawn, so they are printed once.
pub(super) async fn labels(session: &Session, args: Box<LabelArgs>) -> anyhow::Result<End> {
    let (desk, actor) = (session.desk(), &session.actor);
    // Before any code is taken: no run shall end in a file that cannot be written.
    let mut file = std::fs::File::create_new(&args.out)
        .with_context(|| format!("{} cannot be made", args.out.display()))?;
    let ask = PrintAsk {
        gtin: args.gtin,
        count: args.count,
        texts: LabelTexts {
            article: args.article,
            name: args.name,
            size: args.size,
        },
        paper: Paper {
            medium: args.medium,
            head: args.head,
            used_places: args.used_places,
        },
        expired_too: args.expired,
    };
    let printed = async {
        let run = desk.print_labels(actor, ask).await?;
        let drawn = desk.print_file(actor, run.id, args.format).await?;
        anyhow::Ok((run, drawn.bytes))
    };
    let (run, bytes) = match printed.await {
        Ok(printed) => printed,
        Err(error) => {
            drop(file);
            std::fs::remove_file(&args.out).with_context(|| {
                format!("{} is empty and cannot be removed", args.out.display())
            })?;
            return Err(error);
        }
    };
    file.write_all(&bytes)
        .and_then(|()| file.sync_all())
        .with_context(|| {
            format!(
                "{} cannot be written; the page prints run {} again",
                args.out.display(),
                run.id
            )
        })?;
    session.say(&run, format!("{}\t{}", run.id, run.count))?;
    Ok(End::Done)
}
