//! Three orders on a bench, and a hand that scans.

use super::*;
use crate::{
    identifiers::Requirement::{Cis, CisOptional},
    ids::MarketOrderId,
    marketplace::{BuyerType, Model},
    orders::{LineView, fixtures::line},
};

/// A code of slippers, whose GTIN nothing here knows.
pub(super) fn slippers(n: u32) -> String {
    format!(
        "0104670033010053215tm!Kq2bV{n:04}\u{1d}91ffd0\u{1d}92{}",
        "A".repeat(44)
    )
}

/// A code of shoes, whose GTIN their lines know.
pub(super) fn shoes(n: u32) -> String {
    format!(
        "0104607809591423215MGWI6Oyx{n:04}\u{1d}91ffd0\u{1d}92{}",
        "B".repeat(44)
    )
}

pub(super) fn order_id(n: u8) -> OrderId {
    OrderId::from_parts(u64::from(n), [n; 10])
}

fn of_offer(seed: u8, offer: &str, name: &str, mut line: LineView) -> LineView {
    line.offer_id = offer.to_owned();
    line.name = name.to_owned();
    line.id = LineId::from_parts(u64::from(seed), [seed; 10]);
    if offer == "SHOES" {
        line.gtins = vec!["04607809591423".to_owned()];
    }
    line
}

fn order(n: u8, number: i64, lines: Vec<LineView>) -> PackOrder {
    PackOrder {
        id: order_id(n),
        number: MarketOrderId(number),
        shop: "Лавка".into(),
        model: Some(Model::Dbs),
        buyer: Some(BuyerType::Business),
        ship_by: None,
        work: WorkState::NeedsCodes,
        lines,
        barcodes: vec![format!("BOX-{number}-1")],
        boxed: false,
        theirs: vec![],
    }
}

/// Slippers twice and shoes; slippers; shoes and, if one likes, perfume.
pub(super) fn orders() -> Vec<PackOrder> {
    let slippers =
        |seed, count| of_offer(seed, "SLIPPERS", "Тапочки", line(seed, "", count, &[Cis]));
    let shoes = |seed, count| of_offer(seed, "SHOES", "Туфли", line(seed, "", count, &[Cis]));
    let perfume = |seed| of_offer(seed, "PERFUME", "Духи", line(seed, "", 2, &[CisOptional]));
    let spoon = of_offer(9, "SPOON", "Ложка", line(9, "", 1, &[]));
    vec![
        order(1, 48_512_402, vec![slippers(1, 2), spoon, shoes(2, 1)]),
        order(2, 48_512_601, vec![slippers(3, 2)]),
        order(3, 48_512_700, vec![shoes(4, 1), perfume(5)]),
    ]
}

/// A session with what came of it.
pub(super) struct Bench {
    pub(super) session: Session,
    pub(super) kept: Vec<Scan>,
    sounds: Vec<Tone>,
    ids: u64,
}

impl Bench {
    pub(super) fn new() -> Self {
        let mut session = Session::default();
        let list = PickList {
            orders: orders(),
            ..PickList::default()
        };
        session.step(Event::List(list));
        Self {
            session,
            kept: vec![],
            sounds: vec![],
            ids: 0,
        }
    }

    pub(super) fn id(&mut self) -> ScanId {
        self.ids += 1;
        ScanId::from_parts(self.ids, [0; 10])
    }

    pub(super) fn step(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.session.step(event);
        for effect in &effects {
            match effect {
                Effect::Keep(scan) => self.kept.push(scan.clone()),
                Effect::Sound(tone) => self.sounds.push(*tone),
                Effect::Remember | Effect::Look | Effect::Go | Effect::Print(_) => {}
            }
        }
        effects
    }

    pub(super) fn hear(&mut self, text: &str) {
        self.hear_so(text, false);
    }

    pub(super) fn hear_with_caps(&mut self, text: &str) {
        self.hear_so(text, true);
    }

    fn hear_so(&mut self, text: &str, caps: bool) {
        let (id, send) = (self.id(), self.id());
        self.step(Event::Heard {
            text: text.to_owned(),
            caps,
            id,
            send,
            at: Timestamp(0),
        });
    }

    pub(super) fn command(&mut self, code: ServiceCode) {
        let id = self.id();
        self.step(Event::Command {
            code,
            id,
            at: Timestamp(0),
        });
    }

    /// Says yes to the first of what is asked.
    pub(super) fn confirm(&mut self) {
        let Say::Ask { options } = self.say().clone() else {
            panic!("nothing is asked: {:?}", self.say())
        };
        self.confirm_line(options[0].order, options[0].line);
    }

    pub(super) fn confirm_line(&mut self, order: OrderId, line: LineId) {
        let (id, send) = (self.id(), self.id());
        self.step(Event::Confirm {
            order,
            line,
            id,
            send,
            at: Timestamp(0),
        });
    }

    pub(super) fn answer(&mut self, scan: ScanId, outcome: Outcome) {
        self.step(Event::Answered(vec![Answer { scan, outcome }]));
    }

    /// Packs the first order whole.
    pub(super) fn pack_first(&mut self) {
        self.hear("48512402");
        self.hear(&slippers(1));
        self.confirm();
        self.hear(&slippers(2));
        self.hear(&shoes(1));
    }

    pub(super) fn say(&self) -> &Say {
        self.session.say()
    }

    pub(super) fn sounds(&self) -> &[Tone] {
        &self.sounds
    }

    pub(super) fn open(&self) -> Option<&'static str> {
        let number = self.session.open()?.number.0;
        Some(match number {
            48_512_402 => "48512402",
            48_512_601 => "48512601",
            _ => "48512700",
        })
    }

    pub(super) fn filled(&self, number: &str) -> usize {
        let orders = self.session.orders().iter();
        orders
            .filter(|order| order.number.to_string() == number)
            .flat_map(|order| &order.lines)
            .flat_map(|line| &line.slots)
            .filter(|slot| slot.mark.is_some())
            .count()
    }
}
