//! How fast this process asks: calls of one account leave one after another, evenly.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// Whoever would wait longer is told so instead.
const PATIENCE: Duration = Duration::from_secs(10);

/// So many accounts are remembered before those that are at rest are forgotten.
const CROWD: usize = 1_000;

/// When the next call of every account may leave.
#[derive(Default)]
pub(crate) struct Paces(Mutex<HashMap<String, Instant>>);

/// When a call may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// At this moment, which is taken.
    At(Instant),
    /// The queue is too long: not before so much time has gone. Nothing is taken.
    NotWithin(Duration),
}

impl Paces {
    /// Takes the next turn of an account whose calls are so far apart.
    pub(crate) fn take(&self, account: &str, apart: Duration, now: Instant) -> Turn {
        let mut paces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = paces.get(account).copied().unwrap_or(now).max(now);
        let wait = next.duration_since(now);
        if wait > PATIENCE {
            return Turn::NotWithin(wait);
        }
        if paces.len() >= CROWD {
            paces.retain(|_, next| *next > now);
        }
        paces.insert(account.to_owned(), next + apart);
        Turn::At(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APART: Duration = Duration::from_millis(100);

    #[test]
    fn no_more_calls_than_the_rate_leave_within_any_second() {
        let paces = Paces::default();
        let begin = Instant::now();
        // Callers come as it pleases them: in crowds and after pauses.
        let mut left: Vec<Instant> = Vec::new();
        for (after_ms, count) in [(0, 25), (30, 3), (2_600, 1), (2_601, 12), (9_000, 40)] {
            let now = begin + Duration::from_millis(after_ms);
            for _ in 0..count {
                match paces.take("suz:…", APART, now) {
                    Turn::At(moment) => {
                        assert!(moment >= now);
                        left.push(moment);
                    }
                    Turn::NotWithin(wait) => panic!("{wait:?}"),
                }
            }
        }
        for (at, moment) in left.iter().enumerate() {
            let within = left[at..]
                .iter()
                .filter(|later| later.duration_since(*moment) < Duration::from_secs(1));
            assert!(within.count() <= 10);
        }
    }

    #[test]
    fn a_lonely_call_does_not_wait_and_accounts_do_not_wait_for_each_other() {
        let paces = Paces::default();
        let now = Instant::now();
        for account in ["suz:1", "suz:2", "true_api:1"] {
            assert_eq!(paces.take(account, APART, now), Turn::At(now));
        }
        assert_eq!(paces.take("suz:1", APART, now), Turn::At(now + APART));
        let later = now + Duration::from_secs(1);
        assert_eq!(paces.take("suz:1", APART, later), Turn::At(later));
    }

    #[test]
    fn too_long_a_queue_takes_nothing() {
        let paces = Paces::default();
        let now = Instant::now();
        let slow = Duration::from_secs(6);
        assert_eq!(paces.take("suz:1", slow, now), Turn::At(now));
        assert_eq!(paces.take("suz:1", slow, now), Turn::At(now + slow));
        for _ in 0..3 {
            assert_eq!(paces.take("suz:1", slow, now), Turn::NotWithin(2 * slow));
        }
    }

    #[test]
    fn accounts_at_rest_are_forgotten() {
        let paces = Paces::default();
        let now = Instant::now();
        for account in 0..CROWD {
            paces.take(&account.to_string(), APART, now);
        }
        let later = now + Duration::from_secs(1);
        paces.take("one more", APART, later);
        assert_eq!(paces.0.lock().unwrap().len(), 1);
    }
}
