//! Plain things that tests put into the store.

use desk::{
    account::{Email, Role},
    boxes::Removal,
    connection::{KeyReport, ShopFacts},
    identifiers::Requirement,
    ids::{
        BatchId, BusinessId, CampaignId, DeviceId, DocumentId, EmissionId, IntakeId, JobId,
        LegalEntityId, LineId, MarketItemId, MarketOrderId, MarketReturnId,
        MarketplaceConnectionId, OrderId, OrganisationId, ScanId, ShopId, SlotId, SubmissionId,
        SuzConnectionId, UserId,
    },
    marketplace::{KeyScope, MarketItem, MarketOrder, Model, OrderStatus, Placement, ShipBy},
    orders::placing::Verdict,
    returns::{MarketReturn, ReturnKind, ReturnLine, ReturnedUnit, ReturnedUnitStatus},
    server::ports::{
        lists::Days,
        returns::UnitRecord,
        shipments::Shipment,
        storage::{
            Connection, IntakeRecord, LinePlan, MarkRecord, Storage, Submission, Transaction, User,
        },
    },
    shipping::ShippingState,
    submission::{Carrier, SubmissionState},
    time::Timestamp,
};
use secrecy::SecretString;
use store::Store;

pub(crate) const NOW: Timestamp = Timestamp(1_790_000_000_000);

macro_rules! ids {
    ($($name:ident: $id:ident,)*) => {$(
        pub(crate) fn $name(n: u64) -> $id {
            $id::from_parts(n, [3; 10])
        }
    )*};
}

ids! {
    organisation: OrganisationId,
    user: UserId,
    entity: LegalEntityId,
    connection: MarketplaceConnectionId,
    shop: ShopId,
    order: OrderId,
    line: LineId,
    slot: SlotId,
    intake: IntakeId,
    submission: SubmissionId,
    job: JobId,
    scan: ScanId,
    batch: BatchId,
    suz: SuzConnectionId,
    device: DeviceId,
    document: DocumentId,
    emission: EmissionId,
}

pub(crate) fn after(seconds: i64) -> Timestamp {
    NOW.plus_seconds(seconds)
}

pub(crate) fn email(n: u64) -> Email {
    format!("person{n}@example.com").parse().unwrap()
}

pub(crate) fn a_user(n: u64) -> User {
    User {
        id: user(n),
        email: email(n),
        password_hash: format!("$argon2id${n}"),
    }
}

pub(crate) fn a_connection(n: u64) -> Connection {
    Connection {
        id: connection(n),
        label: format!("Ключ {n}"),
        key_ending: "a1b2".into(),
        legal_entity: None,
        business: Some(BusinessId(900)),
        report: Some(KeyReport {
            name: "metka".into(),
            scopes: vec![KeyScope::Orders, KeyScope::from("NEW_SCOPE")],
            shops: vec![shop_facts(1, "Лавка")],
        }),
        checked_at: Some(NOW),
        synced_to: None,
        sync_read: 0,
        reading: None,
        test_orders: false,
    }
}

pub(crate) fn shop_facts(campaign: i64, name: &str) -> ShopFacts {
    ShopFacts {
        campaign: CampaignId(campaign),
        business: BusinessId(900),
        business_name: "Кабинет".into(),
        name: name.into(),
        placement: Some(Placement::Dbs),
        availability: None,
    }
}

pub(crate) fn key(text: &str) -> SecretString {
    SecretString::from(text)
}

pub(crate) fn item(id: i64, article: &str, name: &str, count: u32) -> MarketItem {
    MarketItem {
        id: MarketItemId(id),
        offer_id: article.into(),
        name: name.into(),
        count,
        required: vec![Requirement::Cis],
        instances: vec![],
    }
}

pub(crate) fn facts(number: i64, items: Vec<MarketItem>) -> MarketOrder {
    MarketOrder {
        id: MarketOrderId(number),
        campaign: CampaignId(1),
        model: Some(Model::Dbs),
        status: OrderStatus::Processing,
        substatus: Some("STARTED".into()),
        buyer: None,
        fake: false,
        created_at: NOW,
        updated_at: Some(NOW),
        ship_by: Some(ShipBy {
            at: after(3600),
            timed: true,
        }),
        items,
        boxes: vec![],
    }
}

/// A plan with a slot a unit; ids follow from the order's and the item's numbers.
pub(crate) fn plan(facts: &MarketOrder) -> Vec<LinePlan> {
    facts
        .items
        .iter()
        .map(|item| {
            let seed = u64::try_from(facts.id.0 * 1000 + item.id.0).unwrap();
            LinePlan {
                id: line(seed),
                item: item.id,
                slots: (0..u64::from(item.count))
                    .map(|unit| slot(seed * 100 + unit))
                    .collect(),
            }
        })
        .collect()
}

