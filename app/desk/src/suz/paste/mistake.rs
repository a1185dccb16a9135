//! The mistakes that can be named.

use super::{
    clean::{Cleaning, clean},
    find::{Found, find},
    known::{KnownId, KnownIds, KnownKind},
    shape::{is_edo_id, shape},
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
    /// 32 digits, but hyphens in wrong places.
    Hyphens,
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
            Self::Length { .. } | Self::Hyphens | Self::Character { .. } | Self::Several => {
                Cause::IdNotClean
            }
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

/// The registration key that the operator prints for everybody's tests (СУЗ API v3, 9.2.1).
const TEST_REGISTRATION_KEY: Uuid = Uuid::from_u128(0x4344_d884_7f21_456c_981e_cd68_e923_91e8);

/// The OMS ID of the operator's printed samples.
const SAMPLE: Uuid = Uuid::from_u128(0xcdf1_2109_10d3_11e6_8b6f_0050_5699_77a1);

/// Reads a pasted UUID.
pub fn read_id<T: From<Uuid>>(text: &str, kind: KnownKind, place: &Place<'_>) -> Read<T> {
    let cleaned = clean(text);
    match find(&cleaned) {
        Found::One(id, cleanings) => Read {
            value: misplaced(id, &cleaned.text, kind, place).map_or_else(|| Ok(id.into()), Err),
            cleanings,
        },
        Found::Several => Read {
            value: Err(Mistake::Several),
            cleanings: cleaned.cleanings,
        },
        Found::None => Read {
            value: Err(shape(&cleaned.text)),
            cleanings: cleaned.cleanings,
        },
    }
}

/// Whether a well-formed id stands where it does not belong.
fn misplaced(id: Uuid, text: &str, kind: KnownKind, place: &Place<'_>) -> Option<Mistake> {
    if id.is_nil() {
        return Some(Mistake::Nil);
    }
    if id == TEST_REGISTRATION_KEY {
        return Some(Mistake::RegistrationKey);
    }
    if id == SAMPLE {
        return Some(Mistake::Sample);
    }
    known_as(id, kind, place).or_else(|| labelled(text, kind))
}

/// What the words around an id call it, when that is not what the field wants.
fn labelled(text: &str, kind: KnownKind) -> Option<Mistake> {
    let low = text.to_ascii_lowercase();
    let connection = low.contains("connection") || low.contains("оединени");
    let oms =
        !connection && (low.contains("omsid") || low.contains("oms id") || low.contains("oms_id"));
    match kind {
        KnownKind::OmsId if connection => Some(Mistake::ConnectionIdHere { device: None }),
        KnownKind::Connection if oms => Some(Mistake::OmsIdHere),
        _ => None,
    }
}

/// What the organisation knows the id as, when that is not what the field wants.
fn known_as(id: Uuid, kind: KnownKind, place: &Place<'_>) -> Option<Mistake> {
    let other = place.known.of(id).find(|known| known.kind != kind);
    if let Some(other) = other {
        return Some(match other.kind {
            KnownKind::OmsId => Mistake::OmsIdHere,
            KnownKind::Connection => Mistake::ConnectionIdHere {
                device: other.device.clone(),
            },
        });
    }
    if let Some(contour) = place.known.of_other_contour(id, place.contour) {
        return Some(Mistake::OtherContour { contour });
    }
    let here: Vec<&KnownId> = place
        .known
        .of(id)
        .filter(|known| known.contour == place.contour)
        .collect();
    let ours = here
        .iter()
        .find(|known| Some(known.legal_entity) == place.legal_entity);
    match (ours, here.first()) {
        (None, Some(foreign)) => Some(Mistake::OtherLegalEntity {
            name: foreign.legal_entity_name.clone(),
        }),
        (Some(ours), _) => ours.device.clone().map(|name| {
            if ours.retired {
                Mistake::RetiredDevice { name }
            } else {
                Mistake::KnownDevice { name }
            }
        }),
        (None, None) => None,
    }
}

/// Reads a pasted ЭДО id: three characters of the operator, then the participant.
pub fn read_edo_id(text: &str) -> Read<String> {
    let mut cleaned = clean(text);
    let joined: String = cleaned.text.chars().filter(|c| *c != ' ').collect();
    if joined.len() < cleaned.text.len() {
        cleaned = cleaned.into(joined, &[Cleaning::Spaces]);
    }
    let value = if cleaned.text.is_empty() {
        Err(Mistake::Empty)
    } else if is_edo_id(&cleaned.text) {
        Ok(cleaned.text)
    } else {
        Err(Mistake::NotEdoId)
    };
    Read {
        value,
        cleanings: cleaned.cleanings,
    }
}

#[cfg(test)]
mod tests;
