//! Codes of the sandbox, to try the page with.

use crate::{
    failure::Failure,
    orders::{
        api::sample_codes,
        order::{Order, Work},
    },
    texts::{self, orders::scan as words},
    ui::{FailureView, part, scanner::ScanField},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Codes of the sandbox, for who has no scanner at hand.
#[component]
pub(super) fn Samples(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
    /// The scan field.
    field: ScanField,
) -> impl IntoView {
    let lang = texts::lang();
    let there = Memo::new(move |_| order.with(|order| order.may.sample));
    let take = Action::new(move |(): &()| async move {
        let codes = sample_codes(work.id).await?;
        let some = !codes.trim().is_empty();
        if some {
            field.append(&codes);
        }
        Ok::<bool, Failure>(some)
    });
    part(move || {
        there.get().then(|| {
            view! {
                <div class="top needs-script">
                    <button
                        type="button"
                        class="btn"
                        disabled=move || take.pending().get()
                        on:click=move |_| { take.dispatch(()); }
                    >
                        {words::sample(lang)}
                    </button>
                    <span class="muted">{words::sample_text(lang)}</span>
                    {move || match take.value().get() {
                        Some(Ok(false)) => Some(view! { <p class="muted">{words::no_samples(lang)}</p> }.into_any()),
                        Some(Err(failure)) => Some(view! { <FailureView failure=failure/> }.into_any()),
                        _ => None,
                    }}
                </div>
            }
        })
    })
}
