//! Troubles that can be ordered in advance.

use serde::{Deserialize, Serialize};

use crate::{
    crpt::{self, emission::OrderTurn},
    market::ids::CampaignId,
};

/// A trouble that meets the next matching requests.
///
/// A request takes the first fault of the list that matches it and is not used up, so two faults added one after the other meet two requests one
/// after the other.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// Only requests with this method; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only requests whose path begins like this; any when empty.
    #[serde(default)]
    pub path: String,
    /// Whether the path must be this and no longer one.
    #[serde(default)]
    pub exact: bool,
    /// Only requests about this campaign; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign_id: Option<CampaignId>,
    /// How many more requests it meets.
    #[serde(default = "once")]
    pub times: u32,
    /// Whether it strikes before or after the request is carried out.
    #[serde(default)]
    pub stage: Stage,
    /// What happens.
    #[serde(flatten)]
    pub effect: Effect,
}

const fn once() -> u32 {
    1
}

/// When a fault strikes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// Before the request is carried out: an effect that replaces the answer leaves the world unchanged.
    #[default]
    Before,
    /// After it is carried out: the world has changed whatever the caller sees.
    After,
}

/// What a fault does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Effect {
    /// Waits, by the machine's time.
    Delay {
        /// How long, milliseconds.
        ms: u64,
    },
    /// Waits until [`Sandbox::release`](crate::Sandbox::release).
    Hold,
    /// Closes the TCP connection without one byte of an answer.
    ///
    /// Only [`Sandbox::serve`](crate::Sandbox::serve) can do it; a router mounted elsewhere answers 502 instead.
    HangUp,
    /// Answers the service's error envelope with this status.
    Error {
        /// HTTP status, for example 500 or 503.
        status: u16,
    },
    /// Answers an HTML page with this status, as a proxy does.
    Html {
        /// HTTP status, for example 502.
        status: u16,
    },
    /// Answers 420 as if the hourly limit of the resource were spent, with the headers that say until when; True API and СУЗ answer 429.
    RateLimit,
    /// Answers 420 as if too many requests ran at once, without a time; True API and СУЗ answer 429.
    ParallelLimit,
    /// Sends a complete HTTP answer whose JSON stops in the middle. Always after the request is carried out.
    CutJson,
    /// Sends the head of the true answer, with its whole length, and so many bytes of its body; then the connection breaks. Always after the request is
    /// carried out.
    CutBody {
        /// How many bytes of the body are sent; of a shorter one all but the last.
        bytes: usize,
    },
    /// Sends as much as [`Effect::CutBody`] does, then waits until [`Sandbox::release`](crate::Sandbox::release) before the connection breaks: a caller
    /// can die while its answer is under way. Always after the request is carried out.
    HoldBody {
        /// How many bytes of the body are sent; of a shorter one all but the last.
        bytes: usize,
    },
    /// Waits until the world's clock has moved on.
    WorldDelay {
        /// By how much, milliseconds.
        ms: i64,
    },
    /// Lets something become of an order of codes that is created, which its customer is not told. Meets nothing but `POST /api/v3/order` of СУЗ.
    OrderTurn {
        /// What.
        turn: OrderTurn,
    },
    /// Answers 200 whose `status` is `ERROR`; True API and СУЗ answer 400 with their own members.
    StatusError {
        /// `errors[0].code`.
        code: String,
        /// `errors[0].message`.
        message: String,
    },
    /// Answers the true answer without its `result`. Always after the request is carried out.
    ///
    /// Of True API and СУЗ, which have no `result`, nothing but empty braces or brackets is left.
    NoResult,
    /// Answers 200 with a JSON of one's own.
    Instead {
        /// The body.
        body: String,
    },
    /// Answers 500 as True API does when СУЗ does not answer it in time.
    SuzTimeout,
}

impl Fault {
    /// A fault that meets the very next request, before it is carried out.
    pub const fn new(effect: Effect) -> Self {
        Self {
            method: None,
            path: String::new(),
            exact: false,
            campaign_id: None,
            times: 1,
            stage: Stage::Before,
            effect,
        }
    }

