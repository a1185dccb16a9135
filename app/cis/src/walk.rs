//! Every way to take a text apart into the elements of a marking code, with separators lost or spelled out.
//!
//! Identifiers are looked for only at places that the lengths of the parts before them allow: a signature is full of `91`,
//! `92` and `93`. A reading counts only when its parts make one of the known structures.

use alloc::string::String;
use alloc::vec::Vec;

use crate::ai::{self, Ai, Identifier, Length, Met};
use crate::charset::{foreign, is_base64, is_cset82};
use crate::grammar::GS;
use crate::gtin::is_gtin;
use crate::profile::{self, SERIAL_LENGTHS};
use crate::{Gtin, spelling};

/// What stands in front of an element, in the order of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Boundary {
    /// A real separator.
    Real,
    /// Nothing, and nothing is needed: the element before has a predefined length.
    Free,
    /// A separator that is written as text.
    Spelled,
    /// Nothing, where a separator ought to be.
    Lost,
}

/// One element with what stands in front of it. Indices into the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) identifier: &'static Identifier,
    pub(crate) boundary: Boundary,
    /// Where the boundary begins.
    pub(crate) from: usize,
    /// Where the identifier begins, with its opening bracket.
    pub(crate) start: usize,
    pub(crate) bracketed: bool,
    /// Where the value begins and ends.
    pub(crate) value: usize,
    pub(crate) end: usize,
}

impl Piece {
    /// How many characters that codes do not use stand in front of the word with which a separator is spelled: they may be a
    /// part of the spelling, or of the code.
    pub(crate) fn strange_in_front(&self, text: &[u8]) -> usize {
        let spelling = text.get(self.from..self.start).unwrap_or_default();
        let strange = spelling
            .iter()
            .take_while(|byte| spelling::is_strange_separator(**byte) && **byte != b' ')
            .count();
        let word = spelling.get(strange..).unwrap_or_default();
        if self.boundary == Boundary::Spelled && spelling::is_word(word) {
            strange
        } else {
            0
        }
    }
}

/// `01`, GTIN and `21`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Head {
    pub(crate) brackets: [bool; 2],
    /// Where the digits of the GTIN begin.
    pub(crate) gtin: usize,
    /// Where `21` begins, with its opening bracket.
    pub(crate) serial_ai: usize,
    /// Where the serial number begins.
    pub(crate) serial: usize,
}

/// One way to read the text.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) head: Head,
    pub(crate) serial_end: usize,
    pub(crate) pieces: Vec<Piece>,
    /// Where the code ends; what follows is superfluous.
    pub(crate) end: usize,
}

/// The most readings that are looked for.
const MOST_READINGS: usize = 6;

/// Finds `01`, a GTIN with its right check digit and `21`, in brackets or not, with a superfluous separator between them or not.
pub(crate) fn head(text: &[u8]) -> Option<Head> {
    let (gtin, first) = identifier_at(text, 0, b"01")?;
    let behind = text.get(gtin..)?;
    if !is_gtin(behind.first_chunk()?) {
        return None;
    }
    let gtin_end = gtin + Gtin::LENGTH;
    let serial_ai = spelling::behind_filling(text, gtin_end);
    let doubtful = || spelling::doubtful(text, gtin_end).into_iter().flatten();
    let (serial_ai, (serial, second)) = [gtin_end, serial_ai]
        .into_iter()
        .chain(doubtful())
        .find_map(|at| Some((at, identifier_at(text, at, b"21")?)))?;
    Some(Head {
        brackets: [first, second],
        gtin,
        serial_ai,
        serial,
    })
}

/// The end of the identifier at `at`, and whether it is in brackets; spaces may stand behind a closing one.
fn identifier_at(text: &[u8], at: usize, code: &[u8]) -> Option<(usize, bool)> {
    let rest = text.get(at..)?;
    if rest.starts_with(code) {
        return Some((at + code.len(), false));
    }
    let closing = match rest.first()? {
        b'(' => b')',
        b'[' => b']',
        _ => return None,
    };
    let behind = rest
        .get(1..)?
        .strip_prefix(code)?
        .strip_prefix(&[closing])?;
    let spaces = behind.iter().take_while(|byte| **byte == b' ').count();
    Some((at + code.len() + 2 + spaces, true))
}

