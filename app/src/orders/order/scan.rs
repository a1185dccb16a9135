//! The scan card: one field that takes scanner, paste or file, and says at once what it thinks.

mod delivery;
mod judgements;
mod outcomes;
mod samples;

use super::{Order, Work, files, intake::Judgement, open_to_change};
use crate::{
    early_keys::{SCAN_FIELD, take_over},
    orders::api::PlaceCodes,
    texts::{self, orders::scan as words},
    ui::{
        Tone,
        scanner::{Press, ScanField},
    },
};
use delivery::{Undelivered, deliver};
use desk::{
    ids::LineId,
    orders::placing::{Target, Verdict},
};
use judgements::Judgements;
use leptos::{ev, prelude::*};
use outcomes::Outcomes;
use samples::Samples;
use server_fn::ServerFn;
use std::sync::Arc;

/// What a verdict means at a glance: green in place, orange for a repeat or a question, red for what does not fit.
pub(super) const fn tone(verdict: &Verdict) -> Tone {
    match verdict {
        Verdict::Placed { .. } => Tone::Ok,
        Verdict::AlreadyHere { .. }
        | Verdict::BoundElsewhere { .. }
        | Verdict::WhichCode
        | Verdict::WhichLine { .. } => Tone::Warn,
        Verdict::Unreadable
        | Verdict::OtherProduct { .. }
        | Verdict::NoRoom { .. }
        | Verdict::NotWanted => Tone::Bad,
    }
}

/// The scan card. Without scripts it is a form that sends the text of its field.
#[component]
pub(super) fn ScanCard(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let field = ScanField::new(String::new());
    let line = RwSignal::new(None::<LineId>);
    let open = Memo::new(move |_| order.with(|order| open_to_change(order)));
    let target = move || line.get().map_or(Target::Auto, Target::Line);
    let judgement = Memo::new(move |_| {
        field
            .text
            .with(|text| order.with(|order| Judgement::of(text, order, target())))
    });

    let submit = move || {
        if open.get_untracked() {
            work.outbox
                .update(|outbox| outbox.submit(field.text.get_untracked(), line.get_untracked()));
            deliver(work.id, ArcRwSignal::from(work.outbox));
            field.write("");
        }
        field.focus();
    };

    view! {
        <section class="card pad stack" on:dragover=move |event| event.prevent_default() on:drop=move |event| {
            event.prevent_default();
            files::dropped(&event, move |text| field.append(&text));
        }>
            <form
                class="stack"
                method="post"
                action=PlaceCodes::url()
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <input type="hidden" name="order" value=work.id.to_string()/>
                <label class="muted" for=SCAN_FIELD>{words::label(lang)}</label>
                <Input field=field submit=Callback::new(move |()| submit())/>
                <div class="top">
                    <Where order=order line=line/>
                    <button type="submit" class="btn" disabled=move || !open.get()>{words::place(lang)}</button>
                    <label class="btn needs-script file">
                        {words::file(lang)}
                        <input
                            class="vh"
                            type="file"
                            accept=".txt,.csv,text/plain,text/csv"
                            on:change=move |event| files::chosen(&event, move |text| field.append(&text))
                        />
                    </label>
                    <span class="faint" id="scan-keys">{words::keys(lang)}</span>
                </div>
            </form>
            {move || (!open.get()).then(|| view! { <p class="muted">{words::in_flight(lang)}</p> })}
            <Judgements judgement=judgement order=order/>
            <Undelivered work=work field=field/>
            <Outcomes work=work order=order/>
            <Samples work=work order=order field=field/>
        </section>
    }
}

/// The field itself: what a scanner types, separators and all, until its Enter.
#[component]
fn Input(
    /// The scan field.
    field: ScanField,
    /// Hands the text over.
    submit: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let rows = move || {
        field
            .text
            .with(|text| text.split('\n').count().clamp(1, 8).to_string())
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if field.key(&event) == Press::Enter {
            event.prevent_default();
            submit.run(());
        }
    };

    field.node.on_load(move |node| {
        // Whatever was typed before the scripts came is judged too, and scans that were whole are put into places.
        let (typed, whole) = take_over(&node);
        field.text.set(typed);
        if whole {
            submit.run(());
        }
        let focused = document().active_element();
        if focused.is_none_or(|element| element.tag_name() == "BODY" || element.id() == "main") {
            field.focus();
        }
    });

    view! {
        <textarea
            class="field scan"
            id=SCAN_FIELD
            name="text"
            rows=rows
            autofocus
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            placeholder=words::placeholder(lang)
            aria-describedby="scan-keys"
            node_ref=field.node
            on:keydown=on_key
            on:input=move |event| field.text.set(event_target_value(&event))
        ></textarea>
    }
}

/// The choice of a line, for codes whose product says nothing.
#[component]
fn Where(
    /// The newest order.
    order: Signal<Arc<Order>>,
    /// The chosen line.
    line: RwSignal<Option<LineId>>,
) -> impl IntoView {
    let lang = texts::lang();
    let lines = Memo::new(move |_| order.with(|order| takers(order)));
    let option =
        |(id, name): (LineId, String)| view! { <option value=id.to_string()>{name}</option> };
    view! {
        <label class="where">
            <span class="muted">{words::target(lang)}</span>
            <select
                class="field"
                name="line"
                on:change=move |event| line.set(event_target_value(&event).parse().ok())
            >
                <option value="">{words::by_product(lang)}</option>
                {move || lines.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

/// The lines that have slots, to choose from.
pub(super) fn takers(order: &Order) -> Vec<(LineId, String)> {
    order
        .lines
        .iter()
        .filter(|line| !line.slots.is_empty())
        .map(|line| (line.id, line.name.clone()))
        .collect()
}
