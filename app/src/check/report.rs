//! One text, checked: verdict, parts, what was repaired, and the code to take away.

use super::{
    anatomy::anatomy,
    raw::raw_text,
    verdict::{Verdict, VerdictPill, market_opinion},
};
use crate::{
    texts::{self, check},
    ui::{CopyButton, Pill},
};
use cis::{MarkingCode, Parsed, Reading, Repair};
use desk::orders::placing::first_reading;
use leptos::prelude::*;

/// What a text is.
#[component]
pub(super) fn Report(
    /// The text as it was given.
    #[prop(into)]
    raw: String,
) -> impl IntoView {
    let parsed = cis::parse(&raw);
    let verdict = Verdict::of(&parsed);
    let place = parsed.position();
    let reason = parsed.reason(texts::lang());
    let first = parsed.repairs.first().and_then(Repair::position);
    let steps = steps(&parsed);
    match first_reading(parsed.verdict) {
        Some(code) => {
            view! { <Read code=code steps=steps first=first raw=raw verdict=verdict/> }.into_any()
        }
        None => view! { <Refused reason=reason place=place raw=raw/> }.into_any(),
    }
}

/// One thing to tell about a code.
struct Step {
    sentence: String,
    /// Whether the code is as it was given, and a person should look.
    noticed: bool,
    /// Another code that the text may stand for.
    other: Option<String>,
}

/// What was repaired, what was noticed, and what is asked.
fn steps(parsed: &Parsed) -> Vec<Step> {
    let lang = texts::lang();
    let step = |sentence, noticed| Step {
        sentence,
        noticed,
        other: None,
    };
    let repairs = parsed.repairs.iter().map(|repair| step(repair.message(lang), false));
    let remarks = parsed.remarks.iter().map(|remark| step(remark.message(lang), true));
    let question = match &parsed.verdict {
        cis::Verdict::Ambiguous(question) => Some(Step {
            sentence: question.message(lang),
            noticed: true,
            other: question.readings().get(1).map(Reading::code).map(|code| code.as_str().to_owned()),
        }),
        _ => None,
    };
    repairs.chain(remarks).chain(question).collect()
}

/// A code, taken apart.
#[component]
fn Read(
    /// The code.
    code: MarkingCode,
    /// What was repaired or noticed.
    steps: Vec<Step>,
    /// The first place that was repaired.
    #[prop(optional_no_strip)]
    first: Option<usize>,
    /// The text as it was given.
    raw: String,
    /// The verdict.
    verdict: Verdict,
) -> impl IntoView {
    let lang = texts::lang();
    let kind = if code.has_tail() {
        check::with_tail(lang)
    } else {
        check::without_tail(lang)
    };
    let (tone, opinion, reason) = market_opinion(&code, lang);
    let repaired = raw != code.as_str();
    view! {
        <div class="pad stack">
            <div class="top">
                <VerdictPill verdict=verdict/>
                <h2>{kind}</h2>
                <span class="right"><Pill tone=tone text=opinion/></span>
            </div>
            {anatomy(&code)}
            {reason.map(|reason| view! { <p class="muted">{reason}</p> })}
            {(!steps.is_empty()).then(|| view! { <Steps steps=steps/> })}
            {repaired
                .then(|| {
                    view! {
                        <div>
                            <span class="hint">{check::as_given(lang)}</span>
                            {raw_text(&raw, first)}
                        </div>
                    }
                })}
            <Copies code=code/>
        </div>
    }
}

/// What was repaired or noticed, in the order in which it was done.
#[component]
fn Steps(
    /// The steps.
    steps: Vec<Step>,
) -> impl IntoView {
    let lang = texts::lang();
    let step = move |step: Step| {
        view! {
            <li class:off=!step.noticed>
                <span>
                    {step.sentence}
                    {step
                        .other
                        .map(|code| view! { " "<CopyButton label=check::copy_separated(lang) text=code/> })}
                </span>
            </li>
        }
    };
    view! { <ol class="steps">{steps.into_iter().map(step).collect_view()}</ol> }
}

/// The code to take away, in the spellings that people need.
#[component]
fn Copies(
    /// The code.
    code: MarkingCode,
) -> impl IntoView {
    let lang = texts::lang();
    // A string is always representable in JSON; without it the button would copy the plain code.
    let json = serde_json::to_string(code.as_str()).unwrap_or_else(|_| code.as_str().to_owned());
    let ki = code.ki().as_str().to_owned();
    view! {
        <div class="top needs-script">
            <CopyButton label=check::copy_code(lang) text=code.into_string()/>
            <CopyButton label=check::copy_json(lang) text=json/>
            <CopyButton label=check::copy_ki(lang) text=ki/>
        </div>
    }
}

/// Not a code: why, where, and what to do.
#[component]
fn Refused(
    /// Why.
    #[prop(optional_no_strip)]
    reason: Option<String>,
    /// The character that is wrong.
    #[prop(optional_no_strip)]
    place: Option<usize>,
    /// The text as it was given.
    raw: String,
) -> impl IntoView {
    view! {
        <div class="pad stack">
            <div class="top">
                <VerdictPill verdict=Verdict::Refused/>
            </div>
            <p>{reason}</p>
            {raw_text(&raw, place)}
        </div>
    }
}
