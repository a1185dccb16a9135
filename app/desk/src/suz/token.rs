//! Tokens: how long they live and what a person must know about them. Values never come here.

use super::{certificate::SigningWay, words::words};
use crate::{suz::Why, time::Timestamp, time::When};
use serde::{Deserialize, Serialize};

words! {
    /// Which door a token opens.
    TokenKind {
        /// `clientToken` of СУЗ; belongs to one device, and a new one ends the one before.
        Client = "client",
        /// The bearer of True API: profile, balances, documents.
        TrueApi = "true_api",
    }
}

/// How long a token lives when its answer names no end, in milliseconds: ten hours.
pub const LIFE_MILLIS: i64 = 10 * 60 * 60 * 1000;

/// How long before the end a person is asked for the next signature, in milliseconds: one hour.
pub const NOTICE_MILLIS: i64 = 60 * 60 * 1000;

/// The state of a token on the screen; `T` is a [`Timestamp`] in rules and a [`When`] on pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenState<T = When> {
    /// No login yet.
    Never,
    /// It lives.
    Live {
        /// Until when.
        until: T,
    },
    /// It lives, but its end is near, and only a person can sign for the next one.
    SigningSoon {
        /// Until when it lives.
        until: T,
    },
    /// It is over, and the next one needs a person's signature.
    WaitsForSignature {
        /// Since when.
        since: T,
    },
    /// A login is under way.
    LoggingIn,
    /// The last login failed, and repeating it unchanged would fail again.
    Stopped {
        /// Why.
        why: Why,
    },
}

/// What is kept about a token, apart from its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenFacts {
    /// When the last token ends or ended.
    pub until: Option<Timestamp>,
    /// The servers refused it before its end.
    pub dead: bool,
    /// Since when a signature is needed.
    pub waits_since: Option<Timestamp>,
    /// Somebody holds the claim to log in.
    pub claimed: bool,
    /// Why the last login failed for good.
    pub stopped: Option<Why>,
}

impl TokenFacts {
    /// The state of the token at a moment, for a connection that signs in this way.
    pub fn state(&self, way: SigningWay, now: Timestamp) -> TokenState<Timestamp> {
        let by_person = way == SigningWay::Browser;
        match self.until {
            Some(until) if !self.dead && now < until => {
                if by_person && until.millis_since(now) <= NOTICE_MILLIS {
                    TokenState::SigningSoon { until }
                } else {
                    TokenState::Live { until }
                }
            }
            _ if self.claimed => TokenState::LoggingIn,
            _ if self.stopped.is_some() => self
                .stopped
                .clone()
                .map_or(TokenState::Never, |why| TokenState::Stopped { why }),
            until => match (by_person, self.waits_since.or(until)) {
                (true, Some(since)) => TokenState::WaitsForSignature { since },
                _ => TokenState::Never,
            },
        }
    }
}

impl<T> TokenState<T> {
    /// The same state with its moments seen another way.
    pub fn map<U>(self, mut seen: impl FnMut(T) -> U) -> TokenState<U> {
        match self {
            Self::Never => TokenState::Never,
            Self::Live { until } => TokenState::Live { until: seen(until) },
            Self::SigningSoon { until } => TokenState::SigningSoon { until: seen(until) },
            Self::WaitsForSignature { since } => {
                TokenState::WaitsForSignature { since: seen(since) }
            }
            Self::LoggingIn => TokenState::LoggingIn,
            Self::Stopped { why } => TokenState::Stopped { why },
        }
    }

    /// Whether a person should sign something now.
    pub const fn wants_signature(&self) -> bool {
        matches!(
            self,
            Self::SigningSoon { .. } | Self::WaitsForSignature { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suz::Cause;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn until(millis: i64) -> TokenFacts {
        TokenFacts {
            until: Some(NOW.plus_millis(millis)),
            ..TokenFacts::default()
        }
    }

    #[test]
    fn a_person_is_asked_an_hour_ahead_and_a_server_never() {
        let hour = until(NOTICE_MILLIS);
        assert_eq!(
            hour.state(SigningWay::Browser, NOW),
            TokenState::SigningSoon {
                until: NOW.plus_millis(NOTICE_MILLIS)
            }
        );
        for way in [SigningWay::Server, SigningWay::DemoKey] {
            assert!(matches!(hour.state(way, NOW), TokenState::Live { .. }));
        }
        assert!(matches!(
            until(NOTICE_MILLIS + 1).state(SigningWay::Browser, NOW),
            TokenState::Live { .. }
        ));
    }

    #[test]
    fn an_ended_token_waits_for_the_person_since_its_end() {
        assert_eq!(
            until(0).state(SigningWay::Browser, NOW),
            TokenState::WaitsForSignature { since: NOW }
        );
        let dead = TokenFacts {
            dead: true,
            waits_since: Some(NOW.plus_millis(-5)),
            ..until(LIFE_MILLIS)
        };
        assert_eq!(
            dead.state(SigningWay::Browser, NOW),
            TokenState::WaitsForSignature {
                since: NOW.plus_millis(-5)
            }
        );
        assert_eq!(
            until(0).state(SigningWay::Server, NOW),
            TokenState::Never,
            "the next call logs in by itself"
        );
    }

    #[test]
    fn a_login_under_way_and_a_failure_are_said_only_while_no_token_lives() {
        let why = Why::of(Cause::CertificateNotRegistered);
        let stopped = TokenFacts {
            stopped: Some(why.clone()),
            ..TokenFacts::default()
        };
        assert_eq!(
            stopped.state(SigningWay::Browser, NOW),
            TokenState::Stopped { why: why.clone() }
        );
        let claimed = TokenFacts {
            claimed: true,
            ..stopped
        };
        assert_eq!(
            claimed.state(SigningWay::Server, NOW),
            TokenState::LoggingIn
        );
        let live = TokenFacts {
            stopped: Some(why),
            claimed: true,
            ..until(LIFE_MILLIS)
        };
        assert!(matches!(
            live.state(SigningWay::Server, NOW),
            TokenState::Live { .. }
        ));
    }
}
