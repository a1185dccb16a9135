//! Where separators must have been, for a code that lost some or all of them.
//!
//! Identifiers are looked for only at places that the lengths of the parts before them allow: a signature is full of `91`, `92` and `93`.

use crate::GS;
use crate::ai::{self, Identifier, Length, Met};
use crate::grammar::SERIAL_START;

/// One way to read the code: the bytes in front of which a separator is missing, in order. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) missing: Vec<usize>,
}

impl Reading {
    /// The text with the missing separators put in.
    pub(crate) fn separated(&self, text: &str) -> String {
        let mut separated = String::with_capacity(text.len() + self.missing.len());
        for (at, character) in text.char_indices() {
            if self.missing.contains(&at) {
                separated.push(GS);
            }
            separated.push(character);
        }
        separated
    }
}

/// All readings of a text that begins with a right `01` + GTIN + `21`, in which at least one separator is missing.
///
/// A reading has a whole tail, or the customs code of shoes (240 with four digits) without one.
pub(crate) fn readings(text: &str) -> Vec<Reading> {
    let mut search = Search {
        text,
        missing: Vec::new(),
        found: Vec::new(),
    };
    for length in ai::SERIAL_LENGTHS {
        let end = SERIAL_START + length;
        let whole = text
            .get(SERIAL_START..end)
            .is_some_and(|serial| !serial.contains(GS));
        if whole && end < text.len() {
            search.walk(Boundary {
                at: end,
                met: Met::default(),
                tail: Tail::None,
                wants_separator: true,
            });
        }
    }
    search.found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    None,
    Key,
    Whole,
}

impl Tail {
    /// The state behind the element, or `None` where the element must not stand.
    fn then(self, code: &str) -> Option<Self> {
        match (self, code) {
            (Self::None, ai::KEY) => Some(Self::Key),
            (Self::None, ai::SHORT_TAIL) | (Self::Key, ai::SIGNATURE) => Some(Self::Whole),
            (_, ai::KEY | ai::SHORT_TAIL | ai::SIGNATURE) | (Self::Key, _) => None,
            (state, _) => Some(state),
        }
    }
}

#[derive(Clone, Copy)]
struct Boundary {
    at: usize,
    met: Met,
    tail: Tail,
    wants_separator: bool,
}

struct Search<'a> {
    text: &'a str,
    missing: Vec<usize>,
    found: Vec<Reading>,
}

impl Search<'_> {
    /// Tries every element that can stand at the boundary. Each identifier is used once, so the depth is bounded.
    fn walk(&mut self, boundary: Boundary) {
        let text = self.text;
        let Some(behind) = text.get(boundary.at..).filter(|behind| !behind.is_empty()) else {
            self.finish(boundary);
            return;
        };
        let separated = behind.starts_with(GS);
        let start = boundary.at + usize::from(separated);
        let behind = behind.strip_prefix(GS).unwrap_or(behind);
        let Some(identifier) = ai::known_at(behind).filter(|known| !boundary.met.has(known)) else {
            return;
        };
        let Some(tail) = boundary.tail.then(identifier.code) else {
            return;
        };
        let segment = behind
            .split(GS)
            .next()
            .unwrap_or_default()
            .strip_prefix(identifier.code)
            .unwrap_or_default();
        let lost = boundary.wants_separator && !separated;
        if lost {
            self.missing.push(start);
        }
        for length in lengths(identifier, segment, lost).into_iter().flatten() {
            self.walk(Boundary {
                at: start + identifier.code.len() + length,
                met: boundary.met.with(identifier),
                tail,
                wants_separator: !identifier.predefined,
            });
        }
        if lost {
            self.missing.pop();
        }
    }

    fn finish(&mut self, end: Boundary) {
        let customs_code =
            ai::by_code(ai::ADDITIONAL).is_some_and(|identifier| end.met.has(identifier));
        let complete = end.tail == Tail::Whole || (end.tail == Tail::None && customs_code);
        if complete && !self.missing.is_empty() {
            self.found.push(Reading {
                missing: self.missing.clone(),
            });
        }
    }
}

