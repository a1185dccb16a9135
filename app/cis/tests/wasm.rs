//! The engine in WebAssembly: the page must read a code exactly as the server does, so every public function runs here too,
//! with the answers it gives natively.
#![cfg(target_arch = "wasm32")]

use cis::escape::csv::Delimiter;
use cis::escape::{csv, epl, hri, html, json, url, visible, xlsx, zpl};
use cis::market::{self, MarketForm};
use cis::{
    ForeignKind, Groups, Gtin, Hint, Kind, Kopecks, Lang, MarkingCode, Outcome, ProductGroup,
    Verdict, check, parse, parse_with,
};
use wasm_bindgen_test::wasm_bindgen_test;

const MILK: &str = "0103041094787443215Qbag!\u{1d}93Zjqw";
const SHOES: &str = "010463007000812321ymxGZZnG838XW\u{1d}2406403\u{1d}91ffd0\u{1d}92mliP3gYsRdl6IorVEB8/4vYOHiPQsKeCeayAqCjwWDhl0cK4SYMZwD8SU3aKdhNtXf/pSBbSC9V6o8BLIoBW0Q==";
/// A KI of thirteen characters, or one of seven with a tail that lost its separator.
const DOUBTFUL: &str = "0104610053147452215d,OiLl93dGVz";

fn code(text: &str) -> MarkingCode {
    MarkingCode::from_canonical(text).unwrap()
}

#[wasm_bindgen_test]
fn a_canonical_code_is_checked_in_place() {
    let canonical = check(SHOES.as_bytes()).unwrap();
    assert_eq!(canonical.as_str(), SHOES);
    assert_eq!(canonical.ki(), "010463007000812321ymxGZZnG838XW");
    assert_eq!(canonical.kind(), Kind::Unit);
    assert_eq!(canonical.serial(), Some("ymxGZZnG838XW"));
    assert_eq!(canonical.tail(), SHOES.get(40..));
    assert_eq!(canonical.gtin().unwrap().as_str(), "04630070008123");
    assert!(canonical.groups().contains(ProductGroup::Shoes));
    assert_eq!(canonical.to_code(), code(SHOES));

    let fault = check(b"0103041094787443215Qbag!\x1d93Zjq").unwrap_err();
    assert!(fault.position() > 24);
    assert!(!fault.message(Lang::Ru).is_empty());
    assert!(check(b"\xff").is_err());
}

#[wasm_bindgen_test]
fn a_code_is_taken_apart() {
    let code = parse(SHOES).into_result().unwrap();
    assert_eq!(code.as_str(), SHOES);
    assert_eq!(code.ki().as_str(), "010463007000812321ymxGZZnG838XW");
    assert_eq!(code.ki().gtin(), code.gtin());
    assert_eq!(code.ki().serial(), Some("ymxGZZnG838XW"));
    let elements: Vec<_> = code.elements().map(|it| it.ai().to_owned()).collect();
    assert_eq!(elements, ["01", "21", "240", "91", "92"]);
    assert!(code.has_tail());
    assert_eq!(code.market_form(), Some(MarketForm::Full));
    assert!(code.groups().contains(ProductGroup::Shoes));
    assert_eq!(code.to_string(), SHOES.replace('\u{1d}', "␝"));
    assert_eq!(
        format!("{code:?}"),
        "MarkingCode(010463007000812321ymxGZZnG838XW with tail)"
    );
    assert_eq!(code.into_string(), SHOES);
}

#[wasm_bindgen_test]
fn a_scanned_code_is_repaired_step_by_step() {
    let parsed = parse("]d20103041094787443215Qbag!\\u001d93Zjqw\r\n");
    assert_eq!(parsed.outcome(), Outcome::Repaired);
    assert_eq!(parsed.code().unwrap().as_str(), MILK);
    let steps: Vec<_> = parsed.repairs.iter().map(|it| it.step().as_str()).collect();
    assert!(
        steps.contains(&"symbology") && steps.contains(&"edges"),
        "{steps:?}"
    );
    let prefix = parsed.repairs.iter().find(|it| it.was() == "]d2").unwrap();
    assert_eq!((prefix.became(), prefix.position()), ("", Some(0)));
    assert!(prefix.message(Lang::Ru).contains("]d2"));
}

#[wasm_bindgen_test]
fn a_scan_under_the_russian_layout_is_typed_again() {
    let parsed = parse("ъв20103041094787443215Йифп!ъ93Яойц");
    assert_eq!(parsed.code().map(MarkingCode::as_str), Some(MILK));
    assert_eq!(parsed.reason(Lang::En), None);
}

#[wasm_bindgen_test]
fn what_reads_in_two_ways_is_asked_and_a_hint_answers() {
    let parsed = parse(DOUBTFUL);
    assert_eq!(parsed.outcome(), Outcome::Ambiguous);
    let Verdict::Ambiguous(question) = &parsed.verdict else {
        panic!("no question");
    };
    assert!(!question.message(Lang::Ru).is_empty());
    let readings: Vec<_> = question
        .readings()
        .iter()
        .map(|it| it.code().as_str())
        .collect();
    assert_eq!(readings.len(), 2);
    assert!(
        question
            .readings()
            .iter()
            .all(|it| !it.meaning(Lang::En).is_empty())
    );

    let hint = Hint {
        group: Some(ProductGroup::Beer),
        ..Hint::default()
    };
    let beer = parse_with(DOUBTFUL, &hint).into_result().unwrap();
    assert_eq!(beer.as_str(), "0104610053147452215d,OiLl\u{1d}93dGVz");
}

