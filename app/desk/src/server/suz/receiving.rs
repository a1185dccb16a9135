//! Fetching the codes of orders: every one of them, whatever happens between.
//!
//! The next codes of a GTIN are asked for once ([`asking`]): the asking is written down before, its answer is kept run by
//! run while it arrives, and it belongs to the stock when it came whole. An asking of which nobody knows what became is
//! never made again: the station's list of blocks tells what it handed out, and every block that we do not hold whole is
//! asked for by its id ([`recovery`]). The fetching is over when the station will hand out no more and the sum of what we
//! hold is the sum of what it says it handed out ([`mod@line`]).

mod asking;
mod line;
mod page;
mod recovery;
mod sink;

use super::{doors::Shut, emission::station::Station, link::Link};
use crate::{
    ids::{EmissionId, OrganisationId},
    live::Change,
    problem::Problem,
    server::{
        Desk,
        jobs::{Decision, JobKind, back_off},
        ports::{
            stock::Receiving,
            storage::{Job, Transaction},
        },
    },
    suz::{
        cause::SuzCall,
        emission::{EmissionState, SuzOrderId},
        receiving::{ReceivingState, ReceivingTrouble},
    },
    time::Timestamp,
};
use cis::Gtin;

/// How long to wait for an order that is not ready yet, in seconds.
const NOT_READY: i64 = 15;

/// An order whose codes are fetched, with everything that its calls need.
struct Order {
    organisation: OrganisationId,
    id: EmissionId,
    their: SuzOrderId,
    /// Nothing more comes of it.
    over: bool,
    group: String,
    link: Link,
    station: Station,
}

/// What a look at one GTIN came to.
enum Turn {
    /// Nothing more is to be done: everything is kept, or a person has to act first.
    Over,
    /// The station makes codes: once more at this moment.
    Wait(Timestamp),
    /// It failed; once more, and further off each time.
    Failed(&'static str),
    /// No token; the job stands still or comes back as the door says.
    Shut(Shut, SuzCall),
}

/// Fetches the codes of one order. Subject of the job: the order.
pub(in crate::server) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let id: EmissionId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = desk.read().await?;
    let Some(emission) = tx.emission(job.organisation, id).await? else {
        return Ok(Decision::Done);
    };
    let lines = tx.emission_lines(job.organisation, id).await?;
    let link = Link::read(&mut *tx, job.organisation, emission.connection).await?;
    drop(tx);
    let (Some(their), Some(link)) = (emission.their_id, link) else {
        return Ok(Decision::Done);
    };
    // Of one that ended before its codes were fetched a last look tells what became of them.
    let over = emission.state.is_over();
    if emission.state != EmissionState::Ready && !over {
        return Ok(if emission.state.is_there() {
            Decision::Later {
                at: desk.now().plus_seconds(NOT_READY),
                note: "заказ ещё не готов".into(),
            }
        } else {
            Decision::Done
        });
    }
    let Ok(station) = Station::of(&link) else {
        return Ok(Decision::Again {
            at: desk.now().plus_seconds(back_off(job.attempts)),
            note: "у подключения нет OMS ID или устройства".into(),
        });
    };
    let order = Order {
        organisation: job.organisation,
        id,
        their,
        over,
        group: emission.group,
        link,
        station,
    };
    let mut next = Decision::Done;
    for line in &lines {
        match desk.receive_line(&order, line).await? {
            Turn::Over => {}
            Turn::Shut(shut, call) => {
                return desk
                    .hold(job, &order.link, order.station.door, shut, call)
                    .await;
            }
            turn => next = sooner(next, turn, desk.now(), job.attempts),
        }
    }
    // What is held has changed: whether the order is complete is for its own job to see.
    if next == Decision::Done {
        let mut tx = desk.write().await?;
        desk.wake_emission(&mut *tx, order.organisation, order.id)
            .await?;
        tx.commit().await?;
    }
    Ok(next)
}

/// What the job does after all lines: what failed goes before what only waits, and of waits the shortest counts.
fn sooner(next: Decision, turn: Turn, now: Timestamp, failures: u32) -> Decision {
    match (next, turn) {
        (Decision::Later { at, note }, Turn::Wait(other)) => Decision::Later {
            at: at.min(other),
            note,
        },
        (Decision::Done, Turn::Wait(at)) => Decision::Later {
            at,
            note: "СУЗ готовит коды".into(),
        },
        (Decision::Again { at, note }, _) => Decision::Again { at, note },
        (_, Turn::Failed(note)) => Decision::Again {
            at: now.plus_seconds(back_off(failures)),
            note: note.into(),
        },
        (next, _) => next,
    }
}

impl Desk {
    /// Begins, or goes on with, fetching the codes of an order, within the transaction that makes it possible.
    pub(in crate::server) async fn begin_receiving(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        id: EmissionId,
    ) -> Result<(), Problem> {
        let now = self.now();
        let known = tx.receivings(organisation, id).await?;
        for line in tx.emission_lines(organisation, id).await? {
            let before = known.iter().find(|it| it.gtin == line.gtin);
            if before.is_some_and(|it| it.state == ReceivingState::Whole) {
                continue;
            }
            let receiving = Receiving {
                emission: id,
                gtin: line.gtin,
                state: ReceivingState::Running,
                ordered: line.quantity.into(),
                passed: before.and_then(|it| it.passed),
                trouble: None,
                began_at: before.map_or(now, |it| it.began_at),
                moved_at: now,
            };
            tx.save_receiving(organisation, &receiving).await?;
        }
        self.enqueue(
            tx,
            organisation,
            JobKind::ReceiveCodes,
            &id.to_string(),
            now,
        )
        .await
    }

    /// Writes down where the fetching of a GTIN stands, unless a person has stopped it meanwhile: then only what is in the
    /// way and what the station told.
    async fn note_receiving(
        &self,
        order: &Order,
        gtin: Gtin,
        change: impl FnOnce(&mut Receiving) + Send,
    ) -> Result<Option<Receiving>, Problem> {
        let mut tx = self.write().await?;
        tx.lock_emission(order.organisation, order.id).await?;
        let before = tx
            .receivings(order.organisation, order.id)
            .await?
            .into_iter()
            .find(|it| it.gtin == gtin);
        let Some(before) = before else {
            return Ok(None);
        };
        let mut after = before.clone();
        change(&mut after);
        if before.state == ReceivingState::Paused && after.state == ReceivingState::Running {
            after.state = ReceivingState::Paused;
        }
        if after != before {
            tx.save_receiving(order.organisation, &after).await?;
            tx.commit().await?;
            self.emission_moved(order.organisation, order.id);
        }
        Ok(Some(after))
    }

    /// Writes down what stands in the way.
    async fn trouble(
        &self,
        order: &Order,
        gtin: Gtin,
        trouble: ReceivingTrouble,
        note: &'static str,
    ) -> Result<Turn, Problem> {
        self.note_receiving(order, gtin, |it| it.trouble = Some(trouble))
            .await?;
        Ok(Turn::Failed(note))
    }

    fn emission_moved(&self, organisation: OrganisationId, emission: EmissionId) {
        self.tell(organisation, Change::Emission { emission });
    }
}
