#![doc = include_str!("../README.md")]

mod answer;
mod balance;
mod call;
mod client;
mod devices;
mod expiry;
mod hidden;
mod hosts;
mod login;
mod loose;
mod ordering;
mod pace;
mod patience;
mod ping;
mod profile;
mod settings;
mod stream;
mod transport;
mod words;

pub use hosts::{Hosts, HostsError};
pub use settings::{Settings, SetupError};

use async_trait::async_trait;
use client::Client;
use desk::{
    server::{
        ports::{
            call::CallError,
            clock::Clock,
            limits::Limits,
            suz_api::{
                Challenge, FreshToken, Pong, Profile, RegisteredDevice, Registration,
                SignedChallenge, SignedRegistration, SuzApi,
            },
        },
        suz::groups,
    },
    suz::{Balance, ConnectionId, Contour, OmsId},
};
use secrecy::SecretString;
use std::sync::Arc;

/// СУЗ and True API, spoken to over HTTP.
///
/// One object serves every contour and every company: token and ids come with each call, limits are counted per company
/// and participant.
pub struct Suz {
    client: Client,
}

impl Suz {
    /// Makes the client; nothing is sent yet.
    pub fn new(
        settings: Settings,
        limits: Arc<dyn Limits>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SetupError> {
        Ok(Self {
            client: Client::new(settings, limits, clock)?,
        })
    }
}

#[async_trait]
impl SuzApi for Suz {
    fn knows(&self, contour: Contour) -> bool {
        self.client.knows(contour)
    }

    async fn challenge(&self, contour: Contour) -> Result<Challenge, CallError> {
        login::challenge(&self.client, contour).await
    }

    async fn sign_in_device(
        &self,
        contour: Contour,
        device: &ConnectionId,
        challenge: SignedChallenge<'_>,
    ) -> Result<FreshToken, CallError> {
        login::sign_in(&self.client, contour, Some(device), challenge).await
    }

    async fn sign_in(
        &self,
        contour: Contour,
        challenge: SignedChallenge<'_>,
    ) -> Result<FreshToken, CallError> {
        login::sign_in(&self.client, contour, None, challenge).await
    }

    async fn profile(&self, contour: Contour, bearer: &SecretString) -> Result<Profile, CallError> {
        profile::profile(&self.client, contour, bearer).await
    }

    async fn balance(
        &self,
        contour: Contour,
        bearer: &SecretString,
    ) -> Result<Vec<Balance>, CallError> {
        balance::balance(&self.client, contour, bearer).await
    }

    async fn ping(
        &self,
        contour: Contour,
        token: &SecretString,
        oms_id: &OmsId,
    ) -> Result<Pong, CallError> {
        ping::ping(&self.client, contour, token, oms_id).await
    }

    async fn devices(
        &self,
        contour: Contour,
        token: &SecretString,
        oms_id: &OmsId,
    ) -> Result<Vec<RegisteredDevice>, CallError> {
        devices::all(&self.client, contour, token, oms_id).await
    }

    fn registration_body(&self, address: &str, name: &str) -> Result<Vec<u8>, CallError> {
        devices::body(address, name)
    }

    async fn register_device(
        &self,
        contour: Contour,
        registration: SignedRegistration<'_>,
    ) -> Result<Registration, CallError> {
        devices::register(&self.client, contour, registration).await
    }

    async fn delete_device(
        &self,
        contour: Contour,
        token: &SecretString,
        oms_id: &OmsId,
        device: &ConnectionId,
    ) -> Result<bool, CallError> {
        devices::delete(&self.client, contour, token, oms_id, device).await
    }
}
