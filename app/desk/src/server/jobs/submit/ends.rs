//! Writing what calls came to: the ends of many in one commit, because a durable commit costs the same for one
//! and for fifty.

use super::{
    End, Lane, Outcome, back_in_queue,
    carried::{Answer, instances_of},
    limited, lock, put_off,
};
use crate::{
    boxes::HeldLayout,
    journal::Action,
    live::Change,
    marketplace::MarketOrder,
    orders::placing::KnownProduct,
    problem::Problem,
    server::{
        jobs::{JobKind, read_told},
        ports::{
            storage::{JournalEntry, Order, Submission, Transaction},
            verifications::Verification,
        },
    },
    submission::{Carrier, LineInstances, SubmissionState, TheirWords},
    verification::wait_after,
};
use tokio::sync::mpsc;

/// Ends written by one commit.
const MOST_AT_ONCE: usize = 64;

impl Lane<'_> {
    /// Writes ends as they come; those that come during a commit are written by the next one.
    pub(super) async fn write_ends(&self, mut ends: mpsc::Receiver<End>) -> Result<(), Problem> {
        let mut come = Vec::with_capacity(MOST_AT_ONCE);
        while ends.recv_many(&mut come, MOST_AT_ONCE).await > 0 {
            let mut tx = self.desk.write().await?;
            let mut written = Vec::with_capacity(come.len());
            let mut shrunk = Vec::new();
            for end in come.drain(..) {
                written.push((end.ready.submission.id, end.ready.order.id));
                if matches!(end.outcome, Outcome::Held(_))
                    && !end.ready.submission.removals.is_empty()
                {
                    shrunk.push(end.ready.order.clone());
                }
                self.write_end(&mut *tx, end).await?;
            }
            tx.commit().await?;
            for (submission, order) in written {
                lock(&self.at_work).remove(&submission);
                self.desk.tell(self.organisation, Change::Order { order });
            }
            for order in shrunk {
                // The order has fewer units now; its page shows that at once, and the next reading would anyway.
                if let Err(error) = self.desk.reread(self.organisation, &order).await? {
                    tracing::info!(%error, "an order with removed units was not read again");
                }
            }
        }
        Ok(())
    }

    async fn write_end(&self, tx: &mut dyn Transaction, end: End) -> Result<(), Problem> {
        let now = self.desk.now();
        let mut submission = end.ready.submission;
        let mut order = end.ready.order;
        match end.outcome {
            Outcome::Held(answer) => {
                // A reading may have told more of the order since it was prepared.
                if let Some(kept) = tx.order(self.organisation, order.id).await? {
                    order = kept;
                }
                show(&mut order.facts, answer);
                self.desk
                    .take_facts(tx, self.organisation, order.shop, &order.facts, now)
                    .await?;
                return self.accept(tx, submission, &order).await;
            }
            Outcome::Refused(words) => {
                return self
                    .settle(
                        tx,
                        submission,
                        &order,
                        SubmissionState::Refused,
                        Some(words),
                    )
                    .await;
            }
            Outcome::Unclear => {
                submission.state = SubmissionState::Unknown;
                submission.trouble = Some("ответ без результата".into());
                let first = submission.failures == 0;
                put_off(&mut submission, now);
                if first {
                    // The order is read at once: most likely it shows what the answer did not.
                    submission.next_at = Some(now);
                }
            }
            Outcome::NoAnswer(cause) => {
                submission.state = SubmissionState::Unknown;
                submission.trouble = Some(cause);
                put_off(&mut submission, now);
            }
            Outcome::NotSent(cause) => {
                put_off(&mut submission, now);
                let at = submission.next_at;
                back_in_queue(&mut submission, Some(cause), at);
            }
            Outcome::Limited(until) => back_in_queue(&mut submission, Some(limited()), Some(until)),
            Outcome::NotBegun => self.give_back(&mut submission),
        }
        self.write(tx, &submission, &order, SubmissionState::Sending)
            .await?;
        Ok(())
    }

    /// The marketplace holds our identifiers: from now on it is known which GTIN an offer goes by, and what it
    /// verifies is asked about.
    pub(super) async fn accept(
        &self,
        tx: &mut dyn Transaction,
        submission: Submission,
        order: &Order,
    ) -> Result<(), Problem> {
        let now = self.desk.now();
        let sent = instances_of(self.desk, &submission)?;
        self.learn(tx, &sent, &order.facts).await?;
        if submission.carrier == Carrier::Boxes {
            let begun = Verification::begun(order.id, now.plus_seconds(wait_after(0)));
            tx.save_verification(self.organisation, &begun).await?;
            self.desk
                .enqueue(
                    tx,
                    self.organisation,
                    JobKind::VerifyShop,
                    &self.shop.id.to_string(),
                    now.plus_seconds(wait_after(0)),
                )
                .await?;
            if order.facts.boxes.iter().any(|one| one.barcode.is_none()) {
                // What the labels say is not in the answer to a layout: one reading of the order tells it.
                let number = order.facts.id;
                tx.tell_order(self.organisation, order.shop, number, now)
                    .await?;
                read_told::enqueue(self.desk, tx, self.organisation, self.shop.connection).await?;
            }
            if !submission.removals.is_empty() {
                let mut plan = order.plan.clone();
                plan.forget_removals();
                tx.save_plan(self.organisation, order.id, &plan, false)
                    .await?;
            }
        }
        self.settle(tx, submission, order, SubmissionState::Accepted, None)
            .await
    }

    async fn learn(
        &self,
        tx: &mut dyn Transaction,
        sent: &[LineInstances],
        facts: &MarketOrder,
    ) -> Result<(), Problem> {
        for line in sent {
            let Some(item) = facts.items.iter().find(|item| item.id == line.item) else {
                continue;
            };
            let mut learned = Vec::new();
            for unit in &line.instances {
                let code = unit.cis_full.as_deref().or(unit.cis.as_deref());
                let gtin = code
                    .and_then(|code| code.parse::<cis::MarkingCode>().ok())
                    .and_then(|code| code.gtin());
                let Some(gtin) = gtin.filter(|gtin| !learned.contains(gtin)) else {
                    continue;
                };
                learned.push(gtin);
                let product = KnownProduct {
                    gtin: gtin.to_string(),
                    name: item.name.clone(),
                };
                tx.learn_gtin(self.organisation, &item.offer_id, &product, self.desk.now())
                    .await?;
            }
        }
        Ok(())
    }

    /// Writes the end of a submission.
    pub(super) async fn settle(
        &self,
        tx: &mut dyn Transaction,
        mut submission: Submission,
        order: &Order,
        state: SubmissionState,
        refusal: Option<TheirWords>,
    ) -> Result<(), Problem> {
        let from = submission.state;
        submission.state = state;
        submission.refusal = refusal;
        submission.trouble = None;
        submission.next_at = None;
        submission.failures = 0;
        submission.settled_at = Some(self.desk.now());
        self.write(tx, &submission, order, from).await?;
        Ok(())
    }

    /// Writes a submission as it is now, with its journal entry and the order's sums. False when another hand moved
    /// it meanwhile.
    pub(super) async fn write(
        &self,
        tx: &mut dyn Transaction,
        submission: &Submission,
        order: &Order,
        from: SubmissionState,
    ) -> Result<bool, Problem> {
        let organisation = self.organisation;
        if !tx.move_submission(organisation, submission, from).await? {
            return Ok(false);
        }
        if let Some(action) = journaled(submission.state).filter(|_| submission.state != from) {
            let entry = JournalEntry {
                at: self.desk.now(),
                user: None,
                action,
                subject: order.facts.id.to_string(),
                detail: format!("№ {}", submission.number),
            };
            tx.write_journal(organisation, &entry).await?;
        }
        self.desk.sum_up(tx, organisation, order.id).await?;
        Ok(true)
    }
}

/// Puts what an answer shows into the facts, so that the page need not wait for the next reading.
fn show(facts: &mut MarketOrder, answer: Answer) {
    let lines = match answer {
        Answer::Lines(lines) => lines,
        Answer::Boxes(boxes) => {
            let lines = HeldLayout::of_boxes(&boxes).lines().to_vec();
            facts.boxes = boxes;
            lines
        }
    };
    for line in lines {
        if let Some(item) = facts.items.iter_mut().find(|item| item.id == line.item) {
            item.instances = line.instances;
        }
    }
}

const fn journaled(state: SubmissionState) -> Option<Action> {
    match state {
        SubmissionState::Sending => Some(Action::SubmissionSent),
        SubmissionState::Unknown => Some(Action::SubmissionUnknown),
        SubmissionState::Accepted => Some(Action::SubmissionAccepted),
        SubmissionState::Refused => Some(Action::SubmissionRefused),
        SubmissionState::Conflict => Some(Action::SubmissionConflict),
        SubmissionState::Queued | SubmissionState::Superseded => None,
    }
}
