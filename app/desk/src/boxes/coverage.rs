//! The last look before a stored layout leaves: does it hold just the units that the order has now?

use super::Removal;
use crate::{
    ids::MarketItemId,
    marketplace::{Amount, StoredBox},
};

/// How a layout stands to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage(());

/// What sending the layout would do that nobody asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Uncovered {
    /// The order has another number of units of a line than were laid out and removed: sending would remove the
    /// rest, or be refused.
    #[error("line {item} has {has} units, {laid} are laid out and {removed} removed")]
    Units {
        /// The line.
        item: MarketItemId,
        /// Units that the order has.
        has: u32,
        /// Units that the layout has.
        laid: u32,
        /// Units that a person removed.
        removed: u32,
    },
    /// The layout has a line that the order does not have.
    #[error("the order has no line {item}")]
    Stranger {
        /// The line.
        item: MarketItemId,
    },
    /// Parts of a unit do not make a whole.
    #[error("the parts of a unit of line {item} do not make a whole")]
    Parts {
        /// The line.
        item: MarketItemId,
    },
}

impl Coverage {
    /// Holds a layout against the order's lines, as (line, units). The value itself is the proof: what sends a
    /// layout asks for one.
    pub fn of(
        boxes: &[StoredBox],
        removals: &[Removal],
        lines: &[(MarketItemId, u32)],
    ) -> Result<Self, Uncovered> {
        let entries = || boxes.iter().flat_map(|one| &one.items);
        if let Some(stranger) = entries()
            .map(|entry| entry.item)
            .find(|item| !lines.iter().any(|(known, _)| known == item))
        {
            return Err(Uncovered::Stranger { item: stranger });
        }
        for (item, has) in lines {
            let amounts: Vec<Amount> = entries()
                .filter(|entry| entry.item == *item)
                .map(|entry| entry.amount)
                .collect();
            let laid = units_of(&amounts).ok_or(Uncovered::Parts { item: *item })?;
            let removed = removals
                .iter()
                .filter(|removal| removal.item == *item)
                .map(|removal| removal.units)
                .sum();
            if laid + removed != *has {
                return Err(Uncovered::Units {
                    item: *item,
                    has: *has,
                    laid,
                    removed,
                });
            }
        }
        Ok(Self(()))
    }
}

/// How many units the amounts come to; nothing when parts are missing or too many.
fn units_of(amounts: &[Amount]) -> Option<u32> {
    let whole: u32 = amounts
        .iter()
        .map(|amount| match amount {
            Amount::Full(count) => *count,
            Amount::Part { .. } => 0,
        })
        .sum();
    let parts = |wanted: Amount| amounts.iter().filter(|amount| **amount == wanted).count();
    let mut split = 0;
    for amount in amounts {
        let Amount::Part { current, total } = *amount else {
            continue;
        };
        if !(1..=total).contains(&current) || total < 2 {
            return None;
        }
        // Every part is there as often as the first one of its kind.
        let firsts = parts(Amount::Part { current: 1, total });
        if parts(*amount) != firsts {
            return None;
        }
        let last = parts(Amount::Part {
            current: total,
            total,
        });
        let between = (2..total).all(|current| parts(Amount::Part { current, total }) == firsts);
        if last != firsts || !between {
            return None;
        }
        split += u32::from(current == 1);
    }
    Some(whole + split)
}
