//! What the store keeps of СУЗ: links of legal entities with their devices, tokens, documents to sign.

mod documents;

pub use documents::{Content, Document, DocumentState, Signature, SuzDocuments, UnknownState};

use super::storage::StoreError;
use crate::{
    account::{Email, Role},
    ids::{DeviceId, LegalEntityId, OrganisationId, SuzConnectionId, UserId},
    journal::Action,
    suz::{
        Balance, Certificate, CheckReport, ConnectionId, Contour, DeviceState, OmsId, SigningWay,
        SuzProfile, TokenKind, Why,
    },
    time::Timestamp,
};
use async_trait::async_trait;
use secrecy::SecretString;

/// What the servers said of the company when they were asked last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// State and product groups.
    pub profile: SuzProfile,
    /// Money by product group; empty when it could not be read.
    pub balances: Vec<Balance>,
    /// When.
    pub at: Timestamp,
}

/// A legal entity's link as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuzConnection {
    /// Ours.
    pub id: SuzConnectionId,
    /// Whose.
    pub legal_entity: LegalEntityId,
    /// Where.
    pub contour: Contour,
    /// OMS ID, once it is known.
    pub oms_id: Option<OmsId>,
    /// The profile told it; nobody typed it.
    pub oms_id_told: bool,
    /// ЭДО id, kept beside.
    pub edo_id: Option<String>,
    /// How it signs.
    pub way: SigningWay,
    /// The certificate that signed last.
    pub certificate: Option<Certificate>,
    /// Who accepted that static tokens of other programs end with the first login, and when.
    pub accepted: Option<(UserId, Timestamp)>,
    /// What the servers said of the company.
    pub told: Option<Told>,
    /// The last check, as far as it came, and when it was begun.
    pub check: Option<(CheckReport, Timestamp)>,
}

/// A device as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Ours.
    pub id: DeviceId,
    /// Its connection.
    pub connection: SuzConnectionId,
    /// How people call it.
    pub name: String,
    /// «Идентификатор соединения».
    pub their_id: ConnectionId,
    /// What it is to us.
    pub state: DeviceState,
    /// Whether the servers' list had it when it was read last.
    pub listed: Option<bool>,
    /// Who brought it; nobody when the servers' list did.
    pub added_by: Option<UserId>,
    /// When.
    pub added_at: Timestamp,
    /// When it was retired.
    pub retired_at: Option<Timestamp>,
}

/// Somebody who knows ids of a connection: saw them, or brought one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knower {
    /// The person.
    pub user: UserId,
    /// The person's address.
    pub email: Email,
    /// What the person is in the organisation now; none when the membership ended.
    pub role: Option<Role>,
}

/// One thing that somebody did with the ids of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Who.
    pub user: UserId,
    /// What.
    pub action: Action,
    /// When.
    pub at: Timestamp,
}

