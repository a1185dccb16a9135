//! Closing an order: asked by a person, signed, and sent only while it takes no more from us than that person had seen.

use super::{
    super::{devices::shut_means, doors::Shut, fault, link::Link, permit},
    driving::Drive,
    station::Station,
    told::annuls,
};
use crate::{
    account::{Actor, Permission},
    ids::{DocumentId, EmissionId},
    journal::Action,
    problem::Problem,
    server::{
        Desk,
        jobs::Decision,
        ports::{
            call::CallError,
            emissions::{Closing, EmissionOrder},
            storage::{Job, JobState, Transaction},
            suz::{Content, Document, DocumentState},
        },
    },
    suz::{
        Cause, DocumentPurpose, Why,
        cause::SuzCall,
        emission::{ClosingState, EmissionState, view::CloseAnswer},
    },
};

/// The first look after a lost answer, in seconds.
const FIRST_LOOK: i64 = 2;

impl Desk {
    /// Asks for an order to be closed. The station is asked first what it has left: what closing would take from us must
    /// be confirmed by that very number.
    pub async fn close_emission(
        &self,
        actor: &Actor,
        id: EmissionId,
        confirmed: Option<u64>,
    ) -> Result<CloseAnswer, Problem> {
        permit(actor, Permission::OrderCodes)?;
        let (link, order) = self.emission_link(actor, id).await?;
        let asked_already = order
            .closing
            .as_ref()
            .is_some_and(|closing| closing.state != ClosingState::Refused);
        if asked_already {
            return Ok(CloseAnswer::Asked);
        }
        if !order.state.is_there() {
            return Err(Problem::OrderChanged);
        }
        let station = match Station::of(&link) {
            Ok(station) => station,
            Err(why) => return Ok(CloseAnswer::Failed(why)),
        };
        let lines = self
            .read()
            .await?
            .emission_lines(actor.organisation, id)
            .await?;
        let job = self.no_job(actor);
        let mut drive = Drive {
            desk: self,
            job: &job,
            link,
            order,
            lines,
        };
        if let Err(shut) = drive.look(station).await {
            let why = shut_means(shut, SuzCall::Orders)?;
            return Ok(CloseAnswer::Failed(
                why.unwrap_or(Why::of(Cause::WaitsForSignature)),
            ));
        }
        let codes = annuls(&drive.lines);
        if codes > 0 && confirmed != Some(codes) {
            return Ok(CloseAnswer::Annuls { codes });
        }
        if !drive.order.state.is_there() {
            return Ok(CloseAnswer::Asked);
        }
        self.begin_closing(actor, &drive.link, drive.order, codes)
            .await
    }

    async fn begin_closing(
        &self,
        actor: &Actor,
        link: &Link,
        mut order: EmissionOrder,
        annuls: u64,
    ) -> Result<CloseAnswer, Problem> {
        let their_id = order.their_id.clone().ok_or(Problem::NotFound)?;
        let body = match self.ordering().close_body(&their_id, None) {
            Ok(body) => body,
            Err(error) => {
                let why = fault::why(link, SuzCall::Close, error, self.now());
                return Ok(CloseAnswer::Failed(why));
            }
        };
        let mut document = self.bare_document(
            link,
            self.id(DocumentId::from_parts)?,
            DocumentPurpose::CloseOrder,
            order.id.to_string(),
            body,
            actor.user,
        );
        if !self.ordering().manner().signs_closing {
            // It goes as it is.
            document.state = DocumentState::Signed;
        } else if let Err(why) = self.sign_if_possible(link, &mut document).await {
            return Ok(CloseAnswer::Failed(why));
        }
        order.closing = Some(Closing {
            state: match document.state {
                DocumentState::Signed => ClosingState::Queued,
                _ => ClosingState::WaitsForSignature,
            },
            document: document.id,
            asked_at: self.now(),
            trouble: None,
            annuls,
        });
        let mut tx = self.write().await?;
        let state = order.state;
        if !tx.move_emission(actor.organisation, &order, state).await? {
            return Err(Problem::OrderChanged);
        }
        tx.add_document(actor.organisation, &document).await?;
        let detail = format!("{}: −{annuls}", order.id);
        self.note_suz(&mut *tx, actor, link, Action::EmissionClosing, detail)
            .await?;
        self.wake_emission(&mut *tx, actor.organisation, order.id)
            .await?;
        tx.commit().await?;
        self.emission_changed(link, order.id);
        self.suz_changed(link);
        Ok(CloseAnswer::Asked)
    }

