//! Time and randomness, as arguments.

use crate::time::Timestamp;

/// Where «now» comes from. With the sandbox on it is the sandbox's clock, so that moving that clock moves
/// sessions, leases and schedules alike.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// Where random bytes come from: ids, session tokens, salts.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    ///
    /// # Errors
    /// When the operating system has none to give; nothing may be made up instead.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError>;
}

/// The operating system gave no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct EntropyError;
