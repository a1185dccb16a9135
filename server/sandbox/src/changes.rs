//! What a program that holds the sandbox can change in it and learn of it.

use std::time::Duration;

use crate::{
    market::{
        MarketError, Offer,
        cabinet::{ApiKeyRecord, Cabinet, Campaign, CampaignChange, KeyChange, NewCabinet},
        codes::LineCodes,
        ids::{BusinessId, CampaignId, OrderId, ReturnId},
        limits::{Limits, LimitsChange},
        order::{NewOrder, Order, OrderChange},
        return_record::{NewReturn, Return, ReturnChange},
        verification::{Script, Verification, VerificationChange},
    },
    post::{Delivery, NewSubscription, Subscription},
    received::Memory,
    record::OrderRecord,
    sandbox::{Sandbox, SandboxError},
};

impl Sandbox {
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
        self.world_lock().market.codes(id)
    }

    /// Makes a return of an order's units.
    pub fn create_return(&self, new: NewReturn) -> Result<Return, SandboxError> {
        self.change(|world, now_ms| world.market.create_return(new, now_ms).cloned())
    }

    /// Changes a return.
    pub fn change_return(
        &self,
        id: ReturnId,
        change: &ReturnChange,
    ) -> Result<Return, SandboxError> {
        self.change(|world, now_ms| world.market.change_return(id, change, now_ms).cloned())
    }

    /// Orders a verdict of the verification and returns its number. It counts for marks whose result nobody has asked for yet.
    pub fn script(&self, script: Script) -> Result<i64, SandboxError> {
        self.change(|world, _| Ok(world.market.add_script(script)))
    }

    /// Forgets the verdicts ordered in advance; those already told stay.
    pub fn clear_scripts(&self) -> Result<(), SandboxError> {
        self.change(|world, _| {
            world.market.verification.scripts.clear();
            Ok(())
        })
    }

    /// Changes how long verification takes and returns how it stands.
    pub fn change_verification(
        &self,
        change: VerificationChange,
    ) -> Result<Verification, SandboxError> {
        self.change(|world, _| {
            world.market.change_verification(change);
            Ok(world.market.verification.clone())
        })
    }

    /// Puts offers into a cabinet's catalogue, instead of those of the same article, and returns all of it.
    pub fn put_offers(
        &self,
        business: BusinessId,
        offers: Vec<Offer>,
    ) -> Result<Vec<Offer>, SandboxError> {
        self.change(|world, _| {
            let known = world.market.put_offers(business, offers)?;
            Ok(known.values().cloned().collect())
        })
    }

    /// Lets a cabinet, or one shop of it, be told of what happens, beginning with a `PING`; an earlier wish for the same is replaced.
    pub fn subscribe(&self, new: &NewSubscription) -> Result<Subscription, SandboxError> {
        let made = self.change(|world, _| world.market.subscribe(new).cloned())?;
        self.ping(made.id)?;
        Ok(made)
    }

    /// Tells nobody any more; what is still in the queue is dropped.
    pub fn unsubscribe(&self, id: i64) -> Result<(), SandboxError> {
        self.change(|world, _| world.market.unsubscribe(id))
    }

    /// Sends a `PING`, behind what is in the queue already.
    pub fn ping(&self, subscription: i64) -> Result<(), SandboxError> {
        let now_ms = self.now_ms();
        if self.subscription(subscription).is_none() {
            return Err(MarketError::NoSubscription(subscription).into());
        }
        self.floor().post.ping(subscription, now_ms);
        self.mail_came();
        Ok(())
    }

    /// A subscription to notifications as it stands.
    pub(crate) fn subscription(&self, id: i64) -> Option<Subscription> {
        let world = self.world_lock();
        let found = world.market.subscriptions.iter().find(|one| one.id == id);
        found.cloned()
    }

    /// The notifications tried so far, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.floor().post.tried().cloned().collect()
    }

    /// Waits until a notification matches, those already tried included, and returns the first that does.
    ///
    /// Asked again after every attempt. It waits for ever: put a timeout with a name around it.
    pub async fn wait_delivery(&self, matches: impl Fn(&Delivery) -> bool) -> Delivery {
        loop {
            let changed = self.progress();
            let found = self.floor().post.tried().find(|one| matches(one)).cloned();
            if let Some(found) = found {
                return found;
            }
            changed.await;
        }
    }

    /// How long every answer takes at least, milliseconds of the machine's time. Requests do not wait for one another.
    pub fn latency_ms(&self) -> u64 {
        u64::try_from(self.floor().latency.as_millis()).unwrap_or(u64::MAX)
    }

    /// Sets how long every answer takes at least, milliseconds of the machine's time.
    pub fn set_latency_ms(&self, ms: u64) {
        self.floor().latency = Duration::from_millis(ms);
    }

    /// What was written into an order since the process began.
    pub fn record(&self, id: OrderId) -> OrderRecord {
        self.floor().record.of(id)
    }

    /// How much the journal of requests remembers.
    pub fn memory(&self) -> Memory {
        self.floor().journal.memory()
    }

    /// Sets how much the journal of requests remembers from now on.
    pub fn set_memory(&self, memory: Memory) {
        self.floor().journal.set_memory(memory);
    }

    /// Changes the limits and returns them.
    pub fn set_limits(&self, change: LimitsChange) -> Result<Limits, SandboxError> {
        self.change(|world, _| {
            world.market.limits.apply(change);
            Ok(world.market.limits.clone())
        })
    }
}
