//! Asking what the marketplace's verification says of one shop's orders.
//!
//! There is no notification of it, so it is asked again and again, further and further apart, until every mark
//! has its verdict. The call has the tightest budget of all (1,000 an hour), so the orders that leave first are
//! asked about first, and a cap of our own leaves some of the budget to other programs with the same shop.

use super::{Decision, Desk, back_off, submit, sync_orders::in_words};
use crate::{
    boxes::HeldLayout,
    ids::{OrderId, OrganisationId},
    journal::Action,
    live::Change,
    problem::Problem,
    server::{
        codes::news::of_verification,
        ports::{
            market::CallError,
            storage::{Job, JournalEntry, Order, Shop, Submission},
            verifications::Verification,
        },
    },
    submission::{Carrier, LineInstances, SubmissionState},
    time::Timestamp,
    verification::{Light, LineVerification, light_of, settled, wait_after},
};
use secrecy::SecretString;

/// Orders looked at by one look into the store.
const GROUP: u32 = 30;
/// Questions at a time.
const CALLS: usize = 3;
/// The window of our own cap.
const HOUR_MILLIS: i64 = 3_600_000;

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
    loop {
        let due = {
            let mut tx = desk.read().await?;
            tx.due_verifications(job.organisation, id, desk.now(), GROUP)
                .await?
        };
        if due.is_empty() {
            let mut tx = desk.read().await?;
            return Ok(match tx.next_verification(job.organisation, id).await? {
                Some(at) => Decision::DoneUntil(at),
                None => Decision::Done,
            });
        }
        for orders in due.chunks(CALLS) {
            if let Some(decision) = round.ask(orders, job).await? {
                return Ok(decision);
            }
        }
    }
}

struct Round<'a> {
    desk: &'a Desk,
    organisation: OrganisationId,
    shop: Shop,
    key: SecretString,
}

/// What is asked about.
struct Question {
    order: Order,
    known: Verification,
    sent: Vec<LineInstances>,
}

impl Round<'_> {
    /// Asks about some orders at once and writes the answers. A decision ends the run: the shop must wait.
    async fn ask(&self, orders: &[OrderId], job: &Job) -> Result<Option<Decision>, Problem> {
        let mut questions = Vec::with_capacity(orders.len());
        for order in orders {
            if let Some(until) = self.spend().await? {
                return Ok(Some(Decision::Later {
                    at: until,
                    note: "свой лимит вопросов о проверке исчерпан".into(),
                }));
            }
            questions.extend(self.question(*order).await?);
        }
        let mut questions = questions.into_iter();
        let one = |question: Option<Question>| async {
            let question = question?;
            let number = question.order.facts.id;
            let campaign = question.order.facts.campaign;
            let market = &self.desk.outside.market;
            let answer = market.verification(&self.key, campaign, number).await;
            Some((question, answer))
        };
        const { assert!(CALLS == 3, "one future a call") };
        let (first, second, third) = tokio::join!(
            one(questions.next()),
            one(questions.next()),
            one(questions.next())
        );
        let mut decision = None;
        for (question, answer) in [first, second, third].into_iter().flatten() {
            let halt = self.write(question, answer, job).await?;
            decision = decision.or(halt);
        }
        Ok(decision)
    }

    /// Counts a question under our own cap; the moment to wait for when it is reached.
    async fn spend(&self) -> Result<Option<Timestamp>, Problem> {
        let key = format!("verification of {}", self.shop.facts.campaign);
        let mut tx = self.desk.write().await?;
        let (spent, since) = tx.count_try(&key, self.desk.now(), HOUR_MILLIS).await?;
        tx.commit().await?;
        let over = spent > self.desk.outside.verifications_per_hour;
        Ok(over.then(|| since.plus_millis(HOUR_MILLIS)))
    }

    async fn question(&self, id: OrderId) -> Result<Option<Question>, Problem> {
        let mut tx = self.desk.read().await?;
        let order = tx.order(self.organisation, id).await?;
        let known = tx.verification(self.organisation, id).await?;
        let newest = tx.newest_submission(self.organisation, id).await?;
        let (Some(order), Some(known)) = (order, known) else {
            return Ok(None);
        };
        let sent = self.sent(&order, newest.as_ref())?;
        Ok(Some(Question { order, known, sent }))
    }

    /// What the marketplace holds: our last accepted layout, or what another hand sent.
    fn sent(
        &self,
        order: &Order,
        newest: Option<&Submission>,
    ) -> Result<Vec<LineInstances>, Problem> {
        match newest {
            Some(submission)
                if submission.state == SubmissionState::Accepted
                    && submission.carrier == Carrier::Boxes =>
            {
                submit::instances_of(self.desk, submission)
            }
            _ => Ok(HeldLayout::of_order(&order.facts).lines().to_vec()),
        }
    }

    async fn write(
        &self,
        question: Question,
        answer: Result<Vec<LineVerification>, CallError>,
        job: &Job,
    ) -> Result<Option<Decision>, Problem> {
        let now = self.desk.now();
        let mut known = question.known;
        let before = known.light;
        let again = now.plus_seconds(back_off(job.attempts));
        let mut halt = None;
        let mut news = Vec::new();
        match answer {
            Ok(lines) => {
                known.asked += 1;
                known.asked_at = Some(now);
                known.light = light_of(&question.sent, &lines);
                known.next_at = (!settled(&question.sent, &lines))
                    .then(|| now.plus_seconds(wait_after(known.asked)));
                news = of_verification(question.order.id, &known.lines, &lines, now);
                known.lines = lines;
                known.trouble = None;
            }
            Err(CallError::Limited { until }) => {
                halt = Some(Decision::Later {
                    at: until,
                    note: "Маркет просит подождать: исчерпан лимит вопросов о проверке".into(),
                });
                known.trouble = Some("исчерпан лимит вопросов о проверке".into());
            }
            Err(CallError::Refused(words)) => {
                // This order alone: it may be of another shop by now, or cancelled.
                known.trouble = Some(in_words(&words));
                known.next_at = Some(now.plus_seconds(wait_after(u32::MAX)));
            }
            Err(error) => {
                known.trouble = Some(error.to_string());
                known.next_at = Some(again);
                halt = Some(Decision::Again {
                    at: again,
                    note: "Маркет не отвечает".into(),
                });
            }
        }
        let mut tx = self.desk.write().await?;
        tx.save_verification(self.organisation, &known).await?;
        tx.note_codes(self.organisation, &news).await?;
        if let Some(action) = journaled(known.light).filter(|_| known.light != before) {
            let entry = JournalEntry {
                at: now,
                user: None,
                action,
                subject: question.order.facts.id.to_string(),
                detail: String::new(),
            };
            tx.write_journal(self.organisation, &entry).await?;
        }
        self.desk
            .sum_up(&mut *tx, self.organisation, question.order.id)
            .await?;
        tx.commit().await?;
        let order = question.order.id;
        self.desk.tell(self.organisation, Change::Order { order });
        Ok(halt)
    }
}

const fn journaled(light: Option<Light>) -> Option<Action> {
    match light {
        Some(Light::Passed) => Some(Action::CodesVerified),
        Some(Light::Rejected) => Some(Action::CodeRejected),
        Some(Light::Waiting | Light::Troubled) | None => None,
    }
}
