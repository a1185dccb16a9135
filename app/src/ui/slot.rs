//! The place of one unit.

use leptos::prelude::*;

/// How a place stands; each has a border and a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    /// Nothing lies here.
    Waiting,
    /// Everything that is wanted lies here.
    Filled,
    /// Something is still missing.
    Partly,
    /// What lies here is wrong.
    Wrong,
}

impl Fill {
    const fn class(self) -> &'static str {
        match self {
            Self::Waiting => "slot",
            Self::Filled => "slot ok",
            Self::Partly => "slot warn",
            Self::Wrong => "slot bad",
        }
    }
}

/// A place for one unit's identifiers: dashed while it waits, filled when a code lies in it.
#[component]
pub(crate) fn Slot(
    /// How it stands.
    fill: Fill,
    /// What lies in it, and small print under it.
    children: Children,
) -> impl IntoView {
    view! { <div class=fill.class()>{children()}</div> }
}
