//! Buttons of forms.

use leptos::prelude::*;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Look {
    /// One of several.
    #[default]
    Plain,
    /// The one thing to do on the screen.
    Go,
    /// It takes something away.
    Danger,
}

/// A button that submits its form.
#[component]
pub(crate) fn Button(
    /// The act.
    #[prop(into)]
    text: String,
    /// How much it stands out.
    #[prop(optional)]
    look: Look,
    /// While it holds the act is under way, and the button waits.
    #[prop(optional, into)]
    pending: Signal<bool>,
) -> impl IntoView {
    let class = match look {
        Look::Plain => "btn",
        Look::Go => "btn go",
        Look::Danger => "btn danger",
    };
    view! {
        <button type="submit" class=class disabled=move || pending.get() aria-busy=move || pending.get().then_some("true")>
            {text}
        </button>
    }
}

/// Stands first in a form whose act cannot be undone. Enter in a field presses the first button of its form: this one,
/// which does nothing, so that no scanner ends a form by itself.
#[component]
pub(crate) fn NoEnter() -> impl IntoView {
    view! { <button type="submit" disabled hidden></button> }
}
