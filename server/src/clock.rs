//! The clocks and the randomness of the program.

use desk::{
    server::ports::clock::{Clock, Entropy, EntropyError},
    time::Timestamp,
};
use sandbox::Sandbox;

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's time enters"
    )]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Timestamp(
            since
                .ok()
                .and_then(|d| i64::try_from(d.as_millis()).ok())
                .unwrap_or_default(),
        )
    }
}

/// The sandbox's clock: with the sandbox on, moving it moves the whole program.
pub struct SandboxClock(pub Sandbox);

impl Clock for SandboxClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.now_ms())
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(buffer).map_err(|_| EntropyError)
    }
}
