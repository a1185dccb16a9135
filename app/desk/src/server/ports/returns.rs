//! Returns as the store keeps them, and the marks that came back with them.

use super::storage::{FactsChange, StoreError};
use crate::{
    ids::{MarketReturnId, OrderId, OrganisationId, ShopId},
    returns::{MarketReturn, ReturnKind, ReturnedUnit, ReturnedUnitStatus},
    time::Timestamp,
};
use async_trait::async_trait;

/// A returned unit with the mark that it was recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRecord {
    /// What the marketplace says of it.
    pub unit: ReturnedUnit,
    /// The identity of its mark (`cis:…`), when the marketplace named one that can be read.
    pub mark_key: Option<String>,
}

/// A mark of an order that comes back, or came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedMark {
    /// The return.
    pub number: MarketReturnId,
    /// What kind it is.
    pub kind: Option<ReturnKind>,
    /// The mark's identity, by which a slot of the order is found.
    pub mark_key: String,
    /// Where the unit is. [`ReturnedUnitStatus::called_off`] and [`ReturnedUnitStatus::back_with_shop`] say what it
    /// means for the code.
    pub status: Option<ReturnedUnitStatus>,
    /// Their word for its condition.
    pub stock_type: Option<String>,
    /// When the return changed last, by their clock.
    pub updated_at: Option<Timestamp>,
}

/// Returns.
#[async_trait]
pub trait Returns {
    /// Writes what the marketplace says of a return, with its units. `order` is the order it comes from, when we
    /// hold it. An older reading (`read_at` before the kept one) changes nothing.
    async fn save_return(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        order: Option<OrderId>,
        facts: &MarketReturn,
        units: &[UnitRecord],
        read_at: Timestamp,
    ) -> Result<FactsChange, StoreError>;
    /// The marks of an order that are on their way back or came back, the newest return first.
    async fn returned_marks(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Vec<ReturnedMark>, StoreError>;
    /// Lets a mark go that lies in a slot of the order: it stays there to be seen and may be put into another
    /// order. False when it does not lie there, or was let go before.
    async fn release_mark(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        mark_key: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
    /// When a shop's returns were read last, whole.
    async fn returns_read_at(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
    ) -> Result<Option<Timestamp>, StoreError>;
    /// Remembers that a shop's returns were read whole.
    async fn mark_returns_read(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}
