//! `metka suz status`.

use super::{End, session::Session};
use app::commands;
use desk::{
    ids::EmissionId,
    suz::emission::{
        EmissionState, NextStep,
        view::{EmissionCard, EmissionLineView, EmissionPage},
    },
};

/// Says where orders stand. Lines of one order: its own, then one for each of its goods.
pub(super) async fn status(session: &Session, id: Option<EmissionId>) -> anyhow::Result<End> {
    let (desk, actor) = (session.desk(), &session.actor);
    let Some(id) = id else {
        let list = desk.emissions(actor, None).await?;
        let lines: Vec<_> = list.orders.iter().map(line).collect();
        session.say(&list, lines.join("\n"))?;
        return Ok(End::Done);
    };
    let page = desk.emission(actor, id).await?;
    let goods = page.lines.iter().map(goods);
    let order = format!("{}\t{}", line(&page.card), why_of(session, &page));
    let lines: Vec<_> = [order].into_iter().chain(goods).collect();
    session.say(&page, lines.join("\n"))?;
    Ok(End::Done)
}

/// Id, state, what to do next, group, ordered, handed out, received.
pub(super) fn line(card: &EmissionCard) -> String {
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}\t{}",
        card.id,
        card.state.as_str(),
        card.next.as_str(),
        card.group,
        card.ordered,
        card.passed,
        card.received
    )
}

/// What stands in the way of an order, in a line; empty when nothing does.
pub(super) fn why_of(session: &Session, page: &EmissionPage) -> String {
    let closing = page.closing.as_ref();
    let trouble = closing.and_then(|closing| closing.trouble.as_ref());
    let ours = trouble.or(page.trouble.as_ref());
    let ours = ours.map(|why| commands::why(why, session.lang));
    let theirs = page.decline.as_ref().map(|words| format!("«{words}»"));
    let held = page.held.iter();
    let held = held.map(|one| commands::obstacle(one, session.lang));
    let all: Vec<_> = ours.into_iter().chain(theirs).chain(held).collect();
    all.join(" ")
}

/// GTIN, status, words of a rejection, ordered, handed out, received.
fn goods(line: &EmissionLineView) -> String {
    let status = line.status.as_ref().map_or("", |status| status.as_str());
    format!(
        "{}\t{status}\t{}\t{}\t{}\t{}",
        line.gtin,
        line.rejection.as_deref().unwrap_or_default(),
        line.quantity,
        line.passed.unwrap_or_default(),
        line.received
    )
}

/// Whether an order needs no more waiting, and what that means for a script.
pub(super) fn is_settled(page: &EmissionPage) -> Option<End> {
    match (page.card.state, page.card.next) {
        (EmissionState::Ready | EmissionState::Closed, _) => Some(End::Done),
        (_, NextStep::Decide | NextStep::Sign | NextStep::SignThere) => Some(End::NotYet),
        (state, _) if state.is_over() || state == EmissionState::GivenUp => Some(End::No),
        _ => None,
    }
}
