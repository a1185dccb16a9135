//! Which slot a code falls into: the same decision in the browser, at once, and on the server, for good.

use super::{LineView, MarkView};
use crate::{
    identifiers::{Mark, Requirement, Uin},
    ids::{LineId, SlotId},
};
use cis::{Gtin, MarkingCode};
use serde::{Deserialize, Serialize};

/// Where a person wants a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Wherever its product says.
    #[default]
    Auto,
    /// Into this line.
    Line(LineId),
}

/// How a person wants a text to be placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Where.
    pub target: Target,
    /// Puts a code of another product where the person says; nothing overrules a duplicate.
    pub anyway: bool,
    /// Of a text that reads in several ways: the code that the person chose, in canonical form.
    pub reading: Option<String>,
}

impl From<Target> for Wish {
    fn from(target: Target) -> Self {
        Self {
            target,
            ..Self::default()
        }
    }
}

/// What became of one scanned or pasted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It lies in a slot.
    Placed {
        /// The line.
        line: LineId,
        /// The slot.
        slot: SlotId,
    },
    /// It is no code; the engine says why when it reads the text again.
    Unreadable,
    /// It reads in several ways; the engine asks which one is meant when it reads the text again.
    WhichCode,
    /// The same unit already lies in this order.
    AlreadyHere {
        /// The line it lies in.
        line: LineId,
        /// The unit's number there.
        number: u32,
    },
    /// The same unit lies in another order.
    BoundElsewhere {
        /// That order's number.
        order: String,
        /// The product there.
        product: String,
    },
    /// The products here are known by other GTINs than its own.
    OtherProduct {
        /// The name of the product with its GTIN, when Metka has seen it.
        product: Option<String>,
        /// The line it was meant for.
        wanted: Option<LineId>,
    },
    /// Several lines could take it, and nothing says which.
    WhichLine {
        /// Those lines.
        lines: Vec<LineId>,
    },
    /// Its line has a code for every unit already: more codes than units.
    NoRoom {
        /// The line.
        line: LineId,
    },
    /// Nothing here asks for such a code.
    NotWanted,
}

/// A GTIN that Metka has seen with a product that is not in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownProduct {
    /// GTIN-14.
    pub gtin: String,
    /// The product's name.
    pub name: String,
}

/// One line as the decision sees it.
#[derive(Clone, Debug)]
struct Place {
    id: LineId,
    wants_cis: bool,
    wants_uin: bool,
    gtins: Vec<String>,
    slots: Vec<(SlotId, Option<String>)>,
}

impl Place {
    fn free(&self) -> Option<SlotId> {
        self.slots
            .iter()
            .find(|(_, key)| key.is_none())
            .map(|(id, _)| *id)
    }

    fn knows(&self, gtin: &str) -> bool {
        self.gtins.iter().any(|known| known == gtin)
    }
}

/// The slots of one order while codes fall into them.
#[derive(Clone, Debug)]
pub struct Board {
    places: Vec<Place>,
    elsewhere: Vec<KnownProduct>,
}

/// One text, read and judged.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What became of it.
    pub verdict: Verdict,
    /// The code, when there is one.
    pub mark: Option<Mark>,
}

impl Board {
    /// The board of an order's lines; `elsewhere` are products outside the order whose GTINs are known.
    pub fn new(lines: &[LineView], elsewhere: Vec<KnownProduct>) -> Self {
        let places = lines
            .iter()
            .map(|line| {
                let slots: Vec<_> = line
                    .slots
                    .iter()
                    .map(|slot| (slot.id, slot.mark.as_ref().map(mark_key)))
                    .collect();
                let mut gtins = line.gtins.clone();
                gtins.extend(line.slots.iter().filter_map(|slot| match &slot.mark {
                    Some(MarkView::Cis(code)) => {
                        let code = code.parse::<MarkingCode>().ok()?;
                        code.gtin().map(|gtin| gtin.to_string())
                    }
                    _ => None,
                }));
                Place {
                    id: line.id,
                    wants_cis: line.wants_cis(),
                    wants_uin: line.wants(&Requirement::Uin),
                    gtins,
                    slots,
                }
            })
            .collect();
        Self { places, elsewhere }
    }