/// All readings of a text that begins with `01`, a right GTIN and `21`.
pub(crate) fn readings(text: &[u8]) -> Vec<Found> {
    let Some(head) = head(text) else {
        return Vec::new();
    };
    let mut walk = Walk {
        text,
        head,
        serial_end: 0,
        path: Vec::new(),
        found: Vec::new(),
    };
    for length in SERIAL_LENGTHS {
        walk.serial_end = head.serial + length;
        if walk.is_value(head.serial, walk.serial_end) {
            walk.go(State {
                at: walk.serial_end,
                met: Met::default(),
                tail: Tail::None,
                free: false,
            });
        }
    }
    let mut found = walk.found;
    let most = |count: fn(&Found) -> usize| found.iter().map(count).max().unwrap_or_default();
    let (brackets, spelled) = (most(Found::brackets), most(|found| found.changes().1));
    let strong = found.iter().any(|found| found.is_strongly_spelled(text));
    // Brackets, and a spelling that is believed once, are believed wherever they make a code. A strong one leaves no room for
    // chance: nothing that takes it for data is worth asking about.
    found.retain(|found| {
        let own = found.changes().1;
        found.brackets() == brackets && (own == spelled || own == 0 && !strong)
    });
    // A handful at most, so the sorting of the library would only make the program longer.
    for end in 1..found.len() {
        for at in (1..=end).rev() {
            let changes = |at: usize| found.get(at).map(Found::changes);
            if changes(at) < changes(at - 1) {
                found.swap(at, at - 1);
            }
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    None,
    Key,
    Whole,
}

impl Tail {
    /// The state behind the element, or `None` where the element must not stand.
    fn then(self, ai: Ai) -> Option<Self> {
        match (self, ai) {
            (Self::None, Ai::Key) => Some(Self::Key),
            (Self::None, Ai::Short) | (Self::Key, Ai::Signature) => Some(Self::Whole),
            (_, Ai::Key | Ai::Short | Ai::Signature) | (Self::Key, _) => None,
            (state, _) => Some(state),
        }
    }
}

#[derive(Clone, Copy)]
struct State {
    at: usize,
    met: Met,
    tail: Tail,
    /// The next element may follow without a separator.
    free: bool,
}

struct Walk<'a> {
    text: &'a [u8],
    head: Head,
    serial_end: usize,
    path: Vec<Piece>,
    found: Vec<Found>,
}

impl Walk<'_> {
    fn is_value(&self, start: usize, end: usize) -> bool {
        self.text
            .get(start..end)
            .is_some_and(|value| foreign(value) == 0)
    }

    /// Tries every element that can stand at the state. Each identifier is used once, so the depth is bounded.
    fn go(&mut self, state: State) {
        if self.found.len() >= MOST_READINGS {
            return;
        }
        if state.tail != Tail::Key && self.is_end(state.at) {
            self.finish(state.at);
        }
        let here = self.text.get(state.at).copied();
        if here == Some(GS) {
            let start = spelling::behind_filling(self.text, state.at);
            self.element(state, start, Boundary::Real);
            return;
        }
        let nothing = if state.free {
            Boundary::Free
        } else {
            Boundary::Lost
        };
        self.element(state, state.at, nothing);
        for start in spelling::doubtful(self.text, state.at)
            .into_iter()
            .flatten()
        {
            self.element(state, start, Boundary::Spelled);
        }
    }

    /// Whether nothing follows that means anything.
    fn is_end(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        if rest.is_empty() || spelling::behind_filling(self.text, at) == self.text.len() {
            return true;
        }
        // A separator behind the code is written like those inside of it.
        self.path.iter().any(|piece| {
            let spelling = self.text.get(piece.from..piece.start).unwrap_or_default();
            piece.boundary == Boundary::Spelled && rest.eq_ignore_ascii_case(spelling)
        })
    }

    fn finish(&mut self, end: usize) {
        let elements = self
            .path
            .iter()
            .map(|piece| (piece.identifier.ai, piece.end - piece.value));
        if profile::find(self.serial_end - self.head.serial, &elements).is_some() {
            self.found.push(Found {
                head: self.head,
                serial_end: self.serial_end,
                pieces: self.path.clone(),
                end,
            });
        }
    }

    /// Reads the element whose identifier stands at `start`.
    fn element(&mut self, state: State, start: usize, boundary: Boundary) {
        let rest = self.text.get(start..).unwrap_or_default();
        // Without a separator brackets are believed only in a text that has them from the beginning.
        let believed = boundary < Boundary::Lost && boundary != Boundary::Free
            || self.head.brackets != [false; 2];
        let brackets = spelling::bracketed(rest).filter(|_| believed);
        let identifier = ai::known_at(
            rest.get(usize::from(brackets.is_some())..)
                .unwrap_or_default(),
        );
        let Some(identifier) = identifier.filter(|known| !state.met.has(known.ai)) else {
            return;
        };
        let Some(tail) = state.tail.then(identifier.ai) else {
            return;
        };
        let value = match brackets {
            Some(length) => {
                let spaces = rest
                    .iter()
                    .skip(length)
                    .take_while(|byte| **byte == b' ')
                    .count();
                start + length + spaces
            }
            None => start + identifier.code.len(),
        };
        let piece = Piece {
            identifier,
            boundary,
            from: state.at,
            start,
            bracketed: brackets.is_some(),
            value,
            end: value,
        };
        let next = State {
            at: value,
            met: state.met.with(identifier.ai),
            tail,
            free: identifier.predefined,
        };
        match identifier.length {
            Length::Exactly(length) => self.value(piece, next, length),
            Length::OneOf(one, other) => {
                self.value(piece, next, one);
                self.value(piece, next, other);
            }
            Length::UpTo(most) => self.open_value(piece, next, most),
        }
    }

    /// Goes on behind a value of this length, if it is one.
    fn value(&mut self, piece: Piece, next: State, length: usize) {
        let end = piece.value + length;
        let lawful = length > 0
            && self.is_value(piece.value, end)
            && self.text.get(piece.value..end).is_some_and(|value| {
                let signed = piece.identifier.ai != Ai::Signature || is_base64(value);
                signed && ai::first_wrong(piece.identifier, value).is_none()
            });
        if lawful {
            self.path.push(Piece { end, ..piece });
            self.go(State { at: end, ..next });
            self.path.pop();
        }
    }

    /// Values of open length end at a separator. One that has lost its own is believed only where it cannot be anything else.
    fn open_value(&mut self, piece: Piece, next: State, most: usize) {
        let lost = piece.boundary == Boundary::Lost && !piece.bracketed;
        let rest = self.text.get(piece.value..).unwrap_or_default();
        let customs = piece.identifier.ai == Ai::Additional
            && rest
                .get(..CUSTOMS_CODE)
                .is_some_and(|value| value.iter().all(u8::is_ascii_digit));
        if customs {
            self.value(piece, next, CUSTOMS_CODE);
        }
        let lawful = rest
            .iter()
            .take(most)
            .take_while(|byte| is_cset82(**byte))
            .count();
        if lost {
            if piece.identifier.ai == Ai::Batch && lawful == rest.len() && self.may_lose_batch() {
                self.value(piece, next, lawful);
                self.value(piece, next, lawful.saturating_sub(EXPIRY));
            }
            return;
        }
        // A spelling is a separator as a whole: what ends inside of it is no value.
        let mut reached = 0;
        let own = self
            .text
            .get(piece.from..piece.start)
            .filter(|_| piece.boundary == Boundary::Spelled);
        for length in 1..=lawful {
            let end = piece.value + length;
            let rest = self.text.get(end..).unwrap_or_default();
            let repeats = own.is_some_and(|own| rest.eq_ignore_ascii_case(own));
            let behind = if repeats {
                Some(self.text.len())
            } else {
                self.boundary(end)
            };
            let Some(behind) = behind.filter(|behind| *behind > reached) else {
                continue;
            };
            reached = behind;
            if !(customs && length == CUSTOMS_CODE) {
                self.value(piece, next, length);
            }
        }
    }

    /// Whether a batch without its separator is worth a thought: behind a signature that ends as signatures do, or right behind
    /// a serial number where the whole would read as a serial number alone, so that it is asked about.
    fn may_lose_batch(&self) -> bool {
        let alone = SERIAL_LENGTHS.contains(&(self.text.len() - self.head.serial));
        match self.path.as_slice() {
            [] => alone && self.serial_end - self.head.serial == 7,
            pieces => pieces.iter().any(|piece| {
                piece.identifier.ai == Ai::Signature && self.text.get(piece.end - 1) == Some(&b'=')
            }),
        }
    }

    /// Where the code goes on, when a value of open length may end here.
    fn boundary(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let in_brackets = self.head.brackets != [false; 2] && spelling::bracketed(rest).is_some();
        if in_brackets {
            return Some(at);
        }
        if self.is_end(at) {
            return Some(self.text.len());
        }
        if rest.first() == Some(&GS) {
            return Some(at + 1);
        }
        let mut starts = spelling::doubtful(self.text, at).into_iter().flatten();
        starts.find(|start| {
            let behind = self.text.get(*start..).unwrap_or_default();
            ai::known_at(behind).is_some() || spelling::bracketed(behind).is_some()
        })
    }
}

