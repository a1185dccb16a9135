//! The ids that an organisation has already, to recognise one that stands in the wrong place.

use crate::{
    ids::LegalEntityId,
    suz::{ConnectionId, Contour, OmsId, words::words},
};
use uuid::Uuid;

words! {
    /// What a known UUID is.
    KnownKind {
        /// OMS ID.
        OmsId = "oms_id",
        /// «Идентификатор соединения».
        Connection = "connection",
    }
}

/// One id that the organisation has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownId {
    /// The id.
    pub id: Uuid,
    /// What it is.
    pub kind: KnownKind,
    /// Where it is good.
    pub contour: Contour,
    /// Whose it is.
    pub legal_entity: LegalEntityId,
    /// The name of the legal entity.
    pub legal_entity_name: String,
    /// The device's name, of a connection id.
    pub device: Option<String>,
    /// The device is retired.
    pub retired: bool,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownIds(pub Vec<KnownId>);

impl KnownIds {
    /// Everything known about a UUID.
    pub fn of(&self, id: Uuid) -> impl Iterator<Item = &KnownId> {
        self.0.iter().filter(move |known| known.id == id)
    }

    /// Whether it is somebody's OMS ID.
    pub fn is_oms(&self, id: Uuid) -> bool {
        self.of(id).any(|known| known.kind == KnownKind::OmsId)
    }

    /// Whether it is some device's connection id.
    pub fn is_connection(&self, id: Uuid) -> bool {
        self.of(id).any(|known| known.kind == KnownKind::Connection)
    }

    /// The contour where the id is at home, when that is another one than `here` alone.
    pub fn of_other_contour(&self, id: Uuid, here: Contour) -> Option<Contour> {
        let at_home = self.of(id).any(|known| known.contour == here);
        self.of(id)
            .map(|known| known.contour)
            .find(|contour| *contour != here && !at_home)
    }
}

impl KnownId {
    /// An OMS ID that is known.
    pub fn oms(
        id: OmsId,
        contour: Contour,
        legal_entity: LegalEntityId,
        legal_entity_name: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            kind: KnownKind::OmsId,
            contour,
            legal_entity,
            legal_entity_name: legal_entity_name.into(),
            device: None,
            retired: false,
        }
    }

    /// A connection id that is known, by its device.
    pub fn device(
        id: ConnectionId,
        contour: Contour,
        legal_entity: LegalEntityId,
        legal_entity_name: impl Into<String>,
        name: impl Into<String>,
        retired: bool,
    ) -> Self {
        Self {
            id: id.into(),
            kind: KnownKind::Connection,
            contour,
            legal_entity,
            legal_entity_name: legal_entity_name.into(),
            device: Some(name.into()),
            retired,
        }
    }
}
