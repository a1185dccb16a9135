//! What people decide about an order: to take it back, and what became of one whose answer was lost.

use super::{
    super::{devices::shut_means, doors::Shut, link::Link, permit},
    driving::Drive,
    told::{Fit, fit, may_decide},
};
use crate::{
    account::{Actor, Permission},
    ids::EmissionId,
    journal::Action,
    problem::Problem,
    server::{
        Desk,
        ports::{
            code_ordering::Correlation,
            emissions::EmissionOrder,
            storage::Transaction,
            suz::{Document, DocumentState},
        },
    },
    suz::{
        Cause, DocumentPurpose, Why,
        cause::SuzCall,
        emission::{
            ClosingState, EmissionState, SuzOrderId,
            view::{DecisionAnswer, LostDecision},
        },
    },
};

impl Desk {
    /// An order with its connection, to whoever's organisation it is.
    pub(in crate::server) async fn emission_link(
        &self,
        actor: &Actor,
        id: EmissionId,
    ) -> Result<(Link, EmissionOrder), Problem> {
        let mut tx = self.read().await?;
        let order = tx
            .emission(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        let link = Link::read(&mut *tx, actor.organisation, order.connection)
            .await?
            .ok_or(Problem::NotFound)?;
        Ok((link, order))
    }

    /// Whether orders of a group can be found at the station by our key.
    pub(super) fn searchable(&self, order: &EmissionOrder) -> bool {
        let keeps = self.ordering().manner().correlation == Correlation::OurKey;
        let today = crate::server::when::today(self.now());
        keeps
            && super::super::groups::form(&order.group, today).is_none_or(|form| form.keeps_our_key)
    }

    /// Takes an order back before anything left; its document is dropped.
    pub async fn withdraw_emission(&self, actor: &Actor, id: EmissionId) -> Result<(), Problem> {
        permit(actor, Permission::OrderCodes)?;
        let (link, _) = self.emission_link(actor, id).await?;
        let mut tx = self.write().await?;
        let mut order = tx
            .lock_emission(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        let from = order.state;
        if !from.may_withdraw() {
            return Err(Problem::OrderChanged);
        }
        order.state = EmissionState::Withdrawn;
        if !tx.move_emission(actor.organisation, &order, from).await? {
            return Err(Problem::OrderChanged);
        }
        if let Some(mut document) = tx.document(actor.organisation, order.document).await? {
            let before = document.state;
            document.state = DocumentState::Dropped;
            document.settled_at = Some(self.now());
            if !tx
                .move_document(actor.organisation, &document, before)
                .await?
            {
                return Err(Problem::OrderChanged);
            }
        }
        self.note_suz(
            &mut *tx,
            actor,
            &link,
            Action::EmissionWithdrawn,
            id.to_string(),
        )
        .await?;
        tx.commit().await?;
        self.emission_changed(&link, id);
        self.suz_changed(&link);
        self.tell_check(&link, &order, &[]).await
    }

    /// What a person decides about an order whose answer was lost, both facts before them.
    pub async fn decide_lost(
        &self,
        actor: &Actor,
        id: EmissionId,
        decision: LostDecision,
    ) -> Result<DecisionAnswer, Problem> {
        permit(actor, Permission::OrderCodes)?;
        let (link, order) = self.emission_link(actor, id).await?;
        if !matches!(order.state, EmissionState::Unknown | EmissionState::GivenUp) {
            return Err(Problem::OrderChanged);
        }
        match decision {
            LostDecision::AskOn => {
                let mut tx = self.write().await?;
                self.wake_emission(&mut *tx, actor.organisation, id).await?;
                tx.commit().await?;
                self.wake_runner();
                Ok(DecisionAnswer::Done)
            }
            LostDecision::NotMade => {
                if !may_decide(&order, self.now()) {
                    return Err(Problem::OrderChanged);
                }
                self.give_up_order(actor, &link, order).await?;
                Ok(DecisionAnswer::Done)
            }
            LostDecision::Made(their_id) => self.point_out(actor, link, order, &their_id).await,
        }
    }

    /// A person says under which number the station has the order: it must be there, be nobody else's of us, and be of the
    /// same goods.
    async fn point_out(
        &self,
        actor: &Actor,
        link: Link,
        order: EmissionOrder,
        their_id: &SuzOrderId,
    ) -> Result<DecisionAnswer, Problem> {
        let found = match self
            .search_orders(&link, &[], std::slice::from_ref(their_id))
            .await
        {
            Ok(found) => found.into_iter().find(|found| found.order == *their_id),
            Err(Shut::Problem(problem)) => return Err(problem),
            Err(shut) => {
                let why = shut_means(shut, SuzCall::Orders)?;
                return Ok(DecisionAnswer::Failed(
                    why.unwrap_or(Why::of(Cause::WaitsForSignature)),
                ));
            }
        };
        let Some(found) = found else {
            return Ok(DecisionAnswer::NotThere);
        };
        let mut tx = self.read().await?;
        let lines = tx.emission_lines(actor.organisation, order.id).await?;
        let known = tx
            .emission_of(actor.organisation, link.id(), their_id)
            .await?;
        drop(tx);
        if known.is_some() || fit(&order, &lines, &found) == Fit::No {
            return Ok(DecisionAnswer::Another);
        }
        let from = order.state;
        let job = self.no_job(actor);
        let mut drive = Drive {
            desk: self,
            job: &job,
            link,
            order,
            lines,
        };
        drive.is_there(found);
        let mut tx = self.write().await?;
        drive
            .save_in(&mut *tx, from, Some(Action::EmissionTaken))
            .await?;
        drive.settle_body(&mut *tx, DocumentState::Done).await?;
        let detail = format!("{}: {their_id}", drive.order.id);
        self.note_suz(
            &mut *tx,
            actor,
            &drive.link,
            Action::EmissionDecided,
            detail,
        )
        .await?;
        self.wake_emission(&mut *tx, actor.organisation, drive.order.id)
            .await?;
        tx.commit().await?;
        drive.told().await?;
        Ok(DecisionAnswer::Done)
    }

    /// A person says that a lost order was not made.
    async fn give_up_order(
        &self,
        actor: &Actor,
        link: &Link,
        mut order: EmissionOrder,
    ) -> Result<(), Problem> {
        let from = order.state;
        order.state = EmissionState::GivenUp;
        let mut tx = self.write().await?;
        if !tx.move_emission(actor.organisation, &order, from).await? {
            return Err(Problem::OrderChanged);
        }
        let detail = format!("{}: not made", order.id);
        self.note_suz(&mut *tx, actor, link, Action::EmissionDecided, detail)
            .await?;
        self.wake_emission(&mut *tx, actor.organisation, order.id)
            .await?;
        tx.commit().await?;
        self.emission_changed(link, order.id);
        self.tell_check(link, &order, &[]).await
    }

    /// A person's signature over the body of an order, or of its closing, lets it go: within the transaction that keeps the
    /// signature.
    pub(in crate::server::suz) async fn emission_signed(
        &self,
        tx: &mut dyn Transaction,
        link: &Link,
        document: &Document,
    ) -> Result<(), Problem> {
        let Some(mut order) = order_of(tx, link, document).await? else {
            return Ok(());
        };
        let from = order.state;
        match (document.purpose, &mut order.closing) {
            (DocumentPurpose::Order, _) if from == EmissionState::WaitsForSignature => {
                order.state = EmissionState::Queued;
            }
            (DocumentPurpose::CloseOrder, Some(closing)) if closing.document == document.id => {
                closing.state = ClosingState::Queued;
            }
            _ => return Ok(()),
        }
        tx.move_emission(link.organisation, &order, from).await?;
        self.wake_emission(tx, link.organisation, order.id).await?;
        self.emission_changed(link, order.id);
        Ok(())
    }

    /// A document was taken out of the queue unsigned: the order is taken back, or is not to be closed.
    pub(in crate::server::suz) async fn emission_unsigned(
        &self,
        tx: &mut dyn Transaction,
        link: &Link,
        document: &Document,
    ) -> Result<(), Problem> {
        let Some(mut order) = order_of(tx, link, document).await? else {
            return Ok(());
        };
        let from = order.state;
        match document.purpose {
            DocumentPurpose::Order if from == EmissionState::WaitsForSignature => {
                order.state = EmissionState::Withdrawn;
            }
            DocumentPurpose::CloseOrder
                if order.closing.as_ref().is_some_and(|closing| {
                    closing.document == document.id
                        && closing.state == ClosingState::WaitsForSignature
                }) =>
            {
                order.closing = None;
            }
            _ => return Ok(()),
        }
        tx.move_emission(link.organisation, &order, from).await?;
        self.emission_changed(link, order.id);
        Ok(())
    }
}

/// The order that a document belongs to, locked.
async fn order_of(
    tx: &mut dyn Transaction,
    link: &Link,
    document: &Document,
) -> Result<Option<EmissionOrder>, Problem> {
    if !matches!(
        document.purpose,
        DocumentPurpose::Order | DocumentPurpose::CloseOrder
    ) {
        return Ok(None);
    }
    let Ok(id) = document.subject.parse() else {
        return Ok(None);
    };
    Ok(tx.lock_emission(link.organisation, id).await?)
}
