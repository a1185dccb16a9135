//! Orders of codes: made, signed, sent once, found again when the answer was lost, watched, closed.
//!
//! | file | what |
//! |---|---|
//! | `station` | whose calls they are |
//! | `stuck` | orders that lie at the station without a signature |

pub(in crate::server) mod station;
mod stuck;
