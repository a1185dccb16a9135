//! From a filled form to an order that is signed and about to be sent.

use super::{
    super::{fault, groups, link::Link, permit},
    body::body_of,
    obstacles::Stage,
};
use crate::{
    account::{Actor, Permission},
    ids::{DocumentId, EmissionId, OrganisationId},
    journal::Action,
    problem::Problem,
    server::{
        Desk,
        jobs::JobKind,
        ports::{
            emissions::{EmissionLine, EmissionOrder, LineTold, Searching},
            storage::Transaction,
            suz::{Document, DocumentState},
        },
        when::today,
    },
    suz::{
        DocumentPurpose, GroupForm, NewEmission, Why,
        cause::SuzCall,
        emission::{
            EmissionState,
            view::{OrderAnswer, OrderCodes},
        },
        new_emission::{EmissionDraft, EmissionFault, FaultKind, FaultPlace},
    },
};

/// A form that was looked at: the group's rules and the order.
pub(super) struct Checked {
    pub(super) form: GroupForm,
    pub(super) new: NewEmission,
}

impl Desk {
    /// Makes an order out of a form: stored with its exact body, signed here or put into the queue, sent by a job. A form
    /// that comes twice makes one order.
    pub async fn order_codes(
        &self,
        actor: &Actor,
        order: OrderCodes,
    ) -> Result<OrderAnswer, Problem> {
        permit(actor, Permission::OrderCodes)?;
        let link = self.suz_link(actor.organisation, order.connection).await?;
        if let Some(answer) = self.made_before(actor, &order).await? {
            return Ok(answer);
        }
        let checked = match self.checked(&order.draft) {
            Ok(checked) => checked,
            Err(faults) => return Ok(OrderAnswer::Faults(faults)),
        };
        if !order.anyway {
            let obstacles = self.obstacles(&link, Some(&checked), Stage::Form).await?;
            if !obstacles.is_empty() {
                return Ok(OrderAnswer::Obstacles(obstacles));
            }
        }
        let (mut made, lines) = self.draft_of(actor, &order, &checked.new, false)?;
        let document = match self.order_document(&link, &made, &checked).await {
            Ok(document) => document,
            Err(why) => return Ok(OrderAnswer::Failed(why)),
        };
        made.state = state_of(&document);
        let mut tx = self.write().await?;
        if !tx.add_emission(actor.organisation, &made, &lines).await? {
            // The same form came a moment ago.
            drop(tx);
            return self
                .made_before(actor, &order)
                .await?
                .ok_or(Problem::NotFound);
        }
        tx.add_document(actor.organisation, &document).await?;
        tx.drop_kept_form(actor.organisation, actor.user, made.id)
            .await?;
        let detail = format!("{}: {} × {}", made.id, made.group, checked.new.quantity());
        self.note_suz(&mut *tx, actor, &link, Action::EmissionMade, detail)
            .await?;
        self.queue_drive(&mut *tx, actor.organisation, &made)
            .await?;
        tx.commit().await?;
        self.emission_changed(&link, made.id);
        Ok(OrderAnswer::Made(made.id))
    }

    pub(super) async fn made_before(
        &self,
        actor: &Actor,
        order: &OrderCodes,
    ) -> Result<Option<OrderAnswer>, Problem> {
        let mut tx = self.read().await?;
        match tx.emission(actor.organisation, order.id).await? {
            Some(known) if known.connection == order.connection => {
                Ok(Some(OrderAnswer::Made(known.id)))
            }
            Some(_) => Err(Problem::NotFound),
            None => Ok(None),
        }
    }

    /// A form against today's rules of its group.
    pub(super) fn checked(&self, draft: &EmissionDraft) -> Result<Checked, Vec<EmissionFault>> {
        let Some(form) = groups::form(&draft.group, today(self.now())) else {
            return Err(vec![EmissionFault {
                place: FaultPlace::Group,
                kind: FaultKind::NoSuchGroup,
            }]);
        };
        let new = NewEmission::check(&form, draft)?;
        Ok(Checked { form, new })
    }

    /// The rows of an order whose body is not made yet.
    pub(super) fn draft_of(
        &self,
        actor: &Actor,
        order: &OrderCodes,
        new: &NewEmission,
        test: bool,
    ) -> Result<(EmissionOrder, Vec<EmissionLine>), Problem> {
        let made = EmissionOrder {
            id: order.id,
            connection: order.connection,
            group: new.group().to_owned(),
            draft: order.draft.clone(),
            document: self.id(DocumentId::from_parts)?,
            test,
            state: EmissionState::Draft,
            their_id: None,
            decline: None,
            trouble: None,
            anyway: order.anyway,
            held: Vec::new(),
            asked_by: actor.user,
            made_at: self.now(),
            sent_at: None,
            searching: Searching::default(),
            told_at: None,
            quiet: 0,
            revision: 0,
            closing: None,
        };
        let lines = new.lines().iter().map(|line| EmissionLine {
            gtin: line.gtin,
            quantity: line.quantity,
            template: line.template.into(),
            cis_type: line.cis_type.clone(),
            own_serials: line.serials.is_some(),
            told: LineTold::default(),
            received: 0,
        });
        Ok((made, lines.collect()))
    }

    /// The exact body of an order, stored as a document and signed already where a key is on the server.
    pub(super) async fn order_document(
        &self,
        link: &Link,
        made: &EmissionOrder,
        checked: &Checked,
    ) -> Result<Document, Why> {
        let body = body_of(self.ordering(), made.id, checked)
            .map_err(|error| fault::why(link, SuzCall::Order, error, self.now()))?;
        self.document_over(
            link,
            made.document,
            DocumentPurpose::Order,
            made.id.to_string(),
            body,
            made.asked_by,
        )
        .await
    }

    /// Has the job of an order run now, if there is something for it to do.
    pub(in crate::server) async fn queue_drive(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        order: &EmissionOrder,
    ) -> Result<(), Problem> {
        if matches!(
            order.state,
            EmissionState::Draft | EmissionState::WaitsForSignature
        ) {
            return Ok(());
        }
        self.wake_emission(tx, organisation, order.id).await
    }

    /// Has the job of an order run now: something happened to it or its codes.
    pub(in crate::server) async fn wake_emission(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        id: EmissionId,
    ) -> Result<(), Problem> {
        self.enqueue(
            tx,
            organisation,
            JobKind::DriveEmission,
            &id.to_string(),
            self.now(),
        )
        .await
    }
}

/// Where an order stands whose body has just become this document.
pub(super) fn state_of(document: &Document) -> EmissionState {
    if document.state == DocumentState::Signed {
        EmissionState::Queued
    } else {
        EmissionState::WaitsForSignature
    }
}
