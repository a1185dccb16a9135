//! The front door: who is calling, may they, and which method answers.

use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::{
    Market,
    cabinet::{ApiAvailability, ApiKeyRecord, Cabinet, Campaign, PlacementType},
    countries, fields,
    identifiers::{self, Request},
    ids::{CampaignId, OrderId},
    listing::{self, Filter},
    page::{self, Query},
    refusal::Refusal,
    route::{NoRoute, Route},
    wire,
};
use crate::{
    answer::Answer,
    exchange::Call,
    meters::{Account, Meters, Window},
    moscow,
};

/// The longest body, bytes.
const LONGEST_BODY: usize = 512 * 1024;

/// An answer and whether the world has changed.
pub(crate) struct Outcome {
    /// What to send.
    pub(crate) answer: Answer,
    /// Whether the world must be saved before it is sent.
    pub(crate) changed: bool,
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

/// 420 for a resource whose hour is spent, whether it truly is or a fault says so.
pub(crate) fn rate_refusal(market: &Market, call: &Call, now_ms: i64) -> Answer {
    let refused = |resource: &str, limit: u32, account: &Account| {
        Refusal::over_limit(format!(
            "Hit rate limit of {limit} requests per hour for resource {resource} for {account}"
        ))
        .answer()
    };
    let (account, _) = account(market, call);
    match Route::of(&call.method, &call.path) {
        Ok(route) => {
            let limit = market.limits.of(route.resource());
            let window = Window {
                limit,
                remaining: 0,
                until_ms: now_ms - now_ms.rem_euclid(crate::meters::HOUR_MS)
                    + crate::meters::HOUR_MS,
                over: true,
            };
            with_window(refused(route.resource().as_str(), limit, &account), window)
        }
        Err(_) => refused(&call.path, 0, &account),
    }
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
    meters: &mut Meters,
    call: &Call,
    now_ms: i64,
) -> Outcome {
    let unchanged = |answer| Outcome {
        answer,
        changed: false,
    };
    let route = match Route::of(&call.method, &call.path) {
        Ok(route) => route,
        Err(no_route) => return unchanged(refuse_route(no_route, call)),
    };
    let known = caller(market, call);
    let account = match &known {
        Ok((cabinet, _)) => account_of(route, cabinet),
        Err(_) => Account::Nobody,
    };
    let resource = route.resource();
    let limit = market.limits.of(resource);
    let window = meters.spend(account, resource.as_str(), limit, now_ms);
    let result = match known {
        Err(refusal) => Err(refusal),
        Ok(_) if window.over => return unchanged(rate_refusal(market, call, now_ms)),
        Ok(_) => carry_out(market, route, call, now_ms),
    };
    let changed = result.is_ok() && matches!(route, Route::Identifiers(..));
    let answer = match result {
        Ok(value) => Answer::json(StatusCode::OK, &value),
        Err(refusal) => refusal.answer(),
    };
    Outcome {
        answer: with_window(answer, window),
        changed,
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

/// The cabinet and the key of the caller.
fn caller<'a>(market: &'a Market, call: &Call) -> Result<(&'a Cabinet, &'a ApiKeyRecord), Refusal> {
    let key = header(&call.headers, "api-key")
        .filter(|key| !key.is_empty())
        .ok_or_else(|| Refusal::unauthorized("Api-Key token is not specified"))?;
    let Some(rest) = key.strip_prefix("ACMA:") else {
        return Err(Refusal::unauthorized("Api-Key token prefix invalid"));
    };
    let (cabinet, record) = market.key(key).ok_or_else(|| {
        Refusal::unauthorized(match rest.split_once(':') {
            Some((middle, end)) if !middle.is_empty() && !end.is_empty() => {
                "Api-Key token is invalid"
            }
            _ => "Api-Key token format invalid",
        })
    })?;
    if record.revoked {
        return Err(Refusal::unauthorized("Api-Key token is revoked"));
    }
    Ok((cabinet, record))
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn carry_out(
    market: &mut Market,
    route: Route,
    call: &Call,
    now_ms: i64,
) -> Result<Value, Refusal> {
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
    let body = if route.takes_body() {
        check_content_type(&call.headers)?;
        check_size(call)?;
        fields::parse(&call.body)?
    } else {
        Value::Null
    };
    let query = Query::parse(&call.query)?;
    match route {
        Route::AuthToken => Ok(json!({
            "status": "OK",
            "result": { "apiKey": { "name": key.name, "authScopes": key.scopes } },
        })),
        Route::Countries => Ok(countries::answer()),
        Route::Campaigns => campaigns(cabinet, &query),
        Route::Campaign(id) => {
            let campaign = working_campaign(market, cabinet, id)?;
            Ok(json!({ "campaign": wire::campaign(cabinet, campaign) }))
        }
        Route::Orders(_) => listing::answer(market, cabinet, &query, &Filter::read(&body, now_ms)?),
        Route::Identifiers(campaign, order) => {
            check_dbs(working_campaign(market, cabinet, campaign)?)?;
            let request = Request::read(&body)?;
            store(market, campaign, order, request, now_ms)
        }
    }
}

fn check_scopes(route: Route, key: &ApiKeyRecord) -> Result<(), Refusal> {
    let wanted = route.scopes();
    if wanted.is_empty() || wanted.iter().any(|scope| key.scopes.contains(scope)) {
        return Ok(());
    }
    let names: Vec<String> = wanted.iter().map(|scope| scope.in_prose()).collect();
    Err(Refusal::forbidden(format!(
        "Token does not have any of the scopes to access the API method: {}",
        names.join(", ")
    )))
}

/// `X-Business-Id` is not needed with a key, but one that contradicts it is an error.
fn check_business_header(
    market: &Market,
    route: Route,
    cabinet: &Cabinet,
    call: &Call,
) -> Result<(), Refusal> {
    let Some(text) = header(&call.headers, "x-business-id") else {
        return Ok(());
    };
    let named = match text.parse::<i64>() {
        Ok(named) if named >= 1 => named,
        _ => {
            return Err(Refusal::bad_request(format!(
                "Incorrect X-Business-Id header value: '{text}'"
            )));
        }
    };
    if let Some(business) = route.business()
        && business.0 != named
    {
        return Err(Refusal::bad_request(format!(
            "URL businessId ('{business}') does not match businessId in X-Business-Id header ('{named}')"
        )));
    }
    if let Some(campaign) = route.campaign()
        && let Some((owner, _)) = market.campaign(campaign)
        && owner.business_id.0 != named
    {
        return Err(Refusal::forbidden(format!(
            "businessId in X-Business-Id header ('{named}') does not match the business that the campaign '{campaign}' belongs to ('{}')",
            owner.business_id
        )));
    }
    if cabinet.business_id.0 != named {
        return Err(Refusal::forbidden(format!(
            "No access to business: '{named}'"
        )));
    }
    Ok(())
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let content_type = header(headers, "content-type").unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "UNSUPPORTED_MEDIA_TYPE",
        format!("Content type '{content_type}' not supported"),
    ))
}

fn check_size(call: &Call) -> Result<(), Refusal> {
    if !call.body_cut && call.body.len() <= LONGEST_BODY {
        return Ok(());
    }
    let kilobytes = call.body.len().div_ceil(1024);
    Err(Refusal::bad_request(format!(
        "The request is too big: Maximum allowed request size must be less than 512 KB, but passed {kilobytes} KB"
    )))
}

fn campaigns(cabinet: &Cabinet, query: &Query) -> Result<Value, Refusal> {
    const MOST: usize = 100;
    let limit = query.limit()?;
    if let Some(limit) = limit
        && limit > MOST
    {
        return Err(Refusal::bad_request(format!(
            "Parameter limit must be less than or equal to {MOST} (rejected value: {limit})"
        )));
    }
    let total = cabinet.campaigns.len();
    let limit = limit.unwrap_or(total.max(1));
    let behind = query.page_token()?;
    let mut found: Vec<&Campaign> = cabinet
        .campaigns
        .iter()
        .filter(|campaign| behind.is_none_or(|(last, _)| campaign.id.0 > last))
        .collect();
    found.sort_by_key(|campaign| campaign.id);
    let more = found.len() > limit;
    found.truncate(limit);
    let paging = match found.last() {
        Some(last) if more => json!({ "nextPageToken": page::token(last.id.0, 0) }),
        _ => json!({}),
    };
    let campaigns: Vec<Value> = found
        .iter()
        .map(|campaign| wire::campaign(cabinet, campaign))
        .collect();
    Ok(json!({
        "campaigns": campaigns,
        "paging": paging,
        "pager": { "total": total, "pageSize": limit, "pagesCount": total.div_ceil(limit) },
    }))
}

/// The shop, when it is there, belongs to the caller and its API works.
fn working_campaign<'a>(
    market: &'a Market,
    cabinet: &Cabinet,
    id: CampaignId,
) -> Result<&'a Campaign, Refusal> {
    let (owner, campaign) = market
        .campaign(id)
        .ok_or_else(|| Refusal::not_found(format!("Campaign not found '{id}'")))?;
    if owner.business_id != cabinet.business_id {
        return Err(Refusal::forbidden(format!(
            "No access to campaigns: '{id}'"
        )));
    }
    let disabled = match campaign.api_availability {
        ApiAvailability::Available => return Ok(campaign),
        ApiAvailability::DisabledByInactivity => "disabled due to inactivity",
        ApiAvailability::DisabledByNoActiveContract => {
            "disabled because there are no active contracts with Market"
        }
        ApiAvailability::ManuallyDisabled => "manually disabled",
        ApiAvailability::DisabledByNoPlacementType => {
            "disabled because it has no placement program"
        }
    };
    Err(Refusal::new(
        StatusCode::FORBIDDEN,
        "API_DISABLED",
        format!("API for campaign '{id}' {disabled}"),
    ))
}

fn check_dbs(campaign: &Campaign) -> Result<(), Refusal> {
    if campaign.placement_type == PlacementType::Dbs {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::BAD_REQUEST,
        "CAMPAIGN_TYPE_NOT_SUPPORTED",
        "Campaign type is not allowed. Allowed campaign types: 'DBS'",
    ))
}

fn store(
    market: &mut Market,
    campaign: CampaignId,
    id: OrderId,
    request: Request,
    now_ms: i64,
) -> Result<Value, Refusal> {
    let order = market
        .orders
        .get_mut(&id)
        .filter(|order| order.campaign_id == campaign)
        .ok_or_else(|| {
            Refusal::not_found(format!(
                "Order not found: partnerId = {campaign}, orderId = {id}"
            ))
        })?;
    identifiers::store(order, request, now_ms)
}
