//! The scanner's check-up: scan the sample and see what to set right.

mod diagnosis;

use super::raw::raw_text;
use crate::{
    texts::{self, check::scanner as words},
    ui::{
        Notice, Pill, Tone, part,
        scanner::{Burst, End, Press, Scan, key_of},
    },
};
use cis::{GS, Lang};
use diagnosis::{Fault, SAMPLE, diagnose};
use leptos::{ev, html, prelude::*};
use std::time::Duration;

/// Milliseconds without a key after which a scan is over; nobody types here by hand.
const PAUSE: u32 = 400;

/// The card with the sample, the field and the findings.
#[component]
pub(super) fn ScannerCard() -> impl IntoView {
    let lang = texts::lang();
    let scan = RwSignal::new(None::<Scan>);
    view! {
        <section class="card pad stack needs-script" id="scanner" aria-labelledby="scanner-title">
            <h2 id="scanner-title">{words::title(lang)}</h2>
            <div class="scanner">
                <figure class="sample">
                    <img src="/scanner-sample.svg" width="132" height="132" alt=words::sample(lang)/>
                    <figcaption class="mono faint" translate="no">{raw_text(SAMPLE, None)}</figcaption>
                </figure>
                <div class="stack">
                    <p>{words::how(lang)}</p>
                    <Field scan=scan/>
                    <div class="stack" aria-live="polite">
                        {part(move || scan.get().map(|scan| findings(&scan, lang)))}
                    </div>
                </div>
            </div>
        </section>
    }
}

/// The field: keys are taken as they come, nothing is written by hand.
#[component]
fn Field(
    /// The newest scan.
    scan: RwSignal<Option<Scan>>,
) -> impl IntoView {
    let lang = texts::lang();
    let node = NodeRef::<html::Input>::new();
    let burst = StoredValue::new(Burst::patient(PAUSE));
    // Whoever opens the check-up is about to scan.
    node.on_load(|node| {
        let _focused = node.focus();
    });
    let finish = move || {
        let taken = burst.try_update_value(Burst::take).flatten();
        let Some(node) = node.get_untracked() else {
            return;
        };
        // Where keys have no names, as on a phone, there is still the text.
        let text = node.value();
        let taken = taken.or_else(|| whole(&text));
        if taken.is_some() {
            scan.set(taken);
            node.set_value("");
        }
    };
    let finish_later = move || {
        let came = move || {
            (
                burst.try_with_value(Burst::strokes),
                node.get_untracked().map(|node| node.value().len()),
            )
        };
        let now = came();
        set_timeout(
            move || {
                if came() == now {
                    finish();
                }
            },
            Duration::from_millis(u64::from(PAUSE)),
        );
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let (code, typed) = (event.code(), event.key());
        let under_way = burst.try_with_value(Burst::is_empty) == Some(false);
        let press = burst
            .try_update_value(|burst| burst.press(key_of(&event, &code, &typed)))
            .unwrap_or(Press::Ordinary);
        let ends = press == Press::Enter || (code == "Tab" && under_way);
        if ends || matches!(press, Press::Separator | Press::Kept) {
            event.prevent_default();
        }
        if ends {
            finish();
        } else {
            finish_later();
        }
    };
    view! {
        <label class="labelled">
            <span class="label">{words::field(lang)}</span>
            <input
                class="field scan"
                inputmode="none"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                node_ref=node
                on:keydown=on_key
                on:input=move |_| finish_later()
            />
        </label>
    }
}

/// A text as a scan of which nothing else is known.
fn whole(text: &str) -> Option<Scan> {
    (text.len() >= 8).then(|| Scan {
        keys: text.to_owned(),
        typed: text.to_owned(),
        end: End::Enter,
        ..Scan::default()
    })
}

/// What came, and what to set right.
fn findings(scan: &Scan, lang: Lang) -> AnyView {
    let faults = diagnose(scan);
    let verdict = if faults.is_empty() {
        view! { <Notice tone=Tone::Ok text=words::good(lang)><p>{words::good_text(lang)}</p></Notice> }.into_any()
    } else {
        let row = |fault: &Fault| {
            let (tone, what, advice) = told(fault, lang);
            view! { <li class="stack tight"><Pill tone=tone text=what/><span>{advice}</span></li> }
        };
        view! {
            <h3>{words::faults(lang)}</h3>
            <ul class="faults">{faults.iter().map(row).collect_view()}</ul>
        }
        .into_any()
    };
    let count = u32::try_from(scan.keys.chars().count()).unwrap_or(u32::MAX);
    let typed = (scan.typed != scan.keys).then(|| {
        view! { <span class="hint">{words::on_screen(lang)}</span> {raw_text(&scan.typed, None)} }
    });
    view! {
        {verdict}
        <div>
            <span class="hint">{words::received(lang)} ": " {words::pace(count, scan.slowest, lang)}</span>
            {raw_text(&scan.keys, None)}
            {typed}
            <details>
                <summary>{words::bytes(lang)}</summary>
                <p class="mono faint">{bytes(&scan.keys)}</p>
            </details>
        </div>
    }
    .into_any()
}

/// The bytes as pairs of hexadecimal digits.
fn bytes(text: &str) -> String {
    let digit = |value: u8| {
        char::from_digit(u32::from(value), 16)
            .unwrap_or('0')
            .to_ascii_uppercase()
    };
    text.bytes()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15), ' '])
        .collect()
}

/// A fault in a few words, and what to do about it.
fn told(fault: &Fault, lang: Lang) -> (Tone, String, &'static str) {
    let (what, advice) = match fault {
        Fault::Layout => (words::layout(lang), words::layout_text(lang)),
        Fault::Caps => (words::caps(lang), words::caps_text(lang)),
        Fault::SeparatorLost => (words::gs_lost(lang), words::gs_lost_text(lang)),
        Fault::SeparatorSpelled(_) => (words::gs_spelled(lang), words::gs_spelled_text(lang)),
        Fault::Prefix(_) => (words::prefix(lang), words::prefix_text(lang)),
        Fault::Suffix(_) => (words::suffix(lang), words::suffix_text(lang)),
        Fault::NoEnter => (words::no_enter(lang), words::no_enter_text(lang)),
        Fault::Lost => (words::lost(lang), words::lost_text(lang)),
        Fault::Slow(_) => (words::slow(lang), words::slow_text(lang)),
        Fault::Unread => (words::unread(lang), words::unread_text(lang)),
    };
    let tone = match fault {
        Fault::NoEnter | Fault::Slow(_) | Fault::Suffix(_) | Fault::Layout => Tone::Warn,
        _ => Tone::Bad,
    };
    let what = match fault {
        Fault::SeparatorSpelled(text) | Fault::Prefix(text) | Fault::Suffix(text) => {
            [what, ": ", &text.replace(GS, "GS")].concat()
        }
        _ => what.to_owned(),
    };
    (tone, what, advice)
}
