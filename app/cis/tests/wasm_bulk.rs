//! Pasted texts and other formats in WebAssembly, as the page and its worker use them.
#![cfg(target_arch = "wasm32")]

use cis::bulk::{Checker, Counts, Encoding, decode, lines};
use cis::escape::csv::{self, Delimiter};
use cis::escape::{epl, hri, html, json, url, visible, xlsx, zpl};
use wasm_bindgen_test::wasm_bindgen_test;

const CODE: &str = "0103041094787443215Q_\"g!\u{1d}93Zjqw";

#[wasm_bindgen_test]
fn a_code_comes_back_from_every_format() {
    assert_eq!(json::decode(&json::quoted(CODE).to_string()).unwrap(), CODE);
    assert_eq!(url::decode(&url::encode(CODE).to_string()).unwrap(), CODE);
    assert_eq!(
        html::decode(&html::attribute(CODE).to_string()).unwrap(),
        CODE
    );
    assert_eq!(xlsx::decode(&xlsx::encode(CODE).to_string()).unwrap(), CODE);
    assert_eq!(epl::decode(&epl::encode(CODE).to_string()).unwrap(), CODE);
    assert_eq!(visible::decode(&visible::encode(CODE).to_string()), CODE);
    let symbol = zpl::gs1_datamatrix(CODE).to_string();
    assert_eq!(zpl::decode_gs1_datamatrix(&symbol).unwrap(), CODE);
    let field = csv::encode(CODE, Delimiter::Comma).to_string();
    assert_eq!(csv::decode(&field, Delimiter::Comma).unwrap(), CODE);
    let code = cis::MarkingCode::from_canonical(CODE).unwrap();
    assert_eq!(hri::decode(&hri::encode(&code).to_string()).unwrap(), code);
}

#[wasm_bindgen_test]
fn a_table_in_the_russian_code_page_is_read() {
    // «Заказ;КМ» in Windows-1251.
    let mut file = b"\xc7\xe0\xea\xe0\xe7;\xca\xcc\r\n57001;".to_vec();
    file.extend_from_slice(
        csv::encode(CODE, Delimiter::Semicolon)
            .to_string()
            .as_bytes(),
    );
    let decoded = decode(&file).unwrap();
    assert_eq!(decoded.encoding, Encoding::Windows1251);
    let row = lines(&decoded.text).next().unwrap();
    assert_eq!((row.line, row.code.text().as_ref()), (2, CODE));
    assert_eq!(row.order.unwrap().text(), "57001");
}

#[wasm_bindgen_test]
fn a_unit_is_found_again_without_its_tail() {
    let text = format!("{CODE}\n0103041094787443215Q_\"g!\n");
    let mut counts = Counts::default();
    for checked in Checker::of(&text).over(&text) {
        counts.add(&checked);
    }
    assert_eq!((counts.total(), counts.duplicates), (2, 1));
}
