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
        view::{DecisionAnswer, LostView},
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
                            view! { <Decisions id=id reload=reload given_up=given_up.get_untracked()/> }.into_any()
                        } else {
                            view! { <Notice tone=Tone::Busy text=words::lost_wait(lang)/> }.into_any()
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
    } else {
        words::searched(lost.searched, lang)
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

/// The decisions.
#[component]
fn Decisions(
    id: EmissionId,
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
    view! {
        <p class="measure">{words::look_yourself(lang)}</p>
        <Trouble action=action/>
        {part(failed)}
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
