//! What the company's profile means for the connection.

use super::Cause;
use crate::suz::{GroupState, OmsId, ProfileStatus, SuzProfile};

/// The group whose login is another one: through МДЛП.
const PHARMA: &str = "pharma";

impl Cause {
    /// What is wrong with a profile; nothing when the company can order codes in some group.
    pub fn of_profile(ours: Option<OmsId>, theirs: OmsId, profile: &SuzProfile) -> Option<Self> {
        if ours.is_some_and(|ours| ours != theirs) {
            return Some(Self::ForeignOmsId);
        }
        match profile.status {
            ProfileStatus::Locked | ProfileStatus::Suspended => Some(Self::ProfileLocked),
            ProfileStatus::Active | ProfileStatus::Other(_) => None,
        }
    }

    /// What is wrong with its groups.
    pub fn of_groups(profile: &SuzProfile) -> Option<Self> {
        let mut open = profile
            .groups
            .iter()
            .filter(|group| group.state == GroupState::Open)
            .peekable();
        if profile.groups.is_empty() {
            Some(Self::NoGroups)
        } else if open.peek().is_none() {
            Some(Self::GroupClosed)
        } else if open.all(|group| group.alias == PHARMA) {
            Some(Self::Pharma)
        } else {
            None
        }
    }

    /// What a missing OMS ID means, by the time since the company was registered.
    pub const fn of_missing_oms_id(hour_has_passed: bool) -> Self {
        if hour_has_passed {
            Self::OmsIdLate
        } else {
            Self::OmsIdNotFound
        }
    }
}
