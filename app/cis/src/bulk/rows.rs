//! The walk over a text, row by row.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::Shape;
use super::looks::{begins_as_code, is_apart};
use super::shape::{Judgement, Tail, judge, reading};
use super::split::{self, Span};

/// One code as it was given, and what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The line of the text, from one; of a row over several lines the first.
    pub line: usize,
    /// The code, not read yet.
    pub code: Cell<'a>,
    /// The number of its order.
    pub order: Option<Cell<'a>>,
    /// The number of its goods, which helps to read it.
    pub gtin: Option<Cell<'a>>,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    raw: &'a str,
    quoted: bool,
}

impl<'a> Cell<'a> {
    pub(super) fn new(raw: &'a str, quoted: bool) -> Self {
        Self { raw, quoted }
    }

    /// As it stands in the text.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// Without the quotation marks of the table around it; copied only if some inside were doubled.
    pub fn text(&self) -> Cow<'a, str> {
        let inside = self
            .raw
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .filter(|_| self.quoted);
        let Some(doubled) = inside.filter(|inside| inside.contains('"')) else {
            return Cow::Borrowed(inside.unwrap_or(self.raw));
        };
        let mut text = String::with_capacity(doubled.len());
        let mut first = false;
        for character in doubled.chars() {
            // Of two marks the first is kept.
            first = character == '"' && !first;
            if character != '"' || first {
                text.push(character);
            }
        }
        Cow::Owned(text)
    }
}

/// Walks over a text of a known shape, without holding the text.
///
/// The text is given with every step, so a Web Worker can keep both. It may also come in pieces: as long as it is not
/// `complete`, a row that may go on behind its end is waited for; then drop [`consumed`](Self::consumed) bytes in front, call
/// [`rebase`](Self::rebase), and append what has come.
///
/// ```
/// use cis::bulk::{Reader, Shape};
///
/// let mut reader = Reader::new(Shape::LINES);
/// let mut buffer = String::from("0104610053147452215d,OiLl\n01046800");
/// assert_eq!(reader.next(&buffer, false).map(|row| row.line), Some(1));
/// assert_eq!(reader.next(&buffer, false), None);
/// buffer.drain(..reader.consumed());
/// reader.rebase();
/// buffer.push_str("92597663215(bfrY!Bf.IME");
/// let row = reader.next(&buffer, true).unwrap();
/// assert_eq!((row.line, row.code.raw()), (2, "0104680092597663215(bfrY!Bf.IME"));
/// ```
#[derive(Clone, Debug)]
pub struct Reader {
    shape: Shape,
    /// Where the next record begins, in bytes.
    at: usize,
    /// The lines before it.
    lines: usize,
    /// The line that named the columns.
    header: Option<usize>,
    begun: bool,
    cells: Vec<Span>,
    /// Codes of the record read last that are still to be given, the last first, and what stands beside them.
    codes: Vec<Span>,
    beside: Beside,
    /// The code that was given last.
    given: Option<Span>,
    /// Whether a line of a table without a code is given too.
    every_line: bool,
}

#[derive(Clone, Debug, Default)]
struct Beside {
    start: usize,
    line: usize,
    order: Option<Span>,
    gtin: Option<Span>,
}

impl Reader {
    /// At the beginning of a text.
    pub fn new(shape: Shape) -> Self {
        Self {
            shape,
            at: 0,
            lines: 0,
            header: None,
            begun: false,
            cells: Vec::new(),
            codes: Vec::new(),
            beside: Beside::default(),
            given: None,
            every_line: false,
        }
    }

    /// From now on a line of a table without a code is a row too, with an empty code: somebody forgot it.
    #[must_use]
    pub fn with_every_line(mut self) -> Self {
        self.every_line = true;
        self
    }

