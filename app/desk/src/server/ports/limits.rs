//! Limits of remote accounts, shared by all processes: they belong to the account, not to us.

use super::storage::StoreError;
use crate::time::Timestamp;
use async_trait::async_trait;

/// What a limit is counted by: the account (a campaign, a business, a key) and the resource.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LimitKey {
    /// `campaign:123`, `business:45`, `key:…abcd` — never a secret.
    pub account: String,
    /// The method's name, e.g. `identifiers`.
    pub resource: &'static str,
}

/// The memory of what remote accounts allow.
#[async_trait]
pub trait Limits: Send + Sync {
    /// Until when calls to the resource would be refused, if that is still ahead of `now`.
    async fn blocked_until(
        &self,
        key: &LimitKey,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError>;

    /// Remembers that the resource is used up until a moment.
    async fn block(&self, key: &LimitKey, until: Timestamp) -> Result<(), StoreError>;
}
