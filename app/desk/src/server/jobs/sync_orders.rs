//! Reading the orders of one connection.
//!
//! What was read, and where the next page begins, are kept together before the next page is asked for. So a crash
//! or a refusal in the middle costs one page at most: the next run goes on where this one ended, with the same
//! windows.

mod windows;

use super::{Decision, Desk, JobKind, back_off, read_returns};
use crate::{
    connection::Progress,
    ids::{BusinessId, MarketplaceConnectionId, OrganisationId},
    live::Change,
    problem::Problem,
    server::ports::{
        market::{CallError, OrdersPage},
        readings::Reading,
        storage::{Connection, Job, Transaction},
    },
    submission::TheirWords,
    time::Timestamp,
};
use secrecy::SecretString;
use std::fmt::Write as _;

/// Seconds between two readings that a person did not ask for.
const EVERY_SECONDS: i64 = 600;
/// Pages of one run; more would be a page token that turns in a circle.
const MOST_PAGES: u32 = 2000;
/// How long to wait while a cabinet is being moved, in seconds: it takes them hours.
const MOVED_SECONDS: i64 = 900;

/// Begins a reading, or goes on with the one that was cut off, to its end.
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
    let (Some(connection), Some(key)) = (connection, key) else {
        return Ok(Decision::Done);
    };
    let Some(business) = connection.business else {
        return Ok(Decision::Park {
            note: "у ключа нет магазинов".into(),
        });
    };
    let mut reading = begun(connection, desk.now());
    let mut resumed = reading.page.is_some();
    for _ in 0..MOST_PAGES {
        let read_at = desk.now();
        let orders = match ask(desk, &key, business, &reading).await {
            Ok(orders) => orders,
            // The address of a page does not live for ever: the window that was cut off is read anew.
            Err(CallError::Refused(words)) if resumed && words.http == 400 => {
                tracing::info!(words = in_words(&words), "a window of orders is read anew");
                reading.page = None;
                resumed = false;
                continue;
            }
            Err(error) => return Ok(after(desk, job, error)),
        };
        resumed = false;
        let finished = reading.take(&orders);
        if !desk
            .keep_page(organisation, id, &orders, &reading, finished, read_at)
            .await?
        {
            return Ok(Decision::Done);
        }
        if finished {
            return Ok(Decision::DoneUntil(desk.now().plus_seconds(EVERY_SECONDS)));
        }
    }
    Ok(Decision::Park {
        note: "Маркет листает заказы по кругу".into(),
    })
}

/// The reading that was cut off, or a new one.
fn begun(connection: Connection, now: Timestamp) -> Reading {
    connection.reading.unwrap_or(Reading {
        began_at: now,
        since: connection.synced_to,
        done: 0,
        page: None,
        read: 0,
        test_orders: connection.test_orders,
    })
}

async fn ask(
    desk: &Desk,
    key: &SecretString,
    business: BusinessId,
    reading: &Reading,
) -> Result<OrdersPage, CallError> {
    let windows = reading.windows();
    let window = usize::try_from(reading.done)
        .ok()
        .and_then(|done| windows.get(done));
    match window {
        Some(query) => {
            let page = reading.page.as_deref();
            desk.outside.market.orders(key, business, query, page).await
        }
        // All was read when the last page was kept, but the end was not: there is nothing more to ask.
        None => Ok(OrdersPage {
            orders: Vec::new(),
            next: None,
        }),
    }
}

impl Reading {
    /// Moves on by a page that was read; whether it was the last.
    fn take(&mut self, orders: &OrdersPage) -> bool {
        self.read += u32::try_from(orders.orders.len()).unwrap_or_default();
        self.page.clone_from(&orders.next);
        if self.page.is_none() {
            self.done += 1;
        }
        let Progress { done, windows, .. } = self.progress();
        done >= windows
    }
}

impl Desk {
    /// Writes a page of orders with how far the reading has come; false when the connection is gone.
    async fn keep_page(
        &self,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
        orders: &OrdersPage,
        reading: &Reading,
        finished: bool,
        read_at: Timestamp,
    ) -> Result<bool, Problem> {
        let mut tx = self.write().await?;
        for facts in &orders.orders {
            let Some(shop) = tx.shop_of_campaign(organisation, facts.campaign).await? else {
                tracing::info!(campaign = %facts.campaign, "an order of a shop that the key's check did not list");
                continue;
            };
            self.take_facts(&mut *tx, organisation, shop.id, facts, read_at)
                .await?;
        }
        // The connection may have been changed meanwhile: only what this job owns is written.
        let Some(mut kept) = tx.connection(organisation, id).await? else {
            return Ok(false);
        };
        kept.sync_read = reading.read;
        kept.reading = (!finished).then(|| reading.clone());
        if finished {
            kept.synced_to = Some(reading.began_at);
            self.end_reading(&mut *tx, organisation, id, reading.began_at)
                .await?;
        }
        tx.save_connection(organisation, &kept).await?;
        tx.commit().await?;
        self.tell(organisation, Change::Orders);
        self.tell(organisation, Change::Connection { connection: id });
        Ok(true)
    }

    /// Every shop of the connection was read; its returns have a schedule of their own from now on.
    async fn end_reading(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
        began_at: Timestamp,
    ) -> Result<(), Problem> {
        for shop in tx.shops(organisation).await? {
            if shop.connection != id || !shop.facts.usable() {
                continue;
            }
            tx.mark_shop_synced(organisation, shop.id, began_at).await?;
            read_returns::schedule(self, tx, organisation, shop.id).await?;
        }
        Ok(())
    }

    /// Asks for a connection's orders to be read now.
    pub(in crate::server) async fn enqueue_sync(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
    ) -> Result<(), Problem> {
        self.enqueue(
            tx,
            organisation,
            JobKind::SyncOrders,
            &id.to_string(),
            self.now(),
        )
        .await
    }
}

/// What a failed call of a reading means for its job: nothing is lost by waiting.
pub(super) fn after(desk: &Desk, job: &Job, error: CallError) -> Decision {
    let again = desk.now().plus_seconds(back_off(job.attempts));
    match error {
        CallError::Limited { until } => Decision::Later {
            at: until,
            note: "Маркет просит подождать: исчерпан лимит запросов".into(),
        },
        CallError::Refused(words) if words.http == 423 => Decision::Later {
            at: desk.now().plus_seconds(MOVED_SECONDS),
            note: in_words(&words),
        },
        CallError::Refused(words) => Decision::Park {
            note: in_words(&words),
        },
        CallError::NotSent(cause) | CallError::NoAnswer(cause) => {
            tracing::warn!(cause, job.kind, "a page was not read");
            Decision::Again {
                at: again,
                note: "Маркет не отвечает".into(),
            }
        }
        CallError::NotUnderstood { http, at } => {
            tracing::warn!(http, at, job.kind, "a page was not understood");
            Decision::Again {
                at: again,
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

    #[test]
    fn a_reading_ends_with_the_last_page_of_its_last_window() {
        let mut reading = Reading {
            began_at: Timestamp(0),
            since: None,
            done: 0,
            page: None,
            read: 0,
            test_orders: true,
        };
        let page = |next: Option<&str>| OrdersPage {
            orders: Vec::new(),
            next: next.map(Into::into),
        };
        assert!(!reading.take(&page(Some("2"))));
        assert_eq!((reading.done, reading.page.as_deref()), (0, Some("2")));
        assert!(!reading.take(&page(None)), "test orders are still to come");
        assert_eq!((reading.done, reading.page.as_deref()), (1, None));
        assert!(reading.take(&page(None)));
    }
}
