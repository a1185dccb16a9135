//! Saying «ready to ship»: why not yet, where it stands, what the marketplace said.

use super::{Order, Work, boxed, failed};
use crate::{
    texts::{self, orders::shipping as words},
    ui::{FailureView, Moment, Notice, Pill, TheirWordsView, Tone, part},
};
use desk::{
    orders::{
        WorkState,
        readiness::{Hindrance, hindrances},
    },
    shipping::{NotYet, ShippingState, ShippingView},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What there is to say of shipping.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    /// It was said, or the order left in another way.
    Shipped,
    /// It is being said, or was refused.
    Asked(ShippingView),
    /// It may be said.
    May {
        /// Whether units go without codes that they should have.
        bare: bool,
    },
    /// It may not be said yet.
    NotYet(NotYet),
}

impl Standing {
    /// Nothing for orders that are over, or do not go in boxes.
    fn of(order: &Order) -> Option<Self> {
        if !boxed(order) || order.work == WorkState::Closed {
            return None;
        }
        if order.work == WorkState::Shipped {
            return Some(Self::Shipped);
        }
        Some(match &order.shipping {
            Some(shipping) if shipping.state == ShippingState::Done => Self::Shipped,
            Some(shipping) => Self::Asked(shipping.clone()),
            None => match order.may_ship() {
                Ok(()) => Self::May { bare: bare(order) },
                Err(why) => Self::NotYet(why),
            },
        })
    }
}

/// Whether the dock offers to ship.
pub(super) fn offers(order: &Order) -> bool {
    matches!(Standing::of(order), Some(Standing::May { .. }))
}

/// Whether units go without codes that they should have: the marketplace may refuse to let them leave.
fn bare(order: &Order) -> bool {
    hindrances(order)
        .iter()
        .any(|hindrance| matches!(hindrance, Hindrance::LeftOut { .. }))
}

/// The part «shipping», for orders that the shop ships in boxes.
#[component]
pub(super) fn Shipping(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let standing = Memo::new(move |_| order.with(|order| Standing::of(order)));
    let may = Memo::new(move |_| order.with(|order| order.may.send));
    let there = Memo::new(move |_| standing.with(Option::is_some));
    let body = move || {
        standing.get().map(|standing| match standing {
            Standing::Shipped => {
                view! { <Notice tone=Tone::Ok text=words::shipped(lang)/> }.into_any()
            }
            Standing::Asked(shipping) => asked(work, shipping, may.get()),
            Standing::May { bare: true } => {
                view! { <Notice tone=Tone::Warn text=words::some_without(lang)/> }.into_any()
            }
            Standing::May { bare: false } => {
                view! { <p>{words::all_verified(lang)}</p> }.into_any()
            }
            Standing::NotYet(why) => {
                view! { <p class="muted">{words::not_yet(why, lang)}</p> }.into_any()
            }
        })
    };
    let failure = move || {
        let failure = work
            .leaving()
            .withdraw_shipment
            .value()
            .with(|answer| failed(answer.as_ref()));
        failure.map(|failure| view! { <FailureView failure=failure/> })
    };
    part(move || {
        there.get().then(|| {
            view! {
                <section class="card pad stack" aria-labelledby="shipping">
                    <h2 id="shipping">{words::heading(lang)}</h2>
                    {part(body)}
                    {part(failure)}
                </section>
            }
        })
    })
}

/// Where it stands, and the ways out.
fn asked(work: Work, shipping: ShippingView, may: bool) -> AnyView {
    let lang = texts::lang();
    let state = shipping.state;
    let refused = state == ShippingState::Refused;
    let withdraw = may && matches!(state, ShippingState::Queued | ShippingState::Refused);
    let tone = if refused { Tone::Bad } else { Tone::Busy };
    let words_of_theirs = shipping.refusal.map(|refusal| {
        view! {
            {shipping.refusal_means.map(|text| view! { <p>{text}</p> })}
            <TheirWordsView words=refusal/>
        }
    });
    view! {
        <div class="top">
            <span role="status"><Pill tone=tone text=words::state(state, lang)/></span>
            <span class="right muted">{words::asked(lang)} " " <Moment when=shipping.asked/></span>
        </div>
        <p>{words::meaning(state, lang)}</p>
        {words_of_theirs}
        {shipping.trouble.map(|cause| view! { <p class="faint">{words::network(lang)} ": " <q>{cause}</q></p> })}
        <div class="top">
            {(may && refused).then(|| view! { <ShipForm work=work text=words::ship_again(lang)/> })}
            {withdraw
                .then(|| {
                    let action = work.leaving().withdraw_shipment;
                    view! {
                        <ActionForm action=action>
                            <input type="hidden" name="order" value=work.id.to_string()/>
                            <button type="submit" class="btn" disabled=move || action.pending().get()>
                                {words::withdraw(lang)}
                            </button>
                        </ActionForm>
                    }
                })}
        </div>
    }
    .into_any()
}

/// The button that says it.
#[component]
pub(super) fn ShipForm(
    /// What is asked and done here.
    work: Work,
    /// What the button says.
    text: &'static str,
    /// Whether it is the one thing to do on the page.
    #[prop(optional)]
    go: bool,
) -> impl IntoView {
    let class = if go { "btn go" } else { "btn" };
    view! {
        <ActionForm action=work.leaving().ship>
            <input type="hidden" name="orders[]" value=work.id.to_string()/>
            <button type="submit" class=class disabled=move || work.leaving().ship.pending().get()>{text}</button>
        </ActionForm>
    }
}

/// What became of the last press of that button, when nothing did.
pub(super) fn unshipped(work: Work) -> AnyView {
    let lang = texts::lang();
    let (failure, why) = work.leaving().ship.value().with(|answer| {
        let outcome = answer.as_ref().and_then(|answer| answer.as_ref().ok());
        let why = outcome.and_then(|outcomes| outcomes.iter().find_map(|(_, why)| *why));
        (failed(answer.as_ref()), why)
    });
    view! {
        {failure.map(|failure| view! { <FailureView failure=failure/> })}
        {why.map(|why| view! { <Notice tone=Tone::Warn text=words::not_yet(why, lang)/> })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::order;
    use desk::submission::Carrier;

    fn standing(work: WorkState, state: Option<ShippingState>) -> Option<Standing> {
        let mut order = order(vec![]);
        order.carrier = Some(Carrier::Boxes);
        order.work = work;
        order.shipping = state.map(|state| ShippingView {
            state,
            asked: order.read,
            refusal: None,
            refusal_means: None,
            trouble: None,
        });
        Standing::of(&order)
    }

    #[test]
    fn an_order_is_offered_only_when_it_may_leave() {
        assert_eq!(
            standing(WorkState::ToShip, None),
            Some(Standing::May { bare: false })
        );
        assert_eq!(
            standing(WorkState::Checking, None),
            Some(Standing::NotYet(NotYet::Checking))
        );
        assert_eq!(standing(WorkState::Closed, None), None);
        let refused = standing(WorkState::Trouble, Some(ShippingState::Refused));
        assert!(matches!(refused, Some(Standing::Asked(_))));
    }

    #[test]
    fn what_left_is_shipped_whoever_said_so() {
        assert_eq!(standing(WorkState::Shipped, None), Some(Standing::Shipped));
        assert_eq!(
            standing(WorkState::Sending, Some(ShippingState::Done)),
            Some(Standing::Shipped)
        );
    }

    #[test]
    fn orders_of_other_carriers_are_not_shipped_here() {
        assert_eq!(Standing::of(&order(vec![])), None);
    }
}
