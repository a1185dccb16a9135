//! Cabinets, orders, returns, goods and the clock.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, patch},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Body, ControlError};
use crate::{
    clock::{Clock, ClockMode},
    market::{
        Offer,
        cabinet::{CampaignChange, KeyChange, NewCabinet},
        ids::{BusinessId, CampaignId, OrderId, ReturnId},
        order::{NewOrder, OrderChange},
        return_record::{NewReturn, ReturnChange},
    },
    moscow,
    sandbox::Sandbox,
};

/// The controls of what the world holds.
pub(super) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/cabinets", get(cabinets).post(create_cabinet))
        .route("/cabinets/{business}/keys/{name}", patch(change_key))
        .route("/cabinets/{business}/offers", get(offers).put(put_offers))
        .route("/campaigns/{id}", patch(change_campaign))
        .route("/orders", get(orders).post(create_orders))
        .route(
            "/orders/{id}",
            get(order).patch(change_order).delete(delete_order),
        )
        .route("/orders/{id}/codes", get(order_codes))
        .route("/returns", get(returns).post(create_return))
        .route("/returns/{id}", patch(change_return))
        .route("/clock", get(clock).post(change_clock))
}

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

async fn offers(State(sandbox): State<Sandbox>, Path(business): Path<i64>) -> Json<Value> {
    let world = sandbox.world_lock();
    let offers = world.market.offers.get(&BusinessId(business));
    let offers: Vec<&Offer> = offers
        .into_iter()
        .flat_map(|known| known.values())
        .collect();
    Json(json!({ "offers": offers }))
}

async fn put_offers(
    State(sandbox): State<Sandbox>,
    Path(business): Path<i64>,
    Body(offers): Body<Vec<Offer>>,
) -> Answer {
    let offers = sandbox.put_offers(BusinessId(business), offers)?;
    Ok(Json(json!({ "offers": offers })))
}

async fn returns(State(sandbox): State<Sandbox>) -> Json<Value> {
    let world = sandbox.world_lock();
    let returns: Vec<_> = world.market.returns.values().collect();
    Json(json!({ "returns": returns }))
}

async fn create_return(State(sandbox): State<Sandbox>, Body(new): Body<NewReturn>) -> Answer {
    Ok(Json(json!(sandbox.create_return(new)?)))
}

async fn change_return(
    State(sandbox): State<Sandbox>,
    Path(id): Path<i64>,
    Body(change): Body<ReturnChange>,
) -> Answer {
    Ok(Json(json!(sandbox.change_return(ReturnId(id), &change)?)))
}
