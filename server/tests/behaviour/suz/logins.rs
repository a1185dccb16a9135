//! One login among all callers of all processes.

use super::{Company, DEVICE, HOUR, OMS_ID};
use crate::harness::{NOON, World, on_postgres, on_sqlite};
use desk::{
    ids::SuzConnectionId,
    server::{Desk, Outside, ports::clock::Clock, suz::Suz},
    suz::{SigningWay, view::DevicesAnswer},
};
use futures::{StreamExt as _, stream};
use sandbox::Sandbox;
use server::clock::{SandboxClock, SystemEntropy};
use signing::ServerSigners;
use std::{
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use yandex::YandexMarket;

const CALLS: u32 = 1000;
const AT_A_TIME: usize = 8;

struct Silence;

impl desk::server::ports::events::Events for Silence {
    fn tell(&self, _: desk::ids::OrganisationId, _: desk::live::Change) {}
}

/// Nothing is printed here.
struct NoPress;

impl desk::server::ports::press::Press for NoPress {
    fn check(
        &self,
        _: &[String],
        _: &desk::printing::LabelTexts,
        _: desk::printing::Paper,
    ) -> Result<(), desk::printing::PrintFault> {
        Err(desk::printing::PrintFault::NoSymbol)
    }

    fn file(
        &self,
        _: &[String],
        _: &desk::printing::LabelTexts,
        _: desk::printing::Paper,
        _: desk::printing::PrintFormat,
    ) -> Result<Vec<u8>, desk::printing::PrintFault> {
        Err(desk::printing::PrintFault::NoSymbol)
    }
}

/// The use cases as another process has them: a store and a client of its own on the same database.
async fn process(world: &World) -> Arc<Desk> {
    let store = super::store_of(world).await;
    let clock: Arc<dyn Clock> = Arc::new(SandboxClock(world.sandbox.clone()));
    let entropy = Arc::new(SystemEntropy);
    let market = YandexMarket::new(
        &yandex::Settings::at(&world.sandbox_url),
        Arc::new(store.clone()),
        Arc::clone(&clock),
        Arc::clone(&entropy) as _,
    );
    let hosts = suz::Hosts::built_in()
        .unwrap()
        .with_sandbox(&world.sandbox_url);
    // A thousand calls are to show who logs in, not how slowly a client asks.
    let rate = NonZeroU32::new(10_000).unwrap();
    let settings = suz::Settings {
        suz_per_second: rate,
        true_api_per_second: rate,
        ..suz::Settings::of(hosts.unwrap())
    };
    let api = suz::Suz::new(settings, Arc::new(store.clone()), Arc::clone(&clock)).unwrap();
    let api = Arc::new(api);
    Arc::new(Desk::new(Outside {
        storage: Arc::new(store),
        market: Arc::new(market.unwrap()),
        clock,
        entropy,
        events: Arc::new(Silence),
        samples: None,
        sign_up_open: false,
        public_url: world.sandbox_url.clone(),
        suz: Suz {
            ordering: Arc::clone(&api) as _,
            api,
            signers: Arc::new(ServerSigners::none().with_demo_key()),
            registration_key: None,
        },
        press: Arc::new(NoPress),
        verifications_per_hour: 1000,
        run_codes: 1000,
    }))
}

/// One call with the device's token.
async fn call(desk: &Desk, company: &Company, id: SuzConnectionId) {
    let answer = desk.read_suz_devices(&company.actor, id).await.unwrap();
    assert!(matches!(answer, DevicesAnswer::Listed(_)), "{answer:?}");
}

/// Makes a thousand calls by all processes at once while the clock is moved twice past the end of the token.
async fn a_thousand_calls(world: &World, processes: &[Arc<Desk>]) {
    let company = world.company("anna@example.com").await;
    let id = world
        .connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE)
        .await;
    let done = AtomicU32::new(0);
    let (company, sandbox, done) = (&company, &world.sandbox, &done);
    stream::iter((0..CALLS).zip(processes.iter().cycle()))
        .for_each_concurrent(AT_A_TIME, |(_, desk)| async move {
            call(desk, company, id).await;
            move_on(sandbox, done.fetch_add(1, Ordering::SeqCst) + 1);
        })
        .await;
    assert_eq!(done.load(Ordering::SeqCst), CALLS);
    assert_eq!(world.logins(), 3, "one login a life of the token");
}

/// After a third and after two thirds of the calls ten hours pass in the middle of the others.
fn move_on(sandbox: &Sandbox, done: u32) {
    if done == CALLS / 3 || done == CALLS * 2 / 3 {
        sandbox.advance(10 * HOUR * 1000).unwrap();
    }
}

#[test]
fn two_processes_on_one_postgres_log_in_once_a_life_of_the_token() {
    on_postgres(sandbox::Clock::manual(NOON), |world| {
        Box::pin(async move {
            let processes = [process(&world).await, process(&world).await];
            a_thousand_calls(&world, &processes).await;
        })
    });
}

#[test]
fn callers_of_one_process_on_sqlite_log_in_once_a_life_of_the_token() {
    on_sqlite(sandbox::Clock::manual(NOON), |world| {
        Box::pin(async move {
            let processes = [process(&world).await];
            a_thousand_calls(&world, &processes).await;
        })
    });
}
