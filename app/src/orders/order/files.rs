//! Reading a text file that was chosen or dropped.

use leptos::ev;

/// Reads the first file of a file input that changed, and calls `done` with its text.
#[cfg(feature = "hydrate")]
pub(super) fn chosen(event: &ev::Event, done: impl FnOnce(String) + 'static) {
    read(event.as_ref(), "target", done);
}

/// Reads the first file that was dropped, and calls `done` with its text.
#[cfg(feature = "hydrate")]
pub(super) fn dropped(event: &ev::DragEvent, done: impl FnOnce(String) + 'static) {
    read(event.as_ref(), "dataTransfer", done);
}

/// What holds the files is a property of the event; without a file there is nothing to read.
#[cfg(feature = "hydrate")]
fn read(
    event: &wasm_bindgen::JsValue,
    holder: &str,
    done: impl FnOnce(String) + 'static,
) -> Option<()> {
    use js_sys::{Function, Promise, Reflect};
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};

    let holder = Reflect::get(event, &holder.into()).ok()?;
    let files = Reflect::get(&holder, &"files".into())
        .ok()
        .filter(JsValue::is_object)?;
    let file = Reflect::get_u32(&files, 0)
        .ok()
        .filter(JsValue::is_object)?;
    let text: Function = Reflect::get(&file, &"text".into()).ok()?.dyn_into().ok()?;
    let reading: Promise = text.call0(&file).ok()?.dyn_into().ok()?;
    let done = Closure::once(move |text: JsValue| {
        if let Some(text) = text.as_string() {
            done(text);
        }
    });
    let _then = reading.then(&done);
    // It frees itself once it has been called.
    done.forget();
    Some(())
}

/// On the server nothing is chosen.
#[cfg(not(feature = "hydrate"))]
pub(super) fn chosen(_event: &ev::Event, _done: impl FnOnce(String) + 'static) {}

/// On the server nothing is dropped.
#[cfg(not(feature = "hydrate"))]
pub(super) fn dropped(_event: &ev::DragEvent, _done: impl FnOnce(String) + 'static) {}
