//! Orders that lie at the station without a signature: they stay in `CREATED` for ever, unless somebody signs or deletes
//! them.

use super::{
    super::{
        doors::Shut,
        link::Link,
        permit,
        signing::{End, MOST_DOCUMENTS},
    },
    driving::Drive,
    station::{Station, lacking, stuck_answer},
};
use crate::{
    account::{Actor, Permission},
    ids::{DocumentId, SuzConnectionId},
    journal::Action,
    problem::Problem,
    server::{
        Desk,
        ports::{
            code_ordering::StuckPage,
            suz::{Document, DocumentState},
        },
        when::when,
    },
    suz::{
        Cause, DocumentPurpose, Why,
        cause::SuzCall,
        emission::{
            EmissionState, StuckKind, SuzDocumentId, SuzOrderId,
            view::{StuckAnswer, StuckOrder},
        },
    },
};

/// Documents shown in one go.
const MOST_SHOWN: u32 = 100;

impl Desk {
    /// Orders of a company that lie at the station without a signature, whoever made them.
    pub async fn stuck_orders(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
    ) -> Result<StuckAnswer, Problem> {
        permit(actor, Permission::OrderCodes)?;
        let link = self.suz_link(actor.organisation, id).await?;
        let page = match self.unsigned_orders(&link).await {
            Ok(page) => page,
            Err(shut) => return stuck_answer(shut),
        };
        let now = self.now();
        let mut tx = self.read().await?;
        let mut orders = Vec::new();
        for one in page.documents {
            let ours = match one.document.as_str().parse() {
                Ok(order) => tx.emission_of(actor.organisation, id, &order).await?,
                Err(_) => None,
            };
            orders.push(StuckOrder {
                ours,
                document: one.document,
                group: one.group,
                status: one.status,
                since: one.created.map(|at| when(at, now, true)),
            });
        }
        Ok(StuckAnswer::Listed {
            orders,
            total: page.total,
        })
    }

    async fn unsigned_orders(&self, link: &Link) -> Result<StuckPage, Shut> {
        let station = Station::of(link).map_err(lacking)?;
        self.through(link, station.door, SuzCall::Orders, |token| async move {
            self.ordering()
                .unsigned_documents(station.access(&token), StuckKind::Order, MOST_SHOWN, 0)
                .await
        })
        .await
    }

    /// Has such an order signed here or put into the queue, and hands the signature in.
    pub async fn sign_stuck_order(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        stuck: &SuzDocumentId,
    ) -> Result<StuckAnswer, Problem> {
        permit(actor, Permission::OrderCodes)?;
        let link = self.suz_link(actor.organisation, id).await?;
        let station = match Station::of(&link) {
            Ok(station) => station,
            Err(why) => return Ok(StuckAnswer::Failed(why)),
        };
        let bytes = match self.bytes_of_stuck(&link, station, stuck).await {
            Ok(bytes) => bytes,
            Err(shut) => return stuck_answer(shut),
        };
        let document = self
            .document_over(
                &link,
                self.id(DocumentId::from_parts)?,
                DocumentPurpose::StuckOrder,
                stuck.to_string(),
                bytes,
                actor.user,
            )
            .await;
        let document = match document {
            Ok(document) => document,
            Err(why) => return Ok(StuckAnswer::Failed(why)),
        };
        let mut tx = self.write().await?;
        tx.add_document(actor.organisation, &document).await?;
        self.note_suz(
            &mut *tx,
            actor,
            &link,
            Action::StuckOrderSettled,
            format!("{stuck}: sign"),
        )
        .await?;
        tx.commit().await?;
        self.suz_changed(&link);
        if document.signature.is_none() {
            return Ok(StuckAnswer::WaitsForSignature);
        }
        let end = self.hand_in_stuck(&link, &document).await?;
        let trouble = self.settle_document(&link, document, end).await?;
        Ok(trouble.map_or(StuckAnswer::Done, StuckAnswer::Failed))
    }

    /// The bytes that are to be signed: of an order of ours those that we sent, else those that the station tells.
    async fn bytes_of_stuck(
        &self,
        link: &Link,
        station: Station,
        stuck: &SuzDocumentId,
    ) -> Result<Vec<u8>, Shut> {
        if let Ok(order) = stuck.as_str().parse::<SuzOrderId>() {
            let mut tx = self.read().await?;
            let ours = tx.emission_of(link.organisation, link.id(), &order).await?;
            if let Some(id) = ours
                && let Some(order) = tx.emission(link.organisation, id).await?
                && let Some(document) = tx.document(link.organisation, order.document).await?
                && let Some(content) = document.content
            {
                return Ok(content.bytes);
            }
        }
        self.through(link, station.door, SuzCall::Orders, |token| async move {
            self.ordering()
                .document_content(station.access(&token), stuck)
                .await
        })
        .await
    }

