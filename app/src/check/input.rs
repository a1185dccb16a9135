//! The card with the field.

use super::{Check, intake};
use crate::{
    early_keys::{SCAN_FIELD, take_over},
    texts::{self, check, check::scanner as scanner_words},
    ui::{Button, Look, prefilled},
};
use cis::ProductGroup;
use leptos::{ev, prelude::*};
use std::time::Duration;

/// The field with what belongs to it. In the browser the answer follows every key, so the button only keeps the page from
/// being loaded again.
#[component]
pub(super) fn Input(
    /// What the page is about.
    check: Check,
) -> impl IntoView {
    let lang = texts::lang();
    let Check {
        field,
        group,
        job,
        scanner,
    } = check;
    let clear = move |_| {
        job.forget();
        field.caps.set(false);
        field.write("");
        field.focus();
    };
    view! {
        <form
            method="get"
            action="/check"
            class="card pad stack"
            on:submit=|event| event.prevent_default()
            on:dragover=|event| event.prevent_default()
            on:drop=move |event| {
                event.prevent_default();
                intake::dropped(check, &event);
            }
        >
            <label class="label" for=SCAN_FIELD>{check::label(lang)}</label>
            <Field check=check/>
            {move || field.caps.get().then(|| view! { <p class="late" role="status">{check::caps(lang)}</p> })}
            <div class="top">
                <Button text=check::check(lang) look=Look::Go/>
                <label class="btn needs-script file">
                    {check::file(lang)}
                    <input class="vh" type="file" on:change=move |event| intake::chosen(check, &event)/>
                </label>
                <button
                    type="button"
                    class="btn needs-script"
                    aria-expanded=move || scanner.get().to_string()
                    aria-controls=move || scanner.get().then_some("scanner")
                    on:click=move |_| scanner.update(|open| *open = !*open)
                >
                    {scanner_words::title(lang)}
                </button>
                <button type="button" class="btn quiet needs-script" on:click=clear>{check::clear(lang)}</button>
                <label class="where group right">
                    <span class="muted">{check::group(lang)}</span>
                    <select
                        class="field"
                        name="group"
                        on:change=move |event| group.set(event_target_value(&event).parse().ok())
                    >
                        <option value="">{check::any_group(lang)}</option>
                        {options(group.get_untracked(), lang)}
                    </select>
                </label>
            </div>
        </form>
    }
}

/// The product groups to choose from.
fn options(chosen: Option<ProductGroup>, lang: cis::Lang) -> impl IntoView {
    ProductGroup::ALL
        .map(|group| {
            view! { <option value=group.alias() selected=chosen == Some(group)>{group.name(lang)}</option> }
        })
        .into_iter()
        .collect_view()
}

/// The field itself: what is typed, scanned and pasted. A long paste does not go into it: to lay out a hundred thousand
/// lines would hold the page up.
#[component]
fn Field(
    /// What the page is about.
    check: Check,
) -> impl IntoView {
    let lang = texts::lang();
    let field = check.field;
    let rows = move || {
        field
            .text
            .with(|text| text.split('\n').count().clamp(2, 8).to_string())
    };
    field.node.on_load(move |node| {
        // What was typed before the scripts came is checked too.
        let (typed, _) = take_over(&node);
        field.text.set(typed);
        if document()
            .active_element()
            .is_some_and(|focused| focused.id() == SCAN_FIELD)
        {
            intake::warm();
        }
    });
    // A text that is written line by line tells of each; it is read once, when all of them are there.
    let told = StoredValue::new(false);
    let changed = move |event: ev::Event| {
        if intake::written(check, &event) || told.get_value() {
            return;
        }
        told.set_value(true);
        set_timeout(
            move || {
                told.try_set_value(false);
                if let Some(Some(node)) = field.node.try_get_untracked() {
                    check.job.forget();
                    field.text.set(node.value());
                }
            },
            Duration::ZERO,
        );
    };
    view! {
        <textarea
            class="field scan"
            id=SCAN_FIELD
            name="code"
            rows=rows
            placeholder=check::placeholder(lang)
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            node_ref=field.node
            on:focus=|_| intake::warm()
            on:keydown=move |event| {
                field.key(&event);
            }
            on:beforeinput=move |event| intake::about_to_write(check, &event)
            on:paste=move |event| intake::pasted(check, &event)
            on:input=changed
        >
            {prefilled(field.text.get_untracked())}
        </textarea>
    }
}
