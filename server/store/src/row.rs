//! Reading rows: what cannot be read back is an error that names the cell, never a panic and never a guess.

use desk::{
    ids::{BusinessId, CampaignId, MarketItemId, MarketOrderId},
    server::ports::storage::StoreError,
    time::Timestamp,
};
use serde::de::DeserializeOwned;
use sqlx::{Row, ValueRef, any::AnyRow};
use std::{fmt::Display, str::FromStr};

/// A row with the names that an error about it needs.
pub(crate) struct Cells<'r> {
    row: &'r AnyRow,
    table: &'static str,
    key: &'static str,
}

impl<'r> Cells<'r> {
    /// A row of a table whose key stands in the column `key`.
    pub(crate) fn new(row: &'r AnyRow, table: &'static str, key: &'static str) -> Self {
        Self { row, table, key }
    }

    /// A number or text as it is kept.
    pub(crate) fn get<T: Cell>(&self, column: &'static str) -> Result<T, StoreError> {
        T::read(self.row, column).map_err(|why| self.inconsistent(column, why))
    }

    /// A text that is parsed: an id, a state's name.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<T, StoreError> {
        self.get::<String>(column)?
            .parse()
            .map_err(|why| self.inconsistent(column, why))
    }

    /// A parsed text that may be absent.
    pub(crate) fn parsed_opt<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        let text = self.get::<Option<String>>(column)?;
        text.map(|text| text.parse().map_err(|why| self.inconsistent(column, why)))
            .transpose()
    }

    /// A text that holds JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        let text = self.get::<String>(column)?;
        serde_json::from_str(&text).map_err(|why| self.inconsistent(column, why))
    }

    /// JSON that may be absent.
    pub(crate) fn json_opt<T: DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        let text = self.get::<Option<String>>(column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|why| self.inconsistent(column, why)))
            .transpose()
    }

    fn inconsistent(&self, column: &'static str, why: impl Display) -> StoreError {
        let row = String::read(self.row, self.key)
            .or_else(|_| i64::read(self.row, self.key).map(|key| key.to_string()))
            .unwrap_or_else(|_| "?".to_owned());
        StoreError::Inconsistent {
            table: self.table,
            column,
            row,
            why: why.to_string(),
        }
    }
}

/// What a column can be read as.
pub(crate) trait Cell: Sized {
    /// Reads it, or says why not.
    fn read(row: &AnyRow, column: &str) -> Result<Self, String>;
}

impl Cell for String {
    fn read(row: &AnyRow, column: &str) -> Result<Self, String> {
        row.try_get(column).map_err(|error| error.to_string())
    }
}

impl Cell for i64 {
    fn read(row: &AnyRow, column: &str) -> Result<Self, String> {
        row.try_get(column).map_err(|error| error.to_string())
    }
}

impl Cell for u32 {
    fn read(row: &AnyRow, column: &str) -> Result<Self, String> {
        i64::read(row, column)?
            .try_into()
            .map_err(|error: std::num::TryFromIntError| error.to_string())
    }
}

impl Cell for bool {
    fn read(row: &AnyRow, column: &str) -> Result<Self, String> {
        match i64::read(row, column)? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(format!("{other} is neither 0 nor 1")),
        }
    }
}

macro_rules! numbers {
    ($($type:ident)*) => {$(
        impl Cell for $type {
            fn read(row: &AnyRow, column: &str) -> Result<Self, String> {
                i64::read(row, column).map($type)
            }
        }
    )*};
}

numbers! { BusinessId CampaignId MarketItemId MarketOrderId Timestamp }

impl<T: Cell> Cell for Option<T> {
    fn read(row: &AnyRow, column: &str) -> Result<Self, String> {
        let absent = row
            .try_get_raw(column)
            .map_err(|error| error.to_string())?
            .is_null();
        if absent {
            Ok(None)
        } else {
            T::read(row, column).map(Some)
        }
    }
}
