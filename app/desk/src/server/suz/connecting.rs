//! What people change of a link: its ids, its devices' states, how it signs.

use super::{
    super::{
        Desk,
        connections::OwnerForm,
        ports::{
            signing::{KeyPlace, Signatory},
            storage::Transaction,
            suz::{Device, SuzConnection},
        },
    },
    link::Link,
    own_devices::device_name,
    permit,
};
use crate::{
    account::{Actor, Permission},
    ids::{DeviceId, LegalEntityId, OrganisationId, SuzConnectionId},
    journal::Action,
    legal_entity::LegalEntity,
    problem::Problem,
    suz::{
        Contour, DeviceState, OmsId, SigningWay,
        paste::{
            KnownId, KnownIds, KnownKind, Mistake, PastedIds, Place, Read, ReadIds, read_edo_id,
            read_id, read_ids,
        },
        view::{ConnectAnswer, ConnectSuz, PasteAnswer, ShownIds, SuzConnectionView, SuzPage},
    },
};

impl Desk {
    /// Adds a legal entity, for a link that is about to be made.
    pub async fn add_legal_entity(
        &self,
        actor: &Actor,
        form: &OwnerForm,
    ) -> Result<LegalEntityId, Problem> {
        permit(actor, Permission::ManageSuz)?;
        let entity = self.parse_owner(form)?.ok_or(Problem::EmptyName)?;
        let mut tx = self.write().await?;
        tx.save_legal_entity(actor.organisation, &entity, self.now())
            .await?;
        tx.commit().await?;
        Ok(entity.id)
    }

    /// Connects a legal entity in a contour. Nothing is asked of any server yet.
    pub async fn connect_suz(
        &self,
        actor: &Actor,
        form: ConnectSuz,
    ) -> Result<ConnectAnswer, Problem> {
        permit(actor, Permission::ManageSuz)?;
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let entities = tx.legal_entities(organisation).await?;
        let known = known_ids(&mut *tx, organisation, &entities, None).await?;
        let connections = tx.suz_connections(organisation).await?;
        drop(tx);
        let entity = entities
            .into_iter()
            .find(|entity| entity.id == form.legal_entity)
            .ok_or(Problem::NotFound)?;
        let ways = self.ways(organisation, &entity, form.contour).await;
        if !self.outside.suz.api.knows(form.contour) || !ways.contains(&form.way) {
            return Err(Problem::NotFound);
        }
        let same = |one: &&SuzConnection| {
            one.legal_entity == form.legal_entity && one.contour == form.contour
        };
        if let Some(there) = connections.iter().find(same) {
            return Ok(ConnectAnswer::Already(there.id));
        }
        let place = Place {
            contour: form.contour,
            legal_entity: Some(form.legal_entity),
            known: &known,
        };
        let read = read_ids(&form.ids, &place);
        match (read.usable(), read.connection.value.clone()) {
            (true, Ok(their_id)) => {
                let link = self.new_link(actor, &form, entity, &read, their_id)?;
                self.store_link(actor, link).await
            }
            _ => Ok(ConnectAnswer::Wrong(read)),
        }
    }

    fn new_link(
        &self,
        actor: &Actor,
        form: &ConnectSuz,
        entity: LegalEntity,
        read: &ReadIds,
        their_id: crate::suz::ConnectionId,
    ) -> Result<Link, Problem> {
        let connection = SuzConnection {
            id: self.id(SuzConnectionId::from_parts)?,
            legal_entity: entity.id,
            contour: form.contour,
            oms_id: read.oms_id.value.clone().ok(),
            oms_id_told: false,
            edo_id: read.edo_id.value.clone().ok(),
            way: form.way,
            certificate: None,
            accepted: None,
            told: None,
            check: None,
        };
        let device = Device {
            id: self.id(DeviceId::from_parts)?,
            connection: connection.id,
            name: device_name(&form.device_name)?,
            their_id,
            state: DeviceState::Active,
            listed: None,
            added_by: Some(actor.user),
            added_at: self.now(),
            retired_at: None,
        };
        Ok(Link {
            organisation: actor.organisation,
            connection,
            entity,
            devices: vec![device],
        })
    }

