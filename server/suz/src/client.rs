//! The one place where requests are made.

use crate::{
    answer::{self, Body, Verdict},
    hidden::Hidden,
    pace::{Paces, Turn},
    patience,
    settings::{Settings, SetupError},
    transport::{chain, install_tls_provider, read, transport},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use desk::{
    server::ports::{
        call::CallError,
        clock::Clock,
        limits::{LimitKey, Limits},
    },
    suz::{ConnectionId, Contour, Country, OmsId, Service},
    time::Timestamp,
};
use http::{
    HeaderMap, HeaderValue, Method,
    header::{ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE},
};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::{
    error::Error,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::time::Instant;

/// Profiles, balances and lists of devices take a few kilobytes.
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;

/// Who is counted for a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Account<'a> {
    /// A company in СУЗ.
    Company(&'a OmsId),
    /// A participant of ГИС МТ that is known by its bearer alone.
    Bearer(&'a SecretString),
    /// A device that signs in.
    Device(&'a ConnectionId),
    /// Nobody yet: a login that has not told its name.
    Nobody,
}

impl Account<'_> {
    /// The name that limits are remembered by: a few characters of a hash, because an OMS ID, a connection id and a
    /// token are not for logs and tables.
    fn name(self, contour: Contour) -> String {
        let contour = contour.as_str();
        match self {
            Self::Company(oms_id) => format!("company:{contour}:{}", hashed(&oms_id.to_wire())),
            Self::Bearer(token) => format!("bearer:{contour}:{}", hashed(token.expose_secret())),
            Self::Device(device) => format!("device:{contour}:{}", hashed(&device.to_wire())),
            Self::Nobody => format!("nobody:{contour}"),
        }
    }
}

fn hashed(secret: &str) -> String {
    let hash = Sha256::digest(secret);
    URL_SAFE_NO_PAD.encode(hash.get(..9).unwrap_or_default())
}

/// What a call shows at the door.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pass<'a> {
    /// Nothing.
    Open,
    /// True API's bearer.
    Bearer(&'a SecretString),
    /// СУЗ's `clientToken`.
    Client(&'a SecretString),
    /// The operator's `X-RegistrationKey`.
    Registration(&'a SecretString),
}

impl<'a> Pass<'a> {
    const fn secret(self) -> Option<&'a SecretString> {
        match self {
            Self::Open => None,
            Self::Bearer(secret) | Self::Client(secret) | Self::Registration(secret) => {
                Some(secret)
            }
        }
    }
}

/// One call.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    /// How logs call it.
    pub(crate) name: &'static str,
    /// In which world.
    pub(crate) contour: Contour,
    /// To which host.
    pub(crate) service: Service,
    /// HTTP method.
    pub(crate) method: &'a Method,
    /// The path after `/api/v3`, one segment an entry.
    pub(crate) path: &'a [&'a str],
    /// The query.
    pub(crate) query: &'a [(&'a str, &'a str)],
    /// What it shows at the door.
    pub(crate) pass: Pass<'a>,
    /// The exact bytes of the JSON body.
    pub(crate) body: Option<&'a [u8]>,
    /// A detached signature over these bytes: CMS in base64.
    pub(crate) signature: Option<&'a str>,
    /// Who is counted for it.
    pub(crate) account: Account<'a>,
}

impl Call<'_> {
    /// What their words may quote of it and nobody else shall read.
    fn hidden(&self) -> Hidden {
        let secret = self.pass.secret().map(ExposeSecret::expose_secret);
        let account = match self.account {
            Account::Company(oms_id) => Some(oms_id.to_wire()),
            Account::Device(device) => Some(device.to_wire()),
            Account::Bearer(_) | Account::Nobody => None,
        };
        let ids = self.query.iter().map(|(_, value)| *value);
        Hidden::of(ids.chain(secret).chain(account.as_deref()))
    }
}

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
        let started = Instant::now();
        let outcome = self.attempt(call).await;
        tracing::debug!(
            call = call.name,
            contour = call.contour.as_str(),
            duration_ms = started.elapsed().as_millis(),
            outcome = outcome.as_ref().map_or_else(kind_of, |_| "answered"),
            "called Честный ЗНАК",
        );
        let (http, body) = outcome?;
        answer::decode(http, &body.bytes)
    }

    async fn attempt(&self, call: &Call<'_>) -> Result<(u16, Body), CallError> {
        let request = self.build(call)?;
        let limit = LimitKey {
            account: call.account.name(call.contour),
            resource: call.service.as_str(),
        };
        self.turn(call, &limit).await?;
        let response = self
            .http(request.url())?
            .execute(request)
            .await
            .map_err(transport)?;
        let http = response.status().as_u16();
        let pause = patience::of(response.headers(), self.now());
        let body = read(response, LONGEST_ANSWER).await?;
        match answer::classify(http, &body, &call.hidden()) {
            Verdict::Good => Ok((http, body)),
            Verdict::Failed(error) => Err(error),
            Verdict::Wait => {
                let until = pause;
                self.remember(&limit, until).await;
                Err(CallError::Limited { until })
            }
        }
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

fn headers(call: &Call<'_>) -> Result<HeaderMap, CallError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    if call.body.is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    match call.pass {
        Pass::Open => {}
        Pass::Bearer(token) => {
            let words = SecretString::from(format!("Bearer {}", token.expose_secret()));
            headers.insert(AUTHORIZATION, sensitive("the bearer", &words)?);
        }
        Pass::Client(token) => {
            headers.insert("clientToken", sensitive("the token", token)?);
        }
        Pass::Registration(key) => {
            headers.insert("X-RegistrationKey", sensitive("the registration key", key)?);
        }
    }
    if let Some(signature) = call.signature {
        let line = HeaderValue::from_str(&one_line(signature)?)
            .map_err(|_| unsendable("the signature"))?;
        headers.insert("X-Signature", line);
    }
    Ok(headers)
}

