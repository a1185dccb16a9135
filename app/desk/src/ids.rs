//! Identifiers, each a type of its own, so that one can never stand where another is meant.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! own_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A version 7 UUID of a moment (milliseconds since 1970) and ten random bytes, so that ids sort
            /// by their birth and neither time nor randomness is taken from thin air.
            pub fn from_parts(millis: u64, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

own_id! {
    /// A tenant: whose data it is. Every row and every query names it.
    OrganisationId;
    /// A company or sole proprietor (ИНН, КПП) inside an organisation.
    LegalEntityId;
    /// A person who signs in.
    UserId;
    /// One marketplace key that the organisation gave us. (`ConnectionId` is СУЗ's word for a device.)
    MarketplaceConnectionId;
    /// One shop (Market's campaign) as we keep it.
    ShopId;
    /// One marketplace order as we keep it.
    OrderId;
    /// One line of an order as we keep it.
    LineId;
    /// The place for one unit's identifiers.
    SlotId;
    /// One text that came from a scanner or a paste, kept whatever became of it.
    IntakeId;
    /// One numbered sending of an order's identifiers.
    SubmissionId;
    /// One unit of background work.
    JobId;
    /// One scan of the packing desk, named by the browser that heard it, so that repeating it is harmless.
    ScanId;
    /// A file or paste of many orders.
    BatchId;
    /// A legal entity's link to СУЗ in one contour.
    SuzConnectionId;
    /// One of СУЗ's «устройства» as we keep it; СУЗ's own id of it is [`ConnectionId`](crate::suz::ConnectionId).
    DeviceId;
    /// A document that waits for a signature or got one.
    DocumentId;
    /// An order of codes; its text is the key by which a station remembers it (`productionOrderId`).
    EmissionId;
    /// Labels that were printed together.
    PrintRunId;
    /// A block of codes as we keep it; the station's own id of it is [`BlockId`](crate::suz::emission::BlockId).
    StockBlockId;
}

macro_rules! market_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

market_id! {
    /// A cabinet of Yandex Market (`businessId`).
    BusinessId;
    /// A shop of Yandex Market (`campaignId`); not the shop id that the seller's cabinet shows.
    CampaignId;
    /// An order's number at the marketplace, the one people say aloud.
    MarketOrderId;
    /// A line's id inside a marketplace order (`items[].id`).
    MarketItemId;
    /// A return's number at the marketplace.
    MarketReturnId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_prints_and_parses_back() {
        let id = OrderId::from_parts(1_700_000_000_000, [7; 10]);
        assert_eq!(id.to_string().parse::<OrderId>(), Ok(id));
    }

    #[test]
    fn a_later_id_sorts_after_an_earlier_one() {
        assert!(SlotId::from_parts(1, [255; 10]) < SlotId::from_parts(2, [0; 10]));
    }
}
