//! The handle to a running sandbox.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::Router;
use thiserror::Error;
use tokio::{
    net::TcpListener,
    sync::{Notify, futures::Notified, watch},
    task::JoinSet,
};

use crate::{
    clock::Clock,
    control,
    crpt::{Crpt, CrptError, SignatureBook, cms::engine::Engine},
    exchange::exchange,
    faults::{Fault, FaultList, ListedFault},
    market::MarketError,
    meters::Meters,
    post::Post,
    postman,
    received::{Journal, Progress, Received},
    record::Record,
    serve,
    snapshot::{self, SnapshotError},
    world::World,
};

/// A running sandbox. Cheap to clone; all clones are the same world.
///
/// Every change of the world is saved before the call returns, when the sandbox was opened on a file. Faults, the journal and what is spent of the
/// limits live only as long as the process.
#[derive(Clone, Debug)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// Locked before `floor` wherever both are needed.
    world: Mutex<World>,
    floor: Mutex<Floor>,
    changed: Notify,
    /// Wakes those who wait for the world's clock.
    moved: Notify,
    /// Wakes those who carry notifications.
    mail: Notify,
    releases: watch::Sender<u64>,
    file: Option<PathBuf>,
    /// What verifies GOST signatures.
    engine: Mutex<Arc<Engine>>,
}

/// What is true only while the process lives.
#[derive(Debug, Default)]
pub(crate) struct Floor {
    /// The requests received.
    pub(crate) journal: Journal,
    /// The faults in wait.
    pub(crate) faults: FaultList,
    /// What is spent.
    pub(crate) meters: Meters,
    /// What was written into each order.
    pub(crate) record: Record,
    /// The notifications sent and to be sent.
    pub(crate) post: Post,
    /// The signatures looked at.
    pub(crate) signatures: SignatureBook,
    /// How long every answer takes at least, by the machine's time.
    pub(crate) latency: Duration,
}

/// How many releases there had been at some moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Released(u64);

