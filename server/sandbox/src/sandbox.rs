//! The handle to a running sandbox.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::Router;
use thiserror::Error;
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
};

use crate::{
    clock::Clock,
    control,
    exchange::exchange,
    faults::{Fault, FaultList, ListedFault},
    market::{
        MarketError,
        cabinet::{ApiKeyRecord, Cabinet, Campaign, CampaignChange, KeyChange, NewCabinet},
        codes::{self, LineCodes},
        ids::{BusinessId, CampaignId, OrderId},
        limits::{Limits, LimitsChange},
        order::{NewOrder, Order, OrderChange},
    },
    meters::Meters,
    received::{Journal, Progress, Received},
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
    releases: watch::Sender<u64>,
    file: Option<PathBuf>,
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
        let world = if let Some(world) = snapshot::read(path)? {
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
                releases: watch::Sender::new(0),
                file,
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
    /// Requests in work get a second to end, held ones are dropped. Keep-alive is off, as on the Market.
    pub async fn serve(&self, listener: TcpListener, shutdown: impl Future<Output = ()>) {
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
        self.change(|world, _| {
            change(&mut world.clock);
            Ok(world.clock)
        })
    }

    /// A copy of the whole world.
    pub fn world(&self) -> World {
        self.world_lock().clone()
    }

    /// Creates a cabinet with its keys and shops.
    pub fn create_cabinet(&self, new: NewCabinet) -> Result<Cabinet, SandboxError> {
        self.change(|world, _| world.market.create_cabinet(new).cloned())
    }

    /// Changes a key, found by its name.
    pub fn change_key(
        &self,
        business: BusinessId,
        name: &str,
        change: KeyChange,
    ) -> Result<ApiKeyRecord, SandboxError> {
        self.change(|world, _| world.market.change_key(business, name, change).cloned())
    }

    /// Changes a shop.
    pub fn change_campaign(
        &self,
        id: CampaignId,
        change: CampaignChange,
    ) -> Result<Campaign, SandboxError> {
        self.change(|world, _| world.market.change_campaign(id, change).cloned())
    }

    /// Creates an order.
    pub fn create_order(&self, new: NewOrder) -> Result<Order, SandboxError> {
        self.change(|world, now_ms| world.market.create_order(new, now_ms).cloned())
    }

    /// Creates orders, all or none, with one write of the file.
    pub fn create_orders(&self, new: Vec<NewOrder>) -> Result<Vec<Order>, SandboxError> {
        self.change(|world, now_ms| {
            let mut market = world.market.clone();
            let orders = new
                .into_iter()
                .map(|order| market.create_order(order, now_ms).cloned())
                .collect::<Result<_, _>>()?;
            world.market = market;
            Ok(orders)
        })
    }

    /// Changes an order.
    pub fn change_order(&self, id: OrderId, change: OrderChange) -> Result<Order, SandboxError> {
        self.change(|world, now_ms| world.market.change_order(id, change, now_ms).cloned())
    }

    /// Deletes an order.
    pub fn delete_order(&self, id: OrderId) -> Result<(), SandboxError> {
        self.change(|world, _| world.market.delete_order(id))
    }

    /// An order as it stands.
    pub fn order(&self, id: OrderId) -> Option<Order> {
        self.world_lock().market.orders.get(&id).cloned()
    }

    /// Sample codes for every unit of every line of an order that asks for them.
    pub fn codes(&self, id: OrderId) -> Option<Vec<LineCodes>> {
        self.world_lock().market.orders.get(&id).map(codes::samples)
    }

    /// Changes the limits and returns them.
    pub fn set_limits(&self, change: LimitsChange) -> Result<Limits, SandboxError> {
        self.change(|world, _| {
            world.market.limits.apply(change);
            Ok(world.market.limits.clone())
        })
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
        loop {
            let changed = self.inner.changed.notified();
            let found = self
                .floor()
                .journal
                .entries()
                .find(|entry| matches(entry))
                .cloned();
            if let Some(found) = found {
                return found;
            }
            changed.await;
        }
    }

    fn change<T>(
        &self,
        change: impl FnOnce(&mut World, i64) -> Result<T, MarketError>,
    ) -> Result<T, SandboxError> {
        let mut world = self.world_lock();
        let now_ms = world.clock.now_ms();
        let made = change(&mut world, now_ms)?;
        self.save(&world)?;
        Ok(made)
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