    /// Reads one text and decides; a placed code takes its slot at once, so the next one sees it taken.
    pub fn place(&mut self, text: &str, wish: &Wish) -> Placed {
        let mark = match self.read(text, wish.reading.as_deref()) {
            Ok(mark) => mark,
            Err(verdict) => {
                return Placed {
                    verdict,
                    mark: None,
                };
            }
        };
        let verdict = self.judge(&mark, wish.target, wish.anyway);
        if let Verdict::Placed { line, slot } = verdict {
            self.take(line, slot, &mark);
        }
        Placed {
            verdict,
            mark: Some(mark),
        }
    }

    fn read(&self, text: &str, reading: Option<&str>) -> Result<Mark, Verdict> {
        if self.places.iter().any(|place| place.wants_uin)
            && let Ok(uin) = text.parse::<Uin>()
        {
            return Ok(Mark::Uin(uin));
        }
        match cis::parse(text).verdict {
            cis::Verdict::Code(code) => Ok(Mark::Cis(code)),
            cis::Verdict::Ambiguous(question) => question
                .into_readings()
                .into_iter()
                .map(cis::Reading::into_code)
                .find(|code| reading == Some(code.as_str()))
                .map(Mark::Cis)
                .ok_or(Verdict::WhichCode),
            cis::Verdict::Refused(_) | cis::Verdict::NotACode(_) => Err(Verdict::Unreadable),
        }
    }

    fn judge(&self, mark: &Mark, target: Target, anyway: bool) -> Verdict {
        let key = mark.key();
        for place in &self.places {
            if let Some(index) = place
                .slots
                .iter()
                .position(|(_, held)| held.as_deref() == Some(&key))
            {
                let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                return Verdict::AlreadyHere {
                    line: place.id,
                    number,
                };
            }
        }
        let takers: Vec<&Place> = self
            .places
            .iter()
            .filter(|place| match mark {
                Mark::Cis(_) => place.wants_cis,
                Mark::Uin(_) => place.wants_uin,
            })
            .collect();
        match target {
            Target::Line(id) => match takers.iter().find(|place| place.id == id) {
                None => Verdict::NotWanted,
                Some(place) => self.judge_for(place, mark, anyway),
            },
            Target::Auto => self.judge_freely(&takers, mark),
        }
    }

    /// The person named the line. One that is known by no GTIN takes any, unless another line waits for this very one:
    /// a product is often sold under several offers, so that its GTIN is known with one tells nothing of the others.
    fn judge_for(&self, place: &Place, mark: &Mark, anyway: bool) -> Verdict {
        if let Some(gtin) = mark.gtin()
            && !anyway
            && !place.knows(gtin.as_str())
        {
            let waits = |other: &Place| other.knows(gtin.as_str()) && other.free().is_some();
            if !place.gtins.is_empty() || self.places.iter().any(waits) {
                return Verdict::OtherProduct {
                    product: self.owner(gtin.as_str()),
                    wanted: Some(place.id),
                };
            }
        }
        Self::into_free(place)
    }

    /// The product decides: a line that is known by its GTIN, else one that is known by none.
    fn judge_freely(&self, takers: &[&Place], mark: &Mark) -> Verdict {
        let candidates: Vec<&Place> = match mark.gtin() {
            None => takers.to_vec(),
            Some(gtin) => {
                let own: Vec<&Place> = takers
                    .iter()
                    .copied()
                    .filter(|place| place.knows(gtin.as_str()))
                    .collect();
                if !own.is_empty() {
                    let place = own
                        .iter()
                        .find(|place| place.free().is_some())
                        .or(own.first());
                    return place.map_or(Verdict::NotWanted, |place| Self::into_free(place));
                }
                let unlearned: Vec<&Place> = takers
                    .iter()
                    .copied()
                    .filter(|place| place.gtins.is_empty())
                    .collect();
                if unlearned.is_empty() && !takers.is_empty() {
                    return Verdict::OtherProduct {
                        product: self.owner(gtin.as_str()),
                        wanted: None,
                    };
                }
                unlearned
            }
        };
        let open: Vec<&Place> = candidates
            .iter()
            .copied()
            .filter(|place| place.free().is_some())
            .collect();
        match (open.as_slice(), candidates.as_slice()) {
            ([place], _) => Self::into_free(place),
            ([], [place, ..]) => Verdict::NoRoom { line: place.id },
            ([], []) => Verdict::NotWanted,
            (several, _) => Verdict::WhichLine {
                lines: several.iter().map(|place| place.id).collect(),
            },
        }
    }

