//! What lies in the slots of a line beside what the marketplace holds for it.

use desk::{
    marketplace::StoredInstance,
    orders::{LineView, MarkView, SlotView},
};

/// One unit seen from both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Beside {
    /// The slot here.
    pub(super) slot: Option<SlotView>,
    /// What the marketplace holds.
    pub(super) stored: Option<StoredInstance>,
}

/// The units of a line, matched by code: first those that are on both sides, then ours alone, then theirs alone. The
/// marketplace need not keep the order of units, so places mean nothing.
pub(super) fn beside(line: &LineView) -> Vec<Beside> {
    let mut theirs: Vec<&StoredInstance> = line.stored.iter().collect();
    let mut both = Vec::new();
    let mut ours = Vec::new();
    for slot in line.slots.iter().filter(|slot| !slot.is_empty()) {
        match theirs.iter().position(|stored| same(slot, stored)) {
            Some(found) => {
                let stored = theirs.remove(found);
                both.push(Beside {
                    slot: Some(slot.clone()),
                    stored: Some(stored.clone()),
                });
            }
            None => ours.push(Beside {
                slot: Some(slot.clone()),
                stored: None,
            }),
        }
    }
    let alone = theirs.into_iter().map(|stored| Beside {
        slot: None,
        stored: Some(stored.clone()),
    });
    both.into_iter().chain(ours).chain(alone).collect()
}

/// What the marketplace holds for a line and no slot here knows of.
pub(super) fn foreign(line: &LineView) -> Vec<StoredInstance> {
    beside(line)
        .into_iter()
        .filter(|unit| unit.slot.is_none())
        .filter_map(|unit| unit.stored)
        .collect()
}

/// Whether both sides carry the same unit. A code is compared whole where both are whole, else by its identity.
fn same(slot: &SlotView, stored: &StoredInstance) -> bool {
    match &slot.mark {
        Some(MarkView::Cis(code)) => match &stored.cis_full {
            Some(full) => full == code,
            None => stored
                .cis
                .as_deref()
                .is_some_and(|short| identity(code).as_deref() == Some(short)),
        },
        Some(MarkView::Uin(uin)) => stored.uin.as_deref() == Some(uin),
        None => {
            stored.cis.is_none()
                && stored.cis_full.is_none()
                && stored.uin.is_none()
                && slot.rnpt == stored.rnpt
                && slot.gtd == stored.gtd
                && slot.country == stored.country
        }
    }
}

/// The part of a code that stays when its tail is lost.
fn identity(code: &str) -> Option<String> {
    code.parse::<cis::MarkingCode>()
        .ok()
        .map(|code| code.ki().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::{code, line};
    use desk::identifiers::Requirement;

    fn filled() -> LineView {
        let mut line = line(1, "Тапочки", 2, &[Requirement::Cis]);
        for slot in &mut line.slots {
            slot.mark = Some(MarkView::Cis(code(slot.number)));
        }
        line
    }

    fn full(n: u32) -> StoredInstance {
        StoredInstance {
            cis_full: Some(code(n)),
            ..StoredInstance::default()
        }
    }

    fn short(n: u32) -> StoredInstance {
        StoredInstance {
            cis: identity(&code(n)),
            ..StoredInstance::default()
        }
    }

    #[test]
    fn units_are_matched_by_code_whatever_their_order() {
        let mut line = filled();
        line.stored = vec![full(2), short(1)];
        let units = beside(&line);
        assert_eq!(units.len(), 2);
        assert!(
            units
                .iter()
                .all(|unit| unit.slot.is_some() && unit.stored.is_some())
        );
        assert_eq!(units[0].stored, Some(short(1)));
        assert!(foreign(&line).is_empty());
    }

    #[test]
    fn a_code_of_another_hand_stands_alone() {
        let mut line = filled();
        line.stored = vec![full(1), full(9)];
        assert_eq!(foreign(&line), vec![full(9)]);
        let units = beside(&line);
        assert_eq!(units.iter().filter(|unit| unit.stored.is_none()).count(), 1);
    }

    #[test]
    fn empty_slots_match_nothing() {
        let mut line = line(1, "Тапочки", 2, &[Requirement::Cis]);
        line.stored = vec![full(1)];
        assert_eq!(foreign(&line), vec![full(1)]);
        assert_eq!(beside(&line).len(), 1);
    }
}
