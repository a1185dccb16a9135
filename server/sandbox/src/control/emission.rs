//! Orders of codes: what was ordered and handed out, and what shall become of it.

use axum::{
    Json, Router,
    body::Body as HttpBody,
    extract::{Path, Query, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Body, ControlError};
use crate::{
    crpt::emission::{EmissionRulesChange, OrderTurn, order::EmissionOrder},
    sandbox::Sandbox,
};

/// The controls of the emission.
pub(super) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/crpt/emission", get(rules).put(change_rules))
        .route("/crpt/orders", get(orders))
        .route("/crpt/orders/{id}", get(order).patch(turn))
        .route("/crpt/orders/{id}/codes", get(codes))
}

async fn rules(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!(sandbox.world_lock().crpt.emission.rules))
}

async fn change_rules(
    State(sandbox): State<Sandbox>,
    Body(change): Body<EmissionRulesChange>,
) -> Answer {
    Ok(Json(json!(sandbox.change_emission_rules(change)?)))
}

/// Which orders to show.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    /// Only those of this customer's number.
    production_order_id: Option<String>,
}

async fn orders(State(sandbox): State<Sandbox>, Query(wanted): Query<Wanted>) -> Json<Value> {
    let world = sandbox.world_lock();
    let now_ms = world.clock.now_ms();
    let orders: Vec<Value> = world
        .crpt
        .emission
        .orders
        .iter()
        .filter(|order| {
            let wanted = wanted.production_order_id.as_deref();
            wanted.is_none_or(|id| order.production_order_id.as_deref() == Some(id))
        })
        .map(|order| recorded(order, now_ms))
        .collect();
    Json(json!({ "orders": orders }))
}

/// An order with where it stands and what was handed out of it.
fn recorded(order: &EmissionOrder, now_ms: i64) -> Value {
    let mut shown = json!(order);
    if let Some(shown) = shown.as_object_mut() {
        shown.insert("orderStatus".to_owned(), json!(order.status(now_ms)));
    }
    let lines = shown.get_mut("buffers").and_then(Value::as_array_mut);
    for (line, buffer) in lines.into_iter().flatten().zip(&order.buffers) {
        if let Some(line) = line.as_object_mut() {
            let status = order.buffer_status(buffer, now_ms);
            line.insert("bufferStatus".to_owned(), json!(status));
            line.insert("emitted".to_owned(), json!(order.emitted(buffer, now_ms)));
            line.insert("handedOut".to_owned(), json!(buffer.passed()));
            line.insert("closing".to_owned(), json!(buffer.closing(now_ms)));
        }
    }
    shown
}

fn no_order(id: &str) -> ControlError {
    ControlError::not_found(format!("there is no order of codes {id}"))
}

async fn order(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Answer {
    let world = sandbox.world_lock();
    let order = world
        .crpt
        .emission
        .order(&id)
        .ok_or_else(|| no_order(&id))?;
    Ok(Json(recorded(order, world.clock.now_ms())))
}

async fn turn(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    Body(turn): Body<OrderTurn>,
) -> Answer {
    let order = sandbox.turn_emission_order(&id, turn)?;
    Ok(Json(recorded(&order, sandbox.now_ms())))
}

/// Which of an order's codes to show.
#[derive(Deserialize)]
struct WantedCodes {
    /// Only those of this GTIN.
    gtin: Option<String>,
}

/// The codes handed out, one a line, in their order.
async fn codes(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    Query(wanted): Query<WantedCodes>,
) -> Result<Response, ControlError> {
    let lines = {
        let world = sandbox.world_lock();
        let emission = &world.crpt.emission;
        let order = emission.order(&id).ok_or_else(|| no_order(&id))?;
        let buffers = order.buffers.iter().filter(|buffer| {
            let wanted = wanted.gtin.as_ref();
            wanted.is_none_or(|gtin| *gtin == buffer.gtin)
        });
        buffers
            .filter_map(|buffer| emission.lines(order, buffer))
            .collect::<Vec<_>>()
    };
    let body: Vec<u8> = lines.into_iter().flatten().flatten().collect();
    let content_type = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((content_type, HttpBody::from(body)).into_response())
}
