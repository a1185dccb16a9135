//! On what labels are printed.

use crate::texts::{self, suz::stock as words};
use desk::printing::{Head, Medium};
use leptos::prelude::*;

/// The choice of paper and printer.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub(super) fn PaperChoice(
    /// What parts the ids of two forms on one page.
    scope: String,
    /// The medium that is chosen.
    medium: RwSignal<Medium>,
    /// How fine the printer prints at first.
    head: Head,
) -> impl IntoView {
    let lang = texts::lang();
    let media = Medium::ALL
        .iter()
        .map(|one| {
            let one = *one;
            let selected = move || medium.get() == one;
            view! { <option value=one.as_str() selected=selected>{words::medium(one, lang)}</option> }
        })
        .collect_view();
    let heads = Head::ALL
        .iter()
        .map(|one| view! { <option value=one.as_str() selected=*one == head>{words::head(*one, lang)}</option> })
        .collect_view();
    let on_sheet = move || medium.get().on_a_sheet().is_some();
    let id = |name: &str| format!("{scope}{name}");
    view! {
        <div class="labelled">
            <label for=id("medium")>{words::medium_label(lang)}</label>
            <select
                class="field"
                id=id("medium")
                name="form[medium]"
                on:change=move |event| {
                    if let Ok(chosen) = event_target_value(&event).parse() {
                        medium.set(chosen);
                    }
                }
            >
                {media}
            </select>
        </div>
        <div class="labelled">
            <label for=id("head")>{words::head_label(lang)}</label>
            <select class="field" id=id("head") name="form[head]">{heads}</select>
        </div>
        // Without scripts it is there for every paper, and rolls pass it over.
        <div class="labelled" class:needs-sheet=move || !on_sheet()>
            <label for=id("used")>{words::used_places(lang)}</label>
            <input class="field amount" id=id("used") name="form[used]" type="number" min="0" max="64" value="0"/>
            <p class="hint">{words::used_places_hint(lang)}</p>
        </div>
    }
}
