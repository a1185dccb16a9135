//! Devices as we keep them: pasted, made active, kept beside or retired.

use super::{
    super::{
        Desk,
        ports::suz::{Device, Door},
    },
    connecting::nothing,
    link::Link,
};
use crate::{
    account::Actor,
    ids::{DeviceId, SuzConnectionId, UserId},
    journal::Action,
    problem::Problem,
    suz::{
        ConnectionId, DeviceState,
        paste::{KnownKind, Mistake, Place, ReadIds, read_id},
        view::{PasteAnswer, SuzConnectionView},
    },
};

/// The longest name of a device (СУЗ API, 9.2.1).
const LONGEST_NAME: usize = 256;

impl Desk {
    /// Adds a device by its pasted id: the active one if there is none, else one beside it.
    pub async fn add_suz_device(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        name: &str,
        pasted: &str,
    ) -> Result<PasteAnswer, Problem> {
        let link = self.managed(actor, id).await?;
        let name = device_name(name)?;
        let known = self.known_besides(&link, false).await?;
        let place = Place {
            contour: link.connection.contour,
            legal_entity: Some(link.entity.id),
            known: &known,
        };
        let mut connection = read_id(pasted, KnownKind::Connection, &place);
        if let Ok(their_id) = connection.value {
            let same = link
                .connection
                .oms_id
                .is_some_and(|oms| uuid::Uuid::from(oms) == uuid::Uuid::from(their_id));
            if same {
                connection.value = Err(Mistake::SameAsOmsId);
            } else {
                self.keep_device(actor, &link, name, their_id, Some(actor.user))
                    .await?;
                return Ok(PasteAnswer::Done);
            }
        }
        Ok(PasteAnswer::Wrong(ReadIds {
            oms_id: nothing(),
            connection,
            edo_id: nothing(),
        }))
    }

    /// Keeps a device that was pasted, registered or found in the servers' list.
    pub(super) async fn keep_device(
        &self,
        actor: &Actor,
        link: &Link,
        name: String,
        their_id: ConnectionId,
        added_by: Option<UserId>,
    ) -> Result<(), Problem> {
        let mut device = Device {
            id: self.id(DeviceId::from_parts)?,
            connection: link.id(),
            name,
            their_id,
            state: DeviceState::Parallel,
            listed: None,
            added_by,
            added_at: self.now(),
            retired_at: None,
        };
        let mut tx = self.write().await?;
        tx.lock_suz(actor.organisation, link.id()).await?;
        let there = tx.suz_devices_of(actor.organisation, link.id()).await?;
        if there.iter().all(|one| one.state != DeviceState::Active) {
            device.state = DeviceState::Active;
        }
        if tx.add_suz_device(actor.organisation, &device).await? {
            let detail = format!("+ {} {}", device.name, device.their_id.masked());
            self.note_suz(&mut *tx, actor, link, Action::SuzDevice, detail)
                .await?;
            tx.let_suz_login(actor.organisation, link.id(), None)
                .await?;
        }
        tx.commit().await?;
        self.suz_changed(link);
        Ok(())
    }

    /// Makes a device active (the former active one stays beside it), parallel or retired.
    pub async fn set_suz_device(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        device: DeviceId,
        state: DeviceState,
    ) -> Result<SuzConnectionView, Problem> {
        let link = self.managed(actor, id).await?;
        let now = self.now();
        let mut tx = self.write().await?;
        tx.lock_suz(actor.organisation, id).await?;
        let devices = tx.suz_devices_of(actor.organisation, id).await?;
        let mut chosen = devices
            .iter()
            .find(|one| one.id == device)
            .cloned()
            .ok_or(Problem::NotFound)?;
        let former = devices
            .into_iter()
            .find(|one| one.state == DeviceState::Active && one.id != device);
        if let Some(mut former) = former.filter(|_| state == DeviceState::Active) {
            former.state = DeviceState::Parallel;
            tx.save_suz_device(actor.organisation, &former).await?;
            tx.drop_login(actor.organisation, Door::Suz(former.id), now)
                .await?;
        }
        let detail = format!(
            "{}: {} → {}",
            chosen.name,
            chosen.state.as_str(),
            state.as_str()
        );
        chosen.state = state;
        chosen.retired_at = (state == DeviceState::Retired).then_some(now);
        tx.save_suz_device(actor.organisation, &chosen).await?;
        let door = Door::Suz(device);
        if state == DeviceState::Retired {
            tx.forget_suz_tokens(actor.organisation, id, Some(door))
                .await?;
        }
        // Only the active device logs in: nobody is asked to sign for another one.
        if state != DeviceState::Active {
            tx.drop_login(actor.organisation, door, now).await?;
        }
        tx.let_suz_login(actor.organisation, id, None).await?;
        self.release_waiters(&mut *tx, &link, now).await?;
        self.note_suz(&mut *tx, actor, &link, Action::SuzDevice, detail)
            .await?;
        tx.commit().await?;
        self.suz_changed(&link);
        self.suz_connection(actor, id).await
    }
}

/// A device's name as typed, cut to what СУЗ takes.
pub(super) fn device_name(typed: &str) -> Result<String, Problem> {
    let name: String = typed.trim().chars().take(LONGEST_NAME).collect();
    if name.is_empty() {
        return Err(Problem::EmptyName);
    }
    Ok(name)
}
