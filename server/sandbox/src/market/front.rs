//! The front door: who is calling, may they, and which method answers.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    Market,
    access::{
        caller, check_business_header, check_content_type, check_scopes, check_size,
        working_campaign,
    },
    cabinet::Cabinet,
    campaigns, countries, fields,
    ids::OrderId,
    limits::Resource,
    listing::{self, Filter},
    offers,
    page::Query,
    refusal::Refusal,
    returns,
    route::{BodyRule, NoRoute, Route},
    seller, status, wire,
};
use crate::{
    answer::Answer,
    crpt::emission::Emission,
    exchange::Call,
    meters::{Account, Meters, Price, Window},
    moscow,
    record::Write,
};

/// An answer and what carrying the request out has done.
pub(crate) struct Outcome {
    /// What to send.
    pub(crate) answer: Answer,
    /// Whether the world must be saved before it is sent.
    pub(crate) changed: bool,
    /// What the request has written, or tried to write, into which orders.
    pub(crate) writes: Vec<(OrderId, Write)>,
}

/// A request carried out.
pub(super) struct Done {
    /// The body of the answer.
    pub(super) payload: Payload,
    /// Whether the world has changed.
    pub(super) changed: bool,
    /// The orders whose status it has moved.
    pub(super) moved: Vec<OrderId>,
}

/// The body of an answer.
pub(super) enum Payload {
    /// JSON.
    Json(Value),
    /// A PDF document.
    Pdf(Vec<u8>),
}

impl Done {
    /// Something was only asked.
    pub(super) const fn told(value: Value) -> Self {
        Self {
            payload: Payload::Json(value),
            changed: false,
            moved: Vec::new(),
        }
    }

    /// The world has changed.
    pub(super) fn changed(value: Value) -> Self {
        Self {
            changed: true,
            ..Self::told(value)
        }
    }
}

/// Whose places among parallel requests a call takes, and how many there are.
pub(crate) fn account(market: &Market, call: &Call) -> (Account, u32) {
    match (Route::of(&call.method, &call.path), caller(market, call)) {
        (Ok(route), Ok((cabinet, _))) => (account_of(route, cabinet), market.limits.parallel),
        _ => (Account::Nobody, u32::MAX),
    }
}

/// The shop a call is about when it is the caller's own, else the caller's cabinet: nobody spends what belongs to another.
fn account_of(route: Route, cabinet: &Cabinet) -> Account {
    match route.campaign() {
        Some(id) if cabinet.campaigns.iter().any(|own| own.id == id) => Account::Campaign(id.0),
        _ => Account::Business(cabinet.business_id.0),
    }
}

/// 420 for too many requests at once; it says no time.
pub(crate) fn parallel_refusal(account: &Account, limit: u32) -> Answer {
    Refusal::over_limit(format!(
        "Hit rate limit of {limit} parallel requests for {account}"
    ))
    .answer()
}

/// 420 as if the window of a resource were spent, because a fault says so.
pub(crate) fn rate_refusal(market: &Market, call: &Call, now_ms: i64) -> Answer {
    let (account, _) = account(market, call);
    let Ok(route) = Route::of(&call.method, &call.path) else {
        return over_limit(&call.path, 0, "hour", &account);
    };
    let resource = route.resource();
    let window_ms = resource.window_ms();
    let window = Window {
        limit: market.limits.of(resource),
        remaining: 0,
        until_ms: now_ms - now_ms.rem_euclid(window_ms) + window_ms,
        over: true,
    };
    spent(resource, window, &account)
}

/// 420 for a resource that has less left than the request costs.
fn spent(resource: Resource, window: Window, account: &Account) -> Answer {
    let name = resource.window_name();
    let refused = over_limit(resource.as_str(), window.limit, name, account);
    with_window(refused, window)
}

fn over_limit(resource: &str, limit: u32, window: &str, account: &Account) -> Answer {
    Refusal::over_limit(format!(
        "Hit rate limit of {limit} requests per {window} for resource {resource} for {account}"
    ))
    .answer()
}

fn with_window(answer: Answer, window: Window) -> Answer {
    let headers = [
        ("x-ratelimit-resource-limit", window.limit.to_string()),
        (
            "x-ratelimit-resource-remaining",
            window.remaining.to_string(),
        ),
        (
            "x-ratelimit-resource-until",
            moscow::http_date(window.until_ms),
        ),
    ];
    let answered = headers
        .iter()
        .try_fold(answer, |answer, (name, value)| answer.header(name, value));
    answered.unwrap_or_else(|_| Refusal::trouble(StatusCode::INTERNAL_SERVER_ERROR).answer())
}

