//! What to pack, most urgent first: shown while no order is open.

use super::bench::Bench;
use crate::{
    texts::{self, orders, packing as words, when, when_exact},
    ui::part,
};
use desk::{
    orders::WorkState,
    packing::{PackOrder, left},
};
use leptos::prelude::*;

/// Orders on the screen; the others come as these go.
const SHOWN: usize = 24;

/// Whether a packer can do something about it.
const fn to_pack(work: WorkState) -> bool {
    matches!(
        work,
        WorkState::NeedsCodes | WorkState::Ready | WorkState::Rework
    )
}

/// The list.
#[component]
pub(super) fn PickList(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let lang = texts::lang();
    let list = move || {
        bench.session.with(|session| {
            let open: Vec<&PackOrder> = session
                .orders()
                .iter()
                .filter(|order| to_pack(order.work))
                .collect();
            let hidden = u32::try_from(open.len().saturating_sub(SHOWN)).unwrap_or(u32::MAX);
            let more = hidden.saturating_add(session.more());
            let rows = open
                .into_iter()
                .take(SHOWN)
                .map(|order| row(bench, order))
                .collect_view();
            let any = !session.orders().is_empty();
            any.then(|| {
                view! {
                    <h2 class="small">{words::next_orders(lang)}</h2>
                    <ul class="pk-orders">{rows}</ul>
                    {(more > 0).then(|| view! { <p class="muted">{words::more(more, lang)}</p> })}
                }
            })
        })
    };
    view! { <div class="pk-pick">{part(list)}</div> }
}

fn row(bench: Bench, order: &PackOrder) -> impl IntoView + use<> {
    let lang = texts::lang();
    let id = order.id;
    let left = left(order);
    let done = left.wanted.saturating_sub(left.marks);
    let model = order.model.as_ref().map(|model| orders::model(model, lang));
    let late = order.ship_by.is_some_and(|ship| ship.days_ahead <= 0);
    let ship = order
        .ship_by
        .map(|ship| (when(&ship, lang), when_exact(&ship, lang)));
    let state = (order.work != WorkState::NeedsCodes).then(|| words::work(order.work, lang));
    view! {
        <li>
            <button type="button" class="pk-order" on:click=move |_| bench.pick(id)>
                <b>{order.number.to_string()}</b>
                <span class="muted">{model}</span>
                <span>{words::progress(done, left.wanted, lang)}</span>
                {state.map(|state| view! { <span class="muted">{state}</span> })}
                {ship.map(|(ship, exact)| view! { <span class=if late { "right late" } else { "right muted" } title=exact>{ship}</span> })}
            </button>
        </li>
    }
    .into_any()
}
