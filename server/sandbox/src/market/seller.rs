//! What a seller does to the orders of a shop: codes, boxes, verification, statuses, labels.

use serde_json::{Value, json};

use super::{
    Market, Orders,
    access::check_model,
    boxes,
    cabinet::{Campaign, PlacementType},
    events::{Event, OrderUpdateType},
    front::{Done, Payload},
    identifiers, identifiers_status,
    ids::{CampaignId, OrderId},
    labels::{self, PageFormat},
    layout::Layout,
    order::{Order, OrderStatus},
    page::Query,
    refusal::Refusal,
    route::Route,
    status,
    transitions::{self, Wish},
    verification::Outcome,
    verifier::Verifier,
};
use crate::crpt::emission::Emission;

/// Whether the method is there for shops of this model.
pub(super) fn check_shop(campaign: &Campaign, route: Route) -> Result<(), Refusal> {
    use PlacementType::{Dbs, Fbs, Laas};
    let allowed: &[PlacementType] = match route {
        Route::Identifiers(..) => &[Dbs],
        Route::Boxes(..) | Route::Labels(..) => &[Fbs, Dbs],
        Route::IdentifiersStatus(..) => &[Fbs, Laas],
        _ => &[Fbs, Dbs, Laas],
    };
    check_model(campaign, allowed)
}

/// Whether a request would write codes into an order that takes none any more.
pub(super) fn is_late(market: &Market, route: Route) -> bool {
    let (Route::Identifiers(_, id) | Route::Boxes(_, id)) = route else {
        return false;
    };
    market.orders.get(&id).is_some_and(|order| {
        order.status != OrderStatus::Processing
            || matches!(order.substatus.as_str(), "READY_TO_SHIP" | "SHIPPED")
    })
}

/// Carries out a request about the orders of a shop.
pub(super) fn carry_out(
    market: &mut Market,
    emission: &Emission,
    route: Route,
    (body, query): (&Value, &Query),
    now_ms: i64,
) -> Result<Done, Refusal> {
    match route {
        Route::Identifiers(campaign, id) => {
            let request = identifiers::Request::read(body)?;
            change(&mut market.orders, campaign, id, |order| {
                identifiers::store(order, request, now_ms)
            })
            .map(Done::changed)
        }
        Route::Boxes(campaign, id) => boxes(market, campaign, id, Layout::read(body)?, now_ms),
        Route::IdentifiersStatus(campaign, id) => {
            let seller = market.inn_of(campaign);
            let verifier = Verifier::new(&market.verification, emission, seller.as_deref());
            let (answer, changed) = change(&mut market.orders, campaign, id, |order| {
                Ok(identifiers_status::answer(order, &verifier, now_ms))
            })?;
            learn_rejected(market, id);
            Ok(Done {
                changed,
                ..Done::told(answer)
            })
        }
        Route::Status(campaign, id) => {
            let wish = status::read_one(body)?;
            let order = move_on(market, emission, (campaign, id), &wish, now_ms)?;
            Ok(Done {
                moved: vec![id],
                ..Done::changed(status::one(&order))
            })
        }
        Route::StatusUpdate(campaign) => {
            let wishes = status::read_many(body)?;
            Ok(move_many(market, emission, campaign, &wishes, now_ms))
        }
        Route::Labels(campaign, id) => {
            let format = PageFormat::read(query)?;
            let order = find(&market.orders, campaign, id)?;
            Ok(Done {
                payload: Payload::Pdf(labels::answer(order, format)?),
                ..Done::told(Value::Null)
            })
        }
        _ => Err(Refusal::not_found("Resource not found")),
    }
}

fn not_found(campaign: CampaignId, id: OrderId) -> Refusal {
    Refusal::not_found(format!(
        "Order not found: partnerId = {campaign}, orderId = {id}"
    ))
}

fn find(orders: &Orders, campaign: CampaignId, id: OrderId) -> Result<&Order, Refusal> {
    orders
        .get(&id)
        .filter(|order| order.campaign_id == campaign)
        .ok_or_else(|| not_found(campaign, id))
}

fn change<T>(
    orders: &mut Orders,
    campaign: CampaignId,
    id: OrderId,
    change: impl FnOnce(&mut Order) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    find(orders, campaign, id)?;
    orders
        .change(id, change)
        .unwrap_or_else(|| Err(not_found(campaign, id)))
}

fn boxes(
    market: &mut Market,
    campaign: CampaignId,
    id: OrderId,
    layout: Layout,
    now_ms: i64,
) -> Result<Done, Refusal> {
    // Numbers of boxes come from the world's own counter, so they are taken before the order is borrowed.
    let mut numbers: Vec<i64> = layout.boxes.iter().map(|_| market.next_id()).collect();
    numbers.reverse();
    let stored = change(&mut market.orders, campaign, id, |order| {
        boxes::store(order, layout, now_ms, || numbers.pop().unwrap_or_default())
    })?;
    if stored.removed {
        let event = find(&market.orders, campaign, id)
            .map(|order| Event::updated(order, OrderUpdateType::Unknown))?;
        market.events.push(event);
    }
    Ok(Done::changed(stored.answer))
}

/// Moves one order on and tells of it.
fn move_on(
    market: &mut Market,
    emission: &Emission,
    (campaign, id): (CampaignId, OrderId),
    wish: &Wish,
    now_ms: i64,
) -> Result<Order, Refusal> {
    let seller = market.inn_of(campaign);
    let verifier = Verifier::new(&market.verification, emission, seller.as_deref());
    let moved = change(&mut market.orders, campaign, id, |order| {
        transitions::carry_out(order, wish, &verifier, now_ms).map(|()| order.clone())
    });
    learn_rejected(market, id);
    let order = moved?;
    market.events.push(Event::status(&order));
    Ok(order)
}

fn move_many(
    market: &mut Market,
    emission: &Emission,
    campaign: CampaignId,
    wishes: &[(OrderId, Wish)],
    now_ms: i64,
) -> Done {
    let mut moved = Vec::new();
    let orders: Vec<Value> = wishes
        .iter()
        .map(
            |(id, wish)| match move_on(market, emission, (campaign, *id), wish, now_ms) {
                Ok(order) => {
                    moved.push(*id);
                    status::outcome(*id, wish, Some(&order), None)
                }
                Err(refusal) => {
                    let order = find(&market.orders, campaign, *id).ok();
                    status::outcome(*id, wish, order, Some(&refusal))
                }
            },
        )
        .collect();
    Done {
        changed: !moved.is_empty(),
        moved,
        ..Done::told(json!({ "status": "OK", "result": { "orders": orders } }))
    }
}

/// Remembers the marks of an order that verification has rejected.
fn learn_rejected(market: &mut Market, id: OrderId) {
    let Some(order) = market.orders.get(&id) else {
        return;
    };
    let rejected = order.checks.iter().filter(|(_, check)| {
        matches!(
            check.verdict,
            Some(Outcome::Invalid { .. } | Outcome::UinFailed { .. })
        )
    });
    market
        .rejected
        .extend(rejected.map(|(mark, _)| mark.clone()));
}
