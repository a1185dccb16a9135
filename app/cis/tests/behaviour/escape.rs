//! What every format keeps: a text comes back as it went.

use std::borrow::Cow;

use cis::escape::csv::{self, Delimiter};
use cis::escape::{Malformed, epl, hri, html, json, url, visible, xlsx, zpl};
use proptest::prelude::*;

use crate::known::codes;

type Decoded<'a> = Result<Cow<'a, str>, Malformed>;

/// A text through every format and back.
fn every_way(text: &str) -> Vec<(&'static str, String, String)> {
    let mut ways = Vec::new();
    let mut way = |name, encoded: String, decode: &dyn for<'a> Fn(&'a str) -> Decoded<'a>| {
        let decoded = decode(&encoded).map(Cow::into_owned);
        let decoded = decoded.unwrap_or_else(|malformed| malformed.to_string());
        ways.push((name, encoded, decoded));
    };
    way("json", json::encode(text).to_string(), &json::decode);
    way("quoted", json::quoted(text).to_string(), &json::decode);
    for delimiter in Delimiter::ALL {
        let encoded = csv::encode(text, delimiter).to_string();
        way("csv", encoded, &|field| csv::decode(field, delimiter));
    }
    way("xlsx", xlsx::encode(text).to_string(), &xlsx::decode);
    way("url", url::encode(text).to_string(), &url::decode);
    way("html", html::encode(text).to_string(), &html::decode);
    way(
        "attribute",
        html::attribute(text).to_string(),
        &html::decode,
    );
    way("zpl", zpl::encode(text).to_string(), &zpl::decode);
    let symbol = zpl::gs1_datamatrix(text).to_string();
    way("symbol", symbol, &|field| {
        zpl::decode_gs1_datamatrix(field).map(Cow::Owned)
    });
    way("epl", epl::encode(text).to_string(), &epl::decode);
    ways
}

#[test]
fn every_known_code_comes_back_from_every_format() {
    for code in codes() {
        let code = code.as_str();
        for (name, encoded, decoded) in every_way(code) {
            assert_eq!(decoded, code, "{name}: {encoded}");
        }
        assert_eq!(visible::decode(&visible::encode(code).to_string()), code);
    }
}

#[test]
fn every_known_code_comes_back_from_its_human_readable_form() {
    for code in codes() {
        let printed = hri::encode(&code).to_string();
        match hri::decode(&printed) {
            Ok(back) => assert_eq!(back, code, "{printed}"),
            Err(malformed) => panic!("{printed}: {malformed}"),
        }
    }
}

/// Texts that look like the formats' own escapes.
fn tricky() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "_x001D_",
        "_x005F_",
        "_x",
        "001D",
        "_",
        "x001d_",
        "_1",
        "__",
        "&amp;",
        "&",
        "lt;",
        "<",
        ">",
        "\"",
        "\"\"",
        "'",
        "\\",
        "\\u001d",
        "\\\"",
        "%1D",
        "%",
        "+",
        "\u{1d}",
        "\u{0}",
        "\r",
        "\n",
        "\t",
        ";",
        ",",
        "^FS",
        "~",
        "\\5E",
        "\u{ffff}",
        "я",
        "\u{1d11e}",
        "1",
        "A",
        " ",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_text_comes_back_from_every_format(text in prop_oneof![tricky(), any::<String>()]) {
        for (name, encoded, decoded) in every_way(&text) {
            // The only character that HTML cannot hold at all.
            if text.contains('\0') && matches!(name, "html" | "attribute") {
                continue;
            }
            prop_assert_eq!(&decoded, &text, "{}: {:?}", name, encoded);
        }
    }

    #[test]
    fn json_is_written_as_serde_json_writes_it(text in prop_oneof![tricky(), any::<String>()]) {
        prop_assert_eq!(json::quoted(&text).to_string(), serde_json::to_string(&text).unwrap());
    }

    #[test]
    fn json_is_read_as_serde_json_reads_it(inside in tricky()) {
        let literal = format!("\"{inside}\"");
        let expected: Option<String> = serde_json::from_str(&literal).ok();
        prop_assert_eq!(json::decode(&literal).ok().map(Cow::into_owned), expected);
    }

    #[test]
    fn no_text_makes_a_decoder_panic(text in prop_oneof![tricky(), any::<String>()]) {
        let _ = json::decode(&text);
        let _ = csv::decode(&text, Delimiter::Comma);
        let _ = xlsx::decode(&text);
        let _ = url::decode(&text);
        let _ = html::decode(&text);
        let _ = zpl::decode(&text);
        let _ = zpl::decode_gs1_datamatrix(&text);
        let _ = epl::decode(&text);
        let _ = hri::decode(&text);
    }

    #[test]
    fn what_looks_human_readable_never_makes_a_decoder_panic(
        pieces in prop::collection::vec(
            prop::sample::select(vec!["(01)", "04610053147452", "(21)", "5d,OiLl", "(93)", "dGVz", "(17)", "261130", "(", ")", "(240)6403", "я", ""]),
            0..9,
        ),
    ) {
        let text = pieces.concat();
        if let Ok(code) = hri::decode(&text) {
            prop_assert_eq!(hri::encode(&code).to_string(), text);
        }
    }
}
