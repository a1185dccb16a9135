//! The brand's mark.

use leptos::prelude::*;

/// The finder pattern of a DataMatrix: solid on the left and at the bottom, dotted inside. Text beside it names it.
#[component]
pub(crate) fn BrandMark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M1 1h4v18h18v4H1z"/>
            <path d="M7 1h3v3H7zM13 1h3v3h-3zM19 1h3v3h-3zM10 6h3v3h-3zM16 6h3v3h-3zM7 11h3v3H7zM16 11h3v3h-3zM10 15h3v3h-3zM20 15h3v3h-3z"/>
        </svg>
    }
}
