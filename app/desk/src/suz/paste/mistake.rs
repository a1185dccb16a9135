//! The mistakes that can be named.

use super::{
    clean::Cleaning,
    known::{KnownIds, KnownKind},
};
use crate::{
    ids::LegalEntityId,
    suz::{Cause, Contour},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where an id is pasted.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The contour that was chosen.
    pub contour: Contour,
    /// The legal entity that was chosen.
    pub legal_entity: Option<LegalEntityId>,
    /// What the organisation has already; empty in the browser.
    pub known: &'a KnownIds,
}

/// Why what was pasted is not the id that the field wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mistake {
    /// Nothing was pasted.
    Empty,
    /// A connection id stands where OMS ID belongs.
    ConnectionIdHere {
        /// The device's name, when it is one of ours.
        device: Option<String>,
    },
    /// OMS ID stands where a connection id belongs.
    OmsIdHere,
    /// Both fields have the same id.
    SameAsOmsId,
    /// An ЭДО id (`2BE…`, `2BM…`, `2AE…`).
    EdoId,
    /// Known from another contour.
    OtherContour {
        /// Where it belongs.
        contour: Contour,
    },
    /// Known as another legal entity's.
    OtherLegalEntity {
        /// Whose it is.
        name: String,
    },
    /// A device that was retired here.
    RetiredDevice {
        /// Its name.
        name: String,
    },
    /// A device that is here already.
    KnownDevice {
        /// Its name.
        name: String,
    },
    /// An address; `suz2.crpt.ru` is СУЗ's own page and no address for programs either.
    Address {
        /// Whether it is an address of СУЗ.
        of_suz: bool,
    },
    /// An ИНН.
    Inn,
    /// A token of a login, which must not be pasted anywhere.
    Token,
    /// The key of a marketplace.
    MarketplaceKey,
    /// The registration key that the operator prints for everybody's tests.
    RegistrationKey,
    /// An id of the operator's printed samples.
    Sample,
    /// Two ids or more in one field.
    Several,
    /// Hexadecimal, but not 32 digits.
    Length {
        /// Digits there are.
        digits: u32,
    },
    /// A character that no UUID has.
    Character {
        /// Which.
        found: char,
        /// Its place, from 1.
        at: u32,
    },
    /// All zeros.
    Nil,
    /// Not of the form of an ЭДО id.
    NotEdoId,
}

/// What a field came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read<T> {
    /// The id, or what is wrong.
    pub value: Result<T, Mistake>,
    /// What was cleaned on the way.
    pub cleanings: Vec<Cleaning>,
}

impl Mistake {
    /// The cause by which help and passport know this mistake.
    pub const fn cause(&self) -> Cause {
        match self {
            Self::ConnectionIdHere { .. } | Self::OmsIdHere | Self::SameAsOmsId => {
                Cause::IdsMixedUp
            }
            Self::EdoId => Cause::EdoId,
            Self::OtherContour { .. } => Cause::OtherContour,
            Self::Address { .. } => Cause::AddressPasted,
            Self::RetiredDevice { .. } => Cause::OldDevice,
            Self::OtherLegalEntity { .. } => Cause::ForeignOmsId,
            Self::Length { .. } | Self::Character { .. } | Self::Several => Cause::IdNotClean,
            Self::Empty
            | Self::KnownDevice { .. }
            | Self::Inn
            | Self::Token
            | Self::MarketplaceKey
            | Self::RegistrationKey
            | Self::Sample
            | Self::Nil
            | Self::NotEdoId => Cause::Other,
        }
    }
}

/// Reads a pasted UUID.
pub fn read_id<T: From<Uuid>>(text: &str, kind: KnownKind, place: &Place<'_>) -> Read<T> {
    let _ = (text, kind, place);
    Read {
        value: Err(Mistake::Empty),
        cleanings: Vec::new(),
    }
}

/// Reads a pasted ЭДО id.
pub fn read_edo_id(text: &str) -> Read<String> {
    let _ = text;
    Read {
        value: Err(Mistake::Empty),
        cleanings: Vec::new(),
    }
}
