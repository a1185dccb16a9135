//! The worker's own function, called from JavaScript as its script does.
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Uint8Array, Uint32Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_test::wasm_bindgen_test;

/// Everything that the worker tells of these bytes.
fn told(bytes: &[u8]) -> (bool, Array) {
    let messages = Array::new();
    let kept = messages.clone();
    let told = Closure::<dyn FnMut(JsValue, JsValue, JsValue)>::new(move |rows, text, done| {
        kept.push(&Array::of3(&rows, &text, &done));
    });
    let whole = worker::check(bytes, "", told.as_ref().unchecked_ref());
    (whole, messages)
}

#[wasm_bindgen_test]
fn rows_come_as_typed_arrays_whose_memory_can_be_given_away() {
    let (whole, messages) = told(b"0103041094787443215Qbag!\x1d93Zjqw\r\n4607809591427\r\n");
    assert!(whole);
    let message: Array = messages.get(0).unchecked_into();
    let rows: Uint32Array = message.get(0).dyn_into().unwrap();
    let text: Uint8Array = message.get(1).dyn_into().unwrap();
    assert_eq!(rows.to_vec(), [1, 31, 0, 0, 2, 44, 0, 4]);
    assert_eq!(text.length(), 44);
    assert_eq!(
        text.buffer().byte_length(),
        44,
        "a memory of its own, not the wasm's"
    );
    assert_eq!(message.get(2).as_f64(), Some(48.0));
}

#[wasm_bindgen_test]
fn a_workbook_is_no_text() {
    assert!(!told(b"PK\x03\x04").0);
}

#[wasm_bindgen_test]
fn a_worker_that_has_warmed_up_remembers_nothing_of_it() {
    worker::warm();
    let (_, messages) = told(b"0104670033010053215aB0000000000");
    let message: Array = messages.get(0).unchecked_into();
    let rows: Uint32Array = message.get(0).dyn_into().unwrap();
    assert_eq!(rows.get_index(2), 0, "the same unit was in the list");
}
