//! A state in one or a few words, with a colour and a shape.

use leptos::prelude::*;

/// What a state means for a person; each has a colour and a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Done, nothing to do.
    Ok,
    /// Something wants attention.
    Warn,
    /// Something is wrong.
    Bad,
    /// It is under way.
    Busy,
    /// It has no bearing.
    Off,
}

impl Tone {
    /// The class that the stylesheet knows it by.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Busy => "busy",
            Self::Off => "off",
        }
    }
}

/// A state as a pill.
#[component]
pub(crate) fn Pill(
    /// What it means.
    tone: Tone,
    /// The words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class=format!("pill {}", tone.class())>{text}</span> }
}
