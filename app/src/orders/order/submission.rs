//! How the newest sending goes and what came of it.

use super::{Order, Work, boxed, dock::SendForm, lines::stored_unit, stored};
use crate::{
    texts::{
        self,
        orders::{page, sending as words},
    },
    ui::{Moment, Pill, TheirWordsView, Tone, code::CodeView, part},
};
use desk::{
    orders::{LineView, MarkView, SlotView},
    submission::{SubmissionState, SubmissionView},
};
use leptos::prelude::*;
use std::sync::Arc;
use stored::Beside;

/// What a state means at a glance.
const fn tone(state: SubmissionState) -> Tone {
    match state {
        SubmissionState::Queued | SubmissionState::Sending | SubmissionState::Unknown => Tone::Busy,
        SubmissionState::Accepted => Tone::Ok,
        SubmissionState::Refused | SubmissionState::Conflict => Tone::Bad,
        SubmissionState::Superseded => Tone::Off,
    }
}

/// The panel of the newest submission, when there is one.
#[component]
pub(super) fn Submission(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let newest = Memo::new(move |_| order.with(|order| order.submission.clone()));
    let changed = Memo::new(move |_| order.with(|order| order.changed_since));
    let state = Memo::new(move |_| {
        newest.with(|newest| newest.as_ref().map(|submission| submission.state))
    });
    let panel = move || {
        newest
            .get()
            .map(|submission| view! { <Facts submission=submission boxed=order.with(|order| boxed(order)) changed=changed/> })
    };
    let comparison = move || {
        match state.get() {
        Some(SubmissionState::Accepted) => Some(view! { <Comparison order=order open=false/> }.into_any()),
        Some(SubmissionState::Conflict) => Some(
            view! {
                <Comparison order=order open=true/>
                <div class="top">
                    <SendForm work=work order=order text=words::send_again(lang)/>
                    <ActionForm action=work.refresh>
                        <input type="hidden" name="order" value=work.id.to_string()/>
                        <button type="submit" class="btn" disabled=move || work.refresh.pending().get()>
                            {words::refresh(lang)}
                        </button>
                    </ActionForm>
                </div>
            }
            .into_any(),
        ),
        Some(SubmissionState::Queued) => Some(view! { <Withdrawal work=work order=order/> }.into_any()),
        _ => None,
    }
    };
    let there = Memo::new(move |_| state.get().is_some());
    part(move || {
        there.get().then(|| {
            view! {
                <section class="card pad stack" aria-labelledby="submission">
                    {part(panel)}
                    {part(comparison)}
                </section>
            }
        })
    })
}

/// Taking a sending back while surely nothing of it has left.
#[component]
fn Withdrawal(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let may = Memo::new(move |_| order.with(|order| order.may.send));
    part(move || {
        may.get().then(|| {
            view! {
                <ActionForm action=work.withdraw>
                    <input type="hidden" name="order" value=work.id.to_string()/>
                    <button type="submit" class="btn" disabled=move || work.withdraw.pending().get()>
                        {words::withdraw(lang)}
                    </button>
                </ActionForm>
            }
        })
    })
}

/// State, times, and the marketplace's words.
#[component]
fn Facts(
    /// The submission.
    submission: SubmissionView,
    /// Whether boxes were sent.
    boxed: bool,
    /// Whether the slots changed since.
    changed: Memo<bool>,
) -> impl IntoView {
    let lang = texts::lang();
    let state = submission.state;
    let meaning = words::meaning(&submission, boxed, lang);
    let next = submission.next_attempt.filter(|_| state.in_flight());
    let trouble = submission.trouble.filter(|_| state.in_flight());
    let refusal = submission.refusal.map(|refusal| {
        view! {
            {submission.refusal_means.map(|text| view! { <p>{text}</p> })}
            <TheirWordsView words=refusal/>
        }
    });
    view! {
        <div class="top">
            <h2 id="submission">{words::number(submission.number, lang)}</h2>
            <span role="status"><Pill tone=tone(state) text=words::state(state, boxed, lang)/></span>
            <span class="right muted">
                {match submission.settled {
                    Some(settled) => view! { {words::settled(lang)} " " <Moment when=settled/> }.into_any(),
                    None => view! { {words::stored(lang)} " " <Moment when=submission.stored/> }.into_any(),
                }}
            </span>
        </div>
        <p>{meaning}</p>
        {refusal}
        {(submission.attempts > 1 || next.is_some())
            .then(|| {
                view! {
                    <p class="muted">
                        {words::attempts(submission.attempts, lang)} ". "
                        {next.map(|next| view! { {words::next_attempt(lang)} " " <Moment when=next/> "." })}
                    </p>
                }
            })}
        {trouble.map(|cause| view! { <p class="faint">{words::network(lang)} ": " <q>{cause}</q></p> })}
        {move || (changed.get() && !state.in_flight()).then(|| view! { <p>{words::changed(state, lang)}</p> })}
    }
}

/// Every unit from both sides: what lies here and what the marketplace stored.
#[component]
fn Comparison(
    /// The newest order.
    order: Signal<Arc<Order>>,
    /// Whether it is shown at once.
    open: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let lines = Memo::new(move |_| order.with(|order| compared(&order.lines)));
    let line = |(name, units): (String, Vec<Beside>)| {
        view! {
            <h3>{name}</h3>
            <div class="beside">{units.into_iter().map(both_sides).collect_view()}</div>
        }
    };
    view! {
        <details open=open>
            <summary>{words::compare(lang)}</summary>
            {move || lines.get().into_iter().map(line).collect_view()}
        </details>
    }
}

/// The lines that have something to compare.
fn compared(lines: &[LineView]) -> Vec<(String, Vec<Beside>)> {
    lines
        .iter()
        .map(|line| (line.name.clone(), stored::beside(line)))
        .filter(|(_, units)| !units.is_empty())
        .collect()
}

fn both_sides(unit: Beside) -> impl IntoView {
    let lang = texts::lang();
    let (tone, word) = match (&unit.slot, &unit.stored) {
        (Some(_), Some(_)) => (Tone::Ok, words::same(lang)),
        (Some(_), None) => (Tone::Warn, words::absent_there(lang)),
        _ => (Tone::Warn, words::absent_here(lang)),
    };
    view! {
        <div class="beside-unit">
            <Pill tone=tone text=word/>
            {unit.slot.map(|slot| view! { <div><span class="muted">{words::ours(lang)}</span>{own_unit(&slot)}</div> })}
            {unit
                .stored
                .map(|stored| view! { <div><span class="muted">{words::theirs(lang)}</span>{stored_unit(&stored)}</div> })}
        </div>
    }
}

/// Everything that lies in a slot.
fn own_unit(slot: &SlotView) -> impl IntoView + use<> {
    let lang = texts::lang();
    let plain = |label: &'static str, text: Option<String>| {
        text.map(|text| view! { <div><span class="faint">{label} " "</span><span class="mono">{text}</span></div> })
    };
    let mark = slot.mark.clone().map(|mark| match mark {
        MarkView::Cis(code) => view! {
            <div><span class="faint">{words::full_code(lang)} " "</span><CodeView text=code whole=true/></div>
        }
        .into_any(),
        MarkView::Uin(uin) => plain(page::uin(lang), Some(uin)).into_any(),
    });
    view! {
        {mark}
        {plain(page::rnpt(lang), slot.rnpt.clone())}
        {plain(page::gtd(lang), slot.gtd.clone())}
        {plain(page::country(lang), slot.country.clone())}
    }
}
