//! Saying «ready to ship» of one shop's orders: one by one, or thirty in a call.
//!
//! As with codes, a call is written down before it is made, and a call without an answer is *unknown* until the
//! order is read again.

use super::{Decision, Desk, back_off, sync_orders::in_words};
use crate::{
    ids::OrganisationId,
    journal::Action,
    live::Change,
    marketplace::{MarketOrder, OrderStatus},
    orders::shipped,
    problem::Problem,
    server::ports::{
        market::{CallError, StatusStep},
        shipments::Shipment,
        storage::{Job, JournalEntry, Order, Shop, Transaction},
    },
    shipping::{MOST_AT_ONCE, ShippingState},
    submission::{TheirError, TheirWords},
    time::Timestamp,
};
use secrecy::SecretString;

/// Tries in a row without an answer before a person is asked to look.
const MOST_ATTEMPTS: u32 = 64;

pub(super) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let (shop, key) = match super::open_shop(desk, job).await? {
        Ok(opened) => opened,
        Err(decision) => return Ok(decision),
    };
    let id = shop.id;
    let round = Round {
        desk,
        organisation: job.organisation,
        shop,
        key,
    };
    let most = u32::try_from(MOST_AT_ONCE).unwrap_or(u32::MAX);
    loop {
        let due = {
            let mut tx = desk.read().await?;
            let now = desk.now();
            let shipments = tx.due_shipments(job.organisation, id, now, most).await?;
            let mut due = Vec::with_capacity(shipments.len());
            for shipment in shipments {
                if let Some(order) = tx.order(job.organisation, shipment.order).await? {
                    due.push((shipment, order));
                }
            }
            due
        };
        if due.is_empty() {
            let mut tx = desk.read().await?;
            return Ok(match tx.next_shipment(job.organisation, id).await? {
                Some(at) => Decision::DoneUntil(at),
                None => Decision::Done,
            });
        }
        if let Some(decision) = round.ship(due).await? {
            return Ok(decision);
        }
    }
}

struct Round<'a> {
    desk: &'a Desk,
    organisation: OrganisationId,
    shop: Shop,
    key: SecretString,
}

/// A shipment with its order.
type Due = (Shipment, Order);

/// What a call came to for one order.
enum Outcome {
    Taken,
    Refused(TheirWords),
    Limited(Timestamp),
    NotSent(String),
    NoAnswer(String),
}

