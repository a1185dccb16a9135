//! What a reading asks for, window after window.
//!
//! One call may span 30 days of changes, so a longer gap is several calls' worth. The first reading of all names
//! no dates, for which the marketplace gives what was made in the last 30 days. Test orders are never among the
//! others and are asked for by themselves.

use crate::{
    server::ports::{market::OrderQuery, readings::Reading},
    time::Timestamp,
};

/// How far back an incremental reading begins before the last one began: their clock is not ours.
const OVERLAP_SECONDS: i64 = 3600;
/// The length of a window: a day less than they take, because their days begin in Moscow.
const WINDOW_SECONDS: i64 = 29 * 24 * 3600;
/// The furthest back that is read: nobody fills the codes of an older order.
const FURTHEST_SECONDS: i64 = 366 * 24 * 3600;

impl Reading {
    /// The windows, the earliest first. They follow from what the reading began with, so a reading that was cut
    /// off goes on with the same ones.
    pub(in crate::server) fn windows(&self) -> Vec<OrderQuery> {
        let mut windows = match self.since {
            None => vec![OrderQuery::default()],
            Some(since) => changes(since, self.began_at),
        };
        if self.test_orders {
            windows.push(OrderQuery {
                fake: true,
                ..OrderQuery::default()
            });
        }
        windows
    }
}

/// Windows of changes from a moment on. The last one is open: what changes while it is read may still be in it.
fn changes(since: Timestamp, now: Timestamp) -> Vec<OrderQuery> {
    let furthest = now.plus_seconds(-FURTHEST_SECONDS);
    let mut from = since.plus_seconds(-OVERLAP_SECONDS).max(furthest);
    let mut windows = Vec::new();
    loop {
        let to = from.plus_seconds(WINDOW_SECONDS);
        let last = to > now;
        windows.push(OrderQuery {
            updated_from: Some(from),
            updated_to: (!last).then_some(to),
            ..OrderQuery::default()
        });
        if last {
            return windows;
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3600;
    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn reading(days_since: Option<i64>, test_orders: bool) -> Reading {
        Reading {
            began_at: NOW,
            since: days_since.map(|days| NOW.plus_seconds(-days * DAY)),
            done: 0,
            page: None,
            read: 0,
            test_orders,
        }
    }

    #[test]
    fn the_first_reading_takes_what_the_marketplace_gives_without_dates() {
        assert_eq!(reading(None, false).windows(), [OrderQuery::default()]);
    }

    #[test]
    fn a_short_gap_is_one_open_window_with_overlap() {
        let expected = OrderQuery {
            updated_from: Some(NOW.plus_seconds(-DAY - 3600)),
            ..OrderQuery::default()
        };
        assert_eq!(reading(Some(1), false).windows(), [expected]);
    }

    #[test]
    fn windows_of_a_long_gap_touch_each_other_and_none_is_too_long() {
        for days in [29, 30, 31, 58, 100, 365] {
            let windows = reading(Some(days), false).windows();
            assert_eq!(
                windows.first().unwrap().updated_from,
                Some(
                    NOW.plus_seconds(-days * DAY - 3600)
                        .max(NOW.plus_seconds(-366 * DAY))
                ),
                "{days}"
            );
            assert_eq!(windows.last().unwrap().updated_to, None);
            for pair in windows.windows(2) {
                assert_eq!(pair[0].updated_to, pair[1].updated_from);
            }
            for window in &windows {
                let (from, to) = (
                    window.updated_from.unwrap(),
                    window.updated_to.unwrap_or(NOW),
                );
                let length = to.millis_since(from);
                assert!((0..30 * DAY * 1000).contains(&length), "{days}: {length}");
            }
        }
    }

    #[test]
    fn a_gap_of_years_ends_somewhere() {
        assert_eq!(reading(Some(4000), false).windows().len(), 13);
    }

    #[test]
    fn test_orders_are_a_window_of_their_own() {
        let windows = reading(Some(1), true).windows();
        assert_eq!(windows.len(), 2);
        assert!(!windows[0].fake && windows[1].fake);
        assert_eq!(windows[1].updated_from, None);
    }
}
