//! One order of codes: where it stands, what to do next, its goods, receiving, closing.

mod along;
mod closing;
mod held;
mod lines;
mod lost;
mod receiving;
mod step;

use super::{
    super::{
        api::orders::{Shown, get_emission},
        marks::contour_beside_title,
        one::acts::{Trouble, Which, reload_after},
    },
    list::tone,
};
use crate::{
    failure::Failure,
    live,
    texts::{self, suz, suz::orders as words},
    ui::{FailureView, Moment, PageTop, Pill, Skeleton, part},
};
use along::Along;
use closing::Closing;
use desk::ids::EmissionId;
use held::Held;
use leptos::prelude::*;
use leptos_router::components::A;
use lines::Lines;
use lost::Lost;
use receiving::ReceivingCard;
use step::Step;

/// What the server says of an order.
type Answer = Resource<Result<Shown, Failure>>;

/// The page.
#[component]
pub(in crate::suz) fn OneOrderPage(
    /// Which order.
    id: EmissionId,
) -> impl IntoView {
    let answer: Answer = Resource::new(move || id, get_emission);
    live::on_crowd(
        move |news| news.concerns_emission(Some(id)),
        move || answer.refetch(),
    );
    view! {
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=8/></div> }>
            <Page answer=answer/>
        </Transition>
    }
}

/// The page once it is loaded. News change the words of its parts, not the parts, so that a form half filled in stays.
#[component]
fn Page(answer: Answer) -> impl IntoView {
    let failure = Memo::new(move |_| answer.get().map(Result::err));
    part(move || match failure.get() {
        None => ().into_any(),
        Some(Some(failure)) => {
            view! { <FailureView failure=failure retry=Callback::new(move |()| answer.refetch())/> }
                .into_any()
        }
        Some(None) => view! { <Parts answer=answer/> }.into_any(),
    })
}

/// The parts of the page.
#[component]
fn Parts(
    /// What the server says; there is an answer.
    answer: Answer,
) -> impl IntoView {
    let lang = texts::lang();
    let Some(first) = answer.get_untracked().and_then(Result::ok) else {
        return ().into_any();
    };
    let now = Memo::new({
        let first = first.clone();
        move |_| {
            answer
                .get()
                .and_then(Result::ok)
                .unwrap_or_else(|| first.clone())
        }
    });
    let reload = Callback::new(move |()| answer.refetch());
    let card = first.page.card;
    let id = card.id;
    let title = words::one_title(&suz::group(&card.group, lang), card.ordered, lang);
    let state = Memo::new(move |_| now.with(|now| now.page.card.clone()));
    view! {
        <PageTop title=title>
            {part(move || state.with(|card| view! { <Pill tone=tone(card) text=words::state(card, lang)/> }))}
            {contour_beside_title(card.contour)}
            <span class="right"><A href="/suz/orders" attr:class="link">{words::to_list(lang)}</A></span>
        </PageTop>
        <Along now=now/>
        <Step id=id now=now reload=reload/>
        <Held id=id now=now reload=reload/>
        <Lost id=id now=now reload=reload/>
        <ReceivingCard id=id now=now reload=reload/>
        <Lines now=now/>
        <Closing id=id now=now reload=reload/>
        <Facts now=now/>
    }
    .into_any()
}

/// Who ordered what, and under which numbers it is known.
#[component]
fn Facts(now: Memo<Shown>) -> impl IntoView {
    let lang = texts::lang();
    let facts = Memo::new(move |_| {
        now.with(|now| {
            let page = &now.page;
            (
                page.card.legal_entity.clone(),
                page.card.made,
                page.card.id,
                page.order.clone(),
                page.told,
            )
        })
    });
    let repeat = now.with_untracked(|now| {
        now.page
            .may_order
            .then(|| format!("/suz/orders/new?repeat={}", now.page.card.id))
    });
    view! {
        <section class="card pad stack">
            <h2>{words::facts(lang)}</h2>
            {part(move || {
                let (entity, made, id, order, told) = facts.get();
                view! {
                    <dl class="facts">
                        <dt>{words::legal_entity(lang)}</dt>
                        <dd>{entity}</dd>
                        <dt>{words::column_when(lang)}</dt>
                        <dd><Moment when=made/></dd>
                        <dt>{words::their_number(lang)}</dt>
                        <dd class="mono">{order.map_or_else(|| words::no_number(lang).to_owned(), |order| order.to_string())}</dd>
                        <dt>{words::our_key(lang)}</dt>
                        <dd class="mono">{id.to_string()}</dd>
                        {told.map(|told| view! {
                            <dt>{words::told(lang)}</dt>
                            <dd><Moment when=told/></dd>
                        })}
                    </dl>
                }
            })}
            {repeat.map(|href| view! { <div class="top"><A href=href attr:class="btn">{words::repeat(lang)}</A></div> })}
        </section>
    }
}
