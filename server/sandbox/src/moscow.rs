//! Dates as the Market writes them: days and offsets of Moscow, headers in GMT.

use jiff::{
    Timestamp,
    civil::Date,
    fmt::rfc2822::DateTimePrinter,
    tz::{Offset, TimeZone},
};

/// Moscow has kept this offset without summer time since 2014, so no time-zone database is needed.
const MOSCOW: Offset = Offset::constant(3);

/// One day, milliseconds.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// A moment as `2026-11-21T23:15:00+03:00`.
pub(crate) fn iso(ms: i64) -> String {
    timestamp(ms)
        .to_zoned(TimeZone::fixed(MOSCOW))
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// A moment as `21-11-2026 23:15:00`, the older way, in Moscow.
pub(crate) fn day_first(ms: i64) -> String {
    timestamp(ms)
        .to_zoned(TimeZone::fixed(MOSCOW))
        .strftime("%d-%m-%Y %H:%M:%S")
        .to_string()
}

/// The day it is in Moscow.
pub(crate) fn date(ms: i64) -> Date {
    timestamp(ms).to_zoned(TimeZone::fixed(MOSCOW)).date()
}

/// The moment a day begins in Moscow; `None` for a day outside of the calendar.
pub(crate) fn start_of(date: Date) -> Option<i64> {
    MOSCOW
        .to_timestamp(date.at(0, 0, 0, 0))
        .ok()
        .map(Timestamp::as_millisecond)
}

/// A moment as an HTTP header has it: `Sat, 21 Nov 2026 20:15:00 GMT`.
pub(crate) fn http_date(ms: i64) -> String {
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&timestamp(ms))
        .unwrap_or_else(|_| "Thu, 01 Jan 1970 00:00:00 GMT".to_owned())
}

/// The moment an ISO 8601 text with an offset names.
pub(crate) fn parse_moment(text: &str) -> Option<i64> {
    text.parse::<Timestamp>()
        .ok()
        .map(Timestamp::as_millisecond)
}

/// A day written as `2026-11-21`.
pub(crate) fn parse_day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// An optional day as JSON text, for serde's `with`.
pub(crate) mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde prescribes the signature"
    )]
    pub(crate) fn serialize<S: Serializer>(
        day: &Option<Date>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => serializer.collect_str(day),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Date>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| {
            super::parse_day(&text).ok_or_else(|| D::Error::custom(format!("{text} is not a day")))
        })
        .transpose()
    }
}

/// The nearest moment the calendar can hold.
fn timestamp(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_of_moscow() {
        let before = parse_moment("2026-11-21T23:59:59+03:00").unwrap();
        assert_eq!(date(before).to_string(), "2026-11-21");
        assert_eq!(date(before + 1_000).to_string(), "2026-11-22");
        assert_eq!(start_of(date(before + 1_000)), Some(before + 1_000));
        assert_eq!(iso(before), "2026-11-21T23:59:59+03:00");
        assert_eq!(http_date(before), "Sat, 21 Nov 2026 20:59:59 GMT");
    }
}
