//! The world: everything the sandbox remembers.

use serde::{Deserialize, Serialize};

use crate::{clock::Clock, market::Market};

/// Everything that survives a restart: the clock and what each imitated service holds.
///
/// Keys are kept in clear: they open nothing but this sandbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct World {
    /// The one clock.
    pub clock: Clock,
    /// The Yandex Market part.
    pub market: Market,
}

impl World {
    /// A world with a clock and nothing else.
    pub fn empty(clock: Clock) -> Self {
        Self {
            clock,
            market: Market::default(),
        }
    }

    /// A small believable cabinet with three shops and some orders, dated around the clock's present moment.
    ///
    /// The keys are [`DEMO_API_KEY`](crate::DEMO_API_KEY) and [`DEMO_READ_ONLY_API_KEY`](crate::DEMO_READ_ONLY_API_KEY).
    pub fn demo(clock: Clock) -> Self {
        Self {
            clock,
            market: crate::market::demo::market(clock.now_ms()),
        }
    }
}
