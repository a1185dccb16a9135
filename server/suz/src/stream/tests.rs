use super::*;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The whole body in one piece.
fn whole(body: &[u8]) -> Result<(Vec<String>, End), Fault> {
    pieces([body])
}

fn pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<(Vec<String>, End), Fault> {
    let mut reader = Reader::default();
    let mut codes = Vec::new();
    for piece in pieces {
        reader.feed(piece)?;
        assert_eq!(reader.waiting() > 0, !reader.grammar.codes.is_empty());
        codes.extend(reader.codes());
    }
    Ok((codes, reader.end()?))
}

const DOCUMENTED: &str = r#"{"omsId":"cdf12109-10d3-11e6-8b6f-0050569977a1","codes":["010460603800317221tP8=a+2\u001d91EE06\u001d92abc/+=","0104606038003172215\"\\%&'"],"blockId":"2ce1b6c1-0000-4000-8000-1d00000000ff"}"#;

#[test]
fn the_documented_answer_gives_its_codes_with_real_separators() {
    let (codes, end) = whole(DOCUMENTED.as_bytes()).unwrap();
    assert_eq!(
        codes,
        [
            "010460603800317221tP8=a+2\u{1D}91EE06\u{1D}92abc/+=",
            "0104606038003172215\"\\%&'"
        ]
    );
    assert_eq!(
        end,
        End {
            block: "2ce1b6c1-0000-4000-8000-1d00000000ff".into(),
            count: 2
        }
    );
}

