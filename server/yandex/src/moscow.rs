//! Dates as the Market writes them. Days without a zone are days in Moscow, which has kept UTC+3 since 2014.

use desk::{server::ports::market::CallError, time::Timestamp};
use jiff::{
    civil::{Date, DateTime, Time},
    tz::{self, TimeZone},
};
use serde::Deserialize;

/// Not a date in the form that the documentation promises. It does not repeat the text: answers stay out of logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the documented form")]
pub(crate) struct NotADate;

/// A moment: ISO 8601 with an offset; without one it is Moscow's.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Moment(pub(crate) Timestamp);

impl TryFrom<String> for Moment {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            return Ok(Self(Timestamp(moment.as_millisecond())));
        }
        let civil: DateTime = text.parse().map_err(|_| NotADate)?;
        at(civil).map(Self).ok_or(NotADate)
    }
}

/// A calendar day, `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Day(pub(crate) Date);

impl TryFrom<String> for Day {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse().map(Self).map_err(|_| NotADate)
    }
}

/// A time of day in Moscow on a day.
pub(crate) fn at_time(day: Date, time: Time) -> Option<Timestamp> {
    at(day.to_datetime(time))
}

/// The last second of a day, so that the moment still shows that day's date.
pub(crate) fn end_of(day: Date) -> Option<Timestamp> {
    at(day.at(23, 59, 59, 0))
}

/// A moment in the form that requests take: ISO 8601 with an offset. An error outside the calendar's years.
pub(crate) fn written(moment: Timestamp) -> Result<String, CallError> {
    let known = jiff::Timestamp::from_millisecond(moment.0).map_err(|_| {
        CallError::Argument(format!("{} ms after 1970 is in no calendar", moment.0))
    })?;
    Ok(known.display_with_offset(tz::offset(3)).to_string())
}

/// The Moscow day of a moment, `YYYY-MM-DD`.
pub(crate) fn day(moment: Timestamp) -> Result<String, CallError> {
    Ok(written(moment)?.chars().take("YYYY-MM-DD".len()).collect())
}

fn at(civil: DateTime) -> Option<Timestamp> {
    let moment = TimeZone::fixed(tz::offset(3)).to_timestamp(civil).ok()?;
    Some(Timestamp(moment.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Result<i64, NotADate> {
        Moment::try_from(text.to_owned()).map(|moment| moment.0.0)
    }

    #[test]
    fn moments_are_read_with_any_offset_and_without_one() {
        let expected = Ok(1_756_719_000_000);
        assert_eq!(moment("2025-09-01T12:30:00+03:00"), expected);
        assert_eq!(moment("2025-09-01T09:30:00Z"), expected);
        assert_eq!(moment("2025-09-01T12:30:00.000000+03:00"), expected);
        assert_eq!(moment("2025-09-01T12:30:00"), expected);
        assert_eq!(moment("01-09-2025 12:30:00"), Err(NotADate));
    }

    #[test]
    fn a_written_moment_has_an_offset_and_reads_back() {
        let written = written(Timestamp(1_756_719_000_000)).unwrap();
        assert_eq!(written, "2025-09-01T12:30:00+03:00");
        assert_eq!(moment(&written), Ok(1_756_719_000_000));
    }

    #[test]
    fn an_evening_in_greenwich_is_the_next_day_in_moscow() {
        assert_eq!(day(Timestamp(1_756_760_399_000)).unwrap(), "2025-09-01");
        assert_eq!(day(Timestamp(1_756_760_400_000)).unwrap(), "2025-09-02");
    }

    #[test]
    fn a_day_ends_in_moscow() {
        let day = Day::try_from("2025-09-01".to_owned()).unwrap().0;
        assert_eq!(end_of(day), Some(Timestamp(1_756_760_399_000)));
    }
}
