//! Codes that arrive: how many, how fast, and stopping it for a while.

use super::{super::list::bounded, Shown, Trouble, Which, reload_after};
use crate::{
    suz::api::orders::{PauseReceiving, ReceiveCodes},
    texts::{self, number, suz::orders as words},
    ui::{Bar, Button, Look, Notice, Pill, TheirWordsView, Tone, part},
};
use desk::{
    ids::EmissionId,
    suz::receiving::{ReceivingState, ReceivingTrouble, ReceivingView},
};
use leptos::{form::ActionForm, prelude::*};

/// All goods of the order together.
#[derive(Clone, Copy, PartialEq)]
struct Sum {
    state: ReceivingState,
    ordered: u64,
    received: u64,
    blocks: u64,
    speed: u64,
}

impl Sum {
    fn of(all: &[ReceivingView]) -> Option<Self> {
        // What wants a person stands for the whole; all that is whole is whole.
        let state = [
            ReceivingState::Running,
            ReceivingState::Stuck,
            ReceivingState::Paused,
            ReceivingState::Whole,
        ]
        .into_iter()
        .find(|state| all.iter().any(|one| one.state == *state))?;
        let sum = |of: fn(&ReceivingView) -> u64| all.iter().map(of).sum();
        Some(Self {
            state,
            ordered: sum(|one| one.ordered),
            received: sum(|one| one.received),
            blocks: sum(|one| one.blocks),
            speed: sum(|one| one.speed.unwrap_or(0)),
        })
    }
}

/// The card; nothing before the first code may come.
#[component]
pub(super) fn ReceivingCard(
    id: EmissionId,
    now: Memo<Shown>,
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let sum = Memo::new(move |_| now.with(|now| Sum::of(&now.receiving)));
    let troubles = Memo::new(move |_| {
        now.with(|now| {
            let told = now.receiving.iter().filter_map(|one| {
                let trouble = one.trouble.clone()?;
                Some((one.gtin.clone(), trouble))
            });
            told.collect::<Vec<_>>()
        })
    });
    let state = Memo::new(move |_| sum.get().map(|sum| sum.state));
    let may = Memo::new(move |_| now.with(|now| now.page.may_order));
    let there = Memo::new(move |_| sum.get().is_some());
    part(move || {
        there.get().then(|| {
            view! {
                <section class="card pad receiving" aria-label=words::receiving(lang)>
                    {part(move || sum.get().map(|sum| view! { <Progress sum=sum/> }))}
                    {part(move || {
                        troubles
                            .get()
                            .into_iter()
                            .map(|(gtin, trouble)| view! { <TroubleView gtin=gtin trouble=trouble/> })
                            .collect_view()
                    })}
                    {part(move || {
                        may.get().then(|| state.get()).flatten().map(|state| view! { <Acts id=id state=state reload=reload/> })
                    })}
                </section>
            }
        })
    })
}

/// The bar, the count and the speed.
#[component]
fn Progress(sum: Sum) -> impl IntoView {
    let lang = texts::lang();
    let (tone, bar) = match sum.state {
        ReceivingState::Running => (Tone::Busy, Tone::Busy),
        ReceivingState::Paused => (Tone::Off, Tone::Off),
        ReceivingState::Whole => (Tone::Ok, Tone::Ok),
        ReceivingState::Stuck => (Tone::Bad, Tone::Bad),
    };
    let speed = (sum.state == ReceivingState::Running && sum.speed > 0)
        .then(|| view! { <span class="muted">{words::speed(bounded(sum.speed), lang)}</span> });
    let blocks = (sum.blocks > 0)
        .then(|| view! { <span class="muted">{words::blocks(bounded(sum.blocks), lang)}</span> });
    view! {
        <div class="top">
            <h2>{words::receiving(lang)}</h2>
            <Pill tone=tone text=words::receiving_state(sum.state, lang)/>
        </div>
        <div class="top">
            <span class="count" role="status">
                {number(bounded(sum.received))}
                <span class="muted">" / "{number(bounded(sum.ordered))}</span>
            </span>
            {speed}
            {blocks}
        </div>
        <Bar label=words::receiving(lang) value=bounded(sum.received) max=bounded(sum.ordered) tone=bar/>
    }
}

/// What stands in the way.
#[component]
fn TroubleView(gtin: String, trouble: ReceivingTrouble) -> impl IntoView {
    let lang = texts::lang();
    let (title, text) = words::receiving_trouble(&trouble, lang);
    let tone = match trouble {
        ReceivingTrouble::NoAnswer => Tone::Busy,
        _ => Tone::Bad,
    };
    let said = match trouble {
        ReceivingTrouble::Refused(words) => {
            Some(view! { <TheirWordsView words=words/> }.into_any())
        }
        ReceivingTrouble::Ended(Some(said)) => {
            Some(view! { <p class="their-words"><q lang="">{said}</q></p> }.into_any())
        }
        _ => None,
    };
    view! {
        <Notice tone=tone text=title>
            <p><span class="mono faint">{gtin}</span>" "{text}</p>
            {said}
        </Notice>
    }
}

/// Stopping and going on.
#[component]
fn Acts(id: EmissionId, state: ReceivingState, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let pause = ServerAction::<PauseReceiving>::new();
    let go_on = ServerAction::<ReceiveCodes>::new();
    reload_after(pause, reload);
    reload_after(go_on, reload);
    let act = match state {
        ReceivingState::Running => view! {
            <ActionForm action=pause>
                <Which id=id/>
                <Button text=words::pause(lang) pending=pause.pending()/>
            </ActionForm>
        }
        .into_any(),
        ReceivingState::Paused | ReceivingState::Stuck => {
            let text = if state == ReceivingState::Paused {
                words::resume(lang)
            } else {
                words::try_again(lang)
            };
            view! {
                <ActionForm action=go_on>
                    <Which id=id/>
                    <Button text=text look=Look::Go pending=go_on.pending()/>
                </ActionForm>
            }
            .into_any()
        }
        ReceivingState::Whole => ().into_any(),
    };
    view! {
        <Trouble action=pause/>
        <Trouble action=go_on/>
        <div class="top">{act}</div>
    }
}
