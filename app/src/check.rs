//! The check of a code: paste anything, see it taken apart. It needs no account, and nothing leaves the browser.

mod anatomy;
mod column;
mod raw;
mod report;
mod verdict;

use crate::{
    texts::{self, check},
    ui::{Button, Empty, Look, PageTop, part},
};
use column::Column;
use desk::orders::placing::split_lines;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use report::Report;

/// The page. Without scripts the form asks for `/check?code=…`, and the server draws the answer.
#[component]
pub(crate) fn CheckPage() -> impl IntoView {
    let lang = texts::lang();
    let asked = use_query_map().with_untracked(|query| query.get("code").unwrap_or_default());
    let text = RwSignal::new(asked);
    view! {
        <PageTop title=check::title(lang)>
            <span class="muted needs-script">{check::in_browser(lang)}</span>
            <span class="muted without-script">{check::on_server(lang)}</span>
        </PageTop>
        <div class="card pad">
            <Input text=text/>
        </div>
        <section class="card" aria-label=check::result(lang) aria-live="polite">
            <Answer text=text/>
        </section>
    }
}

/// The field. In the browser the answer follows every key, so the button only keeps the page from being loaded again.
#[component]
fn Input(
    /// What is checked.
    text: RwSignal<String>,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <form method="get" action="/check" class="stack" on:submit=|event| event.prevent_default()>
            <label class="label" for="code">{check::label(lang)}</label>
            <textarea
                class="field scan"
                id="code"
                name="code"
                rows="3"
                placeholder=check::placeholder(lang)
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <div class="top">
                <Button text=check::check(lang) look=Look::Go/>
                <button type="button" class="btn needs-script" on:click=move |_| text.set(String::new())>
                    {check::clear(lang)}
                </button>
            </div>
        </form>
    }
}

/// One code taken apart, or a column of them.
#[component]
fn Answer(
    /// What is checked.
    text: RwSignal<String>,
) -> impl IntoView {
    let lang = texts::lang();
    part(move || {
        text.with(|text| match split_lines(text).as_slice() {
            [] => view! { <Empty title=check::nothing(lang) text=check::nothing_text(lang)/> }
                .into_any(),
            [line] => view! { <Report raw=*line/> }.into_any(),
            lines => {
                let lines = lines
                    .iter()
                    .map(|line| (*line).to_owned())
                    .collect::<Vec<_>>();
                view! { <Column lines=lines/> }.into_any()
            }
        })
    })
}
