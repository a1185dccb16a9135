//! Stand-ins for the ports that the client uses.

use async_trait::async_trait;
use desk::{
    boxes::Coverage,
    ids::MarketOrderId,
    marketplace::OrderStatus,
    server::ports::{
        clock::{Clock, Entropy, EntropyError},
        limits::{LimitKey, Limits},
        market::StatusStep,
        storage::StoreError,
    },
    time::Timestamp,
};
use secrecy::SecretString;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use yandex::{Settings, YandexMarket};

/// 2025-09-01 12:30 in Moscow.
pub(crate) const NOW: Timestamp = Timestamp(1_756_719_000_000);

/// A key of the documented shape.
pub(crate) const KEY: &str = "ACMA:0123456789abcdefghijABCDEFGHIJ0123456789:12ab34cd";

pub(crate) fn key() -> SecretString {
    SecretString::from(KEY)
}

/// The proof that an order without lines loses none.
pub(crate) fn nothing_removed() -> Coverage {
    Coverage::of(&[], &[], &[]).unwrap()
}

/// The step that ships an order.
pub(crate) fn ready(order: MarketOrderId) -> StatusStep {
    StatusStep {
        order,
        status: OrderStatus::Processing,
        substatus: Some("READY_TO_SHIP".into()),
    }
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

/// The same byte over and over.
pub(crate) struct SameByte(pub(crate) u8);

impl Entropy for SameByte {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        buffer.fill(self.0);
        Ok(())
    }
}

/// Limits in memory.
#[derive(Default)]
pub(crate) struct MemoryLimits(Mutex<HashMap<LimitKey, Timestamp>>);

impl MemoryLimits {
    /// Every block that was remembered.
    pub(crate) fn blocks(&self) -> Vec<(String, &'static str, Timestamp)> {
        let blocks = self.0.lock().unwrap();
        blocks
            .iter()
            .map(|(key, until)| (key.account.clone(), key.resource, *until))
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
        Ok(self
            .0
            .lock()
            .unwrap()
            .get(key)
            .copied()
            .filter(|until| *until > now))
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
    pub(crate) market: YandexMarket,
    pub(crate) limits: Arc<MemoryLimits>,
    pub(crate) clock: Arc<TestClock>,
}

/// A client of an address that waits a second at most and repeats without a pause.
pub(crate) fn bench(base_url: &str) -> Bench {
    bench_with(&settings(base_url))
}

pub(crate) fn bench_with(settings: &Settings) -> Bench {
    let limits = Arc::new(MemoryLimits::default());
    let clock = Arc::new(TestClock(AtomicI64::new(NOW.0)));
    process(settings, limits, clock)
}

/// One more process beside others that share its memory of limits and its time.
pub(crate) fn process(
    settings: &Settings,
    limits: Arc<MemoryLimits>,
    clock: Arc<TestClock>,
) -> Bench {
    let market = YandexMarket::new(
        settings,
        Arc::clone(&limits) as _,
        Arc::clone(&clock) as _,
        Arc::new(SameByte(0)),
    )
    .unwrap();
    Bench {
        market,
        limits,
        clock,
    }
}

pub(crate) fn settings(base_url: &str) -> Settings {
    Settings {
        timeout: Duration::from_secs(10),
        retry_pause: Duration::ZERO,
        ..Settings::at(base_url)
    }
}
