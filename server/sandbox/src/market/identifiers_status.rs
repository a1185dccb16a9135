//! `POST /v2/campaigns/{campaignId}/orders/{orderId}/identifiers/status`: how the verification of an order's marks stands.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getOrderIdentifiersStatus>.

use serde_json::{Map, Value, json};

use super::{
    ids::ItemId,
    order::Order,
    verification::{CisStatus, MarkKind, Outcome, State},
    verifier::Verifier,
};
use crate::moscow;

/// The answer, and whether asking has changed anything: a poll can settle a verdict.
pub(super) fn answer(order: &mut Order, verifier: &Verifier<'_>, now_ms: i64) -> (Value, bool) {
    let before = order.checks.clone();
    let lines: Vec<(ItemId, Vec<(MarkKind, String)>)> = order
        .items
        .iter()
        .map(|item| {
            let marks = item.instances.iter().flat_map(|one| {
                let cis = one.cis.clone().map(|mark| (MarkKind::Cis, mark));
                let uin = one.uin.clone().map(|mark| (MarkKind::Uin, mark));
                cis.into_iter().chain(uin)
            });
            (item.id, marks.collect())
        })
        .collect();
    let mut items = Vec::new();
    for (id, marks) in lines {
        let mut dto = Map::from_iter([("id".to_owned(), json!(id))]);
        for (kind, mark) in marks {
            let name = match kind {
                MarkKind::Cis => "cis",
                MarkKind::Uin => "uin",
            };
            let told = mark_dto(order, kind, &mark, verifier, now_ms);
            let list = dto.entry(name).or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(told);
            }
        }
        items.push(Value::Object(dto));
    }
    let changed = order.checks != before;
    let answer = json!({ "status": "OK", "result": { "items": items } });
    (answer, changed)
}

/// `CisDTO` or `UinDTO`.
fn mark_dto(
    order: &mut Order,
    kind: MarkKind,
    mark: &str,
    verifier: &Verifier<'_>,
    now_ms: i64,
) -> Value {
    let state = order.state_of(kind, mark, verifier, now_ms);
    order.seen(mark, state);
    let (status, substatus) = words(state);
    let mut dto = Map::from_iter([
        ("value".to_owned(), json!(mark)),
        ("status".to_owned(), json!(status)),
    ]);
    if let Some(substatus) = substatus {
        dto.insert("substatus".to_owned(), json!(substatus));
    }
    if kind == MarkKind::Cis
        && matches!(state, State::Ended(_))
        && let Some((request, checked_ms)) = order.crpt_request(mark, verifier)
    {
        dto.insert("crptRequestId".to_owned(), json!(request));
        dto.insert(
            "crptRequestDateTime".to_owned(),
            json!(moscow::iso(checked_ms)),
        );
    }
    Value::Object(dto)
}

/// The status and substatus of a state.
pub(super) const fn words(state: State) -> (CisStatus, Option<&'static str>) {
    match state {
        State::NotOnValidation => (CisStatus::NotOnValidation, None),
        State::InProgress | State::Ended(Outcome::Stuck) => (CisStatus::InProgress, None),
        State::Ended(Outcome::Ok) => (CisStatus::Ok, None),
        State::Ended(Outcome::Failed { .. }) => (CisStatus::Failed, None),
        State::Ended(Outcome::Invalid { substatus }) => {
            (CisStatus::Invalid, Some(substatus.as_str()))
        }
        State::Ended(Outcome::UinFailed { substatus }) => {
            (CisStatus::Failed, Some(substatus.as_str()))
        }
    }
}
