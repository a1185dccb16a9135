//! Where in a code something is, as a person would say it.

use alloc::string::String;

use crate::GS;
use crate::ai::{self, Length};
use crate::grammar::SERIAL_START;

/// A named part of the code and the position inside it, counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Gtin(usize),
    Serial(usize),
    Element(&'static str, usize),
}

impl Place {
    /// The part of `text` that holds the character at `index`, when the text begins like a marking code.
    ///
    /// The text may be damaged, so every character counts as one, whatever its width.
    pub(crate) fn of(text: impl Iterator<Item = char>, index: usize) -> Option<Self> {
        // With every foreign character shrunk to one byte, bytes and characters are the same.
        let text: String = text
            .map(
                |character| {
                    if character.is_ascii() { character } else { '?' }
                },
            )
            .collect();
        let behind = text.strip_prefix("01")?;
        if (2..16).contains(&index) {
            return Some(Self::Gtin(index - 1));
        }
        if index < SERIAL_START || !behind.get(14..)?.starts_with("21") {
            return None;
        }
        let Some(separator) = text.get(..index)?.rfind(GS) else {
            return Some(Self::Serial(index + 1 - SERIAL_START));
        };
        let mut start = separator + 1;
        loop {
            let identifier = ai::known_at(text.get(start..)?.as_bytes())?;
            let value = start + identifier.code.len();
            match identifier.length {
                Length::Exactly(length) if identifier.predefined && index >= value + length => {
                    start = value + length;
                }
                _ => {
                    return Some(Self::Element(
                        identifier.code,
                        (index + 1).checked_sub(value)?,
                    ));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_counts_from_one() {
        let text = "0104636332455339215qa5?WHJssbI-\u{1d}1726113093dGVz";
        let place = |index| Place::of(text.chars(), index);
        assert_eq!(place(0), None);
        assert_eq!(place(2), Some(Place::Gtin(1)));
        assert_eq!(place(15), Some(Place::Gtin(14)));
        assert_eq!(place(16), None);
        assert_eq!(place(18), Some(Place::Serial(1)));
        assert_eq!(place(30), Some(Place::Serial(13)));
        assert_eq!(place(34), Some(Place::Element("17", 1)));
        assert_eq!(place(42), Some(Place::Element("93", 1)));
    }
}
