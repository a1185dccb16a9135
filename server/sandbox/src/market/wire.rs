//! The world in the Market's JSON.

use serde_json::{Map, Value, json};

use super::{
    cabinet::{Cabinet, Campaign},
    cis_pattern::{has_tail, identity},
    order::{BoxItem, Content, Instance, Item, Order, OrderBox, OrderStatus, ProgramType},
};
use crate::moscow::{self, DAY_MS};

/// `CampaignDTO`.
pub(super) fn campaign(cabinet: &Cabinet, campaign: &Campaign) -> Value {
    json!({
        "domain": campaign.domain,
        "id": campaign.id,
        "clientId": campaign.id,
        "business": { "id": cabinet.business_id, "name": cabinet.name },
        "placementType": campaign.placement_type,
        "apiAvailability": campaign.api_availability,
    })
}

/// `BusinessOrderDTO`.
pub(super) fn order(order: &Order) -> Value {
    let total = total(order);
    let items: Vec<Value> = order
        .items
        .iter()
        .map(|item| self::item(item, order.status))
        .collect();
    let mut dto = json!({
        "orderId": order.order_id,
        "campaignId": order.campaign_id,
        "programType": order.program_type,
        "status": order.status,
        "substatus": order.substatus,
        "creationDate": moscow::iso(order.created_ms),
        "updateDate": moscow::iso(order.updated_ms),
        "paymentType": order.payment_type,
        "paymentMethod": order.payment_method,
        "fake": order.fake,
        "items": items,
        "prices": {
            "payment": money(total),
            "subsidy": money(0),
            "cashback": money(0),
            "delivery": { "payment": money(0), "subsidy": money(0) },
        },
        "delivery": delivery(order),
        "buyerType": order.buyer_type,
        "sourcePlatform": order.source_platform,
    });
    if let Some(dto) = dto.as_object_mut() {
        put(dto, "externalOrderId", order.external_order_id.as_deref());
        put(dto, "notes", order.notes.as_deref());
        if order.program_type == ProgramType::Dbs {
            dto.insert("cancelRequested".to_owned(), json!(order.cancel_requested));
        }
    }
    dto
}

/// `BusinessOrderItemDTO`.
fn item(item: &Item, status: OrderStatus) -> Value {
    let item_status = match status {
        OrderStatus::Delivered => "DELIVERED_TO_BUYER",
        OrderStatus::Cancelled => "CANCELLED",
        OrderStatus::Delivery | OrderStatus::Pickup => "SHIPPED",
        OrderStatus::Returned => "RETURNED",
        _ => "CREATED",
    };
    let mut dto = json!({
        "id": item.id,
        "offerId": item.offer_id,
        "offerName": item.offer_name,
        "count": item.count,
        "prices": {
            "payment": money(item.price_kopecks),
            "subsidy": money(0),
            "cashback": money(0),
            "vat": item.vat,
        },
        "itemStatuses": [{ "status": item_status, "count": item.count }],
    });
    if let Some(dto) = dto.as_object_mut() {
        if !item.instances.is_empty() {
            dto.insert("instances".to_owned(), instances(&item.instances));
        }
        if !item.required_instance_types.is_empty() {
            dto.insert(
                "requiredInstanceTypes".to_owned(),
                json!(item.required_instance_types),
            );
        }
    }
    dto
}

/// `BriefOrderItemDTO`, the line as the identifiers method answers it.
pub(super) fn brief_item(item: &Item) -> Value {
    let mut dto = json!({
        "id": item.id,
        "vat": item.vat,
        "count": item.count,
        "price": rubles(item.price_kopecks),
        "offerName": item.offer_name,
        "offerId": item.offer_id,
    });
    if let Some(dto) = dto.as_object_mut()
        && !item.instances.is_empty()
    {
        dto.insert("instances".to_owned(), instances(&item.instances));
    }
    dto
}

fn instances(instances: &[Instance]) -> Value {
    instances.iter().map(instance).collect()
}

/// A box as the answer to its layout has it: an echo with the number.
pub(super) fn stored_box(one: &OrderBox) -> Value {
    let items: Vec<Value> = one
        .items
        .iter()
        .map(|item| box_item(item, json!(item.instances)))
        .collect();
    json!({ "boxId": one.box_id, "items": items })
}

/// A box as the list of orders shows it.
fn laid_out_box(one: &OrderBox) -> Value {
    let items: Vec<Value> = one
        .items
        .iter()
        .map(|item| box_item(item, instances(&item.instances)))
        .collect();
    json!({ "boxId": one.box_id, "barcode": one.barcode, "items": items })
}

fn box_item(item: &BoxItem, instances: Value) -> Value {
    let mut dto = match item.content {
        Content::FullCount(count) => json!({ "id": item.id, "fullCount": count }),
        Content::PartialCount(part) => json!({ "id": item.id, "partialCount": part }),
    };
    if let Some(dto) = dto.as_object_mut()
        && !item.instances.is_empty()
    {
        dto.insert("instances".to_owned(), instances);
    }
    dto
}

