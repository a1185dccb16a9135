//! The company that orders codes: its station in the sandbox, its desk and the connection between them.

use desk::{
    account::Actor,
    ids::SuzConnectionId,
    server::{Desk, connections::OwnerForm, ports::storage::Session},
    suz::{
        Contour, SigningWay,
        paste::PastedIds,
        view::{ConnectAnswer, ConnectSuz},
    },
};
use sandbox::{
    Clock, Memory, Sandbox, World,
    crpt::{
        NewDevice, NewParticipant,
        emission::EmissionRulesChange,
        ids::{Inn, OmsConnection, OmsId},
    },
};
use tokio::net::TcpListener;

/// Its ИНН.
pub(crate) const INN: &str = "7736207543";
/// What its station is called.
pub(crate) const OMS_ID: &str = "5d6a1c2e-7b34-4f0a-9c1d-2e8f6b0a4d17";
const DEVICE: &str = "b81f3c60-2a9d-4e57-8f14-6c0d9e5a7b21";
/// Another program's device.
pub(crate) const OTHER_DEVICE: &str = "3c9e7a14-58d0-4b6f-8e21-a07d4f9b5c63";
/// By which the person signs in.
pub(crate) const EMAIL: &str = "anna@example.com";
/// With which they sign in.
pub(crate) const PASSWORD: &str = "correct horse";

/// A station with the company, and its address.
pub(crate) async fn station(
    clock: Clock,
    memory: Memory,
    rules: EmissionRulesChange,
) -> (Sandbox, String) {
    let sandbox = Sandbox::new(World::empty(clock));
    sandbox.set_memory(memory);
    sandbox.change_emission_rules(rules).unwrap();
    let company = NewParticipant {
        oms_id: OmsId::new(OMS_ID),
        devices: vec![device("Склад", DEVICE), device("Бухгалтерия", OTHER_DEVICE)],
        ..NewParticipant::of(Inn::new(INN).unwrap())
    };
    sandbox.create_participant(company).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = sandbox.clone();
    tokio::spawn(async move { serving.serve(listener, std::future::pending()).await });
    (sandbox, url)
}

fn device(name: &str, connection: &str) -> NewDevice {
    NewDevice {
        oms_connection: OmsConnection::new(connection),
        ..NewDevice::named(name)
    }
}

/// Signs up and connects the company, which signs by the demo's key.
pub(crate) async fn person(desk: &Desk) -> (Actor, SuzConnectionId) {
    let session = desk.sign_up("Лавка", EMAIL, PASSWORD, "bench").await;
    let session = desk
        .session(&session.unwrap().token)
        .await
        .unwrap()
        .unwrap();
    let actor = Session::actor(&session);
    let company = OwnerForm {
        name: "ООО «Ромашка»".into(),
        inn: INN.into(),
        kpp: String::new(),
    };
    let form = ConnectSuz {
        legal_entity: desk.add_legal_entity(&actor, &company).await.unwrap(),
        contour: Contour::Sandbox,
        ids: PastedIds {
            oms_id: OMS_ID.into(),
            connection: DEVICE.into(),
            edo_id: String::new(),
        },
        device_name: "Метка".into(),
        way: SigningWay::DemoKey,
    };
    let ConnectAnswer::Connected(connection) = desk.connect_suz(&actor, form).await.unwrap() else {
        panic!("the company is not connected");
    };
    desk.accept_static_tokens(&actor, connection).await.unwrap();
    (actor, connection)
}
