//! Reading the returns of one shop.

use super::{Decision, Desk, JobKind, sync_orders};
use crate::{
    ids::{OrganisationId, ShopId},
    live::Change,
    problem::Problem,
    server::ports::{
        market::ReturnQuery,
        storage::{Job, Transaction},
    },
    time::Timestamp,
};

/// Seconds between two readings that nobody asked for.
const EVERY_SECONDS: i64 = 3600;
/// How far back the first reading goes: the time within which most returns end.
const FIRST_SECONDS: i64 = 90 * 24 * 3600;
/// How far back the next ones go before the last: they filter by whole days.
const OVERLAP_SECONDS: i64 = 24 * 3600;
/// Pages of one run; more would be a page token that turns in a circle.
const MOST_PAGES: u32 = 1000;

/// Reads every page; each is kept before the next is asked for. A reading that is cut off begins anew: it is
/// short, and what was read is not written twice.
pub(super) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let organisation = job.organisation;
    let id: ShopId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let began = desk.now();
    let (shop, key, last) = {
        let mut tx = desk.read().await?;
        let Some(shop) = tx.shop(organisation, id).await? else {
            return Ok(Decision::Done);
        };
        let key = tx.key(organisation, shop.connection).await?;
        (shop, key, tx.returns_read_at(organisation, id).await?)
    };
    let Some(key) = key else {
        return Ok(Decision::Done);
    };
    let query = ReturnQuery {
        from: Some(since(last, began)),
        ..ReturnQuery::default()
    };
    let mut page: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let read_at = desk.now();
        let read = desk
            .outside
            .market
            .returns(&key, shop.facts.campaign, &query, page.as_deref())
            .await;
        let returns = match read {
            Ok(returns) => returns,
            Err(error) => return Ok(sync_orders::after(desk, job, error)),
        };
        let mut tx = desk.write().await?;
        let mut changed = Vec::new();
        for facts in &returns.returns {
            changed.extend(
                desk.take_return(&mut *tx, organisation, id, facts, read_at)
                    .await?,
            );
        }
        if returns.next.is_none() {
            tx.mark_returns_read(organisation, id, began).await?;
        }
        tx.commit().await?;
        for order in changed {
            desk.tell(organisation, Change::Order { order });
        }
        page = returns.next;
        if page.is_none() {
            return Ok(Decision::DoneUntil(desk.now().plus_seconds(EVERY_SECONDS)));
        }
    }
    Ok(Decision::Park {
        note: "Маркет листает возвраты по кругу".into(),
    })
}

fn since(last: Option<Timestamp>, now: Timestamp) -> Timestamp {
    last.map_or(now.plus_seconds(-FIRST_SECONDS), |last| {
        last.plus_seconds(-OVERLAP_SECONDS)
    })
}

/// Asks for a shop's returns to be read now.
pub(in crate::server) async fn enqueue(
    desk: &Desk,
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    shop: ShopId,
) -> Result<(), Problem> {
    desk.enqueue(
        tx,
        organisation,
        JobKind::ReadReturns,
        &shop.to_string(),
        desk.now(),
    )
    .await
}

/// Sees to it that a shop's returns are read every hour, and leaves a reading that waits for something alone.
pub(super) async fn schedule(
    desk: &Desk,
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    shop: ShopId,
) -> Result<(), Problem> {
    let subject = shop.to_string();
    let job = tx
        .job(organisation, JobKind::ReadReturns.as_str(), &subject)
        .await?;
    if job.is_some() {
        return Ok(());
    }
    enqueue(desk, tx, organisation, shop).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_reading_goes_back_months_and_the_next_a_day() {
        let now = Timestamp(1_790_000_000_000);
        let day = 24 * 3600;
        assert_eq!(since(None, now), now.plus_seconds(-90 * day));
        assert_eq!(since(Some(now), now), now.plus_seconds(-day));
    }
}
