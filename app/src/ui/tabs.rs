//! Tabs that are links, so that each has an address.

use super::part;
use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tab {
    /// Its address.
    pub(crate) href: String,
    /// Its name.
    pub(crate) name: String,
    /// How many things are behind it.
    pub(crate) count: Option<String>,
    /// Whether it is the one that is open.
    pub(crate) current: bool,
}

/// A row of tabs.
#[component]
pub(crate) fn Tabs(
    /// What the row is about, for those who do not see it.
    #[prop(into)]
    label: String,
    /// The tabs.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
) -> impl IntoView {
    let row = move || {
        let link = |tab: Tab| {
            view! {
                <a href=tab.href aria-current=tab.current.then_some("page")>
                    {tab.name}
                    {tab.count.map(|count| view! { <span>{count}</span> })}
                </a>
            }
        };
        tabs.get().into_iter().map(link).collect_view()
    };
    view! { <nav class="tabs" aria-label=label>{part(row)}</nav> }
}
