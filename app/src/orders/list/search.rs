//! The search field and what narrows the list: shop, model, deadline.

use super::address;
use crate::{
    texts::{self, number, orders::list as words},
    ui::part,
};
use desk::{
    marketplace::Model,
    orders::{OrderFilter, OrderList, due::Due},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use std::sync::Arc;

/// The models to choose from, with their names in the address.
pub(super) const MODELS: [Model; 5] = [
    Model::Dbs,
    Model::Fbs,
    Model::Express,
    Model::Fby,
    Model::Laas,
];

/// The search field and the choices, as a form whose answer is an address. With scripts the page stays and only its
/// address changes.
#[component]
#[expect(
    clippy::too_many_lines,
    reason = "one form, read from its top to its bottom"
)]
pub(super) fn Search(
    /// What is shown.
    filter: Memo<OrderFilter>,
    /// The newest list.
    list: Memo<Option<Arc<OrderList>>>,
) -> impl IntoView {
    let lang = texts::lang();
    let navigate = use_navigate();
    let search = Memo::new(move |_| filter.with(|filter| filter.search.clone()));
    let form = NodeRef::<leptos::html::Form>::new();
    let open = move || {
        if let Some(chosen) = form.get_untracked().and_then(|form| typed(&form)) {
            let options = NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&address::write(&chosen), options);
        }
    };
    let find = {
        let open = open.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            open();
        }
    };
    let shops = Memo::new(move |_| {
        list.with(|list| {
            list.as_ref()
                .map(|list| list.shops.clone())
                .unwrap_or_default()
        })
    });
    let due = Memo::new(move |_| {
        list.with(|list| {
            list.as_ref()
                .map(|list| list.due.clone())
                .unwrap_or_default()
        })
    });
    let shop_options = move || {
        let chosen = filter.with(|filter| filter.shop);
        shops
            .get()
            .into_iter()
            .map(|(id, name)| option(id.to_string(), name, chosen == Some(id)))
            .collect_view()
    };
    let model_options = move || {
        let chosen = filter.with(|filter| filter.model.clone());
        MODELS
            .iter()
            .map(|model| {
                let name = words::model_name(model, lang);
                option(
                    model.as_str().to_owned(),
                    name,
                    chosen.as_ref() == Some(model),
                )
            })
            .collect_view()
    };
    let due_options = move || {
        let chosen = filter.with(|filter| filter.due);
        due.get()
            .into_iter()
            .map(|(due, count): (Due, u32)| {
                let name = [words::due(due, lang), " · ", &number(count)].concat();
                option(due.as_str().to_owned(), name, chosen == Some(due))
            })
            .collect_view()
    };
    view! {
        <form method="get" action="/orders" class="top search" role="search" node_ref=form on:submit=find>
            <input type="hidden" name="tab" value=move || filter.with(|filter| filter.tab.as_str())/>
            <label class="vh" for="order-search">{words::search(lang)}</label>
            <input
                class="field"
                id="order-search"
                name="search"
                type="search"
                autocomplete="off"
                placeholder=words::search_hint(lang)
                value=move || search.get()
                prop:value=move || search.get()
            />
            <div class="choices" on:change=move |_| open()>
                <select class="field" name="shop" aria-label=words::shop(lang)>
                    <option value="">{words::all_shops(lang)}</option>
                    {part(shop_options)}
                </select>
                <select class="field" name="model" aria-label=words::model(lang)>
                    <option value="">{words::all_models(lang)}</option>
                    {part(model_options)}
                </select>
                <select class="field" name="due" aria-label=words::column_ship(lang)>
                    <option value="">{words::any_day(lang)}</option>
                    {part(due_options)}
                </select>
            </div>
            <button type="submit" class="btn">{words::find(lang)}</button>
            {move || {
                let searching = filter.with(|filter| !filter.search.is_empty());
                let found = list.with(|list| list.as_ref().map_or(0, |list| list.found));
                filter
                    .with(narrowed)
                    .then(|| {
                        view! {
                            <A href=filter.with(bare) attr:class="link">{words::reset(lang)}</A>
                            {searching
                                .then(|| view! { <span class="muted right" role="status">{words::found(found, lang)}</span> })}
                        }
                    })
            }}
        </form>
    }
}

fn option(value: String, name: String, chosen: bool) -> AnyView {
    view! { <option value=value selected=chosen>{name}</option> }.into_any()
}

/// Whether anything but the tab decides what is shown.
pub(super) fn narrowed(filter: &OrderFilter) -> bool {
    !filter.search.is_empty()
        || filter.shop.is_some()
        || filter.model.is_some()
        || filter.due.is_some()
}

/// The address of the tab alone.
pub(super) fn bare(filter: &OrderFilter) -> String {
    address::write(&OrderFilter {
        tab: filter.tab,
        ..OrderFilter::default()
    })
}

/// What the form says.
#[cfg(feature = "hydrate")]
fn typed(form: &web_sys::HtmlFormElement) -> Option<OrderFilter> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    Some(address::read(|name| data.get(name).as_string()))
}

/// On the server nothing is typed.
#[cfg(not(feature = "hydrate"))]
const fn typed<Form>(_form: &Form) -> Option<OrderFilter> {
    None
}
