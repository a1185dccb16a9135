//! The world: everything the sandbox remembers.

use serde::{Deserialize, Serialize};

use crate::{
    clock::Clock,
    crpt::{self, Crpt},
    market::{Market, demo::DEMO_BUSINESS},
};

/// Everything that survives a restart: the clock and what each imitated service holds.
///
/// Keys are kept in clear: they open nothing but this sandbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct World {
    /// The one clock.
    pub clock: Clock,
    /// The Yandex Market part.
    pub market: Market,
    /// The part of Честный ЗНАК: True API and СУЗ.
    #[serde(default)]
    pub crpt: Crpt,
}

impl World {
    /// A world with a clock and nothing else.
    pub fn empty(clock: Clock) -> Self {
        Self {
            clock,
            market: Market::default(),
            crpt: Crpt::default(),
        }
    }

    /// A small believable cabinet with three shops and some orders, dated around the clock's present moment, and its owner as a participant of
    /// Честный ЗНАК.
    ///
    /// The keys are [`DEMO_API_KEY`](crate::DEMO_API_KEY) and [`DEMO_READ_ONLY_API_KEY`](crate::DEMO_READ_ONLY_API_KEY).
    pub fn demo(clock: Clock) -> Self {
        Self {
            clock,
            market: crate::market::demo::market(clock.now_ms()),
            crpt: crpt::demo::crpt(clock.now_ms()),
        }
    }

    /// Brings a world read from an older file up to date.
    pub(crate) fn complete(&mut self) {
        self.market.complete();
        // Somebody's demo from before Честный ЗНАК joined shall have its participants too.
        if self.crpt.is_untouched() && self.market.cabinet(DEMO_BUSINESS).is_some() {
            self.crpt = crpt::demo::crpt(self.clock.now_ms());
        }
    }
}
