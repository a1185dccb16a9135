//! A file or paste as rows of cells, with a guess which columns hold the order's number and the code.

use crate::{
    bulk::{MOST_COLUMNS, MOST_ROWS, RowKind, order_number},
    identifiers::{Mark, Uin},
    problem::Problem,
    server::ports::batches::{BatchOrder, BatchRow},
};
use cis::bulk::{Columns, Delimiter, Reader, Shape};
use std::collections::HashMap;

/// The name of the format of a workbook.
pub const WORKBOOK: &str = "xlsx";

/// Rows that are looked at to find the columns of a workbook.
const SAMPLE_ROWS: usize = 200;

/// A table as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// `xlsx`, or the name of the delimiter that its text had.
    pub format: String,
    /// The names of its columns.
    pub header: Option<Vec<String>>,
    /// The column of the order's number, from 0.
    pub order_column: Option<u32>,
    /// The column of the code, from 0.
    pub code_column: u32,
    /// Its rows.
    pub rows: Vec<SheetRow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Its line in the file, from 1.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<String>,
    /// The order's number as it came.
    pub order: String,
    /// The code as it came.
    pub code: String,
}

/// The name of a delimiter.
const fn format_of(delimiter: Option<Delimiter>) -> &'static str {
    match delimiter {
        Some(Delimiter::Tab) => "tab",
        Some(Delimiter::Semicolon) => "semicolon",
        Some(Delimiter::Comma) => "comma",
        None => "lines",
    }
}

/// The delimiter of a name; a format without one is written with semicolons.
pub fn delimiter_of(format: &str) -> Delimiter {
    match format {
        "tab" => Delimiter::Tab,
        "comma" => Delimiter::Comma,
        _ => Delimiter::Semicolon,
    }
}

impl Sheet {
    /// Reads a decoded text: a table, or a code a line.
    ///
    /// # Errors
    /// When it has too many rows, or none.
    pub fn of_text(text: &str) -> Result<Self, Problem> {
        let shape = Shape::of(text);
        let columns = shape.columns();
        let mut reader = Reader::new(shape).with_every_line();
        let mut rows: Vec<SheetRow> = Vec::new();
        while let Some(row) = reader.next(text, true) {
            let line = saturated(row.line);
            let code = row.code.text().into_owned();
            let order = row.order.map(|cell| cell.text().into_owned());
            let order = order.unwrap_or_default();
            // A second code of the same line is a row of its own, without the rest of the line.
            let again = rows.last().is_some_and(|last| last.line == line);
            let cells = if again {
                alone(columns, &order, &code)
            } else {
                let cells = reader.cells(text).map(|cell| cell.text().into_owned());
                cells.take(MOST_COLUMNS).collect()
            };
            push(
                &mut rows,
                SheetRow {
                    line,
                    cells,
                    order,
                    code,
                },
            )?;
        }
        let header = reader
            .header_line()
            .map(|line| header_cells(text, line, shape.delimiter()));
        Self {
            format: format_of(shape.delimiter()).to_owned(),
            header,
            order_column: columns.order.map(saturated),
            code_column: saturated(columns.code),
            rows,
        }
        .not_empty()
    }

    /// Makes a sheet of a workbook's rows, each with its number in the workbook.
    ///
    /// # Errors
    /// When it has too many rows, or none.
    pub fn of_workbook(mut table: Vec<(u32, Vec<String>)>) -> Result<Self, Problem> {
        table.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
        let shape = Shape::of(&sample(&table));
        let columns = match shape.delimiter() {
            Some(Delimiter::Tab) => shape.columns(),
            _ => Columns::default(),
        };
        let header = (shape.has_header() && !table.is_empty()).then(|| table.remove(0).1);
        let mut rows = Vec::new();
        for (line, mut cells) in table {
            cells.truncate(MOST_COLUMNS);
            let cell = |column: Option<usize>| column.and_then(|column| cells.get(column)).cloned();
            let row = SheetRow {
                line,
                order: cell(columns.order).unwrap_or_default(),
                code: cell(Some(columns.code)).unwrap_or_default(),
                cells,
            };
            push(&mut rows, row)?;
        }
        Self {
            format: WORKBOOK.to_owned(),
            header,
            order_column: columns.order.map(saturated),
            code_column: saturated(columns.code),
            rows,
        }
        .not_empty()
    }

