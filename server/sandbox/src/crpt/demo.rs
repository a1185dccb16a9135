//! The demo's participants: the shoe shop on Ligovsky prospect, and a neighbour for those who mix up what is whose.

use std::collections::BTreeMap;

use super::{
    Crpt, CrptError, NewDevice, NewParticipant,
    ids::{Inn, OmsConnection, OmsId},
    participant::{Group, GroupState, Token},
};

/// ИНН of the demo participant.
pub const DEMO_INN: &str = "7736207543";
/// OMS ID of the demo participant.
pub const DEMO_OMS_ID: &str = "5d6a1c2e-7b34-4f0a-9c1d-2e8f6b0a4d17";
/// Connection id of its device «Склад на Лиговке».
pub const DEMO_CONNECTION: &str = "b81f3c60-2a9d-4e57-8f14-6c0d9e5a7b21";
/// Connection id of its device «Старая программа», which is deleted.
pub const DEMO_DELETED_CONNECTION: &str = "0e4d7a95-c3b2-4168-a7f9-51d8e20c6b3f";
/// The static token of «Склад на Лиговке»: it works until the first call with a dynamic one.
pub const DEMO_STATIC_TOKEN: &str = "1cecc8fb-fb47-4c8a-af3d-d34c1ead8c4f";
/// ИНН of the neighbour.
pub const DEMO_FOREIGN_INN: &str = "7811504682";
/// OMS ID of the neighbour.
pub const DEMO_FOREIGN_OMS_ID: &str = "9a3e5f71-0c48-4d26-b7e3-84d1f6290c5b";
/// Connection id of the neighbour's only device.
pub const DEMO_FOREIGN_CONNECTION: &str = "e27c9d04-6f1b-43a8-95d0-3b8e7a41f6c2";
/// The registration key that CRPT has published for everybody in its own test contour.
pub const DEMO_REGISTRATION_KEY: &str = "4344d884-7f21-456c-981e-cd68e92391e8";

/// The public half of the demo key, a point of P-256 without compression. The private half is known to everybody, and a certificate of it with a
/// participant's ИНН is a user of that participant.
pub const DEMO_PUBLIC_KEY: [u8; 65] = [
    0x04, 0x65, 0x49, 0x59, 0x0d, 0x8f, 0xe3, 0x9c, 0x17, 0x07, 0x1d, 0x91, 0xe9, 0xd3, 0xad, 0x27,
    0x2a, 0x09, 0xb6, 0xb5, 0x0a, 0x2c, 0xfe, 0x47, 0xc5, 0x56, 0x86, 0xd6, 0x17, 0xfd, 0x98, 0x3a,
    0x36, 0xf1, 0x40, 0x6d, 0xbe, 0xcd, 0x46, 0xff, 0x82, 0x4c, 0x6e, 0x2a, 0x81, 0x46, 0x98, 0xee,
    0x73, 0xdb, 0xaa, 0x8f, 0x6b, 0x20, 0x32, 0x03, 0x85, 0x04, 0x59, 0xa0, 0xc6, 0xf4, 0x4b, 0x57,
    0xc2,
];

/// The demo's part of Честный ЗНАК.
pub(crate) fn crpt(now_ms: i64) -> Crpt {
    let mut crpt = Crpt::default();
    if let Err(error) = fill(&mut crpt, now_ms) {
        // The constants above are fixed and a test makes them all, so this is a mistake in this file.
        tracing::error!(%error, "the demo world is incomplete");
    }
    crpt
}

fn fill(crpt: &mut Crpt, now_ms: i64) -> Result<(), CrptError> {
    crpt.registration_keys = vec![DEMO_REGISTRATION_KEY.to_owned()];
    let device = |connection, name| -> Result<NewDevice, CrptError> {
        Ok(NewDevice {
            oms_connection: Some(OmsConnection::new(connection).ok_or_else(wrong)?),
            ..NewDevice::named(name)
        })
    };
    let shop = NewParticipant {
        name: "ООО «Обувь на Лиговке»".to_owned(),
        oms_id: OmsId::new(DEMO_OMS_ID),
        groups: groups(),
        devices: vec![
            NewDevice {
                static_token: Some(Token::new(DEMO_STATIC_TOKEN)),
                ..device(DEMO_CONNECTION, "Склад на Лиговке")?
            },
            NewDevice {
                deleted: true,
                ..device(DEMO_DELETED_CONNECTION, "Старая программа")?
            },
        ],
        ..NewParticipant::of(Inn::new(DEMO_INN).ok_or_else(wrong)?)
    };
    crpt.create_participant(shop, now_ms)?;
    let neighbour = NewParticipant {
        name: "ООО «Соседний склад»".to_owned(),
        oms_id: OmsId::new(DEMO_FOREIGN_OMS_ID),
        devices: vec![device(DEMO_FOREIGN_CONNECTION, "Склад соседей")?],
        ..NewParticipant::of(Inn::new(DEMO_FOREIGN_INN).ok_or_else(wrong)?)
    };
    crpt.create_participant(neighbour, now_ms)?;
    Ok(())
}

fn wrong() -> CrptError {
    CrptError::Impossible("a constant of the demo is not what it should be".to_owned())
}

/// Every state once, with money, without, and with too much spent.
fn groups() -> BTreeMap<String, Group> {
    [
        ("lp", GroupState::Active, Some(1_250_000)),
        ("shoes", GroupState::Active, Some(48_060)),
        ("milk", GroupState::Locked, Some(-1_500)),
        ("perfumery", GroupState::Blocked, None),
    ]
    .into_iter()
    .map(|(alias, state, balance)| (alias.to_owned(), Group { state, balance }))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_participants_are_complete() {
        let mut crpt = Crpt::default();
        assert_eq!(fill(&mut crpt, 1_795_000_000_000), Ok(()));
        let shop = crpt.participant(&Inn::new(DEMO_INN).unwrap()).unwrap();
        assert_eq!(shop.oms_id.as_str(), DEMO_OMS_ID);
        assert!(shop.live_device(DEMO_CONNECTION).is_some());
        assert!(shop.live_device(DEMO_DELETED_CONNECTION).is_none());
        assert_eq!((shop.devices.len(), shop.groups.len()), (2, 4));
        let neighbour = crpt
            .participant(&Inn::new(DEMO_FOREIGN_INN).unwrap())
            .unwrap();
        assert_eq!(neighbour.oms_id.as_str(), DEMO_FOREIGN_OMS_ID);
        assert!(neighbour.live_device(DEMO_FOREIGN_CONNECTION).is_some());
    }
}