impl Round<'_> {
    /// Ships what is due. A decision ends the run: the shop must wait.
    async fn ship(&self, mut due: Vec<Due>) -> Result<Option<Decision>, Problem> {
        // What was begun before is looked for first: a step is not taken twice.
        let mut waits = None;
        for (shipment, order) in &mut due {
            if matches!(
                shipment.state,
                ShippingState::Sending | ShippingState::Unknown
            ) {
                waits = waits.or(self.find_out(shipment, order).await?);
            }
        }
        if waits.is_some() {
            return Ok(waits);
        }
        due.retain(|(shipment, _)| shipment.state == ShippingState::Queued);
        if due.is_empty() {
            return Ok(None);
        }
        let due = self.begin(due).await?;
        let steps: Vec<StatusStep> = due
            .iter()
            .map(|(_, order)| StatusStep {
                order: order.facts.id,
                status: OrderStatus::Processing,
                substatus: Some("READY_TO_SHIP".to_owned()),
            })
            .collect();
        let outcomes = self.call(&steps).await;
        self.end(due, outcomes).await
    }

    /// Reads the order of a shipment whose fate is unknown.
    async fn find_out(
        &self,
        shipment: &mut Shipment,
        order: &mut Order,
    ) -> Result<Option<Decision>, Problem> {
        let from = shipment.state;
        let now = self.desk.now();
        let mut decision = None;
        match self.desk.reread(self.organisation, order).await? {
            Ok(facts) => {
                order.facts = facts;
                match fate(&order.facts) {
                    Fate::Shipped => settle(shipment, ShippingState::Done, None, now),
                    Fate::Open => {
                        shipment.state = ShippingState::Queued;
                        shipment.next_at = Some(now);
                    }
                    Fate::Gone => settle(
                        shipment,
                        ShippingState::Refused,
                        Some(said(order.facts.status.as_str())),
                        now,
                    ),
                }
            }
            Err(CallError::Refused(words)) => {
                shipment.state = ShippingState::Unknown;
                shipment.trouble = Some(in_words(&words));
                shipment.next_at = None;
            }
            Err(CallError::Limited { until }) => {
                decision = Some(wait(until, "Маркет просит подождать"));
            }
            Err(error) => {
                shipment.state = ShippingState::Unknown;
                shipment.trouble = Some(error.to_string());
                put_off(shipment, now);
                decision = shipment.next_at.map(|at| wait(at, "Маркет не отвечает"));
            }
        }
        let mut tx = self.desk.write().await?;
        self.write(&mut *tx, shipment, order, from).await?;
        tx.commit().await?;
        let order = order.id;
        self.desk.tell(self.organisation, Change::Order { order });
        Ok(decision)
    }

    /// Writes down that a call is about to be made; what another hand moved is left out.
    async fn begin(&self, due: Vec<Due>) -> Result<Vec<Due>, Problem> {
        let mut begun = Vec::with_capacity(due.len());
        let mut tx = self.desk.write().await?;
        for (mut shipment, order) in due {
            shipment.state = ShippingState::Sending;
            shipment.attempts += 1;
            if self
                .write(&mut *tx, &shipment, &order, ShippingState::Queued)
                .await?
            {
                begun.push((shipment, order));
            }
        }
        tx.commit().await?;
        Ok(begun)
    }

    /// One call, whatever their number; an outcome for each.
    async fn call(&self, steps: &[StatusStep]) -> Vec<Outcome> {
        let campaign = self.shop.facts.campaign;
        let market = &self.desk.outside.market;
        let answer = match steps {
            [] => return Vec::new(),
            [step] => market
                .set_status(&self.key, campaign, step)
                .await
                .map(|()| vec![Outcome::Taken]),
            many => market
                .set_statuses(&self.key, campaign, many)
                .await
                .map(|outcomes| {
                    let of = |step: &StatusStep| match outcomes
                        .iter()
                        .find(|outcome| outcome.order == step.order)
                    {
                        Some(outcome) => match &outcome.refusal {
                            Some(words) => Outcome::Refused(said(words)),
                            None => Outcome::Taken,
                        },
                        None => Outcome::NoAnswer("ответ не назвал этот заказ".into()),
                    };
                    many.iter().map(of).collect()
                }),
        };
        answer.unwrap_or_else(|error| {
            let each = || match &error {
                CallError::NotSent(cause) => Outcome::NotSent(cause.clone()),
                CallError::Limited { until } => Outcome::Limited(*until),
                CallError::Refused(words) => Outcome::Refused(words.clone()),
                CallError::Argument(cause) => Outcome::Refused(said(cause)),
                CallError::NoAnswer(_) | CallError::NotUnderstood { .. } => {
                    Outcome::NoAnswer(error.to_string())
                }
            };
            steps.iter().map(|_| each()).collect()
        })
    }

    async fn end(
        &self,
        due: Vec<Due>,
        outcomes: Vec<Outcome>,
    ) -> Result<Option<Decision>, Problem> {
        let now = self.desk.now();
        let mut decision = None;
        let mut touched = Vec::with_capacity(due.len());
        let mut tx = self.desk.write().await?;
        for ((mut shipment, mut order), outcome) in due.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Taken => {
                    settle(&mut shipment, ShippingState::Done, None, now);
                    if let Some(kept) = tx.order(self.organisation, order.id).await? {
                        order = kept;
                    }
                    order.facts.substatus = Some("READY_TO_SHIP".to_owned());
                    self.desk
                        .take_facts(&mut *tx, self.organisation, order.shop, &order.facts, now)
                        .await?;
                }
                Outcome::Refused(words) => {
                    settle(&mut shipment, ShippingState::Refused, Some(words), now);
                }
                Outcome::Limited(until) => {
                    shipment.state = ShippingState::Queued;
                    shipment.next_at = Some(until);
                    decision = Some(wait(until, "Маркет просит подождать"));
                }
                Outcome::NotSent(cause) => {
                    shipment.state = ShippingState::Queued;
                    shipment.trouble = Some(cause);
                    put_off(&mut shipment, now);
                }
                Outcome::NoAnswer(cause) => {
                    shipment.state = ShippingState::Unknown;
                    shipment.trouble = Some(cause);
                    put_off(&mut shipment, now);
                }
            }
            touched.push(order.id);
            self.write(&mut *tx, &shipment, &order, ShippingState::Sending)
                .await?;
        }
        tx.commit().await?;
        for order in touched {
            self.desk.tell(self.organisation, Change::Order { order });
        }
        Ok(decision)
    }

    async fn write(
        &self,
        tx: &mut dyn Transaction,
        shipment: &Shipment,
        order: &Order,
        from: ShippingState,
    ) -> Result<bool, Problem> {
        let organisation = self.organisation;
        if !tx.save_shipment(organisation, shipment, Some(from)).await? {
            return Ok(false);
        }
        let action = match shipment.state {
            ShippingState::Done => Some(Action::Shipped),
            ShippingState::Refused => Some(Action::ShippingRefused),
            _ => None,
        };
        if let Some(action) = action.filter(|_| shipment.state != from) {
            let entry = JournalEntry {
                at: self.desk.now(),
                user: None,
                action,
                subject: order.facts.id.to_string(),
                detail: String::new(),
            };
            tx.write_journal(organisation, &entry).await?;
        }
        self.desk.sum_up(tx, organisation, order.id).await?;
        Ok(true)
    }
}

/// What an order's status says of a step that may have been taken.
enum Fate {
    /// It was.
    Shipped,
    /// It was not, and may be.
    Open,
    /// It was not, and cannot be any more.
    Gone,
}

fn fate(facts: &MarketOrder) -> Fate {
    if shipped(&facts.status, facts.substatus.as_deref()) {
        Fate::Shipped
    } else if facts.status == OrderStatus::Processing {
        Fate::Open
    } else {
        Fate::Gone
    }
}

fn settle(
    shipment: &mut Shipment,
    state: ShippingState,
    refusal: Option<TheirWords>,
    now: Timestamp,
) {
    shipment.state = state;
    shipment.refusal = refusal;
    shipment.trouble = None;
    shipment.next_at = None;
    shipment.settled_at = Some(now);
}

fn put_off(shipment: &mut Shipment, now: Timestamp) {
    shipment.next_at =
        (shipment.attempts < MOST_ATTEMPTS).then(|| now.plus_seconds(back_off(shipment.attempts)));
}

fn wait(until: Timestamp, note: &str) -> Decision {
    Decision::Later {
        at: until,
        note: note.to_owned(),
    }
}

/// Words that came without an HTTP refusal around them: `errorDetails` of a batch, or a status.
fn said(words: &str) -> TheirWords {
    TheirWords {
        http: 200,
        errors: vec![TheirError {
            code: String::new(),
            message: Some(words.to_owned()),
        }],
    }
}
