//! All orders, with the ways to find them without looking at each.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ids::OrderId, order::Order};

/// The orders by number, by age and by the moment of the last change.
///
/// An order can be changed only through its own method for that, so the indexes cannot fall behind it. In JSON it is the plain map.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    known: BTreeMap<OrderId, Order>,
    created: BTreeSet<(i64, OrderId)>,
    updated: BTreeSet<(i64, OrderId)>,
}

impl Orders {
    /// The order of this number.
    pub fn get(&self, id: &OrderId) -> Option<&Order> {
        self.known.get(id)
    }

    /// Whether there is an order of this number.
    pub fn contains_key(&self, id: &OrderId) -> bool {
        self.known.contains_key(id)
    }

    /// All of them, by number.
    pub fn values(&self) -> impl Iterator<Item = &Order> {
        self.known.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The newest first, behind a place of this order: a creation moment and a number.
    pub(super) fn newest_first(&self, behind: Option<(i64, i64)>) -> impl Iterator<Item = &Order> {
        let end = behind.map_or((i64::MAX, OrderId(i64::MAX)), |(created, id)| {
            (created, OrderId(id))
        });
        self.created
            .range(..end)
            .rev()
            .filter_map(|(_, id)| self.known.get(id))
    }

    /// Those last changed in a half-open period, in the order of change.
    pub(super) fn updated(&self, from: i64, to: i64) -> impl Iterator<Item = &Order> {
        let start = (from, OrderId(i64::MIN));
        let end = (to.max(from), OrderId(i64::MIN));
        self.updated
            .range(start..end)
            .filter_map(|(_, id)| self.known.get(id))
    }

    /// Puts an order in, instead of one of the same number.
    pub(super) fn insert(&mut self, order: Order) {
        let id = order.order_id;
        self.remove(id);
        self.created.insert((order.created_ms, id));
        self.updated.insert((order.updated_ms, id));
        self.known.insert(id, order);
    }

    /// Takes an order out.
    pub(super) fn remove(&mut self, id: OrderId) -> Option<Order> {
        let order = self.known.remove(&id)?;
        self.created.remove(&(order.created_ms, id));
        self.updated.remove(&(order.updated_ms, id));
        Some(order)
    }

    /// Changes an order in place; `None` when there is none of this number.
    pub(super) fn change<T>(
        &mut self,
        id: OrderId,
        change: impl FnOnce(&mut Order) -> T,
    ) -> Option<T> {
        let order = self.known.get_mut(&id)?;
        let before = (order.created_ms, order.updated_ms);
        let changed = change(order);
        let after = (order.created_ms, order.updated_ms);
        if before != after {
            self.created.remove(&(before.0, id));
            self.updated.remove(&(before.1, id));
            self.created.insert((after.0, id));
            self.updated.insert((after.1, id));
        }
        Some(changed)
    }
}

impl Serialize for Orders {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.known.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Orders {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let known = BTreeMap::<OrderId, Order>::deserialize(deserializer)?;
        let mut orders = Self::default();
        for order in known.into_values() {
            orders.insert(order);
        }
        Ok(orders)
    }
}
