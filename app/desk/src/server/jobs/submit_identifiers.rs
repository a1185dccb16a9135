//! Bringing one submission to its end.
//!
//! Every step is written before it is made: `Sending` is durable before the first byte leaves, so a process that
//! dies later leaves *unknown*, never a wrong guess. Out of *unknown* leads only reading the order again.

use super::{Decision, Desk, back_off};
use crate::{
    ids::SubmissionId,
    journal::Action,
    live::Change,
    marketplace::MarketOrder,
    orders::placing::KnownProduct,
    problem::Problem,
    server::{
        internal::internal,
        ports::{
            market::CallError,
            storage::{Job, JournalEntry, Order, StoreError, Submission},
        },
    },
    submission::{Finding, LineInstances, SubmissionState, TheirError, TheirWords, compare},
    time::Timestamp,
};

/// Runs that end without an answer before a person is asked to look: about five hours of a dead network.
const MOST_RUNS: u32 = 64;

pub(super) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let id: SubmissionId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let (submission, newest, order) = {
        let mut tx = desk.read().await?;
        let Some(submission) = tx.submission(job.organisation, id).await? else {
            return Ok(Decision::Done);
        };
        let newest = tx
            .newest_submission(job.organisation, submission.order)
            .await?;
        let order = tx
            .order(job.organisation, submission.order)
            .await?
            .ok_or(Problem::NotFound)?;
        (submission, newest, order)
    };
    let mut run = Run {
        desk,
        job,
        order,
        submission,
    };
    if !run.submission.state.in_flight() {
        return Ok(Decision::Done);
    }
    if newest.is_some_and(|newest| newest.id != id) {
        run.settle(SubmissionState::Superseded, None).await?;
        return Ok(Decision::Done);
    }
    run.drive().await
}

struct Run<'a> {
    desk: &'a Desk,
    job: &'a Job,
    order: Order,
    submission: Submission,
}

