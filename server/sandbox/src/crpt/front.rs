//! The front door: which host and method a request calls, and what it is answered.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    Crpt, SignatureRecord, balance,
    cms::{Flaw, Form, Signature, engine::Engine, examine},
    emission::{self, codes::CodesBody},
    headers::{check_accept, check_content_type, header},
    login,
    refusal::Refusal,
    registration,
    route::{Host, Route},
    settings::{Health, Settings},
    station,
};
use crate::{answer::Answer, exchange::Call};

/// What becomes of a request.
pub(crate) enum Reply {
    /// It is answered.
    Answer(Answer),
    /// The connection is closed without a byte.
    HangUp,
}

/// A reply and what carrying the request out has done.
pub(crate) struct Outcome {
    /// What the caller sees.
    pub(crate) reply: Reply,
    /// Whether the world must be saved before.
    pub(crate) changed: bool,
    /// The signature that was looked at.
    pub(crate) signature: Option<SignatureRecord>,
}

/// The body of an answer that says yes.
pub(super) enum Told {
    /// JSON.
    Json(Value),
    /// Codes.
    Codes(CodesBody),
}

/// A request carried out.
pub(super) struct Done {
    /// The body of the answer.
    pub(super) told: Told,
    /// Whether the world has changed.
    pub(super) changed: bool,
    /// Why the answer says no all the same.
    pub(super) reason: Option<String>,
}

impl Done {
    /// Something was only asked.
    pub(super) const fn told(told: Value) -> Self {
        Self {
            told: Told::Json(told),
            changed: false,
            reason: None,
        }
    }

    /// Codes were handed out.
    pub(super) const fn codes(body: CodesBody) -> Self {
        Self {
            told: Told::Codes(body),
            changed: false,
            reason: None,
        }
    }

    /// The world has changed.
    pub(super) const fn changed(told: Value) -> Self {
        Self::told(told).and(true)
    }

    /// The world may have changed besides.
    #[must_use]
    pub(super) const fn and(mut self, changed: bool) -> Self {
        self.changed |= changed;
        self
    }

    /// Why the answer, or what follows it, says no all the same.
    #[must_use]
    pub(super) fn because(mut self, reason: Option<String>) -> Self {
        self.reason = reason;
        self
    }
}

/// The service a path belongs to; `None`: none of these.
pub(crate) fn host(path: &str) -> Option<Host> {
    Host::of(path).map(|(host, _)| host)
}

/// The document a request brings a signature for, when that is all it brings.
pub(crate) fn signed_document(call: &Call) -> Option<String> {
    let (host, path) = Host::of(&call.path)?;
    let route = Route::of(host, &call.method, path).ok()?;
    let body: Value = (route == Route::SignDocument)
        .then(|| serde_json::from_slice(&call.body).ok())
        .flatten()?;
    body.get("docId")?.as_str().map(str::to_owned)
}

/// The bytes a document was sent with, as long as it waits for its signature.
pub(crate) fn document<'a>(crpt: &'a Crpt, id: &str) -> Option<&'a [u8]> {
    emission::waiting_body(crpt, id).map(str::as_bytes)
}

/// Whether a request is for an order of codes to be created.
pub(crate) fn is_order(method: &str, path: &str) -> bool {
    Host::of(path).is_some_and(|(host, path)| Route::of(host, method, path) == Ok(Route::Order))
}

/// Looks at the signature a request brings, `None` when it brings none. This takes time and needs no world but the `document` that is signed, where
/// that is not the request itself.
pub(crate) async fn examined(
    call: &Call,
    document: Option<&[u8]>,
    engine: &Engine,
) -> Option<Result<Signature, Flaw>> {
    let (host, path) = Host::of(&call.path)?;
    match Route::of(host, &call.method, path).ok()? {
        Route::SignIn(_) => {
            let body: Value = serde_json::from_slice(&call.body).ok()?;
            let data = body.get("data")?.as_str()?;
            Some(examine(data, Form::Attached, engine).await)
        }
        Route::Register | Route::Order | Route::CloseOrder => {
            let signature = header(call, "x-signature")?;
            Some(examine(signature, Form::Detached(&call.body), engine).await)
        }
        Route::SignDocument => {
            let body: Value = serde_json::from_slice(&call.body).ok()?;
            let signature = body.get("signature")?.as_str()?;
            Some(examine(signature, Form::Detached(document?), engine).await)
        }
        _ => None,
    }
}

/// Answers a request of one of the services.
pub(crate) fn answer(
    crpt: &mut Crpt,
    host: Host,
    call: &Call,
    examined: Option<&Result<Signature, Flaw>>,
    now_ms: i64,
) -> Outcome {
    if health(&crpt.settings, host) == Health::Unreachable {
        return Outcome {
            reply: Reply::HangUp,
            changed: false,
            signature: None,
        };
    }
    let challenges = crpt.challenges.len();
    let result = carry_out(crpt, host, call, examined, now_ms);
    let (answer, changed, reason) = match &result {
        Ok(done) => {
            let answer = match &done.told {
                Told::Json(told) => Answer::json(StatusCode::OK, told),
                Told::Codes(body) => Answer::codes(body.clone()),
            };
            (answer, done.changed, done.reason.as_deref())
        }
        // A challenge is used up by a refusal too.
        Err(refusal) => {
            let changed = crpt.challenges.len() != challenges;
            (refusal.answer(), changed, refusal.reason())
        }
    };
    Outcome {
        reply: Reply::Answer(answer),
        changed,
        signature: examined.map(|one| SignatureRecord::of(&call.path, one, reason, now_ms)),
    }
}

