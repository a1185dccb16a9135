//! The Web Worker that checks long lists, as the page sees it.

use super::slices::pause;
use js_sys::{Array, JsString, Uint8Array, Uint32Array};
use leptos::prelude::document;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, MessageEvent, Worker};

/// Characters of a paste that go to the worker together: to copy a long string for it holds the page up.
const PIECE: u32 = 2_000_000;

/// What the worker tells.
pub(super) enum Told {
    /// Some rows, as it packs them.
    Rows {
        /// Four numbers for each.
        rows: Vec<u32>,
        /// Their texts, one behind the other.
        text: String,
        /// Bytes that are read.
        done: u32,
        /// Bytes in all.
        all: u32,
    },
    /// That was all.
    Done,
    /// There is no worker here, and a text is given back; or the file is no text.
    Unable(Option<String>),
}

thread_local! {
    /// The worker that is ready to be asked.
    static READY: RefCell<Option<Worker>> = const { RefCell::new(None) };
    /// The worker that is asked.
    static ASKED: RefCell<Option<Worker>> = const { RefCell::new(None) };
    /// What is checked: a string, or a file.
    static SOURCE: RefCell<JsValue> = const { RefCell::new(JsValue::NULL) };
}

/// Keeps what is to be checked.
pub(super) fn keep(source: JsValue) {
    SOURCE.set(source);
}

/// Lets go of what is kept.
pub(super) fn forget() {
    SOURCE.set(JsValue::NULL);
}

/// Starts a worker, if none is ready.
pub(super) fn warm() {
    READY.with_borrow_mut(|ready| {
        if ready.is_none() {
            *ready = start();
        }
    });
}

/// The script's address stands in the page's head.
fn start() -> Option<Worker> {
    let meta = document()
        .query_selector("meta[name=metka-worker]")
        .ok()??;
    Worker::new(&meta.get_attribute("content")?).ok()
}

/// Ends the worker that is asked, at once, and has the next one ready.
pub(super) fn stop() {
    if let Some(worker) = ASKED.take() {
        worker.terminate();
    }
    warm();
}

/// Checks what is kept; `group` is the alias of a product group.
pub(super) fn check(group: &'static str, told: impl Fn(Told) + 'static) {
    warm();
    let source = SOURCE.with_borrow(JsValue::clone);
    let Some(worker) = READY.take() else {
        return told(Told::Unable(source.as_string()));
    };
    let told = std::rc::Rc::new(told);
    let heard = {
        let told = std::rc::Rc::clone(&told);
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            told(read(&event.data()));
        })
    };
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    let source_again = source.clone();
    let failed = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        event.prevent_default();
        told(Told::Unable(source_again.as_string()));
    });
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    // They live as long as the worker may call them, which the page cannot know.
    heard.forget();
    failed.forget();
    if let Some(before) = ASKED.replace(Some(worker.clone())) {
        before.terminate();
    }
    leptos::task::spawn_local(send(worker, source, group));
}

/// Sends what is to be checked, a long paste in pieces with pauses for the page; none is sent to who is asked no more.
async fn send(worker: Worker, source: JsValue, group: &'static str) {
    let mut last = source;
    if let Some(text) = last.dyn_ref::<JsString>().cloned() {
        let mut from = 0;
        loop {
            pause().await;
            if ASKED.with_borrow(|asked| asked.as_ref() != Some(&worker)) {
                return;
            }
            let to = from + PIECE;
            last = text.substring(from, to).into();
            if to >= text.length() {
                break;
            }
            let _sent = worker.post_message(&last);
            from = to;
        }
    }
    // A message that cannot be sent is answered by nothing; the page shows what it has.
    let _sent = worker.post_message(&Array::of2(&last, &group.into()));
}

/// Reads a message: an array of rows, text, bytes read and bytes in all, or whether it was a text at all.
fn read(message: &JsValue) -> Told {
    let Some(parts) = message.dyn_ref::<Array>() else {
        return match message.as_bool() {
            Some(false) => Told::Unable(None),
            _ => Told::Done,
        };
    };
    let number = |index| parts.get(index).as_f64().map_or(0, whole);
    let rows = parts.get(0).dyn_into::<Uint32Array>();
    let text = parts.get(1).dyn_into::<Uint8Array>();
    let (Ok(rows), Ok(text)) = (rows, text) else {
        return Told::Done;
    };
    Told::Rows {
        rows: rows.to_vec(),
        // The worker writes nothing but texts.
        text: String::from_utf8(text.to_vec()).unwrap_or_default(),
        done: number(2),
        all: number(3),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of bytes, which the worker counts in 32 bits"
)]
fn whole(number: f64) -> u32 {
    number as u32
}
