//! Adding a key: what it may do is said before it is kept.

use super::{
    acts::{Trouble, reload_after},
    report::ReportView,
};
use crate::{
    connections::api::{AddConnection, CheckKey},
    texts::{self, connections},
    ui::{Button, FailureView, Field, Look, part},
};
use leptos::{form::ActionForm, html, prelude::*};

/// The form of a new connection, with where its key is found.
#[component]
pub(super) fn AddConnectionForm(
    /// Whether there is no connection yet, so that this is the one thing to do.
    first: bool,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let add = ServerAction::<AddConnection>::new();
    let check = ServerAction::<CheckKey>::new();
    let key = NodeRef::<html::Input>::new();
    reload_after(add, reload);
    let look_at = move |_| {
        if let Some(input) = key.get_untracked() {
            check.dispatch(CheckKey { key: input.value() });
        }
    };
    view! {
        <section class="card pad stack">
            <h2>{connections::add(lang)}</h2>
            <Guide open=first/>
            <ActionForm action=add>
                <div class="stack">
                    <Trouble outcome=move || add.value().get()/>
                    <Field
                        label=connections::key(lang)
                        name="key"
                        hint=connections::key_hint(lang)
                        mono=true
                        node_ref=key
                    />
                    <Field
                        label=connections::label(lang)
                        name="label"
                        hint=connections::label_hint(lang)
                        optional=true
                    />
                    <Owner/>
                    <Report check=check/>
                    <div class="top">
                        <Button text=connections::connect(lang) look=Look::Go pending=add.pending()/>
                        <button
                            type="button"
                            class="btn needs-script"
                            on:click=look_at
                            disabled=move || check.pending().get()
                            aria-busy=move || check.pending().get().then_some("true")
                        >
                            {connections::check(lang)}
                        </button>
                    </div>
                </div>
            </ActionForm>
        </section>
    }
}

/// What the key may do, once it was asked.
#[component]
fn Report(
    /// The asking.
    check: ServerAction<CheckKey>,
) -> impl IntoView {
    part(move || {
        check.value().get().map(|outcome| match outcome {
            Ok(report) => view! { <ReportView report=report/> }.into_any(),
            Err(failure) => view! { <FailureView failure=failure/> }.into_any(),
        })
    })
}

/// Whose shops these are: it may be said later too.
#[component]
fn Owner() -> impl IntoView {
    let lang = texts::lang();
    view! {
        <details>
            <summary>{connections::legal_entity(lang)}</summary>
            <div class="stack narrow">
                <Field label=connections::legal_name(lang) name="legal_name" optional=true/>
                <Field label=connections::inn(lang) name="inn" optional=true mono=true/>
                <Field label=connections::kpp(lang) name="kpp" optional=true mono=true/>
            </div>
        </details>
    }
}

/// Where the key is found in the cabinet.
#[component]
fn Guide(
    /// Whether it is open from the beginning.
    open: bool,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <details open=open>
            <summary>{connections::guide(lang)}</summary>
            <ol class="plain-list guide">
                <li>{connections::guide_open(lang)}</li>
                <li>{connections::guide_settings(lang)}</li>
                <li>{connections::guide_access(lang)}</li>
                <li>{connections::guide_copy(lang)}</li>
            </ol>
        </details>
    }
}
