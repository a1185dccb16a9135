//! What the lines of the field would become, before anybody presses anything.

use super::tone;
use crate::{
    orders::order::{
        Order,
        intake::{Judged, Judgement, explain},
    },
    texts::{self, orders::scan as words},
    ui::{
        Pill, Tone,
        code::{CodeView, RawText},
    },
};
use desk::orders::placing::Verdict;
use leptos::prelude::*;
use std::sync::Arc;

/// What would become of each line of the field.
#[component]
pub(super) fn Judgements(
    /// The field's lines, judged.
    judgement: Memo<Judgement>,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let summary = move || {
        judgement.with(|judgement| {
            let (fit, repeated, wrong) = judgement.counts();
            words::summary(fit, repeated, wrong, lang)
        })
    };
    let several = Memo::new(move |_| judgement.with(|judgement| judgement.lines.len() > 1));
    let unjudged = Memo::new(move |_| judgement.with(|judgement| judgement.unjudged));
    view! {
        <div class="judged" hidden=move || judgement.with(|judgement| judgement.lines.is_empty())>
            <p class="muted" role="status" hidden=move || !several.get()>{move || several.get().then(summary)}</p>
            {move || {
                judgement
                    .with(|judgement| {
                        judgement.lines.iter().map(|line| order.with(|order| judged(line, order))).collect_view()
                    })
            }}
            {move || {
                let unjudged = unjudged.get();
                (unjudged > 0).then(|| view! { <p class="muted">{words::unjudged(unjudged, lang)}</p> })
            }}
        </div>
    }
}

/// One line: verdict, the code taken apart, what was repaired, where it will fall.
fn judged(line: &Judged, order: &Order) -> impl IntoView + use<> {
    let lang = texts::lang();
    let (tone, word) = match &line.verdict {
        Verdict::Placed { .. } if line.repaired() => (Tone::Warn, words::repaired(lang)),
        Verdict::Placed { .. } => (Tone::Ok, words::fits(lang)),
        verdict => (tone(verdict), words::word(verdict, lang)),
    };
    let (notes, reason) = explain(&line.parsed, &line.verdict, lang);
    let sentence = match reason {
        Some(reason) => reason,
        None => words::sentence(&line.verdict, &order.lines, lang),
    };
    let place = line.parsed.position();
    let code = match &line.code {
        Some(code) => view! { <CodeView text=code.clone()/> }.into_any(),
        None => view! { <RawText text=line.raw.clone() place=place/> }.into_any(),
    };
    let remarks = notes
        .into_iter()
        .map(|note| view! { <li>{note}</li> })
        .collect_view();
    let as_it_was = (line.code.is_some() && line.repaired()).then(|| {
        view! {
            <details class="faint">
                <summary>{words::whole_text(lang)}</summary>
                <RawText text=line.raw.clone()/>
            </details>
        }
    });
    view! {
        <div class="judged-line">
            <Pill tone=tone text=word/>
            <div class="stack tight">
                {code}
                <p>{sentence}</p>
                <ul class="remarks muted">{remarks}</ul>
                {as_it_was}
            </div>
        </div>
    }
}
