//! `GET /v2/campaigns`: the shops of a cabinet.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/campaigns/getCampaigns>.

use serde_json::{Value, json};

use super::{
    cabinet::{Cabinet, Campaign},
    page::{self, Query},
    refusal::Refusal,
    wire,
};

/// One page of a cabinet's shops; the answer has no `status` around it.
pub(super) fn answer(cabinet: &Cabinet, query: &Query) -> Result<Value, Refusal> {
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
