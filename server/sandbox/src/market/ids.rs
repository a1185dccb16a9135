//! Numbers that must not be mixed up.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// The number of a cabinet, `businessId`.
    BusinessId
);
id!(
    /// The number of a shop in the API, `campaignId`. Not the shop number the seller sees in the cabinet.
    CampaignId
);
id!(
    /// The number of an order, `orderId`.
    OrderId
);
id!(
    /// The number of a line inside an order, `items[].id`.
    ItemId
);
id!(
    /// The number of a box, `boxId`.
    BoxId
);
id!(
    /// The number of a return or of goods nobody came for, `returnId`.
    ReturnId
);