pub(crate) fn mark(serial: &str) -> MarkRecord {
    let ki = format!("010467003301005321{serial}");
    MarkRecord {
        key: format!("cis:{ki}"),
        text: format!("{ki}\u{1d}93Zjqw"),
        gtin: Some("04670033010053".into()),
    }
}

pub(crate) fn an_intake(n: u64, of: OrderId, by: UserId, verdict: Verdict) -> IntakeRecord {
    IntakeRecord {
        id: intake(n),
        order: of,
        user: by,
        raw: format!("raw {n}"),
        verdict,
        at: after(i64::try_from(n).unwrap()),
    }
}

pub(crate) fn a_submission(n: u64, of: OrderId, by: UserId, number: u32) -> Submission {
    Submission {
        id: submission(n),
        order: of,
        number,
        state: SubmissionState::Queued,
        carrier: Carrier::Boxes,
        body: format!(r#"{{"items":[{{"id":{n},"cis":"01\u001d{n} «»"}}]}}"#).into_bytes(),
        removals: vec![Removal {
            item: MarketItemId(1),
            units: 2,
        }],
        before: None,
        units: 2,
        slots_revision: 3,
        user: by,
        by_hand: false,
        attempts: 0,
        failures: 1,
        stored_at: NOW,
        next_at: Some(NOW),
        sent_at: None,
        settled_at: None,
        refusal: None,
        trouble: None,
    }
}

pub(crate) fn a_shipment(of: OrderId, by: UserId) -> Shipment {
    Shipment {
        order: of,
        state: ShippingState::Queued,
        user: by,
        asked_at: NOW,
        attempts: 0,
        next_at: Some(NOW),
        settled_at: None,
        refusal: None,
        trouble: None,
    }
}

/// The days around [`NOW`]: it stays today for an hour.
pub(crate) const DAYS: Days = Days {
    now: NOW,
    tomorrow: NOW.plus_seconds(3600),
    day_after: NOW.plus_seconds(25 * 3600),
};

/// A return of one unit of an order.
pub(crate) fn a_return(number: i64, of: i64, status: ReturnedUnitStatus) -> MarketReturn {
    MarketReturn {
        id: MarketReturnId(number),
        order: MarketOrderId(of),
        kind: Some(ReturnKind::Return),
        updated_at: Some(NOW),
        lines: vec![ReturnLine {
            offer_id: "ART-1".into(),
            count: 1,
            units: vec![ReturnedUnit {
                cis: Some("010467003301005321A".into()),
                status: Some(status),
                stock_type: Some("FIT".into()),
            }],
        }],
    }
}

/// Its units, all with the mark of a serial.
pub(crate) fn units(facts: &MarketReturn, serial: &str) -> Vec<UnitRecord> {
    facts
        .lines
        .iter()
        .flat_map(|line| &line.units)
        .map(|unit| UnitRecord {
            unit: unit.clone(),
            mark_key: Some(mark(serial).key),
        })
        .collect()
}

/// An organisation of its own number with a person, a connection and a shop of that number.
pub(crate) async fn found(tx: &mut Box<dyn Transaction>, n: u64) {
    tx.add_organisation(organisation(n), &format!("Организация {n}"), NOW)
        .await
        .unwrap();
    assert!(tx.add_user(&a_user(n), NOW).await.unwrap());
    tx.set_membership(organisation(n), user(n), Role::Owner, NOW)
        .await
        .unwrap();
    tx.add_connection(
        organisation(n),
        &a_connection(n),
        &key("secret-key-a1b2"),
        NOW,
    )
    .await
    .unwrap();
    let kept = tx
        .save_shop(
            organisation(n),
            shop(n),
            connection(n),
            &shop_facts(1, "Лавка"),
        )
        .await
        .unwrap();
    assert_eq!(kept, shop(n));
}

/// [`found`], committed.
pub(crate) async fn founded(store: &Store, n: u64) {
    let mut tx = store.write().await.unwrap();
    found(&mut tx, n).await;
    tx.commit().await.unwrap();
}

/// The first organisation with an order of two lines, of two units and one, committed.
pub(crate) async fn with_order(store: &Store) {
    founded(store, 1).await;
    let facts = facts(
        10,
        vec![item(1, "ART-1", "Тапочки", 2), item(2, "ART-2", "Туфли", 1)],
    );
    save(store, 10, &facts).await;
}

/// Saves an order of the first organisation as read now.
pub(crate) async fn save(store: &Store, id: u64, facts: &MarketOrder) {
    let mut tx = store.write().await.unwrap();
    tx.save_facts(
        organisation(1),
        order(id),
        shop(1),
        facts,
        &plan(facts),
        NOW,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// The slot of a unit (from 0) of an order's item.
pub(crate) fn slot_of(number: u64, item: u64, unit: u64) -> SlotId {
    slot((number * 1000 + item) * 100 + unit)
}
