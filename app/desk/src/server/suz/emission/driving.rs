//! The job of an order: it looks where the order stands and does the next thing.

use super::{
    super::{link::Link, permit},
    station::Station,
};
use crate::{
    account::{Actor, Permission},
    ids::EmissionId,
    journal::Action,
    live::Change,
    problem::Problem,
    server::{
        Desk,
        jobs::Decision,
        ports::{
            emissions::{EmissionLine, EmissionOrder},
            storage::{Job, JournalEntry, Transaction},
        },
    },
    suz::{
        Why,
        emission::{ClosingState, EmissionState},
    },
};

/// After how many seconds a connection is looked at again that lacks an id or a device.
const LACKING_SECONDS: i64 = 300;

/// An order under way.
pub(super) struct Drive<'a> {
    pub(super) desk: &'a Desk,
    pub(super) job: &'a Job,
    pub(super) link: Link,
    pub(super) order: EmissionOrder,
    pub(super) lines: Vec<EmissionLine>,
}

/// Does the next thing with an order.
pub(in crate::server) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let id: EmissionId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = desk.read().await?;
    let Some(order) = tx.emission(job.organisation, id).await? else {
        return Ok(Decision::Done);
    };
    let Some(link) = Link::read(&mut *tx, job.organisation, order.connection).await? else {
        return Ok(Decision::Park {
            note: "подключение СУЗ убрано".into(),
        });
    };
    let lines = tx.emission_lines(job.organisation, id).await?;
    drop(tx);
    let mut drive = Drive {
        desk,
        job,
        link,
        order,
        lines,
    };
    drive.go().await
}

impl Drive<'_> {
    async fn go(&mut self) -> Result<Decision, Problem> {
        let station = match Station::of(&self.link) {
            Ok(station) => station,
            Err(why) if !self.order.state.is_over() => return self.lacks(why).await,
            Err(_) => return Ok(Decision::Done),
        };
        match self.order.state {
            EmissionState::Queued => self.send(station).await,
            EmissionState::Sending => {
                // The call was begun by a run that did not live to see its answer.
                self.order.trouble = None;
                self.unanswered().await?;
                self.find(station).await
            }
            EmissionState::Unknown | EmissionState::GivenUp => self.find(station).await,
            EmissionState::Created
            | EmissionState::Pending
            | EmissionState::Approved
            | EmissionState::Ready => self.look_after(station).await,
            EmissionState::Draft
            | EmissionState::WaitsForSignature
            | EmissionState::Withdrawn
            | EmissionState::Refused
            | EmissionState::Declined
            | EmissionState::Closed
            | EmissionState::Expired => Ok(Decision::Done),
        }
    }

    /// An order that the station has: its closing, if somebody asked for it, else a look at it.
    async fn look_after(&mut self, station: Station) -> Result<Decision, Problem> {
        match self.order.closing.as_ref().map(|closing| closing.state) {
            Some(ClosingState::Queued) => self.close(station).await,
            Some(ClosingState::Sending | ClosingState::Unknown) => self.was_closed(station).await,
            Some(ClosingState::WaitsForSignature | ClosingState::Refused) | None => {
                self.watch(station).await
            }
        }
    }

    /// The connection lacks something that every call needs: a person sees it, and the job comes back.
    async fn lacks(&mut self, why: Why) -> Result<Decision, Problem> {
        let note = why.cause.as_str().to_owned();
        let from = self.order.state;
        if self.order.trouble.as_ref() != Some(&why) {
            self.order.trouble = Some(why);
            self.save(from, None).await?;
        }
        Ok(Decision::Later {
            at: self.desk.now().plus_seconds(LACKING_SECONDS),
            note,
        })
    }

    /// Writes the order down as it has become, with what is to stand in the journal, and tells whoever looks at it. When
    /// another hand was faster nothing is written, and the job begins anew.
    pub(super) async fn save(
        &mut self,
        from: EmissionState,
        action: Option<Action>,
    ) -> Result<(), Problem> {
        let mut tx = self.desk.write().await?;
        self.save_in(&mut *tx, from, action).await?;
        tx.commit().await?;
        self.told().await
    }

    /// The same within a transaction of the caller.
    pub(super) async fn save_in(
        &mut self,
        tx: &mut dyn Transaction,
        from: EmissionState,
        action: Option<Action>,
    ) -> Result<(), Problem> {
        let organisation = self.link.organisation;
        if !tx.move_emission(organisation, &self.order, from).await? {
            return Err(Problem::OrderChanged);
        }
        self.order.revision += 1;
        if self.order.state == EmissionState::Ready && from != EmissionState::Ready {
            self.desk
                .begin_receiving(tx, organisation, self.order.id)
                .await?;
        }
        if let Some(action) = action {
            let their_id = self.order.their_id.as_ref();
            let entry = JournalEntry {
                at: self.desk.now(),
                user: None,
                action,
                subject: self.link.label(),
                detail: their_id.map_or_else(
                    || self.order.id.to_string(),
                    |their_id| format!("{}: {their_id}", self.order.id),
                ),
            };
            tx.write_journal(organisation, &entry).await?;
        }
        Ok(())
    }

    /// Tells whoever looks at the order, and the self-check that it belongs to.
    pub(super) async fn told(&self) -> Result<(), Problem> {
        self.desk.emission_changed(&self.link, self.order.id);
        self.desk
            .tell_check(&self.link, &self.order, &self.lines)
            .await
    }
}

impl Desk {
    /// Has the station asked about an order now.
    pub async fn refresh_emission(&self, actor: &Actor, id: EmissionId) -> Result<(), Problem> {
        permit(actor, Permission::ReadSuz)?;
        let mut tx = self.write().await?;
        let order = tx
            .emission(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        self.queue_drive(&mut *tx, actor.organisation, &order)
            .await?;
        tx.commit().await?;
        self.wake_runner();
        Ok(())
    }

    /// Tells open pages that an order changed.
    pub(in crate::server) fn emission_changed(&self, link: &Link, emission: EmissionId) {
        self.wake_runner();
        self.tell(link.organisation, Change::Emission { emission });
    }
}
