//! СУЗ itself: whether it is there, and what it knows of a company (СУЗ API, sections 4.4.25 and 4.4.28).

use serde_json::json;

use super::{
    Crpt, front::Done, headers::Query, participant::GroupState, product_groups, refusal::Refusal,
};
use crate::exchange::Call;

/// The version of the API this is a reading of.
const API_VERSION: &str = "3.0.36";
/// The version of СУЗ that goes with it.
const OMS_VERSION: &str = "4.64.0";

/// `GET /api/v3/ping`.
pub(super) fn ping(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let told = json!({
        "omsId": query.oms_id()?,
        "apiVersion": API_VERSION,
        "omsVersion": OMS_VERSION,
    });
    Ok(Done::told(told).and(client.changed))
}

/// `GET /api/v3/integration/profile`.
pub(super) fn profile(crpt: &Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let participant = crpt.bearer(call, now_ms).ok_or_else(|| {
        Refusal::unauthorized("Маркер безопасности ГИС МТ не найден или срок его действия истёк")
    })?;
    let in_state = |wanted: Option<GroupState>| -> Vec<String> {
        participant
            .groups
            .iter()
            .filter(|(_, group)| wanted.is_none_or(|state| group.state == state))
            .map(|(alias, _)| product_groups::in_profile(alias))
            .collect()
    };
    let mut told = json!({
        "omsId": participant.oms_id,
        "profileStatus": participant.profile_status,
        "productGroups": in_state(None),
    });
    for (name, state) in [
        ("lockedProductGroups", GroupState::Locked),
        ("blockedProductGroups", GroupState::Blocked),
    ] {
        let some = in_state(Some(state));
        if let Some(told) = told.as_object_mut().filter(|_| !some.is_empty()) {
            told.insert(name.to_owned(), json!(some));
        }
    }
    Ok(Done::told(told))
}
