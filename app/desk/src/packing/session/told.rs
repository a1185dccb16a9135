//! What the server says, and what the browser kept for when it says nothing.

use super::{Effect, Laid, Say, Session};
use crate::{
    ids::ScanId,
    orders::WorkState,
    packing::{
        Act, Answer, Clash, Outcome, PickList, Scan,
        hear::{Heard, hear},
    },
};

impl Session {
    pub(super) fn take_list(&mut self, list: PickList, effects: &mut Vec<Effect>) {
        self.more = list.more;
        self.clashes = list.clashes;
        self.catalogue_closed = list.catalogue_closed;
        self.may_overrule = list.may_overrule;
        for order in list.unprinted {
            self.will_print(order);
        }
        self.shelf.replace(list.orders);
        self.take_found(list.looked_for.as_deref(), effects);
        if self
            .open()
            .is_some_and(|order| order.work == WorkState::Closed)
        {
            self.leave();
            self.tell(Say::OrderClosed, effects);
        }
        self.print_what_came(effects);
        effects.push(Effect::Remember);
    }

    /// The server has looked for an order: if it is there now, it is opened.
    pub(super) fn take_found(&mut self, looked_for: Option<&str>, effects: &mut Vec<Effect>) {
        let Some((_, say)) = self
            .looking
            .take_if(|(text, _)| looked_for == Some(text.as_str()))
        else {
            return;
        };
        match hear(looked_for.unwrap_or_default(), self.shelf.orders()) {
            Heard::Order(order) => {
                self.open_order(order);
            }
            Heard::Several(found) => self.tell(Say::SeveralOrders { found }, effects),
            _ => self.tell(say, effects),
        }
    }

    pub(super) fn take_waiting(&mut self, scans: Vec<Scan>) {
        for scan in scans {
            match (&scan.act, scan.order) {
                (Act::Put { line, .. }, Some(order)) => {
                    let product = self.product(order, *line);
                    self.laid.push(Laid {
                        scan: scan.id,
                        order,
                        raw: scan.raw.clone(),
                        product,
                    });
                    self.open = Some(order);
                }
                (Act::Undo { scan: undone }, order) => {
                    self.laid.retain(|laid| laid.scan != *undone);
                    self.open = order;
                }
                (Act::Send, order) => {
                    self.open = None;
                    self.last = order;
                }
                _ => {}
            }
            self.shelf.add(scan);
        }
    }

    pub(super) fn take_answers(&mut self, answers: &[Answer], effects: &mut Vec<Effect>) {
        for answer in answers {
            let Some(scan) = self.shelf.answer(answer) else {
                continue;
            };
            match &answer.outcome {
                Outcome::Clash(why) => self.clash(&scan, why.clone(), effects),
                Outcome::NotSent if self.last == scan.order && self.open.is_none() => {
                    self.open = scan.order;
                    self.say = self.idle();
                }
                _ => {}
            }
        }
        effects.push(Effect::Remember);
    }

    pub(super) fn clash(&mut self, scan: &Scan, why: Clash, effects: &mut Vec<Effect>) {
        self.laid.retain(|laid| laid.scan != scan.id);
        let number = self.number_of(scan);
        self.heard.clone_from(&scan.raw);
        self.tell(Say::Clash { number, why }, effects);
    }

    pub(super) fn number_of(&self, scan: &Scan) -> Option<String> {
        let order = self.shelf.order(scan.order?)?;
        Some(order.number.to_string())
    }

    /// A scan that the server fails at steps aside, with whatever takes it back, so that those behind it go on.
    pub(super) fn step_aside(&mut self, id: ScanId, effects: &mut Vec<Effect>) {
        let aside = self.shelf.set_aside(id);
        let Some(scan) = aside.first() else { return };
        self.laid.retain(|laid| laid.scan != id);
        let number = self.number_of(scan);
        self.heard.clone_from(&scan.raw);
        self.aside.extend(aside);
        self.tell(Say::Aside { number }, effects);
        effects.push(Effect::Go);
    }

    pub(super) fn retry(&mut self, id: ScanId, effects: &mut Vec<Effect>) {
        let goes = |scan: &Scan| scan.id == id || scan.act == Act::Undo { scan: id };
        let (again, stay) = std::mem::take(&mut self.aside).into_iter().partition(goes);
        self.aside = stay;
        let again: Vec<Scan> = again;
        for scan in again {
            self.shelf.add(scan);
        }
        effects.push(Effect::Go);
    }
}
