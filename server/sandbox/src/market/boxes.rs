//! `PUT /v2/campaigns/{campaignId}/orders/{orderId}/boxes`: which unit lies in which box, with its identifiers.
//!
//! Every call replaces the whole layout; a line or a unit that is left out is a wish to remove it from the order.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/setOrderBoxLayout>.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    ids::{BoxId, ItemId},
    instances::{Mark, check_count, check_instance, check_status, marks},
    layout::{Laid, Layout, violations},
    order::{BoxItem, Content, Item, Order, OrderBox},
    refusal::{ApiError, Refusal},
    wire,
};

/// What a stored layout did to the order.
#[derive(Debug)]
pub(super) struct Stored {
    /// The answer.
    pub(super) answer: Value,
    /// Whether units or lines have been removed for good.
    pub(super) removed: bool,
}

/// Stores a layout and answers with its boxes, or changes nothing and says everything that is wrong.
pub(super) fn store(
    order: &mut Order,
    layout: Layout,
    now_ms: i64,
    next_id: impl FnMut() -> i64,
) -> Result<Stored, Refusal> {
    check_status(order)?;
    let wrong = layout.violations();
    if !wrong.is_empty() {
        return Err(violations(&wrong));
    }
    let lines = layout.lines();
    let errors = check_lines(order, &lines, layout.allow_remove);
    if !errors.is_empty() {
        return Err(Refusal {
            status: StatusCode::BAD_REQUEST,
            errors,
        });
    }
    let before: u64 = units(order);
    order.items.retain(|item| lines.contains_key(&item.id));
    for item in &mut order.items {
        if let Some(laid) = lines.get(&item.id) {
            item.count = laid.units;
            item.instances.clone_from(&laid.instances);
        }
    }
    order.boxes = numbered(order, layout.boxes, next_id);
    order.sync_checks(now_ms);
    order.updated_ms = now_ms;
    let boxes: Vec<Value> = order.boxes.iter().map(wire::stored_box).collect();
    Ok(Stored {
        answer: json!({ "status": "OK", "result": { "boxes": boxes } }),
        removed: units(order) < before,
    })
}

fn units(order: &Order) -> u64 {
    order.items.iter().map(|item| u64::from(item.count)).sum()
}

/// Gives the boxes their numbers: a box that holds the same as before at its place keeps its own.
fn numbered(
    order: &Order,
    boxes: Vec<Vec<BoxItem>>,
    mut next_id: impl FnMut() -> i64,
) -> Vec<OrderBox> {
    let mut known: Vec<&OrderBox> = order.boxes.iter().collect();
    known.reverse();
    let contents = |items: &[BoxItem]| -> Vec<(ItemId, Content)> {
        items.iter().map(|item| (item.id, item.content)).collect()
    };
    (1..)
        .zip(boxes)
        .map(|(number, items)| {
            let same = known
                .pop()
                .filter(|known| contents(&known.items) == contents(&items));
            OrderBox {
                box_id: same.map_or_else(|| BoxId(next_id()), |known| known.box_id),
                barcode: format!("{}-{number}", order.order_id),
                items,
            }
        })
        .collect()
}

fn check_lines(order: &Order, lines: &BTreeMap<ItemId, Laid>, allow_remove: bool) -> Vec<ApiError> {
    let mut errors = Vec::new();
    let mut seen = BTreeSet::new();
    for (id, laid) in lines {
        let Some(item) = order.item(*id) else {
            errors.push(ApiError::new(
                "ITEM_NOT_FOUND",
                format!("Item with id = {id} not found in order {}", order.order_id),
            ));
            continue;
        };
        errors.extend(check_line(item, laid));
        for mark in laid.instances.iter().flat_map(marks) {
            if !seen.insert(mark) {
                errors.push(Mark::duplicate(mark, *id));
            }
        }
    }
    errors.extend(check_removal(order, lines, allow_remove));
    errors
}

fn check_line(item: &Item, laid: &Laid) -> Vec<ApiError> {
    if laid.units > item.count {
        return vec![ApiError::new(
            "ITEMS_ADDITION_NOT_SUPPORTED",
            format!(
                "Count of item with id = {} cannot be increased: ordered {}, passed {}",
                item.id, item.count, laid.units
            ),
        )];
    }
    if laid.instances.is_empty() {
        return Vec::new();
    }
    let left = Item {
        count: laid.units,
        ..item.clone()
    };
    let mut errors: Vec<ApiError> = check_count(&left, &laid.instances).into_iter().collect();
    if errors.is_empty() && laid.is_misplaced() {
        errors.push(ApiError::new(
            "INVALID_ITEM",
            format!(
                "Instances of item with id = {} must be in the boxes of their units",
                item.id
            ),
        ));
    }
    errors.extend(
        laid.instances
            .iter()
            .flat_map(|one| check_instance(item, one)),
    );
    errors
}

/// What is left out is removed only when asked for, and not always then.
fn check_removal(
    order: &Order,
    lines: &BTreeMap<ItemId, Laid>,
    allow_remove: bool,
) -> Vec<ApiError> {
    let left = |item: &Item| lines.get(&item.id).map_or(0, |laid| laid.units);
    let removed: Vec<(&Item, u32)> = order
        .items
        .iter()
        .map(|item| (item, item.count.saturating_sub(left(item))))
        .filter(|(_, count)| *count > 0)
        .collect();
    if removed.is_empty() {
        return Vec::new();
    }
    if !allow_remove {
        let wrong: Vec<String> = removed
            .iter()
            .map(|(item, _)| {
                format!(
                    "item with id = {} is not laid out completely: ordered {}, passed {}",
                    item.id,
                    item.count,
                    left(item)
                )
            })
            .collect();
        return violations(&wrong).errors;
    }
    let mut errors = Vec::new();
    if order.items.iter().all(|item| left(item) == 0) {
        errors.push(ApiError::new(
            "CANNOT_REMOVE_LAST_ITEM",
            "The last item cannot be removed: cancel the order instead",
        ));
    }
    for (item, _) in removed.iter().filter(|(item, _)| item.promo) {
        errors.push(ApiError::new(
            "PROMO_PROHIBITS_DELETE",
            format!("Item with id = {} takes part in a promo", item.id),
        ));
    }
    let worth = |count: u32, item: &Item| i64::from(count) * item.price_kopecks;
    let total: i64 = order.items.iter().map(|item| worth(item.count, item)).sum();
    let lost: i64 = removed
        .iter()
        .map(|(item, count)| worth(*count, item))
        .sum();
    if lost * 100 >= total * 99 {
        errors.push(ApiError::new(
            "DELETED_ITEMS_EXCEEDS_THRESHOLD",
            "Items worth 99% of the order cannot be removed: cancel the order instead",
        ));
    }
    errors
}
