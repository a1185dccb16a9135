//! A link with everything that its calls need, read at once.

use super::super::{
    Desk,
    ports::{
        signing::{KeyPlace, Signatory},
        storage::Transaction,
        suz::{Device, Door, SuzConnection},
    },
};
use crate::{
    ids::{DeviceId, OrganisationId, SuzConnectionId},
    legal_entity::LegalEntity,
    problem::Problem,
    suz::{DeviceState, SigningWay},
};

/// A legal entity's link to СУЗ, whose it is and what it logs in with.
#[derive(Clone, Debug)]
pub(in crate::server) struct Link {
    /// Whose.
    pub(in crate::server) organisation: OrganisationId,
    /// The link.
    pub(in crate::server) connection: SuzConnection,
    /// The legal entity.
    pub(in crate::server) entity: LegalEntity,
    /// All its devices, the active one first.
    pub(in crate::server) devices: Vec<Device>,
}

impl Link {
    /// Reads a link of an organisation.
    pub(in crate::server) async fn read(
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        id: SuzConnectionId,
    ) -> Result<Option<Self>, Problem> {
        let Some(connection) = tx.suz_connection(organisation, id).await? else {
            return Ok(None);
        };
        let entity = tx
            .legal_entities(organisation)
            .await?
            .into_iter()
            .find(|entity| entity.id == connection.legal_entity)
            .ok_or(Problem::NotFound)?;
        let devices = tx.suz_devices_of(organisation, id).await?;
        Ok(Some(Self {
            organisation,
            connection,
            entity,
            devices,
        }))
    }

    /// Ours.
    pub(in crate::server) const fn id(&self) -> SuzConnectionId {
        self.connection.id
    }

    /// The device that Metka logs in with.
    pub(in crate::server) fn active(&self) -> Option<&Device> {
        self.devices
            .iter()
            .find(|device| device.state == DeviceState::Active)
    }

    /// One of its devices.
    pub(in crate::server) fn device(&self, id: DeviceId) -> Option<&Device> {
        self.devices.iter().find(|device| device.id == id)
    }

    /// True API's door.
    pub(in crate::server) const fn true_api(&self) -> Door {
        Door::TrueApi(self.id())
    }

    /// СУЗ's door, if there is a device to open it with.
    pub(in crate::server) fn suz(&self) -> Option<Door> {
        self.active().map(|device| Door::Suz(device.id))
    }

    /// Where the key is that signs without a person; none when a person signs.
    pub(in crate::server) const fn key_place(&self) -> Option<KeyPlace> {
        match self.connection.way {
            SigningWay::Browser => None,
            SigningWay::Server => Some(KeyPlace::Server),
            SigningWay::DemoKey => Some(KeyPlace::Demo),
        }
    }

    /// For whom a key of this place signs.
    pub(in crate::server) const fn signatory(&self, place: KeyPlace) -> Signatory<'_> {
        Signatory {
            organisation: self.organisation,
            entity: &self.entity,
            place,
        }
    }

    /// The link in words for the journal.
    pub(in crate::server) fn label(&self) -> String {
        format!(
            "{} ({})",
            self.entity.name,
            self.connection.contour.as_str()
        )
    }
}

impl Desk {
    /// A link of an organisation; to a stranger it is not there.
    pub(in crate::server) async fn suz_link(
        &self,
        organisation: OrganisationId,
        id: SuzConnectionId,
    ) -> Result<Link, Problem> {
        let mut tx = self.read().await?;
        Link::read(&mut *tx, organisation, id)
            .await?
            .ok_or(Problem::NotFound)
    }
}
