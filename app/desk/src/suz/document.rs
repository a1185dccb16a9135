//! Documents that wait for a signature: what they are, the bytes that a page signs, and what became of them.

use super::{cause::Why, certificate::Certificate, contour::Contour, words::words};
use crate::{
    ids::{DocumentId, EmissionId, SuzConnectionId},
    time::When,
};
use cis::Gtin;
use serde::{Deserialize, Serialize};

words! {
    /// Whether the signed bytes lie inside the signature.
    SignatureKind {
        /// They do: a login's challenge.
        Attached = "attached",
        /// They do not: every body of СУЗ (an attached one is answered with 413).
        Detached = "detached",
    }

    /// What a signature is for.
    DocumentPurpose {
        /// Login to СУЗ: a `clientToken` for the active device.
        ClientLogin = "client_login",
        /// Login to True API: profile and balance.
        TrueApiLogin = "true_api_login",
        /// A new device by the registration service.
        RegisterDevice = "register_device",
        /// An order of codes.
        Order = "order",
        /// The closing of an order of codes.
        CloseOrder = "close_order",
        /// An order that lies at the station without a signature.
        StuckOrder = "stuck_order",
    }
}

impl DocumentPurpose {
    /// How the servers want this document signed.
    pub const fn kind(self) -> SignatureKind {
        match self {
            Self::ClientLogin | Self::TrueApiLogin => SignatureKind::Attached,
            Self::RegisterDevice | Self::Order | Self::CloseOrder | Self::StuckOrder => {
                SignatureKind::Detached
            }
        }
    }

    /// Whether its bytes are a challenge of the servers, which grows old within minutes and is therefore asked for at
    /// the moment of signing.
    pub const fn is_challenge(self) -> bool {
        matches!(self, Self::ClientLogin | Self::TrueApiLogin)
    }
}

/// A document in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingDocument {
    /// Ours.
    pub id: DocumentId,
    /// Of which connection.
    pub connection: SuzConnectionId,
    /// The legal entity's name.
    pub legal_entity: String,
    /// Its ИНН, which the certificate's should be.
    pub inn: Option<String>,
    /// In which contour.
    pub contour: Contour,
    /// What for.
    pub purpose: DocumentPurpose,
    /// Since when.
    pub since: When,
    /// Until when work goes on without the signature; nothing when work waits already.
    pub until: Option<When>,
    /// The order of codes that it makes, closes or lets through; told in the queue alone.
    pub order: Option<OrderToSign>,
}

/// An order of codes, for the person who signs for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderToSign {
    /// Ours.
    pub id: EmissionId,
    /// The group's alias.
    pub group: String,
    /// Its goods, in the order of the form.
    pub gtins: Vec<Gtin>,
    /// Codes asked for.
    pub codes: u64,
    /// Codes that the signature annuls.
    pub annuls: u64,
}

/// The queue of one organisation, or of one of its connections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningQueue {
    /// What waits, the oldest first.
    pub documents: Vec<WaitingDocument>,
    /// Whether the person may sign.
    pub may_sign: bool,
}

/// Bytes for a page to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToSign {
    /// Of which document.
    pub id: DocumentId,
    /// The exact bytes, base64.
    pub base64: String,
    /// Whether they go inside.
    pub kind: SignatureKind,
}

/// What preparing a document came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// Which document.
    pub id: DocumentId,
    /// Its bytes, or why there are none (the challenge could not be fetched).
    pub bytes: Result<ToSign, Why>,
}

/// A signature that a page made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Of which document.
    pub id: DocumentId,
    /// CMS, base64 in one line.
    pub signature: String,
    /// With which certificate.
    pub certificate: Certificate,
}

/// What a signature released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureOutcome {
    /// Of which document.
    pub id: DocumentId,
    /// Nothing when the servers took it, else why not.
    pub trouble: Option<Why>,
}
