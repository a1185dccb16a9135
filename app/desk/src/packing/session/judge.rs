//! What becomes of a marking code: a place, a question, or a reason why not.

use super::{Act, Effect, Laid, Say, Scan, Session, Stamp, takes_codes};
use crate::{
    identifiers::Mark,
    ids::{LineId, OrderId, SlotId},
    orders::{
        LineView, MarkView,
        placing::{Board, KnownProduct, Target, Verdict, Wish},
    },
    packing::{
        PackOrder,
        hear::{mark_for, trimmed},
        shelf::left,
        words::Choice,
    },
};

/// The most lines that a question offers: it is read standing, and each is a key.
const MOST_OPTIONS: usize = 4;

impl Session {
    /// A mark was scanned.
    pub(super) fn take_mark(&mut self, mark: &Mark, stamp: Stamp, effects: &mut Vec<Effect>) {
        if let Some(found) = self.shelf.find(&mark.key()) {
            let say = Say::Repeat {
                here: Some(found.order) == self.open,
                number: found.number,
                product: found.product,
                unit: found.unit,
            };
            return self.note(say, stamp, effects);
        }
        match self.open() {
            Some(order) => match self.judge(order, mark) {
                Ruling::Place { line, slot } => {
                    let order = order.id;
                    self.lay(order, line, slot, false, stamp, effects);
                }
                Ruling::Ask(options) => self.ask(options, stamp, effects),
                Ruling::No(say) => self.note(say, stamp, effects),
            },
            None => self.first_item(mark, stamp, effects),
        }
    }

    /// A product's bar code: it opens the most urgent order that needs the product, and is no marking code.
    pub(super) fn by_product(&mut self, gtin: &str, effects: &mut Vec<Effect>) {
        if self.open.is_some() {
            return self.tell(Say::ProductBarcode, effects);
        }
        let needs = |order: &&PackOrder| {
            takes_codes(order.work)
                && order
                    .lines
                    .iter()
                    .any(|line| has_room(line) && knows(line, gtin))
        };
        if let Some(order) = self.orders().iter().find(needs).map(|order| order.id) {
            self.open_order(order);
            return;
        }
        match self.product_of(gtin) {
            Some(product) => {
                let product = Some(product);
                self.tell(Say::NoOrder { product }, effects);
            }
            // One in ten numbers of an order reads as a bar code too.
            None => self.look(Say::NoOrder { product: None }, effects),
        }
    }

    /// The person says which line the code in question belongs to.
    pub(super) fn confirm(
        &mut self,
        order: OrderId,
        line: LineId,
        stamp: Stamp,
        effects: &mut Vec<Effect>,
    ) {
        let offered = |option: &Choice| option.order == order && option.line == line;
        let asked = matches!(&self.say, Say::Ask { options } if options.iter().any(offered));
        let Some(text) = self.asked.take().filter(|_| asked) else {
            return;
        };
        let wish = Wish {
            target: Target::Line(line),
            anyway: self.may_overrule,
            reading: None,
        };
        let placed = self.shelf.order(order).map(|order| {
            Board::new(&order.lines, vec![])
                .place(trimmed(&text), &wish)
                .verdict
        });
        match placed {
            Some(Verdict::Placed { line, slot }) => {
                self.heard = text;
                self.lay(order, line, slot, true, stamp, effects);
            }
            _ => self.tell(Say::NotWanted, effects),
        }
    }

    /// No order is open: the most urgent one that needs the product is.
    fn first_item(&mut self, mark: &Mark, stamp: Stamp, effects: &mut Vec<Effect>) {
        let open = self.orders().iter().filter(|order| takes_codes(order.work));
        let known = mark.gtin().and_then(|gtin| {
            open.clone().find_map(|order| {
                let line = order.lines.iter().find(|line| {
                    takes(line, mark) && knows(line, gtin.as_str()) && has_room(line)
                })?;
                Some((order.id, line.id, free(line)?))
            })
        });
        if let Some((order, line, slot)) = known {
            return self.lay(order, line, slot, false, stamp, effects);
        }
        // A product known under another offer may be sold under one that is not known yet, so it is asked about too.
        let options: Vec<Choice> = open
            .flat_map(|order| order.lines.iter().map(move |line| (order, line)))
            .filter(|(_, line)| takes(line, mark) && has_room(line) && unlearned(line))
            .take(MOST_OPTIONS)
            .map(|(order, line)| choice(order, line))
            .collect();
        if options.is_empty() {
            let product = mark.gtin().and_then(|gtin| self.product_of(gtin.as_str()));
            return self.note(Say::NoOrder { product }, stamp, effects);
        }
        self.ask(options, stamp, effects);
    }

    /// Asks whose code it is. The text is kept at once; the answer makes a scan of its own.
    fn ask(&mut self, options: Vec<Choice>, stamp: Stamp, effects: &mut Vec<Effect>) {
        let text = self.heard.clone();
        self.note(Say::Ask { options }, stamp, effects);
        self.asked = Some(text);
    }

    /// Puts the code into its place; the last one sends the order.
    fn lay(
        &mut self,
        order: OrderId,
        line: LineId,
        slot: SlotId,
        confirmed: bool,
        stamp: Stamp,
        effects: &mut Vec<Effect>,
    ) {
        let product = self.product(order, line);
        let act = Act::Put {
            line,
            slot,
            confirmed,
        };
        let scan = Scan {
            id: stamp.id,
            order: Some(order),
            act,
            raw: self.heard.clone(),
            at: stamp.at,
        };
        self.laid.push(Laid {
            scan: scan.id,
            order,
            raw: scan.raw.clone(),
            product: product.clone(),
        });
        self.open = Some(order);
        self.last = Some(order);
        self.keep(scan, effects);
        let Some(packed) = self.open() else { return };
        let (left, number) = (left(packed), packed.number.to_string());
        if left.nothing() {
            self.send(order, stamp.send, stamp.at, effects);
            self.tell(Say::Done { number }, effects);
        } else {
            let say = Say::Good {
                product,
                left: left.marks,
                extras: left.marks == 0,
            };
            self.tell(say, effects);
        }
    }

