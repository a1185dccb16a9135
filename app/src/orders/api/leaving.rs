//! Server functions of what leaves: boxes, codes that are left out, and shipping.

#[cfg(feature = "ssr")]
use super::told;
use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{
    account::Permission::{FillSlots, SendCodes},
    ids::{LineId, MarketItemId, OrderId},
    orders::OrderPage,
    shipping::NotYet,
};
use leptos::prelude::*;

crate::guarded! {
    PlaceUnit: Needs(FillSlots);
    RemoveUnits: Needs(SendCodes);
    SendWithoutCodes: Needs(SendCodes);
    ShipOrders: Needs(SendCodes);
    WithdrawShipment: Needs(SendCodes);
}

/// Puts a unit of a line into a box. `place` is the box's number, «new», or «split» for `pieces` boxes of its own.
#[server(endpoint = "orders/place_unit", output = JsonAnswer)]
pub async fn place_unit(
    order: OrderId,
    item: MarketItemId,
    number: u32,
    place: String,
    #[server(default)] pieces: u32,
) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<PlaceUnit>()?;
    let unit = desk::boxes::Unit { item, number };
    let page = desk.order(&actor, order).await?;
    let error = desk::boxes::PlanError::NoSuchBox;
    let place = crate::orders::packed::choice(&page.lines, &page.plan, unit, &place, pieces)
        .ok_or(desk::problem::Problem::BadPlan { error })?;
    Ok(told(desk.place_unit(&actor, order, unit, place).await?))
}

/// Takes the last `units` of a line out of the order, with the next boxes that are sent; none puts them back. The person
/// was shown `confirmed` of them, and says that they understood what that means.
#[server(endpoint = "orders/remove_units", output = JsonAnswer)]
pub async fn remove_units(
    order: OrderId,
    item: MarketItemId,
    units: u32,
    confirmed: u32,
    #[server(default)] understood: bool,
) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<RemoveUnits>()?;
    if units > 0 && !understood {
        let error = desk::boxes::PlanError::NotConfirmed;
        return Err(desk::problem::Problem::BadPlan { error }.into());
    }
    let page = desk
        .remove_units(&actor, order, item, units, confirmed)
        .await?;
    Ok(told(page))
}

/// Takes the codes of a line out of their slots and sends the order without them; for lines that can do without.
/// `revision` is what the person saw.
#[server(endpoint = "orders/send_without", output = JsonAnswer)]
pub async fn send_without_codes(
    order: OrderId,
    line: LineId,
    revision: i64,
) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<SendWithoutCodes>()?;
    let mut page = desk.order(&actor, order).await?;
    if page.revision != revision {
        return Err(desk::problem::Problem::OrderChanged.into());
    }
    let slots: Vec<_> = page
        .lines
        .iter()
        .filter(|known| known.id == line)
        .flat_map(|line| &line.slots)
        .filter(|slot| slot.mark.is_some())
        .map(|slot| slot.id)
        .collect();
    for slot in slots {
        page = desk.clear_slot(&actor, order, slot).await?;
    }
    Ok(told(desk.send(&actor, order, page.revision).await?))
}

/// Says of orders that they are ready to ship. Each is decided alone: beside its id stands why it may not leave yet, or
/// nothing when it is on its way.
#[server(endpoint = "orders/ship", output = JsonAnswer)]
pub async fn ship_orders(
    #[server(default)] orders: Vec<OrderId>,
) -> Result<Vec<(OrderId, Option<NotYet>)>, Failure> {
    let (desk, actor) = crate::guard::authorise::<ShipOrders>()?;
    let outcomes = desk.ship(&actor, &orders).await?;
    Ok(outcomes
        .into_iter()
        .map(|(id, outcome)| (id, outcome.err()))
        .collect())
}

/// Takes back a shipment of which surely nothing has reached the marketplace, or puts a refused one aside.
#[server(endpoint = "orders/withdraw_shipment", output = JsonAnswer)]
pub async fn withdraw_shipment(order: OrderId) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<WithdrawShipment>()?;
    Ok(told(desk.withdraw_shipment(&actor, order).await?))
}
