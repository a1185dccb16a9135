//! СУЗ (the Order Management Station) and True API (which signs in to it), as the rules see them.
//!
//! Nothing here is repeated by the client: whether a call may be made again is decided by whoever asks. A refusal
//! carries their words as they are: of СУЗ `globalErrors[]` and `fieldErrors[]`, of True API `error_message` with
//! `code` where there is one.

use super::call::CallError;
use crate::{
    legal_entity::Inn,
    suz::{Balance, ConnectionId, Contour, OmsId, SuzProfile},
    time::Timestamp,
};
use async_trait::async_trait;
use secrecy::SecretString;

/// What True API wants signed before it lets anybody in (`auth/key`). It is good for one login, for a few minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its name.
    pub uuid: String,
    /// The text whose ASCII bytes are signed, attached.
    pub data: String,
}

/// A challenge that was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedChallenge<'a> {
    /// The challenge's name.
    pub uuid: &'a str,
    /// CMS with the challenge inside it, base64 in one line.
    pub signature: &'a str,
    /// For whom a natural person with a machine-readable power of attorney acts; nobody else may say it.
    pub on_behalf_of: Option<&'a Inn>,
}

/// A token that was just given.
#[derive(Clone, Debug)]
pub struct FreshToken {
    /// The token: `token`, or `uuidToken` where only that is given.
    pub value: SecretString,
    /// `expireDate`, when they say one; else ten hours are meant.
    pub expires: Option<Timestamp>,
}

/// What `integration/profile` tells of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The company's OMS ID.
    pub oms_id: OmsId,
    /// Its state and its product groups.
    pub facts: SuzProfile,
}

/// What `ping` tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pong {
    /// Whose token it was.
    pub oms_id: OmsId,
    /// Version of the API.
    pub api_version: Option<String>,
    /// Version of the station.
    pub oms_version: Option<String>,
}

/// A device as the registration service lists it (`omsConnectionInfos[]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredDevice {
    /// Its connection id.
    pub connection: ConnectionId,
    /// `programName`.
    pub name: Option<String>,
    /// Where it stands.
    pub address: Option<String>,
    /// `vendorInn`.
    pub vendor_inn: Option<String>,
    /// `productVersion`.
    pub version: Option<String>,
}

/// The end of a registration of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
    /// `SUCCESS`.
    Made {
        /// The new connection id.
        connection: ConnectionId,
        /// The name it got.
        name: Option<String>,
    },
    /// `REJECTED`, with `rejectionReason`.
    Rejected(String),
}

/// A registration of a device, as it is sent.
#[derive(Clone, Copy, Debug)]
pub struct SignedRegistration<'a> {
    /// The company.
    pub oms_id: &'a OmsId,
    /// The operator's key (`X-RegistrationKey`).
    pub key: &'a SecretString,
    /// The exact body, made by [`SuzApi::registration_body`] and stored since.
    pub body: &'a [u8],
    /// CMS over these bytes, detached, base64 in one line.
    pub signature: &'a str,
}

/// СУЗ API v3 with True API's login (Russia), as far as connections, tokens and checks need it.
#[async_trait]
pub trait SuzApi: Send + Sync {
    /// Whether this contour can be reached from here at all: the sandbox's only while the sandbox runs.
    fn knows(&self, contour: Contour) -> bool;

    /// A challenge to sign (`GET <true-api>/auth/key`).
    async fn challenge(&self, contour: Contour) -> Result<Challenge, CallError>;

    /// A device's `clientToken` (`POST <true-api>/auth/simpleSignIn/{connection}`). Attempted once: an asking kills the
    /// device's former token, and a challenge is good for one.
    async fn sign_in_device(
        &self,
        contour: Contour,
        device: &ConnectionId,
        challenge: SignedChallenge<'_>,
    ) -> Result<FreshToken, CallError>;

    /// True API's own bearer (`POST <true-api>/auth/simpleSignIn`). Attempted once.
    async fn sign_in(
        &self,
        contour: Contour,
        challenge: SignedChallenge<'_>,
    ) -> Result<FreshToken, CallError>;

    /// The company's OMS ID and groups (`GET <suz>/integration/profile`), by True API's bearer.
    async fn profile(&self, contour: Contour, bearer: &SecretString) -> Result<Profile, CallError>;

    /// Balances by product group (`GET <true-api>/elk/product-groups/balance/all`), by True API's bearer.
    async fn balance(
        &self,
        contour: Contour,
        bearer: &SecretString,
    ) -> Result<Vec<Balance>, CallError>;

    /// Whether token and OMS ID agree (`GET <suz>/ping`).
    async fn ping(
        &self,
        contour: Contour,
        token: &SecretString,
        oms_id: &OmsId,
    ) -> Result<Pong, CallError>;

    /// Every device that was registered through the API (`GET <registration>/integration/connection`, all pages).
    async fn devices(
        &self,
        contour: Contour,
        token: &SecretString,
        oms_id: &OmsId,
    ) -> Result<Vec<RegisteredDevice>, CallError>;

    /// The exact body that registers a device, made once: stored, signed and sent as these bytes.
    fn registration_body(&self, address: &str, name: &str) -> Result<Vec<u8>, CallError>;

    /// Registers a device (`POST <registration>/integration/connection`). Attempted once: repeated, it makes another.
    async fn register_device(
        &self,
        contour: Contour,
        registration: SignedRegistration<'_>,
    ) -> Result<Registration, CallError>;

    /// Deletes a device (`DELETE <registration>/integration/connection`); false when they say `success: false`.
    async fn delete_device(
        &self,
        contour: Contour,
        token: &SecretString,
        oms_id: &OmsId,
        device: &ConnectionId,
    ) -> Result<bool, CallError>;
}
