//! The stock as a file: the names of its columns and the cells of its rows.

use crate::texts::{codes, suz::stock as words};
use cis::{
    Lang,
    escape::{
        csv::{Delimiter, encode},
        json,
    },
};
use desk::{suz::receiving::StockRow, time::When};
use std::fmt::Write as _;

/// What a Russian spreadsheet parts columns with.
const BETWEEN: Delimiter = Delimiter::Semicolon;

/// How many columns there are.
pub const COLUMNS: usize = 8;

/// The names of the columns.
pub fn names(lang: Lang) -> [&'static str; COLUMNS] {
    [
        codes::file_code(lang),
        codes::file_escaped(lang),
        codes::file_ki(lang),
        "GTIN",
        words::file_order(lang),
        words::file_block(lang),
        words::file_expires(lang),
        codes::file_came(lang),
    ]
}

/// The cells of a code.
pub fn cells(row: &StockRow) -> [String; COLUMNS] {
    [
        row.text.clone(),
        json::encode(&row.text).to_string(),
        row.ki.clone(),
        row.gtin.clone(),
        row.emission.map(|id| id.to_string()).unwrap_or_default(),
        row.block.to_string(),
        row.expires.as_ref().map(moment).unwrap_or_default(),
        moment(&row.came),
    ]
}

/// Cells as a line of `;`-separated values.
pub fn line<'c>(out: &mut String, cells: impl IntoIterator<Item = &'c str>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(BETWEEN.as_char());
        }
        // A string takes everything.
        let _written = write!(out, "{}", encode(cell, BETWEEN));
    }
    out.push_str("\r\n");
}

/// `2026-11-21 12:00`, which sorts as text.
fn moment(when: &When) -> String {
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        when.year, when.month, when.day, when.hour, when.minute
    )
}