/// Answers a call of the Market.
pub(crate) fn answer(
    market: &mut Market,
    emission: &Emission,
    meters: &mut Meters,
    call: &Call,
    now_ms: i64,
) -> Outcome {
    let refused = |answer| Outcome {
        answer,
        changed: false,
        writes: Vec::new(),
    };
    let route = match Route::of(&call.method, &call.path) {
        Ok(route) => route,
        Err(no_route) => return refused(refuse_route(no_route, call)),
    };
    let known = caller(market, call);
    let account = match &known {
        Ok((cabinet, _)) => account_of(route, cabinet),
        Err(_) => Account::Nobody,
    };
    let price = price(market, route, call);
    let window = meters.spend(account.clone(), price, now_ms);
    let late = seller::is_late(market, route);
    let result = match known {
        Err(refusal) => Err(refusal),
        Ok(_) if window.over => return refused(spent(route.resource(), window, &account)),
        Ok(_) => carry_out(market, emission, route, call, now_ms),
    };
    let (answer, changed, moved) = match result {
        Ok(done) => (payload(done.payload), done.changed, Ok(done.moved)),
        Err(refusal) => (refusal.answer(), false, Err(())),
    };
    Outcome {
        answer: with_window(answer, window),
        changed,
        writes: writes(route, late, moved),
    }
}

/// What a call costs: one, but a batch costs as much as it names orders.
fn price(market: &Market, route: Route, call: &Call) -> Price {
    let resource = route.resource();
    Price {
        resource: resource.as_str(),
        limit: market.limits.of(resource),
        window_ms: resource.window_ms(),
        amount: match route {
            Route::StatusUpdate(_) => status::billed(&call.body),
            _ => 1,
        },
    }
}

fn payload(payload: Payload) -> Answer {
    match payload {
        Payload::Json(value) => Answer::json(StatusCode::OK, &value),
        Payload::Pdf(bytes) => Answer::bytes(StatusCode::OK, "application/pdf", bytes),
    }
}

/// What the record of writes is to note.
fn writes(route: Route, late: bool, moved: Result<Vec<OrderId>, ()>) -> Vec<(OrderId, Write)> {
    match (route, moved) {
        (Route::Identifiers(_, order) | Route::Boxes(_, order), moved) => {
            let accepted = moved.is_ok();
            vec![(order, Write::Codes { accepted, late })]
        }
        (_, Ok(moved)) => moved
            .into_iter()
            .map(|order| (order, Write::Status))
            .collect(),
        (_, Err(())) => Vec::new(),
    }
}

fn refuse_route(no_route: NoRoute, call: &Call) -> Answer {
    match no_route {
        NoRoute::NotFound => Refusal::not_found("Resource not found").answer(),
        NoRoute::BadNumber(refusal) => refusal.answer(),
        NoRoute::MethodNotAllowed(allowed) => {
            let refusal = Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                format!("Request method '{}' not supported", call.method),
            );
            refusal
                .answer()
                .header("allow", allowed)
                .unwrap_or_else(|_| refusal.answer())
        }
    }
}

fn carry_out(
    market: &mut Market,
    emission: &Emission,
    route: Route,
    call: &Call,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let (cabinet, key) = caller(market, call)?;
    check_scopes(route, key)?;
    check_business_header(market, route, cabinet, call)?;
    if let Some(business) = route.business()
        && business != cabinet.business_id
    {
        return Err(Refusal::forbidden(format!(
            "No access to business: '{business}'"
        )));
    }
    let body = body(route, call)?;
    let query = Query::parse(&call.query)?;
    match route {
        Route::AuthToken => Ok(Done::told(json!({
            "status": "OK",
            "result": { "apiKey": { "name": key.name, "authScopes": key.scopes } },
        }))),
        Route::Countries => Ok(Done::told(countries::answer())),
        Route::Campaigns => campaigns::answer(cabinet, &query).map(Done::told),
        Route::Campaign(id) => {
            let campaign = working_campaign(market, cabinet, id)?;
            let campaign = wire::campaign(cabinet, campaign);
            Ok(Done::told(json!({ "campaign": campaign })))
        }
        Route::Orders(_) => {
            let filter = Filter::read(&body, now_ms)?;
            listing::answer(market, cabinet, &query, &filter).map(Done::told)
        }
        Route::OfferMappings(_) => offers::answer(market, cabinet, &query, &body).map(Done::told),
        Route::Returns(campaign) => {
            working_campaign(market, cabinet, campaign)?;
            returns::answer(market, campaign, &query).map(Done::told)
        }
        Route::Identifiers(campaign, _)
        | Route::Boxes(campaign, _)
        | Route::IdentifiersStatus(campaign, _)
        | Route::Status(campaign, _)
        | Route::StatusUpdate(campaign)
        | Route::Labels(campaign, _) => {
            seller::check_shop(working_campaign(market, cabinet, campaign)?, route)?;
            seller::carry_out(market, emission, route, (&body, &query), now_ms)
        }
    }
}

fn body(route: Route, call: &Call) -> Result<Value, Refusal> {
    match route.body_rule() {
        BodyRule::None => return Ok(Value::Null),
        BodyRule::Optional if call.body.is_empty() => return Ok(json!({})),
        BodyRule::Optional | BodyRule::Required => {}
    }
    check_content_type(&call.headers)?;
    check_size(call)?;
    fields::parse(&call.body)
}
