//! Where orders stand: `order/status`, `order/list`, `orders/search`, `order/product` (sections 4.4.2, 4.4.3, 4.4.7, 4.4.29).

use serde_json::{Map, Value, json};

use super::order::{Buffer, BufferStatus, EmissionOrder, OrderStatus};
use crate::{
    crpt::{
        Crpt,
        front::{Done, json_body},
        headers::Query,
        refusal::Refusal,
    },
    exchange::Call,
};

/// The most orders on a page of the search, and how many there are when nothing is said.
const MOST_LISTED: u64 = 100;
const LISTED: u64 = 10;
/// The most ids in a list of the filter.
const MOST_IDS: usize = 100;

/// `GET /api/v3/order/status`.
pub(in crate::crpt) fn status(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let order = crpt.order_of(&client.inn, query.uuid("orderId")?)?;
    let gtin = query.one("gtin").map(|_| query.gtin()).transpose()?;
    if let Some(gtin) = gtin {
        super::hand_out::line(order, gtin)?;
    }
    let oms_id = query.oms_id()?;
    let buffers = order
        .buffers
        .iter()
        .filter(|buffer| gtin.is_none_or(|gtin| gtin == buffer.gtin))
        .map(|buffer| {
            let mut info = buffer_info(order, buffer, now_ms);
            info.insert("omsId".to_owned(), json!(oms_id));
            info.insert("orderId".to_owned(), json!(order.order_id));
            // In this answer alone the sample has it as text.
            if let Some(expires) = info.get_mut("expiredDate") {
                *expires = json!(expires.to_string());
            }
            Value::Object(info)
        });
    Ok(Done::told(Value::Array(buffers.collect())).and(client.changed))
}

/// `BufferInfo` without the ids of order and company.
fn buffer_info(order: &EmissionOrder, buffer: &Buffer, now_ms: i64) -> Map<String, Value> {
    let status = order.buffer_status(buffer, now_ms);
    let counts = (!matches!(status, BufferStatus::Pending | BufferStatus::Rejected))
        .then(|| Counts::of(order, buffer, status, now_ms));
    let count = |of: fn(&Counts) -> u32| counts.as_ref().map_or(-1, |counts| i64::from(of(counts)));
    let mut info = Map::from_iter([
        ("gtin".to_owned(), json!(buffer.gtin)),
        (
            "availableCodes".to_owned(),
            json!(count(|one| one.available)),
        ),
        ("leftInBuffer".to_owned(), json!(count(|one| one.in_buffer))),
        ("totalCodes".to_owned(), json!(count(|one| one.total))),
        ("totalPassed".to_owned(), json!(count(|one| one.passed))),
        (
            "unavailableCodes".to_owned(),
            json!(count(|one| one.unavailable)),
        ),
        (
            "poolsExhausted".to_owned(),
            json!(counts.as_ref().is_some_and(|counts| counts.pools_exhausted)),
        ),
        ("templateId".to_owned(), json!(buffer.template_id)),
        ("cisType".to_owned(), json!(buffer.cis_type)),
    ]);
    // Of an order nobody has looked at yet the real answers had no status.
    if order.status(now_ms) != OrderStatus::Created {
        info.insert("bufferStatus".to_owned(), json!(status));
    }
    if let Some(id) = &order.production_order_id {
        info.insert("productionOrderId".to_owned(), json!(id));
    }
    if status == BufferStatus::Rejected {
        let reason = rejection(order, buffer, now_ms);
        info.insert("rejectionReason".to_owned(), json!(reason));
    } else if counts.is_some()
        && let Some(expires) = buffer.expires_ms
    {
        info.insert("expiredDate".to_owned(), json!(expires));
    }
    info
}

/// Why a line is rejected.
fn rejection(order: &EmissionOrder, buffer: &Buffer, now_ms: i64) -> String {
    if let Some(reason) = &buffer.rejection {
        return reason.clone();
    }
    format!(
        "Order declined: {}",
        order.declined(now_ms).unwrap_or_default()
    )
}

/// The counters of a line that has codes.
struct Counts {
    available: u32,
    in_buffer: u32,
    total: u32,
    passed: u32,
    unavailable: u32,
    pools_exhausted: bool,
}

impl Counts {
    fn of(order: &EmissionOrder, buffer: &Buffer, status: BufferStatus, now_ms: i64) -> Self {
        let (emitted, passed) = (order.emitted(buffer, now_ms), buffer.passed());
        let available = match status {
            BufferStatus::Active => emitted.saturating_sub(passed),
            _ => 0,
        };
        Self {
            available,
            // The buffer of СУЗ is empty until the first codes are asked for; till then all lie in the pools.
            in_buffer: if passed == 0 { 0 } else { available },
            total: buffer.quantity,
            passed,
            unavailable: match status {
                BufferStatus::Active => buffer.quantity.saturating_sub(emitted),
                _ => buffer.quantity.saturating_sub(passed),
            },
            pools_exhausted: emitted == buffer.quantity && passed > 0,
        }
    }
}

/// What lists tell of an order.
fn summary(order: &EmissionOrder, now_ms: i64) -> Map<String, Value> {
    let buffers: Vec<Value> = order
        .buffers
        .iter()
        .map(|buffer| Value::Object(buffer_info(order, buffer, now_ms)))
        .collect();
    let mut told = Map::from_iter([
        ("orderId".to_owned(), json!(order.order_id)),
        ("orderStatus".to_owned(), json!(order.status(now_ms))),
        ("createdTimestamp".to_owned(), json!(order.created_ms)),
        ("productGroup".to_owned(), json!(order.product_group)),
        ("buffers".to_owned(), json!(buffers)),
    ]);
    let more = [
        ("declineReason", order.declined(now_ms).map(Value::from)),
        (
            "productionOrderId",
            order.production_order_id.clone().map(Value::from),
        ),
        ("paymentType", order.payment_type.map(Value::from)),
    ];
    for (name, value) in more {
        if let Some(value) = value {
            told.insert(name.to_owned(), value);
        }
    }
    told
}

