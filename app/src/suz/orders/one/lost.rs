//! An order whose answer was lost: what we know, what the station says, and what a person may decide.

use super::{Shown, Trouble, Which, reload_after};
use crate::{
    suz::{api::orders::DecideEmission, why::WhyView},
    texts::{self, suz::orders as words},
    ui::{Button, Field, Look, Moment, NoEnter, Notice, Tone, part},
};
use desk::{
    ids::EmissionId,
    suz::emission::{
        EmissionState,
        view::{DecisionAnswer, LostCandidate, LostView},
    },
};
use leptos::{form::ActionForm, prelude::*};

/// Both facts, and the decisions once they may be made.
#[component]
pub(super) fn Lost(id: EmissionId, now: Memo<Shown>, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let lost = Memo::new(move |_| now.with(|now| now.page.lost.clone()));
    let given_up =
        Memo::new(move |_| now.with(|now| now.page.card.state == EmissionState::GivenUp));
    let there = Memo::new(move |_| lost.with(Option::is_some));
    let by_key = Memo::new(move |_| lost.with(|lost| lost.as_ref().is_none_or(|lost| lost.by_key)));
    let may_decide = Memo::new(move |_| {
        now.with(|now| {
            let page = &now.page;
            page.may_order && page.lost.as_ref().is_some_and(|lost| lost.may_decide)
        })
    });
    part(move || {
        there.get().then(|| {
            view! {
                <section class="card pad stack" id="lost">
                    <div class="stack tight">
                        <h2>{move || if given_up.get() { words::given_up(lang) } else { words::lost(lang) }}</h2>
                        <p class="muted measure">{words::lost_text(lang)}</p>
                    </div>
                    {part(move || lost.get().map(|lost| view! { <Facts lost=lost/> }))}
                    {part(move || {
                        if may_decide.get() {
                            view! { <Decisions id=id lost=lost reload=reload given_up=given_up.get()/> }
                                .into_any()
                        } else {
                            let wait = if by_key.get() { words::lost_wait(lang) } else { words::lost_wait_unkeyed(lang) };
                            view! { <Notice tone=Tone::Busy text=wait/> }.into_any()
                        }
                    })}
                </section>
            }
        })
    })
}

/// What we know beside what the station says.
#[component]
fn Facts(lost: LostView) -> impl IntoView {
    let lang = texts::lang();
    let searched = if lost.searched == 0 {
        words::not_searched(lang).to_owned()
    } else if lost.by_key {
        words::searched(lost.searched, lang)
    } else {
        words::seen_since(lost.searched, lost.candidates.len(), lang)
    };
    view! {
        <div class="two-facts">
            <section>
                <h3>{words::we_know(lang)}</h3>
                <p>{words::sent_at(lang)}" "<Moment when=lost.sent/>". "{words::no_answer(lang)}</p>
                {lost.why.map(|why| view! { <WhyView why=why/> })}
            </section>
            <section>
                <h3>{words::they_say(lang)}</h3>
                <p>{searched}</p>
                {lost.last.map(|last| view! { <p class="muted">{words::asked_last(lang)}" "<Moment when=last/></p> })}
                {lost
                    .search_failed
                    .map(|why| view! { <p><b>{words::search_failed(lang)}</b></p> <WhyView why=why/> })}
            </section>
        </div>
    }
}

/// An order of the station that may be this one, and adopting it.
#[component]
fn Candidate(
    id: EmissionId,
    one: LostCandidate,
    /// No other one can be it.
    likely: bool,
    action: ServerAction<DecideEmission>,
) -> impl IntoView {
    let lang = texts::lang();
    let number = one.order.to_string();
    let look = if likely { Look::Go } else { Look::Plain };
    view! {
        <ActionForm action=action>
            <div class="acts">
                <Which id=id/>
                <input type="hidden" name="decision" value="made"/>
                <input type="hidden" name="order" value=number.clone()/>
                <span><code>{number}</code>" · "{words::order_status(&one.status, lang)}</span>
                {one.created.map(|created| view! { <span class="muted"><Moment when=created/></span> })}
                <Button text=words::made_act(lang) look=look pending=action.pending()/>
            </div>
        </ActionForm>
    }
}

/// The decisions.
#[component]
fn Decisions(
    id: EmissionId,
    lost: Memo<Option<LostView>>,
    reload: Callback<()>,
    /// It was decided before that the order was not made.
    given_up: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<DecideEmission>::new();
    reload_after(action, reload);
    let failed = move || match action.value().get() {
        Some(Ok(DecisionAnswer::Failed(why))) => Some(
            view! { <Notice tone=Tone::Bad text=words::decision_failed(lang)><WhyView why=why/></Notice> },
        ),
        _ => None,
    };
    let decision = |word: &'static str| view! { <input type="hidden" name="decision" value=word/> };
    let found = Memo::new(move |_| {
        lost.with(|lost| {
            let lost = lost.as_ref();
            let candidates = lost.map(|lost| (lost.candidates.clone(), lost.likely.clone()));
            candidates.unwrap_or_default()
        })
    });
    let by_key = lost.with_untracked(|lost| lost.as_ref().is_none_or(|lost| lost.by_key));
    let look = if by_key {
        words::look_yourself(lang)
    } else {
        words::look_yourself_unkeyed(lang)
    };
    view! {
        <p class="measure">{look}</p>
        <Trouble action=action/>
        {part(failed)}
        {part(move || {
            let (candidates, likely) = found.get();
            (!candidates.is_empty())
                .then(|| {
                    view! {
                        <div class="stack">
                            <h3>{words::candidates(lang)}</h3>
                            <p class="muted measure">{words::candidates_text(lang)}</p>
                            {candidates
                                .into_iter()
                                .map(|one| {
                                    let likely = likely.as_ref() == Some(&one.order);
                                    view! { <Candidate id=id one=one likely=likely action=action/> }
                                })
                                .collect_view()}
                        </div>
                    }
                })
        })}
        <div class="acts">
            <ActionForm action=action>
                <Which id=id/>
                {decision("ask_on")}
                <Button text=words::ask_on(lang) pending=action.pending()/>
            </ActionForm>
            <details>
                <summary class="btn">{words::made(lang)}"…"</summary>
                <ActionForm action=action>
                    <div class="stack wide">
                        <NoEnter/>
                        <Which id=id/>
                        {decision("made")}
                        <p>{words::made_text(lang)}</p>
                        <Field label=words::their_number(lang) name="order" scope="lost-" mono=true/>
                        <div class="top"><Button text=words::made_act(lang) look=Look::Go pending=action.pending()/></div>
                    </div>
                </ActionForm>
            </details>
            {(!given_up)
                .then(|| {
                    view! {
                        <details>
                            <summary class="btn danger">{words::not_made(lang)}"…"</summary>
                            <ActionForm action=action>
                                <div class="stack">
                                    <Which id=id/>
                                    {decision("not_made")}
                                    <p class="measure">{words::not_made_text(lang)}</p>
                                    <div class="top">
                                        <Button text=words::not_made_act(lang) look=Look::Danger pending=action.pending()/>
                                    </div>
                                </div>
                            </ActionForm>
                        </details>
                    }
                })}
        </div>
    }
}
