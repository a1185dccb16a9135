//! A list with nothing in it, and what to do about it.

use leptos::prelude::*;

/// Says that there is nothing here yet, why, and what to do next.
#[component]
pub(crate) fn Empty(
    /// What is not there.
    #[prop(into)]
    title: String,
    /// Why, or what will appear here.
    #[prop(into)]
    text: String,
    /// What to press.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p class="muted">{text}</p>
            {children.map(|children| view! { <div class="top">{children()}</div> })}
        </div>
    }
}