    async fn store_link(&self, actor: &Actor, link: Link) -> Result<ConnectAnswer, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        if !tx
            .add_suz_connection(organisation, &link.connection, self.now())
            .await?
        {
            let there = tx.suz_connections(organisation).await?;
            return there
                .iter()
                .find(|one| {
                    one.legal_entity == link.entity.id && one.contour == link.connection.contour
                })
                .map(|one| ConnectAnswer::Already(one.id))
                .ok_or(Problem::NotFound);
        }
        for device in &link.devices {
            tx.add_suz_device(organisation, device).await?;
        }
        self.note_suz(&mut *tx, actor, &link, Action::SuzConnected, String::new())
            .await?;
        tx.commit().await?;
        self.suz_changed(&link);
        Ok(ConnectAnswer::Connected(link.id()))
    }

    /// Changes OMS ID and ЭДО id; an empty field is left as it is.
    pub async fn edit_suz(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        pasted: &PastedIds,
    ) -> Result<PasteAnswer, Problem> {
        let mut link = self.managed(actor, id).await?;
        let known = self.known_besides(&link, true).await?;
        let place = Place {
            contour: link.connection.contour,
            legal_entity: Some(link.entity.id),
            known: &known,
        };
        let oms_id: Read<OmsId> = read_id(&pasted.oms_id, KnownKind::OmsId, &place);
        let edo_id = read_edo_id(&pasted.edo_id);
        let usable = |mistake: Option<&Mistake>| matches!(mistake, None | Some(Mistake::Empty));
        if !usable(oms_id.value.as_ref().err()) || !usable(edo_id.value.as_ref().err()) {
            return Ok(PasteAnswer::Wrong(ReadIds {
                oms_id,
                connection: nothing(),
                edo_id,
            }));
        }
        let other_company = oms_id
            .value
            .as_ref()
            .is_ok_and(|new| link.connection.oms_id != Some(*new));
        if let Ok(new) = oms_id.value {
            link.connection.oms_id = Some(new);
            link.connection.oms_id_told = false;
        }
        if let Ok(new) = edo_id.value {
            link.connection.edo_id = Some(new);
        }
        let mut tx = self.write().await?;
        tx.save_suz_connection(actor.organisation, &link.connection)
            .await?;
        if other_company {
            tx.forget_suz_tokens(actor.organisation, id, None).await?;
        }
        tx.let_suz_login(actor.organisation, id, None).await?;
        self.note_suz(&mut *tx, actor, &link, Action::SuzChanged, "ids".into())
            .await?;
        tx.commit().await?;
        self.suz_changed(&link);
        Ok(PasteAnswer::Done)
    }

    /// Chooses how a link signs.
    pub async fn set_suz_way(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        way: SigningWay,
    ) -> Result<SuzConnectionView, Problem> {
        let mut link = self.managed(actor, id).await?;
        let contour = link.connection.contour;
        let ways = self.ways(actor.organisation, &link.entity, contour).await;
        if !ways.contains(&way) {
            return Err(Problem::NotFound);
        }
        let now = self.now();
        link.connection.way = way;
        link.connection.certificate = None;
        let mut tx = self.write().await?;
        tx.save_suz_connection(actor.organisation, &link.connection)
            .await?;
        tx.let_suz_login(actor.organisation, id, None).await?;
        if way != SigningWay::Browser {
            for door in std::iter::once(link.true_api()).chain(link.suz()) {
                tx.drop_login(actor.organisation, door, now).await?;
            }
        }
        self.release_waiters(&mut *tx, &link, now).await?;
        let detail = way.as_str().to_owned();
        self.note_suz(&mut *tx, actor, &link, Action::SuzChanged, detail)
            .await?;
        tx.commit().await?;
        self.suz_changed(&link);
        self.suz_connection(actor, id).await
    }

    /// Accepts that static tokens of the company's other programs end with the first login; no login is made before.
    pub async fn accept_static_tokens(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
    ) -> Result<SuzConnectionView, Problem> {
        let mut link = self.managed(actor, id).await?;
        if link.connection.accepted.is_none() {
            let now = self.now();
            link.connection.accepted = Some((actor.user, now));
            let mut tx = self.write().await?;
            tx.save_suz_connection(actor.organisation, &link.connection)
                .await?;
            self.release_waiters(&mut *tx, &link, now).await?;
            let detail = "static tokens".to_owned();
            self.note_suz(&mut *tx, actor, &link, Action::SuzChanged, detail)
                .await?;
            tx.commit().await?;
            self.suz_changed(&link);
        }
        self.suz_connection(actor, id).await
    }

    /// Retires a link: its tokens are destroyed.
    pub async fn retire_suz(&self, actor: &Actor, id: SuzConnectionId) -> Result<SuzPage, Problem> {
        let link = self.managed(actor, id).await?;
        let mut tx = self.write().await?;
        self.note_suz(&mut *tx, actor, &link, Action::SuzRetired, String::new())
            .await?;
        tx.retire_suz_connection(actor.organisation, id, self.now())
            .await?;
        tx.commit().await?;
        self.suz_changed(&link);
        self.suz(actor).await
    }

    /// The whole ids of a link; the journal has who looked.
    pub async fn show_suz_ids(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
    ) -> Result<ShownIds, Problem> {
        let link = self.managed(actor, id).await?;
        let mut tx = self.write().await?;
        self.note_suz(&mut *tx, actor, &link, Action::SuzIdsSeen, String::new())
            .await?;
        tx.commit().await?;
        self.suz_changed(&link);
        Ok(ShownIds {
            oms_id: link.connection.oms_id.map(OmsId::to_wire),
            devices: link
                .devices
                .iter()
                .map(|device| (device.id, device.their_id.to_wire()))
                .collect(),
        })
    }

    /// The ways to sign for a legal entity in a contour.
    pub(super) async fn ways(
        &self,
        organisation: OrganisationId,
        entity: &LegalEntity,
        contour: Contour,
    ) -> Vec<SigningWay> {
        let mut ways = vec![SigningWay::Browser];
        let places = [
            (KeyPlace::Server, SigningWay::Server),
            (KeyPlace::Demo, SigningWay::DemoKey),
        ];
        for (place, way) in places {
            if place == KeyPlace::Demo && contour != Contour::Sandbox {
                continue;
            }
            let who = Signatory {
                organisation,
                entity,
                place,
            };
            let found = self.outside.suz.signers.certificate(who, self.now()).await;
            // A key whose certificate cannot be read just now is bound all the same; the check says what is wrong.
            if !matches!(found, Ok(None)) {
                ways.push(way);
            }
        }
        ways
    }

    /// Every id that the organisation has but those of a link: all of them, or its OMS ID alone.
    pub(super) async fn known_besides(
        &self,
        link: &Link,
        devices_too: bool,
    ) -> Result<KnownIds, Problem> {
        let mut tx = self.read().await?;
        let entities = tx.legal_entities(link.organisation).await?;
        let besides = (link.id(), devices_too);
        known_ids(&mut *tx, link.organisation, &entities, Some(besides)).await
    }
}

