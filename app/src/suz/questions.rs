//! Questions about OMS ID, folded.

use crate::texts::{self, suz};
use desk::suz::question::Question;
use leptos::prelude::*;

/// Every question with its answer.
#[component]
pub(super) fn Questions() -> impl IntoView {
    let lang = texts::lang();
    let one = move |question: &Question| {
        let (asked, answer) = suz::questions::question(*question, lang);
        view! {
            <details class="question">
                <summary>{asked}</summary>
                <p>{answer}</p>
            </details>
        }
    };
    view! {
        <section class="card pad stack tight" id="questions">
            <h2>{suz::questions(lang)}</h2>
            {Question::ALL.iter().map(one).collect_view()}
        </section>
    }
}
