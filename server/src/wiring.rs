//! Putting the rooms together.

use crate::{
    clock::{SandboxClock, SystemClock, SystemEntropy},
    events::Hub,
    press::LabelPress,
    samples::SandboxSamples,
    settings::{Settings, Switch},
};
use anyhow::Context as _;
use desk::server::{
    Desk, Outside, Samples,
    ports::{
        clock::{Clock, Entropy},
        limits::Limits,
        stock::RUN_CODES,
    },
    suz::Suz,
};
use sandbox::Sandbox;
use secrecy::SecretString;
use signing::ServerSigners;
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
    wire_in_runs(settings, sandbox, yandex_url, RUN_CODES).await
}

/// The same, with answers full of codes kept in runs of so many: few, where it is to be seen what becomes of one that
/// breaks off between two of them.
pub async fn wire_in_runs(
    settings: &Settings,
    sandbox: Option<Sandbox>,
    yandex_url: &str,
    run_codes: usize,
) -> anyhow::Result<Wiring> {
    let station = sandbox.is_some().then_some(yandex_url);
    wire_with(settings, sandbox, yandex_url, station, run_codes).await
}

/// Wires a command that works beside a running `serve`, whose sandbox is another process's: reached by its address, if it
/// has a fixed one, and kept to by the machine's own clock.
pub(crate) async fn wire_command(settings: &Settings) -> anyhow::Result<Wiring> {
    let reachable = wants_sandbox(settings) && settings.sandbox_addr.port() != 0;
    let sandbox = reachable.then(|| format!("http://{}", settings.sandbox_addr));
    let market = sandbox.as_deref().unwrap_or(&settings.yandex_url);
    wire_with(settings, None, market, sandbox.as_deref(), RUN_CODES).await
}

async fn wire_with(
    settings: &Settings,
    sandbox: Option<Sandbox>,
    yandex_url: &str,
    station: Option<&str>,
    run_codes: usize,
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
        Arc::clone(&limits),
        Arc::clone(&clock),
        Arc::clone(&entropy),
    )
    .context("the marketplace's client cannot be made")?;
    let suz = suz_of(settings, station, &limits, &clock)?;
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
        suz,
        press: Arc::new(LabelPress::new().context("the fonts of labels")?),
        verifications_per_hour: settings.verifications_per_hour,
        run_codes,
    }));
    Ok(Wiring {
        desk,
        sandbox,
        hub,
        store,
    })
}

/// СУЗ, True API and the keys that sign for them; the sandbox's contour and the demo key only where it runs.
fn suz_of(
    settings: &Settings,
    sandbox: Option<&str>,
    limits: &Arc<dyn Limits>,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<Suz> {
    let mut hosts = suz::Hosts::built_in().context("the table of hosts")?;
    if let Some(path) = &settings.hosts {
        let file = std::fs::read_to_string(path)
            .with_context(|| format!("the file of hosts {} cannot be read", path.display()))?;
        hosts = hosts
            .overridden_by(&file)
            .with_context(|| format!("the file of hosts {}", path.display()))?;
    }
    let mut signers = match &settings.signers {
        Some(path) => ServerSigners::read(path)
            .with_context(|| format!("the file of signers {}", path.display()))?,
        None => ServerSigners::none(),
    };
    if let Some(address) = sandbox {
        hosts = hosts.with_sandbox(address).context("the sandbox")?;
        signers = signers.with_demo_key();
    }
    let api = suz::Suz::new(
        suz::Settings::of(hosts),
        Arc::clone(limits),
        Arc::clone(clock),
    )
    .context("the client of СУЗ cannot be made")?;
    let api = Arc::new(api);
    Ok(Suz {
        ordering: Arc::clone(&api) as _,
        api,
        signers: Arc::new(signers),
        registration_key: settings
            .suz_registration_key
            .clone()
            .filter(|key| !key.is_empty())
            .map(SecretString::from),
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
