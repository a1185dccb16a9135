//! A form that made no order: kept for who filled it in, so that a page without scripts has it back with what is wrong.

use super::super::permit;
use crate::{
    account::{Actor, Permission},
    ids::EmissionId,
    problem::Problem,
    server::{
        Desk,
        ports::{kept_forms::KeptForm, storage::Transaction},
    },
    suz::{
        emission::view::{OrderAnswer, OrderCodes},
        new_emission::{DraftLine, EmissionDraft},
    },
};

/// How long a form is kept.
const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;
/// Forms of one person that are kept at once: one may hold megabytes of serial numbers.
const MOST_KEPT: u32 = 3;

impl Desk {
    /// Keeps a form with the answer that it got. The person finds it again by the id that the form came with.
    pub async fn keep_form(
        &self,
        actor: &Actor,
        order: OrderCodes,
        answer: OrderAnswer,
    ) -> Result<(), Problem> {
        permit(actor, Permission::OrderCodes)?;
        self.suz_link(actor.organisation, order.connection).await?;
        let now = self.now();
        let form = KeptForm {
            id: order.id,
            connection: order.connection,
            draft: without_spare_rows(order.draft),
            answer,
            kept_at: now,
        };
        let mut tx = self.write().await?;
        let since = now.plus_millis(-KEPT_MS);
        tx.keep_form(actor.organisation, actor.user, &form, since, MOST_KEPT)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The form that a person left, while it is kept.
    pub(super) async fn kept(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        id: EmissionId,
    ) -> Result<Option<KeptForm>, Problem> {
        let since = self.now().plus_millis(-KEPT_MS);
        Ok(tx
            .kept_form(actor.organisation, actor.user, id, since)
            .await?)
    }
}

/// A page without scripts posts all the rows that an order may have; faults name rows by their place, so only those at
/// the end go.
pub(super) fn without_spare_rows(mut draft: EmissionDraft) -> EmissionDraft {
    let used = |line: &DraftLine| !line.is_blank() || !line.fields.is_empty();
    let rows = draft
        .lines
        .iter()
        .rposition(used)
        .map_or(0, |last| last + 1);
    draft.lines.truncate(rows);
    draft
}
