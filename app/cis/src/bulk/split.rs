//! Lines and cells.

use alloc::vec::Vec;
use core::ops::Range;

use super::Delimiter;
use super::looks::begins_as_code;

/// Where a cell stands, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) range: Range<usize>,
    /// It stands in quotation marks, those inside doubled.
    pub(super) quoted: bool,
}

/// A line, or several where a line break stands inside quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Without its line break.
    pub(super) range: Range<usize>,
    /// Where the next one begins.
    pub(super) next: usize,
    pub(super) lines: usize,
}

/// With more line breaks than this inside its quotation marks, a cell is not believed to be quoted: somebody's lone quotation
/// mark must not swallow the file. It also keeps the splitting linear.
const MOST_BREAKS: usize = 8;

/// The next record from `at` on, with its cells if there is a delimiter.
///
/// `None` at the end of the text; also when the record may go on behind the end because the text is not `complete`.
pub(super) fn record(
    text: &str,
    at: usize,
    delimiter: Option<Delimiter>,
    complete: bool,
    cells: &mut Vec<Span>,
) -> Option<Record> {
    cells.clear();
    let bytes = text.as_bytes();
    if at >= bytes.len() {
        return None;
    }
    // A byte that no text has stands for "none".
    let delimiter = delimiter.map_or(0xff, |delimiter| delimiter.as_char() as u8);
    let mut from = at;
    let mut lines = 1;
    loop {
        let mut end = None;
        if delimiter != 0xff && bytes.get(from) == Some(&b'"') {
            match quoted(text, at, from, delimiter) {
                Quoted::Closed { behind, breaks } => {
                    lines += breaks;
                    end = Some(behind);
                }
                Quoted::Open if !complete => return None,
                Quoted::Open | Quoted::Not => {}
            }
        }
        let is_quoted = end.is_some();
        let end = end.unwrap_or_else(|| plain(bytes, from, delimiter));
        if delimiter != 0xff {
            cells.push(Span {
                range: from..end,
                quoted: is_quoted,
            });
        }
        let next = match bytes.get(end) {
            Some(byte) if *byte == delimiter => {
                from = end + 1;
                continue;
            }
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => end + 2,
            // Perhaps the other half of the line break has not come yet.
            Some(b'\r') if end + 1 == bytes.len() && !complete => return None,
            Some(_) => end + 1,
            None if complete => end,
            None => return None,
        };
        return Some(Record {
            range: at..end,
            next,
            lines,
        });
    }
}

/// The end of a cell without quotation marks.
fn plain(bytes: &[u8], from: usize, delimiter: u8) -> usize {
    let ends = |byte: u8| matches!(byte, b'\n' | b'\r') || byte == delimiter;
    let rest = bytes.get(from..).unwrap_or_default();
    // Sixteen bytes at a time without a branch in between: the compiler makes vector instructions of it.
    let (chunks, _) = rest.as_chunks::<16>();
    let passed = chunks
        .iter()
        .take_while(|chunk| !chunk.iter().fold(false, |found, byte| found | ends(*byte)))
        .count();
    let mut left = rest.iter().skip(16 * passed);
    from + left
        .position(|byte| ends(*byte))
        .map_or(rest.len(), |at| 16 * passed + at)
}

enum Quoted {
    /// The cell ends with a quotation mark in front of a delimiter or a line break.
    Closed { behind: usize, breaks: usize },
    /// The text ended first.
    Open,
    /// The quotation mark is only a character.
    Not,
}

/// Looks for the end of a cell that begins with a quotation mark at `from`, in a record that begins at `start`.
fn quoted(text: &str, start: usize, from: usize, delimiter: u8) -> Quoted {
    let bytes = text.as_bytes();
    // Behind the beginning of a code, a delimiter and a quotation mark may be its own characters; what follows on the next
    // line is the next code then.
    let in_code = || text.get(start..from).is_some_and(begins_as_code);
    let mut breaks = 0;
    let mut at = from + 1;
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (None, _) => return Quoted::Open,
            (Some(b'"'), Some(b'"')) => at += 1,
            (Some(b'"'), None | Some(b'\r' | b'\n')) => {
                return Quoted::Closed {
                    behind: at + 1,
                    breaks,
                };
            }
            (Some(b'"'), Some(next)) if *next == delimiter => {
                return Quoted::Closed {
                    behind: at + 1,
                    breaks,
                };
            }
            (Some(b'"'), _) => return Quoted::Not,
            (Some(b'\r'), Some(b'\n')) => {}
            (Some(b'\r' | b'\n'), _) => {
                if breaks == MOST_BREAKS || breaks == 0 && in_code() {
                    return Quoted::Not;
                }
                breaks += 1;
            }
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::*;

    fn cells(text: &str, delimiter: Option<Delimiter>) -> Vec<(usize, Vec<String>)> {
        let mut spans = Vec::new();
        let mut at = 0;
        let mut all = Vec::new();
        while let Some(record) = record(text, at, delimiter, true, &mut spans) {
            let cells = spans
                .iter()
                .map(|span| text.get(span.range.clone()).unwrap().into())
                .collect();
            all.push((record.lines, cells));
            at = record.next;
        }
        all
    }

    fn owned(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| String::from(*cell)).collect()
    }

    #[test]
    fn cells_end_at_delimiters_and_any_line_break() {
        assert_eq!(
            cells("a;b\r\nc;;\rd\n\n;", Some(Delimiter::Semicolon)),
            [
                (1, owned(&["a", "b"])),
                (1, owned(&["c", "", ""])),
                (1, owned(&["d"])),
                (1, owned(&[""])),
                (1, owned(&["", ""])),
            ]
        );
        assert_eq!(cells("a;b\nc", None), [(1, owned(&[])), (1, owned(&[]))]);
    }

    #[test]
    fn quotation_marks_hold_delimiters_line_breaks_and_doubled_marks() {
        assert_eq!(
            cells("\"a;\r\n\"\"b\";c\n\"d\"", Some(Delimiter::Semicolon)),
            [
                (2, owned(&["\"a;\r\n\"\"b\"", "c"])),
                (1, owned(&["\"d\""]))
            ]
        );
    }

    #[test]
    fn a_lone_quotation_mark_is_only_a_character() {
        assert_eq!(
            cells("\"a;b\nc\"d;e\n", Some(Delimiter::Semicolon)),
            [(1, owned(&["\"a", "b"])), (1, owned(&["c\"d", "e"]))]
        );
        let many = ["\"a\n", &"b;c\n".repeat(20), "d\""].concat();
        assert_eq!(cells(&many, Some(Delimiter::Semicolon)).len(), 22);
    }

    #[test]
    fn what_may_go_on_is_waited_for() {
        let mut spans = Vec::new();
        let mut next = |text| record(text, 0, Some(Delimiter::Comma), false, &mut spans);
        assert_eq!(next("a,b"), None);
        assert_eq!(next("a,b\r"), None);
        assert_eq!(next("\"a\n"), None);
        assert_eq!(next("a,b\n").unwrap().next, 4);
        assert_eq!(next("a,b\rc").unwrap().next, 4);
    }
}