    /// A look that a person waits for has no job behind it.
    pub(super) fn no_job(&self, actor: &Actor) -> Job {
        Job {
            id: crate::ids::JobId::from_parts(0, [0; 10]),
            organisation: actor.organisation,
            kind: String::new(),
            subject: String::new(),
            state: JobState::Parked,
            run_at: self.now(),
            attempts: 1,
            note: None,
            taken_over: false,
        }
    }
}

impl Drive<'_> {
    /// Sends a signed closing, unless it would take more from us by now than was confirmed.
    pub(super) async fn close(&mut self, station: Station) -> Result<Decision, Problem> {
        if let Err(shut) = self.look(station).await {
            return self.look_failed(station, shut).await;
        }
        let Some(closing) = self.order.closing.clone() else {
            return Ok(Decision::Done);
        };
        if annuls(&self.lines) > closing.annuls {
            return self
                .closing_ended(
                    ClosingState::Refused,
                    Some(Why::of(Cause::CodesCame)),
                    DocumentState::Dropped,
                )
                .await;
        }
        let document = self
            .desk
            .read()
            .await?
            .document(self.link.organisation, closing.document)
            .await?;
        let signs = self.desk.ordering().manner().signs_closing;
        let Some((content, cms)) = document.and_then(|document| to_send(document, signs)) else {
            let why = Why::of(Cause::OrderNotSigned);
            return self
                .closing_ended(ClosingState::Refused, Some(why), DocumentState::Dropped)
                .await;
        };
        self.set_closing(ClosingState::Sending, None).await?;
        let (desk, body, cms) = (self.desk, &content.bytes, cms.as_deref());
        let closed = desk
            .through(
                &self.link,
                station.door,
                SuzCall::Close,
                |token| async move {
                    desk.ordering()
                        .close(station.access(&token), body, cms)
                        .await
                },
            )
            .await;
        match closed {
            Ok(()) => self.closed().await,
            Err(Shut::Problem(problem)) => Err(problem),
            Err(shut) => self.not_closed(station, shut).await,
        }
    }

    async fn not_closed(&mut self, station: Station, shut: Shut) -> Result<Decision, Problem> {
        let (unknown, refused) = match &shut {
            Shut::Failed { error, .. } => (
                error.leaves_unknown(),
                matches!(error, CallError::Refused(_) | CallError::Argument(_))
                    && !fault::refuses_token(error),
            ),
            _ => (false, false),
        };
        if unknown {
            let why = shut_means(shut, SuzCall::Close)?;
            self.set_closing(ClosingState::Unknown, why).await?;
            return Ok(Decision::Later {
                at: self.desk.now().plus_seconds(FIRST_LOOK),
                note: "ответа нет: смотрим, закрыт ли заказ".into(),
            });
        }
        if refused {
            let why = shut_means(shut, SuzCall::Close)?;
            return self
                .closing_ended(ClosingState::Refused, why, DocumentState::Refused)
                .await;
        }
        self.set_closing(ClosingState::Queued, None).await?;
        self.desk
            .hold(self.job, &self.link, station.door, shut, SuzCall::Close)
            .await
    }

    /// After a lost answer the order itself tells whether it was closed; if it was not, the same bytes are sent again:
    /// closing twice closes once.
    pub(super) async fn was_closed(&mut self, station: Station) -> Result<Decision, Problem> {
        if let Err(shut) = self.look(station).await {
            return self.look_failed(station, shut).await;
        }
        if self.order.state.is_over() {
            return Ok(Decision::Done);
        }
        self.set_closing(ClosingState::Queued, None).await?;
        Ok(Decision::Again {
            at: self
                .desk
                .now()
                .plus_seconds(crate::server::jobs::back_off(self.job.attempts)),
            note: "заказ ещё не закрыт".into(),
        })
    }

    async fn set_closing(&mut self, state: ClosingState, why: Option<Why>) -> Result<(), Problem> {
        if let Some(closing) = &mut self.order.closing {
            closing.state = state;
            closing.trouble = why;
        }
        self.save(self.order.state, None).await
    }

    async fn closed(&mut self) -> Result<Decision, Problem> {
        let from = self.order.state;
        self.order.state = EmissionState::Closed;
        self.order.trouble = None;
        let mut tx = self.desk.write().await?;
        self.end_closing(&mut *tx).await?;
        self.save_in(&mut *tx, from, Some(Action::EmissionClosed))
            .await?;
        tx.commit().await?;
        self.desk.suz_changed(&self.link);
        self.told().await?;
        Ok(Decision::Done)
    }

    /// The order is over: its closing needs nobody any more, and its document leaves the queue with it, within the
    /// transaction that writes the order down.
    pub(super) async fn end_closing(&mut self, tx: &mut dyn Transaction) -> Result<(), Problem> {
        let Some(closing) = self.order.closing.take() else {
            return Ok(());
        };
        let organisation = self.link.organisation;
        let Some(mut body) = tx.document(organisation, closing.document).await? else {
            return Ok(());
        };
        let before = body.state;
        body.state = match (before, closing.state) {
            (DocumentState::Signed, ClosingState::Sending | ClosingState::Unknown) => {
                DocumentState::Done
            }
            (DocumentState::Signed | DocumentState::Waiting, _) => DocumentState::Dropped,
            _ => return Ok(()),
        };
        body.settled_at = Some(self.desk.now());
        tx.move_document(organisation, &body, before).await?;
        Ok(())
    }

    async fn closing_ended(
        &mut self,
        state: ClosingState,
        why: Option<Why>,
        document: DocumentState,
    ) -> Result<Decision, Problem> {
        let body = self.order.closing.as_ref().map(|closing| closing.document);
        self.set_closing(state, why.clone()).await?;
        if let Some(body) = body {
            self.settle_closing(body, document, why).await?;
        }
        Ok(Decision::Later {
            at: self.desk.now().plus_seconds(FIRST_LOOK),
            note: String::new(),
        })
    }

    async fn settle_closing(
        &self,
        document: DocumentId,
        state: DocumentState,
        trouble: Option<Why>,
    ) -> Result<(), Problem> {
        let organisation = self.link.organisation;
        let mut tx = self.desk.write().await?;
        let Some(mut body) = tx.document(organisation, document).await? else {
            return Ok(());
        };
        let before = body.state;
        body.state = state;
        body.settled_at = Some(self.desk.now());
        body.trouble = trouble;
        tx.move_document(organisation, &body, before).await?;
        Ok(tx.commit().await?)
    }
}

