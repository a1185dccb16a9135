//! Orders for the tests of the page.

use desk::{
    identifiers::Requirement,
    ids::{LineId, MarketItemId, MarketOrderId, OrderId, SlotId},
    marketplace::{BuyerType, Model, OrderStatus},
    orders::{LineView, OrderPage, OrderRights, SlotView, WorkState},
    time::{Timestamp, When},
};

/// A code of one product, different for every number.
pub(in crate::orders) fn code(n: u32) -> String {
    format!(
        "0104670033010053215tm!Kq2bV{n:04}\u{1d}91ffd0\u{1d}92{}",
        "A".repeat(44)
    )
}

/// A line of `count` empty slots.
pub(in crate::orders) fn line(
    seed: u8,
    name: &str,
    count: u32,
    required: &[Requirement],
) -> LineView {
    let slot = |number: u32| SlotView {
        id: SlotId::from_parts(u64::from(seed), [u8::try_from(number).unwrap(); 10]),
        number,
        mark: None,
        rnpt: None,
        gtd: None,
        country: None,
        filled: None,
    };
    LineView {
        id: LineId::from_parts(1, [seed; 10]),
        item: MarketItemId(i64::from(seed)),
        offer_id: format!("ART-{seed}"),
        name: name.to_owned(),
        count,
        required: required.to_vec(),
        slots: if required.is_empty() {
            vec![]
        } else {
            (1..=count).map(slot).collect()
        },
        stored: vec![],
        gtins: vec![],
    }
}

/// An order of these lines that wants codes.
pub(in crate::orders) fn order(lines: Vec<LineView>) -> OrderPage {
    let read = When {
        at: Timestamp(0),
        days_ahead: 0,
        minutes_ahead: 0,
        year: 2026,
        month: 11,
        day: 21,
        hour: 12,
        minute: 0,
        timed: true,
    };
    OrderPage {
        id: OrderId::from_parts(1, [1; 10]),
        number: MarketOrderId(48_512_377),
        shop: "Обувь".into(),
        model: Some(Model::Dbs),
        status: OrderStatus::Processing,
        substatus: None,
        buyer: Some(BuyerType::Business),
        fake: false,
        ship_by: None,
        lines,
        unplaced: vec![],
        submission: None,
        changed_since: true,
        carrier: Some(desk::submission::Carrier::Identifiers),
        plan: desk::boxes::Plan::default(),
        boxes: vec![],
        verification: None,
        shipping: None,
        labels: None,
        work: WorkState::NeedsCodes,
        revision: 1,
        read,
        may: OrderRights {
            fill: true,
            send: true,
            overrule: true,
            sample: true,
        },
    }
}
