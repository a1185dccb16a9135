//! Notifications on their way: who is told, what waits, and what became of each.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::IpAddr,
};

use axum::http::Uri;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    market::{
        Market,
        events::{Event, NotificationType},
        ids::{BusinessId, CampaignId},
    },
    moscow,
};

/// How many tried notifications are remembered.
const REMEMBERED: usize = 2_000;

/// How many failures of one notification are remembered.
const FAILURES: usize = 20;

/// Who is told of what happens in a cabinet, or in one shop of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// Its number.
    pub id: i64,
    /// The cabinet.
    pub business_id: BusinessId,
    /// The shop; all shops of the cabinet when absent.
    pub campaign_id: Option<CampaignId>,
    /// The address without `/notification`, which is appended. Only on this machine.
    pub url: String,
    /// How long an answer may take, milliseconds of the machine's time.
    pub answer_ms: u64,
    /// How long the answer to a `PING` may take, milliseconds of the machine's time.
    pub ping_ms: u64,
    /// How long to wait before a failed notification is repeated, milliseconds of the machine's time.
    pub retry_ms: u64,
}

/// A subscription to be made. Everything but the cabinet and the address has a default.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSubscription {
    /// The cabinet.
    pub business_id: BusinessId,
    /// The shop; all shops of the cabinet when absent.
    #[serde(default)]
    pub campaign_id: Option<CampaignId>,
    /// The address without `/notification`. Only on this machine.
    pub url: String,
    /// Ten seconds, as documented, when absent.
    #[serde(default)]
    pub answer_ms: Option<u64>,
    /// One second, as documented, when absent.
    #[serde(default)]
    pub ping_ms: Option<u64>,
    /// One second when absent.
    #[serde(default)]
    pub retry_ms: Option<u64>,
}

impl NewSubscription {
    /// A subscription of a whole cabinet with the documented times.
    pub fn of(business_id: BusinessId, url: &str) -> Self {
        Self {
            business_id,
            campaign_id: None,
            url: url.to_owned(),
            answer_ms: None,
            ping_ms: None,
            retry_ms: None,
        }
    }
}

impl Subscription {
    /// Makes a subscription; the text of the error says why it cannot be.
    pub(crate) fn create(id: i64, new: &NewSubscription) -> Result<Self, String> {
        let uri: Uri = new
            .url
            .parse()
            .map_err(|error| format!("{} is not an address: {error}", new.url))?;
        let host = uri.host().unwrap_or_default();
        let here = host == "localhost"
            || host
                .trim_matches(['[', ']'])
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        if uri.scheme_str() != Some("http") || !here {
            return Err(format!(
                "{} is not an http address on this machine",
                new.url
            ));
        }
        Ok(Self {
            id,
            business_id: new.business_id,
            campaign_id: new.campaign_id,
            url: new.url.trim_end_matches('/').to_owned(),
            answer_ms: new.answer_ms.unwrap_or(10_000),
            ping_ms: new.ping_ms.unwrap_or(1_000),
            retry_ms: new.retry_ms.unwrap_or(1_000),
        })
    }

    fn wants(&self, market: &Market, campaign: CampaignId) -> bool {
        match self.campaign_id {
            Some(only) => only == campaign,
            None => market
                .campaign(campaign)
                .is_some_and(|(owner, _)| owner.business_id == self.business_id),
        }
    }
}

/// A notification.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// Place in the order of events, from 1; never reused while the process lives.
    pub sequence: u64,
    /// Whom it is for.
    pub subscription_id: i64,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: NotificationType,
    /// World time of the event, milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// The body sent.
    pub body: Value,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last attempts failed.
    pub failures: Vec<String>,
    /// Whether it was taken as the documentation demands.
    pub delivered: bool,
}

/// What waits and what was tried.
#[derive(Debug, Default)]
pub(crate) struct Post {
    queues: BTreeMap<i64, VecDeque<Delivery>>,
    /// Subscriptions whose first notification is on its way: the others of the same wait.
    carried: BTreeSet<i64>,
    tried: VecDeque<Delivery>,
    last: u64,
}

impl Post {
    /// Queues events for those who want them; whether anybody does.
    pub(crate) fn take_in(&mut self, market: &Market, events: Vec<Event>, now_ms: i64) -> bool {
        let mut wanted = false;
        if market.subscriptions.is_empty() {
            return wanted;
        }
        for event in events {
            for one in &market.subscriptions {
                if one.wants(market, event.campaign) {
                    self.queue(one.id, event.kind, event.body.clone(), now_ms);
                    wanted = true;
                }
            }
        }
        wanted
    }

    /// Queues a `PING`.
    pub(crate) fn ping(&mut self, subscription: i64, now_ms: i64) {
        let body = json!({
            "notificationType": NotificationType::Ping,
            "time": moscow::iso(now_ms),
        });
        self.queue(subscription, NotificationType::Ping, body, now_ms);
    }

    fn queue(&mut self, subscription_id: i64, kind: NotificationType, body: Value, at_ms: i64) {
        self.last += 1;
        self.queues
            .entry(subscription_id)
            .or_default()
            .push_back(Delivery {
                sequence: self.last,
                subscription_id,
                kind,
                at_ms,
                body,
                attempts: 0,
                failures: Vec::new(),
                delivered: false,
            });
    }

    /// The subscriptions that have something to be carried and nobody who carries it yet; from now on somebody does.
    pub(crate) fn take_up(&mut self) -> Vec<i64> {
        let waiting: Vec<i64> = self
            .queues
            .iter()
            .filter(|(id, queue)| !queue.is_empty() && !self.carried.contains(id))
            .map(|(id, _)| *id)
            .collect();
        self.carried.extend(&waiting);
        waiting
    }

    /// The notification to be tried next; with nothing left the subscription is laid down.
    pub(crate) fn next(&mut self, subscription: i64) -> Option<Delivery> {
        let next = self
            .queues
            .get(&subscription)
            .and_then(|queue| queue.front().cloned());
        if next.is_none() {
            self.carried.remove(&subscription);
        }
        next
    }

    /// Drops everything for a subscription that is no more.
    pub(crate) fn drop_all(&mut self, subscription: i64) {
        self.queues.remove(&subscription);
        self.carried.remove(&subscription);
    }

    /// Notes what became of an attempt; one that was taken leaves the queue.
    pub(crate) fn note(&mut self, subscription: i64, outcome: Result<(), String>) {
        let Some(queue) = self.queues.get_mut(&subscription) else {
            return;
        };
        let Some(first) = queue.front_mut() else {
            return;
        };
        first.attempts += 1;
        match outcome {
            Ok(()) => first.delivered = true,
            Err(why) => {
                if first.failures.len() == FAILURES {
                    first.failures.remove(0);
                }
                first.failures.push(why);
            }
        }
        let tried = first.clone();
        if tried.delivered {
            queue.pop_front();
        }
        match self
            .tried
            .iter_mut()
            .rev()
            .find(|known| known.sequence == tried.sequence)
        {
            Some(known) => *known = tried,
            None => self.tried.push_back(tried),
        }
        if self.tried.len() > REMEMBERED {
            self.tried.pop_front();
        }
    }

    /// The notifications tried so far, in the order of their first attempts.
    pub(crate) fn tried(&self) -> impl Iterator<Item = &Delivery> {
        self.tried.iter()
    }

    /// How many wait for a subscription, the one on its way included.
    pub(crate) fn waiting(&self, subscription: i64) -> usize {
        self.queues.get(&subscription).map_or(0, VecDeque::len)
    }
}
