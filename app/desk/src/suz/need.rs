//! «Do you need СУЗ at all?», answered from what a person does with the goods.

use super::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// What somebody does with marked goods.
    Doing {
        /// Makes them in Russia, or has them made.
        Makes = "makes",
        /// Brings them into the country.
        Imports = "imports",
        /// Marks what was in stock before marking began.
        Leftovers = "leftovers",
        /// Marks again: the label was damaged, or a return came without one.
        Remarks = "remarks",
        /// Takes goods on commission from people.
        Commission = "commission",
        /// Buys goods that are marked already and sells them.
        Resells = "resells",
        /// Medicines.
        Pharma = "pharma",
    }
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// They bring goods into circulation, so codes must be ordered.
    Yes,
    /// The codes are on the goods already; selling happens by the till and the marketplace.
    No,
    /// They are told apart from the rest: pharma logs in through МДЛП, which Metka does not speak.
    NotHere,
}

impl Doing {
    /// Whether somebody who does this needs СУЗ.
    pub const fn need(self) -> Need {
        match self {
            Self::Makes | Self::Imports | Self::Leftovers | Self::Remarks | Self::Commission => {
                Need::Yes
            }
            Self::Resells => Need::No,
            Self::Pharma => Need::NotHere,
        }
    }
}

/// The answer for somebody who does several things; nothing when nothing was said. One thing that needs СУЗ is enough.
pub fn need(doings: &[Doing]) -> Option<Need> {
    let has = |need: Need| doings.iter().any(|doing| doing.need() == need);
    if has(Need::Yes) {
        Some(Need::Yes)
    } else if has(Need::NotHere) {
        Some(Need::NotHere)
    } else if doings.is_empty() {
        None
    } else {
        Some(Need::No)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_brings_goods_into_circulation_needs_it() {
        for doing in [
            Doing::Makes,
            Doing::Imports,
            Doing::Leftovers,
            Doing::Remarks,
        ] {
            assert_eq!(need(&[doing]), Some(Need::Yes), "{doing:?}");
        }
        assert_eq!(need(&[Doing::Resells]), Some(Need::No));
        assert_eq!(need(&[Doing::Resells, Doing::Imports]), Some(Need::Yes));
        assert_eq!(need(&[]), None);
    }

    #[test]
    fn pharma_alone_is_refused_and_beside_others_forgets_nothing() {
        assert_eq!(need(&[Doing::Pharma]), Some(Need::NotHere));
        assert_eq!(need(&[Doing::Pharma, Doing::Resells]), Some(Need::NotHere));
        assert_eq!(need(&[Doing::Pharma, Doing::Makes]), Some(Need::Yes));
    }
}
