//! One text, checked: verdict, parts, what was repaired, and the code to take away.

use super::{
    anatomy::anatomy,
    facts::gtin_facts,
    raw::raw_text,
    verdict::{VerdictPill, market_opinion},
};
use crate::{
    texts::{self, check},
    ui::{CopyButton, Pill, part},
};
use cis::{
    Doubt, Hint, Lang, MarkingCode, Nearest, Parsed, Question, Reading, Remark, Repair, Step,
    Verdict, escape, parse_with,
};
use leptos::prelude::*;

/// Groups that are named beside the kind of a code.
const NAMED: usize = 3;

/// Characters of a changed text that are shown.
const SHOWN: usize = 44;

/// What a text is.
#[component]
pub(super) fn Report<'a>(
    /// The text as it was given.
    raw: &'a str,
    /// What is known of it.
    hint: Hint,
) -> impl IntoView + use<> {
    let parsed = parse_with(raw, &hint);
    let lang = texts::lang();
    let pill = view! { <VerdictPill parsed=&parsed/> };
    let position = parsed.position();
    // The readings stand below, one by one.
    let reason = match &parsed.verdict {
        Verdict::Ambiguous(question) if question.doubt() == Doubt::Readings => {
            Some(check::two_ways(lang).to_owned())
        }
        _ => parsed.reason(lang),
    };
    let Parsed {
        verdict,
        repairs,
        remarks,
    } = parsed;
    let body = match verdict {
        Verdict::Code(code) => {
            return view! { <div class="pad stack">{read(pill.into_any(), &code, &repairs, &remarks, raw, lang)}</div> }
                .into_any();
        }
        Verdict::Ambiguous(question) => {
            view! { <Ask question=question repairs=repairs raw=raw.to_owned()/> }.into_any()
        }
        Verdict::NotACode(foreign) => {
            view! { {raw_text(raw, None)} {foreign.gtin().map(gtin_facts)} }.into_any()
        }
        Verdict::Refused(refusal) => {
            view! { {raw_text(raw, position)} {refusal.nearest().map(|nearest| nearest_shape(nearest, lang))} }.into_any()
        }
    };
    view! {
        <div class="pad stack">
            <div class="top">{pill}</div>
            <p>{reason}</p>
            {body}
        </div>
    }
    .into_any()
}

/// Who has codes of the length that is nearest.
fn nearest_shape(nearest: Nearest, lang: Lang) -> impl IntoView {
    let mut names: Vec<&str> = nearest
        .groups
        .iter()
        .take(NAMED)
        .map(|group| group.name(lang))
        .collect();
    if nearest.groups.len() > NAMED {
        names.push("…");
    }
    view! {
        <p class="muted">
            {check::nearest(u32::try_from(nearest.expected).unwrap_or(u32::MAX), lang)} ": " {names.join(", ")}
        </p>
    }
}

/// A code, taken apart.
fn read(
    pill: AnyView,
    code: &MarkingCode,
    repairs: &[Repair],
    remarks: &[Remark],
    raw: &str,
    lang: Lang,
) -> AnyView {
    let (tone, opinion, reason) = market_opinion(code, lang);
    let first = repairs.iter().find_map(Repair::position);
    let as_given = (raw != code.as_str()).then(|| {
        view! {
            <div>
                <span class="hint">{check::as_given(lang)}</span>
                {raw_text(raw, first)}
            </div>
        }
    });
    let price = code.maximum_retail_price().map(|price| {
        view! { <p>{check::price(lang)} ": " <b>{price.to_string()} " ₽"</b></p> }
    });
    view! {
        <div class="top">
            {pill}
            <h2>{headline(code, lang)}</h2>
            <span class="right"><Pill tone=tone text=opinion/></span>
        </div>
        {anatomy(code)}
        {price}
        {reason.map(|reason| view! { <p class="muted">{reason}</p> })}
        {steps(repairs, remarks, lang)}
        {as_given}
        {copies(code, lang)}
    }
    .into_any()
}

