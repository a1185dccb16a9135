//! Whether the marketplace holds our layout: how a submission without an answer is settled.

use crate::{
    ids::MarketItemId,
    marketplace::{Amount, MarketOrder, StoredBox, StoredInstance},
    submission::{Finding, LineInstances, agree},
};
use serde::{Deserialize, Serialize};

/// A layout as it is compared: what lies in each box, and what each line carries. Numbers of boxes, their ids and
/// the order of entries are the marketplace's own matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldLayout {
    boxes: Vec<Vec<(MarketItemId, Amount)>>,
    lines: Vec<LineInstances>,
}

impl HeldLayout {
    /// The layout of boxes alone, as a body says it. A split unit's code stands in each of its boxes and counts
    /// once.
    pub fn of_boxes(boxes: &[StoredBox]) -> Self {
        let mut lines: Vec<LineInstances> = Vec::new();
        for entry in boxes.iter().flat_map(|one| &one.items) {
            let repeated = matches!(entry.amount, Amount::Part { current, .. } if current > 1);
            let fresh: &[StoredInstance] = if repeated { &[] } else { &entry.instances };
            match lines.iter_mut().find(|line| line.item == entry.item) {
                Some(line) => line.instances.extend_from_slice(fresh),
                None => lines.push(LineInstances {
                    item: entry.item,
                    instances: fresh.to_vec(),
                }),
            }
        }
        Self {
            boxes: amounts(boxes),
            lines,
        }
    }

    /// What an order holds: its boxes, with the identifiers that its lines name. The lines tell more of a code
    /// than the boxes do, so the boxes are asked only where the lines are silent.
    pub fn of_order(order: &MarketOrder) -> Self {
        let mut held = Self::of_boxes(&order.boxes);
        for item in order.items.iter().filter(|item| !item.instances.is_empty()) {
            match held.lines.iter_mut().find(|line| line.item == item.id) {
                Some(line) => line.instances.clone_from(&item.instances),
                None => held.lines.push(LineInstances {
                    item: item.id,
                    instances: item.instances.clone(),
                }),
            }
        }
        held
    }

    /// The identifiers, line by line.
    pub fn lines(&self) -> &[LineInstances] {
        &self.lines
    }

    fn agrees(&self, other: &Self) -> bool {
        let items = self.lines.iter().chain(&other.lines).map(|line| line.item);
        self.boxes == other.boxes
            && items
                .into_iter()
                .all(|item| agree(&self.lines, &other.lines, item))
    }
}

/// What lies where, in an order that does not depend on who wrote it.
fn amounts(boxes: &[StoredBox]) -> Vec<Vec<(MarketItemId, Amount)>> {
    let rank = |amount: Amount| match amount {
        Amount::Full(count) => (0, count, 0),
        Amount::Part { current, total } => (1, current, total),
    };
    let key = |(item, amount): &(MarketItemId, Amount)| (*item, rank(*amount));
    let mut sorted: Vec<Vec<_>> = boxes
        .iter()
        .map(|one| {
            let mut entries: Vec<_> = one
                .items
                .iter()
                .map(|entry| (entry.item, entry.amount))
                .collect();
            entries.sort_by_key(key);
            entries
        })
        .collect();
    sorted.sort_by_key(|entries| entries.iter().map(key).collect::<Vec<_>>());
    sorted
}

/// What reading the order again says about a layout that was sent without an answer.
pub fn compare_layouts(sent: &HeldLayout, before: &HeldLayout, now: &HeldLayout) -> Finding {
    if now.agrees(sent) {
        Finding::Ours
    } else if now.agrees(before) {
        Finding::Untouched
    } else {
        Finding::Foreign
    }
}
