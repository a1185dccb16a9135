//! An HTTP answer before it is put on the wire.

use std::{
    borrow::Cow,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, InvalidHeaderValue},
    },
    response::{IntoResponse, Response},
};
use hyper::body::{Frame, SizeHint};
use serde_json::Value;
use thiserror::Error;
use tokio::time::sleep;

use crate::{
    crpt::CodesBody,
    sandbox::{Released, Sandbox},
};

/// Answers with no more codes than this are made whole and tell their length, as short answers of the real service do.
const FEW_CODES: u64 = 1_000;

/// The body of an answer.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// As it is.
    Whole(Vec<u8>),
    /// Codes, made while they are sent.
    Codes(Box<CodesBody>),
    /// Bytes of which only the first so many are sent; then the connection breaks.
    Broken(Vec<u8>, usize),
    /// The same, and the connection breaks when what is held is released.
    Held(Vec<u8>, usize, Sandbox, Released),
}

impl Content {
    /// All of it.
    pub(crate) fn bytes(&self) -> Cow<'_, [u8]> {
        match self {
            Self::Whole(bytes) | Self::Broken(bytes, _) | Self::Held(bytes, ..) => {
                Cow::Borrowed(bytes)
            }
            Self::Codes(body) => Cow::Owned(body.as_ref().clone().whole()),
        }
    }
}

/// The status, headers and body of an answer, which a fault can still cut or replace.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// HTTP status.
    pub(crate) status: StatusCode,
    /// Headers without the lengths, which the server adds itself.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) content: Content,
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

    /// Codes of СУЗ.
    pub(crate) fn codes(body: CodesBody) -> Self {
        let content = if body.left() <= FEW_CODES {
            Content::Whole(body.whole())
        } else {
            Content::Codes(Box::new(body))
        };
        Self {
            content,
            ..Self::json(StatusCode::OK, &Value::Null)
        }
    }

    fn with_type(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Self {
        let headers =
            HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]);
        Self {
            status,
            headers,
            content: Content::Whole(body),
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
        let body = match self.content {
            Content::Whole(bytes) => Body::from(bytes),
            Content::Codes(body) => Body::new(*body),
            Content::Broken(bytes, sent) => Body::new(BrokenBody::new(bytes, sent, async {
                sleep(LAST_BYTE).await;
            })),
            Content::Held(bytes, sent, sandbox, since) => {
                let end = async move { sandbox.wait_for_release(since).await };
                Body::new(BrokenBody::new(bytes, sent, end))
            }
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// Why a connection is closed in the middle of an answer.
#[derive(Clone, Copy, Debug, Error)]
#[error("the sandbox broke off its answer on purpose")]
struct BrokenOff;

/// How much of a body that breaks off is sent at once, bytes.
const PIECE: usize = 16 * 1024;

/// How long a connection stays open behind the last byte of a body that breaks off, so that this byte still arrives.
const LAST_BYTE: Duration = Duration::from_millis(50);

/// A body that promises its whole length and breaks off.
struct BrokenBody {
    length: u64,
    left: Bytes,
    /// When it breaks off.
    end: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl BrokenBody {
    fn new(
        mut bytes: Vec<u8>,
        sent: usize,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        // Something must be missing, or nothing would be broken.
        bytes.truncate(sent.min(bytes.len().saturating_sub(1)));
        Self {
            length,
            left: bytes.into(),
            end: Box::pin(end),
        }
    }
}

impl HttpBody for BrokenBody {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        if !self.left.is_empty() {
            let piece = self.left.len().min(PIECE);
            let piece = self.left.split_to(piece);
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        self.end
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(BrokenOff)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