    /// How the text is laid out.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The cells of the line whose code was given last, that code in one cell however many delimiters it holds; of a text that
    /// is no table only the code. To be asked before [`rebase`](Self::rebase).
    ///
    /// ```
    /// use cis::bulk::{Reader, Shape};
    ///
    /// let text = "Заказ,Код,Цена\n57001,0104610053147452215d,OiLl,100\n";
    /// let mut reader = Reader::new(Shape::of(text));
    /// reader.next(text, true);
    /// let cells: Vec<&str> = reader.cells(text).map(|cell| cell.raw()).collect();
    /// assert_eq!(cells, ["57001", "0104610053147452215d,OiLl", "100"]);
    /// ```
    pub fn cells<'a>(&self, text: &'a str) -> impl Iterator<Item = Cell<'a>> {
        let code = self.given.clone();
        let (start, end) = code
            .as_ref()
            .map_or((0, 0), |code| (code.range.start, code.range.end));
        let in_front = self.cells.iter().filter(move |span| span.range.end < start);
        let behind = self.cells.iter().filter(move |span| span.range.start > end);
        in_front
            .cloned()
            .chain(code)
            .chain(behind.cloned())
            .map(|span| cell(text, &span))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The line that names the columns, from one, once it is behind.
    pub fn header_line(&self) -> Option<usize> {
        self.header
    }

    /// How many bytes of the text are done with.
    pub fn consumed(&self) -> usize {
        if self.codes.is_empty() {
            self.at
        } else {
            self.beside.start
        }
    }

    /// From now on the text is given without the bytes that are done with.
    pub fn rebase(&mut self) {
        let gone = self.consumed();
        self.at -= gone;
        self.beside.start -= gone.min(self.beside.start);
        let kept = [&mut self.beside.order, &mut self.beside.gtin];
        for span in self.codes.iter_mut().chain(kept.into_iter().flatten()) {
            span.range = span.range.start.saturating_sub(gone)..span.range.end.saturating_sub(gone);
        }
    }

    /// The next code; blank lines, the header and rows without a code are passed over.
    pub fn next<'a>(&mut self, text: &'a str, complete: bool) -> Option<Row<'a>> {
        loop {
            if let Some(code) = self.codes.pop() {
                let row = Row {
                    line: self.beside.line,
                    code: cell(text, &code),
                    order: self.beside.order.as_ref().map(|span| cell(text, span)),
                    gtin: self.beside.gtin.as_ref().map(|span| cell(text, span)),
                };
                self.given = Some(code);
                return Some(row);
            }
            if !self.begun && self.at == 0 {
                self.at = mark(text);
            }
            let record = split::record(
                text,
                self.at,
                self.shape.delimiter,
                complete,
                &mut self.cells,
            )?;
            let line = self.lines + 1;
            self.beside = Beside {
                start: self.at,
                line,
                order: None,
                gtin: None,
            };
            self.at = record.next;
            self.lines += record.lines;
            if part(text, &record.range).trim_ascii().is_empty() {
                continue;
            }
            if core::mem::take(&mut self.shape.declared) {
                continue;
            }
            if !core::mem::replace(&mut self.begun, true) && self.shape.header {
                self.header = Some(line);
                continue;
            }
            if self.shape.delimiter.is_some() {
                self.take_apart(text, record.range);
            } else {
                self.codes.push(Span {
                    range: record.range,
                    quoted: false,
                });
            }
        }
    }

    /// Finds codes and what stands beside them in a record of a table.
    fn take_apart(&mut self, text: &str, record: Range<usize>) {
        let Shape { width, columns, .. } = self.shape;
        let cells = self.cells.as_slice();
        let begins = |span: &Span| begins_as_code(part(text, &span.range));
        let first = match cells.get(columns.code) {
            Some(span) if begins(span) => columns.code,
            _ => cells.iter().position(begins).unwrap_or(columns.code),
        };
        // A line of one cell in a table is a code without the rest, or a remark that will be refused.
        let lone = cells.len() == 1;
        // What most lines are like needs no judgement.
        let usual = cells.len() == width
            && first == columns.code
            && cells.get(first).is_some_and(|span| {
                span.quoted
                    || first > 0 && self.shape.settled
                    || reading(part(text, &span.range)) == Some(Tail::There)
            });
        let judged = !usual && first == 0 && !lone;
        if lone || judged && judge(text, record.clone(), cells) == Judgement::Whole {
            self.codes.push(Span {
                range: record,
                quoted: false,
            });
            return;
        }
        // Columns in front of the code are counted from the left, those behind it from the right: cells that are too many
        // belong to a code that holds the delimiter itself.
        let beside = |column: usize| {
            let from_right = (cells.len() + column).checked_sub(width);
            let behind = from_right.filter(|index| *index > first);
            let index = if column > columns.code {
                behind?
            } else {
                column
            };
            let cell = cells.get(index)?;
            (!cell.range.is_empty()).then(|| cell.clone())
        };
        self.beside.order = columns.order.and_then(beside);
        self.beside.gtin = columns.gtin.and_then(beside);
        let behind = width.saturating_sub(columns.code + 1);
        let most = cells.len().saturating_sub(behind);
        let mut end = cells.len();
        for from in (first..cells.len()).rev() {
            if from > first && !cells.get(from).is_some_and(begins) {
                continue;
            }
            let candidates = cells.get(from..end).unwrap_or_default();
            let code = match candidates {
                [only, ..] if usual && from == first => Some(only.clone()),
                _ => {
                    let expected = most.clamp(from + 1, end) - from;
                    code(text, candidates, expected, self.shape.settled)
                }
            };
            self.codes
                .extend(code.filter(|code| !part(text, &code.range).trim_ascii().is_empty()));
            end = from;
        }
        if self.codes.is_empty() && self.every_line {
            let none = cells.get(columns.code).cloned();
            self.codes.push(none.unwrap_or(Span {
                range: record.end..record.end,
                quoted: false,
            }));
        }
    }
}