/// `OrderItemInstanceDTO`: the code comes back without its tail in `cis` and with it in `cisFull`.
fn instance(instance: &Instance) -> Value {
    let mut dto = Map::new();
    if let Some(cis) = &instance.cis {
        put(&mut dto, "cis", Some(identity(cis)));
        put(&mut dto, "cisFull", has_tail(cis).then_some(cis));
    }
    put(&mut dto, "uin", instance.uin.as_deref());
    put(&mut dto, "rnpt", instance.rnpt.as_deref());
    put(&mut dto, "gtd", instance.gtd.as_deref());
    put(&mut dto, "countryCode", instance.country_code.as_deref());
    Value::Object(dto)
}

/// `BusinessOrderDeliveryDTO`.
fn delivery(order: &Order) -> Value {
    let own = order.program_type == ProgramType::Dbs;
    // Delivery follows shipment by a day; before it is agreed the Market names the day after tomorrow of the creation.
    let from = order
        .shipment_date
        .and_then(moscow::start_of)
        .map_or(order.created_ms + 3 * DAY_MS, |shipment| shipment + DAY_MS);
    let mut dates = json!({
        "fromDate": moscow::date(from).to_string(),
        "toDate": moscow::date(from).to_string(),
        "fromTime": "10:00:00",
        "toTime": "18:00:00",
    });
    if order.status == OrderStatus::Delivered
        && let Some(dates) = dates.as_object_mut()
    {
        let delivered = order
            .real_delivery_date
            .unwrap_or_else(|| moscow::date(order.updated_ms));
        put(dates, "realDeliveryDate", Some(&delivered.to_string()));
    }
    let mut dto = json!({
        "type": "DELIVERY",
        "serviceName": if own { "Собственная служба" } else { "Яндекс Доставка" },
        "deliveryServiceId": if own { 99 } else { 1_003_937 },
        "deliveryPartnerType": if own { "SHOP" } else { "YANDEX_MARKET" },
        "dates": dates,
    });
    if let (Some(dto), Some(date)) = (dto.as_object_mut(), order.shipment_date) {
        dto.insert(
            "shipment".to_owned(),
            json!({
                "id": order.order_id.0 + 200_000_000,
                "shipmentDate": date.to_string(),
                "shipmentTime": "16:00:00",
            }),
        );
    }
    if let Some(dto) = dto.as_object_mut()
        && !order.boxes.is_empty()
    {
        let boxes: Vec<Value> = order.boxes.iter().map(laid_out_box).collect();
        dto.insert("boxesLayout".to_owned(), Value::from(boxes));
    }
    dto
}

/// `OrderDTO`, the older view of an order that the change of its status answers.
pub(super) fn old_order(order: &Order) -> Value {
    let total = total(order);
    let items: Vec<Value> = order
        .items
        .iter()
        .map(|item| {
            let mut dto = brief_item(item);
            if let Some(dto) = dto.as_object_mut() {
                let price = rubles(item.price_kopecks);
                dto.insert("buyerPrice".to_owned(), price.clone());
                dto.insert("buyerPriceBeforeDiscount".to_owned(), price);
            }
            dto
        })
        .collect();
    json!({
        "id": order.order_id,
        "status": order.status,
        "substatus": order.substatus,
        "creationDate": moscow::day_first(order.created_ms),
        "updatedAt": moscow::day_first(order.updated_ms),
        "currency": "RUR",
        "itemsTotal": rubles(total),
        "deliveryTotal": 0,
        "buyerItemsTotalBeforeDiscount": rubles(total),
        "paymentType": order.payment_type,
        "paymentMethod": order.payment_method,
        "fake": order.fake,
        "items": items,
        "buyer": { "type": order.buyer_type },
        "taxSystem": "OSN",
        "cancelRequested": order.cancel_requested,
    })
}

fn total(order: &Order) -> i64 {
    order
        .items
        .iter()
        .map(|item| item.price_kopecks * i64::from(item.count))
        .sum()
}

fn put(dto: &mut Map<String, Value>, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        dto.insert(name.to_owned(), Value::from(value));
    }
}

/// A sum of roubles.
pub(super) fn money(kopecks: i64) -> Value {
    json!({ "value": rubles(kopecks), "currencyId": "RUR" })
}

/// A sum as a JSON number of roubles: whole when it is whole.
fn rubles(kopecks: i64) -> Value {
    if kopecks % 100 == 0 {
        return Value::from(kopecks / 100);
    }
    format!("{}.{:02}", kopecks / 100, (kopecks % 100).abs())
        .parse::<f64>()
        .map_or(Value::Null, Value::from)
}
