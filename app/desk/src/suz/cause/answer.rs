//! What a call's failure means.
//!
//! СУЗ publishes no list of its numeric codes, so that most causes are read from HTTP status and words. Words are
//! searched for by their stems without the first letter, which may be a capital.

use super::{Cause, Why};
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
    /// СУЗ `POST order`.
    Order,
    /// СУЗ, what tells of orders: `order/status`, `orders/search`, `documents/…`.
    Orders,
    /// СУЗ `GET codes`, `order/codes/blocks`, `order/codes/retry`.
    Codes,
    /// СУЗ `POST order/close`.
    Close,
}

impl SuzCall {
    const fn of_orders(self) -> bool {
        matches!(self, Self::Order | Self::Orders | Self::Codes | Self::Close)
    }

    const fn of_true_api(self) -> bool {
        matches!(
            self,
            Self::AuthKey | Self::ClientSignIn | Self::TrueApiSignIn | Self::Balance
        )
    }
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
    /// They ask to wait.
    Limited,
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
    /// Whether a call with the same token worked before.
    pub worked_before: bool,
    /// Whether the token's time is over.
    pub token_over: bool,
    /// Whether the certificate that signed has expired.
    pub certificate_expired: bool,
}

impl Setting {
    /// A connection of which nothing is known yet.
    pub const fn fresh(contour: Contour) -> Self {
        Self {
            contour,
            device_listed: None,
            worked_before: false,
            token_over: false,
            certificate_expired: false,
        }
    }
}

/// «Маркер безопасности … не соответствует указанному в запросе идентификатору СУЗ».
const FOREIGN_TOKEN: &str = "1140";

/// Where True API asks СУЗ for the token, as its own error names the place.
const SUZ_INSIDE: &str = "getTokenFromSuz";

/// How a call without an answer tells that an error of their own came in its place.
const OWN_ERROR: &str = "HTTP 500";

impl Why {
    /// What the failure of a call means, with the words that came with it.
    pub fn of_call(call: SuzCall, fault: Fault, setting: Setting) -> Self {
        let cause = Cause::of_call(call, &fault, setting);
        match fault {
            Fault::Refused(words) => Self {
                cause,
                words: Some(words),
                trouble: None,
            },
            Fault::Limited => Self::of(cause),
            Fault::NoAnswer { trouble }
            | Fault::NotSigned { trouble }
            | Fault::NotUnderstood { what: trouble } => Self {
                cause,
                words: None,
                trouble: Some(trouble),
            },
        }
    }
}

impl Cause {
    /// What the failure of a call means.
    pub fn of_call(call: SuzCall, fault: &Fault, setting: Setting) -> Self {
        match fault {
            Fault::NotSigned { .. } => Self::NoSigner,
            Fault::Limited => Self::TooFast,
            Fault::NoAnswer { trouble } if trouble.contains(SUZ_INSIDE) => Self::SuzSlowInside,
            Fault::NoAnswer { trouble } if trouble.starts_with(OWN_ERROR) => Self::TheirFault,
            Fault::NoAnswer { .. } if call.of_true_api() => Self::TrueApiUnreachable,
            Fault::NoAnswer { .. } => Self::SuzUnreachable,
            // Whatever answers there does not speak this version of the protocol: a page, an old stand.
            Fault::NotUnderstood { .. } => Self::OldApi,
            Fault::Refused(words) => by_words(call, words, setting)
                .unwrap_or_else(|| by_status(call, words.http, setting)),
        }
    }
}

fn by_words(call: SuzCall, words: &TheirWords, setting: Setting) -> Option<Cause> {
    let says = |stem: &str| {
        words.errors.iter().any(|error| {
            error
                .message
                .as_deref()
                .is_some_and(|text| text.contains(stem))
        })
    };
    let code = |code: &str| words.errors.iter().any(|error| error.code == code);
    if code(FOREIGN_TOKEN) || says("аркер безопасности") {
        return Some(foreign_token(setting));
    }
    if says("message-digest") {
        return Some(Cause::BytesChanged);
    }
    if says("nvalid OMS ID") || says("nvalid omsId") {
        return Some(Cause::InvalidOmsId);
    }
    match call {
        SuzCall::AuthKey | SuzCall::TrueApiSignIn | SuzCall::ClientSignIn => {
            login(call, says, setting)
        }
        SuzCall::Devices if says("egistration") || says("егистрационн") => {
            Some(Cause::RegistrationKey)
        }
        _ => None,
    }
}

/// What True API says at a login.
fn login(call: SuzCall, says: impl Fn(&str) -> bool, setting: Setting) -> Option<Cause> {
    if says("UUID не найден") {
        Some(Cause::ChallengeOld)
    } else if says(SUZ_INSIDE) || says("timed-out") {
        Some(Cause::SuzSlowInside)
    } else if says("роверке подписи") {
        Some(if setting.certificate_expired {
            Cause::CertificateExpired
        } else {
            Cause::SignatureRefused
        })
    } else if says("ертификат") && (says("истек") || says("истёк")) {
        Some(Cause::CertificateExpired)
    } else if says("ертификат") || says("е зарегистрирован") {
        Some(Cause::CertificateNotRegistered)
    } else if says("оступ к ресурсу") {
        Some(Cause::SignerNotUser)
    } else if call == SuzCall::ClientSignIn
        && (says("оединени") || says("одключени") || says("стройств") || says("onnection"))
    {
        Some(Cause::OldDevice)
    } else if says("ИНН") {
        Some(Cause::AttorneyInn)
    } else {
        None
    }
}

fn by_status(call: SuzCall, http: u16, setting: Setting) -> Cause {
    match http {
        413 => Cause::AttachedSignature,
        429 => Cause::TooFast,
        502..=504 if call.of_true_api() => Cause::TrueApiUnreachable,
        502..=504 => Cause::SuzUnreachable,
        500..=599 => Cause::TheirFault,
        401 if setting.token_over => Cause::TokenExpired,
        401 if setting.worked_before => Cause::TokenReplaced,
        400..=499 if call == SuzCall::ClientSignIn && setting.device_listed == Some(false) => {
            Cause::OldDevice
        }
        404 if call == SuzCall::ClientSignIn => Cause::OldDevice,
        // The order, the block or the document is not there, or another company's: their words tell which.
        404 if call.of_orders() => Cause::Other,
        404 => Cause::OldApi,
        401 => Cause::Unauthorised,
        403 if call == SuzCall::Devices => Cause::RegistrationKey,
        403 => Cause::SignerNotUser,
        _ => Cause::Other,
    }
}

/// A token that is not of the call's OMS ID. The id in upper case is another way to get here, but we never send one.
const fn foreign_token(setting: Setting) -> Cause {
    if setting.worked_before {
        Cause::TokenReplaced
    } else {
        Cause::TokenForeign
    }
}
