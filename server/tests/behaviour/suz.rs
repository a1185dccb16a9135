//! СУЗ: connecting, checking, signing, tokens; the use cases through the real client against the sandbox.

mod checks;
mod devices;
mod emissions;
mod logins;
mod roles;
mod signatures;

use crate::harness::World;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use desk::{
    account::{Actor, Role},
    ids::SuzConnectionId,
    legal_entity::LegalEntity,
    server::{
        connections::OwnerForm,
        ports::signing::{KeyPlace, Signatory, Signers as _},
    },
    suz::{
        Cause, Certificate, CheckLevel, CheckStep, Contour, SignatureKind, SigningWay, StepOutcome,
        document::Signed,
        paste::PastedIds,
        view::{ConnectAnswer, ConnectSuz, SuzConnectionView},
    },
    time::Timestamp,
};
use sandbox::crpt::{
    NewDevice, NewParticipant,
    ids::{Inn, OmsConnection, OmsId},
    participant::Participant,
};
use signing::ServerSigners;
use store::{Keyring, Store};

pub(crate) const INN: &str = "7736207543";
pub(crate) const OMS_ID: &str = "5d6a1c2e-7b34-4f0a-9c1d-2e8f6b0a4d17";
pub(crate) const DEVICE: &str = "b81f3c60-2a9d-4e57-8f14-6c0d9e5a7b21";
pub(crate) const OLD_DEVICE: &str = "0e4d7a95-c3b2-4168-a7f9-51d8e20c6b3f";
pub(crate) const FOREIGN_OMS_ID: &str = "9a3e5f71-0c48-4d26-b7e3-84d1f6290c5b";
pub(crate) const HOUR: i64 = 3600;

pub(crate) fn inn() -> Inn {
    Inn::new(INN).unwrap()
}

/// Somebody whose company is a participant with one living device and one that was deleted.
pub(crate) struct Company {
    pub(crate) actor: Actor,
    pub(crate) entity: LegalEntity,
}

impl World {
    pub(crate) async fn company(&self, email: &str) -> Company {
        let (actor, _) = self.person(email).await;
        self.participate();
        let form = OwnerForm {
            name: "ООО «Ромашка»".into(),
            inn: INN.into(),
            kpp: String::new(),
        };
        let id = self.desk().add_legal_entity(&actor, &form).await.unwrap();
        let page = self.desk().suz(&actor).await.unwrap();
        let entity = page.choice.legal_entities[0].clone();
        assert_eq!(entity.id, id);
        Company { actor, entity }
    }

    fn participate(&self) {
        let device = |id: &str, name: &str, deleted| NewDevice {
            oms_connection: OmsConnection::new(id),
            deleted,
            ..NewDevice::named(name)
        };
        let company = NewParticipant {
            name: "ООО «Ромашка»".into(),
            oms_id: OmsId::new(OMS_ID),
            devices: vec![
                device(DEVICE, "Склад", false),
                device(OLD_DEVICE, "Старая программа", true),
            ],
            ..NewParticipant::of(inn())
        };
        self.sandbox.create_participant(company).unwrap();
    }

    /// The company as the sandbox has it.
    pub(crate) fn participant(&self) -> Participant {
        self.sandbox.participant(&inn()).unwrap()
    }

    /// How often somebody logged in with the living device.
    pub(crate) fn logins(&self) -> u32 {
        self.participant().devices[0].given
    }

    /// A connected company: the ids are typed as given, static tokens are accepted.
    pub(crate) async fn connected(
        &self,
        company: &Company,
        way: SigningWay,
        oms_id: &str,
        device: &str,
    ) -> SuzConnectionId {
        let answer = self.connect(company, way, oms_id, device).await;
        let ConnectAnswer::Connected(id) = answer else {
            panic!("{answer:?}");
        };
        self.desk()
            .accept_static_tokens(&company.actor, id)
            .await
            .unwrap();
        id
    }