    fn not_empty(self) -> Result<Self, Problem> {
        if self.rows.is_empty() {
            Err(Problem::NoRows)
        } else {
            Ok(self)
        }
    }
}

fn push(rows: &mut Vec<SheetRow>, row: SheetRow) -> Result<(), Problem> {
    if rows.len() >= MOST_ROWS as usize {
        return Err(Problem::TooMuch { most: MOST_ROWS });
    }
    rows.push(row);
    Ok(())
}

/// Rows as the store keeps them and the orders that they name, in the order of their first rows.
pub(super) fn content(rows: Vec<SheetRow>) -> (Vec<BatchRow>, Vec<BatchOrder>) {
    let mut places: HashMap<i64, u32> = HashMap::new();
    let mut orders: Vec<BatchOrder> = Vec::new();
    let mut units: HashMap<String, u32> = HashMap::new();
    let mut kept = Vec::with_capacity(rows.len());
    for (row, number) in rows.into_iter().zip(1..) {
        let place = order_number(&row.order).map(|order| {
            let next = saturated(orders.len()) + 1;
            let place = *places.entry(order.0).or_insert(next);
            if place == next {
                orders.push(BatchOrder {
                    place,
                    number: order,
                    order: None,
                    rows: 0,
                    fate: crate::bulk::Fate::Waiting,
                    outlook: None,
                    submission: None,
                });
            }
            if let Some(named) = orders.get_mut(place as usize - 1) {
                named.rows += 1;
            }
            place
        });
        let first = unit(&row.code).map(|unit| *units.entry(unit).or_insert(number));
        kept.push(BatchRow {
            number,
            line: row.line,
            cells: row.cells,
            order: row.order,
            code: row.code,
            place,
            repeats: first.filter(|first| *first != number),
            kind: RowKind::Waiting,
            verdict: None,
        });
    }
    let lines: Vec<u32> = kept.iter().map(|row| row.line).collect();
    for row in &mut kept {
        row.repeats = row
            .repeats
            .and_then(|first| lines.get(first as usize - 1).copied());
    }
    (kept, orders)
}

/// The identity of the unit that a text names, when it reads in one way.
fn unit(text: &str) -> Option<String> {
    if let Ok(uin) = text.trim().parse::<Uin>() {
        return Some(Mark::Uin(uin).key());
    }
    let parsed = cis::parse(text);
    let code = parsed.code()?.clone();
    Some(Mark::Cis(code).key())
}

/// A row of nothing but an order's number and a code.
fn alone(columns: Columns, order: &str, code: &str) -> Vec<String> {
    let width = columns.code.max(columns.order.unwrap_or_default()) + 1;
    let mut cells = vec![String::new(); width];
    for (column, text) in [(columns.order, order), (Some(columns.code), code)] {
        if let Some(cell) = column.and_then(|column| cells.get_mut(column)) {
            text.clone_into(cell);
        }
    }
    cells
}

/// The beginning of a workbook as a text whose shape can be found out.
fn sample(table: &[(u32, Vec<String>)]) -> String {
    let mut text = String::new();
    for (_, cells) in table.iter().take(SAMPLE_ROWS) {
        for (index, cell) in cells.iter().take(MOST_COLUMNS).enumerate() {
            if index > 0 {
                text.push('\t');
            }
            text.extend(cell.chars().map(|character| match character {
                '\t' | '\r' | '\n' => ' ',
                other => other,
            }));
        }
        text.push('\n');
    }
    text
}

/// The cells of the line that names the columns; a name in quotation marks may hold line breaks.
fn header_cells(text: &str, line: usize, delimiter: Option<Delimiter>) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}');
    let mut rest = text;
    for _ in 1..line {
        let Some(end) = rest.find(['\n', '\r']) else {
            break;
        };
        let (_, behind) = rest.split_at(end);
        rest = behind
            .strip_prefix("\r\n")
            .or_else(|| behind.strip_prefix(['\n', '\r']))
            .unwrap_or_default();
    }
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        let Some(cell) = cells.last_mut() else { break };
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            other if !quoted && delimiter.is_some_and(|it| it.as_char() == other) => {
                cells.push(String::new());
            }
            other => cell.push(other),
        }
    }
    cells.truncate(MOST_COLUMNS);
    cells
}

