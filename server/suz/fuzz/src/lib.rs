//! What the reader of answers with codes promises of any input, as a function of bytes: the fuzzer calls it, and so does a
//! test with the committed inputs.

#[path = "../../src"]
mod suz {
    pub(crate) mod stream;
}

use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use suz::stream::{End, Fault, Reader};

type Outcome = Result<(Vec<String>, End), Fault>;

/// The first byte says how the rest is cut into pieces.
pub fn codes(bytes: &[u8]) {
    let Some((size, body)) = bytes.split_first() else {
        return;
    };
    let outcome = read([body]);
    let pieces = body.chunks(usize::from(*size).max(1));
    assert_eq!(
        read(pieces),
        outcome,
        "the pieces of the network mean something"
    );
    match &outcome {
        Ok(read) => {
            assert_eq!(
                by_serde(body).as_ref(),
                Some(read),
                "serde reads another answer"
            );
            // No beginning of an answer is an answer; white space at its end is none of it.
            let end = body.trim_ascii_end().len();
            for length in [end / 3, end / 2, end - 1] {
                assert_eq!(
                    read_of(body, length),
                    Err(Fault::Cut),
                    "cut after {length} bytes"
                );
            }
        }
        Err(Fault::NotJson(at)) => {
            assert!(*at <= body.len() as u64);
            let within = serde_json::from_slice::<Value>(body);
            assert!(
                within.is_err() || has_long_number(body),
                "serde takes it for JSON"
            );
        }
        Err(_) => {}
    }
}

fn read_of(body: &[u8], length: usize) -> Outcome {
    read(body.get(..length))
}

fn read<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
    let mut reader = Reader::default();
    let mut codes = Vec::new();
    for piece in pieces {
        let before = reader.has_begun();
        reader.feed(piece)?;
        assert!(reader.has_begun() || (!before && reader.waiting() == 0));
        codes.extend(reader.codes());
    }
    Ok((codes, reader.end()?))
}

/// Numbers have a bound of our own.
fn has_long_number(body: &[u8]) -> bool {
    let bare = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    body.chunk_by(|left, right| bare(left) == bare(right))
        .any(|run| run.len() > 64)
}

/// The answer as serde sees it.
#[derive(Deserialize)]
struct Answer<'a> {
    codes: Vec<String>,
    #[serde(rename = "blockId", borrow)]
    block: &'a RawValue,
}

/// What serde makes of the whole body at once.
fn by_serde(body: &[u8]) -> Option<(Vec<String>, End)> {
    let answer: Answer<'_> = serde_json::from_slice(body).ok()?;
    let raw = answer.block.get();
    let block = serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned());
    let count = answer.codes.len() as u64;
    Some((answer.codes, End { block, count }))
}
