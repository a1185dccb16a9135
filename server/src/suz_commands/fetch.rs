//! `metka suz fetch`.

use super::{
    End,
    session::Session,
    status::{is_settled, line, why_of},
};
use app::commands;
use desk::{
    ids::EmissionId,
    suz::receiving::{ReceivingState, ReceivingView},
};

/// Receives the codes of an order until every one that was ordered is in the stock; of an order that is not ready yet, as
/// soon as it is. A line for each of its goods: GTIN, state, ordered, received, what stands in the way; the order's own as
/// long as nothing of it was asked for.
pub(super) async fn fetch(session: &Session, id: EmissionId) -> anyhow::Result<End> {
    let (desk, actor) = (session.desk(), &session.actor);
    let mut asked = false;
    let ended = session
        .until(async || {
            let page = desk.emission(actor, id).await?;
            let views = desk.receivings(actor, id).await?;
            if is_whole(&views) {
                return Ok(Some(End::Done));
            }
            if page.card.state.is_there() && !asked {
                asked = true;
                desk.receive_codes(actor, id).await?;
                return Ok(None);
            }
            let stuck = views.iter().any(|it| it.state == ReceivingState::Stuck);
            Ok(match is_settled(&page) {
                _ if stuck => Some(End::No),
                // It was to be ready, and is; its codes are on their way.
                Some(End::Done) if page.card.state.is_there() => None,
                // Over, and codes of it are missing.
                Some(End::Done | End::No) => Some(End::No),
                Some(End::NotYet) => Some(End::NotYet),
                None => None,
            })
        })
        .await?;
    let views = desk.receivings(actor, id).await?;
    let mut lines: Vec<_> = views.iter().map(|view| goods(session, view)).collect();
    if lines.is_empty() {
        let page = desk.emission(actor, id).await?;
        lines.push(format!("{}\t{}", line(&page.card), why_of(session, &page)));
    }
    session.say(&views, lines.join("\n"))?;
    Ok(ended.unwrap_or(End::NotYet))
}

fn is_whole(views: &[ReceivingView]) -> bool {
    let whole = |view: &ReceivingView| view.state == ReceivingState::Whole;
    !views.is_empty() && views.iter().all(whole)
}

fn goods(session: &Session, view: &ReceivingView) -> String {
    let trouble = view.trouble.as_ref();
    let trouble = trouble.map(|trouble| commands::receiving_trouble(trouble, session.lang));
    format!(
        "{}\t{}\t{}\t{}\t{}",
        view.gtin,
        view.state.as_str(),
        view.ordered,
        view.received,
        trouble.unwrap_or_default()
    )
}
