//! Server functions of orders.

pub(crate) mod leaving;

use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{
    account::Permission::{FillSlots, ReadOrders, SendCodes},
    ids::{IntakeId, OrderId, SlotId},
    orders::{OrderFilter, OrderList, OrderPage, placing::Verdict},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

crate::guarded! {
    ListOrders: Needs(ReadOrders);
    GetOrder: Needs(ReadOrders);
    RefreshOrder: Needs(ReadOrders);
    RefreshOrders: Needs(ReadOrders);
    PlaceCodes: Needs(FillSlots);
    PlaceUnplaced: Needs(FillSlots);
    DismissUnplaced: Needs(FillSlots);
    ClearSlot: Needs(FillSlots);
    SetExtras: Needs(FillSlots);
    Countries: Needs(ReadOrders);
    SampleCodes: Needs(FillSlots);
    SendOrder: Needs(SendCodes);
    WithdrawOrder: Needs(SendCodes);
}

/// The order as it is now, with what became of each text that was brought, in the order they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placing {
    /// The order afterwards.
    pub order: OrderPage,
    /// Each text with its verdict.
    pub outcomes: Vec<(String, Verdict)>,
}

/// The order list.
#[server(endpoint = "orders/list", output = JsonAnswer)]
pub async fn list_orders(filter: OrderFilter) -> Result<OrderList, Failure> {
    let (desk, actor) = crate::guard::authorise::<ListOrders>()?;
    Ok(desk.orders(&actor, &filter).await?)
}

/// One order.
#[server(endpoint = "orders/get", output = JsonAnswer)]
pub async fn get_order(order: OrderId) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetOrder>()?;
    Ok(told(desk.order(&actor, order).await?))
}

/// Asks the marketplace for one order again, now.
#[server(endpoint = "orders/refresh", output = JsonAnswer)]
pub async fn refresh_order(order: OrderId) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<RefreshOrder>()?;
    Ok(told(desk.refresh_order(&actor, order).await?))
}

/// Asks for all orders of all connections to be read again; the list tells how it goes.
#[server(endpoint = "orders/refresh_all", output = JsonAnswer)]
pub async fn refresh_orders() -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<RefreshOrders>()?;
    Ok(desk.sync_all(&actor).await?)
}

/// Puts scanned or pasted texts, one a line, into slots. `line` is the id of a line or empty for «where its
/// product says»; `anyway` overrules a warning about another product.
#[server(endpoint = "orders/place", output = JsonAnswer)]
pub async fn place_codes(
    order: OrderId,
    text: String,
    #[server(default)] line: String,
    #[server(default)] anyway: bool,
) -> Result<Placing, Failure> {
    let (desk, actor) = crate::guard::authorise::<PlaceCodes>()?;
    let (order, outcomes) = desk
        .place_codes(&actor, order, &text, target(&line)?, anyway)
        .await?;
    Ok(Placing {
        order: told(order),
        outcomes,
    })
}

/// Tries a text that lies in no slot once more; of one that reads in several ways, `reading` is the chosen code.
#[server(endpoint = "orders/place_unplaced", output = JsonAnswer)]
pub async fn place_unplaced(
    order: OrderId,
    intake: IntakeId,
    #[server(default)] line: String,
    #[server(default)] anyway: bool,
    #[server(default)] reading: Option<String>,
) -> Result<Placing, Failure> {
    let (desk, actor) = crate::guard::authorise::<PlaceUnplaced>()?;
    let wish = desk::orders::placing::Wish {
        target: target(&line)?,
        anyway,
        reading,
    };
    let (order, outcomes) = desk.place_unplaced(&actor, order, intake, &wish).await?;
    Ok(Placing {
        order: told(order),
        outcomes,
    })
}

/// Takes one text (or, with an empty id, all) that lie in no slot off the page; they stay in the database.
#[server(endpoint = "orders/dismiss", output = JsonAnswer)]
pub async fn dismiss_unplaced(
    order: OrderId,
    #[server(default)] intake: String,
) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<DismissUnplaced>()?;
    let intake = match intake.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| desk::problem::Problem::NotFound)?),
    };
    Ok(told(desk.dismiss(&actor, order, intake).await?))
}

/// Empties a slot.
#[server(endpoint = "orders/clear", output = JsonAnswer)]
pub async fn clear_slot(order: OrderId, slot: SlotId) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<ClearSlot>()?;
    Ok(told(desk.clear_slot(&actor, order, slot).await?))
}

/// Writes РНПТ, ГТД and country of a unit; an empty text takes the part away.
#[server(endpoint = "orders/extras", output = JsonAnswer)]
pub async fn set_extras(
    order: OrderId,
    slot: SlotId,
    #[server(default)] rnpt: String,
    #[server(default)] gtd: String,
    #[server(default)] country: String,
) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<SetExtras>()?;
    let page = desk
        .set_extras(&actor, order, slot, &rnpt, &gtd, &country)
        .await?;
    Ok(told(page))
}

/// The countries to choose from, as (code, name).
#[server(endpoint = "orders/countries", output = JsonAnswer)]
pub async fn countries(order: OrderId) -> Result<Vec<(String, String)>, Failure> {
    let (desk, actor) = crate::guard::authorise::<Countries>()?;
    Ok(desk.countries(&actor, order).await?)
}

/// Codes made by the sandbox for this order, one a line, to try the page with; nothing without the sandbox.
#[server(endpoint = "orders/samples", output = JsonAnswer)]
pub async fn sample_codes(order: OrderId) -> Result<String, Failure> {
    let (desk, actor) = crate::guard::authorise::<SampleCodes>()?;
    Ok(desk.sample_codes(&actor, order).await?)
}

/// Sends what lies in the slots. `revision` is what the person saw: if the order changed since, nothing is sent.
#[server(endpoint = "orders/send", output = JsonAnswer)]
pub async fn send_order(order: OrderId, revision: i64) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<SendOrder>()?;
    Ok(told(desk.send(&actor, order, revision).await?))
}

/// Takes back a sending of which surely nothing has reached the marketplace.
#[server(endpoint = "orders/withdraw", output = JsonAnswer)]
pub async fn withdraw_order(order: OrderId) -> Result<OrderPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<WithdrawOrder>()?;
    Ok(told(desk.withdraw(&actor, order).await?))
}

/// Adds to the marketplace's words what they mean, so that the browser need not load every sentence there is.
#[cfg(feature = "ssr")]
fn told(mut page: OrderPage) -> OrderPage {
    if let Some(submission) = &mut page.submission {
        submission.refusal_means = submission
            .refusal
            .as_ref()
            .and_then(|words| crate::texts::problems::explain(words, crate::texts::lang()));
    }
    if let Some(verification) = &mut page.verification {
        let lang = crate::texts::lang();
        verification.means = crate::texts::problems::verification::means(&verification.lines, lang);
    }
    if let Some(shipping) = &mut page.shipping {
        shipping.refusal_means = shipping
            .refusal
            .as_ref()
            .and_then(|words| crate::texts::problems::explain(words, crate::texts::lang()));
    }
    page
}

#[cfg(feature = "ssr")]
fn target(line: &str) -> Result<desk::orders::placing::Target, Failure> {
    use desk::orders::placing::Target;
    match line {
        "" => Ok(Target::Auto),
        id => id
            .parse()
            .map(Target::Line)
            .map_err(|_| desk::problem::Problem::NotFound.into()),
    }
}
