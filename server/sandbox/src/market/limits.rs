//! How many requests the Market allows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    meters::{HOUR_MS, MINUTE_MS},
    wire_enum::wire_enum,
};

wire_enum! {
    /// A resource with a limit of its own.
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
        /// `PUT …/boxes`.
        Boxes = "boxes",
        /// `POST …/identifiers/status`.
        IdentifiersStatus = "identifiersStatus",
        /// `PUT …/status`.
        Status = "status",
        /// `POST …/orders/status-update`, counted in orders.
        StatusUpdate = "statusUpdate",
        /// `GET …/delivery/labels`.
        Labels = "labels",
        /// `GET …/returns`.
        Returns = "returns",
        /// `POST /v2/businesses/{id}/offer-mappings`, the only one counted by the minute.
        OfferMappings = "offerMappings",
    }
}

impl Resource {
    /// Every resource.
    pub const ALL: [Self; 13] = [
        Self::AuthToken,
        Self::Campaigns,
        Self::Campaign,
        Self::Orders,
        Self::Identifiers,
        Self::Countries,
        Self::Boxes,
        Self::IdentifiersStatus,
        Self::Status,
        Self::StatusUpdate,
        Self::Labels,
        Self::Returns,
        Self::OfferMappings,
    ];

    /// The documented limit, requests per [window](Self::window_ms), in force since 2026-05-18.
    pub const fn documented(self) -> u32 {
        match self {
            Self::AuthToken | Self::Countries => 100,
            Self::OfferMappings => 600,
            Self::Campaigns | Self::IdentifiersStatus => 1_000,
            Self::Campaign | Self::Returns => 5_000,
            Self::Orders
            | Self::Identifiers
            | Self::Boxes
            | Self::Status
            | Self::StatusUpdate
            | Self::Labels => 10_000,
        }
    }

    /// The length of its window, milliseconds of world time.
    pub const fn window_ms(self) -> i64 {
        match self {
            Self::OfferMappings => MINUTE_MS,
            _ => HOUR_MS,
        }
    }

    /// Its window in words.
    pub(super) const fn window_name(self) -> &'static str {
        match self {
            Self::OfferMappings => "minute",
            _ => "hour",
        }
    }
}

/// The limits in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Requests at a time per campaign, or per cabinet where no campaign is named.
    pub parallel: u32,
    /// Requests per window of each resource, an hour for all but one.
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
    /// Requests per window of a resource.
    pub fn of(&self, resource: Resource) -> u32 {
        self.per_hour
            .get(&resource)
            .copied()
            .unwrap_or_else(|| resource.documented())
    }

    /// Names the resources an older world file does not know.
    pub(super) fn complete(&mut self) {
        for resource in Resource::ALL {
            self.per_hour
                .entry(resource)
                .or_insert_with(|| resource.documented());
        }
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
    /// Requests per window of the named resources.
    #[serde(default)]
    pub per_hour: BTreeMap<Resource, u32>,
}
