//! How many requests the Market allows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::wire_enum::wire_enum;

wire_enum! {
    /// A resource with an hourly limit of its own.
    pub enum Resource {
        /// `POST /v2/auth/token`.
        AuthToken = "authToken",
        /// `GET /v2/campaigns`.
        Campaigns = "campaigns",
        /// `GET /v2/campaigns/{id}`.
        Campaign = "campaign",
        /// `POST /v1/businesses/{id}/orders`.
        Orders = "orders",
        /// `PUT …/identifiers`.
        Identifiers = "identifiers",
        /// `POST /v2/regions/countries`.
        Countries = "countries",
    }
}

impl Resource {
    /// Every resource.
    pub const ALL: [Self; 6] = [
        Self::AuthToken,
        Self::Campaigns,
        Self::Campaign,
        Self::Orders,
        Self::Identifiers,
        Self::Countries,
    ];

    /// The documented limit, requests per hour, in force since 2026-05-18.
    pub const fn documented(self) -> u32 {
        match self {
            Self::AuthToken | Self::Countries => 100,
            Self::Campaigns => 1_000,
            Self::Campaign => 5_000,
            Self::Orders | Self::Identifiers => 10_000,
        }
    }
}

/// The limits in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Requests at a time per campaign, or per cabinet where no campaign is named.
    pub parallel: u32,
    /// Requests per hour of each resource.
    pub per_hour: BTreeMap<Resource, u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            parallel: 4,
            per_hour: Resource::ALL
                .into_iter()
                .map(|resource| (resource, resource.documented()))
                .collect(),
        }
    }
}

impl Limits {
    /// Requests per hour of a resource.
    pub fn of(&self, resource: Resource) -> u32 {
        self.per_hour
            .get(&resource)
            .copied()
            .unwrap_or_else(|| resource.documented())
    }

    /// Applies a change.
    pub(crate) fn apply(&mut self, change: LimitsChange) {
        if let Some(parallel) = change.parallel {
            self.parallel = parallel;
        }
        self.per_hour.extend(change.per_hour);
    }
}

/// What to change in the limits; what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LimitsChange {
    /// Requests at a time.
    #[serde(default)]
    pub parallel: Option<u32>,
    /// Requests per hour of the named resources.
    #[serde(default)]
    pub per_hour: BTreeMap<Resource, u32>,
}
