//! Every role × every action on a connection × one's own organisation and a foreign one.

use super::{
    Company, DEVICE, OLD_DEVICE, OMS_ID, as_role,
    emissions::{clothes, emission},
};
use crate::harness::{World, both};
use desk::{
    account::{Actor, Permission, Role},
    ids::{DeviceId, DocumentId, SuzConnectionId},
    problem::Problem,
    suz::{
        CheckLevel, Contour, DeviceState, MaskedId, SigningWay,
        document::{DocumentPurpose, Signed, WaitingDocument},
        emission::{SuzDocumentId, view::OrderCodes},
        paste::PastedIds,
        view::ConnectSuz,
    },
};

/// What the actions are tried on.
struct Target<'a> {
    world: &'a World,
    company: &'a Company,
    id: SuzConnectionId,
    device: DeviceId,
    document: DocumentId,
    masked: MaskedId,
    signed: Signed,
}

/// Everything that can be done with a connection. Those that end something come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    List,
    Look,
    Queue,
    Connect,
    Edit,
    AddDevice,
    ReadDevices,
    AdoptDevice,
    RegisterDevice,
    DeleteDevice,
    SetDevice,
    SetWay,
    Accept,
    Check,
    ShowIds,
    Passport,
    Order,
    TestOrder,
    StuckOrders,
    SignStuck,
    DeleteStuck,
    Prepare,
    Sign,
    Drop,
    Retire,
}

const DEEDS: [Deed; 25] = [
    Deed::List,
    Deed::Look,
    Deed::Queue,
    Deed::Connect,
    Deed::Edit,
    Deed::AddDevice,
    Deed::ReadDevices,
    Deed::AdoptDevice,
    Deed::RegisterDevice,
    Deed::DeleteDevice,
    Deed::SetDevice,
    Deed::SetWay,
    Deed::Accept,
    Deed::Check,
    Deed::ShowIds,
    Deed::Passport,
    Deed::Order,
    Deed::TestOrder,
    Deed::StuckOrders,
    Deed::SignStuck,
    Deed::DeleteStuck,
    Deed::Prepare,
    Deed::Sign,
    Deed::Drop,
    Deed::Retire,
];

impl Deed {
    /// Whether everybody of the organisation may.
    fn open_to_all(self) -> bool {
        matches!(self, Self::List | Self::Look | Self::Queue)
    }

    /// What it needs, of whom it is not open to.
    fn needs(self) -> Permission {
        match self {
            Self::Order | Self::StuckOrders | Self::SignStuck | Self::DeleteStuck => {
                Permission::OrderCodes
            }
            _ => Permission::ManageSuz,
        }
    }

    /// Whether it names nothing of the connection, so that a stranger does it in an organisation of their own.
    fn names_nothing(self) -> bool {
        matches!(self, Self::List | Self::Queue)
    }
}

fn order(number: u64, connection: SuzConnectionId) -> OrderCodes {
    OrderCodes {
        id: emission(number),
        connection,
        draft: clothes("1"),
        anyway: true,
    }
}

fn stuck() -> SuzDocumentId {
    "8d1f6b4e-3c52-4f07-9a3e-1b7c5d2e9f60".parse().unwrap()
}

/// A connection of the company's with logins that wait.
async fn connection(world: &World, company: &Company) -> SuzConnectionId {
    let id = world
        .connected(company, SigningWay::Browser, OMS_ID, DEVICE)
        .await;
    world.checked(company, id).await;
    id
}

async fn target<'a>(world: &'a World, company: &'a Company, id: SuzConnectionId) -> Target<'a> {
    let view = world.link(company, id).await;
    // The device's login would go with the device's state.
    let stays = |waiting: &&WaitingDocument| waiting.purpose == DocumentPurpose::TrueApiLogin;
    let document = view.waiting.iter().find(stays).unwrap().id;
    Target {
        world,
        company,
        id,
        device: view.devices[0].id,
        document,
        masked: view.devices[0].connection.clone(),
        signed: Signed {
            id: document,
            signature: "AAAA".into(),
            certificate: world.certificate(company).await,
        },
    }
}

