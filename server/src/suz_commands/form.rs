//! The form of an order as a command fills it, and what came of it when it made none.

use super::{End, args::FormArgs, session::Session};
use anyhow::Context as _;
use app::commands;
use desk::suz::{
    emission::view::OrderAnswer,
    new_emission::{DraftLine, EmissionDraft},
};
use std::io::Read as _;

/// The form out of its flags, or out of a file.
pub(super) fn draft(session: &Session, args: FormArgs) -> anyhow::Result<EmissionDraft> {
    if let Some(path) = args.draft {
        let mut text = String::new();
        if path.as_os_str() == "-" {
            std::io::stdin().read_to_string(&mut text)
        } else {
            std::fs::File::open(&path).and_then(|mut file| file.read_to_string(&mut text))
        }
        .with_context(|| format!("{} cannot be read", path.display()))?;
        return serde_json::from_str(&text)
            .with_context(|| format!("{} is no form of an order", path.display()));
    }
    let line = |text: String| {
        let (gtin, quantity) = text
            .split_once(':')
            .with_context(|| commands::not_a_line(&text, session.lang))?;
        Ok(DraftLine {
            gtin: gtin.to_owned(),
            quantity: quantity.to_owned(),
            cis_type: Some(args.cis_type.as_str().into()),
            template: args.template,
            ..DraftLine::default()
        })
    };
    let lines = args.line.into_iter().map(line);
    Ok(EmissionDraft {
        group: args.group.unwrap_or_default(),
        release: Some(args.release.as_str().into()),
        lines: lines.collect::<anyhow::Result<_>>()?,
        ..EmissionDraft::default()
    })
}

/// Says why a form made no order: a line for each reason.
pub(super) fn refused(session: &Session, answer: &OrderAnswer) -> anyhow::Result<End> {
    let lang = session.lang;
    let lines: Vec<String> = match answer {
        OrderAnswer::Made(id) => vec![id.to_string()],
        OrderAnswer::Faults(faults) => faults
            .iter()
            .map(|fault| commands::fault(fault, lang))
            .collect(),
        OrderAnswer::Obstacles(obstacles) => obstacles
            .iter()
            .map(|one| commands::obstacle(one, lang))
            .chain([commands::anyway(lang).to_owned()])
            .collect(),
        OrderAnswer::Failed(why) => vec![commands::why(why, lang)],
    };
    session.say(answer, lines.join("\n"))?;
    Ok(End::No)
}
