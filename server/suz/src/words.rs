//! Their words in an answer that is no good one, whichever of the services and of the go-betweens wrote it.
//!
//! СУЗ: `{"fieldErrors": [{"fieldError", "fieldName", "errorCode"}], "globalErrors": [{"error", "errorCode"}], "success"}`
//! (edition 62, 6.2), where an array may be missing and a code is a string or a number. True API: `{"code"?,
//! "error_message", "description"?}`. Proxies: a page of HTML, of which the title is told, or a line of text.

use crate::hidden::Hidden;
use desk::submission::TheirError;
use serde_json::{Map, Value};

/// More errors than that of one answer say nothing new.
const MOST_ERRORS: usize = 100;

/// More of one text is data, not words.
const LONGEST_TEXT: usize = 4_000;

/// How long a line may be to count as words and not as some other file.
const LONGEST_LINE: usize = 300;

/// Everything that an answer says in words, with hidden values cut.
pub(crate) fn of_body(bytes: &[u8], hidden: &Hidden) -> Vec<TheirError> {
    let mut words = match serde_json::from_slice(bytes) {
        Ok(Value::Object(answer)) => of_object(&answer),
        Ok(Value::String(line)) => text_alone(&line),
        Ok(_) => Vec::new(),
        Err(_) => of_text(bytes),
    };
    words.truncate(MOST_ERRORS);
    for error in &mut words {
        error.code = hidden.hide(&error.code);
        error.message = error
            .message
            .take()
            .map(|message| shortened(&hidden.hide(&message)));
    }
    words
}

/// Whether an answer is an error although its status is a good one: it has errors listed, or True API's text.
pub(crate) fn tells_errors(bytes: &[u8]) -> bool {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(answer)) => {
            !listed(&answer).is_empty() || text(&answer, "error_message").is_some()
        }
        _ => false,
    }
}

/// A trouble of theirs in one line.
pub(crate) fn in_short(http: u16, words: &[TheirError], longest: usize) -> String {
    let said = words.first().map(|error| {
        [
            error.code.as_str(),
            error.message.as_deref().unwrap_or_default(),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(": ")
    });
    match said.filter(|said| !said.is_empty()) {
        Some(said) => {
            let short: String = said.chars().take(longest).collect();
            format!("HTTP {http}: {short}")
        }
        None => format!("HTTP {http}"),
    }
}

fn of_object(answer: &Map<String, Value>) -> Vec<TheirError> {
    let listed = listed(answer);
    if listed.is_empty() {
        flat(answer)
    } else {
        listed
    }
}

/// СУЗ's two lists. The name of a field stands before what is wrong with it.
fn listed(answer: &Map<String, Value>) -> Vec<TheirError> {
    let global = entries(answer, "globalErrors").filter_map(|entry| match entry {
        Value::String(line) => told(String::new(), Some(line.clone())),
        Value::Object(entry) => told(code(entry), text(entry, "error").or(text(entry, "message"))),
        _ => None,
    });
    let fields = entries(answer, "fieldErrors").filter_map(|entry| match entry {
        Value::String(line) => told(String::new(), Some(line.clone())),
        Value::Object(entry) => {
            let said = [text(entry, "fieldName"), text(entry, "fieldError")];
            let parts: Vec<_> = said.into_iter().flatten().collect();
            told(code(entry), (!parts.is_empty()).then(|| parts.join(": ")))
        }
        _ => None,
    });
    global.chain(fields).collect()
}

/// The entries of a list, or the one thing that stands where a list should.
fn entries<'a>(answer: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a Value> {
    match answer.get(name) {
        Some(Value::Array(entries)) => entries.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
    .iter()
}

/// True API's flat error, and the shapes that the servers under both give when the services themselves do not answer.
fn flat(answer: &Map<String, Value>) -> Vec<TheirError> {
    let description = text(answer, "description");
    let message = ["error_message", "errorMessage", "message", "error"]
        .into_iter()
        .find_map(|name| text(answer, name));
    let more = description
        .clone()
        .filter(|description| message.is_some() && message.as_ref() != Some(description));
    let first = told(code(answer), message.or(description));
    first
        .into_iter()
        .chain(more.and_then(|more| told(String::new(), Some(more))))
        .collect()
}

fn told(code: String, message: Option<String>) -> Option<TheirError> {
    (!code.is_empty() || message.is_some()).then_some(TheirError { code, message })
}

/// Declared a string, written a number.
fn code(entry: &Map<String, Value>) -> String {
    ["errorCode", "code"]
        .into_iter()
        .find_map(|name| match entry.get(name) {
            Some(Value::String(code)) => Some(code.clone()),
            Some(Value::Number(code)) => Some(code.to_string()),
            _ => None,
        })
        .unwrap_or_default()
}

fn text(entry: &Map<String, Value>, name: &str) -> Option<String> {
    entry
        .get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

/// A page of HTML or a line of text.
fn of_text(bytes: &[u8]) -> Vec<TheirError> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Vec::new();
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('<') {
        title(text).map_or_else(Vec::new, text_alone)
    } else if text.chars().count() <= LONGEST_LINE && !text.contains(['{', '[']) {
        text_alone(text)
    } else {
        Vec::new()
    }
}

fn text_alone(text: &str) -> Vec<TheirError> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    told(String::new(), Some(line).filter(|line| !line.is_empty()))
        .into_iter()
        .collect()
}