impl Run<'_> {
    async fn drive(&mut self) -> Result<Decision, Problem> {
        let sent = self.sent()?;
        if self.submission.state == SubmissionState::Sending {
            // The process that began the call is gone: what it heard, nobody knows.
            self.move_to(SubmissionState::Unknown, Some("отправка прервалась".into()))
                .await?;
        }
        let facts = match self.desk.reread(self.job.organisation, &self.order).await? {
            Ok(facts) => facts,
            Err(error) => return self.not_read(error).await,
        };
        let now = instances_of(&facts);
        match self.submission.state {
            SubmissionState::Queued => {
                let before = now
                    .iter()
                    .filter(|line| sent.iter().any(|own| own.item == line.item));
                let before: Vec<&LineInstances> = before.collect();
                self.submission.before =
                    Some(serde_json::to_string(&before).map_err(|e| internal(&e))?);
            }
            _ => match compare(&sent, &self.before()?, &now) {
                Finding::Ours => return self.accept(&facts).await,
                Finding::Untouched => {}
                Finding::Foreign => {
                    self.settle(SubmissionState::Conflict, None).await?;
                    return Ok(Decision::Done);
                }
            },
        }
        self.call(&sent).await
    }

    /// One attempt: written down, made, and its end written down.
    async fn call(&mut self, sent: &[LineInstances]) -> Result<Decision, Problem> {
        let key = {
            let mut tx = self.desk.read().await?;
            self.desk
                .key_of(&mut *tx, self.job.organisation, &self.order)
                .await?
        };
        let Some(key) = key else { return Ok(no_key()) };
        self.submission.attempts += 1;
        self.submission.sent_at = Some(self.desk.now());
        if !self.move_to(SubmissionState::Sending, None).await? {
            // Another hand was faster: it drives now.
            return Ok(Decision::Done);
        }
        let campaign = self.order.facts.campaign;
        let number = self.order.facts.id;
        let answer = self
            .desk
            .outside
            .market
            .put_identifiers(&key, campaign, number, &self.submission.body)
            .await;
        match answer {
            Ok(Some(held)) if compare(sent, &[], &held) == Finding::Ours => {
                match self.read_again().await {
                    Some(facts) => self.accept(&facts).await,
                    None => self.accept(&self.order.facts.clone()).await,
                }
            }
            // A yes that does not show our codes is no yes yet: the order is read again at once.
            Ok(_) => {
                self.unknown("ответ без результата".into(), self.desk.now())
                    .await
            }
            Err(CallError::NotSent(cause)) => {
                self.move_to(SubmissionState::Queued, Some(cause.clone()))
                    .await?;
                Ok(self.again(cause))
            }
            Err(CallError::Limited { until }) => {
                let note = "Маркет просит подождать: исчерпан лимит запросов".to_owned();
                self.move_to(SubmissionState::Queued, Some(note.clone()))
                    .await?;
                Ok(Decision::Again { at: until, note })
            }
            Err(CallError::Refused(words)) => self.refuse(words).await,
            Err(CallError::Argument(cause)) => self.refuse(our_own(cause)).await,
            Err(error @ (CallError::NoAnswer(_) | CallError::NotUnderstood { .. })) => {
                let at = self
                    .desk
                    .now()
                    .plus_seconds(back_off(self.submission.attempts));
                self.unknown(error.to_string(), at).await
            }
        }
    }

    /// The order could not be read, so nothing is sent: an unread order must not be overwritten.
    async fn not_read(&mut self, error: CallError) -> Result<Decision, Problem> {
        match error {
            CallError::Limited { until } => {
                let note = "Маркет просит подождать: исчерпан лимит запросов".to_owned();
                self.keep_trouble(&note).await?;
                Ok(Decision::Again { at: until, note })
            }
            CallError::Refused(words) if self.submission.state == SubmissionState::Queued => {
                self.refuse(words).await
            }
            CallError::Refused(words) => {
                // It may have been taken before the key lost its rights: still unknown, and a person's matter.
                let note = super::sync_orders::in_words(&words);
                self.keep_trouble(&note).await?;
                Ok(Decision::Park { note })
            }
            CallError::Argument(_) => Ok(no_key()),
            CallError::NotSent(cause) | CallError::NoAnswer(cause) => {
                self.keep_trouble(&cause).await?;
                Ok(self.again(cause))
            }
            CallError::NotUnderstood { .. } => {
                let cause = error.to_string();
                self.keep_trouble(&cause).await?;
                Ok(self.again(cause))
            }
        }
    }

    fn again(&self, note: String) -> Decision {
        if self.job.attempts >= MOST_RUNS {
            return Decision::Park { note };
        }
        Decision::Again {
            at: self.desk.now().plus_seconds(back_off(self.job.attempts)),
            note,
        }
    }

    async fn unknown(&mut self, trouble: String, at: Timestamp) -> Result<Decision, Problem> {
        self.move_to(SubmissionState::Unknown, Some(trouble.clone()))
            .await?;
        if self.job.attempts >= MOST_RUNS {
            return Ok(Decision::Park { note: trouble });
        }
        Ok(Decision::Again { at, note: trouble })
    }

    async fn refuse(&mut self, words: TheirWords) -> Result<Decision, Problem> {
        self.settle(SubmissionState::Refused, Some(words)).await?;
        Ok(Decision::Done)
    }

    /// The marketplace holds our codes: from now on it is known which GTIN an offer goes by.
    async fn accept(&mut self, facts: &MarketOrder) -> Result<Decision, Problem> {
        let now = self.desk.now();
        let organisation = self.job.organisation;
        let mut tx = self.desk.write().await?;
        for line in self.sent()? {
            let Some(item) = facts.items.iter().find(|item| item.id == line.item) else {
                continue;
            };
            for unit in &line.instances {
                let Some(code) = unit.cis_full.as_deref().or(unit.cis.as_deref()) else {
                    continue;
                };
                let gtin = code
                    .parse::<cis::MarkingCode>()
                    .ok()
                    .and_then(|code| code.gtin());
                if let Some(gtin) = gtin {
                    let product = KnownProduct {
                        gtin: gtin.to_string(),
                        name: item.name.clone(),
                    };
                    tx.learn_gtin(organisation, &item.offer_id, &product, now)
                        .await?;
                }
            }
        }
        tx.commit().await?;
        self.settle(SubmissionState::Accepted, None).await?;
        Ok(Decision::Done)
    }

    /// Reads the order after a clear yes, to show what the marketplace holds; the yes stands without it.
    async fn read_again(&self) -> Option<MarketOrder> {
        match self.desk.reread(self.job.organisation, &self.order).await {
            Ok(Ok(facts)) => Some(facts),
            Ok(Err(error)) => {
                tracing::info!(%error, "an accepted order was not read again");
                None
            }
            Err(problem) => {
                tracing::warn!(%problem, "an accepted order was not read again");
                None
            }
        }
    }

    async fn settle(
        &mut self,
        state: SubmissionState,
        refusal: Option<TheirWords>,
    ) -> Result<(), Problem> {
        self.submission.refusal = refusal;
        self.submission.settled_at = Some(self.desk.now());
        self.move_to(state, None).await?;
        Ok(())
    }

    async fn keep_trouble(&mut self, trouble: &str) -> Result<(), Problem> {
        let state = self.submission.state;
        self.move_to(state, Some(trouble.to_owned())).await?;
        Ok(())
    }

    /// Writes the submission in its new state, durably, and tells. False when another hand moved it meanwhile.
    async fn move_to(
        &mut self,
        state: SubmissionState,
        trouble: Option<String>,
    ) -> Result<bool, Problem> {
        let from = self.submission.state;
        self.submission.state = state;
        self.submission.trouble = trouble;
        let organisation = self.job.organisation;
        let mut tx = self.desk.write().await?;
        if !tx
            .move_submission(organisation, &self.submission, from)
            .await?
        {
            return Ok(false);
        }
        if let Some(action) = journaled(state).filter(|_| state != from) {
            let entry = JournalEntry {
                at: self.desk.now(),
                user: None,
                action,
                subject: self.order.facts.id.to_string(),
                detail: format!("№ {}", self.submission.number),
            };
            tx.write_journal(organisation, &entry).await?;
        }
        self.desk
            .sum_up(&mut *tx, organisation, self.order.id)
            .await?;
        tx.commit().await?;
        self.desk.tell(
            organisation,
            Change::Order {
                order: self.order.id,
            },
        );
        Ok(true)
    }

    fn sent(&self) -> Result<Vec<LineInstances>, Problem> {
        self.desk
            .outside
            .market
            .instances_of_body(&self.submission.body)
            .map_err(|error| {
                internal(&StoreError::Inconsistent {
                    table: "submissions",
                    column: "body",
                    row: self.submission.id.to_string(),
                    why: error.to_string(),
                })
            })
    }

    fn before(&self) -> Result<Vec<LineInstances>, Problem> {
        let Some(text) = &self.submission.before else {
            return Ok(Vec::new());
        };
        serde_json::from_str(text).map_err(|error| {
            internal(&StoreError::Inconsistent {
                table: "submissions",
                column: "before",
                row: self.submission.id.to_string(),
                why: error.to_string(),
            })
        })
    }
}

fn instances_of(facts: &MarketOrder) -> Vec<LineInstances> {
    facts
        .items
        .iter()
        .map(|item| LineInstances {
            item: item.id,
            instances: item.instances.clone(),
        })
        .collect()
}

fn no_key() -> Decision {
    Decision::Park {
        note: "подключение удалено: нужен ключ этого магазина".into(),
    }
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
