//! What the packer does beside scanning codes in: taking back, taking out, going on, printing.

use super::{Act, Effect, Say, Scan, ServiceCode, Session, Stamp, left, mark_for, sends};
use crate::identifiers::Mark;

impl Session {
    /// A command, from the card or from a key.
    pub(super) fn command(&mut self, code: ServiceCode, stamp: Stamp, effects: &mut Vec<Effect>) {
        let asked = self.asked.take().is_some();
        let removing = std::mem::take(&mut self.removing);
        let looking = self.looking.take().is_some();
        match code {
            // What is under way is given up first; nothing was done yet that could be taken back.
            ServiceCode::Undo if asked || removing || looking => self.say = self.idle(),
            ServiceCode::Undo => self.undo(stamp, effects),
            ServiceCode::Remove if removing => self.say = self.idle(),
            ServiceCode::Remove => {
                self.removing = true;
                self.say = Say::Removing;
            }
            ServiceCode::Next => self.next(stamp, effects),
            ServiceCode::Print => self.print(effects),
        }
    }

    /// Takes back the newest code that this session put into a place.
    fn undo(&mut self, stamp: Stamp, effects: &mut Vec<Effect>) {
        let Some(laid) = self.laid.pop() else {
            self.tell(Say::NothingToUndo, effects);
            return;
        };
        self.heard.clone_from(&laid.raw);
        let scan = Scan {
            id: stamp.id,
            order: Some(laid.order),
            act: Act::Undo { scan: laid.scan },
            raw: laid.raw,
            at: stamp.at,
        };
        self.open = Some(laid.order);
        self.keep(scan, effects);
        self.tell(
            Say::Undone {
                product: laid.product,
            },
            effects,
        );
    }

    /// The scanned code goes out of the order on the screen; elsewhere it stays where it is.
    pub(super) fn remove(&mut self, mark: &Mark, stamp: Stamp, effects: &mut Vec<Effect>) {
        let found = self.shelf.find(&mark.key());
        let here = self.open.or(self.last);
        match found {
            Some(found) if Some(found.order) == here => {
                let scan = Scan {
                    id: stamp.id,
                    order: here,
                    act: Act::Remove,
                    raw: self.heard.clone(),
                    at: stamp.at,
                };
                self.laid.retain(|laid| {
                    mark_for(&laid.raw, matches!(mark, Mark::Uin(_)))
                        .is_none_or(|known| known.key() != mark.key())
                });
                self.open = here;
                self.keep(scan, effects);
                self.tell(
                    Say::Removed {
                        product: found.product,
                    },
                    effects,
                );
            }
            Some(found) => self.note(
                Say::Repeat {
                    number: found.number,
                    here: false,
                    product: found.product,
                    unit: found.unit,
                },
                stamp,
                effects,
            ),
            None => self.note(Say::NotHere, stamp, effects),
        }
    }

    /// Leaves the order. One that may go as it is goes: what is missing was not asked for by law.
    fn next(&mut self, stamp: Stamp, effects: &mut Vec<Effect>) {
        let sendable = self
            .open()
            .filter(|order| left(order).may_go() && sends(order.work))
            .map(|order| (order.id, order.number.to_string()));
        if let Some((order, number)) = sendable {
            self.send(order, stamp.id, stamp.at, effects);
            self.tell(Say::Done { number }, effects);
            return;
        }
        self.leave();
        self.last = None;
        self.say = Say::Waiting;
    }
}
