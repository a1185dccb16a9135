//! Asking to ship, and the labels for the boxes.

use super::{
    Desk,
    jobs::JobKind,
    ports::{
        market::LabelFormat,
        shipments::{PrintedLabels, Shipment},
        storage::{JournalEntry, Transaction},
    },
};
use crate::{
    account::Actor,
    ids::OrderId,
    journal::Action,
    live::Change,
    orders::OrderPage,
    problem::Problem,
    shipping::{NotYet, ShippingState},
};

/// Orders that one request may ask to ship; they leave in calls of thirty.
const MOST_ASKED: u32 = 500;

impl Desk {
    /// Asks to ship orders. Each is decided alone: what may not leave yet is told, the others go.
    pub async fn ship(
        &self,
        actor: &Actor,
        orders: &[OrderId],
    ) -> Result<Vec<(OrderId, Result<(), NotYet>)>, Problem> {
        if orders.len() > MOST_ASKED as usize {
            return Err(Problem::TooMuch { most: MOST_ASKED });
        }
        let organisation = actor.organisation;
        let mut outcomes = Vec::with_capacity(orders.len());
        let mut tx = self.write().await?;
        for id in orders {
            let outcome = self.ship_one(&mut *tx, actor, *id).await?;
            outcomes.push((*id, outcome));
        }
        tx.commit().await?;
        for (id, outcome) in &outcomes {
            if outcome.is_ok() {
                self.tell(organisation, Change::Order { order: *id });
            }
        }
        self.wake_runner();
        Ok(outcomes)
    }

    async fn ship_one(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        id: OrderId,
    ) -> Result<Result<(), NotYet>, Problem> {
        let organisation = actor.organisation;
        let now = self.now();
        let page = self.order_page(tx, actor, id).await?;
        if let Err(why) = page.may_ship() {
            return Ok(Err(why));
        }
        let shipment = Shipment {
            order: id,
            state: ShippingState::Queued,
            user: actor.user,
            asked_at: now,
            attempts: 0,
            next_at: Some(now),
            settled_at: None,
            refusal: None,
            trouble: None,
        };
        let from = page.shipping.map(|known| known.state);
        if !tx.save_shipment(organisation, &shipment, from).await? {
            return Ok(Err(NotYet::UnderWay));
        }
        let entry = JournalEntry {
            at: now,
            user: Some(actor.user),
            action: Action::ShippingAsked,
            subject: page.number.to_string(),
            detail: String::new(),
        };
        tx.write_journal(organisation, &entry).await?;
        let order = tx.order(organisation, id).await?.ok_or(Problem::NotFound)?;
        let shop = order.shop.to_string();
        self.enqueue(tx, organisation, JobKind::ShipShop, &shop, now)
            .await?;
        self.sum_up(tx, organisation, id).await?;
        Ok(Ok(()))
    }

    /// Takes back a shipment of which surely nothing has reached the marketplace, or forgets a refused one.
    pub async fn withdraw_shipment(
        &self,
        actor: &Actor,
        id: OrderId,
    ) -> Result<OrderPage, Problem> {
        let mut tx = self.write().await?;
        let shipment = tx
            .shipment(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        if !matches!(
            shipment.state,
            ShippingState::Queued | ShippingState::Refused
        ) {
            return Err(Problem::BeingSent);
        }
        tx.forget_shipment(actor.organisation, id).await?;
        self.finish(tx, actor, id).await
    }

    /// The labels of an order's boxes as a PDF, as the marketplace draws them now.
    pub async fn labels(
        &self,
        actor: &Actor,
        id: OrderId,
        format: LabelFormat,
    ) -> Result<Vec<u8>, Problem> {
        let organisation = actor.organisation;
        let (order, key, submission) = {
            let mut tx = self.read().await?;
            let order = tx.order(organisation, id).await?.ok_or(Problem::NotFound)?;
            let key = self
                .key_of(&mut *tx, organisation, &order)
                .await?
                .ok_or(Problem::NotFound)?;
            let newest = tx.newest_submission(organisation, id).await?;
            (order, key, newest.map_or(0, |newest| newest.number))
        };
        let pdf = self
            .outside
            .market
            .labels(&key, order.facts.campaign, order.facts.id, format)
            .await
            .map_err(|error| self.call_problem(error))?;
        let mut tx = self.write().await?;
        let printed = PrintedLabels {
            submission,
            at: self.now(),
        };
        tx.note_labels(organisation, id, &printed).await?;
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action: Action::LabelsFetched,
            subject: order.facts.id.to_string(),
            detail: format.as_str().to_owned(),
        };
        tx.write_journal(organisation, &entry).await?;
        tx.commit().await?;
        self.tell(organisation, Change::Order { order: id });
        Ok(pdf)
    }
}
