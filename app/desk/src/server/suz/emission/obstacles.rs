//! What stands against an order before it is sent: the station's two limits of a hundred, a closed group, no money. The
//! station may see all of it otherwise, so a person can send nevertheless.

use super::{
    super::{doors::Shut, link::Link},
    ordering::Checked,
    station::{Station, lacking},
};
use crate::{
    ids::{OrganisationId, SuzConnectionId},
    problem::Problem,
    server::{
        Desk,
        ports::{
            code_ordering::{OrderFilter, OrderPage},
            emissions::StationCount,
            storage::Transaction,
        },
    },
    suz::{
        GroupState, PaymentType,
        cause::SuzCall,
        emission::{BufferStatus, OrderStatus, view::OrderObstacle},
        group_form::limits::{MOST_ACTIVE, MOST_QUEUED},
    },
    time::Timestamp,
};

/// How old a count of the station may be that is believed still, in milliseconds.
const FRESH_MILLIS: i64 = 60_000;
/// What a code costs at least, in kopecks, before taxes.
const LEAST_PRICE: i64 = 50;
/// Ready orders on a page of a search, and pages that are looked at for those with codes left.
const PAGE: u32 = 100;
const MOST_PAGES: u32 = 3;

/// How many orders of a company count against the limits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) active: u32,
    pub(super) queued: u32,
    /// When the station was asked.
    pub(super) told: Option<Timestamp>,
}

/// What is known of both counts: ours, or more where the station counted more.
pub(super) async fn open(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    connection: SuzConnectionId,
) -> Result<Open, Problem> {
    let active = tx.count_active_emissions(organisation, connection).await?;
    let queued = tx
        .count_emissions(organisation, connection)
        .await?
        .into_iter()
        .filter(|(state, _)| state.is_queued_there())
        .map(|(_, orders)| orders)
        .sum();
    let station = tx.station_count(organisation, connection).await?;
    Ok(Open {
        active: station.map_or(active, |told| told.active.max(active)),
        queued: station.map_or(queued, |told| told.queued.max(queued)),
        told: station.map(|told| told.at),
    })
}

impl Desk {
    /// Everything that stands against an order.
    pub(super) async fn obstacles(
        &self,
        link: &Link,
        checked: &Checked,
    ) -> Result<Vec<OrderObstacle>, Problem> {
        let now = self.now();
        let (organisation, id) = (link.organisation, link.id());
        let mut open_now = open(&mut *self.read().await?, organisation, id).await?;
        let stale =
            |told: Option<Timestamp>| told.is_none_or(|told| now.millis_since(told) > FRESH_MILLIS);
        if stale(open_now.told) {
            match self.count_at_station(link).await {
                Ok(()) => {
                    open_now = open(&mut *self.read().await?, organisation, id).await?;
                }
                Err(Shut::Problem(problem)) => return Err(problem),
                // Our own counts will do.
                Err(shut) => tracing::info!(?shut, "open orders could not be counted"),
            }
        }
        let mut obstacles = Vec::new();
        if open_now.active >= MOST_ACTIVE {
            obstacles.push(OrderObstacle::TooManyActive {
                found: open_now.active,
                most: MOST_ACTIVE,
            });
        }
        if open_now.queued >= MOST_QUEUED {
            obstacles.push(OrderObstacle::TooManyQueued {
                found: open_now.queued,
                most: MOST_QUEUED,
            });
        }
        obstacles.extend(group_closed(link, checked));
        obstacles.extend(no_money(link, checked));
        Ok(obstacles)
    }

    /// Asks the station how many orders of a company it counts, by everybody's programs.
    pub(in crate::server::suz) async fn count_at_station(&self, link: &Link) -> Result<(), Shut> {
        let queued = [
            OrderStatus::Created,
            OrderStatus::Pending,
            OrderStatus::Approved,
        ];
        let queued = self.search_page(link, &queued, 1, 1).await?.total;
        let mut active: u32 = 0;
        let mut page = 1;
        loop {
            let found = self
                .search_page(link, &[OrderStatus::Ready], PAGE, page)
                .await?;
            let counts = |status: &Option<BufferStatus>| {
                matches!(status, Some(BufferStatus::Active | BufferStatus::Pending))
            };
            let of_page = found
                .orders
                .iter()
                .filter(|order| order.buffers.iter().any(|buffer| counts(&buffer.status)))
                .count();
            active = active.saturating_add(u32::try_from(of_page).unwrap_or(u32::MAX));
            let seen = u64::from(page) * u64::from(PAGE);
            if seen >= found.total || found.orders.is_empty() || page == MOST_PAGES {
                break;
            }
            page += 1;
        }
        let count = StationCount {
            active,
            queued: u32::try_from(queued).unwrap_or(u32::MAX),
            at: self.now(),
        };
        let mut tx = self.write().await?;
        tx.save_station_count(link.organisation, link.id(), count)
            .await?;
        Ok(tx.commit().await?)
    }

    async fn search_page(
        &self,
        link: &Link,
        statuses: &[OrderStatus],
        limit: u32,
        page: u32,
    ) -> Result<OrderPage, Shut> {
        let station = Station::of(link).map_err(lacking)?;
        self.through(link, station.door, SuzCall::Orders, |token| async move {
            let filter = OrderFilter {
                statuses,
                ..OrderFilter::default()
            };
            self.ordering()
                .search(station.access(&token), filter, limit, page)
                .await
        })
        .await
    }
}

/// The profile, when it was read, does not have the group open.
fn group_closed(link: &Link, checked: &Checked) -> Option<OrderObstacle> {
    let told = link.connection.told.as_ref()?;
    let open = told
        .profile
        .groups
        .iter()
        .any(|group| group.alias == checked.form.alias && group.state == GroupState::Open);
    (!open && !told.profile.groups.is_empty()).then_some(OrderObstacle::GroupClosed)
}

/// The account, when it was read, has less than the codes cost at least. Where codes are paid for when they are put on the
/// goods, an order costs nothing.
fn no_money(link: &Link, checked: &Checked) -> Option<OrderObstacle> {
    let at_once =
        checked.form.reports_itself || checked.new.payment() == Some(PaymentType::AtEmission);
    let told = link.connection.told.as_ref()?;
    let balance = told
        .balances
        .iter()
        .find(|balance| balance.alias.as_deref() == Some(checked.form.alias.as_str()))?;
    let codes = i64::try_from(checked.new.quantity()).unwrap_or(i64::MAX);
    let wanted = codes.saturating_mul(LEAST_PRICE);
    (at_once && balance.kopecks < wanted).then_some(OrderObstacle::NoMoney {
        kopecks: balance.kopecks,
        wanted,
    })
}