fn sensitive(what: &str, secret: &SecretString) -> Result<HeaderValue, CallError> {
    let mut value = HeaderValue::from_str(secret.expose_secret()).map_err(|_| unsendable(what))?;
    value.set_sensitive(true);
    Ok(value)
}

fn unsendable(what: &str) -> CallError {
    CallError::Argument(format!("{what} has characters that no header carries"))
}

/// Base64 in one line: keepers of keys like to wrap it, and СУЗ takes no wrapped one.
pub(crate) fn one_line(signature: &str) -> Result<String, CallError> {
    let line: String = signature.split_ascii_whitespace().collect();
    let lawful = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if line.is_empty() || !line.bytes().all(lawful) {
        return Err(CallError::Argument(
            "the signature is not base64".to_owned(),
        ));
    }
    Ok(line)
}

/// The kind alone, for logs: their words may quote an id.
const fn kind_of(error: &CallError) -> &'static str {
    match error {
        CallError::NotSent(_) => "not sent",
        CallError::NoAnswer(_) => "no answer",
        CallError::Refused(_) => "refused",
        CallError::Limited { .. } => "limited",
        CallError::NotUnderstood { .. } => "not understood",
        CallError::Argument(_) => "argument",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_shows_nothing_of_what_it_is_named_by() {
        let oms_id: OmsId = "67ad4640-c4d4-4d1b-8d2f-3f1f2e3d4c5b".parse().unwrap();
        let device: ConnectionId = "0cc2e4b0-5e2a-4d1c-9d5c-5a6b7c8d9e0f".parse().unwrap();
        let token = SecretString::from("eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
        for (account, kind) in [
            (Account::Company(&oms_id), "company:test:"),
            (Account::Device(&device), "device:test:"),
            (Account::Bearer(&token), "bearer:test:"),
        ] {
            let name = account.name(Contour::Test);
            let hash = name.strip_prefix(kind).unwrap();
            assert_eq!(hash.len(), 12);
            assert!(!hash.contains("67ad") && !hash.contains("eyJ"));
            assert_ne!(name, account.name(Contour::Production));
        }
        assert_eq!(Account::Nobody.name(Contour::Sandbox), "nobody:sandbox");
    }

    #[test]
    fn a_wrapped_signature_becomes_one_line_and_what_is_none_is_refused() {
        assert_eq!(one_line("MIIB\r\nAA+/\r\n== "), Ok("MIIBAA+/==".into()));
        for odd in ["", " \r\n", "-----BEGIN CMS-----", "подпись", "MIIB\u{0}"] {
            assert!(
                matches!(one_line(odd), Err(CallError::Argument(_))),
                "{odd:?}"
            );
        }
    }
}