#[test]
fn codes_come_out_while_the_answer_still_arrives() {
    let mut reader = Reader::default();
    reader.feed(br#"{"codes" : ["one","#).unwrap();
    assert!(reader.has_begun());
    assert_eq!(reader.codes(), ["one"]);
    reader.feed(br#""tw"#).unwrap();
    assert_eq!(reader.waiting(), 0);
    reader.feed(br#"o"], "blockId" : 7 }"#).unwrap();
    assert_eq!(reader.codes(), ["two"]);
    let end = End {
        block: "7".into(),
        count: 2,
    };
    assert_eq!(reader.end(), Ok(end));
}

#[test]
fn every_answer_that_breaks_off_is_told_wherever_it_does() {
    let body = DOCUMENTED.as_bytes();
    for end in 0..body.len() {
        assert_eq!(whole(&body[..end]), Err(Fault::Cut), "after {end} bytes");
    }
}

#[test]
fn the_pieces_of_the_network_mean_nothing() {
    let body = DOCUMENTED.as_bytes();
    let expected = whole(body);
    for size in 1..body.len() {
        assert_eq!(pieces(body.chunks(size)), expected, "pieces of {size}");
    }
}

#[test]
fn what_else_stands_in_the_answer_is_passed_over() {
    let body = r#" {"a":[[],{},{"codes":["no"],"blockId":[1]},-1.5e+3,true,null,"\ud83d\ude00"],
        "blockId":"b","codes":[],"more":{"x":{"y":[]}}}
    "#;
    let end = End {
        block: "b".into(),
        count: 0,
    };
    assert_eq!(whole(body.as_bytes()), Ok((Vec::new(), end)));
    let long = format!(
        r#"{{"x":"{}","codes":["c"],"blockId":"b"}}"#,
        "я".repeat(100_000)
    );
    assert_eq!(whole(long.as_bytes()).unwrap().0, ["c"]);
}

#[test]
fn an_answer_that_cannot_be_right_is_refused_with_its_place() {
    let deep = format!(r#"{{"a":{}"#, "[".repeat(40));
    let endless = format!(
        r#"{{"codes":["one","{}"],"blockId":"b"}}"#,
        "x".repeat(5_000)
    );
    for (body, fault) in [
        ("<html>", Fault::NotJson(0)),
        ("[]", Fault::NotObject),
        ("\"text\"", Fault::NotObject),
        ("7 ", Fault::NotObject),
        ("}", Fault::NotJson(0)),
        (r#"{"codes":["a"],"blockId":"b"}{"#, Fault::NotJson(29)),
        (r#"{"codes":["a"],"blockId":"b"}a"#, Fault::NotJson(30)),
        (r#"{"codes":["a"],"blockId":"b"}""#, Fault::NotJson(30)),
        (r#"{"codes":["a",],"blockId":"b"}"#, Fault::NotJson(14)),
        (r#"{"codes":["a"},"blockId":"b"}"#, Fault::NotJson(13)),
        (r#"{"codes":[],}"#, Fault::NotJson(12)),
        (r#"{"codes":["a" "b"]}"#, Fault::NotJson(16)),
        ("{\"codes\":[\"a\u{1D}b\"]}", Fault::NotJson(12)),
        (r#"{"codes":["\x"]}"#, Fault::NotJson(12)),
        (r#"{"codes":["\ud83d"]}"#, Fault::NotJson(17)),
        (r#"{"codes":["\udc00"]}"#, Fault::NotJson(16)),
        (r#"{"codes":["\ud83dx"]}"#, Fault::NotJson(17)),
        (r#"{"codes":["\u00g0"]}"#, Fault::NotJson(15)),
        (r#"{"codes":[nul]}"#, Fault::NotJson(13)),
        (r#"{"a":01}"#, Fault::NotJson(7)),
        (r#"{"codes":["a",7]}"#, Fault::NotCode(1)),
        (r#"{"codes":[null]}"#, Fault::NotCode(0)),
        (r#"{"codes":[["a"]]}"#, Fault::NotCode(0)),
        (r#"{"codes":[""]}"#, Fault::NotCode(0)),
        (&endless, Fault::NotCode(1)),
        (&deep, Fault::Deep),
        (r#"{"codes":null,"blockId":"b"}"#, Fault::Missing("codes")),
        (r#"{"blockId":"b"}"#, Fault::Missing("codes")),
        ("{}", Fault::Missing("codes")),
        (r#"{"codes":[]}"#, Fault::Missing("blockId")),
        (r#"{"codes":[],"blockId":null}"#, Fault::Missing("blockId")),
        (r#"{"codes":[],"codes":[]}"#, Fault::Twice("codes")),
        (r#"{"blockId":"a","blockId":"b"}"#, Fault::Twice("blockId")),
    ] {
        assert_eq!(whole(body.as_bytes()), Err(fault), "{body:.60}");
    }
    assert_eq!(whole(b"{\"codes\":[\"\xff\"]}"), Err(Fault::NotJson(12)));
}

/// What serde makes of the whole body at once: a reader that has nothing in common with ours.
fn by_serde(body: &[u8]) -> Option<(Vec<String>, String)> {
    let Ok(Value::Object(answer)) = serde_json::from_slice(body) else {
        return None;
    };
    let codes = answer.get("codes")?.as_array()?.iter();
    let codes: Option<Vec<String>> = codes
        .map(|code| Some(code.as_str()?.to_owned()).filter(|code| !code.is_empty()))
        .collect();
    let block = match answer.get("blockId")? {
        Value::String(block) => block.clone(),
        Value::Number(block) => block.to_string(),
        _ => return None,
    };
    Some((codes?, block))
}

fn out_of_range(body: &[u8]) -> bool {
    serde_json::from_slice::<Value>(body)
        .is_err_and(|error| error.to_string().contains("number out of range"))
}

#[test]
fn a_number_of_any_size_is_passed_over() {
    let body = br#"{"d": -93E99999, "codes": ["a"], "blockId": "b"}"#;
    assert!(out_of_range(body));
    let (codes, end) = whole(body).unwrap();
    assert_eq!((codes, end.block), (vec!["a".to_owned()], "b".to_owned()));
}

/// Codes with everything a code may hold, and texts with everything JSON may.
fn code() -> impl Strategy<Value = String> {
    prop_oneof![
        "[!-~]{1,40}(\u{1D}9[12][!-~]{4,44}){0,2}",
        "\\PC{1,12}",
        proptest::collection::vec(any::<char>(), 1..8).prop_map(String::from_iter),
    ]
}

fn answer() -> impl Strategy<Value = Value> {
    let other = prop_oneof![
        Just(json!(null)),
        Just(json!([1, {"codes": ["no"]}, -2.5, "\u{1D}"])),
        any::<i64>().prop_map(Value::from),
        code().prop_map(Value::from),
    ];
    (
        proptest::collection::vec(code(), 0..20),
        "[0-9a-f-]{36}",
        proptest::collection::btree_map("[a-z]{1,6}", other, 0..3),
    )
        .prop_map(|(codes, block, others)| {
            let mut answer: Map<String, Value> = others.into_iter().collect();
            answer.insert("codes".into(), codes.into());
            answer.insert("blockId".into(), block.into());
            Value::Object(answer)
        })
}

proptest! {
    #[test]
    fn any_answer_in_any_pieces_reads_as_serde_reads_it(
        answer in answer(), pretty: bool, size in 1_usize..64,
    ) {
        let body = if pretty {
            serde_json::to_vec_pretty(&answer)
        } else {
            serde_json::to_vec(&answer)
        }.unwrap();
        let (codes, end) = pieces(body.chunks(size)).unwrap();
        let (expected, block) = by_serde(&body).unwrap();
        prop_assert_eq!(end, End { block, count: expected.len() as u64 });
        prop_assert_eq!(codes, expected);
    }

    #[test]
    fn any_beginning_of_an_answer_is_a_cut_one(answer in answer(), share in 0.0..1.0) {
        let body = serde_json::to_vec(&answer).unwrap();
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "a place in a short text")]
        let cut = (body.len() as f64 * share) as usize;
        prop_assert_eq!(whole(&body[..cut]), Err(Fault::Cut));
    }

    /// What we take is what serde takes. We take less: bounds, repeated fields and nulls are ours.
    #[test]
    fn whatever_is_taken_serde_takes_too(
        answer in answer(), at in any::<prop::sample::Index>(), byte: u8, size in 1_usize..64,
    ) {
        let mut body = serde_json::to_vec(&answer).unwrap();
        let at = at.index(body.len());
        body[at] = byte;
        if let Ok((codes, end)) = pieces(body.chunks(size)) {
            // JSON's numbers have no bounds, and ours are passed over; serde's have to fit.
            if !out_of_range(&body) {
                prop_assert_eq!(by_serde(&body), Some((codes, end.block)));
            }
        }
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in proptest::collection::vec(any::<u8>(), 0..200), size in 1_usize..64) {
        let outcome = whole(&bytes);
        prop_assert_eq!(pieces(bytes.chunks(size)), outcome);
    }
}
