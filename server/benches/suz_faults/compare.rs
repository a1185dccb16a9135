//! What the station emitted, against what is stored.

use crate::{
    flow::Ending,
    matrix::ORDER,
    stage::{GOODS, Stage},
};
use sandbox::crpt::emission::order::{CloseReason, EmissionOrder, OrderStatus};

/// Every code that is stored in a whole block, with its order.
const CODES: &str = "SELECT b.emission_id, r.prefix || c.serial || c.tail FROM stock_codes c
    JOIN stock_runs r ON r.number = c.run
    JOIN stock_blocks b ON b.organisation_id = r.organisation_id AND b.id = r.block_id
    WHERE b.state = 'whole' AND b.emission_id IS NOT NULL";

/// Orders as they are stored.
const ORDERS: &str = "SELECT id, state, COALESCE(their_id, '') FROM emissions";

/// The ending with the number of codes, or what differs.
pub(crate) async fn compare(stage: &Stage, ending: Ending) -> Result<Ending, String> {
    let orders = stage.sandbox.emission_orders();
    let (foreign, ours): (Vec<_>, Vec<_>) = orders
        .iter()
        .partition(|order| stage.foreign.as_ref() == Some(&order.order_id));
    let [order] = ours.as_slice() else {
        return Err(format!("the station has {} orders", orders.len()));
    };
    if foreign.iter().any(|order| order.waiting_body.is_some()) {
        return Err("the other program's order lies there without a signature".to_owned());
    }
    let emitted = emitted(stage, order)?;
    let mut stored: Vec<(String, String)> = stage.database.rows(CODES).await;
    stored.sort();
    let mut expected: Vec<_> = emitted
        .into_iter()
        .map(|code| (ending.order.to_string(), code))
        .collect();
    expected.sort();
    if stored != expected {
        return Err(format!(
            "{} codes are stored, {} were emitted: {stored:?} instead of {expected:?}",
            stored.len(),
            expected.len()
        ));
    }
    let kept: Vec<(String, String, String)> = stage.database.rows(ORDERS).await;
    for (id, state, their_id) in &kept {
        let is_it = *id == ending.order.to_string();
        let right = if is_it {
            state == "closed" && *their_id == order.order_id
        } else if their_id.is_empty() {
            state == "given_up"
        } else {
            // The person deleted it at the station; where the answer was lost, the program finds out after a while.
            ["created", "withdrawn"].contains(&state.as_str())
        };
        if !right {
            return Err(format!("stored orders: {kept:?}"));
        }
    }
    requests(stage, &ending)?;
    Ok(Ending {
        codes: stored.len(),
        ..ending
    })
}

/// The codes of the order, all of which were handed out and none annulled.
fn emitted(stage: &Stage, order: &EmissionOrder) -> Result<Vec<String>, String> {
    let now = stage.sandbox.now_ms();
    if order.status(now) != OrderStatus::Closed {
        return Err(format!("the station's order is {:?}", order.status(now)));
    }
    for (gtin, quantity) in GOODS {
        let buffer = order.buffers.iter().find(|buffer| buffer.gtin == gtin);
        let buffer = buffer.ok_or("the station's order lacks goods")?;
        if buffer.passed() != quantity {
            return Err(format!(
                "{gtin}: {} of {quantity} codes were handed out",
                buffer.passed()
            ));
        }
        let reason = buffer.closing.map(|closing| closing.reason);
        if reason != Some(CloseReason::Api) {
            return Err(format!("{gtin} was closed by {reason:?}"));
        }
    }
    Ok(stage.sandbox.handed_out_codes(&order.order_id, None))
}

/// An order leaves once: after a lost answer only a person's decision makes another one.
fn requests(stage: &Stage, ending: &Ending) -> Result<(), String> {
    let received = stage.sandbox.received();
    let sent = received
        .iter()
        .filter(|request| request.method == "POST" && request.path == ORDER)
        .count();
    if sent > 1 + ending.decisions as usize + usize::from(stage.has_foreign()) {
        return Err(format!("the order was sent {sent} times"));
    }
    Ok(())
}