/// What stands in the title of a page.
fn title(page: &str) -> Option<&str> {
    let lower = page.to_ascii_lowercase();
    let open = lower.find("<title")?;
    let begin = open + lower.get(open..)?.find('>')? + 1;
    let end = begin + lower.get(begin..)?.find("</title")?;
    page.get(begin..end)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(body: &str) -> Vec<(String, Option<String>)> {
        of_body(body.as_bytes(), &Hidden::default())
            .into_iter()
            .map(|error| (error.code, error.message))
            .collect()
    }

    fn one(code: &str, message: &str) -> Vec<(String, Option<String>)> {
        vec![(code.to_owned(), Some(message.to_owned()))]
    }

    #[test]
    fn both_lists_of_suz_are_told_with_codes_as_text_or_number() {
        let body = r#"{
            "fieldErrors": [
                {"fieldError": "не может быть пустым", "fieldName": "products[0].gtin", "errorCode": 1010},
                {"fieldError": "слишком длинное", "fieldName": "name"}
            ],
            "globalErrors": [{"error": "Заказ не найден", "errorCode": "2010"}],
            "success": false
        }"#;
        assert_eq!(
            said(body),
            [
                ("2010".into(), Some("Заказ не найден".into())),
                (
                    "1010".into(),
                    Some("products[0].gtin: не может быть пустым".into())
                ),
                (String::new(), Some("name: слишком длинное".into())),
            ]
        );
    }

    #[test]
    fn a_missing_list_is_no_list() {
        let recorded = r#"{"success":false,"globalErrors":[{"error":"Маркер безопасности не соответствует","errorCode":1140}]}"#;
        assert_eq!(
            said(recorded),
            one("1140", "Маркер безопасности не соответствует")
        );
        assert_eq!(said(r#"{"success":false,"globalErrors":null}"#), []);
        assert_eq!(said(r#"{"success":false}"#), []);
        assert_eq!(
            said(
                r#"{"globalErrors":[{"errorCode":7}],"fieldErrors":[null, {}, {"fieldName":"gtin"}]}"#
            ),
            [("7".into(), None), (String::new(), Some("gtin".into()))]
        );
        assert_eq!(
            said(r#"{"globalErrors":{"error":"one, not a list"}}"#),
            one("", "one, not a list")
        );
        assert_eq!(
            said(r#"{"globalErrors":["bare words"]}"#),
            one("", "bare words")
        );
    }

    #[test]
    fn the_errors_of_true_api_are_told_verbatim() {
        assert_eq!(
            said(r#"{"error_message":"UUID не найден в хранилище ключей. UUID = 1"}"#),
            one("", "UUID не найден в хранилище ключей. UUID = 1")
        );
        assert_eq!(
            said(
                r#"{"code":"400","error_message":"Ошибка при проверке подписи","description":"Подпись не прошла проверку"}"#
            ),
            [
                ("400".into(), Some("Ошибка при проверке подписи".into())),
                (String::new(), Some("Подпись не прошла проверку".into())),
            ]
        );
        assert_eq!(
            said(r#"{"error_message":"same","description":"same"}"#),
            one("", "same")
        );
        assert_eq!(said(r#"{"description":"alone"}"#), one("", "alone"));
        assert_eq!(
            said(r#"{"timestamp":1,"status":401,"error":"Unauthorized","message":"","path":"/"}"#),
            one("", "Unauthorized")
        );
    }

    #[test]
    fn of_a_page_the_title_is_told_and_of_a_text_the_line() {
        assert_eq!(
            said(
                "<html>\r\n<head><title>413 Request Entity Too Large</title></head><body>nginx</body></html>"
            ),
            one("", "413 Request Entity Too Large")
        );
        assert_eq!(
            said("<!DOCTYPE html><HTML><TITLE lang=\"ru\">Доступ\n  запрещён</TITLE>"),
            one("", "Доступ запрещён")
        );
        assert_eq!(said("<html><body>no title</body></html>"), []);
        assert_eq!(said("<title>never closed"), []);
        assert_eq!(said("Invalid OMS ID\n"), one("", "Invalid OMS ID"));
        assert_eq!(said("\"Invalid OMS ID\""), one("", "Invalid OMS ID"));
        assert_eq!(said(""), []);
        assert_eq!(
            said("{\"globalErrors\":[{\"err"),
            [],
            "a piece of JSON is no line"
        );
        assert_eq!(said(&"x".repeat(LONGEST_LINE + 1)), []);
        assert_eq!(of_body(b"\xff\xfe", &Hidden::default()), []);
    }

    #[test]
    fn a_good_status_with_errors_in_it_is_seen() {
        assert!(tells_errors(
            br#"{"success":false,"globalErrors":[{"error":"e","errorCode":1}]}"#
        ));
        assert!(tells_errors(br#"{"fieldErrors":[{"fieldError":"e"}]}"#));
        assert!(tells_errors(br#"{"error_message":"e"}"#));
        assert!(
            !tells_errors(br#"{"success":false}"#),
            "that is an answer of its own"
        );
        assert!(!tells_errors(br#"{"token":"t","error_message":null}"#));
        assert!(!tells_errors(
            br#"{"globalErrors":[],"fieldErrors":[],"omsId":"x"}"#
        ));
        assert!(!tells_errors(b"[]"));
        assert!(!tells_errors(b"<html>"));
    }

    #[test]
    fn a_trouble_is_told_in_one_line() {
        let error = |code: &str, message: Option<&str>| TheirError {
            code: code.into(),
            message: message.map(Into::into),
        };
        assert_eq!(in_short(502, &[], 10), "HTTP 502");
        assert_eq!(
            in_short(500, &[error("", Some("яяяяя"))], 3),
            "HTTP 500: яяя"
        );
        assert_eq!(
            in_short(500, &[error("7", Some("e"))], 10),
            "HTTP 500: 7: e"
        );
        assert_eq!(in_short(500, &[error("7", None)], 10), "HTTP 500: 7");
    }

    #[test]
    fn endless_words_are_bounded() {
        let text = "я".repeat(LONGEST_TEXT * 2);
        let entry = format!(r#"{{"error":"{text}","errorCode":1}}"#);
        let body = format!(
            r#"{{"globalErrors":[{}]}}"#,
            vec![entry; MOST_ERRORS * 2].join(",")
        );
        let words = said(&body);
        assert_eq!(words.len(), MOST_ERRORS);
        assert_eq!(
            words[0].1.as_ref().unwrap().chars().count(),
            LONGEST_TEXT + 1
        );
    }

    /// JSON of any shape, with the names of the documented fields more often than others.
    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,12}".prop_map(Value::from),
        ];
        let name = prop_oneof![
            Just("globalErrors".to_owned()),
            Just("fieldErrors".to_owned()),
            Just("error".to_owned()),
            Just("errorCode".to_owned()),
            Just("fieldName".to_owned()),
            Just("error_message".to_owned()),
            Just("description".to_owned()),
            "[a-z]{1,4}",
        ];
        leaf.prop_recursive(4, 32, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec((name.clone(), inner), 0..6)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            of_body(&bytes, &Hidden::default());
            tells_errors(&bytes);
        }

        #[test]
        fn whatever_the_shape_no_hidden_value_is_told(answer in json(), cut in 0_usize..400) {
            const TOKEN: &str = "0cc2e4b0-5e2a-4d1c-9d5c-5a6b7c8d9e0f";
            let mut body = answer.to_string().replace("\"\"", &format!("\"{TOKEN}\""));
            let end = body.char_indices().nth(cut).map_or(body.len(), |(at, _)| at);
            body.truncate(end);
            for error in of_body(body.as_bytes(), &Hidden::of([TOKEN])) {
                let told = format!("{error:?}");
                prop_assert!(!told.contains(TOKEN));
                prop_assert!(!error.code.is_empty() || error.message.is_some());
            }
        }
    }
}
