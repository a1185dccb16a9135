//! Shipping many orders at once: those that may leave, each with a tick, and what came of each.

use super::{
    api::{get_order, leaving::ShipOrders, list_orders},
    list::tone_of,
};
use crate::{
    failure::Failure,
    live,
    texts::{
        self,
        orders::{self as words, list, shipping},
    },
    ui::{
        Empty, FailureView, Moment, NoEnter, Notice, PageTop, Pill, Skeleton, TheirWordsView, Tone,
        part,
    },
};
use desk::{
    ids::OrderId,
    orders::{OrderFilter, OrderList, OrderRow, Tab, WorkState},
    shipping::NotYet,
};
use leptos::prelude::*;
use leptos_router::components::A;

/// The page.
#[component]
pub(crate) fn ShipPage() -> impl IntoView {
    let lang = texts::lang();
    let ship = ServerAction::<ShipOrders>::new();
    let orders = Resource::new(
        move || ship.version().get(),
        |_| {
            list_orders(OrderFilter {
                tab: Tab::ToShip,
                ..OrderFilter::default()
            })
        },
    );
    let outcomes = move || {
        let answer = ship.value().get();
        answer.map(|answer| match answer {
            Ok(outcomes) if outcomes.is_empty() => ().into_any(),
            Ok(outcomes) => came_of(outcomes),
            Err(failure) => view! { <FailureView failure=failure/> }.into_any(),
        })
    };
    view! {
        <PageTop title=shipping::many_title(lang)>
            <A href="/orders?tab=to_ship" attr:class="right link">{shipping::to_list(lang)}</A>
        </PageTop>
        {part(outcomes)}
        <Transition fallback=|| view! { <div class="card pad"><Skeleton lines=8/></div> }>
            <Choice orders=orders ship=ship/>
        </Transition>
    }
}

/// The orders that may leave, in one form.
#[component]
fn Choice(
    /// The answer.
    orders: Resource<Result<OrderList, Failure>>,
    /// Ships.
    ship: ServerAction<ShipOrders>,
) -> impl IntoView {
    let lang = texts::lang();
    let answer = Memo::new(
        move |before: Option<&Option<OrderList>>| match orders.get() {
            Some(Ok(list)) => Some(list),
            _ => before.cloned().flatten(),
        },
    );
    let failure = move || {
        let failure = orders.get().and_then(Result::err);
        failure.map(|failure| {
            view! { <FailureView failure=failure retry=Callback::new(move |()| orders.refetch())/> }
        })
    };
    let there = Memo::new(move |_| answer.with(Option::is_some));
    let some = Memo::new(move |_| {
        answer.with(|list| list.as_ref().is_some_and(|list| !list.rows.is_empty()))
    });
    let rows = move || {
        answer.with(|list| {
            list.as_ref()
                .map(|list| list.rows.clone())
                .unwrap_or_default()
        })
    };
    let more = Memo::new(move |_| {
        answer.with(|list| {
            list.as_ref()
                .is_some_and(|list| (list.found as usize) > list.rows.len())
        })
    });
    let all = RwSignal::new(false);
    let body = move || {
        if !some.get() {
            return view! {
                <div class="card pad">
                    <Empty title=shipping::nothing_to_ship(lang) text=shipping::nothing_to_ship_text(lang)>
                        <A href="/orders" attr:class="btn">{shipping::to_list(lang)}</A>
                    </Empty>
                </div>
            }
            .into_any();
        }
        view! {
            <ActionForm action=ship>
                <NoEnter/>
                <div class="stack">
                    <p>{shipping::many_text(lang)}</p>
                    <ul class="card choices">
                        <For each=rows key=|row| row.id let:row>{one(&row, all)}</For>
                    </ul>
                    {move || more.get().then(|| view! { <p class="muted">{shipping::more_pages(lang)}</p> })}
                    <div class="dock">
                        <button type="button" class="btn needs-script" on:click=move |_| all.update(|all| *all = !*all)>
                            {move || if all.get() { shipping::none(lang) } else { shipping::all(lang) }}
                        </button>
                        <div class="right">
                            <button type="submit" class="btn go" disabled=move || ship.pending().get()>
                                {shipping::ship_chosen(lang)}
                            </button>
                        </div>
                    </div>
                </div>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        {part(failure)}
        {part(move || there.get().then(|| part(body)))}
    }
}

/// One order with its tick.
fn one(row: &OrderRow, all: RwSignal<bool>) -> AnyView {
    let lang = texts::lang();
    let number = row.number.to_string();
    let label = shipping::choose(&number, lang);
    let model = row.model.as_ref().map(|model| words::model(model, lang));
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    name="orders[]"
                    value=row.id.to_string()
                    aria-label=label
                    prop:checked=move || all.get()
                />
                <b>{number}</b>
                <span class="faint">{model}</span>
                <span class="muted">{row.shop.clone()}</span>
                <span class="muted">{words::units(row.units, lang)}</span>
                {row.ship_by.map(|when| view! { <span class="right"><Moment when=when/></span> })}
            </label>
        </li>
    }
    .into_any()
}

/// What came of each order that was asked for.
fn came_of(outcomes: Vec<(OrderId, Option<NotYet>)>) -> AnyView {
    let lang = texts::lang();
    let rows = outcomes
        .into_iter()
        .map(|(id, why)| view! { <Outcome id=id why=why/> })
        .collect_view();
    view! {
        <section class="card pad stack" aria-labelledby="outcomes">
            <h2 id="outcomes">{shipping::outcomes(lang)}</h2>
            <ul class="outcomes">{rows}</ul>
        </section>
    }
    .into_any()
}

/// One of them, followed to its end: what the marketplace answers comes later.
#[component]
fn Outcome(
    /// The order.
    id: OrderId,
    /// Why it stays, when it does.
    why: Option<NotYet>,
) -> impl IntoView {
    let lang = texts::lang();
    let order = Resource::new(move || id, get_order);
    live::on_change(move |news| {
        if news.concerns_order(id) {
            order.refetch();
        }
    });
    let row = move || {
        order.get().map(|answer| match answer {
            Err(failure) => view! { <li><FailureView failure=failure/></li> }.into_any(),
            Ok(order) => {
                // Elsewhere a shipped order is over; here it is what was wanted.
                let tone = match order.work {
                    WorkState::Shipped => Tone::Ok,
                    work => tone_of(work),
                };
                let refusal = order.shipping.and_then(|shipping| {
                    let words = shipping.refusal?;
                    Some(view! {
                        {shipping.refusal_means.map(|text| view! { <span>{text}</span> })}
                        <TheirWordsView words=words/>
                    })
                });
                view! {
                    <li>
                        <A href=format!("/orders/{id}") attr:class="link">{order.number.to_string()}</A>
                        <Pill tone=tone text=list::work_state(order.work, lang)/>
                        {why.map(|why| view! { <Notice tone=Tone::Warn text=shipping::not_yet(why, lang)/> })}
                        {refusal}
                    </li>
                }
                .into_any()
            }
        })
    };
    view! { <Transition>{part(row)}</Transition> }
}
