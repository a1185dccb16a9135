//! `metka suz check`.

use super::{End, args::Level, session::Session};
use desk::{
    ids::SuzConnectionId,
    suz::{CheckStep, StepOutcome, Why, check::Step},
};

/// Checks a connection. A line for each step: what became of it, its name, what was found or said.
pub(super) async fn check(
    session: &Session,
    connection: Option<SuzConnectionId>,
    level: Level,
) -> anyhow::Result<End> {
    let id = session.connection(connection).await?;
    let (desk, actor) = (session.desk(), &session.actor);
    desk.check_suz(actor, id, level.into()).await?;
    let ended = session
        .until(async || {
            let check = desk.suz_connection(actor, id).await?.check;
            Ok(check.filter(|check| !check.running || check.report.waits()))
        })
        .await?;
    let Some(check) = ended else {
        return Ok(End::NotYet);
    };
    let report = check.report;
    let lines: Vec<_> = report.steps.iter().map(line).collect();
    session.say(&report, lines.join("\n"))?;
    Ok(if report.failure().is_some() {
        End::No
    } else if report.well() {
        End::Done
    } else {
        End::NotYet
    })
}

fn line(step: &Step) -> String {
    let (outcome, more) = match &step.outcome {
        StepOutcome::Passed { found } => ("passed", found.clone().unwrap_or_default()),
        StepOutcome::Failed { why } => ("failed", words(why)),
        StepOutcome::Skipped { why } => ("skipped", why.as_str().to_owned()),
        StepOutcome::WaitsForSignature => ("waits_for_signature", String::new()),
        StepOutcome::NotYet => ("not_yet", String::new()),
    };
    let name: CheckStep = step.step;
    format!("{outcome}\t{}\t{more}", name.as_str())
}

/// A cause with the words of whoever said it.
pub(super) fn words(why: &Why) -> String {
    let theirs = why.words.iter().flat_map(|words| &words.errors);
    let said = theirs.filter_map(|error| error.message.clone());
    let said = said.chain(why.trouble.clone());
    [why.cause.as_str().to_owned()]
        .into_iter()
        .chain(said)
        .collect::<Vec<_>>()
        .join(": ")
}
