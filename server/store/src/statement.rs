//! A statement with its values: every value that crosses into the database goes through here.

use desk::{
    ids::{
        BatchId, BusinessId, CampaignId, DeviceId, DocumentId, EmissionId, IntakeId, JobId,
        LegalEntityId, LineId, MarketItemId, MarketOrderId, MarketReturnId,
        MarketplaceConnectionId, OrderId, OrganisationId, PrintRunId, ScanId, ShopId, SlotId,
        StockBlockId, SubmissionId, SuzConnectionId, UserId,
    },
    server::ports::storage::StoreError,
    time::Timestamp,
};
use serde::Serialize;
use sqlx::{
    Any, AnyConnection, SqlSafeStr,
    any::{AnyArguments, AnyRow},
    query::Query,
};

type AnyQuery = Query<'static, Any, AnyArguments>;

/// One statement and the values of its placeholders so far.
#[must_use]
pub(crate) struct Statement(AnyQuery);

/// A statement without values yet.
pub(crate) fn sql(text: impl SqlSafeStr) -> Statement {
    Statement(sqlx::query(text))
}

impl Statement {
    /// Gives the next placeholder its value.
    pub(crate) fn bind(self, value: impl Value) -> Self {
        Self(value.bind(self.0))
    }

    /// Runs it and returns how many rows it touched.
    pub(crate) async fn run(self, connection: &mut AnyConnection) -> sqlx::Result<u64> {
        Ok(self.0.execute(connection).await?.rows_affected())
    }

    /// The first row, if there is one.
    pub(crate) async fn one(self, connection: &mut AnyConnection) -> sqlx::Result<Option<AnyRow>> {
        self.0.fetch_optional(connection).await
    }

    /// All rows.
    pub(crate) async fn all(self, connection: &mut AnyConnection) -> sqlx::Result<Vec<AnyRow>> {
        self.0.fetch_all(connection).await
    }
}

/// What can stand for a placeholder. Only BIGINT and TEXT reach the database: the `Any` driver reads nothing else
/// alike on both.
pub(crate) trait Value: Sized {
    /// Adds the value.
    fn bind(self, query: AnyQuery) -> AnyQuery;
    /// Adds a NULL of the value's column type; PostgreSQL wants to know which.
    fn bind_null(query: AnyQuery) -> AnyQuery;
}

impl Value for &str {
    /// PostgreSQL keeps no U+0000 in a text, so a stray one in foreign words becomes its visible picture. Where
    /// the exact characters matter the caller stores JSON, which escapes it.
    fn bind(self, query: AnyQuery) -> AnyQuery {
        query.bind(self.replace('\0', "\u{2400}"))
    }

    fn bind_null(query: AnyQuery) -> AnyQuery {
        query.bind(None::<String>)
    }
}

impl Value for i64 {
    fn bind(self, query: AnyQuery) -> AnyQuery {
        query.bind(self)
    }

    fn bind_null(query: AnyQuery) -> AnyQuery {
        query.bind(None::<i64>)
    }
}

macro_rules! values {
    ($($type:ty => |$value:ident| $kept:expr, $as:ty;)*) => {$(
        impl Value for $type {
            fn bind(self, query: AnyQuery) -> AnyQuery {
                let $value = self;
                Value::bind($kept, query)
            }

            fn bind_null(query: AnyQuery) -> AnyQuery {
                <$as>::bind_null(query)
            }
        }
    )*};
    (ids $($id:ty)*) => {
        values! { $($id => |id| id.to_string().as_str(), &str;)* }
    };
}

values! {
    &String => |text| text.as_str(), &str;
    u32 => |number| i64::from(number), i64;
    bool => |flag| i64::from(flag), i64;
    Timestamp => |moment| moment.0, i64;
    BusinessId => |id| id.0, i64;
    CampaignId => |id| id.0, i64;
    MarketItemId => |id| id.0, i64;
    MarketOrderId => |id| id.0, i64;
    MarketReturnId => |id| id.0, i64;
}

values! { ids BatchId DeviceId DocumentId EmissionId IntakeId JobId LegalEntityId LineId MarketplaceConnectionId OrderId OrganisationId PrintRunId ScanId ShopId SlotId StockBlockId SubmissionId SuzConnectionId UserId }

impl<T: Value> Value for Option<T> {
    fn bind(self, query: AnyQuery) -> AnyQuery {
        match self {
            Some(value) => value.bind(query),
            None => T::bind_null(query),
        }
    }

    fn bind_null(query: AnyQuery) -> AnyQuery {
        T::bind_null(query)
    }
}

/// A value as JSON text.
pub(crate) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(database)
}

/// The database's own error, kept as the source.
pub(crate) fn database(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Database(Box::new(error))
}
