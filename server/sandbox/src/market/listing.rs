//! `POST /v1/businesses/{businessId}/orders`: the list of orders.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getBusinessOrders>.

use serde_json::{Value, json};

use super::{
    Market,
    cabinet::{ApiAvailability, Cabinet},
    fields::Field,
    ids::{CampaignId, OrderId},
    order::{Order, OrderStatus, ProgramType, SourcePlatform, Substatus},
    page::{self, Query},
    refusal::Refusal,
    wire,
};
use crate::moscow::{self, DAY_MS};

/// The most orders on a page; a larger `limit` is cut silently.
const PAGE: usize = 50;

/// The longest period of a date filter, and the one taken when none is asked for, days.
const RANGE_DAYS: i64 = 30;

/// A half-open period, milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Period {
    from: i64,
    to: i64,
}

impl Period {
    const fn holds(self, moment: i64) -> bool {
        self.from <= moment && moment < self.to
    }
}

/// What an order must be to get into the list.
#[derive(Debug)]
pub(super) struct Filter {
    order_ids: Option<Vec<OrderId>>,
    external_order_ids: Option<Vec<String>>,
    program_types: Option<Vec<ProgramType>>,
    campaign_ids: Option<Vec<CampaignId>>,
    statuses: Option<Vec<OrderStatus>>,
    substatuses: Option<Vec<Substatus>>,
    created: Period,
    updated: Option<Period>,
    shipped: Option<Period>,
    fake: bool,
    waiting_for_cancellation: Option<bool>,
    source_platforms: Option<Vec<SourcePlatform>>,
}

impl Filter {
    /// Reads the body of the request.
    pub(super) fn read(body: &Value, now_ms: i64) -> Result<Self, Refusal> {
        let root = Field::root(body);
        let dates = root.member("dates")?;
        let created = days(
            &dates,
            "creationDateFrom",
            "creationDateTo",
            "Order creation start date is required to be less than end date",
        )?;
        Ok(Self {
            order_ids: root.member("orderIds")?.filter(50)?,
            external_order_ids: root.member("externalOrderIds")?.filter(50)?,
            program_types: root.member("programTypes")?.filter(5)?,
            campaign_ids: root.member("campaignIds")?.filter(50)?,
            statuses: root.member("statuses")?.filter(12)?,
            substatuses: root.member("substatuses")?.filter(125)?,
            created: created.unwrap_or(Period {
                from: now_ms - RANGE_DAYS * DAY_MS,
                to: i64::MAX,
            }),
            updated: moments(&dates)?,
            shipped: days(
                &dates,
                "shipmentDateFrom",
                "shipmentDateTo",
                "Order shipment start date is required to be less than end date",
            )?,
            fake: root.member("fake")?.read()?.unwrap_or(false),
            waiting_for_cancellation: root.member("waitingForCancellationApprove")?.read()?,
            source_platforms: root.member("sourcePlatforms")?.filter(4)?,
        })
    }

    /// The orders worth looking at, the newest first, behind a place: by number when numbers are asked for, by the moment of change when that is, else
    /// by age.
    fn candidates<'a>(
        &self,
        market: &'a Market,
        behind: Option<(i64, i64)>,
    ) -> Box<dyn Iterator<Item = &'a Order> + 'a> {
        let few: Vec<&Order> = match (&self.order_ids, self.updated) {
            (Some(ids), _) => ids.iter().filter_map(|id| market.orders.get(id)).collect(),
            (None, Some(period)) => market.orders.updated(period.from, period.to).collect(),
            (None, None) => return Box::new(market.orders.newest_first(behind)),
        };
        let place = |order: &Order| (order.created_ms, order.order_id.0);
        let mut few: Vec<&Order> = few
            .into_iter()
            .filter(|order| behind.is_none_or(|behind| place(order) < behind))
            .collect();
        few.sort_by_key(|order| std::cmp::Reverse(place(order)));
        Box::new(few.into_iter())
    }

    fn takes(&self, order: &Order) -> bool {
        one_of(self.order_ids.as_deref(), &order.order_id)
            && one_of(self.program_types.as_deref(), &order.program_type)
            && one_of(self.campaign_ids.as_deref(), &order.campaign_id)
            && one_of(self.statuses.as_deref(), &order.status)
            && one_of(self.substatuses.as_deref(), &order.substatus)
            && one_of(self.source_platforms.as_deref(), &order.source_platform)
            && self.external_order_ids.as_ref().is_none_or(|wanted| {
                order
                    .external_order_id
                    .as_ref()
                    .is_some_and(|id| wanted.contains(id))
            })
            && self.created.holds(order.created_ms)
            && self
                .updated
                .is_none_or(|period| period.holds(order.updated_ms))
            && self.shipped.is_none_or(|period| {
                order
                    .shipment_date
                    .and_then(moscow::start_of)
                    .is_some_and(|day| period.holds(day))
            })
            && order.fake == self.fake
            && self
                .waiting_for_cancellation
                .is_none_or(|wanted| order.cancel_requested == wanted)
    }
}

