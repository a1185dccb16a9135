//! Orders that wait for their signature: `documents/search`, `content`, `sign`, `delete` (sections 4.4.21 to 4.4.24).
//!
//! Reports are not made here, so the only documents are orders.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

use super::order::EmissionOrder;
use crate::{
    crpt::{
        Crpt,
        cms::{Flaw, Signature},
        front::{Done, json_body},
        headers::Query,
        ids::{Inn, is_uuid},
        refusal::Refusal,
        signatures::{BodySignature, body_signature, check_signer},
    },
    exchange::Call,
};

/// The most documents on a page, and how many there are when nothing is said.
const MOST_LISTED: usize = 1_000;
const LISTED: usize = 10;

/// The kinds of documents.
const KINDS: [&str; 5] = [
    "ORDER",
    "UTILISATION_REPORT",
    "AGGREGATION_REPORT",
    "DROPOUT_REPORT",
    "SURPLUS_POSTING",
];

/// The body a document was sent with, as long as it waits: what a signature of it is over.
pub(in crate::crpt) fn waiting_body<'a>(crpt: &'a Crpt, doc_id: &str) -> Option<&'a str> {
    crpt.emission.order(doc_id)?.waiting_body.as_deref()
}

fn summary(order: &EmissionOrder) -> Map<String, Value> {
    Map::from_iter([
        ("docId".to_owned(), json!(order.order_id)),
        ("documentType".to_owned(), json!("ORDER")),
        ("productGroup".to_owned(), json!(order.product_group)),
        ("status".to_owned(), json!("CREATED")),
        ("createdTimestamp".to_owned(), json!(order.created_ms)),
    ])
}

/// `GET /api/v3/documents/search`.
pub(in crate::crpt) fn documents(
    crpt: &mut Crpt,
    call: &Call,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    // The samples write it small, the table in capitals.
    let kind = query
        .one("documentType")
        .map(str::to_ascii_uppercase)
        .filter(|kind| KINDS.contains(&kind.as_str()))
        .ok_or_else(|| Refusal::field("documentType", "Недопустимое значение"))?;
    let limit = query.count("limit", LISTED)?;
    if !(1..=MOST_LISTED).contains(&limit) {
        return Err(Refusal::field("limit", "Значение должно быть от 1 до 1000"));
    }
    let skip = query.count("skip", 0)?;
    let waiting: Vec<&EmissionOrder> = crpt
        .emission
        .of(&client.inn)
        .filter(|order| kind == "ORDER" && order.waiting_body.is_some())
        .collect();
    let page: Vec<_> = waiting
        .iter()
        .skip(skip)
        .take(limit)
        .map(|order| summary(order))
        .collect();
    let told = json!({ "totalCount": waiting.len(), "result": page });
    Ok(Done::told(told).and(client.changed))
}

/// An order of a company that waits for its signature.
fn waiting<'a>(crpt: &'a Crpt, inn: &Inn, doc_id: &str) -> Result<&'a EmissionOrder, Refusal> {
    let order = crpt.emission.order(doc_id);
    order
        .filter(|order| order.inn == *inn && order.waiting_body.is_some())
        .ok_or_else(|| Refusal::not_found(format!("Документ {doc_id} не найден")))
}

/// `GET /api/v3/documents/content`.
pub(in crate::crpt) fn content(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let order = waiting(crpt, &client.inn, query.uuid("docId")?)?;
    let body = order.waiting_body.as_deref().unwrap_or_default();
    let mut told = summary(order);
    told.insert("content".to_owned(), json!(STANDARD.encode(body)));
    Ok(Done::told(Value::Object(told)).and(client.changed))
}

/// `DELETE /api/v3/documents/delete`.
pub(in crate::crpt) fn delete(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let doc_id = query.uuid("docId")?;
    waiting(crpt, &client.inn, doc_id)?;
    crpt.emission
        .orders
        .retain(|order| order.order_id != doc_id);
    Ok(Done::changed(json!({ "success": true })))
}

/// `POST /api/v3/documents/sign`: the signature is over the body the document was sent with.
pub(in crate::crpt) fn sign(
    crpt: &mut Crpt,
    call: &Call,
    examined: Option<&Result<Signature, Flaw>>,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let body = json_body(call)?;
    let doc_id = body
        .get("docId")
        .and_then(Value::as_str)
        .filter(|id| is_uuid(id))
        .ok_or_else(|| Refusal::field("docId", "Неверный формат"))?;
    waiting(crpt, &client.inn, doc_id)?;
    let signature = match body_signature(examined)? {
        BodySignature::Good(signature) => signature,
        BodySignature::Missing => {
            return Err(Refusal::field(
                "signature",
                "Поле обязательно для заполнения",
            ));
        }
        BodySignature::Bad(flaw) => return Err(Refusal::bad_request(&flaw).because(&flaw)),
    };
    let participant = crpt.known(&client.inn)?;
    check_signer(participant, signature, now_ms)
        .map_err(|words| Refusal::bad_request(&words).because(&words))?;
    let order = crpt.order_of_mut(&client.inn, doc_id)?;
    order.waiting_body = None;
    order.signed_ms = Some(now_ms);
    Ok(Done::changed(json!({ "success": true })))
}
