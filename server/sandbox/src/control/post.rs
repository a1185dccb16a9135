//! Who is notified, and what became of the notifications.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::{delete, get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Body};
use crate::{
    post::{Delivery, NewSubscription},
    sandbox::Sandbox,
};

/// The longest a caller may wait for a notification to be delivered.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The controls of the notifications.
pub(super) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/notifications", get(notifications).put(subscribe))
        .route("/notifications/{id}", delete(unsubscribe))
        .route("/notifications/{id}/ping", post(ping))
}

/// Which notifications to show.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    /// Only those after this number.
    #[serde(default)]
    after: u64,
    /// How long to wait for the first delivered one when there is none yet.
    #[serde(default)]
    wait_ms: u64,
}

async fn notifications(
    State(sandbox): State<Sandbox>,
    Query(wanted): Query<Wanted>,
) -> Json<Value> {
    let longest = Duration::from_millis(wanted.wait_ms).min(LONGEST_WAIT);
    let delivered = |one: &Delivery| one.sequence > wanted.after && one.delivered;
    // Out of time is an answer too.
    let _ = tokio::time::timeout(longest, sandbox.wait_delivery(delivered)).await;
    let subscriptions: Vec<Value> = {
        let world = sandbox.world_lock();
        let floor = sandbox.floor();
        let shown = world.market.subscriptions.iter().map(|one| {
            let waiting = floor.post.waiting(one.id);
            json!({ "subscription": one, "waiting": waiting })
        });
        shown.collect()
    };
    let deliveries: Vec<Delivery> = sandbox
        .deliveries()
        .into_iter()
        .filter(|one| one.sequence > wanted.after)
        .collect();
    Json(json!({ "subscriptions": subscriptions, "deliveries": deliveries }))
}

async fn subscribe(State(sandbox): State<Sandbox>, Body(new): Body<NewSubscription>) -> Answer {
    Ok(Json(json!(sandbox.subscribe(&new)?)))
}

async fn unsubscribe(State(sandbox): State<Sandbox>, Path(id): Path<i64>) -> Answer {
    sandbox.unsubscribe(id)?;
    Ok(Json(json!({ "deleted": id })))
}

async fn ping(State(sandbox): State<Sandbox>, Path(id): Path<i64>) -> Answer {
    sandbox.ping(id)?;
    Ok(Json(json!({ "queued": true })))
}
