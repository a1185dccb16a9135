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
use cis::{MarkingCode, Refusal, Remark, RemarkKind, Severity};
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
    match parsed.result {
        Ok(code) => {
            view! { <Read code=code remarks=parsed.remarks raw=raw verdict=verdict/> }.into_any()
        }
        Err(refusal) => view! { <Refused refusal=refusal raw=raw/> }.into_any(),
    }
}

/// A code, taken apart.
#[component]
fn Read(
    /// The code.
    code: MarkingCode,
    /// What was repaired or noticed.
    remarks: Vec<Remark>,
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
    let first = remarks.first().and_then(Remark::position);
    view! {
        <div class="pad stack">
            <div class="top">
                <VerdictPill verdict=verdict/>
                <h2>{kind}</h2>
                <span class="right"><Pill tone=tone text=opinion/></span>
            </div>
            {anatomy(&code)}
            {reason.map(|reason| view! { <p class="muted">{reason}</p> })}
            {(!remarks.is_empty()).then(|| view! { <Steps remarks=remarks/> })}
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

/// What was repaired or noticed, in the order of the text.
#[component]
fn Steps(
    /// The remarks.
    remarks: Vec<Remark>,
) -> impl IntoView {
    let lang = texts::lang();
    let step = move |remark: Remark| {
        let separated = match remark.kind() {
            RemarkKind::AmbiguousBareKi { separated, .. }
            | RemarkKind::AmbiguousSerial { separated } => Some(separated.as_str().to_owned()),
            _ => None,
        };
        let noticed = remark.severity() != Severity::Repair;
        view! {
            <li class:off=!noticed>
                <span>
                    {remark.message(lang)}
                    {separated
                        .map(|code| view! { " "<CopyButton label=check::copy_separated(lang) text=code/> })}
                </span>
            </li>
        }
    };
    view! { <ol class="steps">{remarks.into_iter().map(step).collect_view()}</ol> }
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
    refusal: Refusal,
    /// The text as it was given.
    raw: String,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <div class="pad stack">
            <div class="top">
                <VerdictPill verdict=Verdict::Refused/>
            </div>
            <p>{refusal.message(lang)}</p>
            {raw_text(&raw, refusal.position())}
        </div>
    }
}
