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
    /// `PUT /v2/campaigns/{campaignId}/orders/{orderId}/identifiers`.
    Identifiers(CampaignId, OrderId),
    /// `POST /v2/regions/countries`.
    Countries,
}

/// What the path names, before the method and the numbers are looked at.
enum Place<'a> {
    AuthToken,
    Campaigns,
    Campaign(&'a str),
    Orders(&'a str),
    Identifiers(&'a str, &'a str),
    Countries,
}

impl<'a> Place<'a> {
    fn of(path: &'a str) -> Option<Self> {
        let mut parts = path.strip_prefix('/')?.split('/');
        let place = match (parts.next()?, parts.next()?, parts.next()) {
            ("v2", "auth", Some("token")) => Self::AuthToken,
            ("v2", "regions", Some("countries")) => Self::Countries,
            ("v2", "campaigns", None) => Self::Campaigns,
            ("v2", "campaigns", Some(campaign)) => match (parts.next(), parts.next(), parts.next())
            {
                (None, _, _) => Self::Campaign(campaign),
                (Some("orders"), Some(order), Some("identifiers")) => {
                    Self::Identifiers(campaign, order)
                }
                _ => return None,
            },
            ("v1", "businesses", Some(business)) if parts.next() == Some("orders") => {
                Self::Orders(business)
            }
            _ => return None,
        };
        parts.next().is_none().then_some(place)
    }

    const fn method(&self) -> &'static str {
        match self {
            Self::AuthToken | Self::Orders(_) | Self::Countries => "POST",
            Self::Campaigns | Self::Campaign(_) => "GET",
            Self::Identifiers(..) => "PUT",
        }
    }
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
        let place = Place::of(path).ok_or(NoRoute::NotFound)?;
        let allowed = place.method();
        if method != allowed {
            return Err(NoRoute::MethodNotAllowed(allowed));
        }
        Ok(match place {
            Place::AuthToken => Self::AuthToken,
            Place::Campaigns => Self::Campaigns,
            Place::Countries => Self::Countries,
            Place::Campaign(campaign) => {
                Self::Campaign(CampaignId(from_one("campaignId", campaign)?))
            }
            Place::Orders(business) => Self::Orders(BusinessId(from_one("businessId", business)?)),
            Place::Identifiers(campaign, order) => Self::Identifiers(
                CampaignId(from_one("campaignId", campaign)?),
                OrderId(number(order)?),
            ),
        })
    }

    /// The resource whose hourly limit it spends.
    pub(super) const fn resource(self) -> Resource {
        match self {
            Self::AuthToken => Resource::AuthToken,
            Self::Campaigns => Resource::Campaigns,
            Self::Campaign(_) => Resource::Campaign,
            Self::Orders(_) => Resource::Orders,
            Self::Identifiers(..) => Resource::Identifiers,
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
            Self::Identifiers(..) => &[Scope::AllMethods, Scope::InventoryAndOrderProcessing],
        }
    }

    /// Whether it takes a JSON body.
    pub(super) const fn takes_body(self) -> bool {
        matches!(self, Self::Orders(_) | Self::Identifiers(..))
    }

    /// The shop named in the path.
    pub(super) const fn campaign(self) -> Option<CampaignId> {
        match self {
            Self::Campaign(id) | Self::Identifiers(id, _) => Some(id),
            _ => None,
        }
    }

    /// The cabinet named in the path.
    pub(super) const fn business(self) -> Option<BusinessId> {
        match self {
            Self::Orders(id) => Some(id),
            _ => None,
        }
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
            "/v2/campaigns/7/orders/9/identifiers/status",
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
