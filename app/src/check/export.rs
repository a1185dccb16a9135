//! The verdicts as a file for a spreadsheet.

use super::Check;
#[cfg(any(feature = "hydrate", test))]
use super::sheet::Row;
#[cfg(any(feature = "hydrate", test))]
use crate::texts::check as words;
use cis::Lang;
#[cfg(any(feature = "hydrate", test))]
use cis::{
    Hint,
    escape::csv::{Delimiter, encode},
    market::MarketForm,
    parse_with,
};
use leptos::prelude::*;

/// What a Russian spreadsheet parts columns with.
#[cfg(any(feature = "hydrate", test))]
const BETWEEN: Delimiter = Delimiter::Semicolon;

/// The file's name, and the names of its columns.
#[derive(Clone, Copy)]
pub(super) struct Names {
    /// The file's name.
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "on the server nothing is given away")
    )]
    pub(super) file: &'static str,
    /// The names of its columns.
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "on the server nothing is given away")
    )]
    pub(super) columns: &'static str,
}

/// Begins a file that Excel shall read as UTF-8.
#[cfg(feature = "hydrate")]
const MARK: &str = "\u{feff}";

/// Writes a row: line, text, verdict, code, identity, groups, Market, repairs, reason, line of the same unit.
#[cfg(any(feature = "hydrate", test))]
fn write_row(out: &mut String, row: Row, raw: &str, hint: &Hint, lang: Lang) {
    use std::fmt::Write as _;

    let parsed = parse_with(raw, hint);
    let code = parsed.code();
    let groups: Vec<&str> = code.map_or_else(Vec::new, |code| {
        code.groups().iter().map(cis::ProductGroup::alias).collect()
    });
    let market = match code.map(cis::MarkingCode::market_form) {
        Some(Some(MarketForm::Full)) => "full",
        Some(Some(MarketForm::Short)) => "short",
        Some(None) => "none",
        None => "",
    };
    let repairs: Vec<&str> = parsed
        .repairs
        .iter()
        .map(|repair| repair.step().as_str())
        .collect();
    let fields = [
        raw,
        words::outcome(row.outcome, lang),
        code.map_or("", cis::MarkingCode::as_str),
        &code.map_or_else(String::new, |code| code.ki().as_str().to_owned()),
        &groups.join(" "),
        market,
        &repairs.join(" "),
        &parsed.reason(lang).unwrap_or_default(),
        &row.same.map_or_else(String::new, |line| line.to_string()),
    ];
    out.push_str(&row.line.to_string());
    for field in fields {
        // A string takes everything.
        let _written = write!(out, ";{}", encode(field, BETWEEN));
    }
    out.push_str("\r\n");
}

/// Gives the list away as a file, made in slices. `busy` holds while it is made.
#[cfg(feature = "hydrate")]
pub(super) fn download(check: Check, names: Names, lang: Lang, busy: RwSignal<bool>) {
    use super::{
        sheet::Filter,
        slices::{Slice, pause},
    };
    let job = check.job;
    let hint = untrack(|| check.hint());
    let run = job.run.get_untracked();
    busy.set(true);
    leptos::task::spawn_local(async move {
        let parts = js_sys::Array::new();
        let mut part = [MARK, names.columns, "\r\n"].concat();
        let mut index = 0;
        // Another list has taken the place of this one, or the page is left: nobody wants the file.
        while job.run.try_get_untracked() == Some(run) {
            let slice = Slice::begin();
            let more = job.sheet.with_untracked(|sheet| {
                while let Some((row, raw)) = sheet.row(Filter::All, index) {
                    write_row(&mut part, row, raw, &hint, lang);
                    index += 1;
                    if slice.is_over() {
                        return true;
                    }
                }
                false
            });
            parts.push(&std::mem::take(&mut part).into());
            if !more {
                // A browser that makes no files shows nothing, and the list is still there.
                let _saved = save(&parts, names.file);
                break;
            }
            pause().await;
        }
        busy.try_set(false);
    });
}

/// Gives a file to the browser's downloads.
#[cfg(feature = "hydrate")]
fn save(parts: &js_sys::Array, name: &str) -> Result<(), wasm_bindgen::JsValue> {
    use wasm_bindgen::JsCast;

    let file = web_sys::Blob::new_with_str_sequence(parts)?;
    let address = web_sys::Url::create_object_url_with_blob(&file)?;
    let link = document().create_element("a")?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.unchecked_ref::<web_sys::HtmlElement>().click();
    web_sys::Url::revoke_object_url(&address)
}

/// On the server nothing is pressed.
#[cfg(not(feature = "hydrate"))]
pub(super) fn download(_check: Check, _names: Names, _lang: Lang, _busy: RwSignal<bool>) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sheet::{Filter, Sheet};

    #[test]
    fn a_row_holds_everything_and_keeps_its_columns() {
        let raw = "]d20103041094787443215Qb;g!{GS}93Zjqw";
        let mut sheet = Sheet::default();
        sheet.push(7, Some(3), cis::Outcome::Repaired, raw);
        let (row, raw) = sheet.row(Filter::All, 0).unwrap();
        let mut out = String::new();
        write_row(&mut out, row, raw, &Hint::default(), Lang::Ru);
        assert_eq!(
            out,
            "7;\"]d20103041094787443215Qb;g!{GS}93Zjqw\";исправлен;\"0103041094787443215Qb;g!\u{1d}93Zjqw\";\
             \"0103041094787443215Qb;g!\";milk;full;separator_spelling symbology;;3\r\n"
        );
    }
}
