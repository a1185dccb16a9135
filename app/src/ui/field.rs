//! Inputs with their label, hint and error.

use leptos::{html, prelude::*};

/// One line of text to fill in. Label, hint and error are tied to the input.
#[component]
pub(crate) fn Field(
    /// The label.
    #[prop(into)]
    label: String,
    /// The name in the form; with `scope` in front it is the element's id.
    #[prop(into)]
    name: String,
    /// What parts the ids of two forms with the same names on one page.
    #[prop(optional, into)]
    scope: String,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// A rule or an example under the input.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The shortest text that is taken.
    #[prop(optional)]
    minlength: Option<u32>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Whether it is a code, a key or a number, to be set in equal widths and never corrected.
    #[prop(optional)]
    mono: bool,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The input itself, for those who read it outside a form.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let id = scope + &name;
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described = {
        let hint_id = hint.is_some().then(|| hint_id.clone());
        let error_id = error_id.clone();
        move || {
            let error = error.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<String> = error.into_iter().chain(hint_id.clone()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="labelled">
            <label for=id.clone()>{label}</label>
            <input
                node_ref=node_ref
                class=if mono { "field mono" } else { "field" }
                id=id
                name=name
                type=kind
                autocomplete=autocomplete
                minlength=minlength
                required=!optional
                spellcheck=mono.then_some("false")
                autocapitalize=mono.then_some("off")
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
            />
            <p class="error" id=error_id hidden=move || error.with(Option::is_none)>{error}</p>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}
