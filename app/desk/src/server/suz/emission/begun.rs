//! What the form of a new order begins with.

use super::{kept::without_spare_rows, pages::FormAsk};
use crate::{
    ids::{EmissionId, SuzConnectionId},
    server::ports::{emissions::EmissionOrder, kept_forms::KeptForm},
    suz::{emission::view::OrderAnswer, new_emission::EmissionDraft},
};

/// What a form begins with.
#[derive(Default)]
pub(super) struct Begun {
    pub(super) id: Option<EmissionId>,
    pub(super) connection: Option<SuzConnectionId>,
    pub(super) draft: EmissionDraft,
    pub(super) answer: Option<OrderAnswer>,
}

impl Begun {
    /// A form that was filled in before goes on as it was left. A repeated order is a new one, and a group that somebody
    /// chose since begins anew.
    pub(super) fn of(
        ask: FormAsk<'_>,
        kept: Option<KeptForm>,
        repeated: Option<EmissionOrder>,
    ) -> Self {
        if let Some(kept) = kept {
            return Self {
                id: Some(kept.id),
                connection: Some(kept.connection),
                draft: kept.draft,
                answer: Some(kept.answer),
            };
        }
        let connection = repeated.as_ref().map(|order| order.connection);
        let mut draft = repeated.map(repeatable).unwrap_or_default();
        if let Some(group) = ask.group.filter(|group| *group != draft.group) {
            draft = EmissionDraft {
                group: group.to_owned(),
                ..EmissionDraft::default()
            };
        }
        Self {
            connection: ask.connection.or(connection),
            draft,
            ..Self::default()
        }
    }
}

/// The form of an order that is to be repeated. Own serial numbers may come again only where no code was made with them.
fn repeatable(order: EmissionOrder) -> EmissionDraft {
    let mut draft = without_spare_rows(order.draft);
    if !order.state.made_nothing() {
        for line in &mut draft.lines {
            line.serials = None;
        }
    }
    draft
}