fn saturated(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEER: &str = "0104610053147452215d,OiLl\u{1d}93dGVz";
    const MILK: &str = "0103041094787443215Qb\"g!\u{1d}93Zjqw";

    fn strings(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn a_table_keeps_its_cells_and_finds_its_columns() {
        let milk = MILK.replace('"', "\"\"");
        let text = format!(
            "\u{feff}Заказ;\"Код\nмаркировки\";Цена\r\n57001;{BEER};100\r\n57002;;5\r\n57001;\"{milk}\";7\r\n"
        );
        let sheet = Sheet::of_text(&text).unwrap();
        assert_eq!(sheet.format, "semicolon");
        assert_eq!(
            sheet.header,
            Some(strings(&["Заказ", "Код\nмаркировки", "Цена"]))
        );
        assert_eq!((sheet.order_column, sheet.code_column), (Some(0), 1));
        let rows: Vec<_> = sheet
            .rows
            .iter()
            .map(|row| {
                (
                    row.line,
                    row.order.as_str(),
                    row.code.as_str(),
                    row.cells.len(),
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                (3, "57001", BEER, 3),
                (4, "57002", "", 3),
                (5, "57001", MILK, 3)
            ]
        );
        assert_eq!(sheet.rows[2].cells, strings(&["57001", MILK, "7"]));
    }

    #[test]
    fn a_code_with_the_delimiter_in_it_is_one_cell() {
        let sheet = Sheet::of_text(&format!("Заказ,Код,Цена\n57001,{BEER},100\n")).unwrap();
        assert_eq!(sheet.rows[0].cells, strings(&["57001", BEER, "100"]));
    }

    #[test]
    fn a_second_code_of_a_line_is_a_row_of_its_own() {
        let sheet = Sheet::of_text(&format!(
            "Заказ\tКод\tЕщё\n57001\t{BEER}\t{MILK}\n57002\t{BEER}\tx\n"
        ))
        .unwrap();
        let codes: Vec<_> = sheet
            .rows
            .iter()
            .map(|row| (row.order.as_str(), row.code.as_str()))
            .collect();
        assert_eq!(codes, [("57001", BEER), ("57001", MILK), ("57002", BEER)]);
        assert_eq!(sheet.rows[1].cells, strings(&["57001", MILK]));
    }

    #[test]
    fn a_workbook_finds_its_columns_too() {
        let table = vec![
            (1, strings(&["Дата", "№ заказа", "КИЗ"])),
            (3, strings(&["21.11.2026", "57001", BEER])),
            (4, strings(&["", "", ""])),
            (5, strings(&["22.11.2026", "57002", MILK])),
        ];
        let sheet = Sheet::of_workbook(table).unwrap();
        assert_eq!((sheet.order_column, sheet.code_column), (Some(1), 2));
        assert_eq!(
            sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
            [3, 5]
        );
        assert_eq!(sheet.rows[1].code, MILK);
    }

    #[test]
    fn orders_stand_by_their_first_rows_and_repeats_name_the_first_line() {
        let bare = BEER.split('\u{1d}').next().unwrap();
        let text =
            format!("Заказ\tКод\n57002\t{BEER}\n57001\t{MILK}\n№ 57 002\t{bare}\nмой\t{MILK}\n");
        let (rows, orders) = content(Sheet::of_text(&text).unwrap().rows);
        let numbers: Vec<_> = orders
            .iter()
            .map(|it| (it.place, it.number.0, it.rows))
            .collect();
        assert_eq!(numbers, [(1, 57002, 2), (2, 57001, 1)]);
        let places: Vec<_> = rows.iter().map(|row| (row.place, row.repeats)).collect();
        assert_eq!(
            places,
            [
                (Some(1), None),
                (Some(2), None),
                (Some(1), Some(2)),
                (None, Some(3))
            ]
        );
    }

    #[test]
    fn too_much_and_nothing_are_told() {
        assert_eq!(Sheet::of_text("Заказ;Код\n").unwrap_err(), Problem::NoRows);
        let many = format!("{BEER}\n").repeat(MOST_ROWS as usize + 1);
        assert_eq!(
            Sheet::of_text(&many).unwrap_err(),
            Problem::TooMuch { most: MOST_ROWS }
        );
    }
}
