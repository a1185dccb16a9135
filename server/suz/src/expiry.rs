//! Moments as they write them, and until when a token lives by their own words.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use desk::time::Timestamp;
use jiff::{
    civil::DateTime,
    tz::{self, TimeZone},
};
use serde::Deserialize;
use serde_json::Value;

/// Seconds of the years up to 5138 are below this, milliseconds since 1973 above it.
const FIRST_MILLIS: i64 = 100_000_000_000;

/// They give ten hours. What lies further away than this, or behind us, is a date read wrongly, and whoever believed it
/// would keep a dead token or sign in without end.
const FARTHEST_MILLIS: i64 = 48 * 3_600_000;

/// What a date of theirs says: a moment in milliseconds or seconds, as a number or a text, or ISO 8601. Without an offset it
/// is read as Moscow's time, which at worst renews a token three hours early.
pub(crate) fn of_date(date: &Value) -> Option<Timestamp> {
    match date {
        Value::Number(number) => number.as_i64().map(moment),
        Value::String(text) => of_text(text.trim()),
        _ => None,
    }
}

fn of_text(text: &str) -> Option<Timestamp> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(moment(number));
    }
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(moment.as_millisecond()));
    }
    let civil: DateTime = text.parse().ok()?;
    let moscow = TimeZone::fixed(tz::offset(3));
    let moment = moscow.to_timestamp(civil).ok()?;
    Some(Timestamp(moment.as_millisecond()))
}

fn moment(number: i64) -> Timestamp {
    if number.checked_abs().is_some_and(|size| size < FIRST_MILLIS) {
        Timestamp(number.saturating_mul(1_000))
    } else {
        Timestamp(number)
    }
}

/// What a token that is a JWT says of itself: `exp`, in seconds (RFC 7519, 4.1.4).
pub(crate) fn of_token(token: &str) -> Option<Timestamp> {
    #[derive(Deserialize)]
    struct Claims {
        exp: Value,
    }
    let mut parts = token.split('.');
    let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
    let claims = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
    let claims: Claims = serde_json::from_slice(&claims).ok()?;
    of_date(&claims.exp)
}

/// The moment, if it can be the end of a token given now.
pub(crate) fn believable(moment: Timestamp, now: Timestamp) -> Option<Timestamp> {
    (1..=FARTHEST_MILLIS)
        .contains(&moment.millis_since(now))
        .then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// 2026-11-23 17:36:12 in Moscow.
    const MOMENT: Timestamp = Timestamp(1_795_444_572_000);

    #[test]
    fn every_way_to_write_a_moment_is_read() {
        for date in [
            json!(1_795_444_572_000_i64),
            json!(1_795_444_572),
            json!("1795444572000"),
            json!(" 1795444572 "),
            json!("2026-11-23T14:36:12Z"),
            json!("2026-11-23T14:36:12.000Z"),
            json!("2026-11-23T17:36:12+03:00"),
            json!("2026-11-23T17:36:12.000+0300"),
            json!("2026-11-23T17:36:12"),
            json!("2026-11-23 17:36:12"),
            json!("2026-11-23T17:36:12.000"),
        ] {
            assert_eq!(of_date(&date), Some(MOMENT), "{date}");
        }
    }

    #[test]
    fn what_is_no_moment_says_nothing() {
        for date in [
            json!(null),
            json!(""),
            json!("soon"),
            json!(true),
            json!({}),
            json!([1_795_444_572_000_i64]),
            json!(1.5),
            json!("23.11.2026"),
        ] {
            assert_eq!(of_date(&date), None, "{date}");
        }
    }

    #[test]
    fn a_jwt_tells_its_own_end() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"inn":"7700000000","exp":1795444572}"#);
        assert_eq!(of_token(&format!("e30.{claims}.c2ln")), Some(MOMENT));
        assert_eq!(of_token(&format!("e30.{claims}==.c2ln")), Some(MOMENT));
        let silent = URL_SAFE_NO_PAD.encode(r#"{"inn":"7700000000"}"#);
        for token in [
            "0cc2e4b0-5e2a-4d1c-9d5c-5a6b7c8d9e0f".to_owned(),
            format!("e30.{silent}.c2ln"),
            format!("e30.{claims}"),
            "e30.!!!.c2ln".to_owned(),
            String::new(),
        ] {
            assert_eq!(of_token(&token), None, "{token}");
        }
    }

    #[test]
    fn only_an_end_that_is_to_come_and_near_is_believed() {
        let now = MOMENT;
        let hours = |hours: i64| now.plus_millis(hours * 3_600_000);
        for (moment, believed) in [
            (hours(10), true),
            (hours(1), true),
            (hours(48), true),
            (hours(49), false),
            (now, false),
            (hours(-3), false),
            (Timestamp(i64::MAX), false),
            (Timestamp(i64::MIN), false),
        ] {
            assert_eq!(believable(moment, now).is_some(), believed, "{moment:?}");
        }
    }

    proptest! {
        #[test]
        fn a_written_moment_is_read_back(millis in 1_500_000_000_000_i64..4_000_000_000_000) {
            let written = jiff::Timestamp::from_millisecond(millis).unwrap().to_string();
            prop_assert_eq!(of_date(&json!(written)), Some(Timestamp(millis)));
            prop_assert_eq!(of_date(&json!(millis)), Some(Timestamp(millis)));
            prop_assert_eq!(of_date(&json!(millis / 1_000)), Some(Timestamp(millis / 1_000 * 1_000)));
        }

        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,40}", number in any::<i64>()) {
            of_date(&json!(text));
            of_date(&json!(number));
            of_token(&text);
        }
    }
}
