//! How far something is.

use super::Tone;
use leptos::prelude::*;

/// A bar that fills; the words beside it say the same.
#[component]
pub(crate) fn Bar(
    /// What is counted, for those who do not see the bar.
    #[prop(into)]
    label: String,
    /// How much is done.
    #[prop(into)]
    value: Signal<u32>,
    /// How much there is in all.
    #[prop(into)]
    max: Signal<u32>,
    /// The colour of the filled part.
    #[prop(default = Tone::Ok)]
    tone: Tone,
) -> impl IntoView {
    view! {
        <progress
            class=format!("bar {}", tone.class())
            aria-label=label
            max=move || max.get().max(1).to_string()
            value=move || value.get().to_string()
        ></progress>
    }
}
