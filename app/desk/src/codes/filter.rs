//! What the list of codes shows, and how it is written into an address.

use super::{CodeState, Origin, UnknownName};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Where a searched text is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchBy {
    /// As a whole code or КИ in any spelling, as a whole GTIN, as the start of a serial number, as the last characters.
    #[default]
    Anything,
    /// As a GTIN or the start of one.
    Gtin,
    /// As the start of a serial number.
    Serial,
    /// As the last characters of the КИ or of the whole code.
    End,
}

impl SearchBy {
    /// Every place, in the order in which people choose them.
    pub const ALL: &[Self] = &[Self::Anything, Self::Gtin, Self::Serial, Self::End];

    /// The name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anything => "any",
            Self::Gtin => "gtin",
            Self::Serial => "serial",
            Self::End => "end",
        }
    }
}

impl FromStr for SearchBy {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|by| by.as_str() == text)
            .ok_or(UnknownName)
    }
}

/// A calendar date, `2026-11-21`, as `<input type="date">` writes it. The days are Moscow's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    /// Year, 1 to 9999.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31; whether the month has it, is for the calendar to say.
    pub day: u8,
}

/// The text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct DayError;

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())).then_some(())
        };
        let mut parts = text.splitn(3, '-');
        let mut part = |length| {
            let part = parts.next().ok_or(DayError)?;
            digits(part, length).ok_or(DayError)?;
            Ok(part)
        };
        let day = Self {
            year: part(4)?.parse().map_err(|_| DayError)?,
            month: part(2)?.parse().map_err(|_| DayError)?,
            day: part(2)?.parse().map_err(|_| DayError)?,
        };
        let lawful = day.year > 0 && (1..=12).contains(&day.month) && (1..=31).contains(&day.day);
        lawful.then_some(day).ok_or(DayError)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

/// The last row of a page: the next one begins behind it, however many rows came or went meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// When that code came.
    pub at: Timestamp,
    /// Its key.
    pub key: String,
}

impl FromStr for Cursor {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (at, key) = text.split_once('.').ok_or(UnknownName)?;
        let at = at.parse().map(Timestamp).map_err(|_| UnknownName)?;
        let key = key.to_owned();
        Ok(Self { at, key })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.0, self.key)
    }
}

/// What the list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// What is searched, as typed, or nothing.
    pub search: String,
    /// Where it is looked for.
    pub by: SearchBy,
    /// Only codes that stand so.
    pub state: Option<CodeState>,
    /// Only codes that came so.
    pub origin: Option<Origin>,
    /// Only codes that came on this day or later.
    pub from: Option<Day>,
    /// Only codes that came on this day or earlier.
    pub to: Option<Day>,
    /// Behind this row.
    pub after: Option<Cursor>,
}

impl Filter {
    /// Reads the parameters of an address; what makes no sense counts as not given.
    pub fn read(parameter: impl Fn(&str) -> Option<String>) -> Self {
        fn named<T: FromStr>(text: Option<String>) -> Option<T> {
            text.and_then(|text| text.parse().ok())
        }
        Self {
            search: parameter("search")
                .map(|text| text.trim_matches([' ', '\t', '\r', '\n']).to_owned())
                .unwrap_or_default(),
            by: named(parameter("by")).unwrap_or_default(),
            state: named(parameter("state")),
            origin: named(parameter("origin")),
            from: named(parameter("from")),
            to: named(parameter("to")),
            after: named(parameter("after")),
        }
    }

    /// The parameters that [`Filter::read`] reads back; what is as usual is left out.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        if !self.search.is_empty() {
            all.push(("search", self.search.clone()));
        }
        if self.by != SearchBy::default() {
            all.push(("by", self.by.as_str().to_owned()));
        }
        all.extend(self.state.map(|it| ("state", it.as_str().to_owned())));
        all.extend(self.origin.map(|it| ("origin", it.as_str().to_owned())));
        all.extend(self.from.map(|day| ("from", day.to_string())));
        all.extend(self.to.map(|day| ("to", day.to_string())));
        all.extend(self.after.as_ref().map(|it| ("after", it.to_string())));
        all
    }

    /// Whether anything but the page is chosen.
    pub fn is_narrow(&self) -> bool {
        *self
            != Self {
                after: self.after.clone(),
                ..Self::default()
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_is_what_a_browser_writes() {
        let day = "2026-11-21".parse::<Day>().unwrap();
        assert_eq!((day.year, day.month, day.day), (2026, 11, 21));
        for bad in [
            "",
            "2026-11",
            "21.11.2026",
            "2026-13-01",
            "2026-00-01",
            "2026-01-32",
            "+026-01-01",
            "0000-01-01",
            "2026-1-1",
            "2026-01-01-",
        ] {
            assert_eq!(bad.parse::<Day>(), Err(DayError), "{bad}");
        }
    }

    #[test]
    fn nonsense_in_an_address_counts_as_not_given() {
        let kept = Filter::read(|_| Some("%%%".into()));
        assert_eq!(
            kept,
            Filter {
                search: "%%%".into(),
                ..Filter::default()
            }
        );
        assert!(!Filter::read(|_| None).is_narrow());
    }

    proptest! {
        #[test]
        fn a_filter_is_read_back_from_its_parameters(
            search in "[!-~\u{1d}][ -~\u{1d}]{0,40}[!-~]",
            by in proptest::sample::select(SearchBy::ALL),
            state in proptest::option::of(proptest::sample::select(CodeState::ALL)),
            origin in proptest::option::of(proptest::sample::select(Origin::ALL)),
            day in proptest::option::of((1i16..=9999, 1u8..=12, 1u8..=31)),
            after in proptest::option::of((any::<i64>(), "[!-~]{1,40}")),
        ) {
            let day = day.map(|(year, month, day)| Day { year, month, day });
            let after = after.map(|(at, key)| Cursor { at: Timestamp(at), key });
            let filter = Filter { search, by, state, origin, from: day, to: day, after };
            let parameters = filter.parameters();
            let read = Filter::read(|name| {
                parameters.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
            });
            prop_assert_eq!(read, filter);
        }
    }
}
