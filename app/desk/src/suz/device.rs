//! «Устройства» of СУЗ: one for each program of the company.

use super::{ids::MaskedId, token::TokenState, words::words};
use crate::{ids::DeviceId, time::When};
use serde::{Deserialize, Serialize};

words! {
    /// What a device is to us.
    DeviceState {
        /// The one that Metka logs in with. A connection has at most one.
        Active = "active",
        /// Kept beside the active one: the former program still uses it during a migration.
        Parallel = "parallel",
        /// Not used any more; kept so that its id is recognised when somebody pastes it again.
        Retired = "retired",
    }
}

/// A device on the connection's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    /// Ours.
    pub id: DeviceId,
    /// How people call it.
    pub name: String,
    /// «Идентификатор соединения», masked.
    pub connection: MaskedId,
    /// What it is to us.
    pub state: DeviceState,
    /// When it came here.
    pub added: When,
    /// Who brought it, by address; nobody when the servers' list brought it.
    pub added_by: Option<String>,
    /// Whoever brought it is not in the organisation any more, so that the id may be known outside.
    pub person_gone: bool,
    /// Whether the servers' list of devices had it when it was read last; unknown without a registration key.
    pub listed: Option<bool>,
    /// Its client token.
    pub token: TokenState,
}

/// A device as the servers list it (`omsConnectionInfos`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedDevice {
    /// «Идентификатор соединения», masked.
    pub connection: MaskedId,
    /// `programName`.
    pub program: String,
    /// `address`.
    pub address: String,
    /// Ours, when we know this device.
    pub known: Option<DeviceId>,
}
