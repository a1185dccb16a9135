//! `GET /v2/campaigns/{campaignId}/returns`: what came back, and what nobody came for.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/getReturns>.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{
    Market,
    cis_pattern::identity,
    ids::{CampaignId, OrderId},
    order::{Order, ProgramType},
    page::{self, Query},
    refusal::Refusal,
    return_record::{RefundStatus, Return, ReturnItem, ReturnType, ShipmentStatus},
    wire,
};
use crate::moscow::{self, DAY_MS};

/// What a return must be to get into the list.
struct Filter {
    orders: Option<Vec<OrderId>>,
    refund: Option<Vec<RefundStatus>>,
    shipment: Option<Vec<ShipmentStatus>>,
    return_type: Option<Vec<ReturnType>>,
    from_ms: i64,
    to_ms: i64,
}

impl Filter {
    fn read(query: &Query) -> Result<Self, Refusal> {
        let from_ms = day(query, "fromDate")?;
        let to_ms = day(query, "toDate")?;
        if let (Some(from), Some(to)) = (from_ms, to_ms)
            && from > to
        {
            return Err(Refusal::bad_request(
                "Return start date is required to be less than end date",
            ));
        }
        Ok(Self {
            orders: list(query, "orderIds", 50)?,
            refund: list(query, "statuses", 16)?,
            shipment: list(query, "shipmentStatuses", 15)?,
            return_type: list(query, "type", 1)?,
            from_ms: from_ms.unwrap_or(i64::MIN),
            to_ms: to_ms.map_or(i64::MAX, |to| to + DAY_MS),
        })
    }

    fn takes(&self, one: &Return) -> bool {
        fn one_of<T: PartialEq>(wanted: Option<&Vec<T>>, value: &T) -> bool {
            wanted.is_none_or(|wanted| wanted.contains(value))
        }
        one_of(self.orders.as_ref(), &one.order_id)
            && one_of(self.shipment.as_ref(), &one.shipment_status)
            && one_of(self.return_type.as_ref(), &one.return_type)
            && self.refund.as_ref().is_none_or(|wanted| {
                one.return_type == ReturnType::Return && wanted.contains(&one.refund_status)
            })
            && (self.from_ms..self.to_ms).contains(&one.updated_ms)
    }
}

fn day(query: &Query, name: &str) -> Result<Option<i64>, Refusal> {
    query
        .get(name)
        .map(|text| {
            moscow::parse_day(text)
                .and_then(moscow::start_of)
                .ok_or_else(|| Refusal::bad_request(format!("Type mismatch: '{text}'")))
        })
        .transpose()
}

/// Values with commas between them, all different, not more than `most`.
fn list<T: DeserializeOwned + PartialEq>(
    query: &Query,
    name: &str,
    most: usize,
) -> Result<Option<Vec<T>>, Refusal> {
    let Some(text) = query.get(name) else {
        return Ok(None);
    };
    let mut values: Vec<T> = Vec::new();
    for part in text.split(',') {
        let mismatch = || Refusal::bad_request(format!("Type mismatch: '{part}'"));
        let json = part
            .parse::<i64>()
            .map_or_else(|_| Value::from(part), Value::from);
        let value = T::deserialize(json).map_err(|_| mismatch())?;
        if values.contains(&value) {
            return Err(Refusal::bad_request(format!(
                "'{name}' elements must be unique"
            )));
        }
        values.push(value);
    }
    if values.len() > most {
        return Err(Refusal::bad_request(format!(
            "'{name}' size must be between '0' and '{most}' (rejected size: '{}')",
            values.len()
        )));
    }
    Ok(Some(values))
}

/// One page of a shop's returns, the newest first.
pub(super) fn answer(
    market: &Market,
    campaign: CampaignId,
    query: &Query,
) -> Result<Value, Refusal> {
    const PAGE: usize = 100;
    let filter = Filter::read(query)?;
    let limit = query.limit()?.unwrap_or(PAGE).min(PAGE);
    let behind = query.page_token()?;
    let mut found: Vec<&Return> = market
        .returns
        .values()
        .rev()
        .filter(|one| one.campaign_id == campaign && filter.takes(one))
        .filter(|one| behind.is_none_or(|(last, _)| one.return_id.0 < last))
        .take(limit.saturating_add(1))
        .collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let paging = match found.last() {
        Some(last) if more => json!({ "nextPageToken": page::token(last.return_id.0, 0) }),
        _ => json!({}),
    };
    let returns: Vec<Value> = found
        .into_iter()
        .map(|one| dto(one, market.orders.get(&one.order_id)))
        .collect();
    Ok(json!({ "status": "OK", "result": { "returns": returns, "paging": paging } }))
}

/// `ReturnDTO`.
fn dto(one: &Return, order: Option<&Order>) -> Value {
    let worth: i64 = one
        .items
        .iter()
        .map(|item| item.price_kopecks * i64::try_from(item.units.len()).unwrap_or(0))
        .sum();
    let own = order.is_some_and(|order| order.program_type == ProgramType::Dbs);
    let items: Vec<Value> = one.items.iter().map(item_dto).collect();
    let mut dto = json!({
        "id": one.return_id,
        "orderId": one.order_id,
        "creationDate": moscow::iso(one.created_ms),
        "updateDate": moscow::iso(one.updated_ms),
        "shipmentRecipientType": if own { "SHOP" } else { "DELIVERY_SERVICE" },
        "shipmentStatus": one.shipment_status,
        "amount": wire::money(worth),
        "items": items,
        "returnType": one.return_type,
    });
    if one.return_type == ReturnType::Return
        && let Some(dto) = dto.as_object_mut()
    {
        dto.insert("refundStatus".to_owned(), json!(one.refund_status));
        dto.insert("fastReturn".to_owned(), json!(false));
    }
    dto
}

/// `ReturnItemDTO`.
fn item_dto(item: &ReturnItem) -> Value {
    let instances: Vec<Value> = item
        .units
        .iter()
        .map(|unit| {
            let mut dto = Map::from_iter([
                ("stockType".to_owned(), json!(unit.stock_type)),
                ("status".to_owned(), json!(unit.status)),
            ]);
            if let Some(cis) = &unit.cis {
                dto.insert("cis".to_owned(), json!(identity(cis)));
            }
            Value::Object(dto)
        })
        .collect();
    json!({ "shopSku": item.offer_id, "count": item.units.len(), "instances": instances })
}
