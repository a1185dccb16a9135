//! What an answer says about the hourly budget of its resource.
//!
//! See [limits](https://yandex.ru/dev/market/partner-api/doc/ru/concepts/limits).

use desk::{submission::TheirWords, time::Timestamp};
use http::HeaderMap;
use jiff::fmt::rfc2822::DateTimeParser;

const LIMIT: &str = "x-ratelimit-resource-limit";
const REMAINING: &str = "x-ratelimit-resource-remaining";
const UNTIL: &str = "x-ratelimit-resource-until";

/// Budgets are hourly, so a date further away than this is a mistake that must not silence a shop for years.
const FARTHEST_MILLIS: i64 = 24 * 3_600_000;

/// The day of the week is not checked: the documentation's own sample has a wrong one.
const DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// The budget headers of one answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Budget {
    /// Calls that the whole budget has.
    pub(crate) limit: Option<u64>,
    /// Calls that are left.
    pub(crate) remaining: Option<u64>,
    /// When the budget is renewed.
    pub(crate) until: Option<Timestamp>,
}

/// How long a 420 asks to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// The hourly budget is spent: nobody may call this resource before that moment.
    Until(Timestamp),
    /// Too many calls at once: a moment of patience, and nothing to remember.
    Shortly,
}

impl Budget {
    /// Reads the headers; what cannot be read counts as unsaid.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let number = |name| text(name).and_then(|number| number.trim().parse().ok());
        Self {
            limit: number(LIMIT),
            remaining: number(REMAINING),
            until: text(UNTIL)
                .and_then(|date| DATES.parse_timestamp(date.trim()).ok())
                .map(|moment| Timestamp(moment.as_millisecond())),
        }
    }

    /// Until when the resource gives nothing more, told by an answer that was itself given.
    pub(crate) fn spent_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.until_ahead(now).filter(|_| self.remaining == Some(0))
    }

    /// What a 420 with these headers asks for. Every answer carries the headers, one about parallel calls too, so
    /// the words and a budget that is left tell the two apart.
    pub(crate) fn wait(&self, words: &TheirWords, now: Timestamp) -> Wait {
        let parallel = words.errors.iter().any(|error| {
            error
                .message
                .as_deref()
                .is_some_and(|message| message.contains("parallel"))
        });
        let left = self.remaining.is_some_and(|remaining| remaining > 0);
        match self.until_ahead(now) {
            Some(until) if !parallel && !left => Wait::Until(until),
            _ => Wait::Shortly,
        }
    }

    /// When the budget is renewed, if that is still to come and not unbelievably far.
    pub(crate) fn until_ahead(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.until.filter(|until| *until > now)?;
        Some(until.min(now.plus_millis(FARTHEST_MILLIS)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::submission::TheirError;
    use http::HeaderValue;

    const NOW: Timestamp = Timestamp(1_531_182_000_000);
    /// `10 Jul 2018 00:42:42 GMT`.
    const UNTIL_MOMENT: Timestamp = Timestamp(1_531_183_362_000);

    fn budget(remaining: Option<&str>, until: Option<&str>) -> Budget {
        let mut headers = HeaderMap::new();
        for (name, value) in [(REMAINING, remaining), (UNTIL, until)] {
            if let Some(value) = value {
                headers.insert(name, HeaderValue::from_str(value).unwrap());
            }
        }
        Budget::of(&headers)
    }

    fn words(message: &str) -> TheirWords {
        TheirWords {
            http: 420,
            errors: vec![TheirError {
                code: "LIMIT".into(),
                message: Some(message.into()),
            }],
        }
    }

    #[test]
    fn dates_are_read_with_a_wrong_weekday_and_with_any_zone() {
        for date in [
            "Thu, 10 Jul 2018 00:42:42 GMT",
            "Tue, 10 Jul 2018 00:42:42 GMT",
            "Tue, 10 Jul 2018 03:42:42 +0300",
            "10 Jul 2018 00:42:42 +0000",
            " Tue, 10 Jul 2018 00:42:42 UT ",
        ] {
            assert_eq!(budget(None, Some(date)).until, Some(UNTIL_MOMENT), "{date}");
        }
        assert_eq!(budget(None, Some("soon")).until, None);
    }

    #[test]
    fn a_spent_budget_blocks_and_a_left_one_does_not() {
        let date = Some("Tue, 10 Jul 2018 00:42:42 GMT");
        assert_eq!(budget(Some("0"), date).spent_until(NOW), Some(UNTIL_MOMENT));
        assert_eq!(budget(Some("1"), date).spent_until(NOW), None);
        assert_eq!(budget(None, date).spent_until(NOW), None);
        assert_eq!(budget(Some("0"), None).spent_until(NOW), None);
        assert_eq!(budget(Some("0"), date).spent_until(UNTIL_MOMENT), None);
    }

    #[test]
    fn a_420_waits_for_the_hour_only_when_the_hour_is_spent() {
        let date = Some("Tue, 10 Jul 2018 00:42:42 GMT");
        let spent = words("Hit rate limit of 100 requests per hour");
        let parallel = words("Hit rate limit of 4 parallel requests for campaignId 1");
        assert_eq!(
            budget(Some("0"), date).wait(&spent, NOW),
            Wait::Until(UNTIL_MOMENT)
        );
        assert_eq!(
            budget(None, date).wait(&spent, NOW),
            Wait::Until(UNTIL_MOMENT)
        );
        assert_eq!(budget(None, None).wait(&spent, NOW), Wait::Shortly);
        assert_eq!(budget(Some("7"), date).wait(&spent, NOW), Wait::Shortly);
        assert_eq!(budget(Some("0"), date).wait(&parallel, NOW), Wait::Shortly);
        assert_eq!(
            budget(Some("0"), date).wait(&spent, UNTIL_MOMENT),
            Wait::Shortly
        );
    }

    #[test]
    fn a_date_years_ahead_blocks_for_a_day_at_most() {
        let spent = budget(Some("0"), Some("10 Jul 2118 00:42:42 GMT"));
        assert_eq!(
            spent.spent_until(NOW),
            Some(NOW.plus_millis(FARTHEST_MILLIS))
        );
    }
}
