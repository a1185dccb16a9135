//! Ten thousand orders as a shop of five hundred products has them.

use desk::{
    connection::ShopFacts,
    identifiers::Requirement,
    ids::{
        BusinessId, CampaignId, LineId, MarketItemId, MarketOrderId, MarketplaceConnectionId,
        OrderId, OrganisationId, ShopId, SlotId,
    },
    marketplace::{BuyerType, MarketItem, MarketOrder, Model, OrderStatus, Placement, ShipBy},
    orders::WorkState,
    server::ports::storage::{Connection, LinePlan, MarkRecord, Storage as _, Transaction},
    time::Timestamp,
};
use std::time::{Duration, Instant};
use store::Store;

pub(crate) const ORDERS: i64 = 10_000;
const PRODUCTS: i64 = 500;
/// Orders of one transaction: a page of the marketplace's answer.
const BATCH: i64 = 50;
/// What the products are called, so that a word of a name means every tenth of them.
const KINDS: [&str; 10] = [
    "Тапочки домашние женские",
    "Кроссовки беговые мужские",
    "Ботинки зимние «Ёлка»",
    "Сапоги резиновые детские",
    "Туфли лакированные на каблуке",
    "Футболка хлопковая оверсайз",
    "Куртка утеплённая с капюшоном",
    "Постельное бельё двуспальное",
    "Духи цветочные 50 мл",
    "Шина летняя легковая",
];

pub(crate) fn shop(n: i64) -> ShopId {
    id(ShopId::from_parts, n)
}

fn id<T>(make: fn(u64, [u8; 10]) -> T, n: i64) -> T {
    make(n.unsigned_abs(), [7; 10])
}

/// The number of the n-th order.
pub(crate) const fn number(n: i64) -> i64 {
    48_500_000_000 + n * 37
}

/// The КИ of the code in the first slot of the n-th order.
pub(crate) fn ki(n: i64) -> String {
    format!("0104670033010053215Q{n:07}wxyz")
}

fn item(n: i64, line: i64) -> MarketItem {
    let product = n
        .wrapping_mul(7)
        .wrapping_add(line.wrapping_mul(131))
        .rem_euclid(PRODUCTS);
    let kind = usize::try_from(product).unwrap() % KINDS.len();
    MarketItem {
        id: MarketItemId(n * 10 + line),
        offer_id: format!("ART-{product:03}-{}", 36 + product % 10),
        name: format!(
            "{} арт. {product}, размер {}, цвет чёрный, 1 шт.",
            KINDS.get(kind).unwrap(),
            36 + product % 10
        ),
        count: if line == 2 { 2 } else { 1 },
        required: if line == 3 {
            vec![]
        } else {
            vec![Requirement::Cis]
        },
        instances: vec![],
    }
}

/// An order of three lines, two of them marked, with four units.
fn facts(n: i64, now: Timestamp) -> MarketOrder {
    let models = [Model::Dbs, Model::Fbs, Model::Express];
    MarketOrder {
        id: MarketOrderId(number(n)),
        campaign: CampaignId(1 + n % 3),
        model: models.get(usize::try_from(n % 3).unwrap()).cloned(),
        status: OrderStatus::Processing,
        substatus: Some("STARTED".into()),
        buyer: Some(BuyerType::Person),
        fake: false,
        created_at: now,
        updated_at: Some(now),
        ship_by: (n % 20 != 0).then(|| ShipBy {
            at: now.plus_seconds((n % 200 - 40) * 3600 + n),
            timed: true,
        }),
        items: (1..=3).map(|line| item(n, line)).collect(),
        boxes: vec![],
    }
}

/// Of twenty orders eight need codes, four are with the marketplace, two are closed, and the others stand in all states.
fn work(n: i64) -> WorkState {
    match n % 20 {
        0..8 => WorkState::NeedsCodes,
        8..12 => WorkState::Accepted,
        12..14 => WorkState::Closed,
        _ => {
            let states = WorkState::ALL;
            let turn = usize::try_from(n / 20).unwrap() % states.len();
            *states.get(turn).unwrap()
        }
    }
}

/// Three shops of one cabinet.
pub(crate) async fn shops(store: &Store, org: OrganisationId, now: Timestamp) {
    let mut tx = store.write().await.unwrap();
    let connection = Connection {
        id: id(MarketplaceConnectionId::from_parts, 1),
        label: "Кабинет".into(),
        key_ending: "a1b2".into(),
        legal_entity: None,
        business: Some(BusinessId(1)),
        report: None,
        checked_at: None,
        synced_to: None,
        sync_read: 0,
        reading: None,
        test_orders: false,
    };
    tx.add_connection(org, &connection, &"ACMA:key".into(), now)
        .await
        .unwrap();
    for campaign in 1..=3 {
        let facts = ShopFacts {
            campaign: CampaignId(campaign),
            business: BusinessId(1),
            business_name: "Кабинет".into(),
            name: format!("Магазин {campaign}"),
            placement: Some(Placement::Dbs),
            availability: None,
        };
        tx.save_shop(org, shop(campaign), connection.id, &facts)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn save_order(tx: &mut dyn Transaction, org: OrganisationId, n: i64, now: Timestamp) {
    let plan = |line: i64, slots: i64| LinePlan {
        id: id(LineId::from_parts, n * 10 + line),
        item: MarketItemId(n * 10 + line),
        slots: (0..slots)
            .map(|slot| id(SlotId::from_parts, n * 100 + line * 10 + slot))
            .collect(),
    };
    let plans = [plan(1, 1), plan(2, 2), plan(3, 0)];
    let order = id(OrderId::from_parts, n);
    tx.save_facts(org, order, shop(1 + n % 3), &facts(n, now), &plans, now)
        .await
        .unwrap();
    let filled = u32::from(work(n) != WorkState::NeedsCodes);
    tx.save_summary(org, order, 4, 3, filled * 3, work(n))
        .await
        .unwrap();
}

/// Takes in every order as the reading of orders does, and says how long it took. A second time it changes nothing.
pub(crate) async fn orders(store: &Store, org: OrganisationId, now: Timestamp) -> Duration {
    let began = Instant::now();
    for first in (1..=ORDERS).step_by(usize::try_from(BATCH).unwrap()) {
        let mut tx = store.write().await.unwrap();
        for n in first..first + BATCH {
            save_order(&mut *tx, org, n, now).await;
        }
        tx.commit().await.unwrap();
    }
    began.elapsed()
}

/// Puts a code into the first slot of each order that is past needing them.
pub(crate) async fn codes(store: &Store, org: OrganisationId, now: Timestamp) {
    let mut tx = store.write().await.unwrap();
    for n in (1..=ORDERS).filter(|n| work(*n) != WorkState::NeedsCodes) {
        let mark = MarkRecord {
            key: format!("cis:{}", ki(n)),
            text: format!("{}\u{1d}93Zjqw", ki(n)),
            gtin: Some("04670033010053".into()),
        };
        let (order, slot) = (
            id(OrderId::from_parts, n),
            id(SlotId::from_parts, n * 100 + 10),
        );
        tx.keep_code(org, &mark, now).await.unwrap();
        tx.fill_slot(org, order, slot, &mark, now).await.unwrap();
    }
    tx.commit().await.unwrap();
}
