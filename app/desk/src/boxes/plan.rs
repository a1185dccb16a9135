//! What a person says of an order's boxes: only what differs from «all units in one box».

use crate::ids::MarketItemId;
use serde::{Deserialize, Serialize};

/// One unit of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// The line.
    pub item: MarketItemId,
    /// The unit's number in it, from 1.
    pub number: u32,
}

/// Where a unit lies. Boxes are numbered from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Whole, in a box.
    Box(u32),
    /// In parts, one in each of these boxes: two at least, each once (an air conditioner's two halves).
    Split(Vec<u32>),
}

/// Units that a person took out of the order for good. They are the last ones of their line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Removal {
    /// The line.
    pub item: MarketItemId,
    /// How many of its units, at least one.
    pub units: u32,
}

/// Why a plan does not take what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PlanError {
    /// Boxes are numbered from 1 to [`Plan::MOST_BOXES`].
    #[error("there is no such box")]
    NoSuchBox,
    /// A unit is split among two boxes at least, and lies in each once.
    #[error("a split unit lies in two different boxes at least")]
    NotSplit,
    /// The number that was confirmed is not the number that would be removed.
    #[error("the number of units was not confirmed")]
    NotConfirmed,
}

/// The plan: exceptions alone. An empty plan puts every unit into the first box and removes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    places: Vec<(Unit, Place)>,
    removals: Vec<Removal>,
}

impl Plan {
    /// More boxes than any order has; the marketplace names no limit.
    pub const MOST_BOXES: u32 = 200;

    /// Says where a unit lies.
    pub fn put(&mut self, unit: Unit, place: Place) -> Result<(), PlanError> {
        let lawful = |number: &u32| (1..=Self::MOST_BOXES).contains(number);
        match &place {
            Place::Box(number) if !lawful(number) => return Err(PlanError::NoSuchBox),
            Place::Split(boxes) if !boxes.iter().all(lawful) => return Err(PlanError::NoSuchBox),
            Place::Split(boxes) => {
                let once = (1..)
                    .zip(boxes)
                    .all(|(next, number)| !boxes.iter().skip(next).any(|other| other == number));
                if boxes.len() < 2 || !once {
                    return Err(PlanError::NotSplit);
                }
            }
            Place::Box(_) => {}
        }
        self.places.retain(|(known, _)| *known != unit);
        if place != Place::Box(1) {
            self.places.push((unit, place));
        }
        Ok(())
    }

    /// Where a unit lies.
    pub fn place(&self, unit: Unit) -> Place {
        self.places
            .iter()
            .find(|(known, _)| *known == unit)
            .map_or(Place::Box(1), |(_, place)| place.clone())
    }

    /// Takes the last `units` of a line out of the order. `confirmed` is the number that the person was shown and
    /// agreed to: it must be the same, so that a form from an older page removes nothing. None puts them back.
    pub fn remove(
        &mut self,
        item: MarketItemId,
        units: u32,
        confirmed: u32,
    ) -> Result<(), PlanError> {
        if units != confirmed {
            return Err(PlanError::NotConfirmed);
        }
        self.removals.retain(|removal| removal.item != item);
        if units > 0 {
            self.removals.push(Removal { item, units });
        }
        Ok(())
    }

    /// How many units of a line are to be removed.
    pub fn removed(&self, item: MarketItemId) -> u32 {
        self.removals
            .iter()
            .find(|removal| removal.item == item)
            .map_or(0, |removal| removal.units)
    }

    /// Everything that is to be removed.
    pub fn removals(&self) -> &[Removal] {
        &self.removals
    }

    /// The highest box that a unit lies in.
    pub fn boxes(&self) -> u32 {
        let numbers = self.places.iter().flat_map(|(_, place)| match place {
            Place::Box(number) => vec![*number],
            Place::Split(boxes) => boxes.clone(),
        });
        numbers.max().unwrap_or(1)
    }

    /// Whether it says nothing: all in one box, nothing removed.
    pub fn is_plain(&self) -> bool {
        self.places.is_empty() && self.removals.is_empty()
    }

    /// Forgets removals that were carried out, because the order no longer has those units.
    pub fn forget_removals(&mut self) {
        self.removals.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Unit = Unit {
        item: MarketItemId(7),
        number: 1,
    };

    #[test]
    fn a_unit_that_was_not_mentioned_lies_in_the_first_box() {
        assert_eq!(Plan::default().place(UNIT), Place::Box(1));
        let mut plan = Plan::default();
        plan.put(UNIT, Place::Box(3)).unwrap();
        assert_eq!((plan.place(UNIT), plan.boxes()), (Place::Box(3), 3));
        plan.put(UNIT, Place::Box(1)).unwrap();
        assert!(plan.is_plain());
    }

    #[test]
    fn a_split_unit_needs_two_different_boxes() {
        let mut plan = Plan::default();
        for boxes in [vec![], vec![1], vec![2, 2], vec![1, 2, 1]] {
            assert_eq!(
                plan.put(UNIT, Place::Split(boxes)),
                Err(PlanError::NotSplit)
            );
        }
        assert_eq!(
            plan.put(UNIT, Place::Split(vec![0, 1])),
            Err(PlanError::NoSuchBox)
        );
        assert_eq!(plan.put(UNIT, Place::Box(0)), Err(PlanError::NoSuchBox));
        assert!(plan.is_plain());
        plan.put(UNIT, Place::Split(vec![1, 2])).unwrap();
        assert_eq!(plan.boxes(), 2);
    }

    #[test]
    fn nothing_is_removed_without_its_number() {
        let mut plan = Plan::default();
        assert_eq!(plan.remove(UNIT.item, 2, 1), Err(PlanError::NotConfirmed));
        assert_eq!(plan.removed(UNIT.item), 0);
        plan.remove(UNIT.item, 2, 2).unwrap();
        assert_eq!(plan.removed(UNIT.item), 2);
        plan.remove(UNIT.item, 0, 0).unwrap();
        assert!(plan.is_plain());
    }
}
