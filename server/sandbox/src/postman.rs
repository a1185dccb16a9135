//! Carries notifications: one at a time to each address, and none past one that was not taken.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, Uri, header},
};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use serde_json::Value;
use tokio::{net::TcpStream, task::JoinSet, time::timeout};

use crate::{
    market::events::NotificationType,
    post::{Delivery, Subscription},
    sandbox::Sandbox,
};

/// The most of an answer that is read, bytes.
const MOST_READ: usize = 64 * 1024;

/// Carries what comes, for ever; dropping the future drops what is on its way.
pub(crate) async fn run(sandbox: Sandbox) {
    let mut walks = JoinSet::new();
    loop {
        let mail = sandbox.mail();
        let taken_up = sandbox.floor().post.take_up();
        for subscription in taken_up {
            walks.spawn(walk(sandbox.clone(), subscription));
        }
        while walks.try_join_next().is_some() {}
        mail.await;
    }
}

/// Carries everything that waits for one subscription.
async fn walk(sandbox: Sandbox, id: i64) {
    loop {
        let Some(subscription) = sandbox.subscription(id) else {
            sandbox.floor().post.drop_all(id);
            return;
        };
        let Some(delivery) = sandbox.floor().post.next(id) else {
            return;
        };
        let outcome = attempt(&subscription, &delivery).await;
        let failed = outcome.is_err();
        sandbox.floor().post.note(id, outcome);
        sandbox.notify();
        if failed {
            tokio::time::sleep(Duration::from_millis(subscription.retry_ms)).await;
        }
    }
}

async fn attempt(subscription: &Subscription, delivery: &Delivery) -> Result<(), String> {
    let ms = match delivery.kind {
        NotificationType::Ping => subscription.ping_ms,
        _ => subscription.answer_ms,
    };
    let sent = send(&subscription.url, &delivery.body);
    timeout(Duration::from_millis(ms), sent)
        .await
        .unwrap_or_else(|_| Err(format!("no answer within {ms} ms")))
}

async fn send(url: &str, body: &Value) -> Result<(), String> {
    let uri: Uri = format!("{url}/notification")
        .parse()
        .map_err(|error| format!("the address: {error}"))?;
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let port = uri.port_u16().unwrap_or(80);
    let stream = TcpStream::connect((host, port))
        .await
        .map_err(|error| format!("no connection: {error}"))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| format!("no HTTP: {error}"))?;
    let mut carrier = JoinSet::new();
    carrier.spawn(connection);
    let request = Request::builder()
        .method(Method::POST)
        .uri(uri.path())
        .header(header::HOST, format!("{host}:{port}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONNECTION, "close")
        .body(Body::from(body.to_string()))
        .map_err(|error| format!("no request: {error}"))?;
    let answer = sender
        .send_request(request)
        .await
        .map_err(|error| format!("no answer: {error}"))?;
    let status = answer.status().as_u16();
    let body = to_bytes(Body::new(answer.into_body()), MOST_READ)
        .await
        .map_err(|error| format!("no whole answer: {error}"))?;
    judge(status, &body)
}

/// Whether an answer is what the documentation demands: 200 and `{version, name, time}`.
fn judge(status: u16, body: &[u8]) -> Result<(), String> {
    if status != 200 {
        return Err(format!("status {status}"));
    }
    let body: Value =
        serde_json::from_slice(body).map_err(|error| format!("the answer is not JSON: {error}"))?;
    for name in ["version", "name"] {
        let length = body
            .get(name)
            .and_then(Value::as_str)
            .map_or(0, |text| text.chars().count());
        if !(1..=100).contains(&length) {
            return Err(format!("'{name}' must be a text of 1 to 100 characters"));
        }
    }
    let time = body.get("time").and_then(Value::as_str).unwrap_or_default();
    time.parse::<Timestamp>()
        .map(|_| ())
        .map_err(|error| format!("'time' is not a moment: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documented_answer_is_taken() {
        let good = br#"{"version":"1.0.0","name":"shop","time":"2026-11-18T12:00:00Z"}"#;
        assert_eq!(judge(200, good), Ok(()));
        assert!(judge(204, good).is_err());
        for bad in [
            &b"OK"[..],
            br#"{"version":"","name":"shop","time":"2026-11-18T12:00:00Z"}"#,
            br#"{"version":"1","time":"2026-11-18T12:00:00Z"}"#,
            br#"{"version":"1","name":"shop","time":"today"}"#,
        ] {
            assert!(judge(200, bad).is_err(), "{}", String::from_utf8_lossy(bad));
        }
    }
}
