//! How the emission works today.

use serde::{Deserialize, Serialize};

use super::order::Pace;
use crate::wire_enum::wire_enum;

wire_enum! {
    /// What becomes of a request for more codes than there are.
    pub enum OverAsking {
        /// It is refused.
        Refuse = "REFUSE",
        /// It gets those that are there.
        Fewer = "FEWER",
    }
}

wire_enum! {
    /// When applied codes come into circulation.
    pub enum Introduction {
        /// At once.
        Automatic = "AUTOMATIC",
        /// When the control API says so.
        Manual = "MANUAL",
    }
}

/// What can be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EmissionRules {
    /// How fast new orders go their way.
    pub pace: Pace,
    /// How long `orders/search` does not find a new order, milliseconds of world time.
    pub search_delay_ms: i64,
    /// What becomes of a request for more codes than there are.
    pub over_asking: OverAsking,
    /// The price of a code, kopecks.
    pub code_price: i64,
    /// How many orders of a company may be active.
    pub active_limit: usize,
    /// How many may be in the queue.
    pub queued_limit: usize,
    /// When applied codes come into circulation.
    pub introduction: Introduction,
    /// GTINs the registry does not know; all others it does.
    pub unknown_gtins: Vec<String>,
}

impl Default for EmissionRules {
    fn default() -> Self {
        Self {
            pace: Pace::default(),
            search_delay_ms: 0,
            over_asking: OverAsking::Refuse,
            code_price: 60,
            active_limit: 100,
            queued_limit: 100,
            introduction: Introduction::Automatic,
            unknown_gtins: Vec::new(),
        }
    }
}

/// What to change; what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct EmissionRulesChange {
    /// When new orders become `PENDING`, milliseconds of world time since their signature.
    pub pending_ms: Option<i64>,
    /// When they become `APPROVED` or `DECLINED`.
    pub approved_ms: Option<i64>,
    /// When they become `READY`.
    pub ready_ms: Option<i64>,
    /// How long their pools take to fill from then on.
    pub fill_ms: Option<i64>,
    /// How long `orders/search` does not find them, from their coming.
    pub search_delay_ms: Option<i64>,
    /// What becomes of a request for more codes than there are.
    pub over_asking: Option<OverAsking>,
    /// The price of a code, kopecks.
    pub code_price: Option<i64>,
    /// How many orders of a company may be active.
    pub active_limit: Option<usize>,
    /// How many may be in the queue.
    pub queued_limit: Option<usize>,
    /// When applied codes come into circulation.
    pub introduction: Option<Introduction>,
    /// GTINs the registry does not know, instead of those named before.
    pub unknown_gtins: Option<Vec<String>>,
}

impl EmissionRulesChange {
    /// Orders are ready with all their codes as soon as they are signed.
    pub fn at_once() -> Self {
        Self {
            pending_ms: Some(0),
            approved_ms: Some(0),
            ready_ms: Some(0),
            fill_ms: Some(0),
            ..Self::default()
        }
    }
}

impl EmissionRules {
    /// Applies a change. Orders that are here already keep their pace.
    pub(crate) fn apply(&mut self, change: EmissionRulesChange) {
        let pace = &mut self.pace;
        pace.pending_ms = change.pending_ms.unwrap_or(pace.pending_ms);
        pace.approved_ms = change.approved_ms.unwrap_or(pace.approved_ms);
        pace.ready_ms = change.ready_ms.unwrap_or(pace.ready_ms);
        pace.fill_ms = change.fill_ms.unwrap_or(pace.fill_ms);
        self.search_delay_ms = change.search_delay_ms.unwrap_or(self.search_delay_ms);
        self.over_asking = change.over_asking.unwrap_or(self.over_asking);
        self.code_price = change.code_price.unwrap_or(self.code_price);
        self.active_limit = change.active_limit.unwrap_or(self.active_limit);
        self.queued_limit = change.queued_limit.unwrap_or(self.queued_limit);
        self.introduction = change.introduction.unwrap_or(self.introduction);
        if let Some(gtins) = change.unknown_gtins {
            self.unknown_gtins = gtins;
        }
    }
}
