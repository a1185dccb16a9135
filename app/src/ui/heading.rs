//! The head of a page.

use crate::{
    root::Sandbox,
    texts::{self, frame},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page's heading, which is the document's title too, with the sandbox mark beside it.
#[component]
pub(crate) fn PageTop(
    /// The heading.
    #[prop(into)]
    title: String,
    /// What stands beside it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <Title text=title.clone()/>
        <div class="top">
            <h1>{title}</h1>
            <SandboxMark/>
            {children.map(|children| children())}
        </div>
    }
}

/// Says that this is the sandbox and nothing reaches a marketplace; nothing when it is not.
#[component]
pub(crate) fn SandboxMark() -> impl IntoView {
    let lang = texts::lang();
    let sandbox = use_context::<Sandbox>().unwrap_or_default();
    sandbox.0.then(|| view! { <span class="sand" title=frame::sandbox_title(lang)>{frame::sandbox(lang)}</span> })
}
