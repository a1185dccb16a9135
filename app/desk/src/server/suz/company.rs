//! What СУЗ and True API say of a company: read for a check, and again every hour.

use super::{
    super::{
        Desk,
        jobs::Decision,
        ports::{
            storage::Job,
            suz::{Door, SuzConnection, Told},
            suz_api::Profile,
        },
    },
    doors::Shut,
    link::Link,
};
use crate::{
    ids::SuzConnectionId,
    problem::Problem,
    suz::{Balance, Cause, Why, cause::SuzCall},
    time::Timestamp,
};

/// How often a company's profile and money are read again, in seconds.
pub(in crate::server) const WATCH_EVERY: i64 = 3600;

impl Desk {
    /// The company as СУЗ tells it; what it says is kept, an OMS ID that nobody typed included.
    pub(super) async fn read_profile(&self, link: &Link) -> Result<Profile, Shut> {
        let (api, contour) = (&self.outside.suz.api, link.connection.contour);
        let profile = self
            .through(
                link,
                link.true_api(),
                SuzCall::Profile,
                |bearer| async move { api.profile(contour, &bearer).await },
            )
            .await?;
        let oms_id = profile.oms_id;
        self.keep_told(link, |connection, now| {
            let balances = connection
                .told
                .take()
                .map(|told| told.balances)
                .unwrap_or_default();
            connection.told = Some(Told {
                profile: profile.facts.clone(),
                balances,
                at: now,
            });
            if connection.oms_id.is_none() {
                connection.oms_id = Some(oms_id);
                connection.oms_id_told = true;
            }
        })
        .await?;
        Ok(profile)
    }

    pub(super) async fn read_balance(&self, link: &Link) -> Result<Vec<Balance>, Shut> {
        let (api, contour) = (&self.outside.suz.api, link.connection.contour);
        let balances = self
            .through(
                link,
                link.true_api(),
                SuzCall::Balance,
                |bearer| async move { api.balance(contour, &bearer).await },
            )
            .await?;
        self.keep_told(link, |connection, _| {
            if let Some(told) = &mut connection.told {
                told.balances.clone_from(&balances);
            }
        })
        .await?;
        Ok(balances)
    }

    async fn keep_told(
        &self,
        link: &Link,
        change: impl FnOnce(&mut SuzConnection, Timestamp) + Send,
    ) -> Result<(), Shut> {
        let now = self.now();
        let mut tx = self.write().await?;
        if !tx.lock_suz(link.organisation, link.id()).await? {
            return Err(Problem::NotFound.into());
        }
        let mut connection = tx
            .suz_connection(link.organisation, link.id())
            .await?
            .ok_or(Problem::NotFound)?;
        change(&mut connection, now);
        tx.save_suz_connection(link.organisation, &connection)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Asks СУЗ whether the active device's token and OMS ID agree; what it answered.
    pub(super) async fn ping(&self, link: &Link, door: Door) -> Result<Option<String>, Shut> {
        let (api, contour) = (&self.outside.suz.api, link.connection.contour);
        let Some(oms_id) = link.connection.oms_id else {
            return Err(Shut::NoLogin {
                why: Why::of(Cause::OmsIdNotFound),
                stopped: false,
            });
        };
        let pong = self
            .through(link, door, SuzCall::Ping, |token| async move {
                api.ping(contour, &token, &oms_id).await
            })
            .await?;
        if pong.oms_id != oms_id {
            return Err(Shut::NoLogin {
                why: Why::of(Cause::InvalidOmsId),
                stopped: false,
            });
        }
        Ok(pong.api_version)
    }
}

/// Reads the company's state and money again, and sees whether СУЗ answers; then again in an hour.
pub(in crate::server) async fn watch(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let id: SuzConnectionId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let link = {
        let mut tx = desk.read().await?;
        Link::read(&mut *tx, job.organisation, id).await?
    };
    let Some(link) = link else {
        return Ok(Decision::Done);
    };
    let true_api = link.true_api();
    if let Err(shut) = desk.read_profile(&link).await {
        return desk
            .hold(job, &link, true_api, shut, SuzCall::Profile)
            .await;
    }
    if let Err(shut) = desk.read_balance(&link).await {
        return desk
            .hold(job, &link, true_api, shut, SuzCall::Balance)
            .await;
    }
    let link = desk.suz_link(job.organisation, id).await?;
    if let Some(door) = link.suz()
        && let Err(shut) = desk.ping(&link, door).await
    {
        return desk.hold(job, &link, door, shut, SuzCall::Ping).await;
    }
    if let Some(door) = link.suz()
        && let Err(shut) = desk.count_at_station(&link).await
    {
        return desk.hold(job, &link, door, shut, SuzCall::Orders).await;
    }
    desk.suz_changed(&link);
    Ok(Decision::DoneUntil(desk.now().plus_seconds(WATCH_EVERY)))
}
