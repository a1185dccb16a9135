//! Addresses at which a marketplace tells us that something changed, and what it told.

use super::storage::StoreError;
use crate::{
    ids::{MarketOrderId, MarketplaceConnectionId, OrganisationId, ShopId},
    time::Timestamp,
};
use async_trait::async_trait;
use secrecy::SecretString;

/// The address of a connection, as the store keeps one.
#[derive(Clone, Debug)]
pub struct Hook {
    /// Whose notifications come there.
    pub connection: MarketplaceConnectionId,
    /// The secret part of the address.
    pub secret: SecretString,
    /// When the marketplace was heard last.
    pub heard_at: Option<Timestamp>,
}

/// Addresses for notifications. A connection has one at most; its secret is found by a hash and sealed at rest.
#[async_trait]
pub trait Hooks {
    /// Gives a connection in use an address, in the place of the one it had. Nothing is written for a connection
    /// that is retired or not there.
    async fn save_hook(
        &mut self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        hash: &str,
        secret: &SecretString,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Takes the address of a connection away.
    async fn remove_hook(
        &mut self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
    ) -> Result<(), StoreError>;
    /// Every address of the connections in use.
    async fn hooks(&mut self, organisation: OrganisationId) -> Result<Vec<Hook>, StoreError>;
    /// Whose address has a secret of this hash, with the hash as it is kept: the caller compares them in constant
    /// time. It finds out who is asking, so it names no organisation. Retired connections have none.
    async fn hook_of(
        &mut self,
        hash: &str,
    ) -> Result<Option<(OrganisationId, MarketplaceConnectionId, String)>, StoreError>;
    /// Remembers that the marketplace was heard.
    async fn mark_heard(
        &mut self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Remembers that an order is to be read because the marketplace spoke of it.
    async fn tell_order(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        number: MarketOrderId,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Orders of a connection's shops that are to be read, the first told first, at most `limit`.
    async fn told_orders(
        &mut self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        limit: u32,
    ) -> Result<Vec<(ShopId, MarketOrderId)>, StoreError>;
    /// Forgets that an order is to be read, unless it was told of again after `read_at`.
    async fn forget_told(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        number: MarketOrderId,
        read_at: Timestamp,
    ) -> Result<(), StoreError>;
}
