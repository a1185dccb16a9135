//! What the marketplace's verification says of each order, kept between questions.

use super::storage::StoreError;
use crate::{
    ids::{OrderId, OrganisationId, ShopId},
    time::Timestamp,
    verification::{Light, LineVerification},
};
use async_trait::async_trait;

/// The verification of what an order holds at the marketplace. A new submission begins a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The order.
    pub order: OrderId,
    /// What the last answer comes to; none before the first.
    pub light: Option<Light>,
    /// The last answer.
    pub lines: Vec<LineVerification>,
    /// Answers so far.
    pub asked: u32,
    /// When the last answer came.
    pub asked_at: Option<Timestamp>,
    /// When to ask next; none when nothing is left to ask.
    pub next_at: Option<Timestamp>,
    /// Why the last question brought no answer.
    pub trouble: Option<String>,
}

impl Verification {
    /// The verification of something that was just stored.
    pub const fn begun(order: OrderId, next_at: Timestamp) -> Self {
        Self {
            order,
            light: None,
            lines: Vec::new(),
            asked: 0,
            asked_at: None,
            next_at: Some(next_at),
            trouble: None,
        }
    }
}

/// Verifications.
#[async_trait]
pub trait Verifications {
    /// The verification of an order.
    async fn verification(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Option<Verification>, StoreError>;
    /// Writes it over the one of the same order; the order's revision grows.
    async fn save_verification(
        &mut self,
        organisation: OrganisationId,
        verification: &Verification,
    ) -> Result<(), StoreError>;
    /// Orders of a shop that are to be asked about by `now`, the nearest shipping deadline first, at most `limit`.
    async fn due_verifications(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError>;
    /// The earliest moment at which an order of a shop is to be asked about.
    async fn next_verification(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
    ) -> Result<Option<Timestamp>, StoreError>;
}
