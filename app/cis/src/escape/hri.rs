//! GS1 human-readable interpretation: `(01)04610053147452(21)5d,OiLl(93)dGVz`, GS1 General Specifications, section 4.14.
//!
//! Brackets around the identifiers take the place of separators. They are printed, never scanned; serial numbers hold
//! brackets of their own, so the text is read back by position, not by brackets.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display};

use super::{Fault, Malformed};
use crate::{GS, Kind, MarkingCode};

/// The code with its identifiers in brackets and without separators; an SSCC as `(00)` and its eighteen digits.
///
/// Marks that have no identifiers (packs of tobacco, fur marks) stay as they are.
pub fn encode(code: &MarkingCode) -> impl Display {
    fmt::from_fn(move |f| match code.kind() {
        Kind::TobaccoPack | Kind::FurMark => f.write_str(code.as_str()),
        Kind::TransportPackage => {
            let digits = code.as_str();
            let prefixed = digits.strip_prefix("00").filter(|sscc| sscc.len() == SSCC);
            write!(f, "(00){}", prefixed.unwrap_or(digits))
        }
        _ => code
            .elements()
            .try_for_each(|element| write!(f, "({}){}", element.ai(), element.value())),
    })
}

/// The number of digits of an SSCC.
const SSCC: usize = 18;

/// With more things in brackets behind the serial number's beginning than this, the text is not looked at.
const MOST_BRACKETS: usize = 8;

/// Reads a code back.
///
/// Every way to take things in brackets for identifiers is tried; the text is accepted if exactly one of them makes a code
/// that is valid as it stands, without a repair. A separator behind an element of predefined length (17, 31…) cannot be seen
/// in this form and is not put back, as GS1 wants it, unless the code is valid only with it.
pub fn decode(text: &str) -> Result<MarkingCode, Malformed> {
    let Some(behind) = text.strip_prefix("(01)") else {
        return without_gtin(text).ok_or(Malformed::new(Fault::Start, 0));
    };
    let head = behind
        .get(14..)
        .and_then(|behind| behind.strip_prefix("(21)"));
    let (Some(gtin), Some(rest)) = (behind.get(..14), head) else {
        return Err(Malformed::new(Fault::Start, 4));
    };
    let serial = text.len() - rest.len();
    let brackets: Vec<Bracket<'_>> = Bracket::all(rest).collect();
    if brackets.len() > MOST_BRACKETS {
        return Err(Malformed::new(Fault::Ambiguous, serial));
    }
    let mut found = None;
    for chosen in 0_u32..1 << brackets.len() {
        let taken = |index: usize| chosen >> index & 1 == 1;
        let Some(code) = [false, true].into_iter().find_map(|everywhere| {
            let mut canonical = format!("01{gtin}21");
            join(&mut canonical, rest, &brackets, taken, everywhere);
            as_it_stands(&canonical)
        }) else {
            continue;
        };
        if found.is_some() {
            return Err(Malformed::new(Fault::Ambiguous, serial));
        }
        found = Some(code);
    }
    found.ok_or(Malformed::new(Fault::NotACode, serial))
}

/// Reads an SSCC, always into its form with `00`, and marks that have no identifiers.
fn without_gtin(text: &str) -> Option<MarkingCode> {
    if let Some(sscc) = text.strip_prefix("(00)") {
        return as_it_stands(&format!("00{sscc}"));
    }
    as_it_stands(text).filter(|mark| matches!(mark.kind(), Kind::TobaccoPack | Kind::FurMark))
}

/// Something in brackets that may be an identifier.
struct Bracket<'a> {
    start: usize,
    identifier: &'a str,
}

impl<'a> Bracket<'a> {
    fn all(text: &'a str) -> impl Iterator<Item = Self> {
        text.match_indices('(').filter_map(move |(start, _)| {
            let behind = text.get(start + 1..)?;
            let identifier = behind.get(..behind.find(')')?)?;
            let digits = identifier.bytes().all(|byte| byte.is_ascii_digit());
            (digits && (2..=4).contains(&identifier.len())).then_some(Self { start, identifier })
        })
    }

    fn end(&self) -> usize {
        self.start + 2 + self.identifier.len()
    }

    /// GS1 "predefined length", by the first two digits: no separator is needed behind such an element.
    fn predefined(&self) -> bool {
        let two = self
            .identifier
            .get(..2)
            .and_then(|two| two.parse::<u8>().ok());
        matches!(two, Some(0..=4 | 11..=20 | 31..=36 | 41))
    }
}

/// Writes the serial number and the elements that begin with the taken brackets, separated where GS1 wants it or everywhere.
fn join(
    canonical: &mut String,
    rest: &str,
    brackets: &[Bracket<'_>],
    taken: impl Fn(usize) -> bool,
    everywhere: bool,
) {
    let mut done = 0;
    let mut separated = true;
    for (index, bracket) in brackets.iter().enumerate() {
        if taken(index) {
            canonical.push_str(rest.get(done..bracket.start).unwrap_or_default());
            if separated || everywhere {
                canonical.push(GS);
            }
            canonical.push_str(bracket.identifier);
            done = bracket.end();
            separated = !bracket.predefined();
        }
    }
    canonical.push_str(rest.get(done..).unwrap_or_default());
}

/// The code that is valid exactly as it is written.
fn as_it_stands(text: &str) -> Option<MarkingCode> {
    MarkingCode::from_canonical(text).ok()
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    fn code(text: &str) -> MarkingCode {
        text.parse().unwrap()
    }

    #[test]
    fn identifiers_are_shown_in_brackets_and_read_back() {
        for (canonical, hri) in [
            (
                "0104610053147452215d,OiLl\u{1d}93dGVz",
                "(01)04610053147452(21)5d,OiLl(93)dGVz",
            ),
            (
                "0104680992597663215(bfrY!Bf.IME",
                "(01)04680992597663(21)5(bfrY!Bf.IME",
            ),
            (
                "0104636332455339215qa5?WHJssbI-\u{1d}1726113093dGVz",
                "(01)04636332455339(21)5qa5?WHJssbI-(17)261130(93)dGVz",
            ),
        ] {
            assert_eq!(encode(&code(canonical)).to_string(), hri);
            assert_eq!(decode(hri).unwrap(), code(canonical));
        }
    }

    #[test]
    fn brackets_of_the_serial_number_stay_its_own() {
        let hri = "(01)04610053147452(21)5(93)OiLlabcd(93)dGVz";
        assert_eq!(
            decode(hri).unwrap().as_str(),
            "0104610053147452215(93)OiLlabcd\u{1d}93dGVz"
        );
    }

    #[test]
    fn what_reads_in_two_ways_or_in_none_is_refused() {
        // No serial number is three characters long, nor eleven.
        for (text, fault, position) in [
            ("(01)04610053147452(21)5d,(93)dGVz", Fault::NotACode, 22),
            ("(01)04610053147452(10)5d,OiLl", Fault::Start, 4),
            ("0104610053147452215d,OiLl", Fault::Start, 0),
            ("(01)04610053147453(21)5d,OiLl(93)dGVz", Fault::NotACode, 22),
            (
                "(01)04610053147452(21)5d,(93)(93)(93)(93)(93)(93)(93)(93)(93)",
                Fault::Ambiguous,
                22,
            ),
            // A serial number of thirteen characters, or one of seven and a batch.
            ("(01)04610053147452(21)5d,OiLl(10)AB", Fault::Ambiguous, 22),
        ] {
            assert_eq!(decode(text), Err(Malformed::new(fault, position)), "{text}");
        }
    }
}
