//! What is answered: one code taken apart, or a list of them.

use super::{Check, column::Column, list::List, report::Report};
use crate::{
    texts::{self, check},
    ui::{Empty, part},
};
use desk::orders::placing::split_lines;
use leptos::prelude::*;

/// What stands in the field.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    /// Nothing.
    Nothing,
    /// One line.
    One(String),
    /// A column of them.
    Column,
    /// Something longer than the field, or a file, by its number.
    Long(u32),
}

/// The answer.
#[component]
pub(super) fn Answer(
    /// What the page is about.
    check: Check,
) -> impl IntoView {
    let lang = texts::lang();
    let field = check.field;
    let asked = Memo::new(move |_| {
        if let Some(number) = check.job.long() {
            return Asked::Long(number);
        }
        field.text.with(|text| match split_lines(text).as_slice() {
            [] => Asked::Nothing,
            [line] => Asked::One((*line).to_owned()),
            _ => Asked::Column,
        })
    });
    // The browser checks a column in slices; the server, and the first drawing in the browser, draw its beginning.
    let drawn = RwSignal::new(false);
    Effect::new(move |_| drawn.set(true));
    Effect::new(move |_| {
        let hint = check.hint();
        match asked.get() {
            Asked::Column => check.job.check(field.text.get(), hint),
            Asked::Long(_) => check.job.check_long(hint),
            Asked::One(_) | Asked::Nothing => check.job.stop(),
        }
    });
    part(move || match asked.get() {
        Asked::Nothing => {
            view! { <Empty title=check::nothing(lang) text=check::nothing_text(lang)/> }.into_any()
        }
        Asked::One(line) => view! { <Report raw=&line hint=check.hint()/> }.into_any(),
        Asked::Column if !drawn.get() => {
            let hint = check.hint();
            field
                .text
                .with_untracked(|text| view! { <Column text=text hint=hint/> }.into_any())
        }
        Asked::Column | Asked::Long(_) => view! { <List check=check/> }.into_any(),
    })
}
