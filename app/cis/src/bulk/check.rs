//! Verdicts for every row.

use alloc::string::String;

use super::{Duplicates, Reader, Row, Shape};
use crate::{Gtin, Hint, Outcome, Parsed, Verdict, parse_with};

/// One row with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<'a> {
    /// The row.
    pub row: Row<'a>,
    /// What the code turned out to be.
    pub parsed: Parsed,
    /// The line that holds the same unit already.
    pub same_as: Option<usize>,
}

/// Reads the codes of a text one by one and finds units that are there twice.
///
/// Like [`Reader`] it doesn't hold the text, so it can stop after any row and go on later.
#[derive(Clone, Debug)]
pub struct Checker {
    reader: Reader,
    hint: Hint,
    duplicates: Duplicates,
}

impl Checker {
    /// For a text of a known shape.
    pub fn new(shape: Shape) -> Self {
        Self {
            reader: Reader::new(shape),
            hint: Hint::default(),
            duplicates: Duplicates::default(),
        }
    }

    /// For a text whose shape is to be found out from its beginning.
    pub fn of(text: &str) -> Self {
        Self::new(Shape::of(text))
    }

    /// With a hint for every code. A GTIN in the row itself goes before the hint's.
    #[must_use]
    pub fn with_hint(mut self, hint: Hint) -> Self {
        self.hint = hint;
        self
    }

    /// The walk over the text, to ask how far it is.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// See [`Reader::rebase`].
    pub fn rebase(&mut self) {
        self.reader.rebase();
    }

    /// The next row with its verdict; see [`Reader::next`].
    pub fn next<'a>(&mut self, text: &'a str, complete: bool) -> Option<Checked<'a>> {
        let row = self.reader.next(text, complete)?;
        let mut hint = self.hint;
        let gtin = row.gtin.and_then(|cell| padded(cell.text().trim_ascii()));
        hint.gtin = gtin.or(hint.gtin);
        let parsed = parse_with(&row.code.text(), &hint);
        let same_as = match &parsed.verdict {
            Verdict::Code(code) => self.duplicates.first_line(code.ki().as_str(), row.line),
            Verdict::Ambiguous(question) => question.readings().first().and_then(|reading| {
                // Equal questions are about one unit, whatever the answer. No identity begins so.
                let mut key = String::from("?");
                key.push_str(reading.code().ki().as_str());
                self.duplicates.first_line(&key, row.line)
            }),
            Verdict::Refused(_) | Verdict::NotACode(_) => None,
        };
        Some(Checked {
            row,
            parsed,
            same_as,
        })
    }

    /// All rows of a whole text.
    pub fn over(self, text: &str) -> CheckerIter<'_> {
        CheckerIter {
            text,
            checker: self,
        }
    }
}

/// The number of goods with zeros in front, as it stands in a code.
fn padded(digits: &str) -> Option<Gtin> {
    let zeros = "00000000000000".get(digits.len()..)?;
    let mut padded = String::from(zeros);
    padded.push_str(digits);
    padded.parse().ok()
}

/// The rows of a whole text with their verdicts.
#[derive(Clone, Debug)]
pub struct CheckerIter<'a> {
    text: &'a str,
    checker: Checker,
}

impl CheckerIter<'_> {
    /// The walk over the text, to ask how far it is.
    pub fn reader(&self) -> &Reader {
        self.checker.reader()
    }
}

impl<'a> Iterator for CheckerIter<'a> {
    type Item = Checked<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.checker.next(self.text, true)
    }
}

/// How many rows had which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Codes in canonical form.
    pub valid: usize,
    /// Codes that had to be repaired.
    pub repaired: usize,
    /// Questions to a person.
    pub ambiguous: usize,
    /// Refused.
    pub refused: usize,
    /// Something else that is known by name.
    pub not_a_code: usize,
    /// Rows, of any outcome above, with a unit that an earlier line has.
    pub duplicates: usize,
}

impl Counts {
    /// Counts one more row.
    pub fn add(&mut self, checked: &Checked<'_>) {
        self.add_outcome(checked.parsed.outcome(), checked.same_as.is_some());
    }

    /// Counts one more outcome.
    pub fn add_outcome(&mut self, outcome: Outcome, duplicate: bool) {
        let count = match outcome {
            Outcome::Valid => &mut self.valid,
            Outcome::Repaired => &mut self.repaired,
            Outcome::Ambiguous => &mut self.ambiguous,
            Outcome::Refused => &mut self.refused,
            Outcome::NotACode => &mut self.not_a_code,
        };
        *count += 1;
        self.duplicates += usize::from(duplicate);
    }

    /// How many rows there were.
    pub fn total(&self) -> usize {
        self.valid + self.repaired + self.ambiguous + self.refused + self.not_a_code
    }
}
