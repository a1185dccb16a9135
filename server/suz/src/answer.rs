//! What an answer means, before anybody looks at its payload.

use crate::{hidden::Hidden, words};
use desk::{server::ports::call::CallError, submission::TheirWords};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// How much of their text goes into the short description of a trouble.
const SHORT_TEXT: usize = 300;

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
    /// They ask to wait; nothing was done.
    Wait,
}

/// Decides by status, then by words.
///
/// 408 is the time-out of something between us and them, so it is unknown like any other. СУЗ's own 500 asks to repeat
/// after 30 seconds, and a login's 500 may only mean that True API did not reach СУЗ in time: in both the call may have
/// been done.
pub(crate) fn classify(http: u16, body: &Body, hidden: &Hidden) -> Verdict {
    let errors = || words::of_body(&body.bytes, hidden);
    match http {
        200..=299 if !body.whole => Verdict::Failed(CallError::NotUnderstood {
            http,
            at: format!("longer than {} bytes", body.bytes.len()),
        }),
        200..=299 if !words::tells_errors(&body.bytes) => Verdict::Good,
        429 => Verdict::Wait,
        408 | 500.. => Verdict::Failed(CallError::NoAnswer(words::in_short(
            http,
            &errors(),
            SHORT_TEXT,
        ))),
        200..=299 | 400..=499 => Verdict::Failed(CallError::Refused(TheirWords {
            http,
            errors: errors(),
        })),
        _ => Verdict::Failed(not_understood(
            http,
            "the status, which no method of theirs gives",
        )),
    }
}

/// An answer that makes no sense.
pub(crate) fn not_understood(http: u16, at: &str) -> CallError {
    CallError::NotUnderstood {
        http,
        at: at.to_owned(),
    }
}

/// Decodes the payload of a good answer. The error names the place and the length, and never quotes the answer,
/// which holds tokens and ids.
pub(crate) fn decode<T: DeserializeOwned>(http: u16, bytes: &[u8]) -> Result<T, CallError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let describe = |path: &str, error: &serde_json::Error| CallError::NotUnderstood {
        http,
        at: format!(
            "{path}: {} (line {}, column {} of {} bytes)",
            complaint(error, bytes),
            error.line(),
            error.column(),
            bytes.len()
        ),
    };
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| describe(&error.path().to_string(), error.inner()))?;
    reader.end().map_err(|error| describe("the end", &error))?;
    Ok(value)
}

