//! What a text is: a code per line, or a table and where its columns are.

use alloc::vec::Vec;
use core::ops::Range;

use super::header::{self, Role};
use super::looks::{begins_as_code, is_apart, is_gtin, is_number, is_order};
use super::split::{self, Span};
use super::{Cell, Delimiter};

/// How a text is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    pub(super) delimiter: Option<Delimiter>,
    /// How many cells a line has when nothing odd is in it.
    pub(super) width: usize,
    pub(super) columns: Columns,
    pub(super) header: bool,
    /// Enough lines have a code that reads well in its one cell, so none is looked for in several.
    pub(super) settled: bool,
    /// The first line is `sep=;`, which tells Excel the delimiter.
    pub(super) declared: bool,
}

/// Which columns of a table are of interest, from zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The marking code.
    pub code: usize,
    /// The number of the order.
    pub order: Option<usize>,
    /// The GTIN or bar code of the goods.
    pub gtin: Option<usize>,
}

/// How many lines are looked at; a shape shows in far fewer.
const SAMPLE_LINES: usize = 200;

/// How many bytes are looked at.
const SAMPLE_BYTES: usize = 1 << 16;

/// Columns beyond these are not looked at.
const MOST_COLUMNS: usize = 64;

impl Shape {
    /// A code per line and nothing else.
    pub const LINES: Self = Self {
        delimiter: None,
        width: 1,
        columns: Columns {
            code: 0,
            order: None,
            gtin: None,
        },
        header: false,
        settled: false,
        declared: false,
    };

    /// Finds out how a text is laid out from its first lines (200, if there are as many).
    ///
    /// Codes hold semicolons and commas themselves, so it is a table only if nearly every line is one, with a code in the same
    /// column; what reads as a whole code is not cut for the sake of a delimiter.
    pub fn of(text: &str) -> Self {
        let sample = Sample::of(text);
        if let Some(shape) = sample.named() {
            return shape;
        }
        let declared = sample.declared;
        let candidates = declared
            .map_or(&Delimiter::ALL[..], |_| &[])
            .iter()
            .copied();
        candidates
            .chain(declared)
            .find_map(|delimiter| sample.table(delimiter, 0))
            .map_or(
                Self {
                    declared: declared.is_some(),
                    ..Self::LINES
                },
                |table| table.shape(declared.is_some()),
            )
    }

    /// What stands between the cells; `None` if every line is one code.
    pub fn delimiter(&self) -> Option<Delimiter> {
        self.delimiter
    }

    /// Where the columns of interest are.
    pub fn columns(&self) -> Columns {
        self.columns
    }

    /// Whether the first line that is not blank names the columns.
    pub fn has_header(&self) -> bool {
        self.header
    }
}

/// The beginning of a text.
struct Sample<'a> {
    text: &'a str,
    start: usize,
    declared: Option<Delimiter>,
}

/// What the lines of a sample are if cut at one delimiter.
struct Table {
    delimiter: Delimiter,
    width: usize,
    columns: Columns,
    settled: bool,
}

impl Table {
    fn shape(self, declared: bool) -> Shape {
        Shape {
            delimiter: Some(self.delimiter),
            width: self.width,
            columns: self.columns,
            header: false,
            settled: self.settled,
            declared,
        }
    }
}

/// What the cells of one column are like, counted in lines of the usual width.
#[derive(Clone, Copy, Default)]
struct Column {
    codes: usize,
    read: usize,
    orders: usize,
    numbers: usize,
    gtins: usize,
}

