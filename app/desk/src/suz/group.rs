//! What СУЗ and True API say of the company: state, product groups, money.

use super::words::words;
use crate::foreign_words::foreign_words;
use serde::{Deserialize, Serialize};

foreign_words! {
    /// `profileStatus` of `GET integration/profile`.
    ProfileStatus {
        /// Everything is allowed.
        Active = "ACTIVE",
        /// No orders may be made.
        Locked = "LOCKED",
        /// Paused by the operator.
        Suspended = "SUSPENDED",
    }
}

words! {
    /// What the profile says of a product group.
    GroupState {
        /// In `productGroups`.
        Open = "open",
        /// In `lockedProductGroups`.
        Locked = "locked",
        /// In `blockedProductGroups`.
        Blocked = "blocked",
    }
}

/// A product group of the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The operator's alias in lower case and today's spelling (`perfumery`, though the profile says `PERFUM`).
    pub alias: String,
    /// Its state.
    pub state: GroupState,
}

/// What `GET integration/profile` said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuzProfile {
    /// State of the company.
    pub status: ProfileStatus,
    /// Its product groups.
    pub groups: Vec<Group>,
}

/// Money on the account of a product group (True API).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// `productGroupId` of True API.
    pub group_id: u32,
    /// The alias of that number, where we know it.
    pub alias: Option<String>,
    /// Kopecks.
    pub kopecks: i64,
}
