//! `metka suz order`.

use super::{
    End,
    args::FormArgs,
    form,
    session::Session,
    status::{is_settled, line, why_of},
};
use desk::{
    ids::{EmissionId, SuzConnectionId},
    server::suz::FormAsk,
    suz::emission::view::{OrderAnswer, OrderCodes},
};

/// Orders codes; then waits until they can be received, or until it is clear that they cannot.
pub(super) async fn order(
    session: &Session,
    connection: Option<SuzConnectionId>,
    args: FormArgs,
) -> anyhow::Result<End> {
    let connection = session.connection(connection).await?;
    let (desk, actor) = (session.desk(), &session.actor);
    let id = match args.id {
        Some(id) => id,
        None => new_id(session).await?,
    };
    let order = OrderCodes {
        id,
        connection,
        anyway: args.anyway,
        draft: form::draft(session, args)?,
    };
    match desk.order_codes(actor, order).await? {
        OrderAnswer::Made(id) => made(session, id).await,
        answer => form::refused(session, &answer),
    }
}

/// An id as the page's form gets one.
pub(super) async fn new_id(session: &Session) -> anyhow::Result<EmissionId> {
    let blank = FormAsk::default();
    Ok(session.desk().order_form(&session.actor, blank).await?.id)
}

async fn made(session: &Session, id: EmissionId) -> anyhow::Result<End> {
    let settled = session
        .until(async || {
            let page = session.desk().emission(&session.actor, id).await?;
            Ok(is_settled(&page).map(|end| (end, page)))
        })
        .await?;
    let (end, page) = match settled {
        Some((end, page)) => (end, page),
        None => (
            if session.waits() {
                End::NotYet
            } else {
                End::Done
            },
            session.desk().emission(&session.actor, id).await?,
        ),
    };
    let why = why_of(session, &page);
    session.say(&page, format!("{}\t{why}", line(&page.card)))?;
    Ok(end)
}
