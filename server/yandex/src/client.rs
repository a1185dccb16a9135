//! The one place where requests are made.

use crate::{
    answer::{self, Body, Verdict},
    budget::{Budget, Wait},
    meter::{Leave, Memory, Meters, UnderWay},
    places::{Place, Places},
    settings::{Settings, SetupError},
    transport::{chain, install_tls_provider, read, transport},
};
use desk::{
    ids::{BusinessId, CampaignId},
    server::ports::{
        clock::{Clock, Entropy},
        limits::{LimitKey, Limits},
        market::CallError,
    },
    time::Timestamp,
};
use http::{
    HeaderValue, Method,
    header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE},
};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use std::{error::Error, sync::Arc, time::Duration};
use tokio::time::Instant;

/// The largest request body that the Market takes (512 KB).
const LONGEST_REQUEST: usize = 512 * 1024;

/// A page of 50 orders takes a few hundred kilobytes; more than this is no answer to any of our questions.
const LONGEST_ANSWER: usize = 8 * 1024 * 1024;

/// How many times a read is repeated when it brought no answer.
const REPETITIONS: u32 = 2;

/// Writes a request of ours, if the Market would take one so long.
pub(crate) fn fitting(request: &impl Serialize) -> Result<Vec<u8>, CallError> {
    let body =
        serde_json::to_vec(request).map_err(|error| CallError::Argument(error.to_string()))?;
    take_size(body.len())?;
    Ok(body)
}

fn take_size(size: usize) -> Result<(), CallError> {
    if size > LONGEST_REQUEST {
        return Err(CallError::Argument(format!(
            "the body has {size} bytes, the Market takes {LONGEST_REQUEST}"
        )));
    }
    Ok(())
}

/// Whose budget a call spends: the Market counts by the id in the path, else by the key's cabinet.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Account {
    /// `/campaigns/{id}/…`.
    Campaign(CampaignId),
    /// `/businesses/{id}/…`.
    Business(BusinessId),
    /// Everything else.
    Key,
}

impl Account {
    /// The name that limits are remembered by. A key is named by its last four characters, as on its page.
    fn name(self, key: &SecretString) -> String {
        match self {
            Self::Campaign(id) => format!("campaign:{id}"),
            Self::Business(id) => format!("business:{id}"),
            Self::Key => {
                let length = key.expose_secret().chars().count();
                let ending: String = if length > 8 {
                    key.expose_secret().chars().skip(length - 4).collect()
                } else {
                    String::new()
                };
                format!("key:…{ending}")
            }
        }
    }
}

/// Whether a call may be repeated here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It changes nothing.
    Reads,
    /// It changes something: one attempt, and whoever called finds out what became of it.
    Writes,
}

/// One call.
pub(crate) struct Call<'a> {
    /// HTTP method.
    pub(crate) method: Method,
    /// The path, one segment an entry.
    pub(crate) path: &'a [&'a str],
    /// The query.
    pub(crate) query: &'a [(&'a str, &'a str)],
    /// The JSON body.
    pub(crate) body: Option<&'a [u8]>,
    /// Whose budget it spends.
    pub(crate) account: Account,
    /// Which budget it spends.
    pub(crate) resource: &'static str,
    /// How much of it.
    pub(crate) cost: u64,
    /// Whether it may be repeated.
    pub(crate) effect: Effect,
}

/// The HTTP client with everything that all calls share.
pub(crate) struct Client {
    http: reqwest::Client,
    base: Url,
    retry_pause: Duration,
    limits: Arc<dyn Limits>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    places: Places,
    meters: Meters,
}