/// What the code is put on: its groups when they are few, its kind, and whether its tail is there.
fn headline(code: &MarkingCode, lang: Lang) -> String {
    let mut said = check::kind(code.kind(), lang).to_owned();
    if code.gtin().is_some() {
        said.push(' ');
        said.push_str(if code.has_tail() {
            check::with_tail(lang)
        } else {
            check::without_tail(lang)
        });
    }
    let groups = code.groups();
    if groups.len() <= NAMED {
        for (index, group) in groups.iter().enumerate() {
            said.push_str(if index == 0 { " · " } else { ", " });
            said.push_str(group.name(lang));
        }
    }
    said
}

/// What was repaired, step by step, and what was noticed.
fn steps(repairs: &[Repair], remarks: &[Remark], lang: Lang) -> AnyView {
    let repaired = repairs.iter().map(|repair| {
        let whole = matches!(repair.step(), Step::Layout | Step::CapsLock | Step::Base64);
        let change = whole.then(|| {
            view! {
                <span class="change mono" translate="no">
                    {pieces(repair.was())} " → " {pieces(repair.became())}
                </span>
            }
        });
        view! { <li><span>{repair.message(lang)} " " {change}</span></li> }.into_any()
    });
    let noticed = remarks.iter().map(|remark| {
        view! { <li class="off"><span>{remark.message(lang)}</span></li> }.into_any()
    });
    let steps: Vec<AnyView> = repaired.chain(noticed).collect();
    if steps.is_empty() {
        return ().into_any();
    }
    view! { <ol class="steps">{steps}</ol> }.into_any()
}

/// The beginning of a changed text, with separators that can be seen.
fn pieces(text: &str) -> String {
    let mut said = escape::visible::encode(text).to_string();
    if let Some((end, _)) = said.char_indices().nth(SHOWN) {
        said.truncate(end);
        said.push('…');
    }
    said
}

/// The code to take away, in the spellings that people need.
fn copies(code: &MarkingCode, lang: Lang) -> AnyView {
    let hri = escape::hri::encode(code).to_string();
    view! {
        <div class="top needs-script">
            <CopyButton label=check::copy_code(lang) text=code.as_str()/>
            <CopyButton label=check::copy_json(lang) text=escape::json::quoted(code.as_str()).to_string()/>
            {(hri != code.as_str()).then(|| view! { <CopyButton label="(01)…(21)…" text=hri/> })}
            <CopyButton label=check::copy_ki(lang) text=code.ki().as_str()/>
        </div>
    }
    .into_any()
}

/// A text that only a person can decide about: the readings, and a button for each.
#[component]
fn Ask(
    /// The question.
    question: Question,
    /// What was repaired whatever the answer is.
    repairs: Vec<Repair>,
    /// The text as it was given.
    raw: String,
) -> impl IntoView {
    let lang = texts::lang();
    let chosen = RwSignal::new(None::<usize>);
    let readings = StoredValue::new(question.into_readings());
    let all = StoredValue::new((repairs, raw));
    let offer = move |(index, reading): (usize, &Reading)| {
        view! {
            <div class="reading stack">
                <div class="top">
                    <h3>{reading.meaning(lang)}</h3>
                    <button type="button" class="btn needs-script" on:click=move |_| chosen.set(Some(index))>
                        {check::choose(lang)}
                    </button>
                </div>
                {anatomy(reading.code())}
                {steps(reading.repairs(), &[], lang)}
            </div>
        }
    };
    part(move || {
        readings.with_value(
            |readings| match chosen.get().and_then(|index| readings.get(index)) {
                None => readings
                    .iter()
                    .enumerate()
                    .map(offer)
                    .collect_view()
                    .into_any(),
                Some(reading) => all.with_value(|(repairs, raw)| {
                    let steps: Vec<Repair> =
                        repairs.iter().chain(reading.repairs()).cloned().collect();
                    read(().into_any(), reading.code(), &steps, &[], raw, lang)
                }),
            },
        )
    })
}
