//! Which status may follow which when a seller asks for it.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatus>.

use axum::http::StatusCode;
use jiff::civil::Date;

use super::{
    order::{BuyerType, InstanceType, Item, Order, OrderStatus, ProgramType, Substatus},
    refusal::Refusal,
    verification::{MarkKind, Outcome, State},
    verifier::Verifier,
};

/// What a seller asks for.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// The status.
    pub(super) status: OrderStatus,
    /// The substatus, when one is named.
    pub(super) substatus: Option<Substatus>,
    /// The day of delivery, which only a seller who delivers may tell.
    pub(super) real_delivery_date: Option<Date>,
}

/// The reasons a seller who delivers may give for a cancellation. `USER_UNREACHABLE` asks for proof of calls and is handled apart.
const DBS_REASONS: [&str; 8] = [
    "SHOP_FAILED",
    "USER_CHANGED_MIND",
    "USER_REFUSED_DELIVERY",
    "USER_REFUSED_PRODUCT",
    "USER_REFUSED_QUALITY",
    "USER_NOT_PAID",
    "REPLACING_ORDER",
    "PICKUP_EXPIRED",
];

/// Moves the order on, or says why not.
pub(super) fn carry_out(
    order: &mut Order,
    wish: &Wish,
    verifier: &Verifier<'_>,
    now_ms: i64,
) -> Result<(), Refusal> {
    let substatus = allowed(order, wish)?;
    if wish.status == OrderStatus::Processing && substatus.as_str() == "READY_TO_SHIP" {
        check_ready(order, verifier, now_ms)
            .map_err(|(code, reason)| no_transition(order, wish, code, &reason))?;
    }
    order.status = wish.status;
    order.substatus = substatus;
    if order.program_type == ProgramType::Dbs && wish.real_delivery_date.is_some() {
        order.real_delivery_date = wish.real_delivery_date;
    }
    order.updated_ms = now_ms;
    Ok(())
}

/// The substatus the order gets, when the order of steps allows it.
fn allowed(order: &Order, wish: &Wish) -> Result<Substatus, Refusal> {
    use OrderStatus::{Cancelled, Delivered, Delivery, Pickup, Processing};
    let named = wish.substatus.as_ref().map(Substatus::as_str);
    let dbs = order.program_type == ProgramType::Dbs;
    let open = matches!(
        (order.status, order.substatus.as_str()),
        (Processing, "STARTED" | "PACKAGING" | "READY_TO_SHIP")
    );
    let started = open && order.substatus.as_str() != "READY_TO_SHIP";
    if matches!(
        order.status,
        Cancelled | Delivered | OrderStatus::Returned | OrderStatus::PartiallyReturned
    ) {
        return Err(action_forbidden(order));
    }
    match (wish.status, named) {
        (Processing, Some("READY_TO_SHIP")) if !dbs && started => Ok(Substatus::ready_to_ship()),
        (Processing, Some("SHIPPED")) if !dbs && open && !started => {
            substatus("SHIPPED", order, wish)
        }
        (Cancelled, Some("SHOP_FAILED")) if open => substatus("SHOP_FAILED", order, wish),
        (Cancelled, Some("USER_UNREACHABLE")) if dbs => Err(no_transition(
            order,
            wish,
            "SUBSTATUS_NOT_ALLOWED",
            "there were not enough calls to the buyer",
        )),
        (Cancelled, Some(reason)) if dbs && DBS_REASONS.contains(&reason) => {
            substatus(reason, order, wish)
        }
        (Cancelled, _) => Err(no_transition(
            order,
            wish,
            "SUBSTATUS_NOT_ALLOWED",
            "the substatus is missing or not allowed",
        )),
        (Delivery, _) if dbs && open => {
            check_business_codes(order, wish)?;
            substatus("DELIVERY_SERVICE_RECEIVED", order, wish)
        }
        (Pickup, _) if dbs && order.status == Delivery => {
            substatus("PICKUP_SERVICE_RECEIVED", order, wish)
        }
        (Delivered, _) if dbs && matches!(order.status, Delivery | Pickup) => {
            substatus("DELIVERY_SERVICE_DELIVERED", order, wish)
        }
        (Delivery | Pickup | Delivered, _) if !dbs => Err(no_permission(wish)),
        (Processing | Delivery | Pickup | Delivered, _) => Err(no_transition(
            order,
            wish,
            "STATUS_NOT_ALLOWED",
            "the order of statuses is broken",
        )),
        _ => Err(no_permission(wish)),
    }
}

