//! The foot: the order's lines with two lights for each unit, and what can be done beside scanning.

use super::{bench::Bench, browser};
use crate::{
    texts::{self, packing as words},
    ui::part,
};
use desk::{
    orders::{LineView, SlotView, WorkState},
    packing::{PackOrder, ServiceCode, session::Session},
    verification::Light,
};
use leptos::prelude::*;

/// What the marketplace says of a unit's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Theirs {
    Nothing,
    Leaving,
    Said(Light),
}

fn theirs(order: &PackOrder, slot: &SlotView) -> Theirs {
    if slot.mark.is_none() {
        return Theirs::Nothing;
    }
    match order.theirs.iter().find(|(said, _)| *said == slot.id) {
        Some((_, light)) => Theirs::Said(*light),
        None if matches!(order.work, WorkState::Sending | WorkState::Unknown) => Theirs::Leaving,
        None => Theirs::Nothing,
    }
}

impl Theirs {
    const fn mark(self) -> &'static str {
        match self {
            Self::Nothing => "·",
            Self::Leaving => "↑",
            Self::Said(Light::Waiting | Light::Troubled) => "…",
            Self::Said(Light::Passed) => "✓",
            Self::Said(Light::Rejected) => "✕",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Nothing => "pk-light",
            Self::Leaving | Self::Said(Light::Waiting | Light::Troubled) => "pk-light busy",
            Self::Said(Light::Passed) => "pk-light ok",
            Self::Said(Light::Rejected) => "pk-light bad",
        }
    }

    const fn words(self, lang: cis::Lang) -> &'static str {
        match self {
            Self::Nothing => words::theirs_none(lang),
            Self::Leaving => words::theirs_leaving(lang),
            Self::Said(Light::Waiting) => words::theirs_waiting(lang),
            Self::Said(Light::Troubled) => words::theirs_troubled(lang),
            Self::Said(Light::Passed) => words::theirs_passed(lang),
            Self::Said(Light::Rejected) => words::theirs_rejected(lang),
        }
    }
}

/// Lines and acts.
#[component]
pub(super) fn Foot(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let lang = texts::lang();
    let lines = move || {
        bench.session.with(|session| {
            session.shown().map(|order| {
                let rejected = order.rework();
                let lines = order.lines.iter().map(|it| line(order, it)).collect_view();
                view! {
                    {rejected.then(|| view! { <p class="pk-note bad">{words::rejected(lang)}</p> })}
                    <ul class="pk-lines">{lines}</ul>
                }
            })
        })
    };
    view! {
        <footer class="pk-foot">
            {part(lines)}
            <Acts bench=bench/>
        </footer>
    }
}

fn line(order: &PackOrder, line: &LineView) -> impl IntoView + use<> {
    let lang = texts::lang();
    let places = line
        .slots
        .iter()
        .map(|slot| {
            let (here, theirs) = (slot.mark.is_some(), theirs(order, slot));
            let ours = if here {
                words::ours_here(lang)
            } else {
                words::ours_empty(lang)
            };
            let said = format!("{}: {ours}; {}", slot.number, theirs.words(lang));
            let title = said.clone();
            let class = match theirs {
                Theirs::Said(Light::Rejected) => "slot bad pk-slot",
                _ if here => "slot ok pk-slot",
                _ => "slot pk-slot",
            };
            view! {
                <li class=class title=title>
                    <span aria-hidden="true">{slot.number}</span>
                    <span class=if here { "pk-light ok" } else { "pk-light" } aria-hidden="true">{if here { "✓" } else { "○" }}</span>
                    <span class=theirs.class() aria-hidden="true">{theirs.mark()}</span>
                    <span class="vh">{said}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <li class="pk-line">
            <b>{line.name.clone()}</b>
            {line.slots.is_empty().then(|| view! { <span class="muted">{format!("{} × {}", line.count, words::unmarked(lang))}</span> })}
            <ul class="slots">{places}</ul>
        </li>
    }
    .into_any()
}

/// What can be done beside scanning, each by a key, a button and a code on the card.
#[component]
fn Acts(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let lang = texts::lang();
    let label = Memo::new(move |_| {
        bench.session.with(|session| {
            let order = session.to_print()?;
            Some((order.number.to_string(), session.labels()))
        })
    });
    let removing = Memo::new(move |_| bench.session.with(Session::removing));
    let act = move |code: ServiceCode, key: &'static str, name: &'static str| {
        view! {
            <button type="button" class="btn" aria-keyshortcuts=key on:click=move |_| bench.command(code)>
                {name} <kbd>{key}</kbd>
            </button>
        }
    };
    view! {
        <div class="pk-acts needs-script" role="group" aria-label=words::tools(lang)>
            {act(ServiceCode::Undo, "Esc", words::undo(lang))}
            <button
                type="button"
                class="btn"
                aria-keyshortcuts="F2"
                aria-pressed=move || removing.get().to_string()
                on:click=move |_| bench.command(ServiceCode::Remove)
            >
                {words::remove(lang)} <kbd>"F2"</kbd>
            </button>
            {act(ServiceCode::Next, "F4", words::next(lang))}
            {part(move || {
                label
                    .get()
                    .map(|(number, waiting)| {
                        view! {
                            <button
                                type="button"
                                class="btn"
                                aria-keyshortcuts="F9"
                                on:click=move |_| bench.command(ServiceCode::Print)
                            >
                                {words::print(lang)} " " <b>{number}</b>
                                {(waiting > 1).then(|| view! { <span class="pill off">{waiting}</span> })} <kbd>"F9"</kbd>
                            </button>
                        }
                    })
            })}
            <Camera bench=bench/>
            <PrintsItself bench=bench/>
            <a class="btn quiet" href="/packing-card.svg" target="_blank" rel="external noopener">{words::card(lang)}</a>
        </div>
    }
}

/// Whether labels are printed without being asked for: where the browser prints without a question of its own.
#[component]
fn PrintsItself(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let lang = texts::lang();
    let on = Memo::new(move |_| bench.session.with(Session::prints_itself));
    let set = move |event| bench.prints_itself(event_target_checked(&event));
    view! {
        <label class="pk-itself" title=words::prints_itself_hint(lang)>
            <input type="checkbox" prop:checked=move || on.get() on:change=set/>
            <span>{words::prints_itself(lang)}</span>
        </label>
    }
}

/// The camera, for a phone without a scanner.
#[component]
fn Camera(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let lang = texts::lang();
    let on = bench.camera;
    let trouble = RwSignal::new(String::new());
    let toggle = move |_| {
        trouble.set(String::new());
        if on.get_untracked() {
            browser::camera_off();
            on.set(false);
            return;
        }
        on.set(true);
        let heard = move |text| bench.hear(text, false);
        browser::camera(heard, move |why| {
            if !why.is_empty() {
                on.set(false);
                trouble.set(why);
            }
        });
    };
    on_cleanup(move || {
        browser::camera_off();
        on.set(false);
    });
    let why = move || match trouble.get().as_str() {
        "" => None,
        "insecure" => Some(words::camera_insecure(lang)),
        "denied" => Some(words::camera_denied(lang)),
        _ => Some(words::camera_none(lang)),
    };
    view! {
        <button type="button" class="btn" aria-pressed=move || on.get().to_string() on:click=toggle>
            {move || if on.get() { words::camera_off(lang) } else { words::camera(lang) }}
        </button>
        {part(move || why().map(|why| view! { <p class="pk-note warn" role="status">{why}</p> }))}
    }
}
