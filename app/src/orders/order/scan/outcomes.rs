//! What became of the last scans.

use super::tone;
use crate::{
    orders::order::{Order, Work, intake::Outbox},
    texts::{self, orders::scan as words},
    ui::{Pill, code::ending, part},
};
use desk::orders::placing::Verdict;
use leptos::prelude::*;
use std::sync::Arc;

/// What became of the last scans, the newest first, and its summary for those who do not see it.
#[component]
pub(super) fn Outcomes(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let outcomes = Memo::new(move |_| work.outbox.with(Outbox::outcomes));
    let spoken = move || {
        let (fit, repeated, wrong) = work.outbox.with(Outbox::last);
        let newest = outcomes.with(|outcomes| outcomes.first().cloned());
        match (fit + repeated + wrong, newest) {
            (1, Some((_, verdict))) => {
                let sentence = order.with(|order| words::sentence(&verdict, &order.lines, lang));
                format!("{}. {sentence}", words::word(&verdict, lang))
            }
            _ => words::summary(fit, repeated, wrong, lang),
        }
    };
    let row = move |(raw, verdict): (String, Verdict)| {
        let sentence = match cis::parse(&raw).reason(lang) {
            Some(reason) if verdict == Verdict::Unreadable => reason,
            _ => order.with(|order| words::sentence(&verdict, &order.lines, lang)),
        };
        view! {
            <li class=tone(&verdict).class()>
                <Pill tone=tone(&verdict) text=words::word(&verdict, lang)/>
                <span class="mono" translate="no">{ending(&raw)}</span>
                <span class="muted">{sentence}</span>
            </li>
        }
    };
    view! {
        <p class="vh" aria-live="polite">{part(spoken)}</p>
        <div hidden=move || outcomes.with(Vec::is_empty) aria-busy=move || work.outbox.with(Outbox::busy).then_some("true")>
            <h2 class="small">{words::last(lang)}</h2>
            <ul class="outcomes">{move || outcomes.get().into_iter().map(row).collect_view()}</ul>
        </div>
    }
}
