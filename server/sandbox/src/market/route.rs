//! Which method of the Market a request calls.

use super::{
    cabinet::Scope,
    ids::{BusinessId, CampaignId, OrderId},
    limits::Resource,
    refusal::Refusal,
};

/// A method of the Market with the numbers from its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// `POST /v2/auth/token`.
    AuthToken,
    /// `GET /v2/campaigns`.
    Campaigns,
    /// `GET /v2/campaigns/{campaignId}`.
    Campaign(CampaignId),
    /// `POST /v1/businesses/{businessId}/orders`.
    Orders(BusinessId),
    /// `POST /v2/businesses/{businessId}/offer-mappings`.
    OfferMappings(BusinessId),
    /// `PUT /v2/campaigns/{campaignId}/orders/{orderId}/identifiers`.
    Identifiers(CampaignId, OrderId),
    /// `POST /v2/campaigns/{campaignId}/orders/{orderId}/identifiers/status`.
    IdentifiersStatus(CampaignId, OrderId),
    /// `PUT /v2/campaigns/{campaignId}/orders/{orderId}/boxes`.
    Boxes(CampaignId, OrderId),
    /// `PUT /v2/campaigns/{campaignId}/orders/{orderId}/status`.
    Status(CampaignId, OrderId),
    /// `POST /v2/campaigns/{campaignId}/orders/status-update`.
    StatusUpdate(CampaignId),
    /// `GET /v2/campaigns/{campaignId}/orders/{orderId}/delivery/labels`.
    Labels(CampaignId, OrderId),
    /// `GET /v2/campaigns/{campaignId}/returns`.
    Returns(CampaignId),
    /// `POST /v2/regions/countries`.
    Countries,
}

/// Whether a method takes a JSON body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyRule {
    /// It takes none; one that comes is not looked at.
    None,
    /// It may come.
    Optional,
    /// It must come.
    Required,
}

/// A call that names no method of the Market, or names it wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoRoute {
    /// 404: there is no such path here.
    NotFound,
    /// 405: the path allows this method only.
    MethodNotAllowed(&'static str),
    /// 400: a number of the path is not one.
    BadNumber(Refusal),
}

impl Route {
    /// Finds the method called.
    pub(super) fn of(method: &str, path: &str) -> Result<Self, NoRoute> {
        let parts: Vec<&str> = path
            .strip_prefix('/')
            .ok_or(NoRoute::NotFound)?
            .split('/')
            .collect();
        let (allowed, route) = match parts.as_slice() {
            ["v2", "auth", "token"] => ("POST", Ok(Self::AuthToken)),
            ["v2", "regions", "countries"] => ("POST", Ok(Self::Countries)),
            ["v2", "campaigns"] => ("GET", Ok(Self::Campaigns)),
            ["v2", "campaigns", campaign] => ("GET", shop(campaign).map(Self::Campaign)),
            ["v2", "campaigns", campaign, "returns"] => ("GET", shop(campaign).map(Self::Returns)),
            ["v2", "campaigns", campaign, "orders", "status-update"] => {
                ("POST", shop(campaign).map(Self::StatusUpdate))
            }
            ["v2", "campaigns", campaign, "orders", order, rest @ ..] => {
                Self::of_order(campaign, order, rest).ok_or(NoRoute::NotFound)?
            }
            ["v1", "businesses", business, "orders"] => {
                ("POST", cabinet(business).map(Self::Orders))
            }
            ["v2", "businesses", business, "offer-mappings"] => {
                ("POST", cabinet(business).map(Self::OfferMappings))
            }
            _ => return Err(NoRoute::NotFound),
        };
        if method != allowed {
            return Err(NoRoute::MethodNotAllowed(allowed));
        }
        route
    }

    /// The methods about one order of a shop.
    fn of_order(
        campaign: &str,
        order: &str,
        rest: &[&str],
    ) -> Option<(&'static str, Result<Self, NoRoute>)> {
        let (allowed, make): (_, fn(CampaignId, OrderId) -> Self) = match rest {
            ["identifiers"] => ("PUT", Self::Identifiers),
            ["identifiers", "status"] => ("POST", Self::IdentifiersStatus),
            ["boxes"] => ("PUT", Self::Boxes),
            ["status"] => ("PUT", Self::Status),
            ["delivery", "labels"] => ("GET", Self::Labels),
            _ => return None,
        };
        let numbers = shop(campaign).and_then(|shop| Ok((shop, OrderId(number(order)?))));
        Some((allowed, numbers.map(|(shop, order)| make(shop, order))))
    }

    /// The resource whose limit it spends.
    pub(super) const fn resource(self) -> Resource {
        match self {
            Self::AuthToken => Resource::AuthToken,
            Self::Campaigns => Resource::Campaigns,
            Self::Campaign(_) => Resource::Campaign,
            Self::Orders(_) => Resource::Orders,
            Self::OfferMappings(_) => Resource::OfferMappings,
            Self::Identifiers(..) => Resource::Identifiers,
            Self::IdentifiersStatus(..) => Resource::IdentifiersStatus,
            Self::Boxes(..) => Resource::Boxes,
            Self::Status(..) => Resource::Status,
            Self::StatusUpdate(_) => Resource::StatusUpdate,
            Self::Labels(..) => Resource::Labels,
            Self::Returns(_) => Resource::Returns,
            Self::Countries => Resource::Countries,
        }
    }