    pub(crate) async fn connect(
        &self,
        company: &Company,
        way: SigningWay,
        oms_id: &str,
        device: &str,
    ) -> ConnectAnswer {
        let form = ConnectSuz {
            legal_entity: company.entity.id,
            contour: Contour::Sandbox,
            ids: PastedIds {
                oms_id: oms_id.into(),
                connection: device.into(),
                edo_id: String::new(),
            },
            device_name: "Метка".into(),
            way,
        };
        self.desk().connect_suz(&company.actor, form).await.unwrap()
    }

    /// Has a connection checked by calls, and its page afterwards.
    pub(crate) async fn checked(
        &self,
        company: &Company,
        id: SuzConnectionId,
    ) -> SuzConnectionView {
        self.desk()
            .check_suz(&company.actor, id, CheckLevel::Request)
            .await
            .unwrap();
        self.run_jobs().await;
        self.link(company, id).await
    }

    pub(crate) async fn link(&self, company: &Company, id: SuzConnectionId) -> SuzConnectionView {
        self.desk()
            .suz_connection(&company.actor, id)
            .await
            .unwrap()
    }

    /// Signs everything that waits, as the page does: prepares, signs with a person's key (the demo's), hands in. What
    /// became of each.
    pub(crate) async fn sign_all(&self, company: &Company) -> Vec<Option<Cause>> {
        let queue = self
            .desk()
            .signing_queue(&company.actor, None)
            .await
            .unwrap();
        let ids = queue.documents.iter().map(|document| document.id).collect();
        let prepared = self
            .desk()
            .prepare_signing(&company.actor, ids)
            .await
            .unwrap();
        let mut signed = Vec::new();
        for one in prepared {
            let to_sign = one.bytes.unwrap();
            let bytes = STANDARD.decode(&to_sign.base64).unwrap();
            signed.push(Signed {
                id: one.id,
                signature: self.sign(company, to_sign.kind, &bytes).await,
                certificate: self.certificate(company).await,
            });
        }
        let outcomes = self
            .desk()
            .take_signatures(&company.actor, signed)
            .await
            .unwrap();
        self.run_jobs().await;
        outcomes
            .into_iter()
            .map(|outcome| outcome.trouble.map(|why| why.cause))
            .collect()
    }

    pub(crate) async fn sign(
        &self,
        company: &Company,
        kind: SignatureKind,
        bytes: &[u8],
    ) -> String {
        let now = Timestamp(self.sandbox.now_ms());
        ServerSigners::none()
            .with_demo_key()
            .sign(signatory(company), kind, bytes, now)
            .await
            .unwrap()
    }

    pub(crate) async fn certificate(&self, company: &Company) -> Certificate {
        let now = Timestamp(self.sandbox.now_ms());
        let signers = ServerSigners::none().with_demo_key();
        signers
            .certificate(signatory(company), now)
            .await
            .unwrap()
            .unwrap()
    }
}

/// The database of a world as another process opens it.
pub(crate) async fn store_of(world: &World) -> Store {
    let keyring = Keyring::open_or_create(&world.settings.master_key()).unwrap();
    Store::open(&world.settings.database().unwrap(), keyring)
        .await
        .unwrap()
}

fn signatory(company: &Company) -> Signatory<'_> {
    Signatory {
        organisation: company.actor.organisation,
        entity: &company.entity,
        place: KeyPlace::Demo,
    }
}

/// What became of a step of the last check.
pub(crate) fn step(view: &SuzConnectionView, step: CheckStep) -> StepOutcome {
    let report = &view.check.as_ref().unwrap().report;
    let found = report.steps.iter().find(|one| one.step == step);
    found.unwrap().outcome.clone()
}

/// Why a step failed.
pub(crate) fn cause(view: &SuzConnectionView, step: CheckStep) -> Option<Cause> {
    match self::step(view, step) {
        StepOutcome::Failed { why } => Some(why.cause),
        _ => None,
    }
}

pub(crate) fn as_role(actor: &Actor, role: Role) -> Actor {
    Actor {
        role,
        ..actor.clone()
    }
}
