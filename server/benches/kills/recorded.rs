//! What the marketplace recorded, against what was meant.

use crate::stage::{Call, End, Expected, Stage};
use sandbox::{Progress, Received, Sandbox, market::ids::OrderId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that reached the marketplace about one order, in its order.
#[derive(Default)]
struct History {
    /// Bodies with codes, and whether each was answered with yes.
    pub(crate) bodies: Vec<(Vec<u8>, bool)>,
    /// Times that «ready to ship» was asked for.
    shipped: u64,
    /// Writes that came without the order having been read since the write before: none may.
    unread: u64,
    read: bool,
}

/// The faults of every order at the marketplace.
pub(crate) fn compare(stage: &Stage, figures: &mut BTreeMap<&'static str, u64>) -> Vec<String> {
    let histories = histories(&stage.sandbox);
    let mut faults = Vec::new();
    let known: BTreeSet<OrderId> = stage.expected.iter().map(|order| order.number).collect();
    for number in histories.keys().filter(|number| !known.contains(number)) {
        faults.push(format!("order {number} is nobody's and was written"));
    }
    let nothing = History::default();
    for order in &stage.expected {
        let history = histories.get(&order.number).unwrap_or(&nothing);
        let found = of_order(&stage.sandbox, order, history);
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("order {}, recorded: {fault}", order.number)),
        );
        *figures.entry("orders").or_default() += 1;
        *figures.entry("bodies sent").or_default() += history.bodies.len() as u64;
        *figures.entry("orders asked to ship").or_default() += history.shipped;
    }
    faults
}

/// The bodies that the marketplace took, by order.
pub(crate) fn taken(sandbox: &Sandbox) -> BTreeMap<OrderId, Vec<Vec<u8>>> {
    let histories = histories(sandbox).into_iter();
    histories
        .map(|(number, history)| {
            let taken = history.bodies.into_iter().filter(|(_, taken)| *taken);
            (number, taken.map(|(body, _)| body).collect())
        })
        .collect()
}

fn histories(sandbox: &Sandbox) -> BTreeMap<OrderId, History> {
    let mut histories: BTreeMap<OrderId, History> = BTreeMap::new();
    for request in sandbox.received() {
        match Call::of(&request) {
            Call::Codes(number) => {
                let history = histories.entry(number).or_default();
                history.unread += u64::from(!std::mem::take(&mut history.read));
                let taken = request.progress == Progress::Answered { status: 200 };
                history.bodies.push((request.body, taken));
            }
            Call::Status(number) => {
                for number in number.map_or_else(|| numbers(&request, "orders"), |one| vec![one]) {
                    let history = histories.entry(number).or_default();
                    history.shipped += 1;
                    if history.shipped > 1 {
                        history.unread += u64::from(!std::mem::take(&mut history.read));
                    }
                }
            }
            Call::Reading => {
                for number in numbers(&request, "orderIds") {
                    histories.entry(number).or_default().read = true;
                }
            }
            Call::Question(_) | Call::Other => {}
        }
    }
    histories
}

/// The orders that a body names.
fn numbers(request: &Received, list: &str) -> Vec<OrderId> {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let entries = body.get(list).and_then(Value::as_array);
    let number = |entry: &Value| entry.get("id").unwrap_or(entry).as_i64().map(OrderId);
    entries.into_iter().flatten().filter_map(number).collect()
}

fn of_order(sandbox: &Sandbox, expected: &Expected, history: &History) -> Vec<String> {
    let mut faults = Vec::new();
    let mut same = |what: &str, is: String, shall: String| {
        if is != shall {
            faults.push(format!("{what}: {is} instead of {shall}"));
        }
    };
    let goes = expected.end != End::Left;
    let ships = expected.end == End::Shipped;
    let record = sandbox.record(expected.number);
    // No body twice, none late, none beside another, none refused.
    let writes = (
        record.accepted,
        record.repeated,
        record.overtaken,
        record.refused,
    );
    same(
        "bodies taken, repeated, overtaken, refused",
        format!("{writes:?}"),
        format!("{:?}", (u32::from(goes), 0, 0, 0)),
    );
    same(
        "bodies late, parallel",
        format!("{:?}", (record.late, record.parallel)),
        format!("{:?}", (0, 0)),
    );
    same(
        "steps of its status",
        record.status_changes.to_string(),
        u32::from(ships).to_string(),
    );
    same(
        "writes of an order not read before",
        history.unread.to_string(),
        "0".to_owned(),
    );
    let first = history.bodies.first().map(|(body, _)| body);
    let others = history
        .bodies
        .iter()
        .filter(|(body, _)| Some(body) != first)
        .count();
    same(
        "bodies other than the first",
        others.to_string(),
        "0".to_owned(),
    );
    let Some(order) = sandbox.order(expected.number) else {
        faults.push("it is gone".to_owned());
        return faults;
    };
    let units: u32 = order.items.iter().map(|item| item.count).sum();
    same(
        "units",
        units.to_string(),
        (expected.codes.len() + 1).to_string(),
    );
    let held: Vec<(i64, &str)> = order
        .items
        .iter()
        .flat_map(|item| item.instances.iter().map(|one| (item.id.0, one)))
        .filter_map(|(item, one)| one.cis.as_deref().map(|cis| (item, cis)))
        .collect();
    let codes: Vec<(i64, &str)> = expected
        .codes
        .iter()
        .filter(|_| goes)
        .map(|code| (expected.item.0, code.as_str()))
        .collect();
    same("codes", format!("{held:?}"), format!("{codes:?}"));
    let substatus = order.substatus.as_str();
    same(
        "ready to ship",
        (substatus == "READY_TO_SHIP").to_string(),
        ships.to_string(),
    );
    faults
}
