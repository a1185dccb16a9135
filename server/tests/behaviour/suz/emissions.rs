//! Orders of codes, through the real client against the sandbox.

mod closing;
mod drawing;
mod forms;
mod losing;
mod receiving;
mod sending;
mod showing;
mod stuck;
mod testing;
mod watching;

use super::{Company, DEVICE, OMS_ID, store_of};
use crate::harness::World;
use desk::{
    ids::{DocumentId, EmissionId, SuzConnectionId},
    server::ports::{
        emissions::{EmissionOrder, StationCount},
        storage::Storage,
        suz::DocumentState,
    },
    suz::{
        SigningWay,
        emission::{
            EmissionState,
            view::{EmissionPage, OrderAnswer, OrderCodes},
        },
        new_emission::{DraftLine, EmissionDraft},
    },
};
use sandbox::{
    SUZ_HOST,
    crpt::emission::{EmissionRulesChange, order::EmissionOrder as Theirs},
    faults::{Effect, Fault, Stage},
};

pub(super) const GTIN: &str = "04600712204107";

/// Somebody whose connection signs as said.
pub(super) struct Customer {
    pub(super) company: Company,
    pub(super) link: SuzConnectionId,
}

pub(super) fn emission(n: u64) -> EmissionId {
    EmissionId::from_parts(n, [9; 10])
}

pub(super) fn clothes(quantity: &str) -> EmissionDraft {
    EmissionDraft {
        group: "lp".into(),
        release: Some("PRODUCTION".into()),
        lines: vec![DraftLine {
            gtin: GTIN.into(),
            quantity: quantity.into(),
            cis_type: Some("UNIT".into()),
            ..DraftLine::default()
        }],
        ..EmissionDraft::default()
    }
}

impl World {
    pub(super) async fn customer(&self, way: SigningWay) -> Customer {
        let company = self.company("anna@example.com").await;
        let link = self.connected(&company, way, OMS_ID, DEVICE).await;
        Customer { company, link }
    }

    /// One who signs by the demo key, whose orders are ready two seconds after they came.
    pub(super) async fn quick_customer(&self) -> Customer {
        self.sandbox
            .change_emission_rules(EmissionRulesChange {
                pending_ms: Some(0),
                approved_ms: Some(0),
                ready_ms: Some(2_000),
                fill_ms: Some(0),
                ..EmissionRulesChange::default()
            })
            .unwrap();
        self.customer(SigningWay::DemoKey).await
    }

    pub(super) async fn ask_codes(
        &self,
        who: &Customer,
        n: u64,
        draft: EmissionDraft,
    ) -> OrderAnswer {
        let order = OrderCodes {
            id: emission(n),
            connection: who.link,
            draft,
            anyway: true,
        };
        self.desk()
            .order_codes(&who.company.actor, order)
            .await
            .unwrap()
    }

    /// Orders ten codes of clothes and lets the job run.
    pub(super) async fn order_ten(&self, who: &Customer) -> EmissionPage {
        let answer = self.ask_codes(who, 1, clothes("10")).await;
        assert_eq!(answer, OrderAnswer::Made(emission(1)));
        self.run_jobs().await;
        self.emission_page(who, 1).await
    }

    pub(super) async fn emission_page(&self, who: &Customer, n: u64) -> EmissionPage {
        self.desk()
            .emission(&who.company.actor, emission(n))
            .await
            .unwrap()
    }

    pub(super) async fn state(&self, who: &Customer) -> EmissionState {
        self.emission_page(who, 1).await.card.state
    }

    /// The order as it is stored.
    pub(super) async fn row(&self, who: &Customer, n: u64) -> EmissionOrder {
        let store = store_of(self).await;
        let mut tx = store.read().await.unwrap();
        let found = tx
            .emission(who.company.actor.organisation, emission(n))
            .await;
        found.unwrap().unwrap()
    }

    /// Where a document stands.
    pub(super) async fn document(&self, who: &Customer, id: DocumentId) -> DocumentState {
        let store = store_of(self).await;
        let mut tx = store.read().await.unwrap();
        let found = tx.document(who.company.actor.organisation, id).await;
        found.unwrap().unwrap().state
    }

    /// What the station counted when it was asked last.
    pub(super) async fn counted(&self, who: &Customer) -> Option<StationCount> {
        let store = store_of(self).await;
        let mut tx = store.read().await.unwrap();
        let found = tx
            .station_count(who.company.actor.organisation, who.link)
            .await;
        found.unwrap()
    }

    /// Other programs of the company have so many orders open.
    pub(super) async fn count(&self, who: &Customer, active: u32, queued: u32) {
        let store = store_of(self).await;
        let mut tx = store.write().await.unwrap();
        let at = desk::time::Timestamp(self.sandbox.now_ms());
        let count = StationCount { active, queued, at };
        tx.save_station_count(who.company.actor.organisation, who.link, count)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// The orders that the station has.
    pub(super) fn theirs(&self) -> Vec<Theirs> {
        self.sandbox.emission_orders()
    }

    /// Bodies of calls of СУЗ that arrived, oldest first.
    pub(super) fn calls(&self, path: &str) -> Vec<Vec<u8>> {
        let path = format!("{SUZ_HOST}/api/v3/{path}");
        self.sandbox
            .received()
            .into_iter()
            .filter(|request| request.path == path)
            .map(|request| request.body)
            .collect()
    }

    /// A trouble of the next call of СУЗ.
    pub(super) fn strike(&self, path: &str, stage: Stage, effect: Effect) {
        let path = format!("{SUZ_HOST}/api/v3/{path}");
        let fault = Fault::new(effect).exact_path(&path);
        self.sandbox.add_fault(Fault { stage, ..fault });
    }
}
