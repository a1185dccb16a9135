//! Orders of codes: how СУЗ names them, where one of ours stands, and what a page sees of it.

pub mod ids;
pub mod state;
pub mod status;
pub mod view;

pub use ids::{BlockId, NotAnId, SuzDocumentId, SuzOrderId};
pub use state::{ClosingState, EmissionState, ExpiryWarning, NextStep};
pub use status::{BufferStatus, OrderStatus, PoolStatus, StuckKind, StuckStatus};
