//! Telling open pages what changed.

use crate::ids::OrganisationId;

pub use crate::live::Change;

/// Where changes are told, after the commit that made them.
pub trait Events: Send + Sync {
    /// Tells everybody who watches this organisation.
    fn tell(&self, organisation: OrganisationId, change: Change);
}
