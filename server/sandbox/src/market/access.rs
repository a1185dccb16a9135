//! Who is calling and whether they may.

use axum::http::{HeaderMap, StatusCode};

use super::{
    Market,
    cabinet::{ApiAvailability, ApiKeyRecord, Cabinet, Campaign, PlacementType},
    ids::CampaignId,
    refusal::Refusal,
    route::Route,
};
use crate::exchange::Call;

/// The longest body, bytes.
const LONGEST_BODY: usize = 512 * 1024;

/// The cabinet and the key of the caller.
pub(super) fn caller<'a>(
    market: &'a Market,
    call: &Call,
) -> Result<(&'a Cabinet, &'a ApiKeyRecord), Refusal> {
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

/// Whether the key has a scope the method asks for.
pub(super) fn check_scopes(route: Route, key: &ApiKeyRecord) -> Result<(), Refusal> {
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
pub(super) fn check_business_header(
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

/// Whether the body says that it is JSON.
pub(super) fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
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

/// Whether the body is not too long.
pub(super) fn check_size(call: &Call) -> Result<(), Refusal> {
    if !call.body_cut && call.body.len() <= LONGEST_BODY {
        return Ok(());
    }
    let kilobytes = call.body.len().div_ceil(1024);
    Err(Refusal::bad_request(format!(
        "The request is too big: Maximum allowed request size must be less than 512 KB, but passed {kilobytes} KB"
    )))
}

/// The shop, when it is there, belongs to the caller and its API works.
pub(super) fn working_campaign<'a>(
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

/// Whether the method is there for shops of this model.
pub(super) fn check_model(campaign: &Campaign, allowed: &[PlacementType]) -> Result<(), Refusal> {
    if allowed.contains(&campaign.placement_type) {
        return Ok(());
    }
    let names: Vec<&str> = allowed.iter().map(|model| model.as_str()).collect();
    Err(Refusal::new(
        StatusCode::BAD_REQUEST,
        "CAMPAIGN_TYPE_NOT_SUPPORTED",
        format!(
            "Campaign type is not allowed. Allowed campaign types: '{}'",
            names.join(", ")
        ),
    ))
}
