//! The compact record of what was written into each order: what a test of crashes compares with its own store.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use serde::Serialize;

use crate::market::ids::OrderId;

/// How many earlier bodies of an order are remembered.
const BODIES: usize = 64;

/// What a request has written, or tried to write, into an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Write {
    /// Codes or boxes.
    Codes {
        /// Whether they are stored.
        accepted: bool,
        /// Whether the order took no codes any more when they came.
        late: bool,
    },
    /// Another status, stored.
    Status,
}

/// What was written into one order since the process began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderRecord {
    /// How many bodies with codes or boxes were stored.
    pub accepted: u32,
    /// How many were refused.
    pub refused: u32,
    /// How many of the stored were the same, byte for byte, as the one stored just before: a repetition.
    pub repeated: u32,
    /// How many of the stored had been stored before and replaced since: an older body that has overtaken a newer one.
    pub overtaken: u32,
    /// How many came when the order was already `READY_TO_SHIP` or further.
    pub late: u32,
    /// How many came while another one for the same order was in work.
    pub parallel: u32,
    /// How many times a seller has moved its status.
    pub status_changes: u32,
    #[serde(skip)]
    last: Option<u64>,
    #[serde(skip)]
    older: Vec<u64>,
}

impl OrderRecord {
    fn note(&mut self, write: Write, body: &[u8]) {
        match write {
            Write::Status => self.status_changes += 1,
            Write::Codes { accepted, late } => {
                self.late += u32::from(late);
                if accepted {
                    self.accept(body);
                } else {
                    self.refused += 1;
                }
            }
        }
    }

    fn accept(&mut self, body: &[u8]) {
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        let body = hasher.finish();
        self.accepted += 1;
        if self.last == Some(body) {
            self.repeated += 1;
            return;
        }
        if self.older.contains(&body) {
            self.overtaken += 1;
        }
        if let Some(last) = self.last.replace(body)
            && !self.older.contains(&last)
        {
            if self.older.len() == BODIES {
                self.older.remove(0);
            }
            self.older.push(last);
        }
    }
}

/// The record of all orders.
#[derive(Debug, Default)]
pub(crate) struct Record {
    orders: BTreeMap<OrderId, OrderRecord>,
    in_work: HashMap<OrderId, u32>,
}

impl Record {
    /// A request that would write into the order has come.
    pub(crate) fn arrive(&mut self, order: OrderId) {
        let in_work = self.in_work.entry(order).or_insert(0);
        *in_work += 1;
        if *in_work > 1 {
            self.orders.entry(order).or_default().parallel += 1;
        }
    }

    /// It has been answered or dropped.
    pub(crate) fn leave(&mut self, order: OrderId) {
        if let Some(in_work) = self.in_work.get_mut(&order) {
            *in_work = in_work.saturating_sub(1);
            if *in_work == 0 {
                self.in_work.remove(&order);
            }
        }
    }

    /// What it has done.
    pub(crate) fn note(&mut self, order: OrderId, write: Write, body: &[u8]) {
        self.orders.entry(order).or_default().note(write, body);
    }

    /// The record of one order.
    pub(crate) fn of(&self, order: OrderId) -> OrderRecord {
        self.orders.get(&order).cloned().unwrap_or_default()
    }

    /// Forgets everything but what is in work.
    pub(crate) fn clear(&mut self) {
        self.orders.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: OrderId = OrderId(1);
    const STORED: Write = Write::Codes {
        accepted: true,
        late: false,
    };

    #[test]
    fn a_repetition_is_told_from_an_old_body_that_overtakes() {
        let mut record = Record::default();
        for body in [b"a", b"a", b"b", b"a", b"c"] {
            record.note(ORDER, STORED, body);
        }
        let one = record.of(ORDER);
        assert_eq!((one.accepted, one.repeated, one.overtaken), (5, 1, 1));
    }

    #[test]
    fn two_in_work_at_once_are_noted() {
        let mut record = Record::default();
        record.arrive(ORDER);
        record.leave(ORDER);
        record.arrive(ORDER);
        assert_eq!(record.of(ORDER).parallel, 0);
        record.arrive(ORDER);
        assert_eq!(record.of(ORDER).parallel, 1);
    }
}
