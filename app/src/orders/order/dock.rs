//! The dock at the bottom: how much is ready, what stands in the way, and the one button.

use super::{
    Order, Work, boxed, failed,
    shipping::{ShipForm, offers, unshipped},
};
use crate::{
    texts::{
        self,
        orders::{page, sending as words, shipping},
    },
    ui::{FailureView, part},
};
use desk::{
    orders::{
        LineView, WorkState,
        readiness::{Hindrance, can_send, hindrances},
    },
    submission::SubmissionState,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Units that want something and units that have it all.
fn progress(lines: &[LineView]) -> (u32, u32) {
    let marked = lines.iter().filter(|line| !line.slots.is_empty());
    marked.fold((0, 0), |(done, wanted), line| {
        (done + line.complete_units(), wanted + line.count)
    })
}

/// Whether sending is a matter of this page at all.
fn sends(order: &Order) -> bool {
    !matches!(
        order.work,
        WorkState::Closed | WorkState::Shipped | WorkState::OtherModel
    )
}

/// Whether sending is the next thing to do: it may be, it would change something, and no unit goes without a code that it
/// should have.
fn is_next(known: &[Hindrance]) -> bool {
    can_send(known)
        && !known
            .iter()
            .any(|it| matches!(it, Hindrance::Unchanged | Hindrance::LeftOut { .. }))
}

/// The dock.
#[component]
pub(super) fn Dock(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let there = Memo::new(move |_| order.with(|order| sends(order)));
    let counts = Memo::new(move |_| order.with(|order| progress(&order.lines)));
    let known = Memo::new(move |_| order.with(|order| hindrances(order)));
    let ships = Memo::new(move |_| order.with(|order| offers(order)));
    let may = Memo::new(move |_| order.with(|order| order.may.send));
    let rejected = Memo::new(move |_| {
        order.with(|order| order.work == WorkState::Rework && !order.changed_since)
    });
    let sentences = move || {
        known.with(|known| {
            let ships = ships.get();
            if ships
                && !known
                    .iter()
                    .any(|it| matches!(it, Hindrance::LeftOut { .. }))
            {
                return view! { <span class="muted">{shipping::verified(lang)}</span> }.into_any();
            }
            if known.is_empty() {
                return view! { <span class="muted">{words::ready(lang)}</span> }.into_any();
            }
            let item = |hindrance: &Hindrance| {
                let class = if hindrance.blocks() {
                    "blocks"
                } else {
                    "muted"
                };
                let text = order.with(|order| words::hindrance(hindrance, &order.lines, lang));
                view! { <li class=class>{text}</li> }
            };
            let rework = rejected.get();
            // Who ships does not mean to send again, and where a code was rejected sending the same again is no way out.
            let said = known
                .iter()
                .filter(|it| !(ships || rework) || **it != Hindrance::Unchanged);
            view! {
                <ul class="hindrances" id="hindrances">
                    {rework.then(|| view! { <li class="blocks">{words::replace_rejected(lang)}</li> })}
                    {said.map(item).collect_view()}
                </ul>
            }
            .into_any()
        })
    };
    let text = Signal::derive(move || {
        order.with(
            |order| match order.submission.as_ref().map(|submission| submission.state) {
                Some(state) if state.in_flight() => words::button(state, lang),
                Some(SubmissionState::Accepted | SubmissionState::Refused)
                    if !order.changed_since =>
                {
                    words::send_again(lang)
                }
                _ if boxed(order) => words::send_boxes(progress(&order.lines).0 > 0, lang),
                _ => words::send(lang),
            },
        )
    });
    let go = Memo::new(move |_| known.with(|known| is_next(known)));
    part(move || {
        there.get().then(|| {
            view! {
                <div class="dock">
                    <b role="status">
                        {move || {
                            let (done, wanted) = counts.get();
                            (wanted > 0).then(|| page::progress(done, wanted, lang))
                        }}
                    </b>
                    {part(sentences)}
                    // Two buttons and never one that changes its meaning: whoever has just sent still has it focused,
                    // and the Enter of the next scan must not ship.
                    <div class="right top">
                        {part(move || (!ships.get()).then(|| view! { <SendForm work=work order=order text=text go=go/> }))}
                        {part(move || {
                            (ships.get() && may.get())
                                .then(|| view! { <ShipForm work=work text=shipping::ship(lang) go=true/> })
                        })}
                    </div>
                    {part(move || unshipped(work))}
                    {move || {
                        let failure = work.send.value().with(|answer| failed(answer.as_ref()));
                        failure.map(|failure| view! { <FailureView failure=failure/> })
                    }}
                </div>
            }
        })
    })
}

/// The button that sends what lies in the slots, as the person sees it now.
#[component]
pub(super) fn SendForm(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
    /// What the button says.
    #[prop(into)]
    text: Signal<&'static str>,
    /// Whether it is the one thing to do on the page.
    #[prop(optional, into)]
    go: Signal<bool>,
) -> impl IntoView {
    let lang = texts::lang();
    let may = Memo::new(move |_| order.with(|order| order.may.send));
    let ready =
        Memo::new(move |_| order.with(|order| order.may.send && can_send(&hindrances(order))));
    view! {
        <ActionForm action=work.send>
            <input type="hidden" name="order" value=work.id.to_string()/>
            <input type="hidden" name="revision" value=move || order.with(|order| order.revision.to_string())/>
            <button
                type="submit"
                class=move || if go.get() { "btn go" } else { "btn" }
                disabled=move || !ready.get() || work.send.pending().get()
                aria-describedby=move || (!ready.get()).then_some("hindrances")
            >
                {text}
            </button>
            {move || (!may.get()).then(|| view! { <span class="muted">{words::may_not(lang)}</span> })}
        </ActionForm>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::{code, line, order};
    use desk::{identifiers::Requirement, orders::MarkView};

    #[test]
    fn only_units_that_want_something_count() {
        let mut slippers = line(1, "Тапочки", 3, &[Requirement::Cis]);
        slippers.slots[0].mark = Some(MarkView::Cis(code(1)));
        let spoon = line(2, "Ложка", 5, &[]);
        assert_eq!(progress(&[slippers, spoon]), (1, 3));
    }

    #[test]
    fn sending_is_not_urged_while_codes_are_missing() {
        let line = line(1, "Тапочки", 1, &[Requirement::Cis]).id;
        assert!(is_next(&[]));
        assert!(!is_next(&[Hindrance::LeftOut { line, units: 1 }]));
        assert!(!is_next(&[Hindrance::Unchanged]));
    }

    #[test]
    fn a_closed_order_has_nothing_to_send() {
        let mut order = order(vec![]);
        assert!(sends(&order));
        order.work = WorkState::Closed;
        assert!(!sends(&order));
    }
}
