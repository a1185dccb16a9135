//! The order page: the scan field, the lines with their slots, boxes, sending, verification and shipping.

mod boxes;
mod dock;
mod extras;
mod files;
mod head;
mod intake;
mod labels;
mod lines;
mod newest;
mod scan;
mod shipping;
mod stored;
mod submission;
mod unplaced;
mod verification;

#[cfg(test)]
pub(super) mod fixtures;

use super::api::{
    ClearSlot, DismissUnplaced, PlaceCodes, PlaceUnplaced, RefreshOrder, SendOrder, SetExtras,
    WithdrawOrder, get_order,
    leaving::{PlaceUnit, RemoveUnits, SendWithoutCodes, ShipOrders, WithdrawShipment},
};
use crate::{
    failure::{Failure, Told},
    live,
    texts::{self, frame, orders::scan as words},
    ui::{FailureView, Skeleton, part},
};
use desk::{
    ids::OrderId,
    orders::{OrderPage as Order, WorkState},
    submission::Carrier,
};
use intake::Outbox;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

/// The order page, by the id in its address.
#[component]
pub(crate) fn OrderPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| {
        parameters.with(|parameters| parameters.get("id")?.parse::<OrderId>().ok())
    });
    part(move || match id.get() {
        Some(id) => view! { <OneOrder id=id/> }.into_any(),
        None => view! { <FailureView failure=not_here()/> }.into_any(),
    })
}

/// An address that can be no order's.
fn not_here() -> Failure {
    let lang = texts::lang();
    Failure::Told(Told {
        sentence: frame::not_here(lang).to_owned(),
        words: None,
        way_out: Some(("/orders".to_owned(), frame::to_orders(lang).to_owned())),
        again: false,
    })
}

/// Everything that is asked and done on the page of one order.
#[derive(Clone, Copy)]
struct Work {
    id: OrderId,
    loaded: Resource<Result<Order, Failure>>,
    /// Scanned texts on their way.
    outbox: RwSignal<Outbox>,
    /// Only for the failure of a form that was sent without scripts; with them texts go through the outbox.
    place: ServerAction<PlaceCodes>,
    place_unplaced: ServerAction<PlaceUnplaced>,
    dismiss: ServerAction<DismissUnplaced>,
    clear: ServerAction<ClearSlot>,
    extras: ServerAction<SetExtras>,
    refresh: ServerAction<RefreshOrder>,
    send: ServerAction<SendOrder>,
    withdraw: ServerAction<WithdrawOrder>,
    /// Kept apart so that all this stays small: every part of the page gets a copy.
    leaving: StoredValue<Leaving>,
}

/// What is done with boxes, and what lets the order leave.
#[derive(Clone, Copy)]
struct Leaving {
    place_unit: ServerAction<PlaceUnit>,
    remove: ServerAction<RemoveUnits>,
    without: ServerAction<SendWithoutCodes>,
    /// Answers for many orders at once, so it brings no page: the order is read again after it.
    ship: ServerAction<ShipOrders>,
    withdraw_shipment: ServerAction<WithdrawShipment>,
}

/// What is known of the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    order: Option<Arc<Order>>,
    failure: Option<Failure>,
}

impl Work {
    fn new(id: OrderId) -> Self {
        let ship = ServerAction::<ShipOrders>::new();
        Self {
            id,
            loaded: Resource::new(move || (id, ship.version().get()), |(id, _)| get_order(id)),
            outbox: RwSignal::new(Outbox::default()),
            place: ServerAction::new(),
            place_unplaced: ServerAction::new(),
            dismiss: ServerAction::new(),
            clear: ServerAction::new(),
            extras: ServerAction::new(),
            refresh: ServerAction::new(),
            send: ServerAction::new(),
            withdraw: ServerAction::new(),
            leaving: StoredValue::new(Leaving {
                place_unit: ServerAction::new(),
                remove: ServerAction::new(),
                without: ServerAction::new(),
                ship,
                withdraw_shipment: ServerAction::new(),
            }),
        }
    }

    fn leaving(self) -> Leaving {
        self.leaving.get_value()
    }

    /// The newest of what was read and of what each act answered; what is known is never lost to a failed reading.
    fn shown(self, before: Option<&Shown>) -> Shown {
        let leaving = self.leaving();
        let answers = [
            self.outbox.with(|outbox| outbox.order().cloned()),
            answered(
                self.place_unplaced
                    .value()
                    .get()
                    .map(|answer| answer.map(|placing| placing.order)),
            ),
            answered(self.dismiss.value().get()),
            answered(self.clear.value().get()),
            answered(self.extras.value().get()),
            answered(self.refresh.value().get()),
            answered(self.send.value().get()),
            answered(self.withdraw.value().get()),
            answered(leaving.place_unit.value().get()),
            answered(leaving.remove.value().get()),
            answered(leaving.without.value().get()),
            answered(leaving.withdraw_shipment.value().get()),
        ];
        let loaded = self.loaded.get();
        let failure = loaded
            .as_ref()
            .and_then(|loaded| loaded.as_ref().err().cloned());
        let known = before.and_then(|before| before.order.clone());
        let order = newest::newest(
            std::iter::once(known)
                .chain(answers)
                .chain([answered(loaded)])
                .flatten(),
        );
        Shown { order, failure }
    }
}

