//! Pressing «send»: everything is decided and stored in one transaction; the job does the rest.

use super::{
    Desk,
    jobs::JobKind,
    ports::{
        market::LineIdentifiers,
        storage::{JournalEntry, Submission, Transaction},
    },
};
use crate::{
    account::Actor,
    identifiers::{Mark, UnitIdentifiers},
    ids::{OrderId, OrganisationId, SubmissionId},
    journal::Action,
    orders::{
        LineView, MarkView, OrderPage, SlotView,
        readiness::{Hindrance, can_send, hindrances},
    },
    problem::Problem,
    submission::SubmissionState,
};

impl Desk {
    /// Sends what lies in the slots, if the order is still as the person saw it (`revision`).
    pub async fn send(
        &self,
        actor: &Actor,
        id: OrderId,
        revision: i64,
    ) -> Result<OrderPage, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        let page = self.order_page(&mut *tx, actor, id).await?;
        if page.revision != revision {
            return Err(Problem::OrderChanged);
        }
        let found = hindrances(&page);
        if !can_send(&found) {
            return Err(Problem::NotReady { hindrances: found });
        }
        let order = tx.order(organisation, id).await?.ok_or(Problem::NotFound)?;
        let newest = tx.newest_submission(organisation, id).await?;
        let lines = identifiers(&page)?;
        let units = lines.iter().map(|line| line.units.len()).sum::<usize>();
        let body = self
            .outside
            .market
            .identifiers_body(&lines)
            .map_err(|error| self.call_problem(error))?;
        let submission = Submission {
            id: self.id(SubmissionId::from_parts)?,
            order: id,
            number: newest.as_ref().map_or(0, |last| last.number) + 1,
            state: SubmissionState::Queued,
            body,
            before: None,
            units: u32::try_from(units).unwrap_or(u32::MAX),
            slots_revision: order.slots_revision,
            user: actor.user,
            attempts: 0,
            stored_at: self.now(),
            sent_at: None,
            settled_at: None,
            refusal: None,
            trouble: None,
        };
        if !tx.add_submission(organisation, &submission).await? {
            return Err(Problem::NotReady {
                hindrances: vec![Hindrance::InFlight],
            });
        }
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action: Action::SubmissionStored,
            subject: page.number.to_string(),
            detail: format!("№ {}, {} ед.", submission.number, submission.units),
        };
        tx.write_journal(organisation, &entry).await?;
        let subject = submission.id.to_string();
        self.enqueue(
            &mut *tx,
            organisation,
            JobKind::SubmitIdentifiers,
            &subject,
            self.now(),
        )
        .await?;
        let page = self.finish(tx, actor, id).await?;
        self.wake_runner();
        Ok(page)
    }

    /// Takes back a submission of which surely nothing has reached the marketplace.
    pub async fn withdraw(&self, actor: &Actor, id: OrderId) -> Result<OrderPage, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        let newest = tx
            .newest_submission(organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        if newest.state != SubmissionState::Queued {
            return Err(Problem::BeingSent);
        }
        let withdrawn = Submission {
            state: SubmissionState::Superseded,
            settled_at: Some(self.now()),
            trouble: None,
            ..newest
        };
        if !tx
            .move_submission(organisation, &withdrawn, SubmissionState::Queued)
            .await?
        {
            return Err(Problem::BeingSent);
        }
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action: Action::SubmissionWithdrawn,
            subject: self.number_of(&mut *tx, organisation, id).await?,
            detail: format!("№ {}", withdrawn.number),
        };
        tx.write_journal(organisation, &entry).await?;
        self.finish(tx, actor, id).await
    }

    async fn number_of(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        id: OrderId,
    ) -> Result<String, Problem> {
        let order = tx.order(organisation, id).await?.ok_or(Problem::NotFound)?;
        Ok(order.facts.id.to_string())
    }

    /// Lets submissions that wait for a working key try again, after a key was replaced.
    pub(super) async fn wake_parked_submissions(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
    ) -> Result<(), Problem> {
        for submission in tx.submissions_in_flight(organisation).await? {
            let subject = submission.to_string();
            self.enqueue(
                tx,
                organisation,
                JobKind::SubmitIdentifiers,
                &subject,
                self.now(),
            )
            .await?;
        }
        Ok(())
    }
}

/// The identifiers of every line that is complete; lines without any are left out, and nothing is removed by
/// that: this call carries no layout.
fn identifiers(page: &OrderPage) -> Result<Vec<LineIdentifiers>, Problem> {
    let whole = |line: &&LineView| !line.slots.is_empty() && !line.untouched();
    page.lines
        .iter()
        .filter(whole)
        .map(|line| {
            let units = line.slots.iter().map(unit).collect::<Result<Vec<_>, _>>()?;
            Ok(LineIdentifiers {
                item: line.item,
                units,
            })
        })
        .collect()
}

/// A slot's texts as checked types once more: what was stored by an older engine and no longer passes must not be
/// sent unseen.
fn unit(slot: &SlotView) -> Result<UnitIdentifiers, Problem> {
    let bad = |error| Problem::BadIdentifier { error };
    let mark = match &slot.mark {
        Some(MarkView::Cis(text)) => {
            Some(Mark::Cis(text.parse().map_err(|_| Problem::OrderChanged)?))
        }
        Some(MarkView::Uin(text)) => Some(Mark::Uin(text.parse().map_err(bad)?)),
        None => None,
    };
    Ok(UnitIdentifiers {
        mark,
        rnpt: slot
            .rnpt
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(bad)?,
        gtd: slot
            .gtd
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(bad)?,
        country: slot
            .country
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(bad)?,
    })
}
