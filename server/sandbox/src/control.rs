//! The control API under `/_sandbox`: how a person or a test moves the world.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{FromRequest, Path, Query, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{delete, get, patch, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    clock::{Clock, ClockMode},
    faults::Fault,
    market::{
        MarketError,
        cabinet::{CampaignChange, KeyChange, NewCabinet},
        ids::{BusinessId, CampaignId, OrderId},
        limits::LimitsChange,
        order::{NewOrder, OrderChange},
    },
    moscow,
    received::Received,
    sandbox::{Sandbox, SandboxError},
};

/// What the control API offers, for a person who opens `/_sandbox`.
const INDEX: &str = include_str!("control/index.txt");

/// The longest a caller may wait for a request to be received.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The control API.
pub(crate) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/", get(|| async { INDEX }))
        .route("/cabinets", get(cabinets).post(create_cabinet))
        .route("/cabinets/{business}/keys/{name}", patch(change_key))
        .route("/campaigns/{id}", patch(change_campaign))
        .route("/orders", get(orders).post(create_orders))
        .route(
            "/orders/{id}",
            get(order).patch(change_order).delete(delete_order),
        )
        .route("/orders/{id}/codes", get(order_codes))
        .route("/clock", get(clock).post(change_clock))
        .route("/received", get(received).delete(clear_received))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/faults/release", post(release))
        .route("/faults/{id}", delete(remove_fault))
        .route("/limits", get(limits).put(set_limits))
        .fallback(|| async { ControlError::not_found("there is no such control; see /_sandbox") })
}

/// A control that was not carried out, as `{"error": "…"}`.
struct ControlError {
    status: StatusCode,
    text: String,
}

impl ControlError {
    fn not_found(text: impl Into<String>) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            text: text.into(),
        }
    }

    fn bad_request(text: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            text: text.into(),
        }
    }
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.text }))).into_response()
    }
}

impl From<SandboxError> for ControlError {
    fn from(error: SandboxError) -> Self {
        let status = match &error {
            SandboxError::Snapshot(_) => StatusCode::INTERNAL_SERVER_ERROR,
            SandboxError::Market(market) => match market {
                MarketError::Taken(_) => StatusCode::CONFLICT,
                MarketError::Impossible(_) => StatusCode::BAD_REQUEST,
                _ => StatusCode::NOT_FOUND,
            },
        };
        Self {
            status,
            text: error.to_string(),
        }
    }
}

/// A JSON body whose mistakes are told as a [`ControlError`].
struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ControlError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ControlError> {
        Json::from_request(request, state)
            .await
            .map(|Json(value)| Self(value))
            .map_err(|rejection| ControlError::bad_request(rejection.body_text()))
    }
}

type Answer = Result<Json<Value>, ControlError>;

async fn cabinets(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!({ "cabinets": sandbox.world_lock().market.cabinets }))
}

async fn create_cabinet(State(sandbox): State<Sandbox>, Body(new): Body<NewCabinet>) -> Answer {
    Ok(Json(json!(sandbox.create_cabinet(new)?)))
}

async fn change_key(
    State(sandbox): State<Sandbox>,
    Path((business, name)): Path<(i64, String)>,
    Body(change): Body<KeyChange>,
) -> Answer {
    let key = sandbox.change_key(BusinessId(business), &name, change)?;
    Ok(Json(json!(key)))
}

async fn change_campaign(
    State(sandbox): State<Sandbox>,
    Path(id): Path<i64>,
    Body(change): Body<CampaignChange>,
) -> Answer {
    let campaign = sandbox.change_campaign(CampaignId(id), change)?;
    Ok(Json(json!(campaign)))
}

async fn orders(State(sandbox): State<Sandbox>) -> Json<Value> {
    let world = sandbox.world_lock();
    let orders: Vec<_> = world.market.orders.values().collect();
    Json(json!({ "orders": orders }))
}

/// One order or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<NewOrder>),
    One(Box<NewOrder>),
}

async fn create_orders(State(sandbox): State<Sandbox>, Body(new): Body<OneOrMany>) -> Answer {
    let new = match new {
        OneOrMany::Many(orders) => orders,
        OneOrMany::One(order) => vec![*order],
    };
    let orders = sandbox.create_orders(new)?;
    Ok(Json(json!({ "orders": orders })))
}

async fn order(State(sandbox): State<Sandbox>, Path(id): Path<i64>) -> Answer {
    let order = sandbox.order(OrderId(id));
    order
        .map(|order| Json(json!(order)))
        .ok_or_else(|| ControlError::not_found(format!("there is no order {id}")))
}

async fn change_order(
    State(sandbox): State<Sandbox>,
    Path(id): Path<i64>,
    Body(change): Body<OrderChange>,
) -> Answer {
    Ok(Json(json!(sandbox.change_order(OrderId(id), change)?)))
}

async fn delete_order(State(sandbox): State<Sandbox>, Path(id): Path<i64>) -> Answer {
    sandbox.delete_order(OrderId(id))?;
    Ok(Json(json!({ "deleted": id })))
}

async fn order_codes(State(sandbox): State<Sandbox>, Path(id): Path<i64>) -> Answer {
    let lines = sandbox.codes(OrderId(id));
    lines
        .map(|lines| Json(json!({ "orderId": id, "lines": lines })))
        .ok_or_else(|| ControlError::not_found(format!("there is no order {id}")))
}

fn clock_json(clock: Clock) -> Json<Value> {
    let now_ms = clock.now_ms();
    Json(json!({ "mode": clock.mode(), "nowMs": now_ms, "now": moscow::iso(now_ms) }))
}

async fn clock(State(sandbox): State<Sandbox>) -> Json<Value> {
    clock_json(sandbox.clock())
}

/// What to do with the clock: any of these, in this order.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClockChange {
    mode: Option<ClockMode>,
    /// A moment with its offset, ISO 8601.
    now: Option<String>,
    now_ms: Option<i64>,
    advance_ms: Option<i64>,
}

async fn change_clock(State(sandbox): State<Sandbox>, Body(change): Body<ClockChange>) -> Answer {
    let named = change
        .now
        .map(|text| {
            moscow::parse_moment(&text)
                .ok_or_else(|| ControlError::bad_request(format!("'{text}' is not a moment")))
        })
        .transpose()?;
    let changed = sandbox.change_clock(|clock| {
        if let Some(mode) = change.mode {
            clock.set_mode(mode);
        }
        if let Some(now_ms) = change.now_ms.or(named) {
            clock.set(now_ms);
        }
        if let Some(ms) = change.advance_ms {
            clock.advance(ms);
        }
    })?;
    Ok(clock_json(changed))
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
    let _ = tokio::time::timeout(longest, sandbox.wait_received(|entry| wanted.takes(entry))).await;
    let requests: Vec<Received> = sandbox
        .received()
        .into_iter()
        .filter(|entry| wanted.takes(entry))
        .collect();
    Json(json!({ "received": requests }))
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
