//! Workbooks of Excel: read row by row, written with the failed rows.
//!
//! XML has no way to write U+001D, so a workbook holds it as `_x001D_`; both libraries here know that.

use calamine::{Data, DataRef, Reader as _, Xlsx};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::io::{Cursor, Read as _, copy, sink};
use zip::ZipArchive;

/// The most that a workbook may unpack to, in bytes. A file of a few kilobytes can promise gigabytes.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;

/// The furthest row that is looked at: a stray cell at the end of a sheet must not make a million empty rows.
const LAST_ROW: u32 = 1_048_575;

/// Why a workbook was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// It is no workbook, or broken.
    #[error("not a workbook: {0}")]
    Broken(String),
    /// It unpacks to more than is taken.
    #[error("the workbook unpacks to more than {MOST_UNPACKED} bytes")]
    TooLarge,
}

/// The rows of the first sheet that has any, each with its number from 1. Rows without cells are not among them.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, Unreadable> {
    weigh(bytes)?;
    let broken = |error: calamine::XlsxError| Unreadable::Broken(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    for name in book.sheet_names() {
        let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A sheet of charts has no cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(broken(error)),
        };
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            let text = text_of(cell.get_value());
            if text.is_empty() || row > LAST_ROW || column as usize >= desk::bulk::MOST_COLUMNS {
                continue;
            }
            let number = row + 1;
            if rows.last().is_none_or(|(last, _)| *last != number) {
                rows.push((number, Vec::new()));
            }
            if let Some((_, cells)) = rows.last_mut() {
                cells.resize(cells.len().max(column as usize), String::new());
                cells.push(text);
            }
            // One more than is taken tells that it is too much.
            if rows.len() > desk::bulk::MOST_ROWS as usize + 2 {
                break;
            }
        }
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

/// Unpacks everything once without keeping it, so that what is promised and what is there are both known.
fn weigh(bytes: &[u8]) -> Result<(), Unreadable> {
    let broken = |error: &dyn std::fmt::Display| Unreadable::Broken(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| broken(&error))?;
        let read = copy(&mut file.take(left + 1), &mut sink()).map_err(|error| broken(&error))?;
        left = left.checked_sub(read).ok_or(Unreadable::TooLarge)?;
    }
    Ok(())
}

/// A cell as a person sees it; a whole number has no fraction, whatever the file says.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        DataRef::Empty => String::new(),
        other => Data::from(other.clone()).to_string(),
    }
}

/// Writes a workbook of one sheet. Every cell is a text: a number of sixteen digits would lose its last ones.
pub(super) fn write(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell)?;
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "0104610053147452215d,OiLl\u{1d}93dGVz";
    const HARD: &str = "0103041094787443215Q_x001D_\"<&>\u{1d}93Zj_x";

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn what_is_written_is_read_back_with_its_separators() {
        let rows = vec![
            row(&["Номер заказа", "Код маркировки", "Ошибка"]),
            row(&["48512377", CODE, ""]),
            row(&["", HARD, "не код"]),
        ];
        let bytes = write(rows).unwrap();
        let expected = vec![
            (1, row(&["Номер заказа", "Код маркировки", "Ошибка"])),
            (2, row(&["48512377", CODE])),
            (3, row(&["", HARD, "не код"])),
        ];
        assert_eq!(read(&bytes).unwrap(), expected);
    }

    /// Made by openpyxl and by `XlsxWriter`: see the script beside them.
    #[test]
    fn workbooks_of_other_programs_are_read_with_their_separators() {
        for bytes in [
            &include_bytes!("../../tests/data/openpyxl.xlsx")[..],
            &include_bytes!("../../tests/data/xlsxwriter.xlsx")[..],
        ] {
            let expected = vec![
                (1, row(&["№ заказа", "КИЗ", "Цена"])),
                (2, row(&["48512377", CODE, "100"])),
                (3, row(&["48512378", HARD, "99.5"])),
                (5, row(&["", CODE])),
            ];
            assert_eq!(read(bytes).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_no_workbook_says_so() {
        let broken = read(b"PK\x03\x04 and then nothing").unwrap_err();
        assert!(matches!(broken, Unreadable::Broken(_)), "{broken:?}");
        let mut bytes = write([row(&["a"])]).unwrap();
        bytes.truncate(bytes.len() / 2);
        assert!(read(&bytes).is_err());
    }

    #[test]
    fn a_workbook_that_unpacks_without_end_is_refused() {
        use std::io::Write as _;
        use zip::{ZipWriter, write::SimpleFileOptions};

        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive
            .start_file("xl/sharedStrings.xml", SimpleFileOptions::default())
            .unwrap();
        let zeros = vec![0; 1 << 20];
        for _ in 0..=(MOST_UNPACKED >> 20) {
            archive.write_all(&zeros).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20, "{}", bytes.len());
        assert!(matches!(read(&bytes), Err(Unreadable::TooLarge)));
    }
}
