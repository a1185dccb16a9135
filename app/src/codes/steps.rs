//! The history of a code.

use super::rows::order_link;
use crate::{
    texts::{self, codes as words},
    ui::{Moment, TheirWordsView, Tone},
};
use desk::codes::{EventKind, Step, StepView};
use leptos::prelude::*;

/// What a step means at a glance.
const fn tone(step: &Step) -> Tone {
    match step {
        Step::Accepted(_) | Step::Event(EventKind::Verified, _) => Tone::Ok,
        Step::Refused(..) | Step::Conflict(_) | Step::Event(EventKind::Rejected, _) => Tone::Bad,
        Step::Event(EventKind::Freed | EventKind::Dropped | EventKind::Returned, _) => Tone::Warn,
        Step::Came(_) | Step::Sent(_) | Step::Event(..) => Tone::Off,
    }
}

/// Everything that happened, oldest first.
#[component]
pub(super) fn Steps(
    /// The steps.
    steps: Vec<StepView>,
) -> impl IntoView {
    let lang = texts::lang();
    let line = move |step: StepView| {
        let (refusal, word) = match &step.step {
            Step::Refused(_, refusal) => (refusal.clone(), None),
            Step::Event(_, word) => (None, word.clone()),
            _ => (None, None),
        };
        view! {
            <li class=tone(&step.step).class()>
                <div>
                    <b>{words::step(&step.step, lang)}</b>
                    {word.map(|word| view! { <div class="their-words"><q lang="" class="mono">{word}</q></div> })}
                    {refusal.map(|words| view! { <TheirWordsView words=words/> })}
                    <div class="sub">
                        {step.order.map(|order| view! { {words::in_order(lang)} " " {order_link(order)} ", " })}
                        <Moment when=step.at/>
                        {step.who.map(|who| view! { ", " {who} })}
                    </div>
                </div>
            </li>
        }
    };
    view! { <ol class="history">{steps.into_iter().map(line).collect_view()}</ol> }
}
