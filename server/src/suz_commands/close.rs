//! `metka suz close`.

use super::{
    End,
    session::Session,
    status::{line, why_of},
};
use app::commands;
use desk::{
    ids::EmissionId,
    problem::Problem,
    suz::emission::{
        ClosingState, EmissionState,
        view::{CloseAnswer, EmissionPage},
    },
};

/// Closes an order; one that is closed already stays so. Codes that would be annulled must be confirmed by their number.
pub(super) async fn close(
    session: &Session,
    id: EmissionId,
    annul: Option<u64>,
) -> anyhow::Result<End> {
    let (desk, actor) = (session.desk(), &session.actor);
    let page = desk.emission(actor, id).await?;
    if page.card.state.is_over() {
        return told(session, &page, end_of(&page));
    }
    // A job may look at the order in the same moment: then it is asked once more.
    let asked = session
        .until(async || match desk.close_emission(actor, id, annul).await {
            Err(Problem::OrderChanged) => {
                let page = desk.emission(actor, id).await?;
                Ok((!page.card.state.is_there()).then_some(None))
            }
            answer => Ok(Some(Some(answer?))),
        })
        .await?;
    let Some(answer) = asked.flatten() else {
        // It ended meanwhile, or it is nothing yet that could be closed.
        let page = desk.emission(actor, id).await?;
        let nothing = (!page.card.state.is_there()).then_some(End::No);
        return told(session, &page, end_of(&page).or(nothing));
    };
    match &answer {
        CloseAnswer::Asked => {}
        CloseAnswer::Annuls { codes } => {
            session.say(&answer, commands::annuls(*codes, session.lang))?;
            return Ok(End::No);
        }
        CloseAnswer::Failed(why) => {
            session.say(&answer, commands::why(why, session.lang))?;
            return Ok(End::No);
        }
    }
    let ended = session
        .until(async || Ok(end_of(&desk.emission(actor, id).await?)))
        .await?;
    told(session, &desk.emission(actor, id).await?, ended)
}

fn end_of(page: &EmissionPage) -> Option<End> {
    let closing = page.closing.as_ref().map(|closing| closing.state);
    match (page.card.state, closing) {
        (EmissionState::Closed, _) => Some(End::Done),
        (state, _) if state.is_over() => Some(End::No),
        (_, Some(ClosingState::WaitsForSignature)) => Some(End::NotYet),
        (_, Some(ClosingState::Refused)) => Some(End::No),
        _ => None,
    }
}

fn told(session: &Session, page: &EmissionPage, end: Option<End>) -> anyhow::Result<End> {
    let why = why_of(session, page);
    session.say(page, format!("{}\t{why}", line(&page.card)))?;
    Ok(end.unwrap_or(End::NotYet))
}
