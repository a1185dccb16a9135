//! The way from the list to the page where many orders are shipped at once.

use crate::{
    texts::{self, orders::shipping as words},
    ui::part,
};
use desk::orders::{OrderFilter, Tab};
use leptos::prelude::*;
use leptos_router::components::A;

/// The link, on the tab of orders that may leave.
#[component]
pub(super) fn ShipLink(
    /// What is shown.
    filter: Memo<OrderFilter>,
    /// Whether there are no rows.
    empty: Memo<bool>,
) -> impl IntoView {
    let there = Memo::new(move |_| {
        !empty.get() && filter.with(|filter| filter.tab == Tab::ToShip && filter.search.is_empty())
    });
    part(move || {
        there.get().then(|| {
            view! {
                <div class="top">
                    <A href="/orders/ship" attr:class="btn go">{words::many_link(texts::lang())}</A>
                </div>
            }
        })
    })
}
