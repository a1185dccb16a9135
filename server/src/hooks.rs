//! `POST /hooks/{secret}/notification`: where a marketplace tells that something changed.
//!
//! There is no session and no cookie here; the secret in the address is all there is. What the body says is a hint
//! where to look and nothing more. A notification that is not answered with 200 is repeated, and all others wait
//! for it, so whatever is understood is answered so, known or not.

mod limits;

use crate::{peer::peer_of, router::AppState};
use axum::{
    Json, Router,
    body::to_bytes,
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
    routing::post,
};
use desk::server::notifications::{Listener, Notification};
use http::StatusCode;
pub(crate) use limits::Limits;
use serde_json::{Value, json};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// The largest notification that is read, in bytes. One with hundreds of lines takes a few kilobytes.
const BODY_LIMIT: usize = 256 * 1024;
/// The longest that an answer may take: the Market waits ten seconds.
const PATIENCE: Duration = Duration::from_secs(8);

pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/{secret}/notification", post(notification))
}

async fn notification(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    request: Request,
) -> Response {
    let peer = peer_of(&request, state.trusted_proxy);
    if !state.hook_limits.strangers.may(&peer, Instant::now()) {
        return refused(StatusCode::TOO_MANY_REQUESTS, "too many requests");
    }
    let heard = tokio::time::timeout(PATIENCE, hear(&state, &secret, request)).await;
    match heard {
        Ok(Ok(())) => Json(greeting(&state)).into_response(),
        Ok(Err(NotHeard::Stranger)) => {
            state.hook_limits.strangers.count(&peer, Instant::now());
            refused(StatusCode::NOT_FOUND, "no such address")
        }
        Ok(Err(NotHeard::Malformed(why))) => refused(StatusCode::BAD_REQUEST, &why),
        Ok(Err(NotHeard::TooOften)) => refused(StatusCode::TOO_MANY_REQUESTS, "too many requests"),
        // The cause is in the log already.
        Ok(Err(NotHeard::Failed)) => refused(StatusCode::INTERNAL_SERVER_ERROR, "internal error"),
        Err(_) => refused(StatusCode::SERVICE_UNAVAILABLE, "busy, repeat later"),
    }
}

/// Why a notification was not taken.
enum NotHeard {
    /// Nobody has this address.
    Stranger,
    /// It is no notification.
    Malformed(String),
    /// One address is told more than anybody sells.
    TooOften,
    /// Our own fault.
    Failed,
}

async fn hear(state: &AppState, secret: &str, request: Request) -> Result<(), NotHeard> {
    let listener = state
        .desk
        .listener(secret)
        .await
        .map_err(|_| NotHeard::Failed)?
        .ok_or(NotHeard::Stranger)?;
    let counted = listener.connection.to_string();
    if !state.hook_limits.listeners.take(&counted, Instant::now()) {
        return Err(NotHeard::TooOften);
    }
    let body = to_bytes(request.into_body(), BODY_LIMIT)
        .await
        .map_err(|_| {
            NotHeard::Malformed(format!(
                "the body is not readable or over {BODY_LIMIT} bytes"
            ))
        })?;
    let notification: Notification = serde_json::from_slice(&body)
        .map_err(|error| NotHeard::Malformed(format!("not a notification: {error}")))?;
    if notification.is_ping() {
        // A PING has a second: it does not wait for its turn to write.
        tokio::spawn(take(Arc::clone(&state.desk), listener, notification));
        return Ok(());
    }
    take(Arc::clone(&state.desk), listener, notification).await
}

async fn take(
    desk: Arc<desk::server::Desk>,
    listener: Listener,
    notification: Notification,
) -> Result<(), NotHeard> {
    tracing::debug!(kind = notification.kind, "a notification came");
    desk.notified(listener, &notification)
        .await
        .map_err(|_| NotHeard::Failed)
}

/// Who answers, and when: what the Market wants to hear of every notification.
fn greeting(state: &AppState) -> Value {
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "name": "Metka",
        "time": state.desk.time_for_market(),
    })
}

/// A refusal in the form of the Market's own notification errors.
fn refused(status: StatusCode, message: &str) -> Response {
    let kind = if status == StatusCode::BAD_REQUEST {
        "WRONG_EVENT_FORMAT"
    } else {
        "UNKNOWN"
    };
    let body = json!({ "error": { "type": kind, "message": message } });
    (status, Json(body)).into_response()
}
