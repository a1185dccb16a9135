//! What a run plays on: a station with a company, a database, the desk at which a person sits.

use crate::database::Database;
use desk::{
    account::Actor,
    ids::{EmissionId, SuzConnectionId},
    server::{Desk, connections::OwnerForm, ports::storage::Session},
    suz::{
        Contour, SigningWay,
        emission::view::{OrderAnswer, OrderCodes},
        group_form::{CisType, ReleaseMethod},
        new_emission::{DraftLine, EmissionDraft},
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
use server::{settings::Settings, wiring::wire};
use std::{path::PathBuf, sync::Arc};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// 23 November 2026, noon in Moscow.
const NOON: i64 = 1_795_424_400_000;
const INN: &str = "7736207543";
const OMS_ID: &str = "5d6a1c2e-7b34-4f0a-9c1d-2e8f6b0a4d17";
const DEVICE: &str = "b81f3c60-2a9d-4e57-8f14-6c0d9e5a7b21";
/// What is ordered: GTIN and number of codes.
pub(crate) const GOODS: [(&str, u32); 2] = [("04606038003172", 7), ("04607123450017", 5)];
/// How long `orders/search` does not find a new order: longer than the first looks for it.
const SEARCH_DELAY: i64 = 30_000;

/// One run's stage.
pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    pub(crate) url: String,
    /// The desk of the person, in this process, over the database of the program's.
    pub(crate) desk: Arc<Desk>,
    pub(crate) actor: Actor,
    connection: SuzConnectionId,
    pub(crate) database: Database,
    pub(crate) data: PathBuf,
    folder: TempDir,
}

impl Stage {
    /// Sets it: the company is connected and signs by the demo's key.
    pub(crate) async fn set() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path()).await;
        let data = folder.path().to_path_buf();
        let flags = [
            "--data-dir",
            data.to_str().unwrap(),
            "--database-url",
            &database.url,
        ];
        let settings = Settings::parse(&flags).unwrap();
        let (sandbox, url) = station().await;
        let desk = wire(&settings, Some(sandbox.clone()), &url)
            .await
            .unwrap()
            .desk;
        let (actor, connection) = person(&desk).await;
        Self {
            sandbox,
            url,
            desk,
            actor,
            connection,
            database,
            data,
            folder,
        }
    }

    /// Orders the codes, as the page's form does.
    pub(crate) async fn order(&self) -> EmissionId {
        let mut random = [0; 10];
        getrandom::fill(&mut random).unwrap();
        let id = EmissionId::from_parts(self.sandbox.now_ms().unsigned_abs(), random);
        let lines = GOODS.map(|(gtin, quantity)| DraftLine {
            gtin: gtin.to_owned(),
            quantity: quantity.to_string(),
            cis_type: Some(CisType::Unit),
            ..DraftLine::default()
        });
        let order = OrderCodes {
            id,
            connection: self.connection,
            draft: EmissionDraft {
                group: "lp".to_owned(),
                release: Some(ReleaseMethod::Production),
                lines: lines.to_vec(),
                ..EmissionDraft::default()
            },
            anyway: true,
        };
        let answer = self.desk.order_codes(&self.actor, order).await.unwrap();
        assert_eq!(answer, OrderAnswer::Made(id));
        id
    }

    /// Where the program writes what it holds to be worth a warning.
    pub(crate) fn log(&self) -> PathBuf {
        self.data.join("warnings.log")
    }

    /// Takes everything away.
    pub(crate) async fn strike(self) {
        self.database.drop().await;
    }

    /// Leaves everything for whoever looks into a fault; says where.
    pub(crate) fn keep(self) -> String {
        format!(
            "kept: {}, {}",
            self.folder.keep().display(),
            self.database.url
        )
    }
}

async fn station() -> (Sandbox, String) {
    let sandbox = Sandbox::new(World::empty(Clock::manual(NOON)));
    sandbox.set_memory(Memory {
        remember: 1_000_000,
        bodies: true,
    });
    sandbox
        .change_emission_rules(EmissionRulesChange {
            pending_ms: Some(1_000),
            approved_ms: Some(3_000),
            ready_ms: Some(6_000),
            fill_ms: Some(40_000),
            search_delay_ms: Some(SEARCH_DELAY),
            ..EmissionRulesChange::default()
        })
        .unwrap();
    let company = NewParticipant {
        oms_id: OmsId::new(OMS_ID),
        devices: vec![NewDevice {
            oms_connection: OmsConnection::new(DEVICE),
            ..NewDevice::named("Склад")
        }],
        ..NewParticipant::of(Inn::new(INN).unwrap())
    };
    sandbox.create_participant(company).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = sandbox.clone();
    tokio::spawn(async move { serving.serve(listener, std::future::pending()).await });
    (sandbox, url)
}

async fn person(desk: &Desk) -> (Actor, SuzConnectionId) {
    let session = desk
        .sign_up("Лавка", "anna@example.com", "correct horse", "bench")
        .await;
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