    /// Hands in the signature over an order that lies at the station. Repeatable: a second signature changes nothing.
    pub(in crate::server::suz) async fn hand_in_stuck(
        &self,
        link: &Link,
        document: &Document,
    ) -> Result<End, Problem> {
        let refused = |cause| Ok(End::Refused(Why::of(cause)));
        let (Ok(stuck), Some(signature)) = (
            document.subject.parse::<SuzDocumentId>(),
            &document.signature,
        ) else {
            return refused(Cause::Other);
        };
        let station = match Station::of(link) {
            Ok(station) => station,
            Err(why) => return Ok(End::Refused(why)),
        };
        let stuck = &stuck;
        let signed = self
            .through(link, station.door, SuzCall::Orders, |token| async move {
                self.ordering()
                    .sign_document(station.access(&token), stuck, &signature.cms)
                    .await
            })
            .await;
        match signed {
            Ok(true) => Ok(End::Done),
            Ok(false) => refused(Cause::SignatureRefused),
            Err(shut) => {
                let unknown = matches!(&shut, Shut::Failed { error, .. } if error.leaves_unknown());
                Ok(match stuck_answer(shut)? {
                    StuckAnswer::Failed(why) if unknown => End::Unknown(why),
                    StuckAnswer::Failed(why) => End::Refused(why),
                    _ => End::Refused(Why::of(Cause::WaitsForSignature)),
                })
            }
        }
    }

    /// Deletes such an order.
    pub async fn delete_stuck_order(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        stuck: &SuzDocumentId,
    ) -> Result<StuckAnswer, Problem> {
        permit(actor, Permission::OrderCodes)?;
        let link = self.suz_link(actor.organisation, id).await?;
        let station = match Station::of(&link) {
            Ok(station) => station,
            Err(why) => return Ok(StuckAnswer::Failed(why)),
        };
        let deleted = self
            .through(&link, station.door, SuzCall::Orders, |token| async move {
                self.ordering()
                    .delete_document(station.access(&token), stuck)
                    .await
            })
            .await;
        match deleted {
            Ok(true) => {
                self.deleted(actor, link, stuck).await?;
                Ok(StuckAnswer::Done)
            }
            Ok(false) => Ok(StuckAnswer::Failed(Why::of(Cause::Other))),
            Err(shut) => stuck_answer(shut),
        }
    }

    /// Writes down that the station deleted a document: an order of ours ends with it, and nobody is asked any more to sign
    /// it.
    async fn deleted(
        &self,
        actor: &Actor,
        link: Link,
        stuck: &SuzDocumentId,
    ) -> Result<(), Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        for mut document in tx.waiting_documents(organisation, MOST_DOCUMENTS).await? {
            if document.purpose == DocumentPurpose::StuckOrder && document.subject == stuck.as_str()
            {
                document.state = DocumentState::Dropped;
                document.settled_at = Some(self.now());
                tx.move_document(organisation, &document, DocumentState::Waiting)
                    .await?;
            }
        }
        let ours = match stuck.as_str().parse() {
            Ok(order) => tx.emission_of(organisation, link.id(), &order).await?,
            Err(_) => None,
        };
        let order = match ours {
            Some(id) => tx.lock_emission(organisation, id).await?,
            None => None,
        };
        self.note_suz(
            &mut *tx,
            actor,
            &link,
            Action::StuckOrderSettled,
            format!("{stuck}: delete"),
        )
        .await?;
        let job = self.no_job(actor);
        let Some(order) = order.filter(|order| order.state.is_there()) else {
            tx.commit().await?;
            self.suz_changed(&link);
            return Ok(());
        };
        let lines = tx.emission_lines(organisation, order.id).await?;
        let from = order.state;
        let mut drive = Drive {
            desk: self,
            job: &job,
            link,
            order,
            lines,
        };
        drive.order.state = EmissionState::Withdrawn;
        drive.order.trouble = None;
        drive.end_closing(&mut *tx).await?;
        drive
            .save_in(&mut *tx, from, Some(Action::EmissionWithdrawn))
            .await?;
        drive.settle_body(&mut *tx, DocumentState::Dropped).await?;
        tx.commit().await?;
        self.suz_changed(&drive.link);
        drive.told().await
    }
}
