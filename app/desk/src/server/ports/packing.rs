//! What the packing desk keeps: every scan under the browser's own id, and which offers the catalogue was asked for.

use super::storage::{Order, StoreError};
use crate::{
    account::Email,
    ids::{MarketOrderId, OrderId, OrganisationId, ScanId, UserId},
    orders::WorkState,
    packing::{Act, Outcome},
    time::Timestamp,
    verification::LineVerification,
};
use async_trait::async_trait;

/// A scan as the store keeps one. It is never removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanRecord {
    /// The browser's.
    pub id: ScanId,
    /// The order it was meant for, when the organisation has it.
    pub order: Option<OrderId>,
    /// Who scanned.
    pub user: UserId,
    /// What it was meant to do.
    pub act: Act,
    /// The text as it was heard.
    pub raw: String,
    /// When it was heard, by the browser's clock.
    pub heard_at: Timestamp,
    /// When it came to us.
    pub came_at: Timestamp,
}

/// A scan that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsettledScan {
    /// The scan.
    pub record: ScanRecord,
    /// Why it waits.
    pub outcome: Outcome,
    /// Its order's number.
    pub number: Option<MarketOrderId>,
    /// Who scanned.
    pub who: Email,
}

/// An order to pack: the order with what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderToPack {
    /// The order.
    pub order: Order,
    /// Its shop's name.
    pub shop: String,
    /// What it needs.
    pub work: WorkState,
}

/// Scans, and orders to pack.
#[async_trait]
pub trait Packing {
    /// Writes a scan down. False when its id is known already: then it was done before, or is being done by another
    /// transaction, which this one has waited for.
    async fn begin_scan(
        &mut self,
        organisation: OrganisationId,
        record: &ScanRecord,
    ) -> Result<bool, StoreError>;
    /// Writes what became of a scan that this transaction has begun, or what a person's decision made of it.
    async fn end_scan(
        &mut self,
        organisation: OrganisationId,
        id: ScanId,
        outcome: &Outcome,
    ) -> Result<(), StoreError>;
    /// What became of a scan, with what it was.
    async fn scan(
        &mut self,
        organisation: OrganisationId,
        id: ScanId,
    ) -> Result<Option<(ScanRecord, Outcome)>, StoreError>;
    /// Takes a scan off the list of those that wait for a person; it stays in the table as it ended. False when it
    /// was not on the list.
    async fn settle_scan(
        &mut self,
        organisation: OrganisationId,
        id: ScanId,
        user: UserId,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Scans that ended in a clash and that nobody has settled, oldest first.
    async fn unsettled_scans(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<UnsettledScan>, StoreError>;
    /// Orders in one of these states, nearest deadline first, at most `limit`; and those of these ids, whatever
    /// their state.
    async fn orders_to_pack(
        &mut self,
        organisation: OrganisationId,
        states: &[WorkState],
        also: &[OrderId],
        limit: u32,
    ) -> Result<Vec<OrderToPack>, StoreError>;
    /// Orders that a text names, newest first, at most `limit`: the one of that number; else those whose number ends
    /// so; else those with a box whose label says so. The last two are looked for among orders that are not over.
    async fn orders_called(
        &mut self,
        organisation: OrganisationId,
        text: &str,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError>;
    /// What the marketplace's verification last said of many orders.
    async fn said_of(
        &mut self,
        organisation: OrganisationId,
        orders: &[OrderId],
    ) -> Result<Vec<(OrderId, Vec<LineVerification>)>, StoreError>;
    /// GTINs of many offers, as (article, GTIN).
    async fn gtins_of_offers(
        &mut self,
        organisation: OrganisationId,
        offers: &[String],
    ) -> Result<Vec<(String, String)>, StoreError>;
    /// Forgets that an offer was seen with a GTIN: whoever said so took it back.
    async fn forget_gtin(
        &mut self,
        organisation: OrganisationId,
        offer: &str,
        gtin: &str,
    ) -> Result<(), StoreError>;
    /// Of these offers those that the catalogue was asked for since a moment, and whether it was closed to the key.
    async fn offers_read(
        &mut self,
        organisation: OrganisationId,
        offers: &[String],
        since: Timestamp,
    ) -> Result<Vec<(String, bool)>, StoreError>;
    /// Remembers that the catalogue was asked for these offers, and whether it was closed to the key.
    async fn note_offers_read(
        &mut self,
        organisation: OrganisationId,
        offers: &[String],
        closed: bool,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}
