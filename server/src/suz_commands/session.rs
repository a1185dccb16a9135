//! A command's program: wired, in a person's name, with jobs running while it waits.

use super::{args::Common, language::language};
use crate::{
    settings::Switch,
    wiring::{self, Wiring},
};
use anyhow::Context as _;
use app::commands;
use cis::Lang;
use desk::{account::Actor, ids::SuzConnectionId, problem::Problem, server::Desk};
use serde::Serialize;
use std::{
    fmt::Display,
    io::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::watch, task::JoinHandle};

/// How often what is waited for is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// A command's program.
pub(super) struct Session {
    wiring: Wiring,
    pub(super) actor: Actor,
    /// In which language people are told.
    pub(super) lang: Lang,
    json: bool,
    patience: Duration,
    stop: watch::Sender<bool>,
    jobs: Option<JoinHandle<()>>,
}

impl Session {
    pub(super) async fn open(common: &Common) -> anyhow::Result<Self> {
        let settings = &common.settings;
        let lang = language(common.lang);
        let wiring = wiring::wire_command(settings).await?;
        let actor = match wiring.desk.operator_as(&common.email).await {
            Err(Problem::NotFound | Problem::BadEmail) => {
                anyhow::bail!("{}", commands::nobody(&common.email, lang))
            }
            actor => actor?,
        };
        let (stop, stopped) = watch::channel(false);
        let patience = common.patience();
        let waits = settings.jobs == Switch::On && !patience.is_zero();
        let jobs = waits.then(|| {
            let owner = format!("{}:command", std::process::id());
            tokio::spawn(Arc::clone(&wiring.desk).run_jobs(owner, stopped))
        });
        Ok(Self {
            wiring,
            actor,
            lang,
            json: common.json,
            patience,
            stop,
            jobs,
        })
    }

    /// The use cases.
    pub(super) fn desk(&self) -> &Desk {
        &self.wiring.desk
    }

    /// Lets running jobs come to their end.
    pub(super) async fn close(self) {
        // Without jobs nobody hears it.
        let _ = self.stop.send(true);
        if let Some(jobs) = self.jobs
            && let Err(error) = jobs.await
        {
            tracing::error!(%error, "the job runner ended badly");
        }
        self.wiring.store.close().await;
    }

    /// Looks again and again, until there is an answer or time runs out.
    pub(super) async fn until<T>(
        &self,
        mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
    ) -> anyhow::Result<Option<T>> {
        let begun = Instant::now();
        loop {
            if let Some(answer) = look().await? {
                return Ok(Some(answer));
            }
            if begun.elapsed() >= self.patience {
                return Ok(None);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Whether the command may wait at all.
    pub(super) const fn waits(&self) -> bool {
        !self.patience.is_zero()
    }

    /// Prints an answer: as JSON, or as lines for people and `cut`.
    pub(super) fn say(&self, value: &impl Serialize, lines: impl Display) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        let said = if self.json {
            serde_json::to_writer(&mut out, value)
                .map_err(std::io::Error::from)
                .and_then(|()| writeln!(out))
        } else {
            writeln!(out, "{lines}")
        };
        said.and_then(|()| out.flush())
            .context("standard output is closed")
    }

    /// The connection that is meant: the only one, when none is named.
    pub(super) async fn connection(
        &self,
        named: Option<SuzConnectionId>,
    ) -> anyhow::Result<SuzConnectionId> {
        if let Some(id) = named {
            return Ok(id);
        }
        let page = self.desk().suz(&self.actor).await?;
        match page.connections.as_slice() {
            [only] => Ok(only.id),
            [] => anyhow::bail!("{}", commands::no_connection(self.lang)),
            several => {
                let ids: Vec<_> = several.iter().map(|card| card.id.to_string()).collect();
                anyhow::bail!("{}", commands::name_one(&ids.join(", "), self.lang))
            }
        }
    }
}
