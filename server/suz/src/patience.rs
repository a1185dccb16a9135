//! How long a 429 asks to wait (RFC 9110, 10.2.3).

use desk::time::Timestamp;
use http::{HeaderMap, header::RETRY_AFTER};
use jiff::fmt::rfc2822::DateTimeParser;

/// When it does not say.
const USUAL_MILLIS: i64 = 10_000;

/// A moment further away than this is a mistake that must not silence a company for days.
const FARTHEST_MILLIS: i64 = 3_600_000;

/// A wrong day of the week does not make a date wrong.
const DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// Until when to wait, by `Retry-After` in seconds or as a date, else for ten seconds.
pub(crate) fn of(headers: &HeaderMap, now: Timestamp) -> Timestamp {
    let said = headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| moment(text.trim(), now))
        .filter(|until| *until > now);
    said.unwrap_or_else(|| now.plus_millis(USUAL_MILLIS))
        .min(now.plus_millis(FARTHEST_MILLIS))
}

fn moment(text: &str, now: Timestamp) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(now.plus_seconds(seconds));
    }
    let date = DATES.parse_timestamp(text).ok()?;
    Some(Timestamp(date.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    /// 2026-11-23 14:36:12 UTC.
    const NOW: Timestamp = Timestamp(1_795_444_572_000);

    #[test]
    fn seconds_and_dates_are_understood_and_nonsense_is_ten_seconds() {
        for (said, seconds) in [
            ("30", 30),
            (" 1 ", 1),
            ("Mon, 23 Nov 2026 14:37:12 GMT", 60),
            ("Sun, 23 Nov 2026 14:37:12 GMT", 60),
            ("Mon, 23 Nov 2026 14:36:12 GMT", 10),
            ("Tue, 24 Nov 2026 14:36:12 GMT", 3_600),
            ("0", 10),
            ("-5", 10),
            ("86400", 3_600),
            ("99999999999999999999", 10),
            ("soon", 10),
            ("", 10),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_str(said).unwrap());
            assert_eq!(of(&headers, NOW), NOW.plus_seconds(seconds), "{said:?}");
        }
        assert_eq!(of(&HeaderMap::new(), NOW), NOW.plus_seconds(10));
    }
}
