//! Signing in: a challenge, and a token for its signature (True API, section 1.5; the guide to `clientToken`, section 6).

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Challenge, Crpt,
    cms::{Flaw, Signature},
    front::Done,
    ids::{Inn, uuid},
    participant::Participant,
    refusal::Refusal,
    settings::{InnerCall, TokenForm},
};

/// The longest list of challenges nobody has answered.
const MOST_CHALLENGES: usize = 1_000;

/// What a request to sign in says, checked in the order of the documented errors.
struct Request<'a> {
    uuid: &'a str,
    on_behalf_of: Option<Inn>,
    united: bool,
}

/// `GET /auth/key`.
pub(super) fn challenge(crpt: &mut Crpt, now_ms: i64) -> Done {
    let mut dice = crpt.dice(now_ms);
    let fresh = Challenge {
        uuid: uuid(&mut dice),
        data: dice.text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", 30),
        until_ms: now_ms.saturating_add(crpt.settings.challenge_ms),
    };
    let told = json!({ "uuid": fresh.uuid, "data": fresh.data });
    crpt.challenges.retain(|one| now_ms < one.until_ms);
    let most = (crpt.challenges.len() + 1).saturating_sub(MOST_CHALLENGES);
    crpt.challenges.drain(..most);
    crpt.challenges.push(fresh);
    Done::changed(told)
}

/// `POST /auth/simpleSignIn`, and `POST /auth/simpleSignIn/{omsConnection}` for a device's token.
///
/// A challenge that was named is used up, whatever comes of it.
pub(super) fn sign_in(
    crpt: &mut Crpt,
    connection: Option<&str>,
    body: &Value,
    examined: Option<&Result<Signature, Flaw>>,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let request = read(body)?;
    let challenge = take_challenge(crpt, request.uuid, now_ms)?;
    let signature = match examined {
        Some(Ok(signature)) => signature,
        Some(Err(flaw)) => return Err(bad_signature(flaw)),
        None => return Err(bad_signature("there is none")),
    };
    if signature.content != challenge.data.as_bytes() {
        return Err(bad_signature("something else than the challenge is signed"));
    }
    let certificate = &signature.certificate;
    if !certificate.is_valid_at(now_ms) {
        return Err(bad_signature("the certificate is not valid at this time"));
    }
    let inn = company(crpt, signature, request.on_behalf_of.as_ref())?
        .inn
        .clone();
    let until_ms = now_ms
        .saturating_add(crpt.settings.token_ms)
        .min(certificate.not_after_ms());
    if let Some(connection) = connection {
        return device_token(crpt, &inn, connection, request.united, until_ms, now_ms);
    }
    let given = crpt.give_bearers(&inn, until_ms, now_ms);
    let (jwt, uuid) = given.map_err(no_access)?;
    let told = told(crpt, jwt.reveal(), uuid.reveal(), until_ms, request.united);
    Ok(Done::changed(told))
}

fn read(body: &Value) -> Result<Request<'_>, Refusal> {
    let text = |name: &str| {
        let text = body.get(name).and_then(Value::as_str);
        text.filter(|text| !text.is_empty())
    };
    let uuid = text("uuid")
        .ok_or_else(|| bad_request("В запросе отсутствует идентификатор авторизации (UUID)"))?;
    if text("data").is_none() {
        return Err(bad_request("В запросе отсутствует параметр data"));
    }
    let on_behalf_of = match body.get("inn").filter(|inn| !inn.is_null()) {
        Some(inn) => Some(inn.as_str().and_then(Inn::new).ok_or_else(no_inn)?),
        None => None,
    };
    let united = body.get("unitedToken") == Some(&Value::Bool(true));
    Ok(Request {
        uuid,
        on_behalf_of,
        united,
    })
}

fn take_challenge(crpt: &mut Crpt, uuid: &str, now_ms: i64) -> Result<Challenge, Refusal> {
    let place = crpt.challenges.iter().position(|one| one.uuid == uuid);
    place
        .map(|place| crpt.challenges.remove(place))
        .filter(|challenge| now_ms < challenge.until_ms)
        .ok_or_else(|| {
            bad_request(&format!("UUID не найден в хранилище ключей. UUID = {uuid}"))
                .because("the challenge is unknown, old or used")
        })
}

/// The company the signer is a user of; the one that is asked for when there are several.
fn company<'a>(
    crpt: &'a Crpt,
    signature: &Signature,
    on_behalf_of: Option<&Inn>,
) -> Result<&'a Participant, Refusal> {
    let mut companies = crpt.participants.iter().filter(|one| {
        one.has_user(&signature.certificate) && on_behalf_of.is_none_or(|inn| one.inn == *inn)
    });
    match (companies.next(), companies.next()) {
        (Some(company), None) => Ok(company),
        (Some(_), Some(_)) => Err(no_inn().because("the signer is a user of several companies")),
        (None, _) => Err(no_access("the signer is not a user of the company")),
    }
}

fn device_token(
    crpt: &mut Crpt,
    inn: &Inn,
    connection: &str,
    united: bool,
    until_ms: i64,
    now_ms: i64,
) -> Result<Done, Refusal> {
    // True API asks СУЗ for the token, so all that is wrong with it comes only now.
    if crpt.settings.suz_behind_true_api == InnerCall::TimedOut {
        return Err(Refusal::suz_timed_out().because("СУЗ does not answer True API"));
    }
    let given = crpt.give_device_token(inn, connection, until_ms, now_ms);
    let token = given
        .map_err(|error| {
            bad_request(&format!("Внешнее подключение {connection} не найдено")).because(error)
        })?
        .value
        .clone();
    let token = token.reveal();
    Ok(Done::changed(told(crpt, token, token, until_ms, united)))
}

/// A token in the form that is set.
fn told(crpt: &Crpt, token: &str, uuid: &str, until_ms: i64, united: bool) -> Value {
    let expire_date = Timestamp::from_millisecond(until_ms)
        .map(|moment| moment.to_string())
        .unwrap_or_default();
    match crpt.settings.token_form {
        TokenForm::UuidToken => json!({ "uuidToken": uuid, "expireDate": expire_date }),
        TokenForm::Both if united => {
            json!({ "token": token, "uuidToken": uuid, "expireDate": expire_date })
        }
        TokenForm::Token | TokenForm::Both => json!({ "token": token }),
    }
}

fn bad_request(words: &str) -> Refusal {
    Refusal::true_api(StatusCode::BAD_REQUEST, words)
}

fn bad_signature(reason: impl std::fmt::Display) -> Refusal {
    bad_request("Ошибка при проверке подписи").because(reason)
}

fn no_inn() -> Refusal {
    bad_request(
        "В параметре inn должен быть передан ИНН организации, под которой планируется авторизация от МЧД",
    )
}

fn no_access(reason: impl std::fmt::Display) -> Refusal {
    Refusal::true_api(StatusCode::FORBIDDEN, "Отсутствует доступ к ресурсу").because(reason)
}