/// Links of legal entities and their devices.
#[async_trait]
pub trait SuzConnections {
    /// Links in use, oldest first.
    async fn suz_connections(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<SuzConnection>, StoreError>;
    /// One link in use.
    async fn suz_connection(
        &mut self,
        organisation: OrganisationId,
        id: SuzConnectionId,
    ) -> Result<Option<SuzConnection>, StoreError>;
    /// Locks a link until the end of the transaction, so that whoever changes its devices or tokens goes one after
    /// another. False when there is none in use.
    async fn lock_suz(
        &mut self,
        organisation: OrganisationId,
        id: SuzConnectionId,
    ) -> Result<bool, StoreError>;
    /// Adds a link. False when the legal entity has one in this contour, by a constraint of the database itself.
    async fn add_suz_connection(
        &mut self,
        organisation: OrganisationId,
        connection: &SuzConnection,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Writes everything of a link but whose it is and where. The check is not written: see [`Self::save_suz_check`].
    async fn save_suz_connection(
        &mut self,
        organisation: OrganisationId,
        connection: &SuzConnection,
    ) -> Result<(), StoreError>;
    /// Writes the report of a check.
    async fn save_suz_check(
        &mut self,
        organisation: OrganisationId,
        id: SuzConnectionId,
        report: &CheckReport,
        began: Timestamp,
    ) -> Result<(), StoreError>;
    /// Retires a link: its tokens are destroyed, what waits for a signature is dropped; devices stay to be recognised.
    async fn retire_suz_connection(
        &mut self,
        organisation: OrganisationId,
        id: SuzConnectionId,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Devices of all links in use, retired devices included, oldest first.
    async fn suz_devices(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<Device>, StoreError>;
    /// Devices of one link: the active one first, then by age.
    async fn suz_devices_of(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<Device>, StoreError>;
    /// Adds a device. False when the link has one of this id, or an active one while this is active.
    async fn add_suz_device(
        &mut self,
        organisation: OrganisationId,
        device: &Device,
    ) -> Result<bool, StoreError>;
    /// Writes name, state and what the servers' list said of a device. One that is made active finds the former active
    /// one parallel or retired already: there is one at most.
    async fn save_suz_device(
        &mut self,
        organisation: OrganisationId,
        device: &Device,
    ) -> Result<(), StoreError>;
    /// Notes what somebody did with the ids of a link.
    async fn note_suz_act(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        act: &Act,
    ) -> Result<(), StoreError>;
    /// What was done with the ids of a link, newest first.
    async fn suz_acts(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        limit: u32,
    ) -> Result<Vec<(Act, Email)>, StoreError>;
    /// Everybody who ever did something with the ids of a link or brought one of its devices, by address.
    async fn suz_knowers(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<Knower>, StoreError>;
    /// Members of an organisation with what they are there, by address.
    async fn members(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<(UserId, Email, Role)>, StoreError>;
}

/// A door that a token opens: СУЗ for a device, True API for the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    /// СУЗ, by this device's `clientToken`.
    Suz(DeviceId),
    /// True API, by the bearer of this link.
    TrueApi(SuzConnectionId),
}

impl Door {
    /// Which kind of token opens it.
    pub const fn kind(self) -> TokenKind {
        match self {
            Self::Suz(_) => TokenKind::Client,
            Self::TrueApi(_) => TokenKind::TrueApi,
        }
    }

    /// Whose the token is, in words: the subject of its login's document.
    pub fn holder(self) -> String {
        match self {
            Self::Suz(device) => device.to_string(),
            Self::TrueApi(connection) => connection.to_string(),
        }
    }
}

/// A token that was not refused so far; it may be past its end.
#[derive(Clone, Debug)]
pub struct KeptToken {
    /// Its value.
    pub value: SecretString,
    /// A hash of the value, by which it is told from the tokens before and after it.
    pub fingerprint: String,
    /// When it was given.
    pub obtained_at: Timestamp,
    /// Its end.
    pub ends_at: Timestamp,
    /// Whether a call with it succeeded.
    pub worked: bool,
}

/// What is kept of a door.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// Which.
    pub door: Door,
    /// Of which link.
    pub connection: SuzConnectionId,
    /// The token.
    pub token: Option<KeptToken>,
    /// Until when somebody may be logging in.
    pub claimed_until: Option<Timestamp>,
    /// Logins that ended, well or not.
    pub logins: i64,
    /// Tokens in a row that were refused soon after they had been given.
    pub early_ends: i64,
    /// Since when a person's signature is wanted.
    pub waits_since: Option<Timestamp>,
    /// Why the last login failed.
    pub failure: Option<Why>,
    /// Whether it is of no use to try again before somebody changes something.
    pub stopped: bool,
}

/// Tokens, sealed at rest.
#[async_trait]
pub trait SuzTokens {
    /// What is kept of a door; none before anybody wanted it.
    async fn suz_token(
        &mut self,
        organisation: OrganisationId,
        door: Door,
    ) -> Result<Option<TokenRow>, StoreError>;
    /// What is kept of every door of a link.
    async fn suz_tokens_of(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<TokenRow>, StoreError>;
    /// Makes a door known, and locks it until the end of the transaction.
    async fn lock_suz_token(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        door: Door,
    ) -> Result<(), StoreError>;
    /// Claims the login for `by` until a moment. False when somebody else holds the claim, when a token reaches beyond
    /// `unless_beyond`, or when logins are stopped: of callers in all processes one at most succeeds.
    async fn claim_suz_login(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        by: &str,
        now: Timestamp,
        until: Timestamp,
        unless_beyond: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Ends a login well: the token is kept and nothing waits any more. False when the claim was lost meanwhile; then
    /// nothing is kept.
    async fn keep_suz_token(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        by: &str,
        token: &KeptToken,
    ) -> Result<bool, StoreError>;
    /// Ends a login badly. False when the claim was lost meanwhile; then nothing is written.
    async fn fail_suz_login(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        by: &str,
        failure: &Why,
        stopped: bool,
    ) -> Result<bool, StoreError>;
    /// Forgets a token that was refused, unless another has taken its place. False when it has. One that was given after
    /// `young_since` counts among those that ended early.
    async fn kill_suz_token(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        fingerprint: &str,
        young_since: Timestamp,
        failure: &Why,
    ) -> Result<bool, StoreError>;
    /// Stops logins of a door until [`Self::let_suz_login`]; its token, if there is one, is forgotten.
    async fn stop_suz_login(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        failure: &Why,
    ) -> Result<(), StoreError>;
    /// Notes that a call with the token succeeded.
    async fn suz_token_worked(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        fingerprint: &str,
    ) -> Result<(), StoreError>;
    /// Notes since when a person's signature is wanted, if nobody noted it yet.
    async fn wait_for_signature(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        since: Timestamp,
    ) -> Result<(), StoreError>;
    /// Lets logins of a link, or those through one door alone, be tried again after they were stopped or refused, because
    /// something was changed or a person asks.
    async fn let_suz_login(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        only: Option<Door>,
    ) -> Result<(), StoreError>;
    /// Forgets the tokens of a link, or that of one door alone: ids were changed, a device was retired.
    async fn forget_suz_tokens(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        only: Option<Door>,
    ) -> Result<(), StoreError>;
    /// Notes that a job stands still until a token of the link lives.
    async fn add_suz_waiter(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        kind: &str,
        subject: &str,
    ) -> Result<(), StoreError>;
    /// Takes the notes of [`Self::add_suz_waiter`] away: kind and subject of each.
    async fn take_suz_waiters(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<(String, String)>, StoreError>;
}
