//! The orders as they are with everything that was scanned, whether or not the server has answered.

use super::{Act, Answer, Outcome, PackOrder, Scan, hear::mark_for};
use crate::{
    identifiers::{Mark, Requirement},
    ids::{LineId, OrderId, ScanId, SlotId},
    orders::{Demand, LineView, MarkView, Part, SlotView, WorkState},
};

/// What an order still waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Units that want something.
    pub wanted: u32,
    /// Units that still wait for a code.
    pub marks: u32,
    /// Of these, units of lines that may go without.
    pub optional: u32,
    /// Units that wait for what cannot be scanned: РНПТ, ГТД, country.
    pub extras: u32,
}

impl Left {
    /// Whether every unit has everything, the optional ones too.
    pub const fn nothing(self) -> bool {
        self.wanted > 0 && self.marks == 0 && self.extras == 0
    }

    /// Whether the order may go as it is: only lines that may go without, and that nobody began, wait.
    pub const fn may_go(self) -> bool {
        self.wanted > self.marks && self.marks == self.optional && self.extras == 0
    }
}

/// Counts what an order waits for.
pub fn left(order: &PackOrder) -> Left {
    let mut left = Left::default();
    for line in order.lines.iter().filter(|line| !line.slots.is_empty()) {
        left.wanted += line.count;
        let may_go_without = line.untouched() && line.demand(order.buyer.as_ref()) == Demand::May;
        for slot in &line.slots {
            let lacks = slot.lacks(&line.required);
            let mark = lacks
                .iter()
                .any(|part| matches!(part, Part::Cis | Part::Uin));
            if mark {
                left.marks += 1;
                left.optional += u32::from(may_go_without);
            } else if !lacks.is_empty() {
                left.extras += 1;
            }
        }
    }
    left
}

/// Where a mark lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) order: OrderId,
    pub(super) number: String,
    pub(super) product: String,
    pub(super) unit: u32,
}

/// The identity of what lies in a slot. A code that an older engine stored and this one does not read is compared
/// as text.
pub(super) fn key_of(mark: &MarkView) -> String {
    let uin = matches!(mark, MarkView::Uin(_));
    let (MarkView::Cis(text) | MarkView::Uin(text)) = mark;
    mark_for(text, uin).map_or_else(|| text.clone(), |mark| mark.key())
}

/// The server's orders, and over them what it has not answered yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shelf {
    base: Vec<PackOrder>,
    queue: Vec<Scan>,
    /// `base` with `queue` laid over.
    orders: Vec<PackOrder>,
}

impl Shelf {
    pub(super) fn orders(&self) -> &[PackOrder] {
        &self.orders
    }

    /// What the server said, to be kept for a reload without a network.
    pub(super) fn base(&self) -> &[PackOrder] {
        &self.base
    }

    /// Scans that the server has not answered, oldest first.
    pub(super) fn queue(&self) -> &[Scan] {
        &self.queue
    }

    pub(super) fn order(&self, id: OrderId) -> Option<&PackOrder> {
        self.orders.iter().find(|order| order.id == id)
    }

    /// Where a mark lies, in any order.
    pub(super) fn find(&self, key: &str) -> Option<Found> {
        self.orders.iter().find_map(|order| {
            let (line, slot) = place_of(order, key)?;
            Some(Found {
                order: order.id,
                number: order.number.to_string(),
                product: line.name.clone(),
                unit: slot.number,
            })
        })
    }

    /// The line of an order.
    pub(super) fn line(&self, order: OrderId, line: LineId) -> Option<&LineView> {
        self.order(order)?
            .lines
            .iter()
            .find(|known| known.id == line)
    }

    /// The server's orders anew.
    pub(super) fn replace(&mut self, base: Vec<PackOrder>) {
        self.base = base;
        self.lay();
    }

    /// Adds a scan behind the others; one that is there already changes nothing.
    pub(super) fn add(&mut self, scan: Scan) {
        if self.queue.iter().all(|known| known.id != scan.id) {
            apply(&mut self.orders, &scan);
            self.queue.push(scan);
        }
    }

    /// Takes over what became of a scan, and returns the scan, if it was waiting.
    pub(super) fn answer(&mut self, answer: &Answer) -> Option<Scan> {
        let at = self.queue.iter().position(|scan| scan.id == answer.scan)?;
        let scan = self.queue.remove(at);
        match (&answer.outcome, &scan.act) {
            (Outcome::Placed { line, slot }, Act::Put { confirmed, .. }) => {
                let placed = Act::Put {
                    line: *line,
                    slot: *slot,
                    confirmed: *confirmed,
                };
                let settled = Scan {
                    act: placed,
                    ..scan.clone()
                };
                apply(&mut self.base, &settled);
            }
            (Outcome::Removed | Outcome::Sent, _) => apply(&mut self.base, &scan),
            _ => {}
        }
        self.lay();
        Some(scan)
    }

