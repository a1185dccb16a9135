//! Long pastes and files: they go past the field, straight to the worker.

use super::Check;
#[cfg(feature = "hydrate")]
use super::worker;
use leptos::ev;
#[cfg(feature = "hydrate")]
use {
    js_sys::{Function, JsString, Reflect},
    leptos::prelude::set_timeout,
    std::time::Duration,
    wasm_bindgen::{JsCast, JsValue},
};

/// Line ends of a paste that stays in the field.
#[cfg(feature = "hydrate")]
const MOST_LINES: u32 = 2000;

/// Characters of a paste that stays in the field.
#[cfg(feature = "hydrate")]
const MOST_CHARACTERS: u32 = 400_000;

/// On the server nothing is pasted.
#[cfg(not(feature = "hydrate"))]
mod nothing {
    use super::{Check, ev};

    pub(crate) fn warm() {}
    pub(crate) fn pasted(_check: Check, _event: &ev::ClipboardEvent) {}
    pub(crate) fn about_to_write(_check: Check, _event: &ev::InputEvent) {}
    pub(crate) fn written(_check: Check, _event: &ev::Event) -> bool {
        false
    }
    pub(crate) fn dropped(_check: Check, _event: &ev::DragEvent) {}
    pub(crate) fn chosen(_check: Check, _event: &ev::Event) {}
}
#[cfg(not(feature = "hydrate"))]
pub(super) use nothing::{about_to_write, chosen, dropped, pasted, warm, written};

/// Starts the worker before there is work: it is there when the paste comes.
#[cfg(feature = "hydrate")]
pub(super) fn warm() {
    worker::warm();
}

/// Takes a paste that is too long for the field.
#[cfg(feature = "hydrate")]
pub(super) fn pasted(check: Check, event: &ev::ClipboardEvent) {
    if let Some(text) = held(event, "clipboardData").and_then(|data| text_of(&data))
        && is_long(&text)
    {
        event.prevent_default();
        // To read the clipboard was work enough for one go.
        set_timeout(move || take(check, text.into()), Duration::ZERO);
    }
}

/// Takes what is about to be written into the field at once and is too long for it.
#[cfg(feature = "hydrate")]
pub(super) fn about_to_write(check: Check, event: &ev::InputEvent) {
    let text = Reflect::get(event, &"data".into())
        .ok()
        .and_then(|text| text.dyn_into::<JsString>().ok());
    if let Some(text) = text.filter(is_long) {
        event.prevent_default();
        take(check, text.into());
    }
}

/// Takes what was written into the field at once and is too long for it, before the browser lays it out. Whether it did.
#[cfg(feature = "hydrate")]
pub(super) fn written(check: Check, event: &ev::Event) -> bool {
    let text = held(event, "target")
        .and_then(|field| Reflect::get(&field, &"value".into()).ok())
        .and_then(|text| text.dyn_into::<JsString>().ok())
        .filter(|text| text.length() > MOST_CHARACTERS);
    let long = text.is_some();
    if let Some(text) = text {
        take(check, text.into());
    }
    long
}

/// Takes a file that was dropped; other things that can be dropped are left to the browser.
#[cfg(feature = "hydrate")]
pub(super) fn dropped(check: Check, event: &ev::DragEvent) {
    let Some(data) = held(event, "dataTransfer") else {
        return;
    };
    if let Some(file) = first_file(&data) {
        take(check, file);
    } else if let Some(text) = text_of(&data) {
        if is_long(&text) {
            take(check, text.into());
        } else {
            check.field.append(&String::from(text));
        }
    }
}

/// Takes a file that was chosen; the same one can be chosen again.
#[cfg(feature = "hydrate")]
pub(super) fn chosen(check: Check, event: &ev::Event) {
    let Some(input) = held(event, "target") else {
        return;
    };
    if let Some(file) = first_file(&input) {
        take(check, file);
    }
    // An input that keeps its file cannot be asked twice for it, which is all that is lost.
    let _emptied = Reflect::set(&input, &"value".into(), &"".into());
}

/// Checks a text or a file in the place of what stands in the field.
#[cfg(feature = "hydrate")]
fn take(check: Check, source: JsValue) {
    worker::keep(source);
    check.field.write("");
    check.job.take_long();
}

/// What an event holds under a name.
#[cfg(feature = "hydrate")]
fn held(event: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(event, &name.into())
        .ok()
        .filter(JsValue::is_object)
}

/// The first of the files that something holds.
#[cfg(feature = "hydrate")]
fn first_file(holder: &JsValue) -> Option<JsValue> {
    let files = held(holder, "files")?;
    Reflect::get_u32(&files, 0).ok().filter(JsValue::is_object)
}

/// The text of a clipboard or of what was dropped.
#[cfg(feature = "hydrate")]
fn text_of(data: &JsValue) -> Option<JsString> {
    let get: Function = Reflect::get(data, &"getData".into())
        .ok()?
        .dyn_into()
        .ok()?;
    get.call1(data, &"text".into()).ok()?.dyn_into().ok()
}

/// Whether a text has more lines than the field is good for, or is too long to be laid out.
#[cfg(feature = "hydrate")]
fn is_long(text: &JsString) -> bool {
    if text.length() < MOST_LINES {
        return false;
    }
    if text.length() > MOST_CHARACTERS {
        return true;
    }
    let mut from = 0;
    (0..MOST_LINES).all(|_| {
        let at = text.index_of("\n", from);
        from = at + 1;
        at >= 0
    })
}
