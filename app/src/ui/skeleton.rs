//! The place of something that is still being loaded.

use crate::texts::{self, frame};
use leptos::prelude::*;

/// Grey lines that keep the layout still.
#[component]
pub(crate) fn Skeleton(
    /// How many lines.
    #[prop(default = 4)]
    lines: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="vh">{frame::loading(texts::lang())}</span>
            {(0..lines).map(|_| view! { <i aria-hidden="true"></i> }).collect_view()}
        </div>
    }
}
