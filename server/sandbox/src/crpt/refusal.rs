//! Answers that say no, each service in its own shape.

use std::fmt;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::route::Host;
use crate::answer::Answer;

/// A refusal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    status: StatusCode,
    /// `None`: nothing is said.
    body: Option<Value>,
    /// Why it is so, for the record of signatures; the caller is not told.
    reason: Option<String>,
}

impl Refusal {
    /// True API's: `error_message` and nothing else.
    pub(super) fn true_api(status: StatusCode, words: impl Into<String>) -> Self {
        Self {
            status,
            reason: None,
            body: Some(json!({ "error_message": words.into() })),
        }
    }

    /// СУЗ's about the whole request.
    pub(super) fn global(status: StatusCode, words: impl Into<String>, code: u32) -> Self {
        let error = json!({ "error": words.into(), "errorCode": code });
        Self {
            status,
            reason: None,
            body: Some(json!({ "success": false, "globalErrors": [error] })),
        }
    }

    /// СУЗ's 400 about one parameter or member.
    pub(super) fn field(name: &str, words: impl Into<String>) -> Self {
        let error = json!({ "fieldName": name, "fieldError": words.into(), "errorCode": 1010 });
        Self {
            status: StatusCode::BAD_REQUEST,
            reason: None,
            body: Some(json!({ "success": false, "fieldErrors": [error] })),
        }
    }

    /// СУЗ's 400 about several members.
    pub(super) fn fields(faults: Vec<(String, String)>) -> Self {
        let errors: Vec<Value> = faults
            .into_iter()
            .map(|(name, words)| {
                json!({ "fieldName": name, "fieldError": words, "errorCode": 1010 })
            })
            .collect();
        Self {
            status: StatusCode::BAD_REQUEST,
            reason: None,
            body: Some(json!({ "success": false, "fieldErrors": errors })),
        }
    }

    /// СУЗ's 400 about something that cannot be done.
    pub(super) fn bad_request(words: impl Into<String>) -> Self {
        Self::global(StatusCode::BAD_REQUEST, words, 400)
    }

    /// СУЗ's 404.
    pub(super) fn not_found(words: impl Into<String>) -> Self {
        Self::global(StatusCode::NOT_FOUND, words, 404)
    }

    /// СУЗ's 401. The documents do not say how it looks.
    pub(super) fn unauthorized(words: &str) -> Self {
        Self::global(StatusCode::UNAUTHORIZED, words, 401)
    }

    /// СУЗ's 400 about a token and an OMS ID that do not belong together; the words are the real ones.
    pub(super) fn other_company(token: &str, oms_id: &str) -> Self {
        let words = format!(
            "Маркер безопасности {token} не соответствует указанному в запросе идентификатору СУЗ {oms_id}"
        );
        Self::global(StatusCode::BAD_REQUEST, words, 1140)
    }

    /// True API's 500 when СУЗ does not answer it; the words are the real ones.
    pub(super) fn suz_timed_out() -> Self {
        let words = "SuzServiceProxy#getTokenFromSuz(String,Long,String,boolean) timed-out and no fallback available.";
        let description = format!("com.netflix.hystrix.exception.HystrixRuntimeException: {words}");
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            reason: None,
            body: Some(json!({ "code": 500, "description": description, "error_message": words })),
        }
    }

    /// A status without a word.
    pub(super) const fn silent(status: StatusCode) -> Self {
        Self {
            status,
            body: None,
            reason: None,
        }
    }

    /// Notes why, for the record of signatures.
    pub(super) fn because(mut self, reason: impl fmt::Display) -> Self {
        self.reason = Some(reason.to_string());
        self
    }

    /// Why it is so.
    pub(super) fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// A trouble of a whole service.
    pub(super) fn trouble(host: Host, status: StatusCode) -> Self {
        let words = match status {
            StatusCode::TOO_MANY_REQUESTS => "Превышено допустимое количество запросов",
            _ => "Internal Server Error",
        };
        match host {
            Host::TrueApi => Self::true_api(status, words),
            Host::Suz | Host::Registration => {
                Self::global(status, words, u32::from(status.as_u16()))
            }
        }
    }

    /// The members it is about.
    #[cfg(test)]
    pub(super) fn field_names(&self) -> Vec<String> {
        let errors = self.body.as_ref().and_then(|body| body.get("fieldErrors"));
        errors
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|error| error.get("fieldName")?.as_str().map(str::to_owned))
            .collect()
    }

    /// The HTTP answer.
    pub(super) fn answer(&self) -> Answer {
        match &self.body {
            Some(body) => Answer::json(self.status, body),
            None => Answer::bytes(self.status, "application/json", Vec::new()),
        }
    }
}
