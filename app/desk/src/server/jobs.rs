//! Background work: a queue in the store, a runner in every process, a handler per kind.
//!
//! A job is enqueued by the transaction that makes it necessary, leased by one process, and decided by its
//! handler alone: done, once more at a moment, or parked until a person or an event wakes it. A process that
//! dies loses its lease, and the next one takes the job over, so every handler begins by looking where things
//! stand instead of assuming that it is the first.

pub(super) mod keep_suz;
mod read_offers;
pub(super) mod read_returns;
pub(super) mod read_told;
mod run_batch;
mod ship;
mod submit;
pub(super) mod sync_orders;
mod verify;

use super::{
    Desk,
    ports::storage::{Job, Shop, StoreError, Transaction},
    suz,
};
use crate::{
    ids::{JobId, OrganisationId, ShopId},
    problem::Problem,
    time::Timestamp,
};
use secrecy::SecretString;
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::{
    sync::{Semaphore, watch},
    task::JoinHandle,
};

/// How long a lease holds without being renewed, in milliseconds: what a crash costs at most.
const LEASE_MILLIS: i64 = 20_000;
/// How often a lease is renewed while its job runs.
const RENEW_EVERY: Duration = Duration::from_secs(5);
/// The longest the runner trusts its own calendar: another process may enqueue, and the sandbox's clock may jump.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Jobs at a time in one process; the client keeps the marketplace's own limits.
const AT_A_TIME: usize = 8;

/// The kinds of job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Brings the submissions of one shop to their ends. Subject: the shop.
    SubmitShop,
    /// Asks what the marketplace's verification says of one shop's orders. Subject: the shop.
    VerifyShop,
    /// Says «ready to ship» of one shop's orders. Subject: the shop.
    ShipShop,
    /// Reads the orders of one connection, then again after a while. Subject: the connection.
    SyncOrders,
    /// Reads the bar codes of offers that are to be packed. Subject: the connection.
    ReadOffers,
    /// Reads the orders that the marketplace told of. Subject: the connection.
    ReadTold,
    /// Reads the returns of one shop, then again after a while. Subject: the shop.
    ReadReturns,
    /// Judges the rows of a batch, or sends its orders. Subject: the batch.
    RunBatch,
    /// Makes the calls of a self-check. Subject: the link to СУЗ.
    CheckSuz,
    /// Keeps the tokens of a link to СУЗ alive, or asks people to. Subject: the link.
    KeepSuz,
    /// Does the next thing with an order of codes. Subject: the order.
    DriveEmission,
    /// Reads the state and the money of a company, then again after a while. Subject: the link to СУЗ.
    WatchSuz,
    /// Fetches the codes of an order. Subject: the order.
    ReceiveCodes,
}

impl JobKind {
    /// The name kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SubmitShop => "submit_shop",
            Self::VerifyShop => "verify_shop",
            Self::ShipShop => "ship_shop",
            Self::SyncOrders => "sync_orders",
            Self::ReadOffers => "read_offers",
            Self::ReadTold => "read_told",
            Self::ReadReturns => "read_returns",
            Self::RunBatch => "run_batch",
            Self::CheckSuz => "check_suz",
            Self::KeepSuz => "keep_suz",
            Self::DriveEmission => "drive_emission",
            Self::WatchSuz => "watch_suz",
            Self::ReceiveCodes => "receive_codes",
        }
    }

    /// Every kind.
    const ALL: [Self; 13] = [
        Self::SubmitShop,
        Self::VerifyShop,
        Self::ShipShop,
        Self::SyncOrders,
        Self::ReadOffers,
        Self::ReadTold,
        Self::ReadReturns,
        Self::RunBatch,
        Self::CheckSuz,
        Self::KeepSuz,
        Self::DriveEmission,
        Self::WatchSuz,
        Self::ReceiveCodes,
    ];

    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What a handler decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Nothing is left to do.
    Done,
    /// Done, and due again at a moment: a recurring job.
    DoneUntil(Timestamp),
    /// Not yet: the run came as far as it could, and goes on at a moment.
    Later {
        /// When.
        at: Timestamp,
        /// What it waits for, in words; the page shows them.
        note: String,
    },
    /// It failed: once more at a moment, and further off each time that it fails again.
    Again {
        /// When.
        at: Timestamp,
        /// Why, in words.
        note: String,
    },
    /// Not before somebody wakes it.
    Park {
        /// Why, in words.
        note: String,
    },
}