/// `GET /api/v3/order/list`.
pub(in crate::crpt) fn list(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let orders: Vec<_> = crpt
        .emission
        .of(&client.inn)
        .map(|order| summary(order, now_ms))
        .collect();
    let told = json!({ "omsId": query.oms_id()?, "orderInfos": orders });
    Ok(Done::told(told).and(client.changed))
}

/// Which orders a search wants.
#[derive(Default)]
struct Filter {
    from_ms: Option<i64>,
    until_ms: Option<i64>,
    statuses: Option<Vec<String>>,
    groups: Option<Vec<String>>,
    production_orders: Option<Vec<String>>,
    providers: Option<Vec<String>>,
    orders: Option<Vec<String>>,
}

impl Filter {
    fn read(body: &Value) -> Result<Self, Refusal> {
        let filter = match body.get("filter") {
            None | Some(Value::Null) => return Ok(Self::default()),
            Some(Value::Object(filter)) => filter,
            Some(_) => return Err(Refusal::field("filter", "Неверный формат")),
        };
        let moment = |name: &str| match filter.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_i64()
                .map(Some)
                .ok_or_else(|| Refusal::field(name, "Значение должно быть целым числом")),
        };
        let texts = |name: &str, most: usize| match filter.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(texts)) if texts.len() <= most => texts
                .iter()
                .map(|text| text.as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
                .map(Some)
                .ok_or_else(|| Refusal::field(name, "Неверный формат")),
            Some(_) => Err(Refusal::field(name, "Неверный формат")),
        };
        Ok(Self {
            from_ms: moment("startCreatedTimestamp")?,
            until_ms: moment("endCreatedTimestamp")?,
            statuses: texts("orderStatuses", usize::MAX)?,
            groups: texts("productGroups", usize::MAX)?,
            production_orders: texts("productionOrderIds", MOST_IDS)?,
            providers: texts("serviceProviderIds", MOST_IDS)?,
            orders: texts("orderIds", MOST_IDS)?,
        })
    }

    fn takes(&self, order: &EmissionOrder, now_ms: i64) -> bool {
        let among = |list: &Option<Vec<String>>, value: Option<&str>| {
            list.as_ref()
                .is_none_or(|list| value.is_some_and(|value| list.iter().any(|one| one == value)))
        };
        order.found_from_ms <= now_ms
            && self.from_ms.is_none_or(|from| from <= order.created_ms)
            && self.until_ms.is_none_or(|until| order.created_ms <= until)
            && among(&self.statuses, Some(order.status(now_ms).as_str()))
            && among(&self.groups, Some(&order.product_group))
            && among(
                &self.production_orders,
                order.production_order_id.as_deref(),
            )
            && among(&self.providers, order.service_provider_id.as_deref())
            && among(&self.orders, Some(&order.order_id))
    }
}

/// `POST /api/v3/orders/search`.
pub(in crate::crpt) fn search(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let body = json_body(call)?;
    let filter = Filter::read(&body)?;
    let limit = number(&body, "limit", LISTED, MOST_LISTED)?;
    let page = number(&body, "page", 1, u64::MAX)?;
    let found: Vec<&EmissionOrder> = crpt
        .emission
        .of(&client.inn)
        .filter(|order| filter.takes(order, now_ms))
        .collect();
    let skipped = usize::try_from(limit.saturating_mul(page - 1)).unwrap_or(usize::MAX);
    let results: Vec<Value> = found
        .iter()
        .rev()
        .skip(skipped)
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .map(|order| {
            let mut told = summary(order, now_ms);
            // Here the sample has the group in capitals.
            let group = order.product_group.to_ascii_uppercase();
            told.insert("productGroup".to_owned(), json!(group));
            if let Some(id) = &order.service_provider_id {
                told.insert("serviceProviderId".to_owned(), json!(id));
            }
            Value::Object(told)
        })
        .collect();
    let told = json!({ "totalCount": found.len(), "results": results });
    Ok(Done::told(told).and(client.changed))
}

/// A whole number from 1 to `most`.
fn number(body: &Value, name: &str, default: u64, most: u64) -> Result<u64, Refusal> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(default),
        Some(value) => value
            .as_u64()
            .filter(|number| (1..=most).contains(number))
            .ok_or_else(|| Refusal::field(name, format!("Значение должно быть от 1 до {most}"))),
    }
}

/// `GET /api/v3/order/product`: what the cards of an order's goods say.
pub(in crate::crpt) fn product(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let order = crpt.order_of(&client.inn, query.uuid("orderId")?)?;
    // Nothing is told of an order that no one has looked at yet: `{}`, as documented.
    let is_known = !matches!(
        order.status(now_ms),
        OrderStatus::Created | OrderStatus::Pending
    );
    let cards: Map<String, Value> = order
        .buffers
        .iter()
        .filter(|_| is_known)
        .map(|buffer| {
            let card = json!({
                "name": format!("Товар {}", buffer.gtin),
                "productGroup": order.group().map(|group| group.number),
                "paymentGroup": 3,
                "tnVedCode10": "6403999600",
            });
            (buffer.gtin.clone(), card)
        })
        .collect();
    Ok(Done::told(Value::Object(cards)).and(client.changed))
}
