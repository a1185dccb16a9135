//! A participant of the turnover of goods: a company or sole proprietor with what it has in СУЗ and True API.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{
    cms::SignerCertificate,
    ids::{Inn, OmsConnection, OmsId},
};
use crate::{received::last_four, wire_enum::wire_enum};

wire_enum! {
    /// How a company stands in СУЗ, `profileStatus`.
    pub enum ProfileStatus {
        /// It works.
        Active = "ACTIVE",
        /// Locked.
        Locked = "LOCKED",
        /// Suspended.
        Suspended = "SUSPENDED",
    }
}

wire_enum! {
    /// How a company stands in a product group.
    pub enum GroupState {
        /// It works with the group.
        Active = "ACTIVE",
        /// The group is among `lockedProductGroups`.
        Locked = "LOCKED",
        /// The group is among `blockedProductGroups`.
        Blocked = "BLOCKED",
    }
}

/// A token. Printing it shows the last four characters only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    /// Takes a text as a token.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The whole token.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({})", last_four(&self.0))
    }
}

/// A token that was given, with its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GivenToken {
    /// The token.
    pub value: Token,
    /// When it was given, world time, milliseconds since the Unix epoch.
    pub given_ms: i64,
    /// When it ends.
    pub until_ms: i64,
}

/// How a company stands in a product group and with its money for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Its state.
    pub state: GroupState,
    /// Money on the account of the group, kopecks; `None`: there is no account.
    #[serde(default)]
    pub balance: Option<i64>,
}

/// One «устройство» of a company: an installation of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// Its «идентификатор соединения».
    pub oms_connection: OmsConnection,
    /// Its name; unique among the living devices of the company.
    pub name: String,
    /// Where it stands.
    #[serde(default)]
    pub address: Option<String>,
    /// Whether it has been deleted: nobody signs in by it any more.
    #[serde(default)]
    pub deleted: bool,
    /// Its token without an end, from before dynamic ones.
    #[serde(default)]
    pub static_token: Option<Token>,
    /// Its one token.
    #[serde(default)]
    pub token: Option<GivenToken>,
    /// Tokens that newer ones have put out, the last few, oldest first.
    #[serde(default)]
    pub replaced: Vec<Token>,
    /// How many tokens it was given, by whomever.
    #[serde(default)]
    pub given: u32,
}

/// A certificate whose owner is a user of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisteredCertificate {
    /// SHA-256 of its DER, hexadecimal, in lower case.
    pub fingerprint: String,
    /// The owner's name.
    pub owner: String,
    /// The owner's ИНН as the certificate says it.
    #[serde(default)]
    pub inn: Option<String>,
    /// The first moment it is good, milliseconds since the Unix epoch.
    pub not_before_ms: i64,
    /// The last moment it is good.
    pub not_after_ms: i64,
}

impl RegisteredCertificate {
    pub(super) fn of(certificate: &SignerCertificate) -> Self {
        Self {
            fingerprint: certificate.fingerprint(),
            owner: certificate.name(),
            inn: certificate.inn(),
            not_before_ms: certificate.not_before_ms(),
            not_after_ms: certificate.not_after_ms(),
        }
    }
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Participant {
    /// Its number in True API, `organisationId`.
    pub organisation_id: i64,
    /// Its ИНН.
    pub inn: Inn,
    /// Its name.
    pub name: String,
    /// Its OMS ID.
    pub oms_id: OmsId,
    /// How it stands in СУЗ.
    pub profile_status: ProfileStatus,
    /// Its product groups, by alias.
    pub groups: BTreeMap<String, Group>,
    /// Its devices, deleted ones too.
    pub devices: Vec<Device>,
    /// The certificates of its users.
    #[serde(default)]
    pub certificates: Vec<RegisteredCertificate>,
    /// Whether the demo key in a certificate with this ИНН is a user.
    pub demo_key: bool,
    /// Whether a dynamic token was used: static ones are of no use since.
    #[serde(default)]
    pub static_tokens_ended: bool,
    /// The tokens of True API, oldest first. A new one does not put out the others.
    #[serde(default)]
    pub bearers: Vec<GivenToken>,
}

impl Participant {
    /// Its living device of this connection id.
    pub fn live_device(&self, connection: &str) -> Option<&Device> {
        self.devices
            .iter()
            .find(|one| !one.deleted && one.oms_connection.as_str() == connection)
    }

    pub(super) fn live_device_mut(&mut self, connection: &str) -> Option<&mut Device> {
        self.devices
            .iter_mut()
            .find(|one| !one.deleted && one.oms_connection.as_str() == connection)
    }

    /// Whether the owner of this certificate is a user of the company.
    pub(super) fn has_user(&self, certificate: &SignerCertificate) -> bool {
        let fingerprint = certificate.fingerprint();
        let registered = self
            .certificates
            .iter()
            .any(|one| one.fingerprint == fingerprint);
        let is_demo = || {
            certificate.is_of_demo_key() && certificate.inn().as_deref() == Some(self.inn.as_str())
        };
        registered || (self.demo_key && is_demo())
    }
}
