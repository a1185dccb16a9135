//! Codes that arrive: how many, how fast, and stopping it for a while.

use super::{super::list::bounded, Shown, Trouble, Which, reload_after};
use crate::{
    suz::api::orders::{PauseReceiving, ReceiveCodes},
    texts::{
        self, number,
        suz::orders::{self as words, Fetching},
    },
    ui::{Bar, Button, Look, Notice, Pill, TheirWordsView, Tone, part},
};
use desk::{
    ids::EmissionId,
    suz::emission::{BufferStatus, EmissionState},
    suz::receiving::{ReceivingState, ReceivingTrouble, ReceivingView},
};
use leptos::{form::ActionForm, prelude::*};

/// All goods of the order together.
#[derive(Clone, Copy, PartialEq)]
struct Sum {
    state: Fetching,
    ordered: u64,
    received: u64,
    blocks: u64,
    speed: u64,
}

impl Sum {
    fn of(all: &[ReceivingView], order: EmissionState) -> Option<Self> {
        if all.is_empty() {
            return None;
        }
        let sum = |of: fn(&ReceivingView) -> u64| all.iter().map(of).sum();
        Some(Self {
            state: fetching(all, order),
            ordered: sum(|one| one.ordered),
            received: sum(|one| one.received),
            blocks: sum(|one| one.blocks),
            speed: sum(|one| one.speed.unwrap_or(0)),
        })
    }
}

/// Where all goods together stand: what runs or wants a person stands for the whole. Of an order that is over nothing is
/// waited for.
fn fetching(all: &[ReceivingView], order: EmissionState) -> Fetching {
    let stands = |state| {
        let waits = |one: &ReceivingView| one.state == ReceivingState::Running || one.may_go_on();
        order.is_there() && all.iter().any(|one| one.state == state && waits(one))
    };
    if all.iter().all(ReceivingView::is_whole) {
        Fetching::Whole
    } else if stands(ReceivingState::Running) {
        Fetching::Running
    } else if stands(ReceivingState::Stuck) {
        Fetching::Stuck
    } else if stands(ReceivingState::Paused) {
        Fetching::Paused
    } else {
        Fetching::Over
    }
}

/// What a person may do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Possible {
    /// Stop it for a while.
    pause: bool,
    /// Go on with what was stopped, or try again what is stuck.
    go_on: Option<ReceivingState>,
}

