//! What the operator may set, and why a client cannot be made of it.

use crate::hosts::Hosts;
use std::{num::NonZeroU32, time::Duration};

/// Calls a second to one company's station. СУЗ bears a hundred from one address (edition 62, 4.4) and recommended ten
/// before; with ten, even ten processes stay within what it bears, and other programs of the company have room.
const SUZ_PER_SECOND: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);

/// Calls a second to True API, which may shut out a participant who makes more than fifty (True API, 1.1). With ten, four
/// processes stay below that.
const TRUE_API_PER_SECOND: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);

/// Where the services are, how long to wait for them and how often to ask. It holds no secret, so it is safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The table of hosts.
    pub hosts: Hosts,
    /// How long a connection may take to open.
    pub connect_timeout: Duration,
    /// How long a whole call may take. A login asks СУЗ from inside True API and takes long on bad days; giving up
    /// earlier would lose a token that was given.
    pub timeout: Duration,
    /// The most calls a second to СУЗ and its registration for one company, from this process.
    pub suz_per_second: NonZeroU32,
    /// The most calls a second to True API for one participant, from this process.
    pub true_api_per_second: NonZeroU32,
}

impl Settings {
    /// The usual times and rates for a table of hosts.
    pub fn of(hosts: Hosts) -> Self {
        Self {
            hosts,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(45),
            suz_per_second: SUZ_PER_SECOND,
            true_api_per_second: TRUE_API_PER_SECOND,
        }
    }
}

/// Why no client can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The HTTP client cannot start.
    #[error("the HTTP client cannot be made: {0}")]
    Client(#[from] reqwest::Error),
}
