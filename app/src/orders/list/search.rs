//! The search field and the choice of a shop.

use super::address;
use crate::texts::{self, orders::list as words};
use desk::orders::{OrderFilter, OrderList};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::{A, Form},
    hooks::use_navigate,
};
use std::sync::Arc;

/// The search field and the choice of a shop, as a form whose answer is an address.
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
    let search = move || filter.with(|filter| filter.search.clone());
    let choose = move |event: leptos::ev::Event| {
        let shop = event_target_value(&event).parse().ok();
        let chosen = OrderFilter {
            shop,
            page: 0,
            ..filter.get_untracked()
        };
        navigate(
            &address::write(&chosen),
            NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            },
        );
    };
    let options = move || {
        let chosen = filter.with(|filter| filter.shop);
        let option = |(id, name): (_, String)| {
            view! { <option value=format!("{id}") selected=chosen == Some(id)>{name}</option> }
        };
        shops.get().into_iter().map(option).collect_view()
    };
    view! {
        <Form method="get" action="/orders" attr:class="top search" attr:role="search">
            <input type="hidden" name="tab" value=move || filter.with(|filter| filter.tab.as_str())/>
            <label class="vh" for="order-search">{words::search(lang)}</label>
            <input
                class="field"
                id="order-search"
                name="search"
                type="search"
                autocomplete="off"
                placeholder=words::search_hint(lang)
                value=search
                prop:value=search
            />
            <label class="vh" for="order-shop">{words::shop(lang)}</label>
            <select class="field" id="order-shop" name="shop" on:change=choose>
                <option value="">{words::all_shops(lang)}</option>
                {options}
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
        </Form>
    }
}
