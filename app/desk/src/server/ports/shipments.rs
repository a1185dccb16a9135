//! Saying «ready to ship», order by order.

use super::storage::StoreError;
use crate::{
    ids::{OrderId, OrganisationId, ShopId, UserId},
    shipping::ShippingState,
    submission::TheirWords,
    time::Timestamp,
};
use async_trait::async_trait;

/// A shipment as the store keeps one; an order has one at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// The order.
    pub order: OrderId,
    /// Where it stands.
    pub state: ShippingState,
    /// Who asked for it.
    pub user: UserId,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Calls begun so far.
    pub attempts: u32,
    /// When to try next, while it is in flight.
    pub next_at: Option<Timestamp>,
    /// When its fate became known.
    pub settled_at: Option<Timestamp>,
    /// Their words, when they said no.
    pub refusal: Option<TheirWords>,
    /// The network's words, while there is no answer.
    pub trouble: Option<String>,
}

/// The labels of an order as they were last fetched for printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedLabels {
    /// The number of the submission whose boxes they show; 0 for boxes that were not stored by Metka.
    pub submission: u32,
    /// When.
    pub at: Timestamp,
}

/// Shipments.
#[async_trait]
pub trait Shipments {
    /// The shipment of an order.
    async fn shipment(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Option<Shipment>, StoreError>;
    /// Writes it over the one of the same order, unless that one is no longer in the state `from` (none: there was
    /// none): false then. The order's revision grows.
    async fn save_shipment(
        &mut self,
        organisation: OrganisationId,
        shipment: &Shipment,
        from: Option<ShippingState>,
    ) -> Result<bool, StoreError>;
    /// Shipments of a shop that are in flight and due by `now`, the nearest deadline first, at most `limit`.
    async fn due_shipments(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Shipment>, StoreError>;
    /// The earliest moment at which a shipment of a shop is due.
    async fn next_shipment(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
    ) -> Result<Option<Timestamp>, StoreError>;
    /// Makes every shipment of a shop that is in flight due at `now`, because what they waited for may have come.
    async fn wake_shipments(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// Forgets the refused shipment of an order, because another layout is being sent.
    async fn forget_shipment(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<(), StoreError>;
    /// Remembers that labels were fetched for printing.
    async fn note_labels(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        printed: &PrintedLabels,
    ) -> Result<(), StoreError>;
    /// When labels were fetched last, and of which boxes.
    async fn printed_labels(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Option<PrintedLabels>, StoreError>;
}
