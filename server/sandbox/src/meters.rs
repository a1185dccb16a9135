//! What has been spent of the limits.

use std::collections::HashMap;

/// The length of almost every window, milliseconds.
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// The length of the other windows, milliseconds.
pub(crate) const MINUTE_MS: i64 = 60_000;

/// Whose budget a request spends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Account {
    /// `/campaigns/{id}/…`.
    Campaign(i64),
    /// `/businesses/{id}/…`, and the cabinet of the key for everything else.
    Business(i64),
    /// A request nobody answers for: its key is not known.
    Nobody,
}

impl std::fmt::Display for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Campaign(id) => write!(f, "campaignId {id}"),
            Self::Business(id) => write!(f, "businessId {id}"),
            Self::Nobody => f.write_str("unknown token"),
        }
    }
}

/// What a request costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Price {
    /// What is counted.
    pub(crate) resource: &'static str,
    /// How much is allowed in a window.
    pub(crate) limit: u32,
    /// The length of the window, milliseconds.
    pub(crate) window_ms: i64,
    /// How much this request takes.
    pub(crate) amount: u32,
}

/// The state of a window after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Requests per window.
    pub(crate) limit: u32,
    /// How many are left.
    pub(crate) remaining: u32,
    /// When the window ends, milliseconds since the Unix epoch.
    pub(crate) until_ms: i64,
    /// Whether this request was already beyond the limit.
    pub(crate) over: bool,
}

/// Counters of spent requests and of requests in work.
#[derive(Debug, Default)]
pub(crate) struct Meters {
    spent: HashMap<(Account, &'static str), (i64, u32)>,
    running: HashMap<Account, u32>,
}

impl Meters {
    /// Spends a request's price and says what is left; one that costs more than that spends nothing.
    ///
    /// Windows are whole hours, or minutes, of world time: moving the clock over the edge opens a fresh one.
    pub(crate) fn spend(&mut self, account: Account, price: Price, now_ms: i64) -> Window {
        let start = now_ms - now_ms.rem_euclid(price.window_ms);
        let (window, spent) = self
            .spent
            .entry((account, price.resource))
            .or_insert((start, 0));
        if *window != start {
            (*window, *spent) = (start, 0);
        }
        let after = spent.saturating_add(price.amount);
        let over = after > price.limit;
        if !over {
            *spent = after;
        }
        Window {
            limit: price.limit,
            remaining: price.limit.saturating_sub(*spent),
            until_ms: start.saturating_add(price.window_ms),
            over,
        }
    }

    /// Takes a place among the requests in work; `false` when all `limit` places are taken.
    pub(crate) fn enter(&mut self, account: &Account, limit: u32) -> bool {
        let running = self.running.entry(account.clone()).or_insert(0);
        if *running >= limit {
            return false;
        }
        *running += 1;
        true
    }

    /// Gives a place back.
    pub(crate) fn leave(&mut self, account: &Account) {
        if let Some(running) = self.running.get_mut(account) {
            *running = running.saturating_sub(1);
            if *running == 0 {
                self.running.remove(account);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_an_hour_of_the_world() {
        let mut meters = Meters::default();
        let price = Price {
            resource: "orders",
            limit: 1,
            window_ms: HOUR_MS,
            amount: 1,
        };
        let spend = |meters: &mut Meters, now| meters.spend(Account::Campaign(1), price, now);
        assert!(!spend(&mut meters, 10).over);
        let second = spend(&mut meters, HOUR_MS - 1);
        assert!(second.over);
        assert_eq!((second.remaining, second.until_ms), (0, HOUR_MS));
        assert!(!spend(&mut meters, HOUR_MS).over);
    }

    #[test]
    fn a_request_that_costs_more_than_is_left_spends_nothing() {
        let mut meters = Meters::default();
        let price = |amount| Price {
            resource: "statusUpdate",
            limit: 30,
            window_ms: HOUR_MS,
            amount,
        };
        assert_eq!(meters.spend(Account::Nobody, price(20), 0).remaining, 10);
        assert!(meters.spend(Account::Nobody, price(11), 0).over);
        assert_eq!(meters.spend(Account::Nobody, price(10), 0).remaining, 0);
    }

    #[test]
    fn a_place_given_back_can_be_taken_again() {
        let mut meters = Meters::default();
        let account = Account::Business(5);
        assert!(meters.enter(&account, 1));
        assert!(!meters.enter(&account, 1));
        meters.leave(&account);
        assert!(meters.enter(&account, 1));
    }
}
