//! Stand-ins for the ports that the client uses, and the ids that all tests speak of.

use async_trait::async_trait;
use desk::{
    server::ports::{
        clock::Clock,
        limits::{LimitKey, Limits},
        storage::StoreError,
    },
    suz::{ConnectionId, OmsId},
    time::Timestamp,
};
use secrecy::SecretString;
use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use suz::{Hosts, Settings, Suz};

/// 2026-11-23 14:36:12 UTC.
pub(crate) const NOW: Timestamp = Timestamp(1_795_444_572_000);

pub(crate) const OMS_ID: &str = "67ad4640-c4d4-4d1b-8d2f-3f1f2e3d4c5b";
pub(crate) const DEVICE: &str = "aabb1234-5678-90ab-cdef-1234567890ab";
pub(crate) const TOKEN: &str = "0cc2e4b0-5e2a-4d1c-9d5c-5a6b7c8d9e0f";
pub(crate) const BEARER: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZXRrYSJ9.c2lnbmF0dXJl";
pub(crate) const KEY: &str = "4344d884-7f21-456c-981e-cd68e92391e8";

/// The company, as a person pasted its id: in upper case.
pub(crate) fn oms_id() -> OmsId {
    OMS_ID.to_uppercase().parse().unwrap()
}

/// The device, as a person pasted its id: in upper case.
pub(crate) fn device() -> ConnectionId {
    DEVICE.to_uppercase().parse().unwrap()
}

pub(crate) fn secret(value: &str) -> SecretString {
    SecretString::from(value.to_owned())
}

/// A clock that a test moves.
pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// Limits in memory.
#[derive(Default)]
pub(crate) struct MemoryLimits(Mutex<HashMap<LimitKey, Timestamp>>);

impl MemoryLimits {
    /// Every block that was remembered.
    pub(crate) fn blocks(&self) -> Vec<(LimitKey, Timestamp)> {
        let blocks = self.0.lock().unwrap();
        blocks
            .iter()
            .map(|(key, until)| (key.clone(), *until))
            .collect()
    }
}

#[async_trait]
impl Limits for MemoryLimits {
    async fn blocked_until(
        &self,
        key: &LimitKey,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let blocks = self.0.lock().unwrap();
        Ok(blocks.get(key).copied().filter(|until| *until > now))
    }

    async fn block(&self, key: &LimitKey, until: Timestamp) -> Result<(), StoreError> {
        self.0.lock().unwrap().insert(key.clone(), until);
        Ok(())
    }
}

/// Limits whose memory is out of order.
pub(crate) struct BrokenLimits;

#[async_trait]
impl Limits for BrokenLimits {
    async fn blocked_until(
        &self,
        _: &LimitKey,
        _: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        Err(StoreError::Sealed)
    }

    async fn block(&self, _: &LimitKey, _: Timestamp) -> Result<(), StoreError> {
        Err(StoreError::Sealed)
    }
}

/// A client with everything it stands on.
pub(crate) struct Bench {
    pub(crate) suz: Suz,
    pub(crate) limits: Arc<MemoryLimits>,
    pub(crate) clock: Arc<TestClock>,
}

/// A client of a sandbox at an address that does not pace itself.
pub(crate) fn bench(url: &str) -> Bench {
    bench_with(settings(url))
}

pub(crate) fn bench_with(settings: Settings) -> Bench {
    let limits = Arc::new(MemoryLimits::default());
    process(settings, &limits)
}

/// One more process beside others that share its memory of limits.
pub(crate) fn process(settings: Settings, limits: &Arc<MemoryLimits>) -> Bench {
    let clock = Arc::new(TestClock(AtomicI64::new(NOW.0)));
    let suz = Suz::new(settings, Arc::clone(limits) as _, Arc::clone(&clock) as _).unwrap();
    Bench {
        suz,
        limits: Arc::clone(limits),
        clock,
    }
}

pub(crate) fn settings(url: &str) -> Settings {
    let hosts = Hosts::built_in().unwrap().with_sandbox(url).unwrap();
    Settings {
        timeout: Duration::from_secs(10),
        suz_per_second: NonZeroU32::MAX,
        true_api_per_second: NonZeroU32::MAX,
        ..Settings::of(hosts)
    }
}
