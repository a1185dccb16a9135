//! The engine in WebAssembly: the page must read a code exactly as the server does.
#![cfg(target_arch = "wasm32")]

use cis::market::{MarketForm, form};
use cis::{Lang, RefusalKind, parse};
use wasm_bindgen_test::wasm_bindgen_test;

const CODE: &str = "01030410947874432155Qbag!\u{1d}93Zjqw";

#[wasm_bindgen_test]
fn a_canonical_code_is_untouched() {
    let parsed = parse(CODE);
    assert_eq!(parsed.result.unwrap().as_str(), CODE);
    assert!(parsed.remarks.is_empty());
}

#[wasm_bindgen_test]
fn a_scanned_code_is_repaired() {
    let parsed = parse("]d201030410947874432155Qbag!\\u001d93Zjqw\r\n");
    assert_eq!(parsed.result.unwrap().as_str(), CODE);
    assert_eq!(parsed.remarks.len(), 3);
}

#[wasm_bindgen_test]
fn a_russian_letter_is_named() {
    let refusal = parse("0104610053147452215d,ОiLl").result.unwrap_err();
    assert_eq!(
        refusal.message(Lang::Ru),
        "В серийном номере, позиция 4: русская буква «О» вместо латинской «O». \
         Включите английскую раскладку и отсканируйте код ещё раз."
    );
}

#[wasm_bindgen_test]
fn a_lost_separator_is_refused() {
    let refusal = parse("0104607010350246215kRdG-X%W(Rnb93dGVz")
        .result
        .unwrap_err();
    assert_eq!(
        refusal.kind(),
        &RefusalKind::SeparatorLost {
            ai: "93",
            position: 31
        }
    );
}

#[wasm_bindgen_test]
fn the_patterns_of_market_answer() {
    assert_eq!(form(CODE), Some(MarketForm::Full));
    assert_eq!(form("0103041094787443215Qbag!"), Some(MarketForm::Short));
}
