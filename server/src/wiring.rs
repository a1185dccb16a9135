//! Putting the rooms together.

use crate::{
    clock::{SandboxClock, SystemClock, SystemEntropy},
    events::Hub,
    samples::SandboxSamples,
    settings::{Settings, Switch},
};
use anyhow::Context as _;
use desk::server::{
    Desk, Outside, Samples,
    ports::{
        clock::{Clock, Entropy},
        limits::Limits,
    },
};
use sandbox::Sandbox;
use std::sync::Arc;
use store::{Keyring, Store};
use yandex::YandexMarket;

/// A wired program.
pub struct Wiring {
    /// The use cases.
    pub desk: Arc<Desk>,
    /// The sandbox, when it is on.
    pub sandbox: Option<Sandbox>,
    pub(crate) hub: Hub,
    pub(crate) store: Store,
}

/// The store, brought up to this version.
pub async fn open_store(settings: &Settings) -> anyhow::Result<Store> {
    std::fs::create_dir_all(&settings.data_dir).with_context(|| {
        format!(
            "the data folder {} cannot be made",
            settings.data_dir.display()
        )
    })?;
    let keyring = Keyring::open_or_create(&settings.master_key()).context("the master key")?;
    let store = Store::open(&settings.database()?, keyring)
        .await
        .context("the database cannot be opened")?;
    store
        .migrate()
        .await
        .context("the database could not be brought up to this version")?;
    Ok(store)
}

/// Wires everything. `sandbox` stands in for the marketplace at `yandex_url` when it is given.
pub async fn wire(
    settings: &Settings,
    sandbox: Option<Sandbox>,
    yandex_url: &str,
) -> anyhow::Result<Wiring> {
    let store = open_store(settings).await?;
    let hub = Hub::new(&store)
        .await
        .context("changes of other processes cannot be heard")?;
    let clock: Arc<dyn Clock> = match &sandbox {
        Some(sandbox) => Arc::new(SandboxClock(sandbox.clone())),
        None => Arc::new(SystemClock),
    };
    let limits: Arc<dyn Limits> = Arc::new(store.clone());
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let market = YandexMarket::new(
        &yandex::Settings::at(yandex_url),
        limits,
        Arc::clone(&clock),
        Arc::clone(&entropy),
    )
    .context("the marketplace's client cannot be made")?;
    let samples = sandbox
        .clone()
        .map(|sandbox| Arc::new(SandboxSamples(sandbox)) as Arc<dyn Samples>);
    let desk = Arc::new(Desk::new(Outside {
        storage: Arc::new(store.clone()),
        market: Arc::new(market),
        clock,
        entropy,
        events: Arc::new(hub.clone()),
        samples,
        sign_up_open: settings.sign_up_open(),
        public_url: settings.address(),
        verifications_per_hour: settings.verifications_per_hour,
    }));
    Ok(Wiring {
        desk,
        sandbox,
        hub,
        store,
    })
}

/// Brings the database up to this version and says what was done.
pub async fn migrate(settings: &Settings) -> anyhow::Result<String> {
    open_store(settings).await?.close().await;
    Ok("the database is of this version".to_owned())
}

/// Makes an organisation with its owner.
pub async fn create_user(
    settings: &Settings,
    organisation: &str,
    email: &str,
    password: &str,
) -> anyhow::Result<()> {
    let wiring = wire(settings, None, &settings.yandex_url).await?;
    wiring
        .desk
        .create_owner(organisation, email, password)
        .await?;
    wiring.store.close().await;
    Ok(())
}

/// Whether the settings ask for the sandbox.
pub(crate) fn wants_sandbox(settings: &Settings) -> bool {
    settings.sandbox == Switch::On
}
