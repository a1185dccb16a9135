//! How many calls may still go: what the Market's answers said remains, less the calls that are under way.
//!
//! A budget that is counted only by what has come back is overrun by what has not: three calls leave while one
//! remains. So each call is counted from the moment it leaves. Before anything is known of an hour, one call goes
//! alone and the others wait for what it brings.

use crate::budget::Budget;
use desk::{server::ports::limits::LimitKey, time::Timestamp};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{Notify, futures::OwnedNotified};

/// The Market lets four calls of an account run at once, by its schema six. So no more than six calls of other
/// processes can be on their way without being counted in the answer at hand.
const MOST_UNSEEN: u64 = 6;

/// What is left to others is at most the fiftieth part of a budget: the rest is there to be used.
const LEAST_SHARE: u64 = 50;

/// While more than this remains by an answer no older than [`FRESH_MILLIS`], nobody can have spent the budget
/// meanwhile: six calls at a time, of ten milliseconds each, come to three hundred.
const PLENTY: u64 = 500;

/// How long an answer is proof of plenty.
const FRESH_MILLIS: i64 = 500;

/// Every budget of every account, as this process knows it.
#[derive(Default)]
pub(crate) struct Meters(Mutex<HashMap<LimitKey, Arc<Meter>>>);

impl Meters {
    /// The meter of a resource for an account.
    pub(crate) fn of(&self, limit: &LimitKey) -> Arc<Meter> {
        let mut meters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = meters.get(limit) {
            return Arc::clone(known);
        }
        let new = Arc::<Meter>::default();
        meters.insert(limit.clone(), Arc::clone(&new));
        new
    }
}

/// What is known of one budget.
#[derive(Default)]
pub(crate) struct Meter {
    state: Mutex<State>,
    changed: Arc<Notify>,
}

#[derive(Default)]
struct State {
    /// What the calls that left and have not come back may cost.
    under_way: u64,
    known: Known,
}

#[derive(Default)]
enum Known {
    /// Nothing yet, or the hour is over.
    #[default]
    Nothing,
    /// The answers say nothing that could be counted.
    Uncounted,
    /// What remains of an hour.
    Hour(Hour),
}

/// One hour's budget (or minute's: whatever the Market counts by).
struct Hour {
    /// When it is renewed.
    until: Timestamp,
    /// The least that an answer of this hour said.
    remaining: u64,
    /// When the last of them came.
    heard: Timestamp,
    /// What the first answer of this hour said.
    at_first: u64,
    /// What our calls since then cost, and those that were under way.
    ours: u64,
    /// What the last calls are left to others; nothing while nobody else was noticed.
    reserve: u64,
}

/// Whether a call may leave.
pub(crate) enum Leave {
    /// It may.
    Now(UnderWay, Memory),
    /// Calls that are under way may have taken the last of the budget: look again when the meter changes.
    Later,
    /// Nothing remains.
    NotBefore(Timestamp),
}

/// Whether the memory of limits that all processes share is to be asked before a call leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Memory {
    /// It may know of a block that this process has not met.
    Ask,
    /// The Market itself has just said that plenty remains, so it can only say the same.
    Skip,
}

impl Meter {
    /// Completes at the next change after this call.
    pub(crate) fn change(&self) -> OwnedNotified {
        Arc::clone(&self.changed).notified_owned()
    }

    /// Lets a call leave or not.
    pub(crate) fn leave(self: &Arc<Self>, cost: u64, now: Timestamp) -> Leave {
        let mut state = self.state();
        let under_way = state.under_way;
        if matches!(&state.known, Known::Hour(hour) if hour.until <= now) {
            state.known = Known::Nothing;
        }
        let memory = match &mut state.known {
            Known::Nothing if under_way > 0 => return Leave::Later,
            Known::Nothing | Known::Uncounted => Memory::Ask,
            Known::Hour(hour) if hour.remaining <= hour.reserve => {
                return Leave::NotBefore(hour.until);
            }
            Known::Hour(hour) if hour.remaining <= hour.reserve.saturating_add(under_way) => {
                return Leave::Later;
            }
            Known::Hour(hour) => {
                hour.ours = hour.ours.saturating_add(cost);
                let age = now.millis_since(hour.heard);
                if hour.remaining > PLENTY && (0..FRESH_MILLIS).contains(&age) {
                    Memory::Skip
                } else {
                    Memory::Ask
                }
            }
        };
        state.under_way = under_way.saturating_add(cost);
        drop(state);
        let call = UnderWay {
            meter: Arc::clone(self),
            cost,
        };
        Leave::Now(call, memory)
    }

