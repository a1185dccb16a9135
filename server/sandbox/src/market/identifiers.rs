//! `PUT /v2/campaigns/{campaignId}/orders/{orderId}/identifiers`: identifiers of units of a DBS order.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderItemIdentifiers>.

use std::collections::HashSet;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    fields::Field,
    ids::ItemId,
    instances::{Mark, check_count, check_instance, check_status, marks, read_instance},
    order::{Instance, Order},
    refusal::{ApiError, Refusal},
    wire,
};

/// The identifiers a request brings for one line.
#[derive(Debug)]
struct Line {
    id: ItemId,
    instances: Vec<Instance>,
}

/// A request whose shape is right; whether it fits the order is another question.
#[derive(Debug)]
pub(super) struct Request {
    lines: Vec<Line>,
}

impl Request {
    /// Reads the body of the request.
    pub(super) fn read(body: &Value) -> Result<Self, Refusal> {
        let items = Field::root(body).member("items")?.required()?;
        let lines = items
            .elements()?
            .unwrap_or_default()
            .into_iter()
            .map(|item| {
                let instances = item.member("instances")?.required()?;
                Ok(Line {
                    id: item.member("id")?.read_required()?,
                    instances: instances
                        .elements()?
                        .unwrap_or_default()
                        .iter()
                        .map(read_instance)
                        .collect::<Result<_, Refusal>>()?,
                })
            })
            .collect::<Result<_, Refusal>>()?;
        Ok(Self { lines })
    }
}

/// Stores the identifiers in the order and answers with its lines, or changes nothing and says everything that is wrong.
pub(super) fn store(order: &mut Order, request: Request, now_ms: i64) -> Result<Value, Refusal> {
    check_status(order)?;
    let errors = check_lines(order, &request);
    if !errors.is_empty() {
        return Err(Refusal {
            status: StatusCode::BAD_REQUEST,
            errors,
        });
    }
    for line in request.lines {
        if let Some(item) = order.items.iter_mut().find(|item| item.id == line.id) {
            item.instances = line.instances;
        }
    }
    // A layout that repeats the codes of before would contradict the lines.
    for one in order.boxes.iter_mut().flat_map(|one| &mut one.items) {
        one.instances.clear();
    }
    order.updated_ms = now_ms;
    let items: Vec<Value> = order
        .items
        .iter()
        .filter(|item| !item.required_instance_types.is_empty() || !item.instances.is_empty())
        .map(wire::brief_item)
        .collect();
    Ok(json!({ "status": "OK", "result": { "items": items } }))
}

fn check_lines(order: &Order, request: &Request) -> Vec<ApiError> {
    let mut errors = Vec::new();
    let mut lines_seen = HashSet::new();
    // What stays stored on the other lines counts as taken: one order cannot hold the same mark twice.
    let mut marks_seen: HashSet<Mark<'_>> = order
        .items
        .iter()
        .filter(|item| !request.lines.iter().any(|line| line.id == item.id))
        .flat_map(|item| item.instances.iter().flat_map(marks))
        .collect();
    for line in &request.lines {
        let id = line.id;
        if !lines_seen.insert(id) {
            errors.push(ApiError::new(
                "ITEM_DUPLICATE",
                format!("Item with id = {id} is duplicated"),
            ));
            continue;
        }
        let Some(item) = order.items.iter().find(|item| item.id == id) else {
            errors.push(ApiError::new(
                "ITEM_NOT_FOUND",
                format!("Item with id = {id} not found in order {}", order.order_id),
            ));
            continue;
        };
        errors.extend(check_count(item, &line.instances));
        for instance in &line.instances {
            errors.extend(check_instance(item, instance));
            for mark in marks(instance) {
                if !marks_seen.insert(mark) {
                    errors.push(mark.duplicate(id));
                }
            }
        }
    }
    errors
}
