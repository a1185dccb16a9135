//! A sentence that a person must see.

use super::Tone;
use leptos::prelude::*;

/// A sentence with what belongs to it, in the colour of its meaning; it is read aloud when it appears.
#[component]
pub(crate) fn Notice(
    /// What it means.
    tone: Tone,
    /// The sentence.
    #[prop(into)]
    text: String,
    /// What belongs to it: quoted words, links, buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! {
        <div class=format!("notice {}", tone.class()) role=role>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
