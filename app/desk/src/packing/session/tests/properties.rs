//! Any order of scans, acts, answers, lists and other hands: nothing is lost, and nothing lies twice.

use super::*;
use crate::{
    orders::MarkView,
    packing::{hear::mark_for, shelf::key_of},
};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Move {
    Hear(String),
    Command(ServiceCode),
    Confirm,
    Pick(u8),
    /// The server takes this many of what it has not seen.
    Serve(usize),
    /// The browser hears the server's answers.
    Deliver,
    /// The browser asks for the list.
    Refresh,
    /// Another packer fills a place.
    Rival(String),
    /// The page is loaded anew.
    Reload,
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..5_u32).prop_map(slippers),
        4 => (0..4_u32).prop_map(shoes),
        1 => Just("garbage".to_owned()),
        1 => Just("48512402".to_owned()),
        1 => Just("601".to_owned()),
        1 => Just("4607809591423".to_owned()),
        1 => Just("METKA:UNDO".to_owned()),
        1 => Just(String::new()),
    ]
}

fn a_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        8 => text().prop_map(Move::Hear),
        2 => prop::sample::select(ServiceCode::ALL.to_vec()).prop_map(Move::Command),
        3 => Just(Move::Confirm),
        1 => (0..4_u8).prop_map(Move::Pick),
        3 => (0..4_usize).prop_map(Move::Serve),
        3 => Just(Move::Deliver),
        1 => Just(Move::Refresh),
        1 => (0..4_u32).prop_map(|n| Move::Rival(shoes(n))),
        1 => Just(Move::Reload),
    ]
}

/// The server as it is promised to behave: the first of two who want a place or a code has it.
struct Server {
    orders: Vec<PackOrder>,
    seen: Vec<(ScanId, Outcome)>,
}

impl Server {
    fn lies(&self, key: &str) -> bool {
        keys(&self.orders).iter().any(|known| known == key)
    }

    fn take(&mut self, scan: &Scan) -> Outcome {
        if let Some((_, outcome)) = self.seen.iter().find(|(id, _)| *id == scan.id) {
            return outcome.clone();
        }
        let outcome = self.do_it(scan);
        self.seen.push((scan.id, outcome.clone()));
        outcome
    }

    fn do_it(&mut self, scan: &Scan) -> Outcome {
        match &scan.act {
            Act::Put { line, slot, .. } => {
                let mark = mark_for(&scan.raw, false).unwrap();
                if self.lies(&mark.key()) {
                    return Outcome::Clash(Clash::AlreadyHere {
                        product: String::new(),
                        number: 1,
                    });
                }
                let order = self
                    .orders
                    .iter_mut()
                    .find(|order| Some(order.id) == scan.order);
                let line = order
                    .unwrap()
                    .lines
                    .iter_mut()
                    .find(|known| known.id == *line);
                let line = line.unwrap();
                let at = line
                    .slots
                    .iter()
                    .position(|known| known.id == *slot && known.mark.is_none());
                let at = at.or_else(|| line.slots.iter().position(|known| known.mark.is_none()));
                let Some(at) = at else {
                    return Outcome::Clash(Clash::NoRoom {
                        product: String::new(),
                    });
                };
                line.slots[at].mark = Some(MarkView::Cis(mark.text().to_owned()));
                Outcome::Placed {
                    line: line.id,
                    slot: line.slots[at].id,
                }
            }
            Act::Undo { scan: undone } => {
                let placed = self
                    .seen
                    .iter()
                    .any(|(id, outcome)| id == undone && matches!(outcome, Outcome::Placed { .. }));
                if placed {
                    self.free(scan);
                }
                Outcome::Removed
            }
            Act::Remove => {
                self.free(scan);
                Outcome::Removed
            }
            Act::Note => Outcome::Noted,
            Act::Send => Outcome::NotSent,
        }
    }

    fn free(&mut self, scan: &Scan) {
        let key = mark_for(&scan.raw, false).unwrap().key();
        let order = self
            .orders
            .iter_mut()
            .find(|order| Some(order.id) == scan.order);
        for line in &mut order.unwrap().lines {
            for slot in &mut line.slots {
                if slot.mark.as_ref().is_some_and(|mark| key_of(mark) == key) {
                    slot.mark = None;
                }
            }
        }
    }

