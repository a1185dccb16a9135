//! Documents that a person or a key signs.

use super::{super::storage::StoreError, Door};
use crate::{
    ids::{DocumentId, OrganisationId, SuzConnectionId, UserId},
    suz::{Certificate, DocumentPurpose, Why},
    time::Timestamp,
};
use async_trait::async_trait;
use std::str::FromStr;

macro_rules! states {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)*) => {
        /// Where a document stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum DocumentState {
            $($(#[$doc])* $variant,)*
        }

        impl DocumentState {
            /// The name kept in the database.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl FromStr for DocumentState {
            type Err = UnknownState;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(UnknownState),
                }
            }
        }
    };
}

states! {
    /// It waits for a signature.
    Waiting = "waiting",
    /// It is signed and about to be sent, or was sent and what became of it is not known.
    Signed = "signed",
    /// The servers took it.
    Done = "done",
    /// The servers refused it.
    Refused = "refused",
    /// Nobody wants it any more.
    Dropped = "dropped",
}

/// The text names no state of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such state of a document")]
pub struct UnknownState;

/// The bytes of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Exactly as they are signed and, if they are a body, sent.
    pub bytes: Vec<u8>,
    /// The name of the challenge, if they are one.
    pub challenge: Option<String>,
    /// When they were made or fetched.
    pub at: Timestamp,
}

/// A signature over a document's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// CMS, base64 in one line.
    pub cms: String,
    /// Whose, as far as the signature itself tells it.
    pub certificate: Option<Certificate>,
    /// Who pressed «sign»; nobody when a key on the server signed.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}

/// A document as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Ours.
    pub id: DocumentId,
    /// Of which link.
    pub connection: SuzConnectionId,
    /// What it is.
    pub purpose: DocumentPurpose,
    /// What it is for: a device's or the link's id, later an order's.
    pub subject: String,
    /// Where it stands.
    pub state: DocumentState,
    /// Its bytes; a challenge has none before somebody is about to sign it.
    pub content: Option<Content>,
    /// Its signature.
    pub signature: Option<Signature>,
    /// What its purpose needs besides, as JSON.
    pub detail: String,
    /// Who wanted it; nobody when a job did.
    pub asked_by: Option<UserId>,
    /// When.
    pub asked_at: Timestamp,
    /// When its fate became known.
    pub settled_at: Option<Timestamp>,
    /// Why it was refused, or why nobody knows.
    pub trouble: Option<Why>,
}

/// Documents to sign.
#[async_trait]
pub trait SuzDocuments {
    /// Adds a document. False when it is a login that is wanted already.
    async fn add_document(
        &mut self,
        organisation: OrganisationId,
        document: &Document,
    ) -> Result<bool, StoreError>;
    /// One document, of a link in use.
    async fn document(
        &mut self,
        organisation: OrganisationId,
        id: DocumentId,
    ) -> Result<Option<Document>, StoreError>;
    /// What waits for a signature, of links in use, oldest first.
    async fn waiting_documents(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<Document>, StoreError>;
    /// Writes content, signature, state and trouble of a document that is still in the state `from`. False when another
    /// hand was faster.
    async fn move_document(
        &mut self,
        organisation: OrganisationId,
        document: &Document,
        from: DocumentState,
    ) -> Result<bool, StoreError>;
    /// Drops the login that waits for a door, if one does: somebody logged in otherwise.
    async fn drop_login(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}
