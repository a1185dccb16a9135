//! A text on its way into other formats and back.

use cis::escape::csv::{self, Delimiter};
use cis::escape::{Malformed, epl, hri, html, json, url, visible, xlsx, zpl};
use cis::{Lang, Verdict};
use std::borrow::Cow;

/// Takes the bytes for a text and for an escaped one, and panics where a promise is broken.
pub fn escape(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    decodes(text);
    comes_back(text);
    // Without separators a mark may look like anything, an escape too.
    if let Ok(canonical) = cis::check(bytes)
        && canonical.as_str().contains(cis::GS)
        && canonical.tail().is_some()
        && cis::parse(text).outcome() == cis::Outcome::Valid
    {
        written_codes_are_read(&canonical.to_code());
    }
}

/// Whatever stands in a field, it is read or refused with a place in it.
fn decodes(field: &str) {
    let read = |decoded: Result<(), Malformed>| {
        if let Err(malformed) = decoded {
            assert!(malformed.position() <= field.chars().count());
            assert!(!malformed.message(Lang::Ru).is_empty());
        }
    };
    for delimiter in Delimiter::ALL {
        read(csv::decode(field, delimiter).map(drop));
    }
    read(epl::decode(field).map(drop));
    read(hri::decode(field).map(drop));
    read(html::decode(field).map(drop));
    read(json::decode(field).map(drop));
    read(url::decode(field).map(drop));
    read(xlsx::decode(field).map(drop));
    read(zpl::decode(field).map(drop));
    read(zpl::decode_gs1_datamatrix(field).map(drop));
    let _ = visible::decode(field);
}

fn comes_back(text: &str) {
    let same = |encoded: &str, decoded: Result<Cow<'_, str>, Malformed>| {
        assert_eq!(decoded.as_deref(), Ok(text), "{encoded}");
    };
    for delimiter in Delimiter::ALL {
        let encoded = csv::encode(text, delimiter).to_string();
        same(&encoded, csv::decode(&encoded, delimiter));
    }
    let encoded = json::quoted(text).to_string();
    same(&encoded, json::decode(&encoded));
    let encoded = json::encode(text).to_string();
    same(&encoded, json::decode(&encoded));
    let encoded = url::encode(text).to_string();
    same(&encoded, url::decode(&encoded));
    let encoded = xlsx::encode(text).to_string();
    same(&encoded, xlsx::decode(&encoded));
    let encoded = zpl::encode(text).to_string();
    same(&encoded, zpl::decode(&encoded));
    let encoded = epl::encode(text).to_string();
    same(&encoded, epl::decode(&encoded));
    // HTML cannot hold U+0000 at all.
    if !text.contains('\0') {
        let encoded = html::encode(text).to_string();
        same(&encoded, html::decode(&encoded));
        let encoded = html::attribute(text).to_string();
        same(&encoded, html::decode(&encoded));
    }
}

/// What a program wrote in one of these formats is that code for the one who pastes it, or a question about it.
fn written_codes_are_read(code: &cis::MarkingCode) {
    let text = code.as_str();
    let written = [
        ("json", json::quoted(text).to_string()),
        ("csv", csv::encode(text, Delimiter::Comma).to_string()),
        ("url", url::encode(text).to_string()),
        ("html", html::attribute(text).to_string()),
        ("xlsx", xlsx::encode(text).to_string()),
        ("visible", visible::encode(text).to_string()),
        ("hri", hri::encode(code).to_string()),
    ];
    for (format, written) in written {
        match cis::parse(&written).verdict {
            Verdict::Code(read) => assert_eq!(&read, code, "{format}: {written:?}"),
            // Its readings need not hold the code: what is printed for people has no separators.
            Verdict::Ambiguous(_) | Verdict::Refused(_) => {}
            Verdict::NotACode(foreign) => panic!("{format}: {written:?} is {:?}", foreign.kind()),
        }
    }
}