    fn rival(&mut self, code: &str) {
        let mark = mark_for(code, false).unwrap();
        if self.lies(&mark.key()) {
            return;
        }
        let line = &mut self.orders[0].lines[2];
        if let Some(slot) = line.slots.iter_mut().find(|slot| slot.mark.is_none()) {
            slot.mark = Some(MarkView::Cis(mark.text().to_owned()));
        }
    }
}

fn keys(orders: &[PackOrder]) -> Vec<String> {
    let lines = orders.iter().flat_map(|order| &order.lines);
    lines
        .flat_map(|line| &line.slots)
        .filter_map(|slot| slot.mark.as_ref().map(key_of))
        .collect()
}

fn marks(orders: &[PackOrder]) -> Vec<Option<MarkView>> {
    let lines = orders.iter().flat_map(|order| &order.lines);
    lines
        .flat_map(|line| &line.slots)
        .map(|slot| slot.mark.clone())
        .collect()
}

/// Whether a text is kept as a scan.
fn is_a_scan(text: &str) -> bool {
    !["", "48512402", "601", "4607809591423", "METKA:UNDO"].contains(&text)
}

struct Run {
    bench: Bench,
    server: Server,
    undelivered: Vec<Answer>,
}

impl Run {
    fn make(&mut self, one: Move) -> Result<(), TestCaseError> {
        let before = self.bench.kept.len();
        match one {
            Move::Hear(text) => {
                self.bench.hear(&text);
                let kept: Vec<&str> = self.bench.kept[before..]
                    .iter()
                    .filter(|scan| !matches!(scan.act, Act::Undo { .. } | Act::Send))
                    .map(|scan| scan.raw.as_str())
                    .collect();
                let expected: Vec<&str> = is_a_scan(&text)
                    .then_some(text.as_str())
                    .into_iter()
                    .collect();
                prop_assert_eq!(kept, expected, "every scan is kept once, as it was heard");
            }
            Move::Command(code) => self.bench.command(code),
            Move::Confirm => {
                if let Say::Ask { options } = self.bench.say().clone() {
                    self.bench.confirm_line(options[0].order, options[0].line);
                }
            }
            Move::Pick(n) => drop(self.bench.step(Event::Picked(order_id(n)))),
            Move::Serve(most) => self.serve(most),
            Move::Deliver => self.deliver(),
            Move::Refresh => self.refresh(),
            Move::Rival(code) => self.server.rival(&code),
            Move::Reload => {
                let (list, queue) = (
                    self.bench.session.to_remember(),
                    self.bench.session.queue().to_vec(),
                );
                let orders = self.bench.session.orders().to_vec();
                self.bench.session = Session::default();
                self.bench.step(Event::List(list));
                self.bench.step(Event::Waiting(queue));
                prop_assert_eq!(self.bench.session.orders(), orders.as_slice());
            }
        }
        let mut lying = keys(self.bench.session.orders());
        let count = lying.len();
        lying.sort();
        lying.dedup();
        prop_assert_eq!(count, lying.len(), "a code lies in two places");
        Ok(())
    }

    fn serve(&mut self, most: usize) {
        for scan in self.bench.session.queue().iter().take(most) {
            let outcome = self.server.take(scan);
            if self.undelivered.iter().all(|answer| answer.scan != scan.id) {
                self.undelivered.push(Answer {
                    scan: scan.id,
                    outcome,
                });
            }
        }
    }

    fn deliver(&mut self) {
        let answers = std::mem::take(&mut self.undelivered);
        self.bench.step(Event::Answered(answers));
    }

    fn refresh(&mut self) {
        let list = PickList {
            orders: self.server.orders.clone(),
            ..PickList::default()
        };
        self.bench.step(Event::List(list));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_scanned_disappears_and_nothing_lies_twice(moves in prop::collection::vec(a_move(), 1..40)) {
        let server = Server { orders: orders(), seen: vec![] };
        let mut run = Run { bench: Bench::new(), server, undelivered: vec![] };
        for one in moves {
            run.make(one)?;
        }
        run.serve(usize::MAX);
        run.deliver();
        prop_assert!(run.bench.session.queue().is_empty(), "everything was answered");
        for scan in &run.bench.kept {
            prop_assert!(run.server.seen.iter().any(|(id, _)| *id == scan.id), "the server has every scan");
        }
        run.refresh();
        prop_assert_eq!(marks(run.bench.session.orders()), marks(&run.server.orders));
    }
}
