//! Signing where the program runs: the operator's command bound to an organisation, and the demo key. A person's own key
//! signs in the browser and comes here only to be read.

use crate::{
    ids::OrganisationId,
    legal_entity::LegalEntity,
    suz::{Certificate, SignatureKind},
    time::Timestamp,
};
use async_trait::async_trait;

/// Where the key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyPlace {
    /// Behind the command that the operator's file binds to the organisation.
    Server,
    /// The demo key, which only the sandbox takes.
    Demo,
}

/// For whom something is signed.
#[derive(Clone, Copy, Debug)]
pub struct Signatory<'a> {
    /// The organisation; a command bound to another one is never run for it.
    pub organisation: OrganisationId,
    /// The legal entity: a file may bind an organisation's entities, told apart by ИНН, to keys of their own.
    pub entity: &'a LegalEntity,
    /// Which key.
    pub place: KeyPlace,
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningError {
    /// The operator bound no key to this organisation and entity, or there is no sandbox for the demo key.
    #[error("no key is bound")]
    NotBound,
    /// The command did not end in time and was stopped.
    #[error("the signing command took longer than {seconds} s")]
    TimedOut {
        /// How long it was given.
        seconds: u64,
    },
    /// The command could not be begun, or said that it failed.
    #[error("the signing command failed: {said}")]
    Failed {
        /// Its words; nothing of the key or the environment.
        said: String,
    },
    /// What came out is no CMS signature of the asked kind.
    #[error("not a signature: {why}")]
    NotASignature {
        /// What was wrong, and where.
        why: String,
    },
}

/// Keys on the server's side.
#[async_trait]
pub trait Signers: Send + Sync {
    /// The certificate with which it would be signed; none when nothing is bound.
    async fn certificate(
        &self,
        who: Signatory<'_>,
        now: Timestamp,
    ) -> Result<Option<Certificate>, SigningError>;

    /// Signs bytes: CMS, base64 in one line. `now` becomes the signing time where the key takes one.
    async fn sign(
        &self,
        who: Signatory<'_>,
        kind: SignatureKind,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<String, SigningError>;

    /// Reads a signature that came from elsewhere (CMS in base64, line breaks allowed): whose it is. The signature's
    /// value is not verified: that is the business of whoever trusts it.
    fn read(
        &self,
        kind: SignatureKind,
        bytes: &[u8],
        signature: &str,
    ) -> Result<Certificate, SigningError>;
}