/// The code that begins with the first of the cells, usually has so many and may have others.
fn code(text: &str, cells: &[Span], usual: usize, settled: bool) -> Option<Span> {
    let first = cells.first()?;
    let span = |count: usize| {
        let last = cells.get(count.checked_sub(1)?)?;
        Some(Span {
            range: first.range.start..last.range.end,
            quoted: first.quoted && count == 1,
        })
    };
    let read = |count: usize| reading(part(text, &span(count)?.range));
    if first.quoted || cells.len() == 1 {
        return span(1);
    }
    // A tail ends a code for certain.
    if let Some(count) = (1..=cells.len()).find(|count| read(*count) == Some(Tail::There)) {
        return span(count);
    }
    if usual > 1 && read(usual).is_some() || usual == 1 && settled {
        return span(usual);
    }
    // Otherwise it goes on as long as it reads and nothing stands there that must be another column: what is in front of a
    // delimiter inside a code often reads alone.
    let most = cells
        .iter()
        .skip(1)
        .position(|span| is_apart(part(text, &span.range)))
        .map_or(cells.len(), |others| 1 + others);
    let mut counts = (1..=most).rev().chain(most..=cells.len());
    let count = counts.find(|count| read(*count).is_some());
    span(count.unwrap_or(usual))
}

fn part<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or_default()
}

fn cell<'a>(text: &'a str, span: &Span) -> Cell<'a> {
    Cell::new(part(text, &span.range), span.quoted)
}

/// The length of a byte-order mark that came along with pasted text.
pub(super) fn mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    }
}

/// The rows of a whole text.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    text: &'a str,
    reader: Reader,
}

/// The codes of a pasted text or a file, whatever its shape.
///
/// ```
/// use cis::bulk::lines;
///
/// let mut rows = lines("Заказ,Код\n57001,0104610053147452215d,OiLl\n");
/// let row = rows.next().unwrap();
/// assert_eq!(row.line, 2);
/// assert_eq!(row.code.text(), "0104610053147452215d,OiLl");
/// assert_eq!(row.order.unwrap().text(), "57001");
/// assert_eq!(rows.header_line(), Some(1));
/// ```
pub fn lines(text: &str) -> Rows<'_> {
    Rows {
        text,
        reader: Reader::new(Shape::of(text)),
    }
}

impl Rows<'_> {
    /// How the text is laid out.
    pub fn shape(&self) -> Shape {
        self.reader.shape()
    }

    /// The line that names the columns, from one, once it is behind.
    pub fn header_line(&self) -> Option<usize> {
        self.reader.header_line()
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.reader.next(self.text, true)
    }
}
