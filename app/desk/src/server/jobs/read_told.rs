//! Reading the orders that the marketplace told of: many notifications, few calls.

use super::{Decision, Desk, JobKind, sync_orders};
use crate::{
    ids::{MarketOrderId, MarketplaceConnectionId, OrganisationId, ShopId},
    live::Change,
    problem::Problem,
    server::ports::{
        market::{CallError, OrderQuery},
        storage::{Connection, Job, Transaction},
    },
    time::Timestamp,
};
use secrecy::SecretString;

/// The most orders that one call names.
const AT_A_TIME: u32 = 50;

/// Reads until nothing that was told is unread.
pub(super) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let organisation = job.organisation;
    let id: MarketplaceConnectionId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    loop {
        let (connection, key, told) = {
            let mut tx = desk.read().await?;
            (
                tx.connection(organisation, id).await?,
                tx.key(organisation, id).await?,
                tx.told_orders(organisation, id, AT_A_TIME).await?,
            )
        };
        let (Some(connection), Some(key), false) = (connection, key, told.is_empty()) else {
            return Ok(Decision::Done);
        };
        let read_at = desk.now();
        match desk
            .read_told(job, &connection, &key, &told, read_at)
            .await?
        {
            Ok(()) => {}
            Err(error) => return Ok(sync_orders::after(desk, job, error)),
        }
        let mut tx = desk.write().await?;
        for (shop, number) in &told {
            tx.forget_told(organisation, *shop, *number, read_at)
                .await?;
        }
        tx.commit().await?;
    }
}

/// Asks for the orders that were told of to be read now.
pub(in crate::server) async fn enqueue(
    desk: &Desk,
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    id: MarketplaceConnectionId,
) -> Result<(), Problem> {
    desk.enqueue(
        tx,
        organisation,
        JobKind::ReadTold,
        &id.to_string(),
        desk.now(),
    )
    .await
}

impl Desk {
    /// Reads the orders named. The outer error is ours, the inner one the call's.
    async fn read_told(
        &self,
        job: &Job,
        connection: &Connection,
        key: &SecretString,
        told: &[(ShopId, MarketOrderId)],
        read_at: Timestamp,
    ) -> Result<Result<(), CallError>, Problem> {
        let Some(business) = connection.business else {
            return Ok(Err(CallError::Argument("у ключа нет магазинов".into())));
        };
        let mut unread = told.to_vec();
        for fake in [false, true] {
            if unread.is_empty() || fake && !connection.test_orders {
                break;
            }
            let query = OrderQuery {
                orders: unread.iter().map(|(_, number)| *number).collect(),
                fake,
                ..OrderQuery::default()
            };
            let page = match self
                .outside
                .market
                .orders(key, business, &query, None)
                .await
            {
                Ok(page) => page,
                Err(error) => return Ok(Err(error)),
            };
            let mut tx = self.write().await?;
            for facts in &page.orders {
                if let Some(shop) = tx
                    .shop_of_campaign(job.organisation, facts.campaign)
                    .await?
                {
                    self.take_facts(&mut *tx, job.organisation, shop.id, facts, read_at)
                        .await?;
                }
            }
            tx.commit().await?;
            unread.retain(|(_, number)| page.orders.iter().all(|facts| facts.id != *number));
        }
        self.tell(job.organisation, Change::Orders);
        self.read_old(job.organisation, &unread).await
    }

    /// Reads orders that the marketplace shows only to whoever says when they were made: those of more than 30
    /// days ago. One that we do not hold is none of ours to fill.
    async fn read_old(
        &self,
        organisation: OrganisationId,
        unread: &[(ShopId, MarketOrderId)],
    ) -> Result<Result<(), CallError>, Problem> {
        for (shop, number) in unread {
            let known = self
                .read()
                .await?
                .order_by_number(organisation, *shop, *number)
                .await?;
            let Some(order) = known else {
                tracing::info!(order = %number, "an order that was told of is not in the marketplace's list");
                continue;
            };
            match self.reread(organisation, &order).await? {
                Ok(_) => {}
                // They no longer show it: what we hold stays.
                Err(CallError::Refused(words)) if words.http == 404 => {}
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(()))
    }
}
