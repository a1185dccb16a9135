//! A column of codes, checked.

use super::{
    raw::raw_text,
    verdict::{Verdict, VerdictPill},
};
use crate::{
    texts::{self, check},
    ui::code::CodeView,
};
use cis::Parsed;
use desk::orders::placing::first_reading;
use leptos::prelude::*;

/// Rows that are shown; the counts are over all of them.
const SHOWN: usize = 300;

/// The counts, and every line with its verdict.
#[component]
pub(super) fn Column(
    /// The texts, one a line.
    lines: Vec<String>,
) -> impl IntoView {
    let lang = texts::lang();
    let parsed: Vec<(String, Parsed)> = lines
        .into_iter()
        .map(|line| (line.clone(), cis::parse(&line)))
        .collect();
    let all = count(&parsed, |_| true);
    let refused = count(&parsed, |verdict| verdict == Verdict::Refused);
    let repaired = count(&parsed, |verdict| matches!(verdict, Verdict::Repaired(_)));
    let good = all - refused - repaired;
    let cut = parsed.len() > SHOWN;
    let rows = parsed
        .into_iter()
        .take(SHOWN)
        .enumerate()
        .map(|(index, (raw, parsed))| view! { <Row number=index + 1 raw=raw parsed=parsed/> })
        .collect_view();
    view! {
        <div class="pad top">
            <h2>{check::column(all, good, repaired, refused, lang)}</h2>
            {cut.then(|| view! { <span class="muted">{check::first_shown(u32::try_from(SHOWN).unwrap_or_default(), lang)}</span> })}
        </div>
        <ol class="verdicts">{rows}</ol>
    }
}

fn count(parsed: &[(String, Parsed)], wanted: impl Fn(Verdict) -> bool) -> u32 {
    let found = parsed
        .iter()
        .filter(|(_, parsed)| wanted(Verdict::of(parsed)))
        .count();
    u32::try_from(found).unwrap_or(u32::MAX)
}

/// One line of the column.
#[component]
fn Row(
    /// Its number, from one.
    number: usize,
    /// The text as it was given.
    raw: String,
    /// What it is.
    parsed: Parsed,
) -> impl IntoView {
    let lang = texts::lang();
    let verdict = Verdict::of(&parsed);
    let notes = parsed.notes(lang);
    let place = parsed.position();
    let reason = parsed.reason(lang);
    let body = match first_reading(parsed.verdict) {
        Some(code) => view! {
            <CodeView text=code.into_string()/>
            <span class="muted">{notes.into_iter().chain(reason).collect::<Vec<_>>().join(" ")}</span>
        }
        .into_any(),
        None => view! {
            {raw_text(&raw, place)}
            <span>{reason}</span>
        }
        .into_any(),
    };
    view! {
        <li>
            <span class="line-number">{number}</span>
            <div class="stack">
                <div><VerdictPill verdict=verdict/></div>
                {body}
            </div>
        </li>
    }
}
