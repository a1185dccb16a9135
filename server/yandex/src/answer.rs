//! What an answer means, before anybody looks at its payload.
//!
//! See [error codes](https://yandex.ru/dev/market/partner-api/doc/ru/concepts/error-codes).

use crate::budget::{Budget, Wait};
use desk::{
    server::ports::market::CallError,
    submission::{TheirError, TheirWords},
    time::Timestamp,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, error::Category};

/// How much of their text goes into the short description of a trouble.
const SHORT_TEXT: usize = 200;

/// A body as far as it was read.
pub(crate) struct Body {
    /// What was read.
    pub(crate) bytes: Vec<u8>,
    /// Whether that is all of it, or reading stopped at our bound.
    pub(crate) whole: bool,
}

/// What is to be done with an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Decode it.
    Good,
    /// Give up with this.
    Failed(CallError),
    /// They ask to wait.
    Wait(Wait),
}

/// The parts of an answer that tell good from bad, whatever their types: an envelope that is broken must not hide
/// the status of the answer.
#[derive(Default, Deserialize)]
struct Envelope {
    status: Option<Value>,
    errors: Option<Value>,
    error: Option<Value>,
}

/// Decides by status and envelope.
///
/// 408 is the time-out of something between us and them, so it is unknown like any other. 429 is what such a
/// go-between says for 420.
pub(crate) fn classify(http: u16, body: &Body, budget: &Budget, now: Timestamp) -> Verdict {
    let envelope: Envelope = serde_json::from_slice(&body.bytes).unwrap_or_default();
    let their_words = || TheirWords {
        http,
        errors: envelope.entries(),
    };
    match http {
        200..=299 if !body.whole => Verdict::Failed(CallError::NotUnderstood {
            http,
            at: format!("longer than {} bytes", body.bytes.len()),
        }),
        200..=299 if envelope.says_error() => Verdict::Failed(CallError::Refused(their_words())),
        200..=299 => Verdict::Good,
        420 | 429 => Verdict::Wait(budget.wait(&their_words(), now)),
        408 | 500.. => Verdict::Failed(CallError::NoAnswer(trouble(&their_words()))),
        400..=499 => Verdict::Failed(CallError::Refused(their_words())),
        _ => Verdict::Failed(CallError::NotUnderstood {
            http,
            at: "the status, which no method of theirs gives".to_owned(),
        }),
    }
}

impl Envelope {
    fn says_error(&self) -> bool {
        self.status.as_ref().and_then(Value::as_str) == Some("ERROR")
    }

    /// Their entries, from `errors` or, when it has none, from the `error` of old answers.
    fn entries(&self) -> Vec<TheirError> {
        let listed: Vec<TheirError> = self
            .errors
            .as_ref()
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(entry)
            .collect();
        if listed.is_empty() {
            self.error.iter().filter_map(entry).collect()
        } else {
            listed
        }
    }
}

/// One entry with its code and text as they are; old codes are numbers.
fn entry(value: &Value) -> Option<TheirError> {
    let message = value
        .get("message")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let code = match value.get("code") {
        Some(Value::String(code)) => Some(code.clone()),
        Some(Value::Number(code)) => Some(code.to_string()),
        _ => None,
    };
    (code.is_some() || message.is_some()).then(|| TheirError {
        code: code.unwrap_or_default(),
        message,
    })
}

/// A trouble of theirs in a few words.
fn trouble(words: &TheirWords) -> String {
    let said = words.errors.first().map(|error| {
        let text: String = error
            .message
            .iter()
            .flat_map(|message| message.chars())
            .take(SHORT_TEXT)
            .collect();
        [error.code.as_str(), text.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(": ")
    });
    match said {
        Some(said) => format!("HTTP {}: {said}", words.http),
        None => format!("HTTP {}", words.http),
    }
}

/// Decodes the payload of a good answer. The error names the place and the length, and never quotes the answer,
/// which holds codes and buyers' data.
pub(crate) fn decode<T: DeserializeOwned>(http: u16, bytes: &[u8]) -> Result<T, CallError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let describe = |path: String, error: &serde_json::Error| CallError::NotUnderstood {
        http,
        at: format!(
            "{path}: {} (line {}, column {} of {} bytes)",
            complaint(error),
            error.line(),
            error.column(),
            bytes.len()
        ),
    };
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| describe(error.path().to_string(), error.inner()))?;
    reader
        .end()
        .map_err(|error| describe("the end".to_owned(), &error))?;
    Ok(value)
}