    /// Takes a scan out of the queue, with whatever takes it back: what it did is not shown any more.
    pub(super) fn set_aside(&mut self, id: ScanId) -> Vec<Scan> {
        let goes = |scan: &Scan| scan.id == id || scan.act == Act::Undo { scan: id };
        let (aside, stay) = std::mem::take(&mut self.queue).into_iter().partition(goes);
        self.queue = stay;
        self.lay();
        aside
    }

    /// The scan of an id that the server has not answered.
    pub(super) fn waiting(&self, id: ScanId) -> bool {
        self.queue.iter().any(|scan| scan.id == id)
    }

    fn lay(&mut self) {
        self.orders = self.base.clone();
        for scan in &self.queue {
            apply(&mut self.orders, scan);
        }
    }
}

fn place_of<'a>(order: &'a PackOrder, key: &str) -> Option<(&'a LineView, &'a SlotView)> {
    order.lines.iter().find_map(|line| {
        let holds = |slot: &&SlotView| slot.mark.as_ref().is_some_and(|mark| key_of(mark) == key);
        line.slots.iter().find(holds).map(|slot| (line, slot))
    })
}

/// Does to orders what a scan is meant to do. Doing it again changes nothing, because a newer list may hold it already.
fn apply(orders: &mut [PackOrder], scan: &Scan) {
    let Some(at) = orders.iter().position(|order| Some(order.id) == scan.order) else {
        return;
    };
    match &scan.act {
        Act::Put {
            line,
            slot,
            confirmed,
        } => put(orders, at, *line, *slot, &scan.raw, *confirmed),
        Act::Undo { .. } | Act::Remove => {
            if let Some(order) = orders.get_mut(at) {
                take_out(order, &scan.raw);
            }
        }
        Act::Send => {
            if let Some(order) = orders.get_mut(at) {
                order.work = WorkState::Sending;
            }
        }
        Act::Note => {}
    }
}

fn put(
    orders: &mut [PackOrder],
    at: usize,
    line: LineId,
    slot: SlotId,
    raw: &str,
    confirmed: bool,
) {
    let Some(target) = orders
        .get(at)
        .and_then(|order| order.lines.iter().find(|known| known.id == line))
    else {
        return;
    };
    let Some(mark) = mark_for(raw, target.wants(&Requirement::Uin)) else {
        return;
    };
    let offer = target.offer_id.clone();
    let key = mark.key();
    if orders.iter().any(|order| place_of(order, &key).is_some()) {
        return;
    }
    let Some(order) = orders.get_mut(at) else {
        return;
    };
    let Some(line) = order.lines.iter_mut().find(|known| known.id == line) else {
        return;
    };
    let chosen = line
        .slots
        .iter()
        .position(|known| known.id == slot && known.mark.is_none())
        .or_else(|| line.slots.iter().position(|known| known.mark.is_none()));
    if let Some(slot) = chosen.and_then(|at| line.slots.get_mut(at)) {
        order.theirs.retain(|(said, _)| *said != slot.id);
        slot.mark = Some(match &mark {
            Mark::Cis(code) => MarkView::Cis(code.as_str().to_owned()),
            Mark::Uin(uin) => MarkView::Uin(uin.as_str().to_owned()),
        });
        if let (true, Some(gtin)) = (confirmed, mark.gtin()) {
            learn(orders, &offer, gtin.as_str());
        }
    }
}

/// Remembers a GTIN for an offer, in whichever orders it is.
fn learn(orders: &mut [PackOrder], offer: &str, gtin: &str) {
    let lines = orders.iter_mut().flat_map(|order| &mut order.lines);
    for line in lines.filter(|line| line.offer_id == offer) {
        if !line.gtins.iter().any(|known| known == gtin) {
            line.gtins.push(gtin.to_owned());
        }
    }
}

fn take_out(order: &mut PackOrder, raw: &str) {
    for line in &mut order.lines {
        let uin = line.wants(&Requirement::Uin);
        let Some(key) = mark_for(raw, uin).map(|mark| mark.key()) else {
            continue;
        };
        for slot in &mut line.slots {
            if slot.mark.as_ref().is_some_and(|mark| key_of(mark) == key) {
                slot.mark = None;
                slot.filled = None;
                order.theirs.retain(|(said, _)| *said != slot.id);
            }
        }
    }
    if order.work == WorkState::Sending {
        order.work = WorkState::NeedsCodes;
    }
}
