//! The order list: what each order needs, the most urgent first.

mod address;
mod nothing;
mod pages;
mod reading;
mod rows;
mod search;
mod shipping;

pub(super) use rows::tone_of;

use super::api::{RefreshOrders, list_orders};
use crate::{
    failure::Failure,
    live,
    texts::{self, number, orders::list as words},
    ui::{Act, Empty, FailureView, Moment, PageTop, Skeleton, Tab as TabLink, Tabs, part},
};
use desk::{
    connection::SyncState,
    orders::{OrderFilter, OrderList, Tab},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{components::A, hooks::use_query_map};
use nothing::Nothing;
use pages::Pages;
use reading::Reading;
use rows::Rows;
use search::Search;
use shipping::ShipLink;
use std::sync::Arc;

type Answer = Result<OrderList, Failure>;

/// The order list. What it shows is kept in the address.
#[component]
pub(crate) fn OrdersPage() -> impl IntoView {
    let lang = texts::lang();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(|query| address::read(|name| query.get(name))));
    let refresh = ServerAction::<RefreshOrders>::new();
    let orders = Resource::new(
        move || (filter.get(), refresh.version().get()),
        |(filter, _)| list_orders(filter),
    );
    live::on_crowd(|_| true, move || orders.refetch());

    view! {
        <PageTop title=words::title(lang)>
            <div class="right muted top">
                <Transition>
                    {move || match orders.get() {
                        Some(Ok(OrderList { sync: SyncState::Done(when), .. })) => {
                            Some(view! { <span>{words::updated(lang)} " " <Moment when=when/></span> }.into_any())
                        }
                        _ => None,
                    }}
                </Transition>
                <Act url=RefreshOrders::url() run=move |()| drop(refresh.dispatch(RefreshOrders {}))>
                    <button type="submit" class="link" disabled=move || refresh.pending().get()>
                        {words::refresh(lang)}
                    </button>
                </Act>
            </div>
        </PageTop>
        {move || {
            let failure = refresh.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned()));
            failure.map(|failure| view! { <FailureView failure=failure/> })
        }}
        <Transition fallback=|| view! { <div class="card pad"><Skeleton lines=8/></div> }>
            <Shown filter=filter orders=orders/>
        </Transition>
    }
}

/// The list once it is there. A later failure leaves what is shown in its place and says so above it.
#[component]
fn Shown(
    /// What is shown.
    filter: Memo<OrderFilter>,
    /// The answer.
    orders: Resource<Answer>,
) -> impl IntoView {
    let list = Memo::new(
        move |before: Option<&Option<Arc<OrderList>>>| match orders.get() {
            Some(Ok(list)) => Some(Arc::new(list)),
            _ => before.cloned().flatten(),
        },
    );
    let failure = Memo::new(move |_| orders.get().and_then(Result::err));
    let there = Memo::new(move |_| list.with(Option::is_some));
    view! {
        {move || {
            failure
                .get()
                .map(|failure| {
                    view! { <FailureView failure=failure retry=Callback::new(move |()| orders.refetch())/> }
                })
        }}
        {move || there.get().then(|| view! { <Contents filter=filter list=list/> })}
    }
}

/// Tabs, search, rows and pages.
#[component]
fn Contents(
    /// What is shown.
    filter: Memo<OrderFilter>,
    /// The newest list.
    list: Memo<Option<Arc<OrderList>>>,
) -> impl IntoView {
    let begun = Memo::new(move |_| list.with(|list| list.as_deref().is_some_and(begun)));
    let empty =
        Memo::new(move |_| list.with(|list| list.as_ref().is_none_or(|list| list.rows.is_empty())));
    let lang = texts::lang();
    part(move || {
        if !begun.get() {
            return view! {
                <div class="card pad">
                    <Empty title=words::no_connection(lang) text=words::no_connection_text(lang)>
                        <A href="/connections" attr:class="btn go">{words::connect(lang)}</A>
                    </Empty>
                </div>
            }
            .into_any();
        }
        view! {
            <Reading list=list/>
            <Tabs label=words::tabs(lang) tabs=Signal::derive(move || tabs(&filter.get(), list))/>
            <Search filter=filter list=list/>
            <ShipLink filter=filter empty=empty/>
            <div class="card">
                {move || {
                    if empty.get() {
                        view! { <div class="pad"><Nothing filter=filter/></div> }.into_any()
                    } else {
                        view! { <Rows list=list/> }.into_any()
                    }
                }}
            </div>
            <Pages filter=filter list=list/>
        }
        .into_any()
    })
}

/// Whether there is anything to list: a connection, or the orders of one that is retired.
fn begun(list: &OrderList) -> bool {
    list.connected || list.counts.iter().any(|(_, count)| *count > 0)
}

fn tabs(filter: &OrderFilter, list: Memo<Option<Arc<OrderList>>>) -> Vec<TabLink> {
    let lang = texts::lang();
    let counts = list.with(|list| {
        list.as_ref()
            .map(|list| list.counts.clone())
            .unwrap_or_default()
    });
    let searching = !filter.search.is_empty();
    let link = |tab: &Tab| TabLink {
        href: address::write(&OrderFilter {
            tab: *tab,
            search: String::new(),
            page: 0,
            ..filter.clone()
        }),
        name: words::tab(*tab, lang).to_owned(),
        count: counts
            .iter()
            .find(|(counted, _)| counted == tab)
            .map(|(_, count)| number(*count)),
        current: *tab == filter.tab && !searching,
    };
    Tab::ALL.iter().map(link).collect()
}
