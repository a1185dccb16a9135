//! A server that answers by script and keeps every request as it came.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, Response},
};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Answers.
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    },
    /// Promises a longer body than it sends, then closes.
    CutBody,
    /// Promises so many bytes, sends these, then closes.
    Cut { promised: usize, body: Vec<u8> },
    /// Never answers.
    Silence,
}

impl Reply {
    pub(crate) fn json(status: u16, body: impl Into<String>) -> Self {
        Self::with_type(status, "application/json;charset=UTF-8", body.into())
    }

    /// A page of a proxy.
    pub(crate) fn page(status: u16, title: &str) -> Self {
        let page =
            format!("<html>\r\n<head><title>{title}</title></head><body>nginx</body></html>");
        Self::with_type(status, "text/html", page)
    }

    fn with_type(status: u16, content_type: &str, body: String) -> Self {
        Self::Answer {
            status,
            headers: vec![("Content-Type", content_type.into())],
            body: body.into(),
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name, value.into()));
        }
        self
    }

    fn response(self) -> Response<Body> {
        match self {
            Self::Answer {
                status,
                headers,
                body,
            } => {
                let mut response = Response::builder().status(status);
                for (name, value) in headers {
                    response = response.header(name, value);
                }
                response.body(body.into()).unwrap()
            }
            Self::CutBody | Self::Silence => cut(100, b"{\"omsId\":".to_vec()),
            Self::Cut { promised, body } => cut(promised, body),
        }
    }
}

fn cut(promised: usize, body: Vec<u8>) -> Response<Body> {
    Response::builder()
        .header("Content-Length", promised)
        .body(Body::from_stream(futures::stream::iter([
            Ok(Bytes::from(body)),
            Err(std::io::Error::other("cut")),
        ])))
        .unwrap()
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// `GET /suz-host/api/v3/ping?omsId=…`.
    pub(crate) line: String,
    headers: HeaderMap,
    /// The bytes of the body.
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// The server; it stops when it is dropped.
pub(crate) struct StandIn {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
    task: JoinHandle<()>,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl StandIn {
    /// Starts with answers to the first requests; any further one is told that nobody expected it.
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Arc<Mutex<VecDeque<Reply>>> =
            Arc::new(Mutex::new(replies.into_iter().collect()));
        let received = Arc::<Mutex<Vec<Received>>>::default();
        let kept = Arc::clone(&received);
        let router = Router::new().fallback(move |request: Request| {
            let (replies, kept) = (Arc::clone(&replies), Arc::clone(&kept));
            async move {
                let (head, body) = request.into_parts();
                let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
                let request = Received {
                    line: format!("{} {}", head.method, head.uri),
                    headers: head.headers,
                    body: body.to_vec(),
                };
                let unexpected =
                    format!(r#"{{"error_message":"{} was not expected"}}"#, request.line);
                kept.lock().unwrap().push(request);
                let reply = replies.lock().unwrap().pop_front();
                let reply = reply.unwrap_or_else(|| Reply::json(500, unexpected));
                if matches!(reply, Reply::Silence) {
                    std::future::pending::<()>().await;
                }
                reply.response()
            }
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            url,
            received,
            task,
        }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The only request.
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received[0].clone()
    }
}