#[wasm_bindgen_test]
fn a_refusal_says_what_and_where() {
    let parsed = parse("0104610053147452215d,ОiLl");
    assert_eq!(parsed.outcome(), Outcome::Refused);
    assert_eq!(parsed.position(), Some(21));
    assert!(
        parsed
            .reason(Lang::Ru)
            .unwrap()
            .contains("русская буква «О»")
    );
    let no_code = parsed.into_result().unwrap_err();
    assert_eq!(no_code.position(), Some(21));
}

#[wasm_bindgen_test]
fn what_is_no_code_is_named() {
    let parsed = parse("4607010350246");
    let Verdict::NotACode(foreign) = &parsed.verdict else {
        panic!("{:?}", parsed.verdict);
    };
    assert_eq!(foreign.kind(), ForeignKind::Ean13);
    assert_eq!(foreign.gtin().unwrap().as_str(), "04607010350246");
    assert!(foreign.message(Lang::Ru).contains("EAN-13"));
}

#[wasm_bindgen_test]
fn marks_without_identifiers_are_codes_of_their_own_kind() {
    let pack = code("04601653035829H;dV)bFABVUdGVz");
    assert_eq!(pack.kind(), Kind::TobaccoPack);
    assert_eq!(pack.ki().as_str(), "04601653035829H;dV)bF");
    assert_eq!(pack.maximum_retail_price(), Some(Kopecks(8100)));
    assert_eq!(Kopecks(8100).to_string(), "81.00");
    assert_eq!(code("RU-401301-AAA0277031").kind(), Kind::FurMark);
    assert_eq!(code("00346006820000000014").kind(), Kind::TransportPackage);
}

#[wasm_bindgen_test]
fn numbers_and_groups_are_read() {
    assert_eq!(
        "04607010350246".parse::<Gtin>().unwrap().as_str(),
        "04607010350246"
    );
    assert!("04607010350247".parse::<Gtin>().is_err());
    assert_eq!("lp".parse(), Ok(ProductGroup::Clothes));
    assert_eq!(ProductGroup::Milk.name(Lang::En), "dairy");
    let groups = Groups::of(&[ProductGroup::Milk]).with(Groups::of(&[ProductGroup::Beer]));
    assert_eq!(groups.len(), 2);
    assert_eq!(groups.iter().last(), Some(ProductGroup::Beer));
}

#[wasm_bindgen_test]
fn the_patterns_of_market_answer() {
    assert_eq!(market::form(MILK), Some(MarketForm::Full));
    assert_eq!(
        market::form("0103041094787443215Qbag!"),
        Some(MarketForm::Short)
    );
    assert_eq!(market::form("RU-401301-AAA0277031"), None);
    assert_eq!(market::check(MILK), Ok(()));
    assert!(market::check("").is_err());
}

#[wasm_bindgen_test]
fn codes_are_written_into_other_formats_and_read_back() {
    let text = "0103041094787443215Q<&\"!\u{1d}93Zjqw";
    assert_eq!(
        json::quoted(text).to_string(),
        r#""0103041094787443215Q<&\"!\u001d93Zjqw""#
    );
    assert_eq!(json::decode(&json::encode(text).to_string()).unwrap(), text);
    let field = csv::encode(text, Delimiter::Semicolon).to_string();
    assert_eq!(field, "\"0103041094787443215Q<&\"\"!\u{1d}93Zjqw\"");
    assert_eq!(csv::decode(&field, Delimiter::Semicolon).unwrap(), text);
    assert_eq!(
        xlsx::encode(text).to_string(),
        "0103041094787443215Q&lt;&amp;\"!_x001D_93Zjqw"
    );
    assert_eq!(xlsx::decode(&xlsx::encode(text).to_string()).unwrap(), text);
    assert_eq!(
        url::encode(text).to_string(),
        "0103041094787443215Q%3C%26%22%21%1D93Zjqw"
    );
    assert_eq!(url::decode(&url::encode(text).to_string()).unwrap(), text);
    assert_eq!(
        html::encode(text).to_string(),
        "0103041094787443215Q&lt;&amp;\"!&#29;93Zjqw"
    );
    assert_eq!(
        html::decode(&html::attribute(text).to_string()).unwrap(),
        text
    );
    assert_eq!(visible::decode(&visible::encode(text).to_string()), text);
    assert_eq!(epl::decode(&epl::encode(text).to_string()).unwrap(), text);
    assert_eq!(zpl::decode(&zpl::encode(text).to_string()).unwrap(), text);
    let symbol = zpl::gs1_datamatrix(MILK).to_string();
    assert_eq!(symbol, "_10103041094787443215Qbag!_193Zjqw");
    assert_eq!(zpl::decode_gs1_datamatrix(&symbol).unwrap(), MILK);
    let printed = hri::encode(&code(MILK)).to_string();
    assert_eq!(printed, "(01)03041094787443(21)5Qbag!(93)Zjqw");
    assert_eq!(hri::decode(&printed).unwrap(), code(MILK));
}
