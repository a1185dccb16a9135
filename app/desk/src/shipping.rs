//! Saying «ready to ship» (`READY_TO_SHIP`): when it may be said, and where saying it stands.
//!
//! Source: [`updateOrderStatus`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatus).
//! The marketplace refuses it until every mandatory code was sent and verified; after it nothing of the order can
//! be changed.

use crate::{
    orders::{OrderPage, WorkState},
    submission::TheirWords,
    time::When,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Orders in one call of `status-update`.
pub const MOST_AT_ONCE: usize = 30;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShippingState {
    /// Asked for; no byte has left yet.
    Queued,
    /// A call was begun: from here a crash leaves its fate unknown.
    Sending,
    /// No answer came; it is being found out by reading the order again.
    Unknown,
    /// The marketplace took it.
    Done,
    /// The marketplace said no.
    Refused,
}

impl ShippingState {
    /// Every state.
    pub const ALL: &[Self] = &[
        Self::Queued,
        Self::Sending,
        Self::Unknown,
        Self::Done,
        Self::Refused,
    ];

    /// The name kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    /// Whether it is under way.
    pub const fn in_flight(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Unknown)
    }
}

/// The text names no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such shipping state")]
pub struct UnknownShippingState;

impl FromStr for ShippingState {
    type Err = UnknownShippingState;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|state| state.as_str() == text)
            .ok_or(UnknownShippingState)
    }
}

/// As the order's page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingView {
    /// Where it stands.
    pub state: ShippingState,
    /// When it was asked for.
    pub asked: When,
    /// Their words, when they said no.
    pub refusal: Option<TheirWords>,
    /// What those words mean, in the reader's language: added by the page, which speaks it.
    pub refusal_means: Option<String>,
    /// Why there was no answer, in words of the network, while that is so.
    pub trouble: Option<String>,
}

/// Why an order may not be shipped yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotYet {
    /// The boxes are not stored, or the slots changed since.
    NotSent,
    /// Codes are still being verified.
    Checking,
    /// A code was rejected.
    Rejected,
    /// It was said already.
    Already,
    /// It is being said.
    UnderWay,
    /// The order is closed, or its model is not shipped so.
    NotOurs,
}

/// Whether the shop may say «ready to ship» now, by an order's state.
pub const fn may_ship(work: WorkState) -> Result<(), NotYet> {
    match work {
        WorkState::ToShip => Ok(()),
        WorkState::NeedsCodes | WorkState::Ready | WorkState::NotMarked | WorkState::Trouble => {
            Err(NotYet::NotSent)
        }
        WorkState::Checking => Err(NotYet::Checking),
        WorkState::Rework => Err(NotYet::Rejected),
        WorkState::Shipped => Err(NotYet::Already),
        WorkState::Sending | WorkState::Unknown => Err(NotYet::UnderWay),
        WorkState::Accepted | WorkState::OtherModel | WorkState::Closed => Err(NotYet::NotOurs),
    }
}

impl OrderPage {
    /// Whether this order may be shipped now. A refusal may be tried again once its cause is gone.
    pub fn may_ship(&self) -> Result<(), NotYet> {
        match &self.shipping {
            Some(shipping) if shipping.state == ShippingState::Refused => Ok(()),
            _ => may_ship(self.work),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_read_back_from_its_name() {
        for state in ShippingState::ALL {
            assert_eq!(state.as_str().parse::<ShippingState>(), Ok(*state));
        }
    }

    #[test]
    fn only_a_verified_order_may_leave() {
        for work in WorkState::ALL {
            assert_eq!(
                may_ship(*work).is_ok(),
                *work == WorkState::ToShip,
                "{work:?}"
            );
        }
    }
}
