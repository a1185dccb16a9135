//! The search field and the choice of a shop.

use super::address;
use crate::{
    texts::{self, orders::list as words},
    ui::part,
};
use desk::orders::{OrderFilter, OrderList};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use std::sync::Arc;

/// The search field and the choice of a shop, as a form whose answer is an address. With scripts the page stays and only
/// its address changes.
#[component]
pub(super) fn Search(
    /// What is shown.
    filter: Memo<OrderFilter>,
    /// The newest list.
    list: Memo<Option<Arc<OrderList>>>,
) -> impl IntoView {
    let lang = texts::lang();
    let navigate = use_navigate();
    let shops = Memo::new(move |_| {
        list.with(|list| {
            list.as_ref()
                .map(|list| list.shops.clone())
                .unwrap_or_default()
        })
    });
    let search = Memo::new(move |_| filter.with(|filter| filter.search.clone()));
    let typed = NodeRef::<leptos::html::Input>::new();
    let open = move |chosen: &OrderFilter| {
        navigate(
            &address::write(chosen),
            NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            },
        );
    };
    let find = {
        let open = open.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let search = typed.get_untracked().map(|field| field.value());
            open(&OrderFilter {
                search: search.unwrap_or_default(),
                page: 0,
                ..filter.get_untracked()
            });
        }
    };
    let choose = move |event: leptos::ev::Event| {
        open(&OrderFilter {
            shop: event_target_value(&event).parse().ok(),
            page: 0,
            ..filter.get_untracked()
        });
    };
    let options = move || {
        let chosen = filter.with(|filter| filter.shop);
        let option = |(id, name): (_, String)| {
            view! { <option value=format!("{id}") selected=chosen == Some(id)>{name}</option> }
        };
        shops.get().into_iter().map(option).collect_view()
    };
    view! {
        <form method="get" action="/orders" class="top search" role="search" on:submit=find>
            <input type="hidden" name="tab" value=move || filter.with(|filter| filter.tab.as_str())/>
            <label class="vh" for="order-search">{words::search(lang)}</label>
            <input
                class="field"
                id="order-search"
                name="search"
                type="search"
                node_ref=typed
                autocomplete="off"
                placeholder=words::search_hint(lang)
                value=move || search.get()
                prop:value=move || search.get()
            />
            <label class="vh" for="order-shop">{words::shop(lang)}</label>
            <select class="field" id="order-shop" name="shop" on:change=choose>
                <option value="">{words::all_shops(lang)}</option>
                {part(options)}
            </select>
            <button type="submit" class="btn">{words::find(lang)}</button>
            {move || {
                let searching = filter.with(|filter| !filter.search.is_empty());
                let all = OrderFilter { search: String::new(), page: 0, ..filter.get() };
                let found = list.with(|list| list.as_ref().map_or(0, |list| list.found));
                searching
                    .then(|| {
                        view! {
                            <A href=address::write(&all) attr:class="link">{words::reset(lang)}</A>
                            <span class="muted right" role="status">{words::found(found, lang)}</span>
                        }
                    })
            }}
        </form>
    }
}
