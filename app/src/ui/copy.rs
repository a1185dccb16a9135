//! Copying a text with one press.

use crate::texts::{self, frame};
use leptos::prelude::*;

/// A button that puts a text on the clipboard and says so. Without scripts it is not there.
#[component]
pub(crate) fn CopyButton(
    /// What the button says.
    #[prop(into)]
    label: String,
    /// What is copied.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let lang = texts::lang();
    let copied = RwSignal::new(false);
    let copy = move |_| copy_text(&text, copied);
    view! {
        <button type="button" class="btn needs-script" on:click=copy>
            {label}
            <span class="copied" role="status">{move || copied.get().then(|| frame::copied(lang))}</span>
        </button>
    }
}

/// Copies, and shows for a moment that it is done. A browser that forbids it leaves the button as it was.
#[cfg(feature = "hydrate")]
fn copy_text(text: &str, copied: RwSignal<bool>) {
    use std::time::Duration;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};

    const SHOWN: Duration = Duration::from_secs(2);
    let navigator = JsValue::from(window().navigator());
    let written = js_sys::Reflect::get(&navigator, &"clipboard".into()).and_then(|clipboard| {
        let write: js_sys::Function =
            js_sys::Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
        write.call1(&clipboard, &text.into())
    });
    let then = written
        .as_ref()
        .ok()
        .and_then(|written| js_sys::Reflect::get(written, &"then".into()).ok());
    if let (Ok(written), Some(then)) = (
        &written,
        then.and_then(|then| then.dyn_into::<js_sys::Function>().ok()),
    ) {
        let done = Closure::once_into_js(move |_: JsValue| {
            copied.set(true);
            set_timeout(
                move || {
                    copied.try_set(false);
                },
                SHOWN,
            );
        });
        // A promise always takes a continuation; when it does not, the button stays as it was.
        let _continued = then.call1(written, &done);
    }
}

/// On the server nothing is pressed.
#[cfg(not(feature = "hydrate"))]
fn copy_text(_text: &str, _copied: RwSignal<bool>) {}