    /// What is known of products outside an order.
    fn others(&self, order: &PackOrder) -> Vec<KnownProduct> {
        let ours = |line: &&LineView| order.lines.iter().any(|own| own.offer_id == line.offer_id);
        self.orders()
            .iter()
            .flat_map(|order| &order.lines)
            .filter(|line| !ours(line))
            .flat_map(|line| {
                line.gtins.iter().map(|gtin| KnownProduct {
                    gtin: gtin.clone(),
                    name: line.name.clone(),
                })
            })
            .collect()
    }

    /// Whether some line of some order is known by the mark's GTIN.
    fn knows_anywhere(&self, mark: &Mark) -> bool {
        mark.gtin()
            .is_some_and(|gtin| self.product_of(gtin.as_str()).is_some())
    }

    fn product_of(&self, gtin: &str) -> Option<String> {
        let mut lines = self.orders().iter().flat_map(|order| &order.lines);
        lines
            .find(|line| knows(line, gtin))
            .map(|line| line.name.clone())
    }
}

/// What is decided about a code.
enum Ruling {
    Place { line: LineId, slot: SlotId },
    Ask(Vec<Choice>),
    No(Say),
}

impl Session {
    /// Judges a code that lies nowhere against the open order.
    fn judge(&self, order: &PackOrder, mark: &Mark) -> Ruling {
        use crate::orders::WorkState;
        match order.work {
            WorkState::Closed => return Ruling::No(Say::OrderClosed),
            work if !takes_codes(work) => return Ruling::No(Say::BeingSent),
            _ => {}
        }
        let line = |id: LineId| order.lines.iter().find(|line| line.id == id);
        let ask = |ids: &[LineId]| {
            let lines = ids.iter().filter_map(|id| line(*id)).take(MOST_OPTIONS);
            Ruling::Ask(lines.map(|line| choice(order, line)).collect())
        };
        let placed = Board::new(&order.lines, self.others(order))
            .place(trimmed(&self.heard), &Wish::default());
        match placed.verdict {
            Verdict::Placed { line: id, slot } => {
                let new = mark
                    .gtin()
                    .is_some_and(|gtin| line(id).is_some_and(|line| !knows(line, gtin.as_str())));
                if new {
                    ask(&[id])
                } else {
                    Ruling::Place { line: id, slot }
                }
            }
            Verdict::WhichLine { lines } => ask(&lines),
            // Nobody has seen this product yet: whoever may, says what it is; no one else is asked.
            Verdict::OtherProduct { product: None, .. }
                if self.may_overrule && !self.knows_anywhere(mark) =>
            {
                let open = order
                    .lines
                    .iter()
                    .filter(|line| takes(line, mark) && has_room(line));
                let ids: Vec<LineId> = open.map(|line| line.id).collect();
                if ids.is_empty() {
                    Ruling::No(Say::NotWanted)
                } else {
                    ask(&ids)
                }
            }
            Verdict::OtherProduct { product, .. } => Ruling::No(Say::OtherProduct {
                product,
                wanted: order
                    .lines
                    .iter()
                    .find(|line| has_room(line))
                    .map(|line| line.name.clone()),
            }),
            Verdict::NoRoom { line: id } => Ruling::No(Say::NoRoom {
                product: line(id).map(|line| line.name.clone()).unwrap_or_default(),
            }),
            Verdict::WhichCode => Ruling::No(Say::WhichCode),
            Verdict::Unreadable => Ruling::No(Say::Unreadable),
            Verdict::NotWanted | Verdict::AlreadyHere { .. } | Verdict::BoundElsewhere { .. } => {
                Ruling::No(Say::NotWanted)
            }
        }
    }
}

fn choice(order: &PackOrder, line: &LineView) -> Choice {
    Choice {
        order: order.id,
        number: order.number.to_string(),
        line: line.id,
        product: line.name.clone(),
    }
}

/// Whether the line asks for marks of this kind.
fn takes(line: &LineView, mark: &Mark) -> bool {
    match mark {
        Mark::Cis(_) => line.wants_cis(),
        Mark::Uin(_) => line.wants(&crate::identifiers::Requirement::Uin),
    }
}

fn free(line: &LineView) -> Option<SlotId> {
    line.slots
        .iter()
        .find(|slot| slot.mark.is_none())
        .map(|slot| slot.id)
}

fn has_room(line: &LineView) -> bool {
    free(line).is_some()
}

/// Whether nothing is known of the line's GTIN yet.
fn unlearned(line: &LineView) -> bool {
    line.gtins.is_empty() && gtins_inside(line).next().is_none()
}

/// Whether the GTIN is the line's: by its catalogue, by what was learned, or by what lies in it.
fn knows(line: &LineView, gtin: &str) -> bool {
    line.gtins.iter().any(|known| known == gtin) || gtins_inside(line).any(|known| known == gtin)
}

fn gtins_inside(line: &LineView) -> impl Iterator<Item = String> {
    line.slots.iter().filter_map(|slot| match &slot.mark {
        Some(MarkView::Cis(code)) => mark_for(code, false)?.gtin().map(|gtin| gtin.to_string()),
        _ => None,
    })
}
