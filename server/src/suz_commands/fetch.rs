//! `metka suz fetch` and `metka suz close`.

use super::{End, check::words, session::Session, status::line};
use desk::{
    ids::EmissionId,
    suz::{
        emission::{ClosingState, EmissionState, view::CloseAnswer},
        receiving::{ReceivingState, ReceivingView},
    },
};

/// Receives the codes of an order until every one that was ordered is in the stock. A line for each of its goods: GTIN,
/// state, ordered, received.
pub(super) async fn fetch(session: &Session, id: EmissionId) -> anyhow::Result<End> {
    let (desk, actor) = (session.desk(), &session.actor);
    let mut views = desk.receive_codes(actor, id).await?;
    let ended = session
        .until(async || {
            views = desk.receivings(actor, id).await?;
            Ok(end_of(&views))
        })
        .await?;
    let goods = |view: &ReceivingView| {
        let state = view.state.as_str();
        format!(
            "{}\t{state}\t{}\t{}",
            view.gtin, view.ordered, view.received
        )
    };
    let lines: Vec<_> = views.iter().map(goods).collect();
    session.say(&views, lines.join("\n"))?;
    Ok(ended.unwrap_or(End::NotYet))
}

fn end_of(views: &[ReceivingView]) -> Option<End> {
    let all = |state| views.iter().all(|view| view.state == state);
    if views.iter().any(|view| view.state == ReceivingState::Stuck) {
        Some(End::No)
    } else if !views.is_empty() && all(ReceivingState::Whole) {
        Some(End::Done)
    } else {
        None
    }
}

/// Closes an order. Codes that would be annulled must be confirmed by their number.
pub(super) async fn close(
    session: &Session,
    id: EmissionId,
    annul: Option<u64>,
) -> anyhow::Result<End> {
    let (desk, actor) = (session.desk(), &session.actor);
    let answer = desk.close_emission(actor, id, annul).await?;
    match &answer {
        CloseAnswer::Asked => {}
        CloseAnswer::Annuls { codes } => {
            let lines = format!("{codes} codes would be annulled: --annul {codes} confirms it");
            session.say(&answer, lines)?;
            return Ok(End::No);
        }
        CloseAnswer::Failed(why) => {
            session.say(&answer, words(why))?;
            return Ok(End::No);
        }
    }
    let ended = session
        .until(async || {
            let page = desk.emission(actor, id).await?;
            let closing = page.closing.as_ref().map(|closing| closing.state);
            Ok(match (page.card.state, closing) {
                (EmissionState::Closed, _) => Some(End::Done),
                (_, Some(ClosingState::WaitsForSignature)) => Some(End::NotYet),
                (_, Some(ClosingState::Refused)) => Some(End::No),
                _ => None,
            })
        })
        .await?;
    let page = desk.emission(actor, id).await?;
    session.say(&page, line(&page.card))?;
    Ok(ended.unwrap_or(End::NotYet))
}
