//! A server that answers by script and keeps the bytes of every request.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Answers.
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    },
    /// Answers when [`Stub::open_the_gate`] is called.
    Gated(String),
    /// Promises a longer body than it sends, then closes.
    CutBody,
    /// Closes without a byte.
    HangUp,
    /// Never answers.
    Silence,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::Answer {
            status,
            headers: vec![("Content-Type", "application/json;charset=UTF-8".into())],
            body: body.into(),
        }
    }

    pub(crate) fn pdf(body: &[u8]) -> Self {
        Self::Answer {
            status: 200,
            headers: vec![("Content-Type", "application/pdf".into())],
            body: body.into(),
        }
    }

    pub(crate) fn html(status: u16) -> Self {
        Self::Answer {
            status,
            headers: vec![("Content-Type", "text/html".into())],
            body: b"<html><body><h1>nginx</h1></body></html>".into(),
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name, value.into()));
        }
        self
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// `PUT /v2/… HTTP/1.1` without the version.
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Where answers come from.
type Answering = dyn FnMut(&Received) -> Reply + Send;

struct Shared {
    answering: Mutex<Box<Answering>>,
    received: watch::Sender<Vec<Received>>,
    gate: watch::Sender<bool>,
}

/// The server; it stops when it is dropped.
pub(crate) struct Stub {
    pub(crate) url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Stub {
    /// Starts with answers to the first requests; any further one is told that nobody expected it.
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let mut replies: VecDeque<Reply> = replies.into_iter().collect();
        Self::answering(move |request| {
            replies.pop_front().unwrap_or_else(|| {
                Reply::json(500, &format!("{:?} was not expected", request.line))
            })
        })
        .await
    }

    /// Starts with somebody who answers every request.
    pub(crate) async fn answering(
        answering: impl FnMut(&Received) -> Reply + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            answering: Mutex::new(Box::new(answering)),
            received: watch::Sender::default(),
            gate: watch::Sender::default(),
        });
        let task = tokio::spawn(serve(listener, Arc::clone(&shared)));
        Self { url, shared, task }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.shared.received.borrow().clone()
    }

    /// The only request.
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received[0].clone()
    }

    /// Waits until so many requests have come.
    pub(crate) async fn wait_for(&self, count: usize) {
        let mut received = self.shared.received.subscribe();
        let came = received.wait_for(|received| received.len() >= count);
        tokio::time::timeout(Duration::from_secs(10), came)
            .await
            .expect("the requests must come within 10 s")
            .expect("the stub is alive");
    }

    /// Lets all gated answers go.
    pub(crate) fn open_the_gate(&self) {
        self.shared.gate.send_replace(true);
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        tokio::spawn(converse(stream, Arc::clone(&shared)));
    }
}

async fn converse(mut stream: TcpStream, shared: Arc<Shared>) {
    let Some(request) = receive(&mut stream).await else {
        return;
    };
    let reply = (shared.answering.lock().unwrap())(&request);
    shared
        .received
        .send_modify(|received| received.push(request));
    let answer = match reply {
        Reply::HangUp => return,
        Reply::Silence => return std::future::pending().await,
        Reply::CutBody => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":".to_vec(),
        Reply::Gated(body) => {
            shared
                .gate
                .subscribe()
                .wait_for(|open| *open)
                .await
                .unwrap();
            written(200, &[], body.as_bytes())
        }
        Reply::Answer {
            status,
            headers,
            body,
        } => written(status, &headers, &body),
    };
    // A client that has hung up by now is a matter of the test that made it do so.
    if stream.write_all(&answer).await.is_ok() {
        stream.shutdown().await.ok();
    }
}

fn written(status: u16, headers: &[(&str, String)], body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut head = format!("HTTP/1.1 {status} Words\r\nContent-Length: {length}\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// Reads a request with its whole body; `None` when the connection closed before that.
async fn receive(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let line = lines
        .next()
        .unwrap()
        .trim_end_matches(" HTTP/1.1")
        .to_owned();
    let headers: Vec<(String, String)> = lines
        .map(|line| {
            line.split_once(": ")
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .unwrap()
        })
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, value)| value.parse::<usize>().unwrap());
    let mut body = bytes.split_off(head_end + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Received {
        line,
        headers,
        body,
    })
}
