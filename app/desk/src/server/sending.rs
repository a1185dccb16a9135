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
    boxes::{Layout, LineUnits, Removal},
    identifiers::{Mark, UnitIdentifiers},
    ids::{MarketplaceConnectionId, OrderId, OrganisationId, SubmissionId},
    journal::Action,
    orders::{
        LineView, MarkView, OrderPage, SlotView,
        readiness::{Hindrance, can_send, hindrances},
    },
    problem::Problem,
    shipping::ShippingState,
    submission::{Carrier, SubmissionState},
};

impl Desk {
    /// Sends what lies in the slots, if the order is still as the person saw it (`revision`).
    pub async fn send(
        &self,
        actor: &Actor,
        id: OrderId,
        revision: i64,
    ) -> Result<OrderPage, Problem> {
        let mut tx = self.write().await?;
        let page = self.order_page(&mut *tx, actor, id).await?;
        if page.revision != revision {
            return Err(Problem::OrderChanged);
        }
        let found = hindrances(&page);
        if !can_send(&found) {
            return Err(Problem::NotReady { hindrances: found });
        }
        self.store_submission(&mut *tx, actor, &page, true).await?;
        let page = self.finish(tx, actor, id).await?;
        self.wake_runner();
        Ok(page)
    }

    /// Stores a submission of what lies in the slots of an order that nothing hinders. `page` is the order as it is
    /// within this transaction; `by_hand` tells whether a person waits for just this one.
    pub(super) async fn store_submission(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        page: &OrderPage,
        by_hand: bool,
    ) -> Result<SubmissionId, Problem> {
        let (organisation, id) = (actor.organisation, page.id);
        let order = tx.order(organisation, id).await?.ok_or(Problem::NotFound)?;
        let newest = tx.newest_submission(organisation, id).await?;
        let made = self.body(page)?;
        let submission = Submission {
            id: self.id(SubmissionId::from_parts)?,
            order: id,
            number: newest.as_ref().map_or(0, |last| last.number) + 1,
            state: SubmissionState::Queued,
            carrier: made.carrier,
            body: made.body,
            removals: made.removals,
            before: None,
            units: made.units,
            slots_revision: order.slots_revision,
            user: actor.user,
            by_hand,
            attempts: 0,
            failures: 0,
            stored_at: self.now(),
            next_at: Some(self.now()),
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
        if tx
            .shipment(organisation, id)
            .await?
            .is_some_and(|shipment| shipment.state == ShippingState::Refused)
        {
            // What they refused to ship was another layout.
            tx.forget_shipment(organisation, id).await?;
        }
        self.enqueue(
            tx,
            organisation,
            JobKind::SubmitShop,
            &order.shop.to_string(),
            self.now(),
        )
        .await?;
        Ok(submission.id)
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

    /// Lets what waits for a working key try again, after the key of a connection was replaced.
    pub(super) async fn wake_shops(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
    ) -> Result<(), Problem> {
        for shop in tx.shops(organisation).await? {
            if shop.connection != connection {
                continue;
            }
            let now = self.now();
            tx.wake_submissions(organisation, shop.id, now).await?;
            tx.wake_shipments(organisation, shop.id, now).await?;
            let subject = shop.id.to_string();
            for kind in [JobKind::SubmitShop, JobKind::ShipShop, JobKind::VerifyShop] {
                self.enqueue(tx, organisation, kind, &subject, now).await?;
            }
        }
        Ok(())
    }

    /// The exact body of what lies in the slots, by the call that carries it.
    fn body(&self, page: &OrderPage) -> Result<Made, Problem> {
        let market = &self.outside.market;
        if page.carrier == Some(Carrier::Boxes) {
            let layout = Layout::of(&units(page)?, &page.plan).map_err(|error| {
                let hindrances = vec![Hindrance::Layout { error }];
                Problem::NotReady { hindrances }
            })?;
            let body = market.boxes_body(&layout);
            return Ok(Made {
                carrier: Carrier::Boxes,
                body: body.map_err(|error| self.call_problem(error))?,
                removals: layout.removals().to_vec(),
                units: layout.marked_units(),
            });
        }
        let lines = identifiers(page)?;
        let units = lines.iter().map(|line| line.units.len()).sum::<usize>();
        let body = market.identifiers_body(&lines);
        Ok(Made {
            carrier: Carrier::Identifiers,
            body: body.map_err(|error| self.call_problem(error))?,
            removals: Vec::new(),
            units: u32::try_from(units).unwrap_or(u32::MAX),
        })
    }
}

/// A body with what is kept beside it.
struct Made {
    carrier: Carrier,
    body: Vec<u8>,
    removals: Vec<Removal>,
    units: u32,
}

/// Every line of the order with every unit, those without slots too: a layout names them all.
fn units(page: &OrderPage) -> Result<Vec<LineUnits>, Problem> {
    let lines = page.lines.iter().filter(|line| line.count > 0);
    lines
        .map(|line| {
            let mut units = line.slots.iter().map(unit).collect::<Result<Vec<_>, _>>()?;
            units.resize_with(line.count as usize, UnitIdentifiers::default);
            Ok(LineUnits {
                item: line.item,
                units,
            })
        })
        .collect()
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
