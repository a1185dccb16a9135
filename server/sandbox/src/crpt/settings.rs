//! How the services of Честный ЗНАК feel today.

use serde::{Deserialize, Serialize};

use crate::wire_enum::wire_enum;

wire_enum! {
    /// Whether a service answers.
    pub enum Health {
        /// It does.
        Available = "AVAILABLE",
        /// It closes every connection without a byte.
        Unreachable = "UNREACHABLE",
    }
}

wire_enum! {
    /// Whether СУЗ answers True API, which asks it for device tokens.
    pub enum InnerCall {
        /// It does.
        Available = "AVAILABLE",
        /// It does not in time: signing in to СУЗ fails while True API is well.
        TimedOut = "TIMED_OUT",
    }
}

wire_enum! {
    /// In which members of the answer a token is told.
    pub enum TokenForm {
        /// `token`, as the documents have it.
        Token = "TOKEN",
        /// `uuidToken` and `expireDate` alone, as production was seen to answer.
        UuidToken = "UUID_TOKEN",
        /// `token`; with `unitedToken: true` in the request `uuidToken` and `expireDate` as well.
        Both = "BOTH",
    }
}

/// What can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// True API.
    pub true_api: Health,
    /// СУЗ.
    pub suz: Health,
    /// The registration of connections.
    pub registration: Health,
    /// СУЗ behind True API.
    pub suz_behind_true_api: InnerCall,
    /// How tokens are told.
    pub token_form: TokenForm,
    /// How long a challenge waits for its signature, milliseconds of world time.
    pub challenge_ms: i64,
    /// How long a token lives, milliseconds of world time.
    pub token_ms: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            true_api: Health::Available,
            suz: Health::Available,
            registration: Health::Available,
            suz_behind_true_api: InnerCall::Available,
            token_form: TokenForm::Token,
            challenge_ms: 5 * 60_000,
            token_ms: 10 * 3_600_000,
        }
    }
}

/// What to change; what is absent stays.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SettingsChange {
    /// True API.
    #[serde(default)]
    pub true_api: Option<Health>,
    /// СУЗ.
    #[serde(default)]
    pub suz: Option<Health>,
    /// The registration of connections.
    #[serde(default)]
    pub registration: Option<Health>,
    /// СУЗ behind True API.
    #[serde(default)]
    pub suz_behind_true_api: Option<InnerCall>,
    /// How tokens are told.
    #[serde(default)]
    pub token_form: Option<TokenForm>,
    /// How long a challenge waits for its signature, milliseconds of world time.
    #[serde(default)]
    pub challenge_ms: Option<i64>,
    /// How long a token lives, milliseconds of world time. For those given from now on.
    #[serde(default)]
    pub token_ms: Option<i64>,
}

impl Settings {
    pub(super) fn apply(&mut self, change: SettingsChange) {
        *self = Self {
            true_api: change.true_api.unwrap_or(self.true_api),
            suz: change.suz.unwrap_or(self.suz),
            registration: change.registration.unwrap_or(self.registration),
            suz_behind_true_api: change
                .suz_behind_true_api
                .unwrap_or(self.suz_behind_true_api),
            token_form: change.token_form.unwrap_or(self.token_form),
            challenge_ms: change.challenge_ms.unwrap_or(self.challenge_ms),
            token_ms: change.token_ms.unwrap_or(self.token_ms),
        };
    }
}