/// Every id that an organisation has, without the OMS ID of a link and, if so wished, its devices.
async fn known_ids(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    entities: &[LegalEntity],
    besides: Option<(SuzConnectionId, bool)>,
) -> Result<KnownIds, Problem> {
    let connections = tx.suz_connections(organisation).await?;
    let devices = tx.suz_devices(organisation).await?;
    let name = |id: LegalEntityId| {
        entities
            .iter()
            .find(|entity| entity.id == id)
            .map_or("", |entity| entity.name.as_str())
    };
    let mut known = Vec::new();
    for one in connections {
        let entity = one.legal_entity;
        let own = besides.filter(|(id, _)| *id == one.id);
        if let Some(oms_id) = one.oms_id.filter(|_| own.is_none()) {
            known.push(KnownId::oms(oms_id, one.contour, entity, name(entity)));
        }
        let theirs = devices.iter().filter(|device| device.connection == one.id);
        for device in theirs.filter(|_| !own.is_some_and(|(_, devices)| devices)) {
            known.push(KnownId::device(
                device.their_id,
                one.contour,
                entity,
                name(entity),
                device.name.as_str(),
                device.state == DeviceState::Retired,
            ));
        }
    }
    Ok(KnownIds(known))
}

/// A field that was not asked for.
pub(super) const fn nothing<T>() -> Read<T> {
    Read {
        value: Err(Mistake::Empty),
        cleanings: Vec::new(),
    }
}
