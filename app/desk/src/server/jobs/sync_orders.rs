//! Reading the orders of one connection.

use super::{Decision, Desk, JobKind, back_off};
use crate::{
    ids::{MarketplaceConnectionId, OrganisationId},
    live::Change,
    problem::Problem,
    server::ports::{
        market::{CallError, OrderQuery},
        storage::{Job, StoreError, Transaction},
    },
    submission::TheirWords,
    time::Timestamp,
};
use std::fmt::Write as _;

/// Seconds between two readings that a person did not ask for.
const EVERY_SECONDS: i64 = 600;
/// How far back an incremental reading begins before the last one ended: their clock is not ours.
const OVERLAP_SECONDS: i64 = 3600;
/// Pages of one reading; more would be a page token that turns in a circle.
const MOST_PAGES: u32 = 2000;

/// The job that reads a connection's orders.
pub(in crate::server) async fn job_of(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    connection: MarketplaceConnectionId,
) -> Result<Option<Job>, StoreError> {
    tx.job(
        organisation,
        JobKind::SyncOrders.as_str(),
        &connection.to_string(),
    )
    .await
}

/// Reads every page; each page is kept before the next is asked for, so a crash loses no work and a repeated
/// page changes nothing.
pub(super) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let organisation = job.organisation;
    let id: MarketplaceConnectionId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let (connection, key) = {
        let mut tx = desk.read().await?;
        (
            tx.connection(organisation, id).await?,
            tx.key(organisation, id).await?,
        )
    };
    let (Some(mut connection), Some(key)) = (connection, key) else {
        return Ok(Decision::Done);
    };
    let Some(business) = connection.business else {
        return Ok(Decision::Park {
            note: "у ключа нет магазинов".into(),
        });
    };
    let began = desk.now();
    let query = OrderQuery {
        updated_from: connection.synced_to.and_then(|last| window(last, began)),
        ..OrderQuery::default()
    };
    connection.sync_read = 0;
    let mut page: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let read_at = desk.now();
        let orders = match desk
            .outside
            .market
            .orders(&key, business, &query, page.as_deref())
            .await
        {
            Ok(orders) => orders,
            Err(error) => return Ok(after(desk, job, error)),
        };
        let mut tx = desk.write().await?;
        for facts in &orders.orders {
            let Some(shop) = tx.shop_of_campaign(organisation, facts.campaign).await? else {
                tracing::info!(campaign = %facts.campaign, "an order of a shop that the key's check did not list");
                continue;
            };
            desk.take_facts(&mut *tx, organisation, shop.id, facts, read_at)
                .await?;
        }
        connection.sync_read += u32::try_from(orders.orders.len()).unwrap_or_default();
        let last = orders.next.is_none();
        if last {
            connection.synced_to = Some(began);
            for shop in tx.shops(organisation).await? {
                if shop.connection == id && shop.facts.usable() {
                    tx.mark_shop_synced(organisation, shop.id, began).await?;
                }
            }
        }
        // The connection may have been changed meanwhile: only what this job owns is written.
        let Some(mut kept) = tx.connection(organisation, id).await? else {
            return Ok(Decision::Done);
        };
        kept.sync_read = connection.sync_read;
        kept.synced_to = connection.synced_to;
        tx.save_connection(organisation, &kept).await?;
        tx.commit().await?;
        desk.tell(organisation, Change::Orders);
        desk.tell(organisation, Change::Connection { connection: id });
        if last {
            return Ok(Decision::DoneUntil(desk.now().plus_seconds(EVERY_SECONDS)));
        }
        page = orders.next;
    }
    Ok(Decision::Park {
        note: "Маркет листает заказы по кругу".into(),
    })
}

/// Where an incremental reading begins; none when the gap is longer than the 30 days that one call may span,
/// which the marketplace's default covers.
fn window(last: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let from = last.plus_seconds(-OVERLAP_SECONDS);
    (now.millis_since(from) < 29 * 24 * 3600 * 1000).then_some(from)
}

fn after(desk: &Desk, job: &Job, error: CallError) -> Decision {
    let later = desk.now().plus_seconds(back_off(job.attempts));
    match error {
        CallError::Limited { until } => Decision::Again {
            at: until,
            note: "Маркет просит подождать: исчерпан лимит запросов".into(),
        },
        CallError::Refused(words) => Decision::Park {
            note: in_words(&words),
        },
        CallError::NotSent(cause) | CallError::NoAnswer(cause) => {
            tracing::warn!(cause, "orders were not read");
            Decision::Again {
                at: later,
                note: "Маркет не отвечает".into(),
            }
        }
        CallError::NotUnderstood { http, at } => {
            tracing::warn!(http, at, "orders were not understood");
            Decision::Again {
                at: later,
                note: "ответ Маркета не разобран".into(),
            }
        }
        CallError::Argument(cause) => Decision::Park { note: cause },
    }
}

/// Their refusal as one line.
pub(super) fn in_words(words: &TheirWords) -> String {
    let mut text = format!("HTTP {}", words.http);
    for error in &words.errors {
        // Writing into a String cannot fail.
        let _ = write!(
            text,
            " · {}",
            error.message.as_deref().unwrap_or(&error.code)
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::TheirError;

    #[test]
    fn a_long_gap_is_read_from_the_marketplaces_own_default() {
        let day = 24 * 3600;
        let now = Timestamp(0).plus_seconds(100 * day);
        assert_eq!(
            window(now.plus_seconds(-60), now),
            Some(now.plus_seconds(-3660))
        );
        assert_eq!(window(now.plus_seconds(-40 * day), now), None);
    }

    #[test]
    fn a_refusal_is_told_in_their_words() {
        let words = TheirWords {
            http: 403,
            errors: vec![TheirError {
                code: "FORBIDDEN".into(),
                message: Some("no scope".into()),
            }],
        };
        assert_eq!(in_words(&words), "HTTP 403 · no scope");
    }
}
