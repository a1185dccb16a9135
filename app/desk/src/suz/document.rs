//! Documents that wait for a signature.

use super::contour::words;
use serde::{Deserialize, Serialize};

words! {
    /// Whether the signed bytes lie inside the signature.
    SignatureKind {
        /// They do: a login's challenge.
        Attached = "attached",
        /// They do not: every body of СУЗ (an attached one is answered with 413).
        Detached = "detached",
    }
}
