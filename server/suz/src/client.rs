//! The one place where requests are made.

use crate::{
    answer::{self, Body, Verdict},
    call::{Call, headers},
    pace::{Paces, Turn},
    patience,
    settings::{Settings, SetupError},
    transport::{chain, install_tls_provider, read, transport},
};
use desk::{
    server::ports::{
        call::CallError,
        clock::Clock,
        code_ordering::CodesError,
        limits::{LimitKey, Limits},
    },
    suz::{Contour, Country, Service},
    time::Timestamp,
};
use reqwest::{Response, Url};
use serde::de::DeserializeOwned;
use std::{
    error::Error,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::time::Instant;

/// Profiles, balances and lists of devices take a few kilobytes.
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;

/// The HTTP client with everything that all calls share.
pub(crate) struct Client {
    /// For stand-ins on this machine: no proxy may see their tokens, and no CA certificates are needed.
    plain: reqwest::Client,
    /// For the world outside; made when it is first needed, because it asks the system for its CA certificates.
    secure: OnceLock<Result<reqwest::Client, String>>,
    settings: Settings,
    limits: Arc<dyn Limits>,
    clock: Arc<dyn Clock>,
    paces: Paces,
}

impl Client {
    /// Makes the client; nothing is sent yet.
    pub(crate) fn new(
        settings: Settings,
        limits: Arc<dyn Limits>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SetupError> {
        install_tls_provider();
        Ok(Self {
            plain: builder(&settings).no_proxy().tls_certs_only([]).build()?,
            secure: OnceLock::new(),
            settings,
            limits,
            clock,
            paces: Paces::default(),
        })
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whether a contour has hosts.
    pub(crate) fn knows(&self, contour: Contour) -> bool {
        self.settings.hosts.knows(Country::Russia, contour)
    }

    /// Makes a call, once, and decodes its answer.
    pub(crate) async fn request<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
    ) -> Result<T, CallError> {
        let (http, body) = self.bytes(call, LONGEST_ANSWER).await?;
        answer::decode(http, &body)
    }

    /// Makes a call, once; the body of its good answer, as it came.
    pub(crate) async fn bytes(
        &self,
        call: &Call<'_>,
        longest: usize,
    ) -> Result<(u16, Vec<u8>), CallError> {
        let answered = async {
            let answer = self.open(call, self.settings.timeout).await?;
            self.whole(call, answer, longest).await
        };
        let (http, body) = self.told(call, answered).await?;
        Ok((http, body.bytes))
    }

    /// Makes a call, once, whose answer is read while it arrives: nothing of its body is read here.
    pub(crate) async fn open(
        &self,
        call: &Call<'_>,
        longest: Duration,
    ) -> Result<Response, CallError> {
        let mut request = self.build(call)?;
        *request.timeout_mut() = Some(longest);
        self.turn(call, &call.limit()).await?;
        let answer = self.http(request.url())?.execute(request);
        self.in_time(answer).await?.map_err(transport)
    }

    /// What there is to say of an answer once its body is there.
    pub(crate) async fn judge(
        &self,
        call: &Call<'_>,
        http: u16,
        pause: Timestamp,
        body: &Body,
    ) -> Result<(), CallError> {
        match answer::classify(http, body, &call.hidden()) {
            Verdict::Good => Ok(()),
            Verdict::Failed(error) => Err(error),
            Verdict::Wait => {
                let until = pause;
                self.remember(&call.limit(), until).await;
                Err(CallError::Limited { until })
            }
        }
    }

    /// Reads an answer to its end and judges it.
    pub(crate) async fn whole(
        &self,
        call: &Call<'_>,
        answer: Response,
        longest: usize,
    ) -> Result<(u16, Body), CallError> {
        let http = answer.status().as_u16();
        let pause = self.pause(&answer);
        let body = read(answer, longest).await?;
        self.judge(call, http, pause, &body).await?;
        Ok((http, body))
    }

    /// Until when they ask to wait, should this be an answer that asks it.
    pub(crate) fn pause(&self, answer: &Response) -> Timestamp {
        patience::of(answer.headers(), self.now())
    }

    /// Waits for one step of an answer as long as a whole call may take.
    pub(crate) async fn in_time<T>(&self, step: impl Future<Output = T>) -> Result<T, CallError> {
        let waited = tokio::time::timeout(self.settings.timeout, step).await;
        waited.map_err(|_| CallError::NoAnswer("time-out".to_owned()))
    }

    /// Writes a call into the log, by name and kind alone.
    pub(crate) async fn told<T, E>(
        &self,
        call: &Call<'_>,
        answered: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E>
    where
        E: Kind,
    {
        let started = Instant::now();
        let outcome = answered.await;
        tracing::debug!(
            call = call.name,
            contour = call.contour.as_str(),
            duration_ms = started.elapsed().as_millis(),
            outcome = outcome.as_ref().map_or_else(Kind::kind, |_| "answered"),
            "called Честный ЗНАК",
        );
        outcome
    }

    /// Asks the memory that all processes share, then waits for this process's own turn.
    async fn turn(&self, call: &Call<'_>, limit: &LimitKey) -> Result<(), CallError> {
        let blocked = self.limits.blocked_until(limit, self.now()).await;
        let blocked = blocked
            .map_err(|error| CallError::NotSent(format!("the limits cannot be read: {error}")))?;
        if let Some(until) = blocked {
            return Err(CallError::Limited { until });
        }
        let per_second = match call.service {
            Service::TrueApi => self.settings.true_api_per_second,
            Service::Suz | Service::Registration | Service::Mdlp => self.settings.suz_per_second,
        };
        let apart = Duration::from_secs(1) / per_second.get();
        match self.paces.take(&limit.account, apart, Instant::now()) {
            Turn::At(moment) => tokio::time::sleep_until(moment).await,
            Turn::NotWithin(wait) => {
                let millis = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
                return Err(CallError::Limited {
                    until: self.now().plus_millis(millis),
                });
            }
        }
        Ok(())
    }

    fn http(&self, url: &Url) -> Result<&reqwest::Client, CallError> {
        if url.scheme() == "http" {
            return Ok(&self.plain);
        }
        self.secure
            .get_or_init(|| {
                let made = builder(&self.settings).build();
                made.map_err(|error| format!("the HTTP client cannot be made: {}", chain(&error)))
            })
            .as_ref()
            .map_err(|words| CallError::NotSent(words.clone()))
    }

    fn build(&self, call: &Call<'_>) -> Result<reqwest::Request, CallError> {
        let host = self
            .settings
            .hosts
            .address(Country::Russia, call.contour, call.service);
        let mut url = host.cloned().ok_or_else(|| {
            CallError::Argument(format!("{} has no host here", call.contour.as_str()))
        })?;
        url.path_segments_mut()
            .map_err(|()| CallError::Argument("the address takes no path".to_owned()))?
            .pop_if_empty()
            .extend(["api", "v3"])
            .extend(call.path);
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(call.query);
        }
        let mut request = self
            .plain
            .request(call.method.clone(), url)
            .headers(headers(call)?);
        if let Some(body) = call.body {
            request = request.body(body.to_vec());
        }
        request
            .build()
            .map_err(|error| CallError::Argument(chain(&error.without_url())))
    }

    /// Failing to remember costs one refused call later, so it must not hide the answer that is at hand.
    async fn remember(&self, limit: &LimitKey, until: Timestamp) {
        if let Err(error) = self.limits.block(limit, until).await {
            tracing::error!(
                error = &error as &dyn Error,
                account = limit.account,
                resource = limit.resource,
                "a limit could not be remembered",
            );
        }
    }
}

/// Every call opens a connection of its own: one that was kept open may be closed by the other side at the very moment a
/// write leaves, and then nobody knows what became of it.
fn builder(settings: &Settings) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("metka/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(settings.connect_timeout)
        .timeout(settings.timeout)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .http1_only()
        .pool_max_idle_per_host(0)
}

/// The kind of a failure alone, for logs: its words may quote an id.
pub(crate) trait Kind {
    /// In two or three words.
    fn kind(&self) -> &'static str;
}

impl Kind for CallError {
    fn kind(&self) -> &'static str {
        match self {
            Self::NotSent(_) => "not sent",
            Self::NoAnswer(_) => "no answer",
            Self::Refused(_) => "refused",
            Self::Limited { .. } => "limited",
            Self::NotUnderstood { .. } => "not understood",
            Self::Argument(_) => "argument",
        }
    }
}

impl Kind for CodesError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Call(error) => error.kind(),
            Self::Store(_) => "not kept",
        }
    }
}
