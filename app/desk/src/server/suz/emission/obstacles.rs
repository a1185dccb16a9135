//! What stands against an order before it is sent: the station's two limits of a hundred, a closed group, no money. It is
//! looked for when the form comes, and once more before a byte leaves, which may be days later; an order that it stands
//! against by then waits, and is looked at again. The station may see all of it otherwise, so a person can send
//! nevertheless.

use super::{
    super::{doors::Shut, link::Link, permit},
    driving::Drive,
    ordering::Checked,
    station::{Station, lacking},
};
use crate::{
    account::{Actor, Permission},
    ids::{EmissionId, OrganisationId, SuzConnectionId},
    journal::Action,
    problem::Problem,
    server::{
        Desk,
        jobs::Decision,
        ports::{
            code_ordering::{OrderFilter, OrderInfo, OrderPage},
            emissions::StationCount,
            storage::Transaction,
        },
    },
    suz::{
        GroupState, PaymentType,
        cause::SuzCall,
        emission::{BufferStatus, EmissionState, OrderStatus, view::OrderObstacle},
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
/// After how many seconds an order is looked at again that something stands against.
const HELD_SECONDS: i64 = 120;

/// When obstacles are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// A form came: orders that were not sent yet will be there before it.
    Form,
    /// It is about to be sent.
    Sending,
}

/// How many orders of a company count against the limits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) active: u32,
    /// Those of ours among them of which no answer came: they may be there.
    pub(super) queued: u32,
    /// Ours that are not sent yet.
    pub(super) waiting: u32,
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
    let (mut queued, mut waiting) = (0, 0);
    for (state, orders) in tx.count_emissions(organisation, connection).await? {
        match state {
            EmissionState::Sending | EmissionState::Unknown => queued += orders,
            EmissionState::WaitsForSignature | EmissionState::Queued => waiting += orders,
            state if state.is_queued_there() => queued += orders,
            _ => {}
        }
    }
    let mut open = Open {
        active,
        queued,
        waiting,
        told: None,
    };
    if let Some(station) = tx.station_count(organisation, connection).await? {
        let since = tx
            .count_emissions_sent(organisation, connection, station.at)
            .await?;
        open.active = station.active.max(active);
        open.queued = station.queued.saturating_add(since).max(queued);
        open.told = Some(station.at);
    }
    Ok(open)
}

impl Desk {
    /// Everything that stands against an order; of one whose form the rules of today do not let through any more, the
    /// limits only: what else is wrong with it the station says.
    pub(super) async fn obstacles(
        &self,
        link: &Link,
        checked: Option<&Checked>,
        stage: Stage,
    ) -> Result<Vec<OrderObstacle>, Problem> {
        let now = self.now();
        let (organisation, id) = (link.organisation, link.id());
        let mut open_now = open(&mut *self.read().await?, organisation, id).await?;
        let too_old =
            |told: Option<Timestamp>| told.is_none_or(|told| now.millis_since(told) > FRESH_MILLIS);
        if too_old(open_now.told) {
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
        let queued = match stage {
            Stage::Form => open_now.queued.saturating_add(open_now.waiting),
            Stage::Sending => open_now.queued,
        };
        if queued >= MOST_QUEUED {
            obstacles.push(OrderObstacle::TooManyQueued {
                found: queued,
                most: MOST_QUEUED,
            });
        }
        if let Some(checked) = checked {
            obstacles.extend(group_closed(link, checked));
            obstacles.extend(no_money(link, checked));
        }
        Ok(obstacles)
    }

    /// Has an order sent that something stands against: the person has seen what.
    pub async fn send_emission_anyway(&self, actor: &Actor, id: EmissionId) -> Result<(), Problem> {
        permit(actor, Permission::OrderCodes)?;
        let (link, _) = self.emission_link(actor, id).await?;
        let mut tx = self.write().await?;
        let mut order = tx
            .lock_emission(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        if order.state != EmissionState::Queued {
            return Err(Problem::OrderChanged);
        }
        order.anyway = true;
        order.held = Vec::new();
        if !tx
            .move_emission(actor.organisation, &order, EmissionState::Queued)
            .await?
        {
            return Err(Problem::OrderChanged);
        }
        self.note_suz(
            &mut *tx,
            actor,
            &link,
            Action::EmissionInsisted,
            id.to_string(),
        )
        .await?;
        self.wake_emission(&mut *tx, actor.organisation, id).await?;
        tx.commit().await?;
        self.emission_changed(&link, id);
        Ok(())
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
            // What is fetched counts still, until it is closed; of what they do not tell the worst is believed.
            let is_over = |status: &Option<BufferStatus>| {
                matches!(status, Some(BufferStatus::Closed | BufferStatus::Rejected))
            };
            let counts = |order: &&OrderInfo| {
                order.buffers.is_empty()
                    || order.buffers.iter().any(|buffer| !is_over(&buffer.status))
            };
            let of_page = found.orders.iter().filter(counts).count();
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

impl Drive<'_> {
    /// Looks once more, before an order leaves, whether something stands against it; if so it waits.
    pub(super) async fn held(&mut self) -> Result<Option<Decision>, Problem> {
        if self.order.anyway {
            return Ok(None);
        }
        let checked = self.desk.checked(&self.order.draft).ok();
        let held = self
            .desk
            .obstacles(&self.link, checked.as_ref(), Stage::Sending)
            .await?;
        let waits = !held.is_empty();
        if held != self.order.held {
            self.order.held = held;
            self.save(EmissionState::Queued, None).await?;
        }
        Ok(waits.then(|| Decision::Later {
            at: self.desk.now().plus_seconds(HELD_SECONDS),
            note: "заказ подписан, но отправлять его рано".into(),
        }))
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
