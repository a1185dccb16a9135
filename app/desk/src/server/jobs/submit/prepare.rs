//! Which submissions may be sent now: orders are read again, group by group, and every step is written down
//! before it is made.

use super::{
    GROUP, Lane, Ready, back_in_queue,
    carried::{Carried, Unfit, find, held_now},
    limited, lock, our_own, put_off,
};
use crate::{
    live::Change,
    marketplace::MarketOrder,
    problem::Problem,
    server::{
        jobs::sync_orders::in_words,
        ports::{
            market::{CallError, OrderQuery},
            storage::{Order, Submission, Transaction},
        },
    },
    submission::{Finding, SubmissionState, TheirWords},
    time::Timestamp,
};
use tokio::sync::mpsc;

/// Orders of one question were made within so many days, because it reads no more than thirty.
const SPAN_MILLIS: i64 = 25 * 24 * 3_600_000;

/// A submission with the order that it belongs to.
type Due = (Submission, Order);

impl Lane<'_> {
    /// Prepares everything that is due and hands it to the workers, until nothing is due or the shop is halted.
    pub(super) async fn prepare(&self, ready: mpsc::Sender<Ready>) -> Result<(), Problem> {
        loop {
            if self.halted().is_some() {
                return Ok(());
            }
            let due = self.due().await?;
            if due.is_empty() {
                return Ok(());
            }
            for group in groups(due) {
                for prepared in self.prepare_group(group).await? {
                    if ready.send(prepared).await.is_err() {
                        return Ok(());
                    }
                }
                if self.halted().is_some() {
                    return Ok(());
                }
            }
        }
    }

    async fn due(&self) -> Result<Vec<Due>, Problem> {
        let at_work: Vec<_> = lock(&self.at_work).iter().copied().collect();
        let limit = u32::try_from(GROUP).unwrap_or(u32::MAX);
        let now = self.desk.now();
        let mut tx = self.desk.read().await?;
        let submissions = tx
            .due_submissions(self.organisation, self.shop.id, now, &at_work, limit)
            .await?;
        let mut due = Vec::with_capacity(submissions.len());
        for submission in submissions {
            if let Some(order) = tx.order(self.organisation, submission.order).await? {
                due.push((submission, order));
            }
        }
        Ok(due)
    }

    /// Reads the orders of a group and decides each.
    async fn prepare_group(&self, mut group: Vec<Due>) -> Result<Vec<Ready>, Problem> {
        self.own_up(&mut group).await?;
        let read_at = self.desk.now();
        match self.read_orders(&group).await {
            Ok(facts) => self.decide(group, &facts, read_at).await,
            Err(CallError::Refused(_)) if group.len() > 1 => {
                // One order may spoil the question for all: each is asked about alone.
                let mut prepared = Vec::new();
                for one in group {
                    let read_at = self.desk.now();
                    let one = vec![one];
                    match self.read_orders(&one).await {
                        Ok(facts) => prepared.extend(self.decide(one, &facts, read_at).await?),
                        Err(error) => self.not_read(one, error).await?,
                    }
                }
                Ok(prepared)
            }
            Err(error) => {
                self.not_read(group, error).await?;
                Ok(Vec::new())
            }
        }
    }

    /// A call that was begun by a process that is gone: what it heard, nobody knows.
    async fn own_up(&self, group: &mut [Due]) -> Result<(), Problem> {
        if !group
            .iter()
            .any(|(submission, _)| submission.state == SubmissionState::Sending)
        {
            return Ok(());
        }
        let mut tx = self.desk.write().await?;
        for (submission, order) in group {
            if submission.state == SubmissionState::Sending {
                submission.state = SubmissionState::Unknown;
                submission.trouble = Some("отправка прервалась".into());
                self.write(&mut *tx, submission, order, SubmissionState::Sending)
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    async fn read_orders(&self, group: &[Due]) -> Result<Vec<MarketOrder>, CallError> {
        let made = || group.iter().map(|(_, order)| order.facts.created_at);
        let query = OrderQuery {
            orders: group.iter().map(|(_, order)| order.facts.id).collect(),
            created: made().min().zip(made().max()),
            fake: group.iter().any(|(_, order)| order.facts.fake),
            ..OrderQuery::default()
        };
        let business = self.shop.facts.business;
        let page = self
            .desk
            .outside
            .market
            .orders(&self.key, business, &query, None)
            .await?;
        Ok(page.orders)
    }

    /// Takes over what was read, and writes every submission that is to be sent as `Sending`.
    async fn decide(
        &self,
        group: Vec<Due>,
        facts: &[MarketOrder],
        read_at: Timestamp,
    ) -> Result<Vec<Ready>, Problem> {
        let mut prepared = Vec::with_capacity(group.len());
        let mut tx = self.desk.write().await?;
        let mut touched = Vec::with_capacity(group.len());
        for (submission, order) in group {
            touched.push(order.id);
            let found = facts.iter().find(|facts| facts.id == order.facts.id);
            let Some(facts) = found else {
                // The marketplace no longer knows the order.
                let words = TheirWords {
                    http: 404,
                    errors: vec![],
                };
                self.read_refused(&mut *tx, submission, &order, words)
                    .await?;
                continue;
            };
            self.desk
                .take_facts(&mut *tx, self.organisation, order.shop, facts, read_at)
                .await?;
            prepared.extend(self.decide_one(&mut *tx, submission, order, facts).await?);
        }
        lock(&self.at_work).extend(prepared.iter().map(|ready| ready.submission.id));
        tx.commit().await?;
        for order in touched {
            self.desk.tell(self.organisation, Change::Order { order });
        }
        Ok(prepared)
    }

    async fn decide_one(
        &self,
        tx: &mut dyn Transaction,
        mut submission: Submission,
        mut order: Order,
        facts: &MarketOrder,
    ) -> Result<Option<Ready>, Problem> {
        let from = submission.state;
        order.facts = facts.clone();
        if from == SubmissionState::Unknown {
            match find(self.desk, &submission, facts)? {
                Finding::Ours => {
                    self.accept(tx, submission, &order).await?;
                    return Ok(None);
                }
                Finding::Untouched => {}
                Finding::Foreign => {
                    self.settle(tx, submission, &order, SubmissionState::Conflict, None)
                        .await?;
                    return Ok(None);
                }
            }
        } else {
            submission.before = Some(held_now(self.desk, &submission, facts)?);
        }
        let carried = match Carried::read(self.desk, &submission, facts) {
            Ok(carried) => carried,
            Err(Unfit::Problem(problem)) => return Err(problem),
            Err(Unfit::Changed(why)) => {
                let words = our_own(why.to_string());
                self.settle(
                    tx,
                    submission,
                    &order,
                    SubmissionState::Refused,
                    Some(words),
                )
                .await?;
                return Ok(None);
            }
        };
        submission.attempts += 1;
        submission.sent_at = Some(self.desk.now());
        submission.state = SubmissionState::Sending;
        submission.trouble = None;
        if !self.write(tx, &submission, &order, from).await? {
            // Another hand was faster, e.g. it took the submission back.
            return Ok(None);
        }
        Ok(Some(Ready {
            submission,
            order,
            carried,
        }))
    }

    /// The orders could not be read, so nothing is sent: an unread order must not be overwritten.
    async fn not_read(&self, group: Vec<Due>, error: CallError) -> Result<(), Problem> {
        let now = self.desk.now();
        let mut tx = self.desk.write().await?;
        let mut touched = Vec::new();
        for (mut submission, order) in group {
            touched.push(order.id);
            let from = submission.state;
            match &error {
                CallError::Refused(words) => {
                    self.read_refused(&mut *tx, submission, &order, words.clone())
                        .await?;
                    continue;
                }
                CallError::Limited { until } => {
                    submission.trouble = Some(limited());
                    self.stop_until(*until, limited());
                }
                CallError::Argument(cause) => {
                    submission.trouble = Some(cause.clone());
                    submission.next_at = None;
                }
                CallError::NotSent(cause) | CallError::NoAnswer(cause) => {
                    submission.trouble = Some(cause.clone());
                    put_off(&mut submission, now);
                }
                CallError::NotUnderstood { .. } => {
                    submission.trouble = Some(error.to_string());
                    put_off(&mut submission, now);
                }
            }
            if let Some(until) = submission.next_at.filter(|until| *until > now) {
                self.stop_until(until, submission.trouble.clone().unwrap_or_default());
            }
            self.write(&mut *tx, &submission, &order, from).await?;
        }
        tx.commit().await?;
        for order in touched {
            self.desk.tell(self.organisation, Change::Order { order });
        }
        Ok(())
    }

    /// Reading the order was refused. What was never sent is refused with it; what may have been taken before the
    /// key lost its rights is still unknown, and a person's matter.
    async fn read_refused(
        &self,
        tx: &mut dyn Transaction,
        mut submission: Submission,
        order: &Order,
        words: TheirWords,
    ) -> Result<(), Problem> {
        let from = submission.state;
        if from == SubmissionState::Queued {
            return self
                .settle(tx, submission, order, SubmissionState::Refused, Some(words))
                .await;
        }
        submission.trouble = Some(in_words(&words));
        submission.next_at = None;
        self.write(tx, &submission, order, from).await?;
        Ok(())
    }

    /// Gives back what was prepared and not called.
    pub(super) fn give_back(&self, submission: &mut Submission) {
        submission.attempts = submission.attempts.saturating_sub(1);
        let note = self.halted().map(|halt| halt.note);
        back_in_queue(submission, note, Some(self.desk.now()));
    }
}

/// Orders that one question can read together: made within its span, real ones apart from test ones.
fn groups(mut due: Vec<Due>) -> Vec<Vec<Due>> {
    // Whoever comes first by urgency stays first: its group goes first.
    let mut groups: Vec<Vec<Due>> = Vec::new();
    due.reverse();
    while let Some(one) = due.pop() {
        let (fake, made) = (one.1.facts.fake, one.1.facts.created_at);
        let fits = |group: &&mut Vec<Due>| {
            group.len() < GROUP
                && group.iter().all(|(_, order)| {
                    order.facts.fake == fake
                        && order.facts.created_at.millis_since(made).abs() <= SPAN_MILLIS
                })
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}