    /// Nothing more may leave before a moment, whatever was known.
    pub(crate) fn close(&self, until: Timestamp, now: Timestamp) {
        let mut state = self.state();
        if !matches!(&state.known, Known::Hour(hour) if hour.remaining == 0 && hour.until >= until)
        {
            state.known = Known::Hour(Hour::first(until, 0, 0, now));
        }
        drop(state);
        self.changed.notify_waiters();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that left. It counts until it is dropped, answered or not.
pub(crate) struct UnderWay {
    meter: Arc<Meter>,
    cost: u64,
}

impl UnderWay {
    /// It was answered: what the answer says of the budget, which has this call in it.
    pub(crate) fn answered(self, budget: &Budget, now: Timestamp) {
        let mut state = self.meter.state();
        let others_of_ours = state.under_way.saturating_sub(self.cost);
        let (Some(remaining), Some(until)) = (budget.remaining, budget.until_ahead(now)) else {
            if matches!(state.known, Known::Nothing) {
                state.known = Known::Uncounted;
            }
            return;
        };
        match &mut state.known {
            // An answer of the hour before, which came late.
            Known::Hour(hour) if until < hour.until => {}
            Known::Hour(hour) if until == hour.until => hour.hear(remaining, budget, now),
            known => *known = Known::Hour(Hour::first(until, remaining, others_of_ours, now)),
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut state = self.meter.state();
        state.under_way = state.under_way.saturating_sub(self.cost);
        drop(state);
        self.meter.changed.notify_waiters();
    }
}

impl Hour {
    /// What the first answer of an hour says, while calls of ours are under way that it may not have counted.
    const fn first(until: Timestamp, remaining: u64, under_way: u64, now: Timestamp) -> Self {
        Self {
            until,
            remaining,
            heard: now,
            at_first: remaining,
            ours: under_way,
            reserve: 0,
        }
    }

    /// Answers overtake each other, so the least one counts. When more is gone than our calls took, others spend
    /// the same budget: then its last calls are left alone, because nobody can tell whose they are.
    fn hear(&mut self, remaining: u64, budget: &Budget, now: Timestamp) {
        self.remaining = self.remaining.min(remaining);
        self.heard = now;
        if self.at_first.saturating_sub(remaining) > self.ours {
            let share = budget.limit.unwrap_or_default() / LEAST_SHARE;
            self.reserve = share.min(MOST_UNSEEN);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000);
    const UNTIL: Timestamp = Timestamp(3_600_000);

    fn said(remaining: u64) -> Budget {
        Budget {
            limit: Some(1_000),
            remaining: Some(remaining),
            until: Some(UNTIL),
        }
    }

    fn left(meter: &Arc<Meter>) -> UnderWay {
        left_at(meter, NOW).0
    }

    fn left_at(meter: &Arc<Meter>, now: Timestamp) -> (UnderWay, Memory) {
        match meter.leave(1, now) {
            Leave::Now(call, memory) => (call, memory),
            Leave::Later => panic!("later"),
            Leave::NotBefore(until) => panic!("not before {until:?}"),
        }
    }

    fn waits(meter: &Arc<Meter>) -> bool {
        matches!(meter.leave(1, NOW), Leave::Later)
    }

    fn spent(meter: &Arc<Meter>, now: Timestamp) -> Option<Timestamp> {
        match meter.leave(1, now) {
            Leave::NotBefore(until) => Some(until),
            _ => None,
        }
    }

    /// A meter that heard how much remains.
    fn heard(remaining: u64) -> Arc<Meter> {
        let meter = Arc::<Meter>::default();
        left(&meter).answered(&said(remaining), NOW);
        meter
    }

    #[test]
    fn the_first_call_goes_alone_until_it_is_back_or_lost() {
        let meter = Arc::<Meter>::default();
        let first = left(&meter);
        assert!(waits(&meter));
        drop(first);
        let second = left(&meter);
        assert!(waits(&meter));
        second.answered(&said(10), NOW);
        let _held = [left(&meter), left(&meter)];
    }

    #[test]
    fn no_more_leave_than_remain_and_the_last_answer_decides() {
        let meter = heard(2);
        let (one, two) = (left(&meter), left(&meter));
        assert!(waits(&meter));
        one.answered(&said(1), NOW);
        assert!(waits(&meter));
        drop(two);
        // The answer was lost, and perhaps the call too: one remains by all that is known.
        left(&meter).answered(&said(0), NOW);
        assert_eq!(spent(&meter, NOW), Some(UNTIL));
    }

    #[test]
    fn answers_that_overtake_each_other_leave_the_least() {
        let meter = heard(3);
        let (one, two) = (left(&meter), left(&meter));
        two.answered(&said(1), NOW);
        one.answered(&said(2), NOW);
        let _last = left(&meter);
        assert!(waits(&meter));
    }

    #[test]
    fn a_new_hour_begins_anew_and_a_late_answer_of_the_old_one_says_nothing() {
        let meter = heard(2);
        let (late, last) = (left(&meter), left(&meter));
        last.answered(&said(0), NOW);
        assert_eq!(spent(&meter, Timestamp(UNTIL.0 - 1)), Some(UNTIL));
        assert!(matches!(meter.leave(1, UNTIL), Leave::Later));
        late.answered(&said(1), UNTIL);
        let (first, _) = left_at(&meter, UNTIL);
        let fresh = Budget {
            until: Some(UNTIL.plus_millis(3_600_000)),
            ..said(1_000)
        };
        first.answered(&fresh, UNTIL);
        assert_eq!(spent(&meter, UNTIL), None);
    }

    #[test]
    fn without_their_headers_nothing_is_counted() {
        let meter = Arc::<Meter>::default();
        left(&meter).answered(&Budget::default(), NOW);
        let _calls = [left(&meter), left(&meter), left(&meter)];
    }

    #[test]
    fn the_last_calls_are_left_to_others_once_they_are_noticed() {
        let alone = heard(20);
        left(&alone).answered(&said(19), NOW);
        left(&alone).answered(&said(6), NOW);
        assert_eq!(spent(&alone, NOW), Some(UNTIL));
        let meter = heard(7);
        left(&meter).answered(&said(6), NOW);
        left(&meter).answered(&said(5), NOW);
        assert_eq!(spent(&meter, NOW), None, "nobody else was there");
    }

    #[test]
    fn a_batch_counts_with_all_its_orders() {
        let meter = heard(40);
        let Leave::Now(batch, _) = meter.leave(30, NOW) else {
            panic!("forty are enough");
        };
        let Leave::Now(second, _) = meter.leave(30, NOW) else {
            panic!("what the Market does with the last ten is its own matter");
        };
        assert!(matches!(meter.leave(30, NOW), Leave::Later));
        drop((batch, second));
    }

    #[test]
    fn the_shared_memory_is_spared_only_by_fresh_plenty() {
        let meter = heard(PLENTY + 2);
        assert_eq!(left_at(&meter, NOW).1, Memory::Skip);
        let old = NOW.plus_millis(FRESH_MILLIS);
        assert_eq!(left_at(&meter, old).1, Memory::Ask);
        assert_eq!(left_at(&heard(PLENTY), NOW).1, Memory::Ask);
        assert_eq!(left_at(&Arc::default(), NOW).1, Memory::Ask);
    }

    #[test]
    fn a_closed_budget_opens_at_the_moment_that_was_told() {
        let meter = heard(100);
        meter.close(Timestamp(5_000), NOW);
        assert_eq!(spent(&meter, NOW), Some(Timestamp(5_000)));
        meter.close(Timestamp(4_000), NOW);
        assert_eq!(spent(&meter, NOW), Some(Timestamp(5_000)));
        drop(left_at(&meter, Timestamp(5_000)));
    }
}
