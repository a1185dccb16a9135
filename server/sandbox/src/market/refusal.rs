//! Answers that say no, in the Market's envelope.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/concepts/error-codes>.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::Answer;

/// The status the Market uses for exceeded limits; it has no standard name.
const ENHANCE_YOUR_CALM: u16 = 420;

/// A refusal: a status and at least one error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// HTTP status.
    pub(crate) status: StatusCode,
    /// The errors, in the order they were found.
    pub(crate) errors: Vec<ApiError>,
}

/// One error, `ApiErrorDTO`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    /// `code`.
    pub(crate) code: String,
    /// `message`.
    pub(crate) message: String,
}

impl ApiError {
    /// An error with its code and words.
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
        }
    }
}

impl Refusal {
    /// A refusal with one error.
    pub(crate) fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            errors: vec![ApiError::new(code, message)],
        }
    }

    /// 400 about the shape or state of a request.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// 400 for a value that is not of the expected type.
    pub(crate) fn illegal_input(path: &str) -> Self {
        Self::bad_request(format!("Illegal input at '{path}'"))
    }

    /// 401.
    pub(crate) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message)
    }

    /// 403.
    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "FORBIDDEN", message)
    }

    /// 404.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
    }

    /// 420.
    pub(crate) fn over_limit(message: impl Into<String>) -> Self {
        let status = StatusCode::from_u16(ENHANCE_YOUR_CALM).unwrap_or(StatusCode::BAD_REQUEST);
        Self::new(status, "REQUEST_LIMIT_EXCEEDED", message)
    }

    /// 500 and the like.
    pub(crate) fn trouble(status: StatusCode) -> Self {
        if status == StatusCode::SERVICE_UNAVAILABLE {
            return Self::new(
                status,
                "INTERNAL_ERROR",
                "Service temporarily unavailable. Please, try again later",
            );
        }
        Self::new(status, "INTERNAL_ERROR", "Internal server error")
    }

    /// The envelope `{"status":"ERROR","errors":[…]}`.
    pub(crate) fn envelope(&self) -> Value {
        let errors: Vec<Value> = self
            .errors
            .iter()
            .map(|error| json!({ "code": error.code, "message": error.message }))
            .collect();
        json!({ "status": "ERROR", "errors": errors })
    }

    /// The HTTP answer.
    pub(crate) fn answer(&self) -> Answer {
        Answer::json(self.status, &self.envelope())
    }
}
