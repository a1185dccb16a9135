//! What happens in the Market that a shop may be told of, as the notification API words it.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/push-notifications/reference/sendNotification>.

use serde_json::{Value, json};

use super::{
    ids::CampaignId,
    order::{Order, OrderStatus},
    return_record::Return,
};
use crate::{moscow, wire_enum::wire_enum};

wire_enum! {
    /// The kind of a notification, `NotificationType`, as far as the sandbox sends it.
    pub enum NotificationType {
        /// Is anybody there.
        Ping = "PING",
        /// A new order.
        OrderCreated = "ORDER_CREATED",
        /// Another status.
        OrderStatusUpdated = "ORDER_STATUS_UPDATED",
        /// Another day of shipment, or something else.
        OrderUpdated = "ORDER_UPDATED",
        /// Cancelled.
        OrderCancelled = "ORDER_CANCELLED",
        /// A return, or goods nobody came for.
        OrderReturnCreated = "ORDER_RETURN_CREATED",
    }
}

wire_enum! {
    /// What has changed in an order, `OrderUpdateType`.
    pub enum OrderUpdateType {
        /// The day of shipment.
        ShipmentDate = "SHIPMENT_DATE_UPDATED",
        /// The day of delivery.
        DeliveryDate = "DELIVERY_DATE_UPDATED",
        /// Something else.
        Unknown = "UNKNOWN",
    }
}

/// Something a shop may be told of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    /// The shop.
    pub(crate) campaign: CampaignId,
    /// Its kind.
    pub(crate) kind: NotificationType,
    /// The body of the notification.
    pub(crate) body: Value,
}

impl Event {
    /// A new order.
    pub(super) fn created(order: &Order) -> Self {
        let told = json!({ "items": items(order), "createdAt": moscow::iso(order.created_ms) });
        Self::of_order(order, NotificationType::OrderCreated, told)
    }

    /// Another status: a cancellation has a kind of its own.
    pub(super) fn status(order: &Order) -> Self {
        let at = moscow::iso(order.updated_ms);
        if order.status == OrderStatus::Cancelled {
            let told = json!({ "items": items(order), "cancelledAt": at });
            return Self::of_order(order, NotificationType::OrderCancelled, told);
        }
        let told = json!({ "status": order.status, "substatus": order.substatus, "updatedAt": at });
        Self::of_order(order, NotificationType::OrderStatusUpdated, told)
    }

    /// Another day of shipment, or something else.
    pub(super) fn updated(order: &Order, what: OrderUpdateType) -> Self {
        let told = json!({ "updateType": what, "updatedAt": moscow::iso(order.updated_ms) });
        Self::of_order(order, NotificationType::OrderUpdated, told)
    }

    /// A return, or goods nobody came for.
    pub(super) fn returned(one: &Return) -> Self {
        let items: Vec<Value> = one
            .items
            .iter()
            .map(|item| json!({ "offerId": item.offer_id, "count": item.units.len() }))
            .collect();
        Self {
            campaign: one.campaign_id,
            kind: NotificationType::OrderReturnCreated,
            body: json!({
                "notificationType": NotificationType::OrderReturnCreated,
                "orderId": one.order_id,
                "returnId": one.return_id,
                "returnType": one.return_type,
                "campaignId": one.campaign_id,
                "items": items,
                "createdAt": moscow::iso(one.created_ms),
            }),
        }
    }

    fn of_order(order: &Order, kind: NotificationType, mut told: Value) -> Self {
        if let Some(told) = told.as_object_mut() {
            told.insert("notificationType".to_owned(), json!(kind));
            told.insert("orderId".to_owned(), json!(order.order_id));
            told.insert("campaignId".to_owned(), json!(order.campaign_id));
        }
        Self {
            campaign: order.campaign_id,
            kind,
            body: told,
        }
    }
}

fn items(order: &Order) -> Vec<Value> {
    order
        .items
        .iter()
        .map(|item| json!({ "offerId": item.offer_id, "count": item.count }))
        .collect()
}
