//! A long list of checked codes, as it grows.

use cis::Outcome;

/// One checked code of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its line in the input, from one.
    pub(super) line: u32,
    /// The line that holds the same unit already.
    pub(super) same: Option<u32>,
    /// What it is.
    pub(super) outcome: Outcome,
    /// Where its text ends in its chunk, in bytes; it begins where the row before it ends.
    end: u32,
}

impl Row {
    /// Whether a person has to look at it.
    #[cfg(any(feature = "hydrate", test))]
    fn wants_attention(&self) -> bool {
        self.same.is_some() || !matches!(self.outcome, Outcome::Valid | Outcome::Repaired)
    }
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those that a person has to look at.
    Attention,
}

/// How many there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// All rows.
    pub(super) all: u32,
    /// Codes as they should be.
    pub(super) valid: u32,
    /// Codes that were repaired.
    pub(super) repaired: u32,
    /// Codes with two readings.
    pub(super) ambiguous: u32,
    /// Codes damaged beyond repair.
    pub(super) refused: u32,
    /// Something else than a marking code.
    pub(super) foreign: u32,
    /// Rows whose unit stands in a line before.
    pub(super) same: u32,
}

/// Rows that came together.
#[derive(Clone, Debug, Default)]
struct Chunk {
    /// The number of its first row, from zero.
    first: u32,
    rows: Vec<Row>,
    text: String,
}

/// A list of checked codes.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    chunks: Vec<Chunk>,
    counts: Counts,
    attention: Vec<u32>,
}

/// Only a browser has lists that grow.
#[cfg(any(feature = "hydrate", test))]
impl Sheet {
    /// Adds a row in the browser itself.
    pub(super) fn push(&mut self, line: u32, same: Option<u32>, outcome: Outcome, raw: &str) {
        const MOST: usize = 4096;
        if self
            .chunks
            .last()
            .is_none_or(|chunk| chunk.rows.len() >= MOST)
        {
            self.chunks.push(Chunk {
                first: self.counts.all,
                ..Chunk::default()
            });
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.text.push_str(raw);
            let end = u32::try_from(chunk.text.len()).unwrap_or(u32::MAX);
            let row = Row {
                line,
                same,
                outcome,
                end,
            };
            chunk.rows.push(row);
            self.count(row);
        }
    }

    /// Adds rows as the worker packs them: line, end, line of the same unit, verdict. Rows of a verdict that is not known
    /// here cannot come: page and worker are of one build.
    pub(super) fn add(&mut self, packed: &[u32], text: String) {
        let mut chunk = Chunk {
            first: self.counts.all,
            rows: Vec::with_capacity(packed.len() / 4),
            text,
        };
        for row in packed.as_chunks::<4>().0 {
            let [line, end, same, verdict] = *row;
            let row = Row {
                line,
                same: (same > 0).then_some(same),
                outcome: outcome(verdict & 255),
                end,
            };
            chunk.rows.push(row);
            self.count(row);
        }
        self.chunks.push(chunk);
    }

    fn count(&mut self, row: Row) {
        let counts = &mut self.counts;
        if row.wants_attention() {
            self.attention.push(counts.all);
        }
        counts.all += 1;
        counts.same += u32::from(row.same.is_some());
        *match row.outcome {
            Outcome::Valid => &mut counts.valid,
            Outcome::Repaired => &mut counts.repaired,
            Outcome::Ambiguous => &mut counts.ambiguous,
            Outcome::Refused => &mut counts.refused,
            Outcome::NotACode => &mut counts.foreign,
        } += 1;
    }
}

impl Sheet {
    /// How many there are of each kind.
    pub(super) fn counts(&self) -> Counts {
        self.counts
    }

    /// How many rows a filter shows.
    pub(super) fn len(&self, filter: Filter) -> u32 {
        match filter {
            Filter::All => self.counts.all,
            Filter::Attention => u32::try_from(self.attention.len()).unwrap_or(u32::MAX),
        }
    }

    /// A row of those that a filter shows, with its text as it was given.
    pub(super) fn row(&self, filter: Filter, index: u32) -> Option<(Row, &str)> {
        let number = match filter {
            Filter::All => index,
            Filter::Attention => *self.attention.get(usize::try_from(index).ok()?)?,
        };
        let after = self.chunks.partition_point(|chunk| chunk.first <= number);
        let chunk = self.chunks.get(after.checked_sub(1)?)?;
        let index = usize::try_from(number - chunk.first).ok()?;
        let row = *chunk.rows.get(index)?;
        let before = index.checked_sub(1).and_then(|index| chunk.rows.get(index));
        let start = usize::try_from(before.map_or(0, |row| row.end)).ok()?;
        let end = usize::try_from(row.end).ok()?;
        Some((row, chunk.text.get(start..end)?))
    }
}

/// The verdict that a number of the worker stands for.
#[cfg(any(feature = "hydrate", test))]
const fn outcome(verdict: u32) -> Outcome {
    match verdict {
        0 => Outcome::Valid,
        1 => Outcome::Repaired,
        2 => Outcome::Ambiguous,
        3 => Outcome::Refused,
        _ => Outcome::NotACode,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::default();
        sheet.add(&[1, 2, 0, 0, 2, 5, 0, 3], "aabbb".into());
        sheet.push(4, None, Outcome::Repaired, "cc");
        sheet.push(5, Some(1), Outcome::Valid, "dddd");
        sheet.add(&[7, 1, 0, 2, 8, 1, 0, 4], "e".into());
        sheet
    }

    #[test]
    fn rows_are_found_with_their_texts_whatever_chunk_they_came_in() {
        let sheet = sheet();
        let found: Vec<(u32, &str)> = (0..sheet.len(Filter::All))
            .map(|index| sheet.row(Filter::All, index).unwrap())
            .map(|(row, text)| (row.line, text))
            .collect();
        assert_eq!(
            found,
            [
                (1, "aa"),
                (2, "bbb"),
                (4, "cc"),
                (5, "dddd"),
                (7, "e"),
                (8, "")
            ]
        );
        assert!(sheet.row(Filter::All, 6).is_none());
    }

    #[test]
    fn what_wants_attention_is_found_by_itself() {
        let sheet = sheet();
        let lines: Vec<u32> = (0..sheet.len(Filter::Attention))
            .filter_map(|index| sheet.row(Filter::Attention, index))
            .map(|(row, _)| row.line)
            .collect();
        assert_eq!(lines, [2, 5, 7, 8]);
    }

    #[test]
    fn every_row_counts_once() {
        assert_eq!(
            sheet().counts(),
            Counts {
                all: 6,
                valid: 2,
                repaired: 1,
                ambiguous: 1,
                refused: 1,
                foreign: 1,
                same: 1
            }
        );
    }
}