    fn into_free(place: &Place) -> Verdict {
        match place.free() {
            Some(slot) => Verdict::Placed {
                line: place.id,
                slot,
            },
            None => Verdict::NoRoom { line: place.id },
        }
    }

    fn owner(&self, gtin: &str) -> Option<String> {
        self.elsewhere
            .iter()
            .find(|known| known.gtin == gtin)
            .map(|known| known.name.clone())
    }

    fn take(&mut self, line: LineId, slot: SlotId, mark: &Mark) {
        let Some(place) = self.places.iter_mut().find(|place| place.id == line) else {
            return;
        };
        if let Some(entry) = place.slots.iter_mut().find(|(id, _)| *id == slot) {
            entry.1 = Some(mark.key());
        }
        if let Some(gtin) = mark.gtin()
            && !place.knows(gtin.as_str())
        {
            place.gtins.push(gtin.to_string());
        }
    }
}

/// The GTIN of a text. All readings of one text begin with the same.
pub fn gtin_of(text: &str) -> Option<Gtin> {
    match cis::parse(text).verdict {
        cis::Verdict::Code(code) => code.gtin(),
        cis::Verdict::Ambiguous(question) => question.readings().first()?.code().gtin(),
        cis::Verdict::Refused(_) | cis::Verdict::NotACode(_) => None,
    }
}

/// The identity of what a slot shows. A code that no longer parses (it was stored by an older engine) is compared
/// as text, so that it still cannot be bound twice.
fn mark_key(mark: &MarkView) -> String {
    match mark {
        MarkView::Cis(code) => code
            .parse::<MarkingCode>()
            .map_or_else(|_| format!("cis:{code}"), |code| Mark::Cis(code).key()),
        MarkView::Uin(uin) => format!("uin:{uin}"),
    }
}