/// The shop that a job is about, with the key that opens it; where there is none, what becomes of the job.
async fn open_shop(
    desk: &Desk,
    job: &Job,
) -> Result<Result<(Shop, SecretString), Decision>, Problem> {
    let id: ShopId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = desk.read().await?;
    let Some(shop) = tx.shop(job.organisation, id).await? else {
        return Ok(Err(Decision::Done));
    };
    let key = tx.key(job.organisation, shop.connection).await?;
    Ok(key.map(|key| (shop, key)).ok_or_else(|| Decision::Park {
        note: "подключение удалено: нужен ключ этого магазина".into(),
    }))
}

/// How long to wait after the n-th failure in a row, in seconds: quick at first, because most troubles are short.
///
/// | failure | 1 | 2 | 3 | 4 | 5 and on |
/// |---|---|---|---|---|---|
/// | wait | 2 s | 5 s | 15 s | 60 s | 5 min |
pub(super) fn back_off(failures: u32) -> i64 {
    match failures {
        0 | 1 => 2,
        2 => 5,
        3 => 15,
        4 => 60,
        _ => 300,
    }
}

impl Desk {
    /// Adds a job within the transaction that makes it necessary.
    pub(super) async fn enqueue(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        kind: JobKind,
        subject: &str,
        run_at: Timestamp,
    ) -> Result<(), Problem> {
        let id = self.id(JobId::from_parts)?;
        Ok(tx
            .enqueue(organisation, id, kind.as_str(), subject, run_at)
            .await?)
    }

    /// Runs jobs until told to stop, then lets the running ones finish. `owner` names this process.
    pub async fn run_jobs(self: Arc<Self>, owner: String, mut stop: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(AT_A_TIME));
        let mut running: HashMap<JobId, JoinHandle<()>> = HashMap::new();
        while !*stop.borrow() {
            let free = places.available_permits();
            match self.lease(&owner, free).await {
                Ok(leased) => {
                    for (job, lease) in leased {
                        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                            return;
                        };
                        let desk = Arc::clone(&self);
                        let (id, earlier) = (job.id, running.remove(&job.id));
                        let run = tokio::spawn(async move {
                            if let Some(earlier) = earlier {
                                // Its lease ran out under it. Two runs of one job side by side would send twice.
                                earlier.abort();
                                let _ = earlier.await;
                            }
                            desk.run_one(&job, &lease).await;
                            drop(place);
                            desk.wake_runner();
                        });
                        running.insert(id, run);
                    }
                }
                Err(problem) => tracing::error!(%problem, "the queue could not be read"),
            }
            running.retain(|_, run| !run.is_finished());
            tokio::select! {
                () = self.work.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        for run in running.into_values() {
            if let Err(error) = run.await {
                tracing::error!(%error, "a job broke off");
            }
        }
    }

    /// Runs every job that is due at this moment of the clock, one after another, until none is; how many ran.
    /// The tests' way to drive the queue step by step.
    pub async fn run_due_jobs(&self, owner: &str) -> Result<u32, Problem> {
        let mut ran = 0;
        loop {
            let leased = self.lease(owner, 1).await?;
            if leased.is_empty() {
                return Ok(ran);
            }
            for (job, lease) in leased {
                self.run_one(&job, &lease).await;
                ran += 1;
            }
        }
    }

    /// Leases what is due; each job with the name of its lease. No two leases have the same name, those of one
    /// process neither: a run whose lease ran out must not take the next one for its own.
    async fn lease(&self, owner: &str, free: usize) -> Result<Vec<(Job, String)>, Problem> {
        let now = self.now();
        if free == 0 {
            return Ok(Vec::new());
        }
        // A look costs no write lock while nothing is due.
        let due = self.outside.storage.read().await?.next_due().await?;
        if due.is_none_or(|due| due > now) {
            return Ok(Vec::new());
        }
        let mut tx = self.outside.storage.write().await?;
        let limit = u32::try_from(free).unwrap_or(1);
        let lease = format!("{owner} {}", self.id(JobId::from_parts)?);
        let jobs = tx
            .lease(&lease, now, now.plus_millis(LEASE_MILLIS), limit)
            .await?;
        tx.commit().await?;
        let leased = jobs.into_iter().map(|job| (job, lease.clone()));
        Ok(leased.collect())
    }

