//! Bringing the submissions of one shop to their ends.
//!
//! Every step is written before it is made: `Sending` is durable before the first byte leaves, so a process that
//! dies later leaves *unknown*, never a wrong guess. Out of *unknown* leads only reading the order again.
//!
//! One job drives a whole shop, because what is slow is shared: one question reads fifty orders, one commit keeps
//! the ends of many calls. Three parts run side by side, joined by short queues: [`prepare`] reads orders and
//! decides what may be sent, some workers call, [`ends`] writes what came of it. Another shop has a job of its
//! own, so the limit or the trouble of one never holds up another.

mod carried;
mod ends;
mod prepare;

use super::{Decision, Desk, back_off};
use crate::{
    ids::{OrganisationId, SubmissionId},
    problem::Problem,
    server::ports::{
        market::CallError,
        storage::{Job, Order, Shop, Submission},
    },
    submission::{SubmissionState, TheirError, TheirWords},
    time::Timestamp,
};
pub(super) use carried::instances_of;
use carried::{Answer, Carried};
use secrecy::SecretString;
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::mpsc;

/// Calls at a time for one shop; the marketplace takes four of a campaign and closes the door on a fifth.
const CALLS: usize = 3;
/// Orders read by one question: as many as it takes.
const GROUP: usize = 50;
/// Tries in a row without an answer before a person is asked to look: about five hours of a dead network.
const MOST_FAILURES: u32 = 64;

pub(super) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let (shop, key) = match super::open_shop(desk, job).await? {
        Ok(opened) => opened,
        Err(decision) => return Ok(decision),
    };
    let lane = Lane {
        desk,
        organisation: job.organisation,
        shop,
        key,
        at_work: Mutex::default(),
        halt: Mutex::default(),
    };
    // Three parts side by side make a large future, which is kept apart.
    Box::pin(lane.drive(job)).await
}

/// The way of one shop's submissions.
struct Lane<'a> {
    desk: &'a Desk,
    organisation: OrganisationId,
    shop: Shop,
    key: SecretString,
    /// Submissions between being prepared and having their ends written.
    at_work: Mutex<BTreeSet<SubmissionId>>,
    /// Why nothing more is begun in this run.
    halt: Mutex<Option<Halt>>,
}

/// A reason that holds for the whole shop.
#[derive(Clone)]
struct Halt {
    until: Timestamp,
    note: String,
}

/// A submission that is written as `Sending`: the next step is the call.
struct Ready {
    submission: Submission,
    order: Order,
    carried: Carried,
}

/// What a call came to.
enum Outcome {
    /// A yes that shows what we sent.
    Held(Answer),
    /// A yes that does not show it: no yes yet.
    Unclear,
    /// No answer, or none that makes sense.
    NoAnswer(String),
    /// It surely did not reach them.
    NotSent(String),
    /// They ask to wait; nothing was done.
    Limited(Timestamp),
    /// They said no.
    Refused(TheirWords),
    /// The shop was halted before the call.
    NotBegun,
}

/// A submission with its outcome.
struct End {
    ready: Ready,
    outcome: Outcome,
}

impl Lane<'_> {
    async fn drive(&self, job: &Job) -> Result<Decision, Problem> {
        loop {
            let (to_workers, prepared) = mpsc::channel(GROUP);
            let (to_writer, ends) = mpsc::channel(GROUP);
            let prepared = tokio::sync::Mutex::new(prepared);
            let (began, (), written) = tokio::join!(
                self.prepare(to_workers),
                self.call_all(&prepared, to_writer),
                self.write_ends(ends),
            );
            began?;
            written?;
            if let Some(Halt { until, note }) = self.halted() {
                return Ok(Decision::Later { at: until, note });
            }
            let next = {
                let mut tx = self.desk.read().await?;
                tx.next_submission(self.organisation, self.shop.id).await?
            };
            match next {
                None => return Ok(Decision::Done),
                Some(at) if at > self.desk.now() => return Ok(Decision::DoneUntil(at)),
                // An answer that must be confirmed by reading the order came while others were on their way.
                Some(_) => tracing::debug!(job.id = %job.id, "one more round of this shop"),
            }
        }
    }

    /// Calls, a few at a time, until nothing more is prepared.
    async fn call_all(
        &self,
        prepared: &tokio::sync::Mutex<mpsc::Receiver<Ready>>,
        ends: mpsc::Sender<End>,
    ) {
        let worker = || async {
            loop {
                let ready = prepared.lock().await.recv().await;
                let Some(ready) = ready else { return };
                let outcome = self.call(&ready).await;
                if ends.send(End { ready, outcome }).await.is_err() {
                    return;
                }
            }
        };
        const { assert!(CALLS == 3, "one worker a call") };
        tokio::join!(worker(), worker(), worker());
    }

    async fn call(&self, ready: &Ready) -> Outcome {
        if self.halted().is_some() {
            return Outcome::NotBegun;
        }
        let market = &self.desk.outside.market;
        let (campaign, number) = (ready.order.facts.campaign, ready.order.facts.id);
        let body = &ready.submission.body;
        let answer = match &ready.carried {
            Carried::Identifiers(_) => market
                .put_identifiers(&self.key, campaign, number, body)
                .await
                .map(|answer| answer.map(Answer::Lines)),
            Carried::Boxes(_, coverage) => market
                .put_boxes(&self.key, campaign, number, body, coverage)
                .await
                .map(|answer| answer.map(Answer::Boxes)),
        };
        match answer {
            Ok(Some(answer)) if ready.carried.is_shown_by(&answer) => Outcome::Held(answer),
            Ok(_) => Outcome::Unclear,
            Err(CallError::NotSent(cause)) => Outcome::NotSent(cause),
            Err(CallError::Limited { until }) => {
                self.stop_until(until, limited());
                Outcome::Limited(until)
            }
            Err(CallError::Refused(words)) => Outcome::Refused(words),
            Err(CallError::Argument(cause)) => Outcome::Refused(our_own(cause)),
            Err(error @ (CallError::NoAnswer(_) | CallError::NotUnderstood { .. })) => {
                Outcome::NoAnswer(error.to_string())
            }
        }
    }

    /// Begins nothing more in this run. The first reason stands.
    fn stop_until(&self, until: Timestamp, note: String) {
        let mut halt = lock(&self.halt);
        if halt.is_none() {
            *halt = Some(Halt { until, note });
        }
    }

    fn halted(&self) -> Option<Halt> {
        lock(&self.halt).clone()
    }
}

/// A poisoned lock means that another part panicked half-way through a plain assignment; what it guards is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn limited() -> String {
    "Маркет просит подождать: исчерпан лимит запросов".to_owned()
}

/// A call that could not even be made, told like a refusal.
fn our_own(cause: String) -> TheirWords {
    TheirWords {
        http: 0,
        errors: vec![TheirError {
            code: "METKA".into(),
            message: Some(cause),
        }],
    }
}

/// Puts off what brought no answer: to a moment further and further away, and in the end until somebody wakes it.
fn put_off(submission: &mut Submission, now: Timestamp) {
    submission.failures += 1;
    submission.next_at = (submission.failures < MOST_FAILURES)
        .then(|| now.plus_seconds(back_off(submission.failures)));
}

/// Where a submission goes whose call surely did nothing.
fn back_in_queue(submission: &mut Submission, trouble: Option<String>, at: Option<Timestamp>) {
    submission.state = SubmissionState::Queued;
    submission.trouble = trouble;
    submission.next_at = at;
}
