//! From what a call came to, to what it means.

use super::{super::ports::call::CallError, link::Link};
use crate::{
    suz::{
        Why,
        cause::{Fault, Setting, SuzCall},
    },
    time::Timestamp,
};

/// How a call failed, in the words by which causes are told apart.
pub(super) fn fault(error: CallError) -> Fault {
    match error {
        CallError::NotSent(trouble) | CallError::NoAnswer(trouble) => Fault::NoAnswer { trouble },
        CallError::Refused(words) => Fault::Refused(words),
        CallError::Limited { .. } => Fault::Limited,
        CallError::NotUnderstood { http, at } => Fault::NotUnderstood {
            what: format!("HTTP {http}: {at}"),
        },
        CallError::Argument(what) => Fault::NotUnderstood { what },
    }
}

/// Whether an answer says that the token is no good: 401, or СУЗ's 1140 under any status.
pub(super) fn refuses_token(error: &CallError) -> bool {
    match error {
        CallError::Refused(words) => {
            words.http == 401 || words.errors.iter().any(|error| error.code == "1140")
        }
        _ => false,
    }
}

/// What is known of a link when a call fails.
pub(super) fn setting(link: &Link, now: Timestamp) -> Setting {
    Setting {
        device_listed: link.active().and_then(|device| device.listed),
        certificate_expired: link
            .connection
            .certificate
            .as_ref()
            .is_some_and(|certificate| certificate.until <= now),
        ..Setting::fresh(link.connection.contour)
    }
}

/// What a failed call of a link means.
pub(super) fn why(link: &Link, call: SuzCall, error: CallError, now: Timestamp) -> Why {
    Why::of_call(call, fault(error), setting(link, now))
}

/// Whether a login that failed so would fail again unchanged: they said no, and not for a while only.
pub(super) fn is_final(error: &CallError) -> bool {
    match error {
        CallError::Refused(words) => {
            (400..500).contains(&words.http) && !matches!(words.http, 408 | 425 | 429)
        }
        CallError::Argument(_) => true,
        CallError::NotSent(_)
        | CallError::NoAnswer(_)
        | CallError::NotUnderstood { .. }
        | CallError::Limited { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::{TheirError, TheirWords};

    fn refused(http: u16, code: &str) -> CallError {
        CallError::Refused(TheirWords {
            http,
            errors: vec![TheirError {
                code: code.into(),
                message: None,
            }],
        })
    }

    #[test]
    fn a_token_is_refused_by_401_and_by_1140() {
        assert!(refuses_token(&refused(401, "")));
        assert!(refuses_token(&refused(400, "1140")));
        assert!(!refuses_token(&refused(400, "1010")));
        assert!(!refuses_token(&refused(403, "")));
        assert!(!refuses_token(&CallError::NoAnswer("401".into())));
    }

    #[test]
    fn only_a_no_of_theirs_is_final() {
        assert!(is_final(&refused(400, "")));
        assert!(is_final(&refused(403, "")));
        assert!(!is_final(&refused(429, "")));
        assert!(!is_final(&refused(500, "")));
        assert!(!is_final(&CallError::NoAnswer("reset".into())));
    }
}
