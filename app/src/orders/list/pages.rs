//! The pages of a long list.

use super::address;
use crate::{
    texts::{self, orders::list as words},
    ui::part,
};
use desk::orders::{OrderFilter, OrderList, PAGE_SIZE};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// The pages, when there is more than one.
#[component]
pub(super) fn Pages(
    /// What is shown.
    filter: Memo<OrderFilter>,
    /// The newest list.
    list: Memo<Option<Arc<OrderList>>>,
) -> impl IntoView {
    let lang = texts::lang();
    part(move || {
        let pages = list
            .with(|list| list.as_ref().map_or(0, |list| list.found))
            .div_ceil(PAGE_SIZE);
        let filter = filter.get();
        let at = |page| {
            address::write(&OrderFilter {
                page,
                ..filter.clone()
            })
        };
        let back = filter.page.checked_sub(1).map(at);
        let forward = (filter.page + 1 < pages).then(|| at(filter.page + 1));
        (pages > 1).then(|| {
            view! {
                <nav class="top" aria-label=words::pages(lang)>
                    {back.map(|href| view! { <A href=href attr:class="btn" attr:rel="prev">{words::back(lang)}</A> })}
                    <span class="muted">{words::page(filter.page + 1, pages, lang)}</span>
                    {forward.map(|href| view! { <A href=href attr:class="btn" attr:rel="next">{words::forward(lang)}</A> })}
                </nav>
            }
        })
    })
}
