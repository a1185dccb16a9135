//! One connection: what to do next, the self-check, devices, groups, tokens, ids.

pub(super) mod acts;
mod certificate;
mod check;
mod devices;
mod groups;
mod identity;
mod listed;
mod step;
mod tokens;

use super::{
    api::get_suz_connection, attention::AttentionBar, marks::ContourMark, questions::Questions,
};
use crate::{
    failure::Failure,
    live,
    texts::{self, suz},
    ui::{FailureView, PageTop, Skeleton, part},
};
use check::Check;
use desk::{ids::SuzConnectionId, suz::view::SuzConnectionView};
use devices::Devices;
use groups::Groups;
use identity::{Identity, Looks, Retiring};
use leptos::prelude::*;
use leptos_router::components::A;
use step::NextStep;
use tokens::Tokens;

/// What the server says of a connection.
type Answer = Resource<Result<SuzConnectionView, Failure>>;

/// The connection's page.
#[component]
pub(super) fn ConnectionPage(
    /// Which connection.
    id: SuzConnectionId,
) -> impl IntoView {
    let answer: Answer = Resource::new(move || id, get_suz_connection);
    live::on_change(move |news| {
        if news.concerns_suz(Some(id)) {
            answer.refetch();
        }
    });
    view! {
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=8/></div> }>
            <Page answer=answer/>
        </Transition>
    }
}

/// The page once it is loaded. News change the words of its parts, not the parts, so that a form half filled in stays.
#[component]
fn Page(
    /// What the server says.
    answer: Answer,
) -> impl IntoView {
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
    let first = answer.get_untracked().and_then(Result::ok);
    let Some(first) = first else {
        return ().into_any();
    };
    let view = Memo::new(move |_| answer.get().and_then(Result::ok));
    let now = Memo::new({
        let first = first.clone();
        move |_| view.get().unwrap_or_else(|| first.clone())
    });
    let (id, may_manage) = (first.id, first.may_manage);
    let reload = Callback::new(move |()| answer.refetch());
    let elsewhere = Memo::new(move |_| now.with(|now| now.attention));
    let name = first.legal_entity.name.clone();
    view! {
        <PageTop title=format!("{}: {name}", suz::title(lang))>
            <ContourMark contour=first.contour/>
            <span class="right top">
                {may_manage
                    .then(|| {
                        view! {
                            <A href=format!("/suz/{id}/passport") attr:class="link">{suz::passport(lang)}</A>
                        }
                    })}
                <A href="/suz" attr:class="link">{suz::to_list(lang)}</A>
            </span>
        </PageTop>
        {part(move || view! { <AttentionBar attention=elsewhere.get()/> })}
        <NextStep now=now reload=reload/>
        <div class="suz-parts">
            <div class="stack">
                <Check id=id now=now may_manage=may_manage reload=reload/>
                <Groups now=now/>
            </div>
            <div class="stack">
                <Tokens id=id now=now may_manage=may_manage reload=reload/>
                <Devices id=id now=now may_manage=may_manage reload=reload/>
                <Identity id=id now=now may_manage=may_manage reload=reload/>
                {may_manage.then(|| view! { <Looks now=now/> })}
            </div>
        </div>
        <Questions/>
        {may_manage.then(|| view! { <Retiring id=id/> })}
    }
    .into_any()
}
