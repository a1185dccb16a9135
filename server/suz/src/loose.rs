//! Values that are written in more than one way.

use serde::{Deserialize, Deserializer, de::IgnoredAny};

/// A text that may be written as a number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Scalar")]
pub(crate) struct Text(pub(crate) Option<String>);

/// A whole number that may be written as a text or with a fraction of nothing; nothing when it is something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Scalar")]
pub(crate) struct Whole(pub(crate) Option<i64>);

/// Yes or no, which may be written as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Scalar")]
pub(crate) struct Flag(pub(crate) Option<bool>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Flag(bool),
    Whole(i64),
    Fraction(f64),
    Text(String),
    Other(IgnoredAny),
}

impl From<Scalar> for Text {
    fn from(value: Scalar) -> Self {
        Self(match value {
            Scalar::Text(text) => Some(text).filter(|text| !text.trim().is_empty()),
            Scalar::Whole(number) => Some(number.to_string()),
            Scalar::Fraction(number) => Some(number.to_string()),
            Scalar::Flag(_) | Scalar::Other(_) => None,
        })
    }
}

impl From<Scalar> for Whole {
    fn from(value: Scalar) -> Self {
        Self(match value {
            Scalar::Whole(number) => Some(number),
            // Up to here every whole number has its own `f64`; more kopecks than that nobody has.
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the bounds are those within which nothing is lost"
            )]
            Scalar::Fraction(number)
                if number.trunc().total_cmp(&number).is_eq() && number.abs() < 9e15 =>
            {
                Some(number as i64)
            }
            Scalar::Text(text) => text.trim().parse().ok(),
            _ => None,
        })
    }
}

impl From<Scalar> for Flag {
    fn from(value: Scalar) -> Self {
        Self(match value {
            Scalar::Flag(flag) => Some(flag),
            Scalar::Text(text) => text.trim().to_ascii_lowercase().parse().ok(),
            _ => None,
        })
    }
}

/// A list that may be `null`. With `#[serde(default)]` it may also be missing.
pub(crate) fn list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: for<'de> Deserialize<'de>>(json: &str) -> T {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn numbers_are_read_however_they_are_written() {
        for (json, expected) in [
            ("1050", Some(1050)),
            ("-1", Some(-1)),
            ("\" 1050 \"", Some(1050)),
            ("1050.0", Some(1050)),
            ("1050.5", None),
            ("1e300", None),
            ("\"many\"", None),
            ("null", None),
            ("{}", None),
            ("[1]", None),
        ] {
            assert_eq!(read::<Whole>(json), Whole(expected), "{json}");
        }
    }

    #[test]
    fn texts_are_read_however_they_are_written() {
        for (json, expected) in [
            ("\"3.0.36\"", Some("3.0.36")),
            ("3", Some("3")),
            ("3.5", Some("3.5")),
            ("\" \"", None),
            ("null", None),
            ("{\"a\":1}", None),
        ] {
            assert_eq!(read::<Text>(json), Text(expected.map(Into::into)), "{json}");
        }
    }

    #[test]
    fn flags_are_read_however_they_are_written() {
        for (json, expected) in [
            ("true", Some(true)),
            ("\"False\"", Some(false)),
            ("1", None),
            ("null", None),
        ] {
            assert_eq!(read::<Flag>(json), Flag(expected), "{json}");
        }
    }

    #[test]
    fn a_list_may_be_null_or_missing() {
        #[derive(Debug, Deserialize)]
        struct Sample {
            #[serde(default, deserialize_with = "list")]
            groups: Vec<String>,
        }
        assert_eq!(read::<Sample>(r#"{"groups":["lp"]}"#).groups, ["lp"]);
        assert!(read::<Sample>(r#"{"groups":null}"#).groups.is_empty());
        assert!(read::<Sample>("{}").groups.is_empty());
    }
}