    /// Narrows it to a method.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Narrows it to paths that begin like this.
    #[must_use]
    pub fn path(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.path);
        self
    }

    /// Narrows it to one path.
    #[must_use]
    pub fn exact_path(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self.exact = true;
        self
    }

    /// Narrows it to a campaign.
    #[must_use]
    pub const fn campaign(mut self, id: CampaignId) -> Self {
        self.campaign_id = Some(id);
        self
    }

    /// Sets how many requests it meets.
    #[must_use]
    pub const fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Lets it strike after the request is carried out.
    #[must_use]
    pub const fn after(mut self) -> Self {
        self.stage = Stage::After;
        self
    }

    /// When it really strikes: what spoils a true answer needs one first.
    pub(crate) const fn strikes(&self) -> Stage {
        match self.effect {
            Effect::CutJson
            | Effect::CutBody { .. }
            | Effect::HoldBody { .. }
            | Effect::NoResult
            | Effect::OrderTurn { .. } => Stage::After,
            _ => self.stage,
        }
    }

    fn matches(&self, method: &str, path: &str, campaign: Option<CampaignId>) -> bool {
        self.times > 0
            && self
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && path.starts_with(&self.path)
            && (!self.exact || path.len() == self.path.len())
            && (!matches!(self.effect, Effect::OrderTurn { .. }) || crpt::is_order(method, path))
            && (self.campaign_id.is_none() || self.campaign_id == campaign)
    }
}

/// A fault with its number in the list.
#[derive(Clone, Debug, Serialize)]
pub struct ListedFault {
    /// The number it can be deleted by.
    pub id: u64,
    /// The fault with the count it has left.
    #[serde(flatten)]
    pub fault: Fault,
}

/// The faults in the order they were added.
#[derive(Debug, Default)]
pub(crate) struct FaultList {
    faults: Vec<ListedFault>,
    last: u64,
}

impl FaultList {
    /// Adds a fault and gives it its number.
    pub(crate) fn add(&mut self, fault: Fault) -> u64 {
        self.last += 1;
        self.faults.push(ListedFault {
            id: self.last,
            fault,
        });
        self.last
    }

    /// The fault that meets this request, one of its count spent; a fault used up leaves the list.
    pub(crate) fn take(
        &mut self,
        method: &str,
        path: &str,
        campaign: Option<CampaignId>,
    ) -> Option<Fault> {
        let listed = self
            .faults
            .iter_mut()
            .find(|listed| listed.fault.matches(method, path, campaign))?;
        listed.fault.times -= 1;
        let taken = listed.fault.clone();
        self.faults.retain(|listed| listed.fault.times > 0);
        Some(taken)
    }

    /// The faults that are left.
    pub(crate) fn list(&self) -> Vec<ListedFault> {
        self.faults.clone()
    }

    /// Deletes one fault; whether it was there.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.faults.len();
        self.faults.retain(|listed| listed.id != id);
        self.faults.len() < before
    }

    /// Deletes all faults.
    pub(crate) fn clear(&mut self) {
        self.faults.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_takes_the_first_matching_fault_and_spends_it() {
        let mut list = FaultList::default();
        list.add(Fault::new(Effect::Hold).method("PUT").path("/v2/"));
        list.add(Fault::new(Effect::HangUp).campaign(CampaignId(7)).times(2));
        let campaign = Some(CampaignId(7));

        assert!(list.take("POST", "/v2/x", None).is_none());
        let first = list.take("put", "/v2/x", campaign).unwrap();
        assert_eq!(first.effect, Effect::Hold);
        let second = list.take("put", "/v2/x", campaign).unwrap();
        assert_eq!(second.effect, Effect::HangUp);
        assert_eq!(list.list().len(), 1, "one of two is left");
    }

    #[test]
    fn a_fault_is_written_flat_in_json() {
        let fault: Fault =
            serde_json::from_str(r#"{"path":"/v1/","kind":"delay","ms":20,"stage":"after"}"#)
                .unwrap();
        assert_eq!(fault.effect, Effect::Delay { ms: 20 });
        assert_eq!(fault.times, 1);
        assert_eq!(fault.strikes(), Stage::After);
    }
}
