//! Use cases, jobs and ports: what runs on the server and must not reach the browser.
//!
//! [`Desk`] is what the pages and the command line call. Each use case takes an [`Actor`](crate::account::Actor),
//! and with it the organisation; none takes an organisation from what a request says.

pub mod accounts;
mod boxes;
pub mod bulk;
pub mod codes;
pub mod connections;
mod facts;
mod hooks;
mod internal;
pub mod jobs;
mod journal;
pub mod notifications;
mod orders;
mod packing;
mod password;
mod placing;
pub mod ports;
pub mod printing;
mod returns;
mod sending;
mod shipping;
pub mod stock;
pub mod suz;
mod views;
mod when;

use crate::{ids::OrganisationId, live::Change, problem::Problem, time::Timestamp};
use async_trait::async_trait;
use ports::{
    clock::{Clock, Entropy},
    events::Events,
    market::Market,
    press::Press,
    storage::{Storage, Transaction},
};
use std::sync::Arc;
use tokio::sync::Notify;

/// Codes to try the program with, made by the sandbox; absent without it.
#[async_trait]
pub trait Samples: Send + Sync {
    /// A code for every unit that wants one, in the order of the lines.
    ///
    /// # Errors
    /// In words for the log, when the sandbox does not know the order.
    async fn codes(&self, order: crate::ids::MarketOrderId) -> Result<Vec<String>, String>;
}

/// What the use cases stand on.
pub struct Outside {
    /// The store.
    pub storage: Arc<dyn Storage>,
    /// Yandex Market.
    pub market: Arc<dyn Market>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Open pages.
    pub events: Arc<dyn Events>,
    /// Sample codes, with the sandbox on.
    pub samples: Option<Arc<dyn Samples>>,
    /// Whether strangers may make an organisation.
    pub sign_up_open: bool,
    /// The address at which people, and a marketplace's notifications, reach the program.
    pub public_url: String,
    /// СУЗ, True API and what signs for them.
    pub suz: suz::Suz,
    /// What draws labels.
    pub press: Arc<dyn Press>,
    /// Questions an hour about the verification of one shop's orders; the marketplace answers 1,000.
    pub verifications_per_hour: u32,
    /// How many codes of an answer are made durable at once while it arrives, at most
    /// [`RUN_CODES`](ports::stock::RUN_CODES).
    pub run_codes: usize,
}

/// The use cases.
pub struct Desk {
    outside: Outside,
    work: Notify,
}

impl Desk {
    /// The use cases over an outside world.
    pub fn new(outside: Outside) -> Self {
        Self {
            outside,
            work: Notify::new(),
        }
    }

    /// Whether strangers may make an organisation here.
    pub fn sign_up_open(&self) -> bool {
        self.outside.sign_up_open
    }

    fn now(&self) -> Timestamp {
        self.outside.clock.now()
    }

    async fn read(&self) -> Result<Box<dyn Transaction>, Problem> {
        Ok(self.outside.storage.read().await?)
    }

    async fn write(&self) -> Result<Box<dyn Transaction>, Problem> {
        Ok(self.outside.storage.write().await?)
    }

    /// Makes an id of the present moment: `self.id(OrderId::from_parts)?`.
    fn id<T>(&self, make: fn(u64, [u8; 10]) -> T) -> Result<T, Problem> {
        let mut random = [0; 10];
        self.outside.entropy.fill(&mut random)?;
        Ok(make(
            u64::try_from(self.now().0).unwrap_or_default(),
            random,
        ))
    }

    /// Lets the runner look at the queue now instead of at its next turn.
    fn wake_runner(&self) {
        self.work.notify_one();
    }

    fn tell(&self, organisation: OrganisationId, change: Change) {
        self.outside.events.tell(organisation, change);
    }
}
