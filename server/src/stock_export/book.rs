//! A workbook that is sent while it is written: sheets of texts, one after the other, none of which is kept.
//!
//! A cell is an inline string (ECMA-376, part 1, 18.3.1.53): a shared one would have to be remembered to the end.

use std::{
    fmt::Write as _,
    io::{self, Write},
    mem,
};
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

/// Rows of a sheet; Excel opens no more.
const MOST_ROWS: u32 = 1_048_576;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SHEET: &str =
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
const SHEET_END: &str = "</sheetData></worksheet>";

/// What was written and not taken yet.
#[derive(Default)]
struct Waiting(Vec<u8>);

impl Write for Waiting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The workbook.
pub(super) struct Book {
    zip: Option<ZipWriter<StreamWriter<Shared>>>,
    waiting: Shared,
    head: Vec<String>,
    sheets: u32,
    /// Rows that a sheet may have.
    most_rows: u32,
    /// Rows of the sheet that is being written.
    rows: u32,
}

/// The same bytes in two hands: the archive writes them, the answer takes them.
#[derive(Clone, Default)]
struct Shared(std::sync::Arc<std::sync::Mutex<Waiting>>);

impl Shared {
    fn taken(&self) -> Vec<u8> {
        match self.0.lock() {
            Ok(mut waiting) => mem::take(&mut waiting.0),
            Err(_) => Vec::new(),
        }
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.lock() {
            Ok(mut waiting) => waiting.write(bytes),
            Err(_) => Err(io::Error::other("a writer panicked")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Default for Book {
    fn default() -> Self {
        let waiting = Shared::default();
        Self {
            zip: Some(ZipWriter::new_stream(waiting.clone())),
            waiting,
            head: Vec::new(),
            sheets: 0,
            most_rows: MOST_ROWS,
            rows: 0,
        }
    }
}

impl Book {
    /// Begins with the names of the columns, which every sheet repeats.
    pub(super) fn begin<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> io::Result<()> {
        self.head = names.into_iter().map(str::to_owned).collect();
        self.begin_sheet()
    }

    /// What was written since it was last asked.
    pub(super) fn taken(&self) -> Vec<u8> {
        self.waiting.taken()
    }

    /// Adds a row of texts.
    pub(super) fn row(&mut self, cells: &[String]) -> io::Result<()> {
        if self.rows >= self.most_rows {
            self.put(SHEET_END)?;
            self.begin_sheet()?;
        }
        self.rows += 1;
        let mut text = String::with_capacity(512);
        text.push_str("<row>");
        for cell in cells {
            if cell.is_empty() {
                text.push_str("<c/>");
            } else {
                text.push_str("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                escape(&mut text, cell);
                text.push_str("</t></is></c>");
            }
        }
        text.push_str("</row>");
        self.put(&text)
    }

    /// Ends the file; its last bytes.
    pub(super) fn end(&mut self) -> io::Result<Vec<u8>> {
        self.put(SHEET_END)?;
        let sheets = self.sheets;
        let (mut listed, mut related, mut typed) = (String::new(), String::new(), String::new());
        for sheet in 1..=sheets {
            // A string takes everything.
            let _ = write!(
                listed,
                "<sheet name=\"{sheet}\" sheetId=\"{sheet}\" r:id=\"rId{sheet}\"/>"
            );
            let _ = write!(
                related,
                "<Relationship Id=\"rId{sheet}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
                 Target=\"worksheets/sheet{sheet}.xml\"/>"
            );
            let _ = write!(
                typed,
                "<Override PartName=\"/xl/worksheets/sheet{sheet}.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
            );
        }
        self.file(
            "xl/workbook.xml",
            &["<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
               xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>", &listed, "</sheets></workbook>"],
        )?;
        self.file(
            "xl/_rels/workbook.xml.rels",
            &["<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">", &related, "</Relationships>"],
        )?;
        self.file(
            "_rels/.rels",
            &["<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
               <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
               Target=\"xl/workbook.xml\"/></Relationships>"],
        )?;
        self.file(
            "[Content_Types].xml",
            &["<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
               <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
               <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
               <Override PartName=\"/xl/workbook.xml\" \
               ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>", &typed, "</Types>"],
        )?;
        if let Some(zip) = self.zip.take() {
            zip.finish()?;
        }
        Ok(self.taken())
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        self.rows = 0;
        let name = format!("xl/worksheets/sheet{}.xml", self.sheets);
        self.file(&name, &[SHEET])?;
        let head = self.head.clone();
        self.row(&head)
    }

    /// Begins a file of the archive with these texts.
    fn file(&mut self, name: &str, texts: &[&str]) -> io::Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        if let Some(zip) = &mut self.zip {
            zip.start_file(name, options)?;
        }
        self.put(DECLARATION)?;
        texts.iter().try_for_each(|text| self.put(text))
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        match &mut self.zip {
            Some(zip) => zip.write_all(text.as_bytes()),
            None => Err(io::Error::other("the workbook is ended")),
        }
    }
}

/// A text as XML holds it: what it cannot hold is `_xHHHH_` (ECMA-376, part 1, 22.4.2.4), and so is what only looks like it.
fn escape(out: &mut String, text: &str) {
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if looks_escaped(rest.as_str()) => out.push_str("_x005F_"),
            '\t' | ' '..='\u{7e}' | '\u{80}'.. => out.push(character),
            other => {
                // A string takes everything.
                let _ = write!(out, "_x{:04X}_", u32::from(other));
            }
        }
    }
}

/// Whether what follows a `_` would be read as an escaped character.
fn looks_escaped(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix('x') else {
        return false;
    };
    rest.get(..4)
        .is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
        && rest.get(4..).is_some_and(|rest| rest.starts_with('_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::workbook::read;
    use calamine::{Data, Reader as _, Xlsx};
    use std::io::Cursor;

    #[test]
    fn what_is_sent_in_parts_is_one_workbook_with_every_character() {
        let codes = [
            "0104610053147452215d,OiLl\u{1d}93dGVz",
            "0103041094787443215Q_x001D_\"<&>\u{1d}93Zj_x",
            "=1+1",
        ];
        let mut book = Book::default();
        book.begin(["Код", "GTIN"]).unwrap();
        let mut bytes = book.taken();
        for code in codes {
            book.row(&[code.to_owned(), "04610053147452".to_owned()])
                .unwrap();
            bytes.extend(book.taken());
        }
        bytes.extend(book.end().unwrap());
        let rows = read(&bytes).unwrap();
        let firsts: Vec<&str> = rows.iter().map(|(_, cells)| cells[0].as_str()).collect();
        assert_eq!(firsts, ["Код", codes[0], codes[1], codes[2]]);
        assert!(rows.iter().all(|(_, cells)| cells.len() == 2));
    }

    /// The cells of every sheet in the order of the workbook.
    fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheets = book.worksheets().into_iter().map(|(name, range)| {
            let row = |row: &[Data]| row.iter().map(ToString::to_string).collect();
            (name, range.rows().map(row).collect())
        });
        sheets.collect()
    }

    #[test]
    fn what_one_sheet_cannot_hold_goes_on_in_the_next_under_the_same_head() {
        let mut book = Book {
            most_rows: 4,
            ..Book::default()
        };
        book.begin(["Код", "GTIN"]).unwrap();
        let mut bytes = Vec::new();
        for number in 0..8 {
            book.row(&[format!("код{number}"), "g".to_owned()]).unwrap();
            bytes.extend(book.taken());
        }
        bytes.extend(book.end().unwrap());
        let row = |text: String| vec![text, "g".to_owned()];
        let head = || vec!["Код".to_owned(), "GTIN".to_owned()];
        let sheet = |name: &str, numbers: std::ops::Range<u32>| {
            let rows = numbers.map(|number| row(format!("код{number}")));
            (name.to_owned(), [head()].into_iter().chain(rows).collect())
        };
        assert_eq!(
            sheets(&bytes),
            [sheet("1", 0..3), sheet("2", 3..6), sheet("3", 6..8)]
        );
    }

    #[test]
    fn nothing_that_was_taken_is_kept() {
        let mut book = Book::default();
        book.begin(["Код"]).unwrap();
        let (mut most, mut sent) = (0, 0);
        // Texts that no compression makes small: ever new numbers.
        let mut number = 1_u64;
        for _ in 0..40 {
            for _ in 0..500 {
                number = number
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                book.row(&[format!("{number:x}{:x}", number.rotate_left(21))])
                    .unwrap();
            }
            let part = book.taken();
            sent += part.len();
            most = most.max(part.len());
            assert!(book.waiting.taken().is_empty());
        }
        sent += book.end().unwrap().len();
        assert!(most * 20 < sent, "{most} of {sent} bytes at once");
    }
}
