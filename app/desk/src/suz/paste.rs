//! What people paste where an id belongs: cleaned, with every cleaning said, and the usual mistakes named.
//!
//! The same code runs in the page while somebody types and on the server when they send; the server alone knows the
//! organisation's other ids ([`KnownIds`]).

mod clean;
mod find;
mod known;
mod mistake;
mod shape;

pub use clean::{Cleaned, Cleaning, clean};
pub use known::{KnownId, KnownIds, KnownKind};
pub use mistake::{Mistake, Place, Read, read_edo_id, read_id};

use super::{ConnectionId, OmsId};
use serde::{Deserialize, Serialize};

/// The fields of the form, as they were pasted.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastedIds {
    /// «OMS ID»; empty when the profile shall tell it.
    pub oms_id: String,
    /// «Идентификатор соединения».
    pub connection: String,
    /// «Идентификатор ЭДО»; may be empty.
    pub edo_id: String,
}

/// What became of the fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadIds {
    /// OMS ID.
    pub oms_id: Read<OmsId>,
    /// Connection id.
    pub connection: Read<ConnectionId>,
    /// ЭДО id.
    pub edo_id: Read<String>,
}

impl ReadIds {
    /// Whether every field is either empty where it may be, or right.
    pub fn usable(&self) -> bool {
        let oms = matches!(self.oms_id.value, Ok(_) | Err(Mistake::Empty));
        let edo = matches!(self.edo_id.value, Ok(_) | Err(Mistake::Empty));
        oms && edo && self.connection.value.is_ok()
    }
}

/// Reads the whole form: each field, then the fields against each other.
pub fn read_ids(pasted: &PastedIds, place: &Place<'_>) -> ReadIds {
    let mut ids = ReadIds {
        oms_id: read_id(&pasted.oms_id, known::KnownKind::OmsId, place),
        connection: read_id(&pasted.connection, known::KnownKind::Connection, place),
        edo_id: read_edo_id(&pasted.edo_id),
    };
    if let (Ok(oms), Ok(connection)) = (&ids.oms_id.value, &ids.connection.value)
        && uuid::Uuid::from(*oms) == uuid::Uuid::from(*connection)
    {
        ids.connection.value = Err(Mistake::SameAsOmsId);
    }
    ids
}
