//! A moment as people say it.

use crate::texts;
use desk::time::When;
use leptos::prelude::*;

/// A moment in words, exact on hover and for machines.
#[component]
pub(crate) fn Moment(
    /// The moment.
    when: When,
) -> impl IntoView {
    let lang = texts::lang();
    let machine = if when.timed {
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}",
            when.year, when.month, when.day, when.hour, when.minute
        )
    } else {
        format!("{:04}-{:02}-{:02}", when.year, when.month, when.day)
    };
    view! { <time datetime=machine title=texts::when_exact(&when, lang)>{texts::when(&when, lang)}</time> }
}
