//! Tokens: getting one, using it, and coming back with another when it is refused.
//!
//! Of all callers in all processes one logs in, because an asking for a token kills the one before it: whoever holds
//! the claim in the database. The rest look at the row until it changes, for a bounded time. A token that is refused is
//! forgotten by its own fingerprint, so that a refusal that comes late does not take the next one along, and the call
//! is repeated once.

use super::{
    super::{
        Desk,
        jobs::{JobKind, keep_suz},
        ports::{
            call::CallError,
            clock::EntropyError,
            storage::{StoreError, Transaction},
            suz::{Door, KeptToken, TokenRow},
            suz_api::FreshToken,
        },
    },
    company::WATCH_EVERY,
    fault::{fault, refuses_token, setting},
    link::Link,
};
use crate::{
    ids::DocumentId,
    problem::Problem,
    suz::{
        Certificate, SigningWay, TokenKind, Why,
        cause::{Fault, Setting, SuzCall},
        token::LIFE_MILLIS,
    },
    time::Timestamp,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use std::time::Duration;

/// A token that ends sooner than this is as good as ended, in milliseconds.
const LEAST_LIFE: i64 = 30_000;
/// How long a claim holds, in milliseconds: longer than a login can last, and what a crash in the middle of one costs.
const CLAIM_MILLIS: i64 = 120_000;
/// A token that is refused within this time of being given, in milliseconds, was taken away by somebody.
const YOUNG_MILLIS: i64 = 3_600_000;
/// So many of them in a row are no chance: another program logs in with the same device.
const MOST_EARLY_ENDS: i64 = 3;
/// How often somebody who waits for a login looks, and for how long in all (some 20 s).
const LOOK_EVERY: Duration = Duration::from_millis(50);
const MOST_LOOKS: u32 = 400;

/// Why a call could not be made, or what it came to.
#[derive(Debug)]
pub(in crate::server) enum Shut {
    /// The next login needs a person's signature; what is to be signed stands in the queue.
    WaitsForSignature,
    /// Nobody accepted yet that static tokens of other programs end with the first login.
    NotAccepted,
    /// Somebody is logging in and did not come to an end in time.
    Busy,
    /// The login failed.
    NoLogin {
        /// Why.
        why: Why,
        /// Whether it is of no use to try again before somebody changes something.
        stopped: bool,
    },
    /// The call itself failed.
    Failed {
        /// How.
        error: CallError,
        /// What is known about the link and the token at that moment.
        setting: Setting,
    },
    /// Our own fault, or the link is not there any more.
    Problem(Problem),
}

impl From<Problem> for Shut {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for Shut {
    fn from(error: StoreError) -> Self {
        Self::Problem(error.into())
    }
}

impl From<EntropyError> for Shut {
    fn from(error: EntropyError) -> Self {
        Self::Problem(error.into())
    }
}

/// A hash of a token's value.
fn fingerprint(token: &SecretString) -> String {
    STANDARD.encode(Sha256::digest(token.expose_secret().as_bytes()))
}

/// The token of a row, if it lives at least a little.
pub(super) fn living(row: &TokenRow, now: Timestamp) -> Option<&KeptToken> {
    row.token
        .as_ref()
        .filter(|token| token.ends_at.millis_since(now) > LEAST_LIFE)
}

/// Which call a login is.
pub(super) const fn login_call(kind: TokenKind) -> SuzCall {
    match kind {
        TokenKind::Client => SuzCall::ClientSignIn,
        TokenKind::TrueApi => SuzCall::TrueApiSignIn,
    }
}

impl Desk {
    /// Makes a call through a door: with the token there is, or after a login; once more when the token is refused.
    pub(in crate::server) async fn through<T, F, A>(
        &self,
        link: &Link,
        door: Door,
        call: SuzCall,
        ask: F,
    ) -> Result<T, Shut>
    where
        F: Fn(SecretString) -> A + Send,
        A: Future<Output = Result<T, CallError>> + Send,
    {
        let first = self.open(link, door).await?;
        let error = match ask(first.value.clone()).await {
            Err(error) if refuses_token(&error) => error,
            Err(error) => return Err(self.failed(link, &first, error)),
            Ok(answer) => {
                self.note_worked(link, door, &first).await;
                return Ok(answer);
            }
        };
        let seen = self.setting_of(link, &first);
        let why = Why::of_call(call, fault(error), seen);
        self.kill(link, door, &first, &why).await?;
        let second = self.open(link, door).await?;
        match ask(second.value.clone()).await {
            Ok(answer) => {
                self.note_worked(link, door, &second).await;
                Ok(answer)
            }
            Err(error) => {
                if refuses_token(&error) {
                    let seen = self.setting_of(link, &second);
                    let why = Why::of_call(call, fault(error.clone()), seen);
                    self.stop(link, door, &why).await?;
                }
                Err(self.failed(link, &second, error))
            }
        }
    }

    /// A token that lives: the one there is, or that of a login which this caller or another one makes.
    pub(in crate::server) async fn open(&self, link: &Link, door: Door) -> Result<KeptToken, Shut> {
        let beyond = LEAST_LIFE;
        let mut logins = None;
        for _ in 0..MOST_LOOKS {
            let now = self.now();
            let row = self
                .read()
                .await?
                .suz_token(link.organisation, door)
                .await?;
            if let Some(row) = &row {
                if let Some(token) = living(row, now) {
                    return Ok(token.clone());
                }
                let failed_meanwhile = logins.is_some_and(|seen| seen < row.logins);
                if let Some(why) = row
                    .failure
                    .clone()
                    .filter(|_| row.stopped || failed_meanwhile)
                {
                    return Err(Shut::NoLogin {
                        why,
                        stopped: row.stopped,
                    });
                }
            }
            logins = logins.or(Some(row.as_ref().map_or(0, |row| row.logins)));
            let claimed = row
                .and_then(|row| row.claimed_until)
                .is_some_and(|until| until > now);
            if !claimed {
                if link.connection.accepted.is_none() {
                    return Err(Shut::NotAccepted);
                }
                if link.connection.way == SigningWay::Browser {
                    self.want_signature(link, door, None).await?;
                    return Err(Shut::WaitsForSignature);
                }
                if let Some(claim) = self.claim(link, door, beyond).await? {
                    return self.log_in(link, door, &claim).await;
                }
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Err(Shut::Busy)
    }

    /// Logs in anew although a token lives, if it ends within `beyond` milliseconds and nobody else is at it.
    pub(in crate::server) async fn refresh(
        &self,
        link: &Link,
        door: Door,
        beyond: i64,
    ) -> Result<(), Shut> {
        if let Some(claim) = self.claim(link, door, beyond).await? {
            self.log_in(link, door, &claim).await?;
        }
        Ok(())
    }

    /// Claims a login; the claim's name, unless somebody else was faster or a token lives longer than `beyond`.
    pub(super) async fn claim(
        &self,
        link: &Link,
        door: Door,
        beyond: i64,
    ) -> Result<Option<String>, Shut> {
        let claim = self.id(DocumentId::from_parts)?.to_string();
        let mut tx = self.write().await?;
        tx.lock_suz_token(link.organisation, link.id(), door)
            .await?;
        let now = self.now();
        let claimed = tx
            .claim_suz_login(
                link.organisation,
                door,
                &claim,
                now,
                now.plus_millis(CLAIM_MILLIS),
                now.plus_millis(beyond),
            )
            .await?;
        tx.commit().await?;
        Ok(claimed.then_some(claim))
    }

    /// Keeps what a login brought under its claim and lets go on whoever waited for it.
    pub(super) async fn keep(
        &self,
        link: &Link,
        door: Door,
        claim: &str,
        fresh: FreshToken,
        certificate: Option<&Certificate>,
    ) -> Result<KeptToken, Shut> {
        let now = self.now();
        let token = KeptToken {
            fingerprint: fingerprint(&fresh.value),
            value: fresh.value,
            obtained_at: now,
            ends_at: fresh.expires.unwrap_or(now.plus_millis(LIFE_MILLIS)),
            worked: false,
        };
        let mut tx = self.write().await?;
        // Whoever changes a link locks it before its tokens.
        tx.lock_suz(link.organisation, link.id()).await?;
        if !tx
            .keep_suz_token(link.organisation, door, claim, &token)
            .await?
        {
            tracing::warn!(connection = %link.id(), "a login lasted longer than its claim");
            return Err(Shut::Busy);
        }
        tx.drop_login(link.organisation, door, now).await?;
        if let Some(certificate) = certificate {
            note_certificate(&mut *tx, link, certificate).await?;
        }
        self.release_waiters(&mut *tx, link, now).await?;
        self.enqueue(
            &mut *tx,
            link.organisation,
            JobKind::KeepSuz,
            &link.id().to_string(),
            keep_suz::next(link.connection.way, &token, now),
        )
        .await?;
        self.enqueue(
            &mut *tx,
            link.organisation,
            JobKind::WatchSuz,
            &link.id().to_string(),
            now.plus_seconds(WATCH_EVERY),
        )
        .await?;
        tx.commit().await?;
        self.suz_changed(link);
        Ok(token)
    }

    /// Writes down why a login failed and gives its claim up.
    pub(super) async fn give_up(
        &self,
        link: &Link,
        door: Door,
        claim: &str,
        why: Why,
        stopped: bool,
    ) -> Result<Shut, Problem> {
        tracing::warn!(connection = %link.id(), kind = door.kind().as_str(), cause = why.cause.as_str(), stopped,
            "a login failed");
        let mut tx = self.write().await?;
        tx.fail_suz_login(link.organisation, door, claim, &why, stopped)
            .await?;
        tx.commit().await?;
        self.suz_changed(link);
        Ok(Shut::NoLogin { why, stopped })
    }

    /// A token that worked is told from one that never did. An answer is worth more than this note: it may be of an order
    /// that was just made, so a store that fails here takes nothing away from it.
    async fn note_worked(&self, link: &Link, door: Door, token: &KeptToken) {
        if let Err(shut) = self.worked(link, door, token).await {
            tracing::warn!(connection = %link.id(), ?shut, "that a token worked could not be noted");
        }
    }

    async fn worked(&self, link: &Link, door: Door, token: &KeptToken) -> Result<(), Shut> {
        if token.worked {
            return Ok(());
        }
        let mut tx = self.write().await?;
        tx.suz_token_worked(link.organisation, door, &token.fingerprint)
            .await?;
        Ok(tx.commit().await?)
    }

    async fn kill(
        &self,
        link: &Link,
        door: Door,
        token: &KeptToken,
        why: &Why,
    ) -> Result<(), Shut> {
        let young_since = self.now().plus_millis(-YOUNG_MILLIS);
        let mut tx = self.write().await?;
        let killed = tx
            .kill_suz_token(
                link.organisation,
                door,
                &token.fingerprint,
                young_since,
                why,
            )
            .await?;
        let row = tx.suz_token(link.organisation, door).await?;
        if killed && row.is_some_and(|row| row.early_ends >= MOST_EARLY_ENDS) {
            tx.stop_suz_login(link.organisation, door, why).await?;
        }
        tx.commit().await?;
        if killed {
            self.suz_changed(link);
        }
        Ok(())
    }

    async fn stop(&self, link: &Link, door: Door, why: &Why) -> Result<(), Shut> {
        let mut tx = self.write().await?;
        tx.stop_suz_login(link.organisation, door, why).await?;
        tx.commit().await?;
        self.suz_changed(link);
        Ok(())
    }

    fn failed(&self, link: &Link, token: &KeptToken, error: CallError) -> Shut {
        Shut::Failed {
            error,
            setting: self.setting_of(link, token),
        }
    }

    fn setting_of(&self, link: &Link, token: &KeptToken) -> Setting {
        let now = self.now();
        Setting {
            worked_before: token.worked,
            token_over: token.ends_at <= now,
            ..setting(link, now)
        }
    }
}

/// Keeps the certificate that signed last with its link.
pub(super) async fn note_certificate(
    tx: &mut dyn Transaction,
    link: &Link,
    certificate: &Certificate,
) -> Result<(), StoreError> {
    tx.lock_suz(link.organisation, link.id()).await?;
    let Some(mut connection) = tx.suz_connection(link.organisation, link.id()).await? else {
        return Ok(());
    };
    connection.certificate = Some(certificate.clone());
    tx.save_suz_connection(link.organisation, &connection).await
}

/// What a failed signing means.
pub(super) fn not_signed(error: &impl std::fmt::Display, link: &Link, now: Timestamp) -> Why {
    let fault = Fault::NotSigned {
        trouble: error.to_string(),
    };
    Why::of_call(SuzCall::AuthKey, fault, setting(link, now))
}