impl<'a> Sample<'a> {
    fn of(text: &'a str) -> Self {
        // A line that is cut by the end of the sample is left out.
        let head = text.as_bytes().get(..SAMPLE_BYTES);
        let end = head.and_then(|head| head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')));
        let mut sample = Self {
            text: end.and_then(|end| text.get(..end)).unwrap_or(text),
            start: super::rows::mark(text),
            declared: None,
        };
        let first = sample.records(None, 0).next();
        if let Some((line, behind, _)) = first {
            sample.declared = declaration(sample.cell(line));
            if sample.declared.is_some() {
                sample.start = behind;
            }
        }
        sample
    }

    /// Lines that are not blank with the place behind them, `skip` of them left out, and the cells of each.
    fn records(
        &self,
        delimiter: Option<Delimiter>,
        skip: usize,
    ) -> impl Iterator<Item = (Range<usize>, usize, Vec<Span>)> {
        let mut at = self.start;
        core::iter::from_fn(move || {
            let mut cells = Vec::new();
            let record = split::record(self.text, at, delimiter, true, &mut cells)?;
            at = record.next;
            Some((record.range, record.next, cells))
        })
        .filter(|(range, ..)| !self.cell(range.clone()).trim_ascii().is_empty())
        .skip(skip)
        .take(SAMPLE_LINES)
    }

    fn cell(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// The shape that the first line declares by naming columns.
    fn named(&self) -> Option<Shape> {
        let delimiters = match self.declared {
            Some(delimiter) => [Some(delimiter), None, None, None],
            None => [
                Some(Delimiter::Tab),
                Some(Delimiter::Semicolon),
                Some(Delimiter::Comma),
                None,
            ],
        };
        let mut best: Option<(usize, Shape)> = None;
        for delimiter in delimiters {
            let Some((range, _, mut cells)) = self.records(delimiter, 0).next() else {
                continue;
            };
            // A code may hold what reads as a name between two delimiters.
            if begins_as_code(self.cell(range.clone())) {
                return None;
            }
            if delimiter.is_none() {
                let quoted = false;
                cells.push(Span { range, quoted });
            }
            if let Some((names, shape)) = self.header(delimiter, &cells)
                && best.is_none_or(|(most, _)| names > most)
            {
                best = Some((names, shape));
            }
        }
        best.map(|(_, shape)| shape)
    }

    /// How many columns the cells name, and the shape that they make.
    fn header(&self, delimiter: Option<Delimiter>, cells: &[Span]) -> Option<(usize, Shape)> {
        let mut found = [None; 3];
        let mut names = 0;
        for (index, span) in cells.iter().enumerate() {
            let cell = Cell::new(self.cell(span.range.clone()), span.quoted).text();
            if begins_as_code(&cell) {
                return None;
            }
            if let Some(role) = header::role(&cell) {
                names += 1;
                let place = match role {
                    Role::Code => 0,
                    Role::Order => 1,
                    Role::Gtin => 2,
                };
                if let Some(free @ None) = found.get_mut(place) {
                    *free = Some(index);
                }
            }
        }
        let [code, mut order, mut gtin] = found;
        if names == 0 || (cells.len() == 1 && code.is_none()) {
            return None;
        }
        // What the columns hold is believed before what they are called.
        let table = delimiter.and_then(|delimiter| self.table(delimiter, 1));
        let seen = table.map(|table| table.columns);
        let code = seen.map(|columns| columns.code).or(code)?;
        if let Some(columns) = seen {
            order = order.filter(|order| *order != code).or(columns.order);
            gtin = gtin.filter(|gtin| *gtin != code).or(columns.gtin);
        }
        let shape = Shape {
            delimiter: delimiter.filter(|_| cells.len() > 1),
            width: cells.len(),
            columns: Columns { code, order, gtin },
            header: true,
            settled: true,
            declared: self.declared.is_some(),
        };
        Some((names, shape))
    }

    /// The table that the lines make when cut at the delimiter, if they make one.
    fn table(&self, delimiter: Delimiter, skip: usize) -> Option<Table> {
        let mut widths = [0_usize; MOST_COLUMNS + 1];
        let (mut all, mut cut) = (0_usize, 0);
        for (_, _, cells) in self.records(Some(delimiter), skip) {
            all += 1;
            cut += usize::from(cells.len() > 1);
            if let Some(count) = widths.get_mut(cells.len()) {
                *count += 1;
            }
        }
        // Of two widths that are as frequent the smaller: codes that hold the delimiter only add cells.
        let width = (2..widths.len())
            .rev()
            .max_by_key(|width| widths.get(*width).copied())?;
        let usual = widths.get(width).copied().unwrap_or_default();
        if cut * 2 < all || usual == 0 {
            return None;
        }
        let columns = self.columns(delimiter, skip, width);
        // The front part of a code in pieces may not look like one; together they read.
        let together = || (self.votes(delimiter, skip) * 2 > all.cast_signed()).then_some(0);
        let code = columns
            .iter()
            .position(|column| column.codes * 2 >= usual)
            .or_else(together)?;
        // In four lines of five, or else it is something that only some lines have.
        let most = |count: usize| count * 5 >= usual * 4;
        let others = || {
            columns
                .iter()
                .take(width)
                .enumerate()
                .filter(|(index, _)| *index != code)
        };
        let numbers = others().find(|(_, column)| most(column.numbers) && column.gtins * 2 < usual);
        let words = others().find(|(_, column)| most(column.orders) && column.gtins * 2 < usual);
        let found = Columns {
            code,
            order: numbers.or(words).map(|(index, _)| index),
            gtin: others()
                .find(|(_, column)| most(column.gtins))
                .map(|(index, _)| index),
        };
        // With the code in front, a line could also be a code that holds the delimiter.
        if code == 0 {
            let votes = self.votes(delimiter, skip);
            let in_doubt = votes == 0 && numbers.is_some();
            if cut * 10 < all * 9 || !(votes > 0 || in_doubt) {
                return None;
            }
        }
        Some(Table {
            delimiter,
            width,
            columns: found,
            settled: usual >= 3 && columns.get(code).is_some_and(|column| most(column.read)),
        })
    }

    /// What the columns are like in lines of the usual width.
    fn columns(&self, delimiter: Delimiter, skip: usize, width: usize) -> Vec<Column> {
        let mut columns = alloc::vec![Column::default(); width];
        for (_, _, cells) in self.records(Some(delimiter), skip) {
            if cells.len() != width {
                continue;
            }
            for (column, span) in columns.iter_mut().zip(&cells) {
                let text = Cell::new(self.cell(span.range.clone()), span.quoted).text();
                let text = text.trim_ascii();
                column.codes += usize::from(begins_as_code(text));
                column.read += usize::from(reading(text).is_some());
                column.orders += usize::from(is_order(text));
                column.numbers += usize::from(is_number(text));
                column.gtins += usize::from(is_gtin(text));
            }
        }
        columns
    }

    /// How many more lines have a whole code in their first cell than are one code as a whole.
    fn votes(&self, delimiter: Delimiter, skip: usize) -> isize {
        self.records(Some(delimiter), skip)
            .map(|(range, _, cells)| match judge(self.text, range, &cells) {
                Judgement::Whole => -1,
                Judgement::Front => 1,
                Judgement::Open => 0,
            })
            .sum()
    }
}

/// What a line is that begins like a code and has delimiters in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// One code, delimiters and all.
    Whole,
    /// A code and something else.
    Front,
    /// Neither reads well.
    Open,
}

/// Judges a line by what reads as a code.
///
/// Quotation marks and a tail decide. A code without one is easily found in the front part of another, so there it also counts whether the rest
/// could belong to a code: that a code ends like the number of an order is rarer than any table.
pub(super) fn judge(text: &str, record: Range<usize>, cells: &[Span]) -> Judgement {
    let Some((first, others)) = cells.split_first() else {
        return Judgement::Open;
    };
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    if first.quoted {
        return Judgement::Front;
    }
    let alone = reading(part(first.range.clone()));
    if alone == Some(Tail::There) {
        return Judgement::Front;
    }
    let whole = reading(part(record));
    if whole == Some(Tail::There) {
        return Judgement::Whole;
    }
    let fronts = others
        .iter()
        .map(|span| first.range.start..span.range.start.saturating_sub(1));
    let mut fronts = fronts.map(|front| reading(part(front)));
    let mut others = others.iter().map(|span| part(span.range.clone()));
    if fronts.any(|front| front == Some(Tail::There)) || alone.is_some() && others.all(is_apart) {
        Judgement::Front
    } else if whole.is_some() {
        Judgement::Whole
    } else {
        Judgement::Open
    }
}

/// Whether a code that reads well has its crypto tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    There,
    Missing,
}

/// Reads the text if it is a code exactly as it stands.
pub(super) fn reading(text: &str) -> Option<Tail> {
    let code = crate::check(text.trim_ascii().as_bytes()).ok()?;
    Some(code.tail().map_or(Tail::Missing, |_| Tail::There))
}

/// The delimiter that a first line like `sep=;` declares.
fn declaration(line: &str) -> Option<Delimiter> {
    let declared = line.trim_matches('"').strip_prefix("sep=")?;
    Delimiter::ALL
        .into_iter()
        .find(|delimiter| declared.strip_prefix(delimiter.as_char()) == Some(""))
}
