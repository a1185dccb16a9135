//! The order list as the store draws it: a page, and counts, each by one query.

use super::storage::{OrderSummary, StoreError};
use crate::{
    ids::{OrganisationId, ShopId},
    marketplace::Model,
    orders::{OrderFilter, WorkState, due::Due},
    time::Timestamp,
};
use async_trait::async_trait;

/// The moments between the days that deadlines are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// Now.
    pub now: Timestamp,
    /// The midnight after which it is tomorrow.
    pub tomorrow: Timestamp,
    /// The midnight after that.
    pub day_after: Timestamp,
}

impl Days {
    /// The moments that a deadline lies between: from the first on, before the second.
    pub const fn between(&self, due: Due) -> (Option<Timestamp>, Timestamp) {
        match due {
            Due::Overdue => (None, self.now),
            Due::Today => (Some(self.now), self.tomorrow),
            Due::Tomorrow => (Some(self.tomorrow), self.day_after),
        }
    }
}

/// The order list.
#[async_trait]
pub trait Lists {
    /// The rows of a page, nearest deadline first (orders without one last, then newest number first), with how
    /// many there are in all. With a search text every tab is searched: a part of the number, a prefix of an
    /// article, a part of a product's name (case folded, Cyrillic too), or a mark that lies in a slot.
    async fn list(
        &mut self,
        organisation: OrganisationId,
        filter: &OrderFilter,
        days: &Days,
    ) -> Result<(Vec<OrderSummary>, u32), StoreError>;
    /// How many orders stand in each state with each deadline, of one shop and model or of all.
    async fn count_by_due(
        &mut self,
        organisation: OrganisationId,
        shop: Option<ShopId>,
        model: Option<&Model>,
        days: &Days,
    ) -> Result<Vec<(WorkState, Option<Due>, u32)>, StoreError>;
    /// Every shop whose connection is in use, by name.
    async fn shop_names(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<(ShopId, String)>, StoreError>;
}