fn one_of<T: PartialEq>(wanted: Option<&[T]>, value: &T) -> bool {
    wanted.is_none_or(|wanted| wanted.contains(value))
}

/// A filter by days of Moscow: the first is taken in, the last is not, and equal ones mean that one day.
fn days(
    dates: &Field<'_>,
    from_name: &str,
    to_name: &str,
    reversed: &str,
) -> Result<Option<Period>, Refusal> {
    let read = |name: &str| -> Result<Option<i64>, Refusal> {
        let field = dates.member(name)?;
        let text: Option<String> = field.read()?;
        text.map(|text| {
            moscow::parse_day(&text)
                .and_then(moscow::start_of)
                .ok_or_else(|| Refusal::illegal_input(field.path()))
        })
        .transpose()
    };
    let (from, to) = (read(from_name)?, read(to_name)?);
    let to = match (from, to) {
        (Some(from), Some(to)) if from == to => Some(to + DAY_MS),
        _ => to,
    };
    period(from, to, from_name, to_name, reversed)
}

/// The filter by the moment of the last change.
fn moments(dates: &Field<'_>) -> Result<Option<Period>, Refusal> {
    let read = |name: &str| -> Result<Option<i64>, Refusal> {
        let field = dates.member(name)?;
        let text: Option<String> = field.read()?;
        text.map(|text| {
            moscow::parse_moment(&text).ok_or_else(|| Refusal::illegal_input(field.path()))
        })
        .transpose()
    };
    period(
        read("updateDateFrom")?,
        read("updateDateTo")?,
        "updateDateFrom",
        "updateDateTo",
        "Order update start is required to be less than end date",
    )
}

/// A period of one or two ends; with one end it is as long as a period may be.
fn period(
    from: Option<i64>,
    to: Option<i64>,
    from_name: &str,
    to_name: &str,
    reversed: &str,
) -> Result<Option<Period>, Refusal> {
    const LONGEST: i64 = RANGE_DAYS * DAY_MS;
    let period = match (from, to) {
        (None, None) => return Ok(None),
        (Some(from), None) => Period {
            from,
            to: from.saturating_add(LONGEST),
        },
        (None, Some(to)) => Period {
            from: to.saturating_sub(LONGEST),
            to,
        },
        (Some(from), Some(to)) => Period { from, to },
    };
    if period.from >= period.to {
        return Err(Refusal::bad_request(reversed));
    }
    if period.to.saturating_sub(period.from) > LONGEST {
        return Err(Refusal::bad_request(format!(
            "Invalid filters: interval between {from_name} and {to_name} is more than '{RANGE_DAYS}' days."
        )));
    }
    Ok(Some(period))
}

/// One page of a cabinet's orders, the newest first; the answer has no `status` around it.
pub(super) fn answer(
    market: &Market,
    cabinet: &Cabinet,
    query: &Query,
    filter: &Filter,
) -> Result<Value, Refusal> {
    let limit = query.limit()?.unwrap_or(PAGE).min(PAGE);
    let behind = query.page_token()?;
    let works = |id: CampaignId| {
        cabinet.campaigns.iter().any(|campaign| {
            campaign.id == id && campaign.api_availability == ApiAvailability::Available
        })
    };
    let mut found: Vec<&Order> = filter
        .candidates(market, behind)
        .filter(|order| works(order.campaign_id) && filter.takes(order))
        .take(limit.saturating_add(1))
        .collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let paging = match found.last() {
        Some(last) if more => {
            json!({ "nextPageToken": page::token(last.created_ms, last.order_id.0) })
        }
        _ => json!({}),
    };
    let orders: Vec<Value> = found.into_iter().map(wire::order).collect();
    Ok(json!({ "orders": orders, "paging": paging }))
}
