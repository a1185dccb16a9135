//! Sending an order, once, and finding it again when no answer came.

use super::{
    super::{devices::shut_means, doors::Shut, fault::refuses_token},
    driving::Drive,
    station::Station,
    told::{AFTERTHOUGHT_MILLIS, Fit, fit, search_pause},
};
use crate::{
    journal::Action,
    problem::Problem,
    server::{
        jobs::{Decision, back_off},
        ports::{
            call::CallError,
            code_ordering::{Created, OrderInfo},
            emissions::{Candidate, Candidates, EmissionOrder, Searching},
            storage::Transaction,
            suz::{Document, DocumentState},
        },
    },
    suz::{
        Cause, Why,
        cause::SuzCall,
        emission::{EmissionState, SuzOrderId},
    },
};

/// The longest that a station's own word is waited for before the first question, in milliseconds.
const LONGEST_WAIT: i64 = 600_000;
/// The first search after a lost answer, in seconds: the station may be busy with the order still.
const FIRST_SEARCH: i64 = 2;
/// How much earlier than its sending an order may have come by the station's clock, in milliseconds.
const CLOCKS_DIFFER: i64 = 60_000;
/// The most lost orders of a link that are held against one another.
const MOST_LOST: u32 = 100;

impl Drive<'_> {
    /// Sends a signed order. One attempt: the row says so before a byte leaves.
    pub(super) async fn send(&mut self, station: Station) -> Result<Decision, Problem> {
        // A login may take a while, or a person; nothing was begun until it is made.
        if let Err(shut) = self.desk.open(&self.link, station.door).await {
            return self
                .desk
                .hold(self.job, &self.link, station.door, shut, SuzCall::Order)
                .await;
        }
        if let Some(waits) = self.held().await? {
            return Ok(waits);
        }
        let Some(document) = self.signed_document().await? else {
            return self.refused(Why::of(Cause::OrderNotSigned)).await;
        };
        let (Some(content), Some(signature)) = (&document.content, &document.signature) else {
            return self.refused(Why::of(Cause::OrderNotSigned)).await;
        };
        self.order.state = EmissionState::Sending;
        self.order.sent_at = Some(self.desk.now());
        self.order.searching = Searching::default();
        self.order.trouble = None;
        self.save(EmissionState::Queued, Some(Action::EmissionSent))
            .await?;
        let (desk, body, cms) = (self.desk, &content.bytes, &signature.cms);
        let sent = desk
            .through(
                &self.link,
                station.door,
                SuzCall::Order,
                |token| async move {
                    desk.ordering()
                        .create(station.access(&token), body, cms)
                        .await
                },
            )
            .await;
        match sent {
            Ok(created) => self.taken(created).await,
            Err(Shut::Problem(problem)) => Err(problem),
            Err(shut) => self.not_taken(station, shut).await,
        }
    }

    async fn signed_document(&self) -> Result<Option<Document>, Problem> {
        let document = self
            .desk
            .read()
            .await?
            .document(self.link.organisation, self.order.document)
            .await?;
        Ok(document.filter(|document| document.state == DocumentState::Signed))
    }

    async fn taken(&mut self, created: Created) -> Result<Decision, Problem> {
        self.order.state = EmissionState::Created;
        self.order.their_id = Some(created.order);
        self.settle(
            EmissionState::Sending,
            DocumentState::Done,
            Action::EmissionTaken,
        )
        .await?;
        let wait = created.wait_millis.unwrap_or_default();
        Ok(Decision::Later {
            at: self.desk.now().plus_millis(wait.clamp(0, LONGEST_WAIT)),
            note: "заказ принят, коды готовятся".into(),
        })
    }

    /// What a call that brought no order comes to.
    async fn not_taken(&mut self, station: Station, shut: Shut) -> Result<Decision, Problem> {
        let error = match &shut {
            Shut::Failed { error, .. } => error.clone(),
            // It was refused for its token's sake, and no other token was to be had: nothing was begun.
            _ => return self.take_back(station, shut).await,
        };
        match error {
            CallError::NoAnswer(_) | CallError::NotUnderstood { .. } => {
                self.order.trouble = shut_means(shut, SuzCall::Order)?;
                self.unanswered().await?;
                Ok(Decision::Later {
                    at: self.desk.now().plus_seconds(FIRST_SEARCH),
                    note: "ответа нет: ищем заказ".into(),
                })
            }
            CallError::NotSent(_) | CallError::Limited { .. } => {
                self.take_back(station, shut).await
            }
            error if refuses_token(&error) => self.take_back(station, shut).await,
            CallError::Refused(_) | CallError::Argument(_) => {
                let why = shut_means(shut, SuzCall::Order)?;
                self.refused(why.unwrap_or(Why::of(Cause::Other))).await
            }
        }
    }

    /// Nothing was done there: the order stands in the queue as before.
    async fn take_back(&mut self, station: Station, shut: Shut) -> Result<Decision, Problem> {
        self.order.state = EmissionState::Queued;
        self.order.sent_at = None;
        self.save(EmissionState::Sending, None).await?;
        self.desk
            .hold(self.job, &self.link, station.door, shut, SuzCall::Order)
            .await
    }

    /// They said no: nothing was made.
    async fn refused(&mut self, why: Why) -> Result<Decision, Problem> {
        let from = self.order.state;
        self.order.state = EmissionState::Refused;
        self.order.trouble = Some(why);
        self.settle(from, DocumentState::Refused, Action::EmissionRefused)
            .await?;
        Ok(Decision::Done)
    }

    /// No answer came: from here on the station is asked whether it knows the order.
    pub(super) async fn unanswered(&mut self) -> Result<(), Problem> {
        self.order.state = EmissionState::Unknown;
        self.save(EmissionState::Sending, Some(Action::EmissionUnknown))
            .await
    }

    /// Writes the order and its document down at once.
    async fn settle(
        &mut self,
        from: EmissionState,
        document: DocumentState,
        action: Action,
    ) -> Result<(), Problem> {
        let mut tx = self.desk.write().await?;
        self.save_in(&mut *tx, from, Some(action)).await?;
        self.settle_body(&mut *tx, document).await?;
        tx.commit().await?;
        self.told().await
    }

    /// Writes down what became of the order's body, within a transaction of the caller.
    pub(super) async fn settle_body(
        &self,
        tx: &mut dyn Transaction,
        state: DocumentState,
    ) -> Result<(), Problem> {
        let organisation = self.link.organisation;
        if let Some(mut body) = tx.document(organisation, self.order.document).await? {
            let before = body.state;
            body.state = state;
            body.settled_at = Some(self.desk.now());
            body.trouble.clone_from(&self.order.trouble);
            tx.move_document(organisation, &body, before).await?;
        }
        Ok(())
    }

    /// Asks the station whether it knows an order whose answer was lost: by our key, or where it keeps none for all that
    /// came since, of which a person may find the right one.
    pub(super) async fn find(&mut self, station: Station) -> Result<Decision, Problem> {
        let key = self.order.id.to_string();
        let by_key = self.desk.searchable(&self.order);
        let found = if by_key {
            let keys = std::slice::from_ref(&key);
            self.desk.search_orders(&self.link, keys, &[]).await
        } else {
            let sent = self.order.sent_at.unwrap_or(self.order.made_at);
            let since = sent.plus_millis(-CLOCKS_DIFFER);
            self.desk.orders_since(&self.link, since).await
        };
        let now = self.desk.now();
        match found {
            Ok(found) => {
                let ours = |order: &OrderInfo| order.key.as_deref() == Some(key.as_str());
                if let Some(found) = found.iter().find(|order| ours(order)) {
                    return self.adopt(found.clone()).await;
                }
                if !by_key {
                    self.order.searching.candidates = self.candidates(&found).await?;
                }
                self.order.searching.times = self.order.searching.times.saturating_add(1);
                self.order.searching.at = Some(now);
                self.order.searching.failed = None;
            }
            Err(Shut::Problem(problem)) => return Err(problem),
            Err(shut @ (Shut::WaitsForSignature | Shut::NotAccepted | Shut::Busy)) => {
                return self
                    .desk
                    .hold(self.job, &self.link, station.door, shut, SuzCall::Orders)
                    .await;
            }
            Err(shut @ Shut::NoLogin { stopped: true, .. }) => {
                self.order.searching.failed = meaning(&shut);
                let from = self.order.state;
                self.save(from, None).await?;
                return self
                    .desk
                    .hold(self.job, &self.link, station.door, shut, SuzCall::Orders)
                    .await;
            }
            Err(shut) => {
                let why = shut_means(shut, SuzCall::Orders)?.unwrap_or(Why::of(Cause::Other));
                let decision = Decision::Again {
                    at: now.plus_seconds(back_off(self.job.attempts)),
                    note: why.cause.as_str().to_owned(),
                };
                self.order.searching.failed = Some(why);
                let from = self.order.state;
                self.save(from, None).await?;
                return Ok(decision);
            }
        }
        let from = self.order.state;
        self.save(from, None).await?;
        Ok(self.search_again(from))
    }

    /// Which of the orders that the station lists may be this one.
    async fn candidates(&self, found: &[OrderInfo]) -> Result<Candidates, Problem> {
        let organisation = self.link.organisation;
        let mut tx = self.desk.read().await?;
        let mut orders = Vec::new();
        let mut exact = false;
        for one in found {
            let fits = fit(&self.order, &self.lines, one);
            if fits == Fit::No {
                continue;
            }
            let known = tx
                .emission_of(organisation, self.link.id(), &one.order)
                .await?;
            if known.is_none() {
                exact = fits == Fit::Exact;
                orders.push(Candidate {
                    order: one.order.clone(),
                    status: one.status.clone(),
                    created: one.created,
                });
            }
        }
        let alone = orders.len() == 1 && exact && !self.has_rivals(&mut *tx).await?;
        Ok(Candidates { orders, alone })
    }

    /// Whether another order of ours was lost that would be found as the same.
    async fn has_rivals(&self, tx: &mut dyn Transaction) -> Result<bool, Problem> {
        let lost = [
            EmissionState::Sending,
            EmissionState::Unknown,
            EmissionState::GivenUp,
        ];
        let organisation = self.link.organisation;
        let others: Vec<EmissionOrder> = tx
            .emissions_in(organisation, self.link.id(), &lost, MOST_LOST)
            .await?
            .into_iter()
            .filter(|other| other.id != self.order.id && other.group == self.order.group)
            .collect();
        for other in others {
            let lines = tx.emission_lines(organisation, other.id).await?;
            let same = lines.len() == self.lines.len()
                && lines.iter().all(|line| {
                    let mut ours = self.lines.iter();
                    ours.any(|it| it.gtin == line.gtin && it.quantity == line.quantity)
                });
            if same {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn search_again(&self, state: EmissionState) -> Decision {
        let now = self.desk.now();
        let since = self.order.sent_at.map_or(0, |sent| now.millis_since(sent));
        if state == EmissionState::GivenUp && since > AFTERTHOUGHT_MILLIS {
            return Decision::Done;
        }
        Decision::Later {
            at: now.plus_seconds(search_pause(state, since)),
            note: "ответа нет: ищем заказ".into(),
        }
    }

    /// The station knows the order: it is ours from here on, as if its answer had come.
    async fn adopt(&mut self, found: OrderInfo) -> Result<Decision, Problem> {
        let from = self.order.state;
        self.is_there(found);
        self.settle(from, DocumentState::Done, Action::EmissionTaken)
            .await?;
        Ok(Decision::Later {
            at: self.desk.now(),
            note: "заказ найден".into(),
        })
    }

    /// What becomes of an order when it turns out which one of the station's it is.
    pub(super) fn is_there(&mut self, found: OrderInfo) {
        self.order.state =
            EmissionState::of_status(&found.status).unwrap_or(EmissionState::Created);
        self.order.their_id = Some(found.order);
        self.order.decline = found.decline;
        self.order.trouble = None;
        self.order.searching = Searching::default();
    }

    /// The station's number of an order that it has.
    pub(super) fn their_id(&self) -> Result<SuzOrderId, Problem> {
        self.order.their_id.clone().ok_or(Problem::NotFound)
    }
}

/// Why nobody is logged in, when that is what it was.
fn meaning(shut: &Shut) -> Option<Why> {
    match shut {
        Shut::NoLogin { why, .. } => Some(why.clone()),
        _ => None,
    }
}
