//! The word that is read at two metres, with the sentence under it and the field that scans fall into.

use super::{
    bench::Bench,
    hands::{Field, hold},
};
use crate::{
    early_keys::SCAN_FIELD,
    texts::{self, packing as words},
    ui::{code::CodeView, part},
};
use desk::packing::{Choice, Say, Tone};
use leptos::prelude::*;

/// The class and the shape of a tone: shapes tell what colours tell.
const fn look(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Calm => ("pk-verdict", ""),
        Tone::Good => ("pk-verdict ok", "✓"),
        Tone::Done => ("pk-verdict ok done", "✓✓"),
        Tone::Warn => ("pk-verdict warn", "!"),
        Tone::Bad => ("pk-verdict bad", "✕"),
    }
}

/// What the screen says, and the field.
#[component]
pub(super) fn Verdict(
    /// The bench.
    bench: Bench,
    /// The field.
    field: Field,
) -> impl IntoView {
    let lang = texts::lang();
    let say = Memo::new(move |_| bench.session.with(|session| session.say().clone()));
    let heard = Memo::new(move |_| bench.session.with(|session| session.heard().to_owned()));
    let empty = Memo::new(move |_| {
        bench.there.get() && bench.session.with(|session| session.orders().is_empty())
    });
    let text = move || {
        let say = say.get();
        let (word, sentence) = if say == Say::Waiting && empty.get() {
            (
                words::nothing_to_pack(lang),
                words::nothing_to_pack_text(lang).to_owned(),
            )
        } else if say == Say::Waiting && !bench.there.get() {
            (words::preparing(lang), String::new())
        } else {
            (words::word(&say, lang), words::sentence(&say, lang))
        };
        let shape = look(say.tone()).1;
        view! {
            <span class="pk-word">
                {(!shape.is_empty()).then(|| view! { <span class="pk-shape" aria-hidden="true">{shape}</span> })}
                {word}
            </span>
            <span class="pk-sentence">{sentence}</span>
        }
    };
    let code = move || {
        let about_a_code = !matches!(
            say.get(),
            Say::Waiting | Say::Opened | Say::Full | Say::AlreadySent
        );
        let heard = heard.get();
        (about_a_code && !heard.is_empty())
            .then(|| view! { <span class="pk-code"><CodeView text=heard/></span> })
    };
    view! {
        <div class=move || look(say.get().tone()).0>
            <div class="pk-said" role="status" aria-live="assertive" aria-atomic="true">{part(text)}</div>
            {part(move || match say.get() {
                Say::Ask { options } => Some(view! { <Ask bench=bench options=options/> }),
                _ => None,
            })}
            {part(code)}
            <label class="pk-field needs-script">
                <span class="muted">{words::field(lang)}</span>
                <textarea
                    class="field scan"
                    id=SCAN_FIELD
                    rows="1"
                    autofocus
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    node_ref=field.node
                ></textarea>
            </label>
        </div>
    }
}

/// The question whose code it is. It is answered by holding a key or a button: no scan and no stray Enter does that.
#[component]
fn Ask(
    /// The bench.
    bench: Bench,
    /// What it may be.
    options: Vec<Choice>,
) -> impl IntoView {
    let lang = texts::lang();
    let option = move |(index, option): (usize, Choice)| {
        let (order, line) = (option.order, option.line);
        let down = move |_| hold(move || bench.confirm(order, line));
        view! {
            <li>
                <button
                    type="button"
                    class="btn pk-option"
                    tabindex="-1"
                    on:pointerdown=down
                    on:pointerup=|_| super::hands::let_go()
                    on:pointerleave=|_| super::hands::let_go()
                >
                    <kbd>{index + 1}</kbd>
                    <span>{option.product}</span>
                    <span class="muted">{option.number}</span>
                </button>
            </li>
        }
    };
    view! {
        <ol class="pk-options">{options.into_iter().enumerate().map(option).collect_view()}</ol>
        <p class="muted">{words::hold(lang)}</p>
    }
}
