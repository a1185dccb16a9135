//! What is between the world and its callers: the journal, the record of writes, faults, limits, answer times.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::{delete, get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Body, ControlError};
use crate::{
    faults::Fault,
    market::{
        ids::{CampaignId, OrderId},
        limits::LimitsChange,
        order::Order,
    },
    received::{Memory, Received},
    record::OrderRecord,
    sandbox::Sandbox,
};

/// The longest a caller may wait for a request to be received.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The most requests shown at once when nothing else is asked for.
const SHOWN: usize = 2_000;

/// The controls of the traffic.
pub(super) fn router() -> Router<Sandbox> {
    Router::new()
        .route(
            "/received",
            get(received).put(set_memory).delete(clear_received),
        )
        .route("/record", get(record).delete(clear_record))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/faults/release", post(release))
        .route("/faults/{id}", delete(remove_fault))
        .route("/limits", get(limits).put(set_limits))
        .route("/latency", get(latency).put(set_latency))
}

/// Which of the received requests to show.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    /// Only paths that begin like this.
    #[serde(default)]
    path: String,
    /// Only this method.
    method: Option<String>,
    /// Only those after this number.
    #[serde(default)]
    after: u64,
    /// How long to wait for the first one when there is none yet.
    #[serde(default)]
    wait_ms: u64,
    /// The most requests to show; `after` with the last number asks for the next ones.
    limit: Option<usize>,
}

impl Wanted {
    fn takes(&self, entry: &Received) -> bool {
        entry.sequence > self.after
            && entry.path.starts_with(&self.path)
            && self
                .method
                .as_ref()
                .is_none_or(|method| method.eq_ignore_ascii_case(&entry.method))
    }
}

async fn received(State(sandbox): State<Sandbox>, Query(wanted): Query<Wanted>) -> Json<Value> {
    let longest = Duration::from_millis(wanted.wait_ms).min(LONGEST_WAIT);
    // Out of time is an answer too: an empty list.
    let arrived = sandbox.wait_received_after(wanted.after, |entry| wanted.takes(entry));
    let _ = tokio::time::timeout(longest, arrived).await;
    let limit = wanted.limit.unwrap_or(SHOWN);
    // Copied out under the lock and written as JSON without it: the journal may be long, and requests go on.
    let requests: Vec<Received> = sandbox
        .floor()
        .journal
        .after(wanted.after)
        .filter(|entry| wanted.takes(entry))
        .take(limit)
        .cloned()
        .collect();
    Json(json!({ "received": requests, "memory": sandbox.memory() }))
}

async fn clear_received(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.clear_received();
    Json(json!({ "received": [] }))
}

async fn faults(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!({ "faults": sandbox.faults() }))
}

async fn add_fault(State(sandbox): State<Sandbox>, Body(fault): Body<Fault>) -> Json<Value> {
    Json(json!({ "id": sandbox.add_fault(fault) }))
}

async fn clear_faults(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.clear_faults();
    Json(json!({ "faults": [] }))
}

async fn remove_fault(State(sandbox): State<Sandbox>, Path(id): Path<u64>) -> Answer {
    if sandbox.remove_fault(id) {
        return Ok(Json(json!({ "deleted": id })));
    }
    Err(ControlError::not_found(format!("there is no fault {id}")))
}

async fn release(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.release();
    Json(json!({ "released": true }))
}

async fn limits(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!(sandbox.world_lock().market.limits))
}

async fn set_limits(State(sandbox): State<Sandbox>, Body(change): Body<LimitsChange>) -> Answer {
    Ok(Json(json!(sandbox.set_limits(change)?)))
}

/// The answer time to be set.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Latency {
    /// How long every answer takes at least, milliseconds of the machine's time.
    latency_ms: u64,
}

async fn latency(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!({ "latencyMs": sandbox.latency_ms() }))
}

async fn set_latency(State(sandbox): State<Sandbox>, Body(wanted): Body<Latency>) -> Json<Value> {
    sandbox.set_latency_ms(wanted.latency_ms);
    latency(State(sandbox)).await
}

async fn set_memory(State(sandbox): State<Sandbox>, Body(memory): Body<Memory>) -> Json<Value> {
    sandbox.set_memory(memory);
    Json(json!(sandbox.memory()))
}

/// Which orders to show the record of.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
    /// Only this shop.
    campaign_id: Option<i64>,
    /// Only orders behind this number.
    after: Option<i64>,
    /// The most orders.
    limit: Option<usize>,
}

async fn record(State(sandbox): State<Sandbox>, Query(wanted): Query<Recorded>) -> Json<Value> {
    let world = sandbox.world_lock();
    let floor = sandbox.floor();
    let orders: Vec<Value> = world
        .market
        .orders
        .values()
        .filter(|order| {
            wanted
                .after
                .is_none_or(|after| order.order_id > OrderId(after))
        })
        .filter(|order| {
            let campaign = wanted.campaign_id.map(CampaignId);
            campaign.is_none_or(|campaign| order.campaign_id == campaign)
        })
        .take(wanted.limit.unwrap_or(usize::MAX))
        .map(|order| recorded(order, &floor.record.of(order.order_id)))
        .collect();
    Json(json!({ "orders": orders }))
}

/// What was written into an order and what it holds now.
fn recorded(order: &Order, record: &OrderRecord) -> Value {
    let codes: Vec<&str> = order
        .items
        .iter()
        .flat_map(|item| &item.instances)
        .filter_map(|one| one.cis.as_deref().or(one.uin.as_deref()))
        .collect();
    let mut shown = json!(record);
    if let Some(shown) = shown.as_object_mut() {
        shown.insert("orderId".to_owned(), json!(order.order_id));
        shown.insert("campaignId".to_owned(), json!(order.campaign_id));
        shown.insert("status".to_owned(), json!(order.status));
        shown.insert("substatus".to_owned(), json!(order.substatus));
        shown.insert("boxes".to_owned(), json!(order.boxes.len()));
        shown.insert("codes".to_owned(), json!(codes));
    }
    shown
}

async fn clear_record(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.floor().record.clear();
    Json(json!({ "cleared": true }))
}
