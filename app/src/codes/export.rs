//! The stock as a file of `;`-separated values that begins with U+FEFF, so that Excel reads it as UTF-8.

use crate::texts::codes as words;
use cis::{
    Lang,
    escape::{
        csv::{Delimiter, encode},
        json,
    },
};
use desk::{codes::CodeRow, time::When};
use std::fmt::Write as _;

/// What a Russian spreadsheet parts columns with.
const BETWEEN: Delimiter = Delimiter::Semicolon;

/// The longest text that a formula of Excel may hold; what is longer is no number anyhow.
const FORMULA_TEXT: usize = 255;

/// Whom the file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Programs: every field is the text itself, U+001D and all.
    Plain,
    /// Spreadsheets: every field is a formula that gives the text (`="0104…"`). Otherwise Excel makes a number of a
    /// GTIN or of a code of digits alone, and runs what begins like a formula.
    Spreadsheet,
}

impl Form {
    fn write(self, out: &mut String, text: &str) {
        let field = match self {
            Self::Spreadsheet if text.chars().count() <= FORMULA_TEXT => {
                format!("=\"{}\"", text.replace('"', "\"\""))
            }
            Self::Plain | Self::Spreadsheet => text.to_owned(),
        };
        // A string takes everything.
        let _written = write!(out, "{}", encode(&field, BETWEEN));
    }

    fn line<'f>(self, out: &mut String, fields: impl IntoIterator<Item = &'f str>) {
        for (index, field) in fields.into_iter().enumerate() {
            if index > 0 {
                out.push(BETWEEN.as_char());
            }
            self.write(out, field);
        }
        out.push_str("\r\n");
    }
}

/// The beginning of the file: the mark and the names of the columns.
pub fn head(lang: Lang) -> String {
    let mut out = String::from("\u{feff}");
    let names = [
        words::file_code(lang),
        words::file_escaped(lang),
        words::file_ki(lang),
        "GTIN",
        words::file_product(lang),
        words::column_state(lang),
        words::column_order(lang),
        words::file_came(lang),
        words::file_origin(lang),
    ];
    Form::Plain.line(&mut out, names);
    out
}

/// The lines of some codes.
pub fn lines(rows: &[CodeRow], form: Form, lang: Lang) -> String {
    let mut out = String::with_capacity(rows.len() * 256);
    for row in rows {
        let identity = row.key.split_once(':').map_or("", |(_, identity)| identity);
        let escaped = json::encode(&row.text).to_string();
        let product = harmless(row.product.as_deref().unwrap_or_default());
        let order = row.order.map(|order| order.number.to_string());
        let came = moment(&row.came);
        let fields = [
            row.text.as_str(),
            &escaped,
            identity,
            row.gtin.as_deref().unwrap_or_default(),
            &product,
            words::state(row.state, lang),
            order.as_deref().unwrap_or_default(),
            &came,
            row.origin.map_or("", |origin| words::origin(origin, lang)),
        ];
        form.line(&mut out, fields);
    }
    out
}

/// A name from outside that no spreadsheet takes for a formula, whoever opens the plain file with one.
fn harmless(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if name.trim_start().starts_with(['=', '+', '-', '@']) {
        format!("'{name}")
    } else {
        name
    }
}

/// `2026-11-21 12:00`, which sorts as text.
fn moment(when: &When) -> String {
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        when.year, when.month, when.day, when.hour, when.minute
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use cis::escape::csv::decode;
    use desk::{
        codes::{CodeState, OrderName, Origin},
        ids::{MarketOrderId, OrderId},
        time::Timestamp,
    };

    fn row(text: &str, product: &str) -> CodeRow {
        CodeRow {
            key: format!("cis:{}", text.split('\u{1d}').next().unwrap()),
            text: text.to_owned(),
            gtin: Some("04670033010053".into()),
            product: Some(product.to_owned()),
            state: CodeState::Bound,
            order: Some(OrderName {
                id: OrderId::from_parts(1, [1; 10]),
                number: MarketOrderId(515_000_001),
            }),
            origin: Some(Origin::Order),
            came: When {
                at: Timestamp(0),
                days_ahead: 0,
                minutes_ahead: 0,
                year: 2026,
                month: 11,
                day: 21,
                hour: 9,
                minute: 5,
                timed: true,
            },
        }
    }

    const CODE: &str = "0104670033010053215\";&q\u{1d}93Zjqw";

    #[test]
    fn a_program_reads_every_field_back() {
        let text = lines(
            &[row(CODE, "=HYPERLINK(\"http://evil.example\")")],
            Form::Plain,
            Lang::Ru,
        );
        assert_eq!(
            text,
            "\"0104670033010053215\"\";&q\u{1d}93Zjqw\";\"0104670033010053215\\\"\";&q\\u001d93Zjqw\";\
             \"0104670033010053215\"\";&q\";04670033010053;\"'=HYPERLINK(\"\"http://evil.example\"\")\";\
             В заказе;515000001;2026-11-21 09:05;со страницы заказа\r\n"
        );
        let first = "\"0104670033010053215\"\";&q\u{1d}93Zjqw\"";
        assert!(text.starts_with(first));
        assert_eq!(decode(first, BETWEEN).as_deref(), Ok(CODE));
    }

    #[test]
    fn a_spreadsheet_finds_texts_and_nothing_to_run() {
        let text = lines(
            &[row("010467003301005321123456", "Тапочки")],
            Form::Spreadsheet,
            Lang::Ru,
        );
        let fields: Vec<&str> = text.trim_end().split(';').collect();
        assert_eq!(fields.len(), 9);
        assert_eq!(
            fields.first(),
            Some(&"\"=\"\"010467003301005321123456\"\"\"")
        );
        for field in fields {
            let read = decode(field, BETWEEN).unwrap();
            assert!(read.starts_with("=\"") && read.ends_with('"'), "{read}");
        }
        let quoted = lines(&[row(CODE, "")], Form::Spreadsheet, Lang::Ru);
        assert!(
            quoted.starts_with("\"=\"\"0104670033010053215\"\"\"\";&q\u{1d}93Zjqw\"\"\""),
            "{quoted}"
        );
    }

    #[test]
    fn the_head_says_utf_8_and_names_every_column() {
        let head = head(Lang::Ru);
        assert!(head.starts_with('\u{feff}'));
        assert_eq!(head.trim_end().split(';').count(), 9);
    }
}