    async fn run_one(&self, job: &Job, lease: &str) {
        let outcome = tokio::select! {
            outcome = self.handle(job) => outcome,
            () = self.keep_lease(job, lease) => {
                tracing::warn!(job.id = %job.id, job.kind, "a lease was lost; another process goes on");
                return;
            }
        };
        let decision = outcome.unwrap_or_else(|problem| Decision::Again {
            at: self.now().plus_seconds(back_off(job.attempts)),
            note: problem.to_string(),
        });
        if let Err(error) = self.settle(job, lease, decision).await {
            tracing::error!(%error, job.id = %job.id, job.kind, "a job's end could not be written");
        }
    }

    async fn handle(&self, job: &Job) -> Result<Decision, Problem> {
        match JobKind::of(&job.kind) {
            Some(JobKind::SubmitShop) => submit::run(self, job).await,
            Some(JobKind::VerifyShop) => verify::run(self, job).await,
            Some(JobKind::ShipShop) => ship::run(self, job).await,
            Some(JobKind::SyncOrders) => sync_orders::run(self, job).await,
            Some(JobKind::ReadOffers) => read_offers::run(self, job).await,
            Some(JobKind::ReadTold) => read_told::run(self, job).await,
            Some(JobKind::ReadReturns) => read_returns::run(self, job).await,
            Some(JobKind::RunBatch) => run_batch::run(self, job).await,
            Some(JobKind::CheckSuz) => suz::run_check(self, job).await,
            Some(JobKind::KeepSuz) => keep_suz::run(self, job).await,
            Some(JobKind::DriveEmission) => suz::drive_emission(self, job).await,
            Some(JobKind::ReceiveCodes) => suz::receiving::run(self, job).await,
            Some(JobKind::WatchSuz) => suz::watch(self, job).await,
            // From a newer version, or an older one: kept for whoever knows it.
            None => Ok(Decision::Park {
                note: format!("unknown kind of job {}", job.kind),
            }),
        }
    }

    /// Renews the lease for as long as it is polled; ends when the lease is lost, or may be: it could not be renewed
    /// before its end.
    async fn keep_lease(&self, job: &Job, lease: &str) {
        let mut until = self.now().plus_millis(LEASE_MILLIS);
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            match self.renew(job, lease).await {
                Ok(Some(renewed)) => until = renewed,
                Ok(None) => return,
                Err(error) => {
                    tracing::warn!(%error, job.id = %job.id, "a lease could not be renewed");
                    if self.now() >= until {
                        return;
                    }
                }
            }
        }
    }

    /// Until when the lease holds now; none when it is another's.
    async fn renew(&self, job: &Job, lease: &str) -> Result<Option<Timestamp>, StoreError> {
        let mut tx = self.outside.storage.write().await?;
        let until = self.now().plus_millis(LEASE_MILLIS);
        let held = tx.renew_lease(job.id, lease, until).await?;
        tx.commit().await?;
        Ok(held.then_some(until))
    }

    async fn settle(&self, job: &Job, lease: &str, decision: Decision) -> Result<(), Problem> {
        let now = self.now();
        let mut tx = self.write().await?;
        match decision {
            Decision::Done => {
                tx.finish_job(job.id, lease, now).await?;
            }
            Decision::DoneUntil(at) => {
                if tx.finish_job(job.id, lease, now).await? {
                    let id = self.id(JobId::from_parts)?;
                    tx.enqueue(job.organisation, id, &job.kind, &job.subject, at)
                        .await?;
                }
            }
            Decision::Later { at, note } => {
                tx.postpone_job(job.id, lease, at, &note).await?;
            }
            Decision::Again { at, note } => {
                tx.retry_job(job.id, lease, at, &note).await?;
            }
            Decision::Park { note } => {
                tx.park_job(job.id, lease, &note).await?;
            }
        }
        tx.commit().await?;
        suz::check_ended(self, job);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_found_by_its_name() {
        for kind in JobKind::ALL {
            assert_eq!(JobKind::of(kind.as_str()), Some(kind));
        }
        assert_eq!(JobKind::of("from_the_future"), None);
    }

    #[test]
    fn waits_grow_and_stay() {
        let waits: Vec<i64> = (1..8).map(back_off).collect();
        assert_eq!(waits, [2, 5, 15, 60, 300, 300, 300]);
    }
}
