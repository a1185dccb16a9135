//! How far a reading of a connection's orders has come, so that it goes on where it was cut off.

use crate::{connection::Progress, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A reading of a connection's orders that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// When it began: up to here nothing is missing once it ends.
    pub began_at: Timestamp,
    /// Where changes were read up to before; none when nothing ever was.
    pub since: Option<Timestamp>,
    /// Windows that are read whole.
    pub done: u32,
    /// Where the next page of the present window begins; none at its beginning.
    pub page: Option<String>,
    /// Orders read so far.
    pub read: u32,
    /// Whether test orders are read too, as the last window.
    pub test_orders: bool,
}

impl Reading {
    /// What a page shows of it.
    pub fn progress(&self) -> Progress {
        Progress {
            read: self.read,
            done: self.done,
            windows: u32::try_from(self.windows().len()).unwrap_or(u32::MAX),
        }
    }
}