impl Client {
    /// Makes the HTTP client.
    pub(crate) fn new(
        settings: &Settings,
        limits: Arc<dyn Limits>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, SetupError> {
        let base = settings.url()?;
        install_tls_provider();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("metka/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .http1_only()
            .pool_max_idle_per_host(0);
        if base.scheme() == "http" {
            // A stand-in on this machine: no proxy may see its key, and no CA certificates are needed.
            builder = builder.no_proxy().tls_certs_only([]);
        }
        Ok(Self {
            http: builder.build()?,
            base,
            retry_pause: settings.retry_pause,
            limits,
            clock,
            entropy,
            places: Places::default(),
            meters: Meters::default(),
        })
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Makes a call and decodes its answer. Reads that brought no answer are repeated, writes never.
    pub(crate) async fn request<T: DeserializeOwned>(
        &self,
        key: &SecretString,
        call: &Call<'_>,
    ) -> Result<T, CallError> {
        let (http, body) = self.file(key, call, LONGEST_ANSWER).await?;
        answer::decode(http, &body)
    }

    /// Makes a call whose answer is a file of so many bytes at most; its errors are JSON as ever.
    pub(crate) async fn file(
        &self,
        key: &SecretString,
        call: &Call<'_>,
        longest: usize,
    ) -> Result<(u16, Vec<u8>), CallError> {
        take_size(call.body.map_or(0, <[u8]>::len))?;
        let mut repeated = 0;
        loop {
            let started = Instant::now();
            let outcome = self.attempt(key, call, longest).await;
            tracing::debug!(
                method = %call.method,
                resource = call.resource,
                repeated,
                duration_ms = started.elapsed().as_millis(),
                outcome = outcome.as_ref().map_or_else(kind_of, |_| "answered"),
                "called Yandex Market",
            );
            match outcome {
                Ok((http, body)) => return Ok((http, body.bytes)),
                Err(CallError::NotSent(_) | CallError::NoAnswer(_))
                    if call.effect == Effect::Reads && repeated < REPETITIONS =>
                {
                    tokio::time::sleep(self.pause_before_repetition(repeated)).await;
                    repeated += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// One attempt: sends when the budget allows it, and learns of the budget by the answer.
    async fn attempt(
        &self,
        key: &SecretString,
        call: &Call<'_>,
        longest: usize,
    ) -> Result<(u16, Body), CallError> {
        let limit = LimitKey {
            account: call.account.name(key),
            resource: call.resource,
        };
        let (_place, under_way) = self.turn(&limit, call.cost).await?;
        let request = self.build(key, call)?;
        let response = self.http.execute(request).await.map_err(transport)?;
        let http = response.status().as_u16();
        let budget = Budget::of(response.headers());
        under_way.answered(&budget, self.now());
        let body = read(response, longest).await;
        let now = self.now();
        if let Some(until) = budget.spent_until(now) {
            self.remember(&limit, until).await;
        }
        let body = body?;
        match answer::classify(http, &body, &budget, now) {
            Verdict::Good => Ok((http, body)),
            Verdict::Failed(error) => Err(error),
            Verdict::Wait(Wait::Until(until)) => {
                self.meters.of(&limit).close(until, now);
                self.remember(&limit, until).await;
                Err(CallError::Limited { until })
            }
            Verdict::Wait(Wait::Shortly) => {
                let until = now.plus_millis(self.short_pause_millis());
                if budget.remaining == Some(0) {
                    // Their hour is not over by their clock, but by ours: others need not find that out too.
                    self.meters.of(&limit).close(until, now);
                }
                Err(CallError::Limited { until })
            }
        }
    }

    /// Waits for a place and for the budget's word. Whoever waits for the budget holds no place: calls of other
    /// resources go on.
    async fn turn(
        &self,
        limit: &LimitKey,
        cost: u64,
    ) -> Result<(Option<Place>, UnderWay), CallError> {
        let meter = self.meters.of(limit);
        loop {
            let place = self.places.take(&limit.account, limit.resource).await;
            let change = meter.change();
            match meter.leave(cost, self.now()) {
                Leave::Now(under_way, Memory::Skip) => return Ok((place, under_way)),
                Leave::Now(under_way, Memory::Ask) => {
                    let now = self.now();
                    let blocked = self.limits.blocked_until(limit, now).await;
                    let Some(until) = blocked.map_err(|error| {
                        CallError::NotSent(format!("the limits cannot be read: {error}"))
                    })?
                    else {
                        return Ok((place, under_way));
                    };
                    meter.close(until, now);
                    return Err(CallError::Limited { until });
                }
                Leave::NotBefore(until) => return Err(CallError::Limited { until }),
                Leave::Later => {
                    drop(place);
                    change.await;
                }
            }
        }
    }

    fn build(&self, key: &SecretString, call: &Call<'_>) -> Result<reqwest::Request, CallError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| CallError::Argument("the base address takes no path".to_owned()))?
            .pop_if_empty()
            .extend(call.path);
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(call.query);
        }
        let mut secret = HeaderValue::from_str(key.expose_secret()).map_err(|_| {
            CallError::Argument("the key has characters that no header carries".to_owned())
        })?;
        secret.set_sensitive(true);
        let mut request = self
            .http
            .request(call.method.clone(), url)
            .header("Api-Key", secret)
            .header(CONNECTION, "close");
        if let Some(body) = call.body {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_vec());
        } else if call.method != Method::GET {
            // Without a length some servers refuse a POST that has no body.
            request = request
                .header(CONTENT_TYPE, "application/json")
                .header(CONTENT_LENGTH, "0");
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
                "a used-up limit could not be remembered",
            );
        }
    }

    /// 1 to 3 seconds.
    fn short_pause_millis(&self) -> i64 {
        1_000 + i64::from(self.share(2_000))
    }

    fn pause_before_repetition(&self, repeated: u32) -> Duration {
        let least = self.retry_pause.saturating_mul(1 << repeated);
        let most = u32::try_from(least.as_millis()).unwrap_or(u32::MAX);
        least + Duration::from_millis(self.share(most).into())
    }

    /// A random number from 0 to `most`; the most when the system gives no randomness, because waiting longer is
    /// always right here.
    fn share(&self, most: u32) -> u32 {
        let mut bytes = [u8::MAX; 4];
        match self.entropy.fill(&mut bytes) {
            Ok(()) => {
                let part =
                    u64::from(u32::from_le_bytes(bytes)) * u64::from(most) / u64::from(u32::MAX);
                u32::try_from(part).unwrap_or(most)
            }
            Err(_) => most,
        }
    }
}

/// The kind alone, for logs: their words may quote a code.
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
    fn an_account_never_names_the_whole_key() {
        let name = |key: &str| Account::Key.name(&SecretString::from(key.to_owned()));
        assert_eq!(name("ACMA:0123456789abcdef:12ab34cd"), "key:…34cd");
        assert_eq!(name("12345678"), "key:…");
        assert_eq!(
            Account::Campaign(CampaignId(7)).name(&SecretString::from("k".to_owned())),
            "campaign:7"
        );
        assert_eq!(
            Account::Business(BusinessId(8)).name(&SecretString::from("k".to_owned())),
            "business:8"
        );
    }
}
