#![doc = include_str!("../README.md")]

mod rows;
mod warm;

use js_sys::{Function, Uint8Array, Uint32Array};
use rows::Chunk;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

/// Checks every code of a file or paste and hands the rows to `told`, some at a time: `(rows, text, done)`, as the
/// README says. `group` is the alias of the product group that settles ambiguity; any other word settles nothing.
/// Whether the bytes are a text at all is the answer.
#[wasm_bindgen]
pub fn check(bytes: &[u8], group: &str, told: &Function) -> bool {
    rows::check(bytes, group, |Chunk { rows, text, done }| {
        // Whoever listens no more has ended this worker; there is nobody to tell of it.
        let _told = told.call3(
            &JsValue::UNDEFINED,
            &Uint32Array::from(rows.as_slice()),
            &Uint8Array::from(text.as_bytes()),
            &JsValue::from(done),
        );
    })
}

/// Checks a made-up list before there is work, so that the browser has compiled the functions for speed when it comes.
#[wasm_bindgen]
pub fn warm() {
    // Nobody is told of it.
    rows::check(warm::list().as_bytes(), "", drop);
}
