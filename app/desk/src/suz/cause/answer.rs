//! What a call's failure means.

use crate::{submission::TheirWords, suz::Contour};
use serde::{Deserialize, Serialize};

/// A call of this half of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuzCall {
    /// True API `GET auth/key`.
    AuthKey,
    /// True API `POST auth/simpleSignIn/{omsConnection}`.
    ClientSignIn,
    /// True API `POST auth/simpleSignIn`.
    TrueApiSignIn,
    /// True API, balances of the product groups.
    Balance,
    /// СУЗ `GET ping`.
    Ping,
    /// СУЗ `GET integration/profile`.
    Profile,
    /// Registration service, `integration/connection` of any method.
    Devices,
}

/// How a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// They said no.
    Refused(TheirWords),
    /// No answer came: not resolved, not connected, cut off, or too late.
    NoAnswer {
        /// Words of the network.
        trouble: String,
    },
    /// The answer is not what the protocol promises.
    NotUnderstood {
        /// What was met, without secrets.
        what: String,
    },
    /// Nothing could be signed.
    NotSigned {
        /// Words of the signing command or key.
        trouble: String,
    },
}

/// What is known about the connection when a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Where it happened.
    pub contour: Contour,
    /// Whether the list of devices has the one that was used; unknown without a registration key.
    pub device_listed: Option<bool>,
    /// Whether calls with the token of that login worked before.
    pub worked_before: bool,
    /// Whether the certificate that signed has expired.
    pub certificate_expired: bool,
}

/// Whether a text speaks of a digest that is not the body's.
pub(super) fn digest_differs(text: &str) -> bool {
    text.contains("message-digest")
}