fn answered(answer: Option<Result<Order, Failure>>) -> Option<Arc<Order>> {
    answer?.ok().map(Arc::new)
}

/// The failure that an act ended with, if it did.
fn failed<T>(answer: Option<&Result<T, Failure>>) -> Option<Failure> {
    answer?.as_ref().err().cloned()
}

/// A part of the order that keeps its place on the page while its contents change; what is gone stays as it was until
/// the page has taken it away.
fn following<T: Clone + PartialEq + Send + Sync + 'static>(
    order: Signal<Arc<Order>>,
    first: T,
    find: impl Fn(&Order) -> Option<T> + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |before: Option<&T>| {
        order
            .with(|order| find(order))
            .or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    })
}

#[component]
fn OneOrder(
    /// Which.
    id: OrderId,
) -> impl IntoView {
    let work = Work::new(id);
    live::on_change(move |news| {
        if news.concerns_order(id) {
            work.loaded.refetch();
        }
    });
    view! {
        <Transition fallback=|| view! { <div class="card pad"><Skeleton lines=8/></div> }>
            <WhenThere work=work/>
        </Transition>
    }
}

/// The page once the order is there; it is built once and then only changes.
#[component]
fn WhenThere(
    /// What is asked and done here.
    work: Work,
) -> impl IntoView {
    let shown = Memo::new(move |before: Option<&Shown>| work.shown(before));
    let there = Memo::new(move |_| shown.with(|shown| shown.order.is_some()));
    let failure = Memo::new(move |_| shown.with(|shown| shown.failure.clone()));
    view! {
        {move || {
            failure
                .get()
                .map(|failure| {
                    view! { <FailureView failure=failure retry=Callback::new(move |()| work.loaded.refetch())/> }
                })
        }}
        {move || {
            there.get().then(|| shown.with_untracked(|shown| shown.order.clone())).flatten().map(|first| {
                let order = Memo::new(move |before: Option<&Arc<Order>>| {
                    let newest = shown.with(|shown| shown.order.clone());
                    newest.or_else(|| before.cloned()).unwrap_or_else(|| Arc::clone(&first))
                });
                view! { <Parts work=work order=Signal::from(order)/> }
            })
        }}
    }
}

/// The parts of the page, from its head to the dock.
#[component]
fn Parts(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let scans = Memo::new(move |_| order.with(|order| takes_codes(order)));
    let only_looks = Memo::new(move |_| order.with(|order| wants_codes(order) && !order.may.fill));
    view! {
        <head::Head work=work order=order/>
        {move || order.with(|order| head::why_not_sent(order, lang)).map(|why| view! { <p class="card pad muted">{why}</p> })}
        {move || scans.get().then(|| view! { <scan::ScanCard work=work order=order/> })}
        {move || only_looks.get().then(|| view! { <p class="card pad muted">{words::not_allowed(lang)}</p> })}
        <lines::Lines work=work order=order/>
        <unplaced::Unplaced work=work order=order/>
        <boxes::Boxes work=work order=order/>
        <submission::Submission work=work order=order/>
        <verification::Verification work=work order=order/>
        <shipping::Shipping work=work order=order/>
        <labels::Labels order=order/>
        <dock::Dock work=work order=order/>
    }
    // One page's type holds those of all its parts; unboxed here it grows past what the compiler follows.
    .into_any()
}

/// Whether codes can still be put into the order's slots by whoever looks at it.
fn takes_codes(order: &Order) -> bool {
    order.may.fill && wants_codes(order)
}

/// Whether the order has places for codes and is not over.
fn wants_codes(order: &Order) -> bool {
    !over(order) && order.lines.iter().any(|line| !line.slots.is_empty())
}

/// Whether nothing of the order can be changed any more.
fn over(order: &Order) -> bool {
    matches!(order.work, WorkState::Closed | WorkState::Shipped)
}

/// Whether the order goes in boxes, whose layout the marketplace is told.
fn boxed(order: &Order) -> bool {
    order.carrier == Some(Carrier::Boxes)
}

/// Whether the slots may be changed now: they belong to a submission while it is under way.
fn open_to_change(order: &Order) -> bool {
    takes_codes(order) && !under_way(order)
}

/// Whether something of the order is on its way to the marketplace, so that nothing of it may be touched.
fn under_way(order: &Order) -> bool {
    let sending = order
        .submission
        .as_ref()
        .map(|known| known.state.in_flight());
    let shipping = order.shipping.as_ref().map(|known| known.state.in_flight());
    sending == Some(true) || shipping == Some(true)
}
