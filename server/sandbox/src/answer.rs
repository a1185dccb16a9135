//! An HTTP answer before it is put on the wire.

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, InvalidHeaderValue},
    },
    response::{IntoResponse, Response},
};
use serde_json::Value;

/// The status, headers and whole body of an answer: whole, so that a fault can still cut or replace it.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// HTTP status.
    pub(crate) status: StatusCode,
    /// Headers without the lengths, which the server adds itself.
    pub(crate) headers: HeaderMap,
    /// The bytes of the body.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A JSON answer.
    pub(crate) fn json(status: StatusCode, value: &Value) -> Self {
        Self::with_type(
            status,
            "application/json;charset=UTF-8",
            value.to_string().into_bytes(),
        )
    }

    /// An HTML page, as a proxy in front of the service answers.
    pub(crate) fn html(status: StatusCode, page: String) -> Self {
        Self::with_type(status, "text/html; charset=utf-8", page.into_bytes())
    }

    /// A file.
    pub(crate) fn bytes(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Self {
        Self::with_type(status, content_type, body)
    }

    fn with_type(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Self {
        let headers =
            HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]);
        Self {
            status,
            headers,
            body,
        }
    }

    /// Adds a header.
    pub(crate) fn header(
        mut self,
        name: &'static str,
        value: &str,
    ) -> Result<Self, InvalidHeaderValue> {
        self.headers
            .insert(HeaderName::from_static(name), HeaderValue::from_str(value)?);
        Ok(self)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