/// The lengths that the value may have when it begins where `segment` begins.
///
/// An element of open length is believed only behind a real separator; without one, only the four digits of a customs code are.
fn lengths(identifier: &Identifier, segment: &str, lost: bool) -> [Option<usize>; 2] {
    let fits = |length: &usize| {
        segment.get(..*length).is_some_and(|value| {
            let digits = identifier.digits || identifier.code == ai::ADDITIONAL && lost;
            !digits || value.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    match identifier.length {
        Length::Exactly(length) => [Some(length).filter(fits), None],
        Length::OneOf(one, other) => [Some(one).filter(fits), Some(other).filter(fits)],
        Length::UpTo(_) if lost && identifier.code == ai::ADDITIONAL => {
            [Some(CUSTOMS_CODE_LENGTH).filter(fits), None]
        }
        Length::UpTo(_) if lost => [None, None],
        Length::UpTo(most) => [
            Some(segment.len()).filter(|length| (1..=most).contains(length)),
            Some(CUSTOMS_CODE_LENGTH)
                .filter(|length| identifier.code == ai::ADDITIONAL && *length < segment.len())
                .filter(fits),
        ],
    }
}

/// With shoes, AI 240 holds the first four digits of the customs code.
const CUSTOMS_CODE_LENGTH: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(text: &str) -> Vec<Vec<usize>> {
        readings(text)
            .into_iter()
            .map(|reading| reading.missing)
            .collect()
    }

    #[test]
    fn one_reading_is_found_for_each_total_length() {
        let cases: [(&str, &[usize]); 7] = [
            ("0103041094787443215Qbag!93Zjqw", &[24]),
            ("0104607010350246215kRdG-X%W(Rnb93dGVz", &[31]),
            ("0103041094787443215Qbag!93Zjqw3103000353", &[24, 30]),
            ("010460043993125621JgXJ5.T800511200093Mdlr", &[25, 35]),
            ("0104711287492735215)M/1CtML//vOkRKWW(l935hXm", &[38]),
            ("0104636332455339215qa5?WHJssbI-1726113093dGVz", &[31]),
            (
                "01029000040676422151lSbQXAES&g691FFD092dGVzdDxPl4yc2OOhCoXj6TPcEG6lSKcn9t0Vavgj/d4=",
                &[31, 37],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(missing(text), [expected.to_vec()], "{text}");
        }
    }

    #[test]
    fn a_separator_that_is_left_is_respected() {
        let half = "0104669000322220215t*NH>t:ngCfH91FFD0\u{1d}92dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE=";
        assert_eq!(missing(half), [vec![31]]);
        let reading = &readings(half)[0];
        assert_eq!(
            reading.separated(half),
            "0104669000322220215t*NH>t:ngCfH\u{1d}91FFD0\u{1d}92dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE="
        );
    }

    #[test]
    fn a_whole_code_has_no_other_reading() {
        let whole = "010463007000812321ymxGZZnG838XW\u{1d}2406403\u{1d}91ffd0\u{1d}92mliP3gYsRdl6IorVEB8/4vYOHiPQsKeCeayAqCjwWDhl0cK4SYMZwD8SU3aKdhNtXf/pSBbSC9V6o8BLIoBW0Q==";
        assert!(missing(whole).is_empty());
        assert!(missing("0104680992597663215(bfrY!Bf.IME").is_empty());
    }

    #[test]
    fn seventy_two_characters_with_a_customs_code_have_two_readings() {
        let text = "0104607809591454210123456789abc240640391EE0792vdIdf340vdN01ot+7YRyUb0XRbSQEAe4C4wjaAysm4M=";
        assert_eq!(missing(text), [vec![31, 38, 44], vec![38, 44]]);
    }
}
