//! `PUT …/orders/{orderId}/status` and `POST …/orders/status-update`: moving orders on, one or up to thirty.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatus> and
//! <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatuses>.

use serde_json::{Map, Value, json};

use super::{
    fields::Field,
    ids::OrderId,
    order::{Order, ProgramType},
    refusal::Refusal,
    transitions::Wish,
    wire,
};
use crate::moscow;

/// The most orders of one batch.
const MOST: usize = 30;

/// Reads the body of the single call.
pub(super) fn read_one(body: &Value) -> Result<Wish, Refusal> {
    let order = Field::root(body).member("order")?.required()?;
    let mut wish = read_wish(&order)?;
    let date = order
        .member("delivery")?
        .member("dates")?
        .member("realDeliveryDate")?;
    let text: Option<String> = date.read()?;
    wish.real_delivery_date = text
        .map(|text| moscow::parse_day(&text).ok_or_else(|| Refusal::illegal_input(date.path())))
        .transpose()?;
    Ok(wish)
}

/// Reads the body of the batch.
pub(super) fn read_many(body: &Value) -> Result<Vec<(OrderId, Wish)>, Refusal> {
    let orders = Field::root(body).member("orders")?.sized(1, MOST)?;
    orders
        .iter()
        .map(|order| Ok((order.member("id")?.read_required()?, read_wish(order)?)))
        .collect()
}

fn read_wish(order: &Field<'_>) -> Result<Wish, Refusal> {
    Ok(Wish {
        status: order.member("status")?.read_required()?,
        substatus: order.member("substatus")?.read()?,
        real_delivery_date: None,
    })
}

/// How many orders a batch will be billed for: those it names, as far as they can be counted.
pub(super) fn billed(body: &[u8]) -> u32 {
    let parsed: Option<Value> = serde_json::from_slice(body).ok();
    parsed
        .as_ref()
        .and_then(|body| body.get("orders")?.as_array().map(Vec::len))
        .and_then(|count| u32::try_from(count).ok())
        .unwrap_or(1)
        .max(1)
}

/// The answer of the single call; it has no `status` around it.
pub(super) fn one(order: &Order) -> Value {
    let mut answer = json!({ "order": wire::old_order(order) });
    if order.program_type == ProgramType::Laas
        && let Some(answer) = answer.as_object_mut()
    {
        answer.insert("operation".to_owned(), operation(order));
    }
    answer
}

/// An entry of the answer of the batch.
pub(super) fn outcome(
    id: OrderId,
    wish: &Wish,
    order: Option<&Order>,
    refusal: Option<&Refusal>,
) -> Value {
    let mut dto = Map::from_iter([("id".to_owned(), json!(id))]);
    let (status, substatus) = match order {
        Some(order) => (order.status, Some(order.substatus.clone())),
        None => (wish.status, wish.substatus.clone()),
    };
    dto.insert("status".to_owned(), json!(status));
    if let Some(substatus) = substatus {
        dto.insert("substatus".to_owned(), json!(substatus));
    }
    let told = if refusal.is_some() { "ERROR" } else { "OK" };
    dto.insert("updateStatus".to_owned(), json!(told));
    match (refusal, order) {
        (Some(refusal), _) => {
            let words: Vec<&str> = refusal
                .errors
                .iter()
                .map(|error| error.message.as_str())
                .collect();
            dto.insert("errorDetails".to_owned(), json!(words.join("; ")));
        }
        (None, Some(order)) if order.program_type == ProgramType::Laas => {
            dto.insert("operation".to_owned(), operation(order));
        }
        _ => {}
    }
    Value::Object(dto)
}

/// `OperationDTO`: on orders of the model `LAAS` a change of status is an operation of its own.
fn operation(order: &Order) -> Value {
    json!({ "id": order.order_id.0 + order.updated_ms, "type": "UPDATE_ORDER_STATUS" })
}