    /// The scopes any of which is enough; an empty list asks for none in particular.
    pub(super) const fn scopes(self) -> &'static [Scope] {
        match self {
            Self::AuthToken | Self::Campaigns | Self::Campaign(_) | Self::Countries => &[],
            Self::Orders(_) => &[
                Scope::AllMethods,
                Scope::InventoryAndOrderProcessing,
                Scope::AllMethodsReadOnly,
                Scope::InventoryAndOrderProcessingReadOnly,
                Scope::FinanceAndAccounting,
            ],
            Self::IdentifiersStatus(..) | Self::Returns(_) => &[
                Scope::AllMethods,
                Scope::InventoryAndOrderProcessing,
                Scope::AllMethodsReadOnly,
                Scope::InventoryAndOrderProcessingReadOnly,
            ],
            Self::OfferMappings(_) => &[
                Scope::AllMethods,
                Scope::OffersAndCardsManagement,
                Scope::AllMethodsReadOnly,
                Scope::OffersAndCardsManagementReadOnly,
            ],
            Self::Identifiers(..)
            | Self::Boxes(..)
            | Self::Status(..)
            | Self::StatusUpdate(_)
            | Self::Labels(..) => &[Scope::AllMethods, Scope::InventoryAndOrderProcessing],
        }
    }

    /// Whether it takes a JSON body.
    pub(super) const fn body_rule(self) -> BodyRule {
        match self {
            Self::Orders(_)
            | Self::Identifiers(..)
            | Self::Boxes(..)
            | Self::Status(..)
            | Self::StatusUpdate(_) => BodyRule::Required,
            Self::OfferMappings(_) => BodyRule::Optional,
            _ => BodyRule::None,
        }
    }

    /// The shop named in the path.
    pub(super) const fn campaign(self) -> Option<CampaignId> {
        match self {
            Self::Campaign(id)
            | Self::Returns(id)
            | Self::StatusUpdate(id)
            | Self::Identifiers(id, _)
            | Self::IdentifiersStatus(id, _)
            | Self::Boxes(id, _)
            | Self::Status(id, _)
            | Self::Labels(id, _) => Some(id),
            _ => None,
        }
    }

    /// The cabinet named in the path.
    pub(super) const fn business(self) -> Option<BusinessId> {
        match self {
            Self::Orders(id) | Self::OfferMappings(id) => Some(id),
            _ => None,
        }
    }
}

/// The order whose lines and codes a request would write, whoever sends it.
pub(crate) fn written_order(method: &str, path: &str) -> Option<OrderId> {
    match Route::of(method, path) {
        Ok(Route::Identifiers(_, order) | Route::Boxes(_, order)) => Some(order),
        _ => None,
    }
}

/// The campaign a path is about, whatever method it calls.
pub(crate) fn campaign_of(path: &str) -> Option<CampaignId> {
    let mut parts = path.split('/').skip_while(|part| *part != "campaigns");
    parts.next()?;
    parts.next()?.parse().ok().map(CampaignId)
}

fn number(text: &str) -> Result<i64, NoRoute> {
    text.parse()
        .map_err(|_| NoRoute::BadNumber(Refusal::bad_request(format!("Type mismatch: '{text}'"))))
}

fn shop(text: &str) -> Result<CampaignId, NoRoute> {
    from_one("campaignId", text).map(CampaignId)
}

fn cabinet(text: &str) -> Result<BusinessId, NoRoute> {
    from_one("businessId", text).map(BusinessId)
}

fn from_one(name: &str, text: &str) -> Result<i64, NoRoute> {
    let value = number(text)?;
    if value >= 1 {
        return Ok(value);
    }
    Err(NoRoute::BadNumber(Refusal::bad_request(format!(
        "'{name}' must be greater than or equal to '1' (rejected value: '{value}')"
    ))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_their_methods() {
        assert_eq!(Route::of("GET", "/v2/campaigns"), Ok(Route::Campaigns));
        assert_eq!(
            Route::of("PUT", "/v2/campaigns/7/orders/9/identifiers"),
            Ok(Route::Identifiers(CampaignId(7), OrderId(9)))
        );
        assert_eq!(
            Route::of("GET", "/v1/businesses/7/orders"),
            Err(NoRoute::MethodNotAllowed("POST"))
        );
        for nowhere in [
            "/campaigns",
            "/v2/campaigns/7/orders",
            "/v2/campaigns/7/orders/9/identifiers/statuses",
            "/v2/campaigns/7/orders/9/boxes/1",
            "/v2/businesses/7/orders",
            "/v2/campaigns/",
        ] {
            let found = Route::of("GET", nowhere);
            assert!(
                matches!(found, Err(NoRoute::NotFound | NoRoute::BadNumber(_))),
                "{nowhere}: {found:?}"
            );
        }
    }

    #[test]
    fn a_campaign_is_seen_in_any_path() {
        assert_eq!(
            campaign_of("/v2/campaigns/7/orders/1/boxes"),
            Some(CampaignId(7))
        );
        assert_eq!(campaign_of("/v2/campaigns"), None);
    }
}
