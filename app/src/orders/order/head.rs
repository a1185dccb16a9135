//! The head of the order page: where one is, which order, how it stands.

use super::{Order, Work, boxed, failed};
use crate::{
    orders::list::tone_of,
    texts::{
        self,
        orders::{self as words, list, page},
    },
    ui::{FailureView, Moment, Pill, SandboxMark, Tone, part},
};
use cis::Lang;
use desk::orders::WorkState;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use std::sync::Arc;

/// Why nothing can be sent from this page, when that is so.
pub(super) fn why_not_sent(order: &Order, lang: Lang) -> Option<String> {
    match order.work {
        WorkState::Closed => Some(page::closed(&order.status, lang)),
        WorkState::NotMarked if boxed(order) => Some(page::not_marked_boxes(lang).to_owned()),
        WorkState::NotMarked => Some(page::not_marked(lang).to_owned()),
        WorkState::OtherModel => Some(page::other_model(order.model.as_ref(), lang).to_owned()),
        _ => None,
    }
}

/// Number, model, shop, status, deadline.
#[component]
pub(super) fn Head(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let number = Memo::new(move |_| order.with(|order| order.number.to_string()));
    let facts = move || {
        order.with(|order| {
            let buyer = order.buyer.as_ref().map(|buyer| page::buyer(buyer, lang));
            let fake = order.fake.then(|| page::test_order(lang).to_owned());
            let mut facts = vec![order.shop.clone(), page::status(&order.status, lang)];
            facts.extend(buyer.into_iter().chain(fake));
            facts.join(" · ")
        })
    };
    let deadline = move || {
        order.with(|order| {
            let waits = !matches!(order.work, WorkState::Accepted | WorkState::NotMarked | WorkState::Shipped | WorkState::Closed);
            order.ship_by.map(|when| {
                let class = if waits && when.days_ahead <= 0 { "right late" } else { "right" };
                view! { <b class=class title=texts::when_exact(&when, lang)>{page::ship_by(&when, lang)}</b> }
            })
        })
    };
    view! {
        <Title text=move || page::title(&number.get(), lang)/>
        <div class="top">
            <nav aria-label=page::path(lang)>
                <A href="/orders" attr:class="faint">{page::orders(lang)}</A>
                <span class="faint" aria-hidden="true">" /"</span>
            </nav>
            <h1>{number}</h1>
            {move || {
                order.with(|order| {
                    order.model.as_ref().map(|model| view! { <Pill tone=Tone::Off text=words::model(model, lang)/> })
                })
            }}
            {move || {
                let work = order.with(|order| order.work);
                view! { <Pill tone=tone_of(work) text=list::work_state(work, lang)/> }
            }}
            <SandboxMark/>
            {part(deadline)}
        </div>
        <div class="top muted">
            <span>{part(facts)}</span>
            <span class="right">
                {page::read(lang)} " " {move || order.with(|order| view! { <Moment when=order.read/> })}
            </span>
            <ActionForm action=work.refresh>
                <input type="hidden" name="order" value=work.id.to_string()/>
                <button type="submit" class="link" disabled=move || work.refresh.pending().get()>
                    {page::ask_again(lang)}
                </button>
            </ActionForm>
        </div>
        {move || {
            let failure = work.refresh.value().with(|answer| failed(answer.as_ref()));
            failure.map(|failure| view! { <FailureView failure=failure/> })
        }}
    }
}