/// The length of an element with the date of expiry.
const EXPIRY: usize = 8;

/// With shoes, AI 240 holds the first four digits of the customs code.
const CUSTOMS_CODE: usize = 4;

impl Found {
    /// How much of it is not as it ought to be: lost separators weigh more than spelled ones.
    pub(crate) fn changes(&self) -> (usize, usize) {
        let count = |wanted| {
            self.pieces
                .iter()
                .filter(|piece| piece.boundary == wanted)
                .count()
        };
        (count(Boundary::Lost), count(Boundary::Spelled))
    }

    /// How many identifiers behind the serial number are in brackets.
    fn brackets(&self) -> usize {
        self.pieces.iter().filter(|piece| piece.bracketed).count()
    }

    /// Whether a separator is written so that it is hardly a part of a value by chance.
    fn is_strongly_spelled(&self, text: &[u8]) -> bool {
        self.pieces.iter().any(|piece| {
            let spelling = text.get(piece.from..piece.start).unwrap_or_default();
            piece.boundary == Boundary::Spelled && !spelling::is_weak(spelling)
        })
    }

    /// Whether separators are spelled so shortly that it may be chance: one underscore, or a few letters at one place and
    /// something else at another.
    pub(crate) fn is_weakly_spelled(&self, text: &[u8]) -> bool {
        let spelling = |piece: &Piece| text.get(piece.from..piece.start).unwrap_or_default();
        let weak = self
            .pieces
            .iter()
            .filter(|piece| piece.boundary == Boundary::Spelled)
            .map(spelling)
            .find(|spelling| spelling::is_weak(spelling));
        let Some(weak) = weak else {
            return false;
        };
        let needed = self
            .pieces
            .iter()
            .filter(|piece| piece.boundary != Boundary::Free);
        let same = needed
            .clone()
            .filter(|piece| spelling(piece).eq_ignore_ascii_case(weak))
            .count();
        same < needed.count() || weak == b"_" && same == 1
    }