/// The bytes that close an order, and the signature over them; nothing while a signature is missing that the station wants.
fn to_send(document: Document, signs: bool) -> Option<(Content, Option<String>)> {
    let cms = document.signature.map(|signature| signature.cms);
    (cms.is_some() || !signs).then_some((document.content?, cms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::SuzConnectionId, server::ports::suz::Signature, time::Timestamp};

    #[test]
    fn a_closing_goes_unsigned_only_where_the_station_wants_no_signature() {
        let content = Content {
            bytes: b"{}".to_vec(),
            challenge: None,
            at: Timestamp(1),
        };
        let bare = Document {
            id: DocumentId::from_parts(1, [1; 10]),
            connection: SuzConnectionId::from_parts(1, [1; 10]),
            purpose: DocumentPurpose::CloseOrder,
            subject: String::new(),
            state: DocumentState::Signed,
            content: Some(content.clone()),
            signature: None,
            detail: String::new(),
            asked_by: None,
            asked_at: Timestamp(1),
            settled_at: None,
            trouble: None,
        };
        assert_eq!(to_send(bare.clone(), true), None);
        assert_eq!(to_send(bare.clone(), false), Some((content.clone(), None)));
        let signature = Signature {
            cms: "MIIB".into(),
            certificate: None,
            by: None,
            at: Timestamp(2),
        };
        let signed = Document {
            signature: Some(signature),
            ..bare
        };
        for signs in [true, false] {
            let sent = Some((content.clone(), Some("MIIB".to_owned())));
            assert_eq!(to_send(signed.clone(), signs), sent);
        }
    }
}
