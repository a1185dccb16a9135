//! A row of the data file: what it says, and where and when that is so.

use crate::codes::Day;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};
use toml::{Table, Value};

/// A row with its own source and days. What it does not name is its group's, or that of all rows of its kind.
///
/// A row that is a table has them among its keys; one that is a single word becomes a table with the word as `is`.
#[derive(Clone, Debug)]
pub(super) struct Row<T> {
    /// The rule.
    pub(super) says: T,
    /// The section of the document.
    pub(super) source: Option<String>,
    /// The first day.
    pub(super) from: Option<Day>,
    /// The last day.
    pub(super) until: Option<Day>,
}

impl<T> From<T> for Row<T> {
    fn from(says: T) -> Self {
        Self {
            says,
            source: None,
            from: None,
            until: None,
        }
    }
}

impl<T> Row<T> {
    /// Whether it holds on that day, as far as it says itself.
    pub(super) fn holds(&self, on: Day) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }
}

/// The rules of those rows that hold on a day.
pub(super) fn in_force<T>(rows: &[Row<T>], on: Day) -> impl Iterator<Item = &T> {
    rows.iter()
        .filter(move |row| row.holds(on))
        .map(|row| &row.says)
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Row<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut value = Value::deserialize(deserializer)?;
        let (mut source, mut from, mut until, mut word) = (None, None, None, None);
        if let Value::Table(table) = &mut value {
            source = taken(table, "source").map_err(D::Error::custom)?;
            from = taken(table, "from").map_err(D::Error::custom)?;
            until = taken(table, "until").map_err(D::Error::custom)?;
            word = table.remove("is");
            if word.is_some() && !table.is_empty() {
                return Err(D::Error::custom("a row with `is` has nothing else to say"));
            }
        }
        let says = word.unwrap_or(value).try_into().map_err(D::Error::custom)?;
        Ok(Self {
            says,
            source,
            from,
            until,
        })
    }
}

fn taken<T: DeserializeOwned>(table: &mut Table, key: &str) -> Result<Option<T>, toml::de::Error> {
    table.remove(key).map(Value::try_into).transpose()
}