    /// Whether the code may hold characters that were taken for a part of a spelling.
    pub(crate) fn may_hold_more(&self, text: &[u8]) -> bool {
        self.pieces
            .iter()
            .any(|piece| piece.strange_in_front(text) > 0)
    }

    /// The code in canonical form; with `more`, strange characters in front of a spelled separator belong to the code.
    pub(crate) fn canonical(&self, text: &[u8], more: bool) -> String {
        let mut code = String::with_capacity(text.len() + self.pieces.len());
        let part = |start: usize, end: usize| {
            let part = text.get(start..end).unwrap_or_default();
            // All of it is ASCII: values hold nothing else.
            core::str::from_utf8(part).unwrap_or_default()
        };
        code.push_str("01");
        code.push_str(part(self.head.gtin, self.head.gtin + Gtin::LENGTH));
        code.push_str("21");
        code.push_str(part(self.head.serial, self.serial_end));
        for piece in &self.pieces {
            if more {
                let strange = piece.strange_in_front(text);
                code.push_str(part(piece.from, piece.from + strange));
            }
            if piece.boundary != Boundary::Free {
                code.push(crate::GS);
            }
            code.push_str(piece.identifier.code);
            code.push_str(part(piece.value, piece.end));
        }
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        readings(text.as_bytes())
            .iter()
            .map(|found| {
                found
                    .canonical(text.as_bytes(), false)
                    .replace('\u{1d}', "~")
            })
            .collect()
    }