/// A body of our own that was stored and cannot be read back. The error does not quote it: it holds whole codes.
pub(crate) fn unreadable(body: &[u8], error: &serde_json::Error) -> CallError {
    CallError::Argument(format!(
        "a stored body of {} bytes cannot be read at line {}, column {}",
        body.len(),
        error.line(),
        error.column()
    ))
}

/// What is wrong, in words that cannot hold a part of the answer: serde quotes values, except where it names one
/// of our own fields.
fn complaint(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "it ends in the middle".to_owned(),
        Category::Syntax => "it is not JSON".to_owned(),
        Category::Io => "it cannot be read".to_owned(),
        Category::Data => {
            let words = error.to_string();
            match words
                .strip_prefix("missing field `")
                .and_then(|rest| rest.split_once('`'))
            {
                Some((field, _)) => format!("`{field}` is missing"),
                None => "another value than documented".to_owned(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000);

    fn verdict(http: u16, body: &str) -> Verdict {
        classify(
            http,
            &Body {
                bytes: body.into(),
                whole: true,
            },
            &Budget::default(),
            NOW,
        )
    }

    fn refused(http: u16, errors: &[(&str, Option<&str>)]) -> Verdict {
        Verdict::Failed(CallError::Refused(TheirWords {
            http,
            errors: errors
                .iter()
                .map(|(code, message)| TheirError {
                    code: (*code).into(),
                    message: message.map(Into::into),
                })
                .collect(),
        }))
    }

    fn no_answer(words: &str) -> Verdict {
        Verdict::Failed(CallError::NoAnswer(words.into()))
    }

    #[test]
    fn a_2xx_is_good_unless_its_status_says_otherwise() {
        assert_eq!(verdict(200, r#"{"status":"OK"}"#), Verdict::Good);
        assert_eq!(verdict(200, r#"{"orders":[]}"#), Verdict::Good);
        assert_eq!(
            verdict(201, "not JSON, which decoding will tell"),
            Verdict::Good
        );
        assert_eq!(
            verdict(
                200,
                r#"{"status":"ERROR","errors":[{"code":"INVALID_CIS","message":"m"}]}"#
            ),
            refused(200, &[("INVALID_CIS", Some("m"))]),
        );
    }

    #[test]
    fn every_4xx_is_a_refusal_with_their_words_verbatim() {
        for http in [400, 401, 403, 404, 405, 415, 423, 499] {
            assert_eq!(
                verdict(
                    http,
                    r#"{"status":"ERROR","errors":[{"code":"A","message":" b "},{"code":"C"}]}"#
                ),
                refused(http, &[("A", Some(" b ")), ("C", None)]),
            );
        }
    }

    #[test]
    fn odd_envelopes_of_a_refusal_are_survived() {
        assert_eq!(
            verdict(404, r#"{"status":"ERROR","errors":null}"#),
            refused(404, &[])
        );
        assert_eq!(verdict(404, "<html>Not found</html>"), refused(404, &[]));
        assert_eq!(verdict(404, ""), refused(404, &[]));
        assert_eq!(verdict(404, "[]"), refused(404, &[]));
        assert_eq!(verdict(400, r#"{"errors":"many"}"#), refused(400, &[]));
        assert_eq!(
            verdict(400, r#"{"errors":[null,{"message":"m"}]}"#),
            refused(400, &[("", Some("m"))])
        );
        assert_eq!(
            verdict(
                403,
                r#"{"error":{"code":403,"message":"Forbidden"},"errors":null}"#
            ),
            refused(403, &[("403", Some("Forbidden"))]),
        );
        assert_eq!(
            verdict(
                403,
                r#"{"error":{"code":403,"message":"Forbidden"},"errors":[{"code":"FORBIDDEN"}]}"#
            ),
            refused(403, &[("FORBIDDEN", None)]),
        );
    }

    #[test]
    fn a_5xx_is_no_answer_with_their_words_when_there_are_any() {
        assert_eq!(
            verdict(502, "<html><h1>Bad gateway</h1></html>"),
            no_answer("HTTP 502")
        );
        assert_eq!(
            verdict(
                500,
                r#"{"status":"ERROR","errors":[{"code":"INTERNAL_ERROR","message":"oops"}]}"#
            ),
            no_answer("HTTP 500: INTERNAL_ERROR: oops"),
        );
        assert_eq!(
            verdict(503, r#"{"errors":[{"code":"BUSY"}]}"#),
            no_answer("HTTP 503: BUSY")
        );
        assert_eq!(verdict(408, ""), no_answer("HTTP 408"));
        let long = format!(
            r#"{{"errors":[{{"code":"X","message":"{}"}}]}}"#,
            "я".repeat(1_000)
        );
        assert_eq!(
            verdict(500, &long),
            no_answer(&format!("HTTP 500: X: {}", "я".repeat(SHORT_TEXT)))
        );
    }

    #[test]
    fn a_420_asks_to_wait() {
        assert_eq!(verdict(420, "{}"), Verdict::Wait(Wait::Shortly));
        assert_eq!(verdict(429, "<html>"), Verdict::Wait(Wait::Shortly));
        let budget = Budget {
            remaining: Some(0),
            until: Some(Timestamp(5_000)),
            ..Budget::default()
        };
        let body = Body {
            bytes: b"{}".to_vec(),
            whole: true,
        };
        assert_eq!(
            classify(420, &body, &budget, NOW),
            Verdict::Wait(Wait::Until(Timestamp(5_000)))
        );
    }

    #[test]
    fn a_redirect_is_not_understood() {
        assert!(matches!(
            verdict(302, ""),
            Verdict::Failed(CallError::NotUnderstood { http: 302, .. })
        ));
    }

    #[test]
    fn an_endless_good_answer_is_not_understood_and_an_endless_refusal_is_still_a_refusal() {
        let body = Body {
            bytes: b"[[[[".to_vec(),
            whole: false,
        };
        assert!(matches!(
            classify(200, &body, &Budget::default(), NOW),
            Verdict::Failed(CallError::NotUnderstood { http: 200, .. }),
        ));
        assert_eq!(
            classify(404, &body, &Budget::default(), NOW),
            refused(404, &[])
        );
    }

    #[derive(Debug, Deserialize)]
    struct Sample {
        #[expect(dead_code, reason = "only its decoding matters")]
        items: Vec<SampleItem>,
    }

    #[derive(Debug, Deserialize)]
    struct SampleItem {
        #[expect(dead_code, reason = "only its decoding matters")]
        id: i64,
    }

    fn complaint_about(body: &str) -> String {
        match decode::<Sample>(200, body.as_bytes()) {
            Err(CallError::NotUnderstood { http: 200, at }) => at,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_undecodable_answer_is_described_by_place_and_length_without_a_word_of_it() {
        let at = complaint_about(r#"{"items":[{"id":1},{"id":"secret code"}]}"#);
        assert!(
            at.starts_with("items[1].id: another value than documented"),
            "{at}"
        );
        assert!(at.ends_with("of 41 bytes)"), "{at}");
        assert!(!at.contains("secret"), "{at}");

        assert!(complaint_about(r#"{"items":[{}]}"#).starts_with("items[0]: `id` is missing"));
        assert!(complaint_about(r#"{"items":[{"id":1}"#).contains("it ends in the middle"));
        assert!(complaint_about("<html>").contains("it is not JSON"));
        assert!(complaint_about(r#"{"items":[]} secret"#).starts_with("the end: it is not JSON"));
    }
}
