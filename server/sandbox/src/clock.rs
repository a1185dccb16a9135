//! The one clock of the sandbox world.

use serde::{Deserialize, Serialize};

/// The world's time: everything in the sandbox that has a date or a window reads it here and nowhere else.
///
/// The host program may read the same clock through [`Sandbox::now_ms`](crate::Sandbox::now_ms), so that moving it moves both sides at once.
/// All times are milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "mode",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Clock {
    /// Runs with the machine's time, shifted by an offset.
    Live {
        /// World time minus machine time, milliseconds.
        offset_ms: i64,
    },
    /// Stands still until it is moved.
    Manual {
        /// The moment it stands at, milliseconds since the Unix epoch.
        now_ms: i64,
    },
}

/// How the clock moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClockMode {
    /// With the machine's time.
    Live,
    /// Only when told to.
    Manual,
}

impl Clock {
    /// A clock that shows the machine's time.
    pub const fn live() -> Self {
        Self::Live { offset_ms: 0 }
    }

    /// A clock that stands at `now_ms` until it is moved.
    pub const fn manual(now_ms: i64) -> Self {
        Self::Manual { now_ms }
    }

    /// The moment it shows, milliseconds since the Unix epoch.
    pub fn now_ms(self) -> i64 {
        match self {
            Self::Live { offset_ms } => machine_ms().saturating_add(offset_ms),
            Self::Manual { now_ms } => now_ms,
        }
    }

    /// How it moves.
    pub const fn mode(self) -> ClockMode {
        match self {
            Self::Live { .. } => ClockMode::Live,
            Self::Manual { .. } => ClockMode::Manual,
        }
    }

    /// Moves the clock by `ms`; a negative number moves it back. The mode stays.
    pub fn advance(&mut self, ms: i64) {
        match self {
            Self::Live { offset_ms } => *offset_ms = offset_ms.saturating_add(ms),
            Self::Manual { now_ms } => *now_ms = now_ms.saturating_add(ms),
        }
    }

    /// Puts the clock at a moment. The mode stays.
    pub fn set(&mut self, now_ms: i64) {
        let shown = self.now_ms();
        self.advance(now_ms.saturating_sub(shown));
    }

    /// Changes how it moves; the moment it shows does not jump.
    pub fn set_mode(&mut self, mode: ClockMode) {
        let shown = self.now_ms();
        *self = match mode {
            ClockMode::Live => Self::Live {
                offset_ms: shown.saturating_sub(machine_ms()),
            },
            ClockMode::Manual => Self::Manual { now_ms: shown },
        };
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock the rule points to: the only place of the sandbox that reads the machine's time"
)]
fn machine_ms() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let mut clock = Clock::manual(1_000);
        assert_eq!(clock.now_ms(), 1_000);
        clock.advance(500);
        assert_eq!(clock.now_ms(), 1_500);
        clock.set(10);
        assert_eq!(clock, Clock::manual(10));
    }

    #[test]
    fn a_change_of_mode_does_not_jump() {
        let mut clock = Clock::manual(1_700_000_000_000);
        clock.set_mode(ClockMode::Live);
        let shown = clock.now_ms();
        assert!((1_700_000_000_000..1_700_000_060_000).contains(&shown));
        clock.set_mode(ClockMode::Manual);
        assert!(matches!(clock, Clock::Manual { now_ms } if now_ms >= shown));
    }
}
