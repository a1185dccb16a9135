//! All connections at a glance.

use super::{
    api::get_suz,
    attention::AttentionBar,
    doing::FirstQuestion,
    marks::{ContourMark, TokenMark},
    questions::Questions,
    sections::{Section, Sections},
};
use crate::{
    failure::Failure,
    live,
    texts::{self, suz},
    ui::{Empty, FailureView, PageTop, Pill, Skeleton, Tone, part},
};
use desk::suz::{
    TokenState,
    view::{SuzCard, SuzPage},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// The page of all connections.
#[component]
pub(super) fn ListPage() -> impl IntoView {
    let lang = texts::lang();
    let answer = Resource::new(|| (), |()| get_suz());
    live::on_change(move |news| {
        if news.concerns_suz(None) {
            answer.refetch();
        }
    });
    let retry = Callback::new(move |()| answer.refetch());
    view! {
        <PageTop title=suz::title(lang)/>
        <Sections current=Section::Connections/>
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=6/></div> }>
            {part(move || answer.get().map(|page| drawn(page, retry)))}
        </Transition>
    }
}

fn drawn(page: Result<SuzPage, Failure>, retry: Callback<()>) -> AnyView {
    match page {
        Ok(page) => view! { <Connections page=page/> }.into_any(),
        Err(failure) => view! { <FailureView failure=failure retry=retry/> }.into_any(),
    }
}

/// The connections, or the first question.
#[component]
fn Connections(
    /// What the server says.
    page: SuzPage,
) -> impl IntoView {
    let lang = texts::lang();
    if page.connections.is_empty() {
        return if page.may_manage {
            view! { <FirstQuestion/><Questions/> }.into_any()
        } else {
            view! {
                <div class="card">
                    <Empty title=suz::nothing(lang) text=suz::nothing_for_others(lang)/>
                </div>
            }
            .into_any()
        };
    }
    let cards = page
        .connections
        .into_iter()
        .map(|card| view! { <li><Card card=card/></li> })
        .collect_view();
    view! {
        <AttentionBar attention=page.attention/>
        <ul class="suz-list">{cards}</ul>
        {page
            .may_manage
            .then(|| {
                view! { <div class="top"><A href="/suz/connect" attr:class="btn">{suz::connect_more(lang)}</A></div> }
            })}
        <Questions/>
    }
    .into_any()
}

/// One connection with its state and its next step.
#[component]
fn Card(
    /// The connection.
    card: SuzCard,
) -> impl IntoView {
    let lang = texts::lang();
    let href = format!("/suz/{}", card.id);
    let (tone, step) = next(&card, lang);
    let inn = card.legal_entity.inn.map(|inn| inn.to_string());
    view! {
        <section class=format!("card pad stack suz-card {}", card.contour.as_str())>
            <div class="top">
                <h2><A href=href.clone() attr:class="cover">{card.legal_entity.name}</A></h2>
                {inn.map(|inn| view! { <span class="faint mono">{suz::inn(lang)}" "{inn}</span> })}
                <span class="right"><ContourMark contour=card.contour/></span>
            </div>
            <div class="top">
                <TokenMark state=card.token/>
                <span class="muted">
                    {suz::device(lang)}": "{card.device.unwrap_or_else(|| suz::no_device(lang).to_owned())}
                </span>
                <span class="muted">{suz::way_name(card.way, lang)}</span>
            </div>
            <div class="top">
                <span class="faint">{suz::next(lang)}</span>
                <Pill tone=tone text=step/>
            </div>
        </section>
    }
}

/// The one thing to do next.
fn next(card: &SuzCard, lang: cis::Lang) -> (Tone, &'static str) {
    let failed = card
        .check
        .as_ref()
        .is_some_and(|check| check.report.failure().is_some());
    let well = card.check.as_ref().is_some_and(|check| check.report.well());
    if card.device.is_none() {
        (Tone::Warn, suz::step_device(lang))
    } else if !card.logged_in {
        (Tone::Warn, suz::step_static(lang))
    } else if matches!(card.token, TokenState::SigningSoon { .. }) {
        (Tone::Warn, suz::step_soon(lang))
    } else if card.waiting > 0 || card.token.wants_signature() {
        (Tone::Bad, suz::step_sign(lang))
    } else if failed || matches!(card.token, TokenState::Stopped { .. }) {
        (Tone::Bad, suz::step_fix(lang))
    } else if well {
        (Tone::Ok, suz::step_none(lang))
    } else {
        (Tone::Warn, suz::step_check(lang))
    }
}
