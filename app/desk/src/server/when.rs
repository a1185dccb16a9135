//! Moments taken apart for people, in Moscow time: the zone in which the marketplace counts its days.

use super::ports::lists::Days;
use crate::{
    codes::Day,
    time::{Timestamp, When},
};
use jiff::{
    ToSpan as _,
    civil::{Date, Time},
    tz::Offset,
};

/// Moscow has kept UTC+3 without summer time since 2014, so no time zone database is needed.
const MOSCOW: Offset = Offset::constant(3);
/// The same in milliseconds.
const MOSCOW_MILLIS: i64 = 3 * 3_600_000;
const DAY_MILLIS: i64 = 24 * 3_600_000;

/// A moment as seen from `now`. `timed` says whether its hour means anything.
pub(super) fn when(at: Timestamp, now: Timestamp, timed: bool) -> When {
    let civil = |moment: Timestamp| {
        let instant = jiff::Timestamp::from_millisecond(moment.0).unwrap_or_default();
        MOSCOW.to_datetime(instant)
    };
    let then = civil(at);
    When {
        at,
        days_ahead: days_between(civil(now).date(), then.date()),
        minutes_ahead: at.millis_since(now).div_euclid(60_000),
        year: then.year(),
        month: then.month().unsigned_abs(),
        day: then.day().unsigned_abs(),
        hour: then.hour().unsigned_abs(),
        minute: then.minute().unsigned_abs(),
        timed,
    }
}

/// The calendar day in Moscow.
pub(super) fn today(now: Timestamp) -> Day {
    let instant = jiff::Timestamp::from_millisecond(now.0).unwrap_or_default();
    let date = MOSCOW.to_datetime(instant).date();
    Day {
        year: date.year(),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    }
}

/// The moments between today, tomorrow and the day after.
pub(super) fn days(now: Timestamp) -> Days {
    let into_today = (now.0 + MOSCOW_MILLIS).rem_euclid(DAY_MILLIS);
    let tomorrow = now.plus_millis(DAY_MILLIS - into_today);
    Days {
        now,
        tomorrow,
        day_after: tomorrow.plus_millis(DAY_MILLIS),
    }
}

/// A moment as machines write it: ISO 8601 in UTC.
pub(super) fn written(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .unwrap_or_default()
        .to_string()
}

/// When a calendar day begins, or the one so many days later; none for a date that the calendar lacks.
pub(super) fn midnight(day: Day, later: i64) -> Option<Timestamp> {
    let month = i8::try_from(day.month).ok()?;
    let date = Date::new(day.year, month, i8::try_from(day.day).ok()?).ok()?;
    let date = date.checked_add(later.days()).ok()?;
    let instant = MOSCOW
        .to_timestamp(date.to_datetime(Time::midnight()))
        .ok()?;
    Some(Timestamp(instant.as_millisecond()))
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn the_day_changes_at_moscow_midnight() {
        let now = moment("2026-11-21T20:59:00Z");
        assert_eq!(
            when(moment("2026-11-21T20:59:30Z"), now, true).days_ahead,
            0
        );
        let after = when(moment("2026-11-21T21:00:00Z"), now, true);
        assert_eq!(
            (after.days_ahead, after.day, after.hour, after.minutes_ahead),
            (1, 22, 0, 1)
        );
    }

    #[test]
    fn what_is_due_agrees_with_the_day_that_is_shown() {
        use crate::orders::due::Due;
        let now = moment("2026-11-21T12:00:00Z");
        let days = days(now);
        assert_eq!(days.tomorrow, moment("2026-11-21T21:00:00Z"));
        for minutes in -3000..3000 {
            let at = now.plus_seconds(minutes * 60);
            let shown = Due::of(&when(at, now, true));
            let counted = Due::ALL.iter().copied().find(|due| {
                let (from, before) = days.between(*due);
                from.is_none_or(|from| at >= from) && at < before
            });
            assert_eq!(shown, counted, "{minutes}");
        }
    }

    #[test]
    fn a_day_begins_and_ends_at_moscow_midnight() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let last = day("2026-12-31");
        assert_eq!(midnight(last, 0), Some(moment("2026-12-30T21:00:00Z")));
        assert_eq!(midnight(last, 1), Some(moment("2026-12-31T21:00:00Z")));
        assert_eq!(midnight(day("2026-02-30"), 0), None);
    }

    #[test]
    fn days_are_counted_across_months_and_back() {
        let now = moment("2026-11-21T12:00:00Z");
        assert_eq!(
            when(moment("2026-12-02T12:00:00Z"), now, false).days_ahead,
            11
        );
        assert_eq!(
            when(moment("2026-10-21T12:00:00Z"), now, false).days_ahead,
            -31
        );
        assert_eq!(
            when(moment("2026-11-21T11:59:30Z"), now, true).minutes_ahead,
            -1
        );
    }
}
