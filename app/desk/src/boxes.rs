//! The layout of an order's boxes (FBS and Express): which unit lies in which box, with its identifiers.
//!
//! Storing a layout replaces the whole of the former one, and a line that is missing from it, or has fewer units,
//! is *removed from the order*, for good, with a message to the buyer
//! ([`setOrderBoxLayout`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/setOrderBoxLayout)).
//! So nobody here lists the lines that are to be sent. A [`Layout`] is made of *all* units of the order, and a
//! [`Plan`] only says where those lie that are not in the first box; a unit that the plan does not mention is
//! still sent. A unit stays out by [`Plan::remove`] alone, which a person calls with the number of units that
//! they confirm. Before a stored body leaves it is held against the order once more ([`Coverage::of`]).

mod compare;
mod coverage;
mod plan;

pub use compare::{HeldLayout, compare_layouts};
pub use coverage::{Coverage, Uncovered};
pub use plan::{Place, Plan, PlanError, Removal, Unit};

use crate::{identifiers::UnitIdentifiers, ids::MarketItemId, marketplace::Amount};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A line of the order with what each of its units carries, in the order of their numbers. As many entries as
/// the line has units, empty ones for goods that are not marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineUnits {
    /// The line.
    pub item: MarketItemId,
    /// One entry a unit.
    pub units: Vec<UnitIdentifiers>,
}

/// One entry of a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line.
    pub item: MarketItemId,
    /// How much of it.
    pub amount: Amount,
    /// What its units carry, one a unit; empty for goods without identifiers.
    pub units: Vec<UnitIdentifiers>,
}

/// A complete layout: every unit of the order is in it, or was removed by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    boxes: Vec<Vec<Entry>>,
    removals: Vec<Removal>,
}

/// Why units cannot be laid out as the plan says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayoutError {
    /// The order has no units, or all of them are to be removed: such an order is cancelled instead.
    #[error("no unit is left in the order")]
    Nothing,
    /// A box with a part of a unit may hold nothing else.
    #[error("box {box_number} holds a part of a unit and something else")]
    PartIsNotAlone {
        /// The box, from 1.
        box_number: u32,
    },
    /// Some units of a line in one box carry identifiers and some do not; the marketplace takes one for every
    /// unit, or none.
    #[error("some units of line {item} in box {box_number} carry nothing")]
    HalfMarked {
        /// The line.
        item: MarketItemId,
        /// The box, from 1.
        box_number: u32,
    },
}

/// What lies in a box while the layout is being made.
#[derive(Default)]
struct Filling {
    whole: BTreeMap<MarketItemId, Vec<UnitIdentifiers>>,
    parts: Vec<Entry>,
}

impl Layout {
    /// Lays out every unit of every line. Boxes that the plan leaves empty are skipped, so they are numbered
    /// without gaps.
    pub fn of(lines: &[LineUnits], plan: &Plan) -> Result<Self, LayoutError> {
        let mut boxes: BTreeMap<u32, Filling> = BTreeMap::new();
        let mut removals = Vec::new();
        for line in lines {
            let count = u32::try_from(line.units.len()).unwrap_or(u32::MAX);
            let removed = plan.removed(line.item).min(count);
            if removed > 0 {
                removals.push(Removal {
                    item: line.item,
                    units: removed,
                });
            }
            for (number, carried) in (1..=count - removed).zip(&line.units) {
                let unit = Unit {
                    item: line.item,
                    number,
                };
                match plan.place(unit) {
                    Place::Box(box_number) => boxes
                        .entry(box_number)
                        .or_default()
                        .whole
                        .entry(line.item)
                        .or_default()
                        .push(carried.clone()),
                    Place::Split(parts) => split(&mut boxes, line.item, carried, &parts),
                }
            }
        }
        if boxes.is_empty() {
            return Err(LayoutError::Nothing);
        }
        let boxes = (1..)
            .zip(boxes.into_values())
            .map(|(box_number, filling)| filling.close(box_number))
            .collect::<Result<_, _>>()?;
        Ok(Self { boxes, removals })
    }

    /// The boxes, each with what lies in it.
    pub fn boxes(&self) -> &[Vec<Entry>] {
        &self.boxes
    }

    /// What a person removed: what the marketplace will take out of the order when it stores this layout.
    pub fn removals(&self) -> &[Removal] {
        &self.removals
    }

    /// How many marks and other sets of identifiers it carries; a split unit counts once.
    pub fn marked_units(&self) -> u32 {
        let carried =
            self.boxes.iter().flatten().filter(
                |entry| !matches!(entry.amount, Amount::Part { current, .. } if current > 1),
            );
        carried
            .map(|entry| u32::try_from(entry.units.len()).unwrap_or(u32::MAX))
            .sum()
    }
}

/// Puts a part of the unit into each of the boxes; its code is repeated in every one.
fn split(
    boxes: &mut BTreeMap<u32, Filling>,
    item: MarketItemId,
    carried: &UnitIdentifiers,
    parts: &[u32],
) {
    let total = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    for (current, box_number) in (1..).zip(parts) {
        boxes.entry(*box_number).or_default().parts.push(Entry {
            item,
            amount: Amount::Part { current, total },
            units: Vec::from_iter(Some(carried).filter(|carried| !carried.is_empty()).cloned()),
        });
    }
}

impl Filling {
    fn close(mut self, box_number: u32) -> Result<Vec<Entry>, LayoutError> {
        if !self.parts.is_empty() {
            return if self.parts.len() == 1 && self.whole.is_empty() {
                Ok(std::mem::take(&mut self.parts))
            } else {
                Err(LayoutError::PartIsNotAlone { box_number })
            };
        }
        self.whole
            .into_iter()
            .map(|(item, units)| {
                let count = u32::try_from(units.len()).unwrap_or(u32::MAX);
                let carrying = units.iter().filter(|unit| !unit.is_empty()).count();
                let units = match carrying {
                    0 => Vec::new(),
                    all if all == units.len() => units,
                    _ => return Err(LayoutError::HalfMarked { item, box_number }),
                };
                Ok(Entry {
                    item,
                    amount: Amount::Full(count),
                    units,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