    #[test]
    fn one_reading_is_found_for_each_total_length() {
        for (text, expected) in [
            (
                "0103041094787443215Qbag!93Zjqw",
                "0103041094787443215Qbag!~93Zjqw",
            ),
            (
                "0104607010350246215kRdG-X%W(Rnb93dGVz",
                "0104607010350246215kRdG-X%W(Rnb~93dGVz",
            ),
            (
                "0103041094787443215Qbag!93Zjqw3103000353",
                "0103041094787443215Qbag!~93Zjqw~3103000353",
            ),
            (
                "010460043993125621JgXJ5.T800511200093Mdlr",
                "010460043993125621JgXJ5.T~8005112000~93Mdlr",
            ),
            (
                "0104711287492735215)M/1CtML//vOkRKWW(l935hXm",
                "0104711287492735215)M/1CtML//vOkRKWW(l~935hXm",
            ),
            (
                "0104636332455339215qa5?WHJssbI-1726113093dGVz",
                "0104636332455339215qa5?WHJssbI-~1726113093dGVz",
            ),
            (
                "01029000040676422151lSbQXAES&g691FFD092dGVzdDxPl4yc2OOhCoXj6TPcEG6lSKcn9t0Vavgj/d4=",
                "01029000040676422151lSbQXAES&g6~91FFD0~92dGVzdDxPl4yc2OOhCoXj6TPcEG6lSKcn9t0Vavgj/d4=",
            ),
        ] {
            assert_eq!(codes(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_separator_that_is_left_is_respected() {
        let half = "0104669000322220215t*NH>t:ngCfH91FFD0\u{1d}92dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE=";
        assert_eq!(
            codes(half),
            [
                "0104669000322220215t*NH>t:ngCfH~91FFD0~92dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE="
            ]
        );
        // A separator at a place where no structure has one.
        assert!(codes("0104669000322220215t*NH>t:ngCfH91FF\u{1d}D092dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE=").is_empty());
    }

    #[test]
    fn spellings_and_brackets_are_believed_where_they_stand_at_a_boundary() {
        for text in [
            "0103041094787443215Qbag!<GS>93Zjqw",
            "0103041094787443215Qbag!<GS> 93Zjqw",
            "0103041094787443215Qbag!GS93Zjqw",
            "0103041094787443215Qbag!02993Zjqw",
            "0103041094787443215Qbag!|93Zjqw",
            "0103041094787443<GS>215Qbag! 93Zjqw<GS>",
            "(01)03041094787443(21)5Qbag!(93)Zjqw",
            "[01]03041094787443[21]5Qbag![93]Zjqw",
            "(01) 03041094787443 (21) 5Qbag! (93) Zjqw",
            "0103041094787443215Qbag!\u{1d}(93)Zjqw",
        ] {
            assert_eq!(codes(text), ["0103041094787443215Qbag!~93Zjqw"], "{text}");
        }
        assert!(codes("0103041094787443215Qbag!<GS>94Zjqw").is_empty());
        assert!(codes("0103041094787443215Qbag!(93)Zjqw").is_empty());
    }

    #[test]
    fn several_readings_are_all_found() {
        assert_eq!(
            codes("0104610053147452215d,OiLl93dGVz"),
            [
                "0104610053147452215d,OiLl93dGVz",
                "0104610053147452215d,OiLl~93dGVz"
            ]
        );
        assert_eq!(
            codes(
                "0104607809591454210123456789abc240640391EE0792vdIdf340vdN01ot+7YRyUb0XRbSQEAe4C4wjaAysm4M="
            ),
            [
                "0104607809591454210123456789abc2406403~91EE07~92vdIdf340vdN01ot+7YRyUb0XRbSQEAe4C4wjaAysm4M=",
                "0104607809591454210123456789abc~2406403~91EE07~92vdIdf340vdN01ot+7YRyUb0XRbSQEAe4C4wjaAysm4M="
            ]
        );
    }
}
