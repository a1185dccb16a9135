//! What an open page is told when something changes.

use crate::ids::{BatchId, EmissionId, MarketplaceConnectionId, OrderId, SuzConnectionId};
use serde::{Deserialize, Serialize};

/// Something changed; the page asks for what it shows. It carries no data, so a lost one costs nothing but delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// An order: facts, slots or submission. The list changes with it.
    Order {
        /// Which.
        order: OrderId,
    },
    /// The order list as a whole.
    Orders,
    /// A connection: its check or its reading of orders.
    Connection {
        /// Which.
        connection: MarketplaceConnectionId,
    },
    /// A batch: its judgement or its sending.
    Batch {
        /// Which.
        batch: BatchId,
    },
    /// A link to СУЗ: its check, its tokens, what waits for a signature.
    Suz {
        /// Which.
        connection: SuzConnectionId,
    },
    /// An order of codes: its state, its codes.
    Emission {
        /// Which.
        emission: EmissionId,
    },
}
