//! Money by product groups (True API, `elk/product-groups/balance/all`).

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Crpt, front::Done, product_groups, refusal::Refusal};
use crate::exchange::Call;

/// `GET /elk/product-groups/balance/all`.
pub(super) fn all(crpt: &Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let participant = crpt.bearer(call, now_ms).ok_or_else(|| {
        let words = "Для доступа к этому ресурсу требуется полная аутентификация. Проверьте токен";
        Refusal::true_api(StatusCode::UNAUTHORIZED, words)
    })?;
    let accounts = participant.groups.iter().filter_map(|(alias, group)| {
        Some(json!({
            "organisationId": participant.organisation_id,
            "productGroupId": product_groups::number(alias)?,
            "balance": group.balance?,
        }))
    });
    Ok(Done::told(Value::Array(accounts.collect())))
}