/// What is wrong, in words that cannot hold a part of the answer: serde quotes values, except where it names one
/// of our own fields.
fn complaint(error: &serde_json::Error, bytes: &[u8]) -> String {
    match error.classify() {
        Category::Eof => "it ends in the middle".to_owned(),
        Category::Syntax if bytes.trim_ascii_start().starts_with(b"<") => {
            "it is a page for people, not JSON".to_owned()
        }
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
    use desk::submission::TheirError;
    use serde::Deserialize;

    fn whole(body: &str) -> Body {
        Body {
            bytes: body.into(),
            whole: true,
        }
    }

    fn verdict(http: u16, body: &str) -> Verdict {
        classify(http, &whole(body), &Hidden::default())
    }

    fn refused(http: u16, errors: &[(&str, &str)]) -> Verdict {
        let errors = errors.iter().map(|(code, message)| TheirError {
            code: (*code).into(),
            message: Some((*message).into()),
        });
        Verdict::Failed(CallError::Refused(TheirWords {
            http,
            errors: errors.collect(),
        }))
    }

    #[test]
    fn a_2xx_is_good_unless_it_tells_errors() {
        assert_eq!(verdict(200, r#"{"omsId":"x"}"#), Verdict::Good);
        assert_eq!(verdict(201, "\"an id alone\""), Verdict::Good);
        assert_eq!(verdict(200, r#"{"success":false}"#), Verdict::Good);
        assert_eq!(
            verdict(
                200,
                r#"{"success":false,"globalErrors":[{"error":"e","errorCode":1}]}"#
            ),
            refused(200, &[("1", "e")])
        );
    }

    #[test]
    fn every_4xx_but_a_time_out_and_a_limit_is_a_refusal() {
        for http in [400, 401, 403, 404, 405, 413, 422, 499] {
            assert_eq!(
                verdict(
                    http,
                    r#"{"globalErrors":[{"error":" verbatim ","errorCode":1140}]}"#
                ),
                refused(http, &[("1140", " verbatim ")])
            );
        }
        assert_eq!(
            verdict(
                413,
                "<html><head><title>413 Request Entity Too Large</title></head></html>"
            ),
            refused(413, &[("", "413 Request Entity Too Large")])
        );
        assert_eq!(verdict(401, ""), refused(401, &[]));
        assert_eq!(verdict(429, ""), Verdict::Wait);
        assert_eq!(
            verdict(408, ""),
            Verdict::Failed(CallError::NoAnswer("HTTP 408".into()))
        );
    }

    #[test]
    fn a_5xx_is_no_answer_with_their_words() {
        for (http, body, expected) in [
            (
                502,
                "<html><title>502 Bad Gateway</title>",
                "HTTP 502: 502 Bad Gateway",
            ),
            (503, "", "HTTP 503"),
            (
                500,
                r#"{"error_message":"SuzServiceProxy#getTokenFromSuz timed-out and fallback failed."}"#,
                "HTTP 500: SuzServiceProxy#getTokenFromSuz timed-out and fallback failed.",
            ),
            (
                500,
                r#"{"globalErrors":[{"error":"Внутренняя ошибка","errorCode":1000}],"success":false}"#,
                "HTTP 500: 1000: Внутренняя ошибка",
            ),
        ] {
            assert_eq!(
                verdict(http, body),
                Verdict::Failed(CallError::NoAnswer(expected.into()))
            );
        }
    }

    #[test]
    fn secrets_are_cut_out_of_every_kind_of_words() {
        let token = "0cc2e4b0-5e2a-4d1c-9d5c-5a6b7c8d9e0f";
        let hidden = Hidden::of([token]);
        let body = whole(&format!(
            r#"{{"globalErrors":[{{"error":"Маркер безопасности {token} не тот","errorCode":1140}}]}}"#
        ));
        for http in [200, 400, 401, 500] {
            let verdict = format!("{:?}", classify(http, &body, &hidden));
            assert!(verdict.contains("…9e0f"), "{verdict}");
            assert!(!verdict.contains(token), "{verdict}");
        }
    }

    #[test]
    fn redirects_and_endless_answers_are_not_understood() {
        assert!(matches!(
            verdict(302, ""),
            Verdict::Failed(CallError::NotUnderstood { http: 302, .. })
        ));
        let endless = Body {
            bytes: b"[[[[".to_vec(),
            whole: false,
        };
        assert!(matches!(
            classify(200, &endless, &Hidden::default()),
            Verdict::Failed(CallError::NotUnderstood { http: 200, .. })
        ));
        assert_eq!(
            classify(404, &endless, &Hidden::default()),
            refused(404, &[])
        );
    }

    #[derive(Debug, Deserialize)]
    struct Sample {
        #[expect(dead_code, reason = "only its decoding matters")]
        token: String,
    }

    #[test]
    fn an_undecodable_answer_is_described_without_a_word_of_it() {
        let about = |body: &str| match decode::<Sample>(200, body.as_bytes()) {
            Err(CallError::NotUnderstood { http: 200, at }) => at,
            other => panic!("{other:?}"),
        };
        let at = about(r#"{"token":["secret"]}"#);
        assert!(
            at.starts_with("token: another value than documented"),
            "{at}"
        );
        assert!(!at.contains("secret"), "{at}");
        assert!(about("{}").contains("`token` is missing"));
        assert!(about("<html>secret").contains("a page for people"));
        assert!(about("secret").contains("it is not JSON"));
        assert!(about(r#"{"token":"sec"#).contains("it ends in the middle"));
        assert!(about(r#"{"token":"t"} secret"#).starts_with("the end: it is not JSON"));
    }
}
