//! How a call to somebody else's service can fail.

use crate::{submission::TheirWords, time::Timestamp};

/// Why a call brought no result. The kinds never mix, because each wants another act.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The request surely did not reach them: no connection, no name. Safe to repeat.
    #[error("not sent: {0}")]
    NotSent(String),
    /// It may have reached them: a time-out, a dropped connection, a 5xx. Unknown until asked.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// They said no.
    #[error("refused with HTTP {}", .0.http)]
    Refused(TheirWords),
    /// They ask to wait; nothing was done.
    #[error("limited until {until:?}")]
    Limited {
        /// When the budget is renewed.
        until: Timestamp,
    },
    /// They answered, and the answer makes no sense: where in it, never the body itself. A write is unknown.
    #[error("HTTP {http}, not understood at {at}")]
    NotUnderstood {
        /// HTTP status.
        http: u16,
        /// The path inside the answer and what was wrong there.
        at: String,
    },
    /// Our own argument cannot be sent; nothing left.
    #[error("cannot be sent: {0}")]
    Argument(String),
}

impl CallError {
    /// Whether a write that ended so may have been done.
    pub const fn leaves_unknown(&self) -> bool {
        matches!(self, Self::NoAnswer(_) | Self::NotUnderstood { .. })
    }
}
