//! `POST /api/v3/order/close` (section 4.4.8): no more codes of a line, or of a whole order. Those nobody has taken are annulled.

use serde_json::json;

use super::{
    hand_out::line,
    order::{CloseReason, Closing, EmissionOrder, OrderStatus},
};
use crate::{
    crpt::{
        Crpt,
        cms::{Flaw, Signature},
        front::{Done, json_body},
        headers::Query,
        ids::is_uuid,
        refusal::Refusal,
        signatures::{BodySignature, body_signature, check_signer},
    },
    exchange::Call,
};

/// Closes a line, or all lines when no GTIN is named.
pub(in crate::crpt) fn close(
    crpt: &mut Crpt,
    call: &Call,
    examined: Option<&Result<Signature, Flaw>>,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let signature = match body_signature(examined)? {
        BodySignature::Good(signature) => signature,
        BodySignature::Missing => {
            return Err(Refusal::field("X-Signature", "Не указана подпись запроса"));
        }
        BodySignature::Bad(flaw) => return Err(Refusal::bad_request(&flaw).because(&flaw)),
    };
    let participant = crpt.known(&client.inn)?;
    check_signer(participant, signature, now_ms)
        .map_err(|words| Refusal::bad_request(&words).because(&words))?;
    let body = json_body(call)?;
    let order_id = body
        .get("orderId")
        .and_then(|id| id.as_str())
        .filter(|id| is_uuid(id))
        .ok_or_else(|| Refusal::field("orderId", "Неверный формат"))?;
    let gtin = match body.get("gtin") {
        None | Some(serde_json::Value::Null) => None,
        Some(gtin) => Some(
            gtin.as_str()
                .ok_or_else(|| Refusal::field("gtin", "Неверный формат"))?,
        ),
    };
    let order = crpt.order_of_mut(&client.inn, order_id)?;
    if let Some(gtin) = gtin {
        line(order, gtin)?;
    }
    if order.status(now_ms) != OrderStatus::Ready {
        return Err(not_open(order, now_ms));
    }
    let changed = shut(order, gtin, now_ms);
    if !changed {
        return Err(not_open(order, now_ms));
    }
    Ok(Done::changed(json!({ "omsId": query.oms_id()? })))
}

fn not_open(order: &EmissionOrder, now_ms: i64) -> Refusal {
    Refusal::bad_request(format!(
        "Заказ {} в статусе {} нельзя закрыть",
        order.order_id,
        order.status(now_ms)
    ))
}

/// Closes what is still open; whether there was anything.
fn shut(order: &mut EmissionOrder, gtin: Option<&str>, now_ms: i64) -> bool {
    let mut shut = false;
    for buffer in &mut order.buffers {
        let meant = gtin.is_none_or(|gtin| gtin == buffer.gtin);
        if meant && buffer.rejection.is_none() && buffer.closing(now_ms).is_none() {
            buffer.closing = Some(Closing {
                at_ms: now_ms,
                reason: CloseReason::Api,
            });
            shut = true;
        }
    }
    shut
}
