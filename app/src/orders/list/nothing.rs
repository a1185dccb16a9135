//! A list without rows.

use super::{
    address,
    search::{bare, narrowed},
};
use crate::{
    texts::{self, orders::list as words},
    ui::{Empty, part},
};
use desk::orders::OrderFilter;
use leptos::prelude::*;
use leptos_router::components::A;

/// No rows: why, and what to do next.
#[component]
pub(super) fn Nothing(
    /// What is shown.
    filter: Memo<OrderFilter>,
) -> impl IntoView {
    let lang = texts::lang();
    part(move || {
        let filter = filter.get();
        if narrowed(&filter) {
            let text = if filter.search.is_empty() {
                words::nothing_here_text(lang)
            } else {
                words::nothing_found_text(lang)
            };
            return view! {
                <Empty title=words::nothing_found(lang) text=text>
                    <A href=bare(&filter) attr:class="btn">{words::show_all(lang)}</A>
                </Empty>
            }
            .into_any();
        }
        let (title, text) = words::empty(filter.tab, lang);
        let next = words::next_tab(filter.tab);
        let href = address::write(&OrderFilter {
            tab: next,
            page: 0,
            ..filter
        });
        view! {
            <Empty title=title text=text>
                <A href=href attr:class="btn">{words::tab(next, lang)}</A>
            </Empty>
        }
        .into_any()
    })
}
