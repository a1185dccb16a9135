//! `metka suz check`.

use super::{
    End,
    args::{CheckArgs, Level},
    form,
    order::new_id,
    session::Session,
};
use app::commands;
use desk::{
    ids::SuzConnectionId,
    suz::{
        CheckLevel, CheckReport, CheckStep, Contour, StepOutcome,
        check::Step,
        emission::view::{OrderAnswer, OrderCodes},
    },
};
use serde::Serialize;

/// What has to be confirmed first.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Unconfirmed {
    /// A test order may have to be paid for.
    MayCost { codes: u64 },
}

/// Checks a connection. A line for each step: what became of it, its name, what was found or said.
pub(super) async fn check(
    session: &Session,
    connection: Option<SuzConnectionId>,
    args: CheckArgs,
) -> anyhow::Result<End> {
    let id = session.connection(connection).await?;
    let (desk, actor) = (session.desk(), &session.actor);
    let level = if args.order {
        CheckLevel::Order
    } else {
        args.level.unwrap_or(Level::Request).into()
    };
    if level == CheckLevel::Order {
        if let Some(end) = order(session, id, args).await? {
            return Ok(end);
        }
    } else {
        desk.check_suz(actor, id, level).await?;
    }
    let ended = session
        .until(async || {
            let check = desk.suz_connection(actor, id).await?.check;
            Ok(check.filter(|check| {
                check.report.waits() || !(check.running || is_under_way(&check.report))
            }))
        })
        .await?;
    let report = match ended {
        Some(check) => check.report,
        None => match desk.suz_connection(actor, id).await?.check {
            Some(check) => check.report,
            None => return Ok(End::NotYet),
        },
    };
    let lines: Vec<_> = report
        .steps
        .iter()
        .map(|step| line(session, step))
        .collect();
    session.say(&report, lines.join("\n"))?;
    Ok(if report.failure().is_some() {
        End::No
    } else if report.well() {
        End::Done
    } else {
        End::NotYet
    })
}

/// Whether the test order is on its way: its step is told by the order itself, after the check's own calls.
fn is_under_way(report: &CheckReport) -> bool {
    report.failure().is_none()
        && report
            .steps
            .iter()
            .any(|one| one.step == CheckStep::TestOrder && one.outcome == StepOutcome::NotYet)
}

/// Begins the check whose last step is a test order; what came of the form when it made none.
async fn order(
    session: &Session,
    connection: SuzConnectionId,
    args: CheckArgs,
) -> anyhow::Result<Option<End>> {
    let (desk, actor) = (session.desk(), &session.actor);
    let id = match args.form.id {
        Some(id) => id,
        None => new_id(session).await?,
    };
    let anyway = args.form.anyway;
    let draft = form::draft(session, args.form)?;
    let contour = desk.suz_connection(actor, connection).await?.contour;
    if contour == Contour::Production && !args.yes_pay {
        let quantities = draft.lines.iter().map(|line| line.quantity.trim());
        let codes = quantities.filter_map(|text| text.parse::<u64>().ok()).sum();
        let said = commands::may_cost(codes, session.lang);
        session.say(&Unconfirmed::MayCost { codes }, said)?;
        return Ok(Some(End::No));
    }
    let order = OrderCodes {
        id,
        connection,
        draft,
        anyway,
    };
    match desk.check_suz_by_order(actor, connection, order).await? {
        OrderAnswer::Made(_) => Ok(None),
        answer => form::refused(session, &answer).map(Some),
    }
}

fn line(session: &Session, step: &Step) -> String {
    let (outcome, more) = match &step.outcome {
        StepOutcome::Passed { found } => ("passed", found.clone().unwrap_or_default()),
        StepOutcome::Failed { why } => ("failed", commands::why(why, session.lang)),
        StepOutcome::Skipped { why } => ("skipped", commands::skipped(*why, session.lang)),
        StepOutcome::WaitsForSignature => ("waits_for_signature", String::new()),
        StepOutcome::NotYet => ("not_yet", String::new()),
    };
    format!("{outcome}\t{}\t{more}", step.step.as_str())
}
