//! Checked codes, packed for the page.

use cis::{
    Hint, Outcome,
    bulk::{Checked, Checker, decode},
};

/// Rows that are told together. The first come sooner, so that the page has something to show.
const TOGETHER: usize = 4096;

/// See [`TOGETHER`].
const FIRST: usize = 256;

/// Some rows as the README describes them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// Four numbers a row.
    pub(crate) rows: Vec<u32>,
    /// The texts of the rows, one behind the other.
    pub(crate) text: String,
    /// How many bytes of the input are read.
    pub(crate) done: u32,
}

impl Chunk {
    fn push(&mut self, checked: &Checked<'_>) {
        self.text.push_str(&checked.row.code.text());
        self.rows.extend([
            number(checked.row.line),
            number(self.text.len()),
            checked.same_as.map_or(0, number),
            verdict(checked.parsed.outcome()) + 256 * number(checked.parsed.repairs.len()),
        ]);
    }
}

/// Checks everything that stands in a file or paste. Bytes that are no text are nothing.
pub(crate) fn check(bytes: &[u8], group: &str, mut told: impl FnMut(Chunk)) -> bool {
    let Ok(decoded) = decode(bytes) else {
        return false;
    };
    let hint = Hint {
        group: group.parse().ok(),
        ..Hint::default()
    };
    let mut rows = Checker::of(&decoded.text)
        .with_hint(hint)
        .over(&decoded.text);
    let mut chunk = Chunk::default();
    let mut most = FIRST;
    while let Some(checked) = rows.next() {
        chunk.push(&checked);
        if chunk.rows.len() >= 4 * most {
            most = TOGETHER;
            chunk.done = number(rows.reader().consumed());
            told(std::mem::take(&mut chunk));
        }
    }
    chunk.done = number(bytes.len());
    told(chunk);
    true
}

/// The number of a verdict in a message.
const fn verdict(outcome: Outcome) -> u32 {
    match outcome {
        Outcome::Valid => 0,
        Outcome::Repaired => 1,
        Outcome::Ambiguous => 2,
        Outcome::Refused => 3,
        Outcome::NotACode => 4,
    }
}

/// Lists of more than four thousand million bytes do not fit into a browser.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(bytes: &[u8]) -> Vec<Chunk> {
        let mut chunks = Vec::new();
        assert!(check(bytes, "", |chunk| chunks.push(chunk)));
        chunks
    }

    #[test]
    fn a_row_is_four_numbers_and_its_text() {
        let text = "0103041094787443215Qbag!\u{1d}93Zjqw\n\n]d20103041094787443215Qbag!\u{1d}93Zjqw\nпривет\n";
        let [chunk] = chunks(text.as_bytes()).try_into().unwrap();
        assert_eq!(chunk.rows, [1, 31, 0, 0, 3, 65, 1, 1 + 256, 4, 77, 0, 4]);
        assert_eq!(chunk.text, text.replace('\n', ""));
        assert_eq!(chunk.done, number(text.len()));
    }

    #[test]
    fn long_lists_come_in_pieces_and_say_how_far_they_are() {
        let code = |number: usize| format!("010304109478744321{number:06}\u{1d}93Zjqw\n");
        let text: String = (0..FIRST + TOGETHER + 3).map(code).collect();
        let chunks = chunks(text.as_bytes());
        let lengths: Vec<usize> = chunks.iter().map(|chunk| chunk.rows.len() / 4).collect();
        assert_eq!(lengths, [FIRST, TOGETHER, 3]);
        let all = number(text.len());
        assert_eq!(
            chunks[0].done,
            all / number(FIRST + TOGETHER + 3) * number(FIRST)
        );
        assert_eq!(chunks[2].done, all);
        assert_eq!(
            chunks[1].text.lines().count(),
            1,
            "texts stand one behind the other"
        );
    }

    #[test]
    fn what_is_no_text_is_said_to_be_none() {
        assert!(!check(b"PK\x03\x04 and so on", "", |_| panic!("no rows")));
    }
}