fn substatus(name: &str, order: &Order, wish: &Wish) -> Result<Substatus, Refusal> {
    Substatus::try_from(name.to_owned())
        .map_err(|words| no_transition(order, wish, "SUBSTATUS_NOT_ALLOWED", &words))
}

fn full_name(status: OrderStatus, substatus: Option<&str>) -> String {
    substatus.map_or_else(
        || status.as_str().to_owned(),
        |substatus| format!("{status}/{substatus}"),
    )
}

fn no_transition(order: &Order, wish: &Wish, code: &str, reason: &str) -> Refusal {
    let from = full_name(order.status, Some(order.substatus.as_str()));
    let to = full_name(wish.status, wish.substatus.as_ref().map(Substatus::as_str));
    Refusal::new(
        StatusCode::BAD_REQUEST,
        code,
        format!("Transition '{from}' -> '{to}' is not allowed. Reason: {reason}"),
    )
}

fn no_permission(wish: &Wish) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "STATUS_NOT_ALLOWED",
        format!("No permission to set status {}", wish.status),
    )
}

/// 400 for an order in which nothing may change any more.
pub(super) fn action_forbidden(order: &Order) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "ACTION_FORBIDDEN",
        format!(
            "Action is not allowed for order '{}' with status '{}' and substatus '{}'",
            order.order_id,
            order.status,
            order.substatus.as_str()
        ),
    )
}

/// Codes of an order that a company has bought are mandatory; there is no layout to wait for.
fn check_business_codes(order: &Order, wish: &Wish) -> Result<(), Refusal> {
    if order.buyer_type == BuyerType::Person {
        return Ok(());
    }
    match order.items.iter().find_map(lack) {
        Some((code, reason)) => Err(no_transition(order, wish, code, &reason)),
        None => Ok(()),
    }
}

/// The mandatory identifier a line has not got.
fn lack(item: &Item) -> Option<(&'static str, String)> {
    let has = |has: fn(&super::order::Instance) -> bool| {
        item.instances.iter().filter(|one| has(one)).count() >= item.units()
    };
    let wanted = [
        (
            InstanceType::Cis,
            "TOO_FEW_CISES_FOR_ITEM",
            has(|one| one.cis.is_some()),
        ),
        (
            InstanceType::Uin,
            "TOO_FEW_UINS_FOR_ITEM",
            has(|one| one.uin.is_some()),
        ),
        (
            InstanceType::Rnpt,
            "INVALID_RNPT",
            has(|one| one.rnpt.is_some()),
        ),
        (
            InstanceType::Gtd,
            "INVALID_GTD",
            has(|one| one.gtd.is_some()),
        ),
    ];
    wanted
        .into_iter()
        .find(|(kind, _, there)| item.asks(*kind) && !there)
        .map(|(kind, code, _)| {
            let reason = format!("item with id = {} has not all of its {kind}", item.id);
            (code, reason)
        })
}

/// Boxes are laid out, mandatory identifiers are there, and every mark is verified.
fn check_ready(
    order: &mut Order,
    verifier: &Verifier<'_>,
    now_ms: i64,
) -> Result<(), (&'static str, String)> {
    if order.program_type != ProgramType::Laas && order.boxes.is_empty() {
        return Err(("NO_BOXES", "boxes are not set".to_owned()));
    }
    if let Some(lack) = order.items.iter().find_map(lack) {
        return Err(lack);
    }
    let marks: Vec<(MarkKind, String)> = order
        .marks()
        .map(|(kind, mark)| (kind, mark.to_owned()))
        .collect();
    for (kind, mark) in marks {
        let shown = super::cis_pattern::identity(&mark).to_owned();
        let (busy, bad, name) = match kind {
            MarkKind::Cis => ("CIS_VALIDATION_IN_PROGRESS_ERROR", "INVALID_CIS", "cis"),
            MarkKind::Uin => ("UIN_VALIDATION_IN_PROGRESS_ERROR", "INVALID_UIN", "uin"),
        };
        match order.state_of(kind, &mark, verifier, now_ms) {
            State::Ended(Outcome::Ok) => {}
            State::NotOnValidation | State::InProgress => {
                return Err((busy, format!("validation of {name} {shown} is in progress")));
            }
            State::Ended(_) => {
                return Err((bad, format!("validation of {name} {shown} has failed")));
            }
        }
    }
    Ok(())
}
