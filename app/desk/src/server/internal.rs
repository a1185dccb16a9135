//! Our own faults: the cause goes to the log once, here, and the person gets a number to quote.

use super::ports::{clock::EntropyError, storage::StoreError};
use crate::problem::Problem;
use std::{error::Error, fmt::Write as _};

/// Logs a fault with its chain of causes and makes the situation that a page shows.
pub(super) fn internal(error: &(dyn Error + 'static)) -> Problem {
    let mut number = [0; 4];
    // Without randomness the number is zero; the log line is still there to be found by its time.
    let known = getrandom::fill(&mut number).is_ok();
    let id = if known {
        format!("{:08x}", u32::from_be_bytes(number))
    } else {
        "00000000".to_owned()
    };
    let mut causes = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        // Writing into a String cannot fail.
        let _ = write!(causes, ": {cause}");
        source = cause.source();
    }
    tracing::error!(fault.id = %id, causes, "a request failed through our own fault");
    Problem::Internal { id }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        internal(&error)
    }
}

impl From<EntropyError> for Problem {
    fn from(error: EntropyError) -> Self {
        internal(&error)
    }
}