impl Possible {
    fn of(all: &[ReceivingView], order: EmissionState) -> Self {
        let stands = |state| {
            let waits = |one: &ReceivingView| one.state == state && one.may_go_on();
            (order.is_there() && all.iter().any(waits)).then_some(state)
        };
        let runs = |one: &ReceivingView| one.state == ReceivingState::Running;
        Self {
            pause: order.is_there() && all.iter().any(runs),
            go_on: stands(ReceivingState::Stuck).or_else(|| stands(ReceivingState::Paused)),
        }
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
    let sum = Memo::new(move |_| now.with(|now| Sum::of(&now.receiving, now.page.card.state)));
    let troubles = Memo::new(move |_| {
        now.with(|now| {
            let told = now.receiving.iter().filter_map(|one| {
                let trouble = one.trouble.clone()?;
                let mut lines = now.page.lines.iter();
                let rejected = lines.any(|line| {
                    line.gtin.as_str() == one.gtin && line.status == Some(BufferStatus::Rejected)
                });
                Some((one.gtin.clone(), trouble, rejected))
            });
            told.collect::<Vec<_>>()
        })
    });
    let possible = Memo::new(move |_| {
        now.with(|now| {
            let page = &now.page;
            page.may_order
                .then(|| Possible::of(&now.receiving, page.card.state))
        })
    });
    let there = Memo::new(move |_| sum.get().is_some());
    part(move || {
        there.get().then(|| {
            view! {
                <section class="card pad receiving" id="receiving" aria-label=words::receiving(lang)>
                    {part(move || sum.get().map(|sum| view! { <Progress sum=sum/> }))}
                    {part(move || {
                        troubles
                            .get()
                            .into_iter()
                            .map(|(gtin, trouble, rejected)| {
                                view! { <TroubleView gtin=gtin trouble=trouble rejected=rejected/> }
                            })
                            .collect_view()
                    })}
                    {part(move || {
                        possible.get().map(|possible| view! { <Acts id=id possible=possible reload=reload/> })
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
    let tone = match sum.state {
        Fetching::Running => Tone::Busy,
        Fetching::Stuck => Tone::Bad,
        Fetching::Paused => Tone::Warn,
        Fetching::Whole => Tone::Ok,
        Fetching::Over => Tone::Off,
    };
    let speed = (sum.speed > 0)
        .then(|| view! { <span class="muted">{words::speed(bounded(sum.speed), lang)}</span> });
    let blocks = (sum.blocks > 0)
        .then(|| view! { <span class="muted">{words::blocks(bounded(sum.blocks), lang)}</span> });
    view! {
        <div class="top">
            <h2>{words::receiving(lang)}</h2>
            <Pill tone=tone text=words::fetching(sum.state, lang)/>
        </div>
        <div class="top">
            <span class="count" role="status">
                {number(bounded(sum.received))}
                <span class="muted">" / "{number(bounded(sum.ordered))}</span>
            </span>
            {speed}
            {blocks}
        </div>
        <Bar label=words::receiving(lang) value=bounded(sum.received) max=bounded(sum.ordered) tone=tone/>
    }
}

/// What stands in the way.
#[component]
fn TroubleView(
    gtin: String,
    trouble: ReceivingTrouble,
    /// The station rejected these goods.
    rejected: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let (title, text) = words::receiving_trouble(&trouble, rejected, lang);
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
fn Acts(id: EmissionId, possible: Possible, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let pause = ServerAction::<PauseReceiving>::new();
    let go_on = ServerAction::<ReceiveCodes>::new();
    reload_after(pause, reload);
    reload_after(go_on, reload);
    let going_on = possible.go_on.map(|state| {
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
    });
    let pausing = possible.pause.then(|| {
        view! {
            <ActionForm action=pause>
                <Which id=id/>
                <Button text=words::pause(lang) pending=pause.pending()/>
            </ActionForm>
        }
    });
    view! {
        <Trouble action=pause/>
        <Trouble action=go_on/>
        <div class="top">{going_on}{pausing}</div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goods(state: ReceivingState, trouble: Option<ReceivingTrouble>) -> ReceivingView {
        ReceivingView {
            gtin: "04606038003172".into(),
            state,
            ordered: 10,
            received: 5,
            blocks: 1,
            passed: Some(5),
            speed: None,
            trouble,
            expires: None,
        }
    }

    #[test]
    fn nothing_is_offered_that_cannot_help() {
        let paused = goods(ReceivingState::Paused, None);
        let differ = ReceivingTrouble::SumsDiffer { held: 4, passed: 5 };
        let stuck = goods(ReceivingState::Stuck, Some(differ));
        let ended = goods(ReceivingState::Stuck, Some(ReceivingTrouble::Ended(None)));
        let running = goods(ReceivingState::Running, None);
        let possible = |all: &[&ReceivingView], order| {
            let all: Vec<ReceivingView> = all.iter().copied().cloned().collect();
            let possible = Possible::of(&all, order);
            (possible.pause, possible.go_on, fetching(&all, order))
        };
        let (there, over) = (EmissionState::Ready, EmissionState::Closed);
        let resume = Some(ReceivingState::Paused);
        assert_eq!(
            possible(&[&paused], there),
            (false, resume, Fetching::Paused)
        );
        assert_eq!(possible(&[&paused], over), (false, None, Fetching::Over));
        let again = Some(ReceivingState::Stuck);
        assert_eq!(possible(&[&stuck], there), (false, again, Fetching::Stuck));
        assert_eq!(
            possible(&[&stuck], EmissionState::Expired),
            (false, None, Fetching::Over)
        );
        assert_eq!(possible(&[&ended], there), (false, None, Fetching::Over));
        assert_eq!(
            possible(&[&running, &stuck], there),
            (true, again, Fetching::Running)
        );
        assert_eq!(
            possible(&[&running, &ended], there),
            (true, None, Fetching::Running)
        );
        let whole = goods(ReceivingState::Whole, None);
        assert_eq!(possible(&[&whole], over), (false, None, Fetching::Whole));
        assert_eq!(
            possible(&[&whole, &ended], there),
            (false, None, Fetching::Over)
        );
    }
}
