//! The browser's entry: takes over the page that the server drew.
#![recursion_limit = "256"]

/// Room for the splitter, which gives each page's part of the wasm the data that it alone uses. It aligns what it moves, and
/// when the aligned whole is longer than what was linked, it leaves all data in the first file. No code names these bytes, so
/// they are in none.
#[used]
static ROOM_TO_ALIGN: [u8; 4096] = [1; 4096];

/// Called by the page's script once the wasm is there.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(app::App);
}
