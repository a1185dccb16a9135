//! Participants and devices as somebody wants them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Crpt, CrptError,
    ids::{Inn, OmsConnection, OmsId},
    participant::{Device, Group, GroupState, Participant, ProfileStatus, Token},
    product_groups,
};

/// A participant to be created.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewParticipant {
    /// Its ИНН.
    pub inn: Inn,
    /// Its name.
    #[serde(default = "default_name")]
    pub name: String,
    /// Its OMS ID; made by the sandbox when absent.
    #[serde(default)]
    pub oms_id: Option<OmsId>,
    /// Its product groups, by alias; clothes with some money when absent.
    #[serde(default = "clothes")]
    pub groups: BTreeMap<String, Group>,
    /// Its devices; one when absent.
    #[serde(default = "one_device")]
    pub devices: Vec<NewDevice>,
    /// Whether the demo key is a user; it is when absent.
    #[serde(default = "yes")]
    pub demo_key: bool,
}

/// A device to be created.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewDevice {
    /// Its «идентификатор соединения»; made by the sandbox when absent.
    #[serde(default)]
    pub oms_connection: Option<OmsConnection>,
    /// Its name.
    pub name: String,
    /// Its token without an end; none when absent.
    #[serde(default)]
    pub static_token: Option<Token>,
    /// Whether it has been deleted already.
    #[serde(default)]
    pub deleted: bool,
}

/// What to change in a participant; what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ParticipantChange {
    /// How it stands in СУЗ.
    #[serde(default)]
    pub profile_status: Option<ProfileStatus>,
    /// Groups to add or to replace, by alias.
    #[serde(default)]
    pub groups: BTreeMap<String, Group>,
    /// Whether the demo key is a user.
    #[serde(default)]
    pub demo_key: Option<bool>,
}

fn default_name() -> String {
    "Участник".to_owned()
}

fn clothes() -> BTreeMap<String, Group> {
    let group = Group {
        state: GroupState::Active,
        balance: Some(100_000),
    };
    BTreeMap::from([("lp".to_owned(), group)])
}

fn one_device() -> Vec<NewDevice> {
    vec![NewDevice::named("АСУ ТП")]
}

const fn yes() -> bool {
    true
}

impl NewParticipant {
    /// A participant with one device, clothes and the demo key as a user.
    pub fn of(inn: Inn) -> Self {
        Self {
            inn,
            name: default_name(),
            oms_id: None,
            groups: clothes(),
            devices: one_device(),
            demo_key: true,
        }
    }
}

impl NewDevice {
    /// A living device without a static token.
    pub fn named(name: &str) -> Self {
        Self {
            oms_connection: None,
            name: name.to_owned(),
            static_token: None,
            deleted: false,
        }
    }
}

impl Device {
    /// A living device that has never had a token.
    pub(super) fn new(oms_connection: OmsConnection, name: &str) -> Self {
        Self {
            oms_connection,
            name: name.to_owned(),
            address: None,
            deleted: false,
            static_token: None,
            token: None,
            replaced: Vec::new(),
            given: 0,
        }
    }
}

impl Crpt {
    /// Creates a participant with its devices, or nothing at all.
    pub fn create_participant(
        &mut self,
        new: NewParticipant,
        now_ms: i64,
    ) -> Result<&Participant, CrptError> {
        check_groups(&new.groups)?;
        let oms_id = match new.oms_id {
            Some(known) => known,
            None => OmsId::generate(&mut self.dice(now_ms)),
        };
        let same = |one: &&Participant| one.inn == new.inn || one.oms_id == oms_id;
        if let Some(known) = self.participants.iter().find(same) {
            return Err(CrptError::Taken(format!("the participant {}", known.inn)));
        }
        let mut changed = self.clone();
        changed.last_id += 1;
        changed.participants.push(Participant {
            organisation_id: changed.last_id,
            inn: new.inn.clone(),
            name: new.name,
            oms_id,
            profile_status: ProfileStatus::Active,
            groups: new.groups,
            devices: Vec::new(),
            certificates: Vec::new(),
            demo_key: new.demo_key,
            static_tokens_ended: false,
            bearers: Vec::new(),
        });
        for device in new.devices {
            changed.create_device(&new.inn, device, now_ms)?;
        }
        *self = changed;
        self.participant(&new.inn)
            .ok_or(CrptError::NoParticipant(new.inn))
    }

    /// Creates a device as the cabinet does.
    pub fn create_device(
        &mut self,
        inn: &Inn,
        new: NewDevice,
        now_ms: i64,
    ) -> Result<&Device, CrptError> {
        let connection = match new.oms_connection {
            Some(known) => known,
            None => OmsConnection::generate(&mut self.dice(now_ms)),
        };
        let device = Device {
            static_token: new.static_token,
            deleted: new.deleted,
            ..Device::new(connection, &new.name)
        };
        self.add_device(inn, device)
    }

    /// Adds a device whose connection id nobody has and whose name no living device of the company has.
    pub(super) fn add_device(&mut self, inn: &Inn, device: Device) -> Result<&Device, CrptError> {
        let connection = &device.oms_connection;
        let mut all = self.participants.iter().flat_map(|one| &one.devices);
        if all.any(|one| one.oms_connection == *connection) {
            return Err(CrptError::Taken(format!("the connection {connection}")));
        }
        let participant = self.participant_mut(inn)?;
        let mut live = participant.devices.iter().filter(|one| !one.deleted);
        if live.any(|one| one.name == device.name) {
            return Err(CrptError::Taken(format!("the name «{}»", device.name)));
        }
        participant.devices.push(device);
        participant
            .devices
            .last()
            .ok_or_else(|| CrptError::NoParticipant(inn.clone()))
    }

    /// Changes a participant.
    pub fn change_participant(
        &mut self,
        inn: &Inn,
        change: ParticipantChange,
    ) -> Result<&Participant, CrptError> {
        check_groups(&change.groups)?;
        let participant = self.participant_mut(inn)?;
        participant.groups.extend(change.groups);
        if let Some(status) = change.profile_status {
            participant.profile_status = status;
        }
        if let Some(demo_key) = change.demo_key {
            participant.demo_key = demo_key;
        }
        Ok(participant)
    }
}

fn check_groups(wanted: &BTreeMap<String, Group>) -> Result<(), CrptError> {
    match wanted
        .keys()
        .find(|alias| product_groups::number(alias).is_none())
    {
        Some(unknown) => {
            let words = format!("there is no product group {unknown}");
            Err(CrptError::Impossible(words))
        }
        None => Ok(()),
    }
}
