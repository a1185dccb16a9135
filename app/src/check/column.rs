//! The beginning of a column, for who has no scripts.

use super::{raw::raw_text, verdict::VerdictPill};
use crate::{texts, ui::code::CodeView};
use cis::{Hint, parse_with};
use desk::orders::placing::split_lines;
use leptos::prelude::*;

/// Lines that are drawn: more than fit into the address of a page.
const DRAWN: usize = 300;

/// Every line with its verdict.
#[component]
pub(super) fn Column(
    /// The texts, one a line.
    text: String,
    /// What is known of them.
    hint: Hint,
) -> impl IntoView {
    let rows = split_lines(&text)
        .into_iter()
        .take(DRAWN)
        .enumerate()
        .map(|(index, raw)| row(index + 1, raw, &hint))
        .collect_view();
    view! { <ol class="verdicts">{rows}</ol> }
}

fn row(number: usize, raw: &str, hint: &Hint) -> impl IntoView + use<> {
    let lang = texts::lang();
    let parsed = parse_with(raw, hint);
    let said: Vec<String> = parsed
        .repairs
        .iter()
        .map(|repair| repair.message(lang))
        .chain(parsed.remarks.iter().map(|remark| remark.message(lang)))
        .chain(parsed.reason(lang))
        .collect();
    let code = match parsed.code() {
        Some(code) => view! { <CodeView text=code.as_str().to_owned()/> }.into_any(),
        None => raw_text(raw, parsed.position()).into_any(),
    };
    view! {
        <li>
            <span class="line-number">{number}</span>
            <div class="stack tight">
                <div><VerdictPill parsed=&parsed/></div>
                {code}
                <span class="muted">{said.join(" ")}</span>
            </div>
        </li>
    }
}
