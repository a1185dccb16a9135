//! How near an order's deadline is, in the days of Moscow.

use crate::time::When;
use serde::{Deserialize, Serialize};

/// How near a deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// It has passed.
    Overdue,
    /// Later today.
    Today,
    /// Tomorrow.
    Tomorrow,
}

impl Due {
    /// Every one, the nearest first.
    pub const ALL: &[Self] = &[Self::Overdue, Self::Today, Self::Tomorrow];

    /// The name in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
        }
    }

    /// The one of a name in the address.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|due| due.as_str() == name)
    }

    /// How near a moment is; none when it is further than tomorrow.
    pub const fn of(when: &When) -> Option<Self> {
        match (when.minutes_ahead, when.days_ahead) {
            (..0, _) => Some(Self::Overdue),
            (_, ..=0) => Some(Self::Today),
            (_, 1) => Some(Self::Tomorrow),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn ahead(minutes_ahead: i64, days_ahead: i32) -> When {
        When {
            at: Timestamp(0),
            days_ahead,
            minutes_ahead,
            year: 2026,
            month: 11,
            day: 21,
            hour: 18,
            minute: 0,
            timed: true,
        }
    }

    #[test]
    fn a_deadline_is_overdue_from_its_minute_on_and_not_from_midnight() {
        assert_eq!(Due::of(&ahead(-1, 0)), Some(Due::Overdue));
        assert_eq!(Due::of(&ahead(0, 0)), Some(Due::Today));
        assert_eq!(Due::of(&ahead(200, 1)), Some(Due::Tomorrow));
        assert_eq!(Due::of(&ahead(3000, 2)), None);
    }

    #[test]
    fn every_one_is_read_back_from_its_name() {
        for due in Due::ALL {
            assert_eq!(Due::from_name(due.as_str()), Some(*due));
        }
        assert_eq!(Due::from_name("yesterday"), None);
    }
}