/// The codes in a pasted text: one a line, blank lines skipped. Ends of lines are all that is touched; U+001D is
/// data here, though Unicode calls it a separator.
pub fn split_lines(text: &str) -> Vec<&str> {
    text.split(['\n', '\r'])
        .filter(|line| {
            !line
                .chars()
                .all(|c| matches!(c, ' ' | '\t' | '\u{feff}' | '\u{a0}'))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::fixtures::line, *};
    use crate::identifiers::Requirement;

    /// Two products of a shop, by GTIN, with serials of thirteen characters.
    fn slippers(n: u32) -> String {
        format!(
            "0104670033010053215tm!Kq2bV{n:04}\u{1d}91ffd0\u{1d}92{}",
            "A".repeat(44)
        )
    }

    fn shoes(n: u32) -> String {
        format!(
            "0104607809591423215MGWI6Oyx{n:04}\u{1d}91ffd0\u{1d}92{}",
            "B".repeat(44)
        )
    }

    fn board(lines: &[LineView]) -> Board {
        Board::new(lines, vec![])
    }

    #[test]
    fn samples_of_this_test_are_real_codes() {
        for code in [slippers(1), shoes(1)] {
            assert!(
                cis::parse(&code).code().is_some(),
                "{:?}",
                cis::parse(&code).verdict
            );
        }
    }

    #[test]
    fn a_text_with_two_readings_waits_for_a_persons_word() {
        const GLUED: &str = "0104610053147452215d,OiLl93dGVz";
        const WHOLE: &str = "0104610053147452215d,OiLl\u{1d}93dGVz";
        let lines = [line(1, "Пиво", 1, &[Requirement::Cis])];
        let mut board = board(&lines);
        let reading = |code: &str| Wish {
            reading: Some(code.to_owned()),
            ..Wish::default()
        };
        for wish in [Wish::default(), reading("0104610053147452215another")] {
            let asked = board.place(GLUED, &wish);
            assert_eq!(asked.verdict, Verdict::WhichCode, "{wish:?}");
            assert!(asked.mark.is_none());
        }
        let placed = board.place(GLUED, &reading(WHOLE));
        assert!(matches!(placed.verdict, Verdict::Placed { .. }));
        assert_eq!(placed.mark.as_ref().map(Mark::text), Some(WHOLE));
        assert_eq!(
            board.place(WHOLE, &Wish::default()).verdict,
            Verdict::AlreadyHere {
                line: lines[0].id,
                number: 1
            }
        );
    }

    #[test]
    fn a_code_falls_into_the_only_line_that_wants_one() {
        let lines = [
            line(1, "Тапочки", 2, &[Requirement::Cis]),
            line(2, "Ложка", 1, &[]),
        ];
        let mut board = board(&lines);
        for slot in &lines[0].slots {
            let placed = board.place(&slippers(slot.number), &Wish::default());
            assert_eq!(
                placed.verdict,
                Verdict::Placed {
                    line: lines[0].id,
                    slot: slot.id
                }
            );
        }
        assert_eq!(
            board.place(&slippers(3), &Wish::default()).verdict,
            Verdict::NoRoom { line: lines[0].id }
        );
    }

    #[test]
    fn between_two_unknown_lines_it_asks_and_then_remembers() {
        let lines = [
            line(1, "Тапочки", 2, &[Requirement::Cis]),
            line(2, "Туфли", 1, &[Requirement::Cis]),
        ];
        let mut board = board(&lines);
        assert_eq!(
            board.place(&slippers(1), &Wish::default()).verdict,
            Verdict::WhichLine {
                lines: vec![lines[0].id, lines[1].id]
            }
        );
        let told = board
            .place(&slippers(1), &Target::Line(lines[0].id).into())
            .verdict;
        assert_eq!(
            told,
            Verdict::Placed {
                line: lines[0].id,
                slot: lines[0].slots[0].id
            }
        );
        let second = board.place(&slippers(2), &Wish::default()).verdict;
        assert_eq!(
            second,
            Verdict::Placed {
                line: lines[0].id,
                slot: lines[0].slots[1].id
            }
        );
        let other = board.place(&shoes(1), &Wish::default()).verdict;
        assert_eq!(
            other,
            Verdict::Placed {
                line: lines[1].id,
                slot: lines[1].slots[0].id
            }
        );
    }

    #[test]
    fn the_same_unit_twice_is_shown_where_it_lies_even_without_its_tail() {
        let lines = [line(1, "Тапочки", 2, &[Requirement::Cis])];
        let mut board = board(&lines);
        board.place(&slippers(1), &Wish::default());
        let bare = slippers(1).split('\u{1d}').next().unwrap().to_owned();
        for again in [slippers(1), bare] {
            assert_eq!(
                board
                    .place(
                        &again,
                        &Wish {
                            anyway: true,
                            ..Wish::default()
                        }
                    )
                    .verdict,
                Verdict::AlreadyHere {
                    line: lines[0].id,
                    number: 1
                }
            );
        }
    }

    #[test]
    fn a_code_of_another_product_stops_and_can_be_overruled_into_a_named_line() {
        let mut wanted = line(1, "Тапочки", 2, &[Requirement::Cis]);
        wanted.gtins = vec!["04670033010053".into()];
        let known = KnownProduct {
            gtin: "04607809591423".into(),
            name: "Туфли, 41".into(),
        };
        let mut board = Board::new(std::slice::from_ref(&wanted), vec![known]);
        assert_eq!(
            board.place(&shoes(1), &Wish::default()).verdict,
            Verdict::OtherProduct {
                product: Some("Туфли, 41".into()),
                wanted: None
            }
        );
        assert_eq!(
            board
                .place(&shoes(1), &Target::Line(wanted.id).into())
                .verdict,
            Verdict::OtherProduct {
                product: Some("Туфли, 41".into()),
                wanted: Some(wanted.id)
            }
        );
        assert_eq!(
            board
                .place(
                    &shoes(1),
                    &Wish {
                        anyway: true,
                        ..Target::Line(wanted.id).into()
                    }
                )
                .verdict,
            Verdict::Placed {
                line: wanted.id,
                slot: wanted.slots[0].id
            }
        );
    }

    #[test]
    fn a_gtin_never_seen_does_not_slip_into_a_line_of_known_product() {
        let mut wanted = line(1, "Тапочки", 2, &[Requirement::Cis]);
        wanted.gtins = vec!["04670033010053".into()];
        let mut board = board(std::slice::from_ref(&wanted));
        assert_eq!(
            board.place(&shoes(1), &Wish::default()).verdict,
            Verdict::OtherProduct {
                product: None,
                wanted: None
            }
        );
    }

    #[test]
    fn a_product_known_under_one_offer_may_be_sold_under_another_that_is_not_known_yet() {
        let fresh = line(1, "Туфли, 41, второй магазин", 2, &[Requirement::Cis]);
        let known = KnownProduct {
            gtin: "04607809591423".into(),
            name: "Туфли, 41".into(),
        };
        let lines = std::slice::from_ref(&fresh);
        for target in [Target::Auto, Target::Line(fresh.id)] {
            let mut board = Board::new(lines, vec![known.clone()]);
            assert_eq!(
                board.place(&shoes(1), &target.into()).verdict,
                Verdict::Placed {
                    line: fresh.id,
                    slot: fresh.slots[0].id
                }
            );
            assert!(
                matches!(
                    board.place(&slippers(1), &target.into()).verdict,
                    Verdict::OtherProduct { product: None, .. }
                ),
                "from now on it is known by what lies in it"
            );
        }
    }

    #[test]
    fn a_code_that_a_line_waits_for_goes_into_no_other_line_until_there_is_room_no_more() {
        let mut known = line(1, "Туфли", 1, &[Requirement::Cis]);
        known.gtins = vec!["04607809591423".into()];
        let fresh = line(2, "Тапочки", 1, &[Requirement::Cis]);
        let mut board = board(&[known.clone(), fresh.clone()]);
        let into_fresh = Wish::from(Target::Line(fresh.id));
        assert_eq!(
            board.place(&shoes(1), &into_fresh).verdict,
            Verdict::OtherProduct {
                product: None,
                wanted: Some(fresh.id)
            }
        );
        board.place(&shoes(1), &Wish::default());
        assert_eq!(
            board.place(&shoes(2), &Wish::default()).verdict,
            Verdict::NoRoom { line: known.id },
            "one too many by itself"
        );
        assert_eq!(
            board.place(&shoes(2), &into_fresh).verdict,
            Verdict::Placed {
                line: fresh.id,
                slot: fresh.slots[0].id
            }
        );
    }

    #[test]
    fn sixteen_digits_are_a_uin_only_where_one_is_asked_for() {
        let ring = [line(1, "Кольцо", 1, &[Requirement::Uin])];
        let mut with_ring = board(&ring);
        assert_eq!(
            with_ring
                .place("1234567890123456", &Wish::default())
                .verdict,
            Verdict::Placed {
                line: ring[0].id,
                slot: ring[0].slots[0].id
            }
        );
        let mut without = board(&[line(1, "Тапочки", 1, &[Requirement::Cis])]);
        assert_eq!(
            without.place("1234567890123456", &Wish::default()).verdict,
            Verdict::Unreadable
        );
    }

    #[test]
    fn an_order_without_marked_lines_wants_nothing() {
        let mut board = board(&[line(1, "Ложка", 1, &[])]);
        assert_eq!(
            board.place(&slippers(1), &Wish::default()).verdict,
            Verdict::NotWanted
        );
    }

    #[test]
    fn a_paste_is_split_at_line_ends_only() {
        assert_eq!(
            split_lines("a\u{1d}b\r\n\n  \nc d\n"),
            vec!["a\u{1d}b", "c d"]
        );
    }
}