async fn attempt(deed: Deed, actor: &Actor, target: &Target<'_>) -> Result<(), Problem> {
    let (desk, id) = (target.world.desk(), target.id);
    match deed {
        Deed::List => desk.suz(actor).await.map(drop),
        Deed::Look => desk.suz_connection(actor, id).await.map(drop),
        Deed::Queue => desk.signing_queue(actor, Some(id)).await.map(drop),
        Deed::Connect => {
            let form = ConnectSuz {
                legal_entity: target.company.entity.id,
                contour: Contour::Sandbox,
                ids: PastedIds::default(),
                device_name: "Метка".into(),
                way: SigningWay::Browser,
            };
            desk.connect_suz(actor, form).await.map(drop)
        }
        Deed::Edit => desk
            .edit_suz(actor, id, &PastedIds::default())
            .await
            .map(drop),
        Deed::AddDevice => desk
            .add_suz_device(actor, id, "Ещё", OLD_DEVICE)
            .await
            .map(drop),
        Deed::ReadDevices => desk.read_suz_devices(actor, id).await.map(drop),
        Deed::AdoptDevice => {
            let adopted = desk
                .adopt_suz_device(actor, id, &target.masked, "Ещё")
                .await;
            adopted.map(drop)
        }
        Deed::RegisterDevice => desk
            .register_suz_device(actor, id, "Касса", "Лиговский, 1")
            .await
            .map(drop),
        Deed::DeleteDevice => desk
            .delete_suz_device(actor, id, target.device)
            .await
            .map(drop),
        Deed::SetDevice => desk
            .set_suz_device(actor, id, target.device, DeviceState::Parallel)
            .await
            .map(drop),
        Deed::SetWay => desk
            .set_suz_way(actor, id, SigningWay::Browser)
            .await
            .map(drop),
        Deed::Accept => desk.accept_static_tokens(actor, id).await.map(drop),
        Deed::Check => desk.check_suz(actor, id, CheckLevel::Form).await.map(drop),
        Deed::ShowIds => desk.show_suz_ids(actor, id).await.map(drop),
        Deed::Passport => desk.suz_passport(actor, id).await.map(drop),
        Deed::Order => desk.order_codes(actor, order(1, id)).await.map(drop),
        Deed::TestOrder => {
            let checked = desk.check_suz_by_order(actor, id, order(2, id)).await;
            checked.map(drop)
        }
        Deed::StuckOrders => desk.stuck_orders(actor, id).await.map(drop),
        Deed::SignStuck => desk.sign_stuck_order(actor, id, &stuck()).await.map(drop),
        Deed::DeleteStuck => {
            let deleted = desk.delete_stuck_order(actor, id, &stuck()).await;
            deleted.map(drop)
        }
        Deed::Prepare => desk
            .prepare_signing(actor, vec![target.document])
            .await
            .map(drop),
        Deed::Sign => desk
            .take_signatures(actor, vec![target.signed.clone()])
            .await
            .map(drop),
        Deed::Drop => desk.drop_document(actor, target.document).await.map(drop),
        Deed::Retire => desk.retire_suz(actor, id).await.map(drop),
    }
}

both! {
    async fn every_role_does_what_it_may_and_strangers_find_nothing(world: World) {
        let company = world.company("anna@example.com").await;
        let id = connection(&world, &company).await;
        let (stranger, _) = world.person("boris@example.com").await;
        let target = target(&world, &company, id).await;
        let devices = world.link(&company, id).await.devices;
        let before = world.sandbox.received().len();
        for role in [Role::Viewer, Role::Packer] {
            for deed in DEEDS {
                let answer = attempt(deed, &as_role(&company.actor, role), &target).await;
                let permission = deed.needs();
                let expected = if deed.open_to_all() { Ok(()) } else { Err(Problem::Forbidden { permission }) };
                assert_eq!(answer, expected, "{role:?} {deed:?}");
            }
        }
        for role in [Role::Owner, Role::Admin, Role::Packer, Role::Viewer] {
            for deed in DEEDS {
                let answer = attempt(deed, &as_role(&stranger, role), &target).await;
                let permission = deed.needs();
                let expected = if deed.names_nothing() {
                    Ok(())
                } else if deed.open_to_all() || role.may(permission) {
                    Err(Problem::NotFound)
                } else {
                    Err(Problem::Forbidden { permission })
                };
                assert_eq!(answer, expected, "stranger, {role:?} {deed:?}");
            }
        }
        assert_eq!(world.sandbox.received().len(), before, "nobody who may not made a call");
        assert_eq!(world.link(&company, id).await.devices, devices, "nothing was touched");
        assert_eq!(world.logins(), 0);
    }

    async fn owners_and_administrators_do_everything(world: World) {
        let company = world.company("anna@example.com").await;
        for role in [Role::Admin, Role::Owner] {
            let id = connection(&world, &company).await;
            let target = target(&world, &company, id).await;
            let actor = as_role(&company.actor, role);
            for deed in DEEDS {
                let answer = attempt(deed, &actor, &target).await;
                if matches!(deed, Deed::Drop | Deed::Retire) {
                    assert_eq!(answer, Ok(()), "{role:?} {deed:?}");
                }
                assert!(!matches!(answer, Err(Problem::Forbidden { .. })), "{role:?} {deed:?}: {answer:?}");
            }
            assert!(world.desk().suz(&company.actor).await.unwrap().connections.is_empty());
        }
    }

    async fn who_may_not_manage_sees_the_state_alone(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        world.checked(&company, id).await;
        let packer = as_role(&company.actor, Role::Packer);
        let view = world.desk().suz_connection(&packer, id).await.unwrap();
        assert!(view.oms_id.is_none() && view.devices.is_empty() && view.looks.is_empty());
        assert!(view.profile.unwrap().balances.is_empty());
        assert!(view.certificate.is_none() && !view.may_manage);
        let page = world.desk().suz(&packer).await.unwrap();
        assert!(matches!(page.connections[0].token, desk::suz::TokenState::Live { .. }));
        let json = serde_json::to_string(&page).unwrap();
        assert!(!json.contains(OMS_ID) && !json.contains(DEVICE));
        let whole = world.link(&company, id).await;
        let json = serde_json::to_string(&whole).unwrap();
        assert!(!json.contains(OMS_ID) && !json.contains(DEVICE), "even the owner's page is masked");
    }
}
