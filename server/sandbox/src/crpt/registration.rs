//! The registration of connections: making, listing and deleting devices (СУЗ API, sections 9.2.1, 4.4.26 and 4.4.27).

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    Crpt,
    cms::{Flaw, Signature},
    front::Done,
    headers::{Query, header},
    ids::{Inn, OmsConnection, uuid},
    participant::{Device, ProfileStatus},
    refusal::Refusal,
    signatures::{BodySignature, body_signature, check_signer},
};
use crate::exchange::Call;

/// The longest name, characters.
const LONGEST_NAME: usize = 256;

/// The most devices on a page, and how many there are when nothing is said.
const MOST_LISTED: usize = 100;
const LISTED: usize = 10;

/// `POST /api/v3/integration/connection`. It asks for no token: the signature tells who it is.
pub(super) fn register(
    crpt: &mut Crpt,
    call: &Call,
    examined: Option<&Result<Signature, Flaw>>,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let oms_id = query.oms_id()?;
    let signature = match body_signature(examined)? {
        BodySignature::Good(signature) => signature,
        BodySignature::Missing => {
            return Err(Refusal::field("X-Signature", "Не указана подпись запроса"));
        }
        BodySignature::Bad(flaw) => return Ok(rejected(&flaw)),
    };
    let body: Value = serde_json::from_slice(&call.body)
        .map_err(|error| Refusal::field("body", format!("JSON: {error}")))?;
    let address = text(&body, "address")?
        .ok_or_else(|| Refusal::field("address", "Поле обязательно для заполнения"))?;
    let name = text(&body, "name")?;
    let key = header(call, "x-registrationkey").unwrap_or_default();
    if !crpt.registration_keys.iter().any(|known| known == key) {
        return Ok(rejected(
            "Код регистрации интеграционного решения не найден",
        ));
    }
    let Some(participant) = crpt
        .participants
        .iter()
        .find(|known| known.oms_id.as_str() == oms_id)
    else {
        return Ok(rejected(
            "Участник с указанным идентификатором СУЗ не найден",
        ));
    };
    if let Err(objection) = check_signer(participant, signature, now_ms) {
        return Ok(rejected(&objection));
    }
    if participant.profile_status != ProfileStatus::Active {
        return Ok(rejected("Профиль участника заблокирован"));
    }
    let inn = participant.inn.clone();
    Ok(add(crpt, &inn, name, address, now_ms))
}

fn add(crpt: &mut Crpt, inn: &Inn, name: Option<&str>, address: &str, now_ms: i64) -> Done {
    let mut dice = crpt.dice(now_ms);
    let name = name.map_or_else(|| uuid(&mut dice), str::to_owned);
    let connection = OmsConnection::generate(&mut dice);
    let device = Device {
        address: Some(address.to_owned()),
        ..Device::new(connection.clone(), &name)
    };
    match crpt.add_device(inn, device) {
        Ok(_) => Done::changed(json!({
            "status": "SUCCESS",
            "omsConnection": connection,
            "name": name,
        })),
        Err(_) => rejected("Внешнее подключение с указанным наименованием уже зарегистрировано"),
    }
}

/// 200 that says no.
fn rejected(reason: &str) -> Done {
    Done {
        reason: Some(reason.to_owned()),
        ..Done::told(json!({ "status": "REJECTED", "rejectionReason": reason }))
    }
}

/// A text of the body; absent and `null` are the same.
fn text<'a>(body: &'a Value, name: &str) -> Result<Option<&'a str>, Refusal> {
    let value = match body.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(value) => value.as_str(),
    };
    match value.map(|text| (text, text.chars().count())) {
        Some((text, 1..=LONGEST_NAME)) => Ok(Some(text)),
        _ => Err(Refusal::field(
            name,
            "Значение должно быть строкой от 1 до 256 символов",
        )),
    }
}

/// `GET /api/v3/integration/connection`.
pub(super) fn list(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let limit = query.count("limit", LISTED)?;
    if limit > MOST_LISTED {
        return Err(Refusal::field("limit", "Значение не должно превышать 100"));
    }
    let offset = query.count("offset", 0)?;
    let live: Vec<&Device> = crpt
        .participant(&client.inn)
        .into_iter()
        .flat_map(|participant| &participant.devices)
        .filter(|device| !device.deleted)
        .collect();
    let infos: Vec<Value> = live
        .iter()
        .skip(offset)
        .take(limit)
        .map(|one| info(one))
        .collect();
    let told = json!({ "omsConnectionInfos": infos, "total": live.len() });
    Ok(Done::told(told).and(client.changed))
}

/// What is not known of a device is left out.
fn info(device: &Device) -> Value {
    let mut info = json!({
        "omsConnection": device.oms_connection,
        "programName": device.name,
    });
    if let (Some(address), Some(info)) = (&device.address, info.as_object_mut()) {
        info.insert("address".to_owned(), json!(address));
    }
    info
}

/// `DELETE /api/v3/integration/connection`.
pub(super) fn delete(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let connection = query.one("omsConnection").unwrap_or_default();
    crpt.delete_device(&client.inn, connection).map_err(|_| {
        let words = format!("Внешнее подключение {connection} не найдено");
        Refusal::global(StatusCode::NOT_FOUND, words, 404)
    })?;
    Ok(Done::changed(json!({ "success": true })))
}
