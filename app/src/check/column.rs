//! The beginning of a column, for who has no scripts.

use super::{raw::raw_text, verdict::VerdictPill};
use crate::{
    texts::{self, check},
    ui::code::CodeView,
};
use cis::{
    Hint,
    bulk::{Checked, Checker},
};
use leptos::prelude::*;

/// Lines that are drawn: more than fit into the address of a page.
const DRAWN: usize = 300;

/// Every line with its verdict.
#[component]
pub(super) fn Column<'a>(
    /// The texts, one a line.
    text: &'a str,
    /// What is known of them.
    hint: Hint,
) -> impl IntoView + use<> {
    let rows = Checker::of(text)
        .with_hint(hint)
        .over(text)
        .take(DRAWN)
        .map(|checked| row(&checked))
        .collect_view();
    view! { <ol class="verdicts">{rows}</ol> }
}

fn row(checked: &Checked<'_>) -> impl IntoView + use<> {
    let lang = texts::lang();
    let Checked {
        row,
        parsed,
        same_as,
    } = checked;
    let same = same_as.and_then(|line| u32::try_from(line).ok());
    let said: Vec<String> = same
        .map(|line| check::same(line, lang) + ".")
        .into_iter()
        .chain(parsed.notes(lang))
        .chain(parsed.reason(lang))
        .collect();
    let code = match parsed.code() {
        Some(code) => view! { <CodeView text=code.as_str().to_owned()/> }.into_any(),
        None => raw_text(&row.code.text(), parsed.position()).into_any(),
    };
    view! {
        <li>
            <span class="line-number">{row.line}</span>
            <div class="stack tight">
                <div><VerdictPill parsed=parsed/></div>
                {code}
                <span class="muted">{said.join(" ")}</span>
            </div>
        </li>
    }
}