const fn health(settings: &Settings, host: Host) -> Health {
    match host {
        Host::TrueApi => settings.true_api,
        Host::Suz => settings.suz,
        Host::Registration => settings.registration,
    }
}

fn carry_out(
    crpt: &mut Crpt,
    host: Host,
    call: &Call,
    examined: Option<&Result<Signature, Flaw>>,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let path = Host::of(&call.path).map(|(_, path)| path);
    let route = Route::of(host, &call.method, path.unwrap_or_default())?;
    check_accept(host, call)?;
    if call.body_cut {
        return Err(Refusal::trouble(host, StatusCode::PAYLOAD_TOO_LARGE));
    }
    match route {
        Route::Challenge => Ok(login::challenge(crpt, now_ms)),
        Route::SignIn(connection) => {
            check_content_type(host, call)?;
            let body = login_body(call)?;
            login::sign_in(crpt, connection.as_deref(), &body, examined, now_ms)
        }
        Route::Balance => balance::all(crpt, call, now_ms),
        Route::Ping => station::ping(crpt, call, now_ms),
        Route::Profile => station::profile(crpt, call, now_ms),
        Route::Connections => registration::list(crpt, call, now_ms),
        Route::Register => {
            check_content_type(host, call)?;
            registration::register(crpt, call, examined, now_ms)
        }
        Route::Delete => registration::delete(crpt, call, now_ms),
        _ => of_emission(crpt, &route, call, examined, now_ms),
    }
}

/// Orders, codes and documents.
fn of_emission(
    crpt: &mut Crpt,
    route: &Route,
    call: &Call,
    examined: Option<&Result<Signature, Flaw>>,
    now_ms: i64,
) -> Result<Done, Refusal> {
    if matches!(
        route,
        Route::Order | Route::CloseOrder | Route::OrderSearch | Route::SignDocument
    ) {
        check_content_type(Host::Suz, call)?;
    }
    match route {
        Route::Order => emission::create(crpt, call, examined, now_ms),
        Route::OrderStatus => emission::status(crpt, call, now_ms),
        Route::OrderList => emission::list(crpt, call, now_ms),
        Route::OrderSearch => emission::search(crpt, call, now_ms),
        Route::OrderProduct => emission::product(crpt, call, now_ms),
        Route::Codes => emission::codes(crpt, call, now_ms),
        Route::Blocks => emission::blocks(crpt, call, now_ms),
        Route::Retry => emission::retry(crpt, call, now_ms),
        Route::CloseOrder => emission::close(crpt, call, examined, now_ms),
        Route::Documents => emission::documents(crpt, call, now_ms),
        Route::DocumentContent => emission::content(crpt, call, now_ms),
        Route::DeleteDocument => emission::delete(crpt, call, now_ms),
        Route::SignDocument => emission::sign(crpt, call, examined, now_ms),
        // The others are not of the emission.
        _ => Err(Refusal::trouble(Host::Suz, StatusCode::NOT_FOUND)),
    }
}

/// The body of a request of СУЗ, which must be JSON.
pub(super) fn json_body(call: &Call) -> Result<Value, Refusal> {
    serde_json::from_slice(&call.body)
        .map_err(|error| Refusal::field("body", format!("JSON: {error}")))
}

fn login_body(call: &Call) -> Result<Value, Refusal> {
    if call.body.is_empty() {
        return Err(Refusal::true_api(
            StatusCode::BAD_REQUEST,
            "Тело запроса не может быть пустым",
        ));
    }
    serde_json::from_slice(&call.body).map_err(|error| {
        Refusal::true_api(
            StatusCode::BAD_REQUEST,
            format!("Ошибка чтения тела запроса: {error}"),
        )
    })
}

/// A trouble in the shape of the service.
pub(crate) fn trouble(host: Host, status: StatusCode) -> Answer {
    Refusal::trouble(host, status).answer()
}

/// A refusal of the service with a code and words that somebody has ordered.
pub(crate) fn coded(host: Host, code: &str, words: &str) -> Answer {
    let status = StatusCode::BAD_REQUEST;
    match host {
        Host::TrueApi => Answer::json(status, &json!({ "code": code, "error_message": words })),
        Host::Suz | Host::Registration => {
            // The documents say text, the traces show numbers.
            let code = code
                .parse::<i64>()
                .map_or_else(|_| json!(code), |number| json!(number));
            let error = json!({ "error": words, "errorCode": code });
            Answer::json(
                status,
                &json!({ "success": false, "globalErrors": [error] }),
            )
        }
    }
}

/// An answer of which nothing but its shape is left.
pub(crate) fn bare(answer: &Answer) -> Answer {
    let empty = match serde_json::from_slice(&answer.content.bytes()) {
        Ok(Value::Array(_)) => json!([]),
        _ => json!({}),
    };
    Answer::json(answer.status, &empty)
}

/// True API's 500 when СУЗ does not answer it.
pub(crate) fn suz_timed_out() -> Answer {
    Refusal::suz_timed_out().answer()
}
