//! `metka suz order`.

use super::{
    End,
    args::OrderArgs,
    check::words,
    session::Session,
    status::{is_settled, line},
};
use anyhow::Context as _;
use desk::{
    ids::{EmissionId, SuzConnectionId},
    server::suz::FormAsk,
    suz::{
        emission::view::{OrderAnswer, OrderCodes},
        new_emission::{DraftLine, EmissionDraft},
    },
};
use std::io::Read as _;

/// Orders codes; then waits until they can be received, or until it is clear that they cannot.
pub(super) async fn order(
    session: &Session,
    connection: Option<SuzConnectionId>,
    args: Box<OrderArgs>,
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
        draft: draft(*args)?,
    };
    let answer = desk.order_codes(actor, order).await?;
    match &answer {
        OrderAnswer::Made(id) => made(session, *id).await,
        OrderAnswer::Faults(faults) => {
            let lines: Vec<_> = faults.iter().map(|fault| format!("{fault:?}")).collect();
            session.say(&answer, lines.join("\n"))?;
            Ok(End::No)
        }
        OrderAnswer::Obstacles(obstacles) => {
            let lines: Vec<_> = obstacles.iter().map(|one| format!("{one:?}")).collect();
            let lines = lines.join("\n");
            session.say(&answer, format!("{lines}\n--anyway sends it nevertheless"))?;
            Ok(End::No)
        }
        OrderAnswer::Failed(why) => {
            session.say(&answer, words(why))?;
            Ok(End::No)
        }
    }
}

/// An id as the page's form gets one.
async fn new_id(session: &Session) -> anyhow::Result<EmissionId> {
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
    session.say(&page, line(&page.card))?;
    Ok(end)
}

fn draft(args: OrderArgs) -> anyhow::Result<EmissionDraft> {
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
            .with_context(|| format!("{text}: it is to be GTIN:CODES"))?;
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