/// A change of the world that was not made or not saved.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The Market's part of the world does not allow it.
    #[error(transparent)]
    Market(#[from] MarketError),
    /// The part of Честный ЗНАК does not allow it.
    #[error(transparent)]
    Crpt(#[from] CrptError),
    /// It is made, but the file could not be written: it will be lost with the process.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
}

impl Sandbox {
    /// A sandbox that lives in memory.
    pub fn new(world: World) -> Self {
        Self::with_file(world, None)
    }

    /// A sandbox kept in a file: the world found there, or a new one when there is no file yet.
    pub fn open(path: &Path, new: impl FnOnce() -> World) -> Result<Self, SnapshotError> {
        let world = if let Some(mut world) = snapshot::read(path)? {
            world.complete();
            world
        } else {
            let world = new();
            snapshot::write(path, &world)?;
            world
        };
        Ok(Self::with_file(world, Some(path.to_owned())))
    }

    fn with_file(world: World, file: Option<PathBuf>) -> Self {
        Self {
            inner: Arc::new(Inner {
                world: Mutex::new(world),
                floor: Mutex::default(),
                changed: Notify::new(),
                moved: Notify::new(),
                mail: Notify::new(),
                releases: watch::Sender::new(0),
                file,
                engine: Mutex::default(),
            }),
        }
    }

    /// The imitated services at the root and the control API under `/_sandbox`.
    ///
    /// Mounted in a server of your own it cannot close connections: the fault [`HangUp`](crate::Effect::HangUp) answers 502 there.
    pub fn router(&self) -> Router {
        Router::new()
            .nest("/_sandbox", control::router())
            .fallback(exchange)
            .with_state(self.clone())
    }

    /// Serves HTTP/1.1 on a listener until `shutdown` is ready.
    ///
    /// Requests in work get a second to end, held ones are dropped. Keep-alive is off, as on the Market. Notifications are carried only while this runs.
    pub async fn serve(&self, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let mut postman = JoinSet::new();
        postman.spawn(postman::run(self.clone()));
        serve::serve(self.router(), listener, shutdown).await;
    }

    /// The world's time, milliseconds since the Unix epoch.
    pub fn now_ms(&self) -> i64 {
        self.world_lock().clock.now_ms()
    }

    /// The clock as it stands.
    pub fn clock(&self) -> Clock {
        self.world_lock().clock
    }

    /// Moves the clock by milliseconds and returns the new moment.
    pub fn advance(&self, ms: i64) -> Result<i64, SandboxError> {
        self.change_clock(|clock| clock.advance(ms))
            .map(Clock::now_ms)
    }

    /// Changes the clock.
    pub fn change_clock(&self, change: impl FnOnce(&mut Clock)) -> Result<Clock, SandboxError> {
        let clock = self.change(|world, _| {
            change(&mut world.clock);
            Ok(world.clock)
        })?;
        self.inner.moved.notify_waiters();
        Ok(clock)
    }

    /// Waits until the world's clock has moved on by so much.
    pub(crate) async fn wait_for_world(&self, ms: i64) {
        let until_ms = self.now_ms().saturating_add(ms);
        loop {
            let moved = self.inner.moved.notified();
            let clock = self.clock();
            let left = u64::try_from(until_ms.saturating_sub(clock.now_ms())).unwrap_or(0);
            if left == 0 {
                return;
            }
            match clock {
                Clock::Manual { .. } => moved.await,
                // It moves by itself, and can be moved besides.
                Clock::Live { .. } => {
                    let _ = tokio::time::timeout(Duration::from_millis(left), moved).await;
                }
            }
        }
    }

    /// A copy of the whole world.
    pub fn world(&self) -> World {
        self.world_lock().clone()
    }

    /// Adds a fault and returns its number.
    pub fn add_fault(&self, fault: Fault) -> u64 {
        self.floor().faults.add(fault)
    }

    /// The faults still in wait.
    pub fn faults(&self) -> Vec<ListedFault> {
        self.floor().faults.list()
    }

    /// Deletes one fault; whether it was there.
    pub fn remove_fault(&self, id: u64) -> bool {
        self.floor().faults.remove(id)
    }

    /// Deletes all faults. Requests already held stay held.
    pub fn clear_faults(&self) {
        self.floor().faults.clear();
    }

    /// Lets go every request that has been received by now; one that comes later waits for the next release.
    pub fn release(&self) {
        let _floor = self.floor();
        self.inner.releases.send_modify(|count| *count += 1);
    }

    /// The requests received, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.floor().journal.entries().cloned().collect()
    }

    /// Forgets the requests received.
    pub fn clear_received(&self) {
        self.floor().journal.clear();
    }

    /// Waits until a request matches, those already received included, and returns the first that does.
    ///
    /// Asked again at arrival and at every step of its [`Progress`]. It waits for ever: put a timeout with a name around it.
    pub async fn wait_received(&self, matches: impl Fn(&Received) -> bool) -> Received {
        self.wait_received_after(0, matches).await
    }

    /// Waits like [`wait_received`](Self::wait_received), but only looks at requests after a number.
    pub async fn wait_received_after(
        &self,
        sequence: u64,
        matches: impl Fn(&Received) -> bool,
    ) -> Received {
        loop {
            let changed = self.inner.changed.notified();
            let found = self
                .floor()
                .journal
                .after(sequence)
                .find(|entry| matches(entry))
                .cloned();
            if let Some(found) = found {
                return found;
            }
            changed.await;
        }
    }

    /// Waits until there is something new to carry.
    pub(crate) fn mail(&self) -> Notified<'_> {
        self.inner.mail.notified()
    }

    /// Wakes those who carry notifications.
    pub(crate) fn mail_came(&self) {
        self.inner.mail.notify_waiters();
    }

    /// Waits for the next step of a request or a notification.
    pub(crate) fn progress(&self) -> Notified<'_> {
        self.inner.changed.notified()
    }

    /// Changes the world, tells of it and saves it.
    pub(crate) fn change<T>(
        &self,
        change: impl FnOnce(&mut World, i64) -> Result<T, MarketError>,
    ) -> Result<T, SandboxError> {
        self.alter(change)
    }

    /// Changes Честный ЗНАК and saves the world.
    pub(crate) fn change_crpt<T>(
        &self,
        change: impl FnOnce(&mut Crpt, i64) -> Result<T, CrptError>,
    ) -> Result<T, SandboxError> {
        self.alter(|world, now_ms| change(&mut world.crpt, now_ms))
    }

    fn alter<T, E: Into<SandboxError>>(
        &self,
        change: impl FnOnce(&mut World, i64) -> Result<T, E>,
    ) -> Result<T, SandboxError> {
        let mut world = self.world_lock();
        let now_ms = world.clock.now_ms();
        let made = change(&mut world, now_ms).map_err(Into::into)?;
        self.tell(&mut world);
        self.save(&world)?;
        Ok(made)
    }

    /// What verifies GOST signatures.
    pub(crate) fn engine(&self) -> Arc<Engine> {
        let engine = self.inner.engine.lock();
        Arc::clone(&engine.unwrap_or_else(PoisonError::into_inner))
    }

    /// Names the `openssl` that verifies GOST signatures from now on; it is looked for in `PATH` at first.
    ///
    /// Where it is missing, or has no GOST engine, such signatures are accepted without their value and recorded as unverified.
    pub fn set_openssl(&self, program: impl AsRef<OsStr>) {
        let mut engine = self
            .inner
            .engine
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *engine = Arc::new(Engine::at(program));
    }

    /// Hands what has happened in the world to those who carry notifications.
    pub(crate) fn tell(&self, world: &mut World) {
        let events = world.market.take_events();
        if events.is_empty() {
            return;
        }
        let now_ms = world.clock.now_ms();
        if self.floor().post.take_in(&world.market, events, now_ms) {
            self.inner.mail.notify_waiters();
        }
    }

    /// Writes the world to its file, when there is one.
    pub(crate) fn save(&self, world: &World) -> Result<(), SnapshotError> {
        match &self.inner.file {
            Some(path) => snapshot::write(path, world),
            None => Ok(()),
        }
    }

    pub(crate) fn world_lock(&self) -> MutexGuard<'_, World> {
        self.inner
            .world
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn floor(&self) -> MutexGuard<'_, Floor> {
        self.inner
            .floor
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes how far a request has come and wakes those who wait for it.
    pub(crate) fn note(&self, sequence: u64, progress: Progress) {
        self.floor().journal.progress(sequence, progress);
        self.notify();
    }

    pub(crate) fn notify(&self) {
        self.inner.changed.notify_waiters();
    }

    pub(crate) fn released(&self) -> Released {
        Released(*self.inner.releases.borrow())
    }

    /// Waits for a release later than `since`.
    pub(crate) async fn wait_for_release(&self, since: Released) {
        let mut releases = self.inner.releases.subscribe();
        // The sender lives in `self`, so the channel cannot close while this waits.
        let _ = releases.wait_for(|count| *count > since.0).await;
    }
}
