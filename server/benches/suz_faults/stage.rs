//! What a run plays on: a station with a company, a database, the desk at which a person sits.

use crate::{
    company::{INN, OMS_ID, OTHER_DEVICE, person, station},
    database::Database,
    matrix::ORDER,
};
use desk::{
    account::Actor,
    ids::{EmissionId, SuzConnectionId},
    server::Desk,
    suz::{
        emission::view::{OrderAnswer, OrderCodes},
        group_form::{CisType, ReleaseMethod},
        new_emission::{DraftLine, EmissionDraft},
    },
};
use sandbox::{
    Clock, Memory, Sandbox,
    crpt::{emission::EmissionRulesChange, ids::Inn},
};
use server::{settings::Settings, wiring::wire};
use std::{path::PathBuf, sync::Arc};
use tempfile::TempDir;

/// 23 November 2026, noon in Moscow.
const NOON: i64 = 1_795_424_400_000;
/// What is ordered: GTIN and number of codes. So many come between two looks that a block is kept in several runs.
pub(crate) const GOODS: [(&str, u32); 2] = [("04606038003172", 90), ("04607123450017", 60)];
/// How many codes of an answer become durable at once: few, so that troubles fall between.
pub(crate) const RUN: usize = 3;
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
    /// The number of another program's order.
    pub(crate) foreign: Option<String>,
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
        let everything = Memory {
            remember: 1_000_000,
            bodies: true,
        };
        let slow = EmissionRulesChange {
            pending_ms: Some(1_000),
            approved_ms: Some(3_000),
            ready_ms: Some(6_000),
            fill_ms: Some(40_000),
            search_delay_ms: Some(SEARCH_DELAY),
            ..EmissionRulesChange::default()
        };
        let (sandbox, url) = station(Clock::manual(NOON), everything, slow).await;
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
            foreign: None,
            folder,
        }
    }

    /// Whether another program of the company ordered codes too.
    pub(crate) const fn has_foreign(&self) -> bool {
        self.foreign.is_some()
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

    /// Another program of the company leaves an order at the station without a signature.
    pub(crate) async fn leave_unsigned(&mut self) {
        let inn = Inn::new(INN).unwrap();
        let token = self.sandbox.second_program(&inn, OTHER_DEVICE).unwrap();
        let (gtin, _) = GOODS[0];
        let body = serde_json::json!({
            "productGroup": "lp",
            "products": [{
                "gtin": gtin, "quantity": 2, "serialNumberType": "OPERATOR", "templateId": 10, "cisType": "UNIT",
            }],
            "attributes": { "releaseMethodType": "PRODUCTION" },
        });
        let plain = reqwest::Client::builder().no_proxy().build().unwrap();
        let sent = plain
            .post(format!("{}{ORDER}?omsId={OMS_ID}", self.url))
            .header("clientToken", token.value.reveal())
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let told = sent.text().await.unwrap();
        let answer: serde_json::Value = serde_json::from_str(&told).unwrap();
        let Some(order) = answer["orderId"].as_str() else {
            panic!("the station did not take the other program's order: {told}");
        };
        self.foreign = Some(order.to_owned());
    }

    /// Whether a part of a block lies in the database whose answer did not come whole.
    pub(crate) async fn has_part(&self) -> bool {
        let parts = "SELECT id FROM stock_blocks WHERE state = 'asked' AND kept > 0";
        let parts: Vec<(String,)> = self.database.rows(parts).await;
        !parts.is_empty()
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
