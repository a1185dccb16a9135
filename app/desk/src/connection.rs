//! A marketplace key and the plain answer to «what may it do?».

use crate::{
    ids::{BusinessId, CampaignId, MarketplaceConnectionId, ShopId},
    legal_entity::LegalEntity,
    marketplace::{ApiAvailability, KeyScope, Placement},
    time::When,
};
use serde::{Deserialize, Serialize};

/// What a check of a key found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyReport {
    /// The name that the key has in the cabinet.
    pub name: String,
    /// Its scopes.
    pub scopes: Vec<KeyScope>,
    /// The shops it sees.
    pub shops: Vec<ShopFacts>,
}

/// One shop as `getCampaigns` tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopFacts {
    /// The shop's campaign.
    pub campaign: CampaignId,
    /// The cabinet it is in.
    pub business: BusinessId,
    /// The cabinet's name.
    pub business_name: String,
    /// The shop's name.
    pub name: String,
    /// How the shop works.
    pub placement: Option<Placement>,
    /// Whether the API may be used for it.
    pub availability: Option<ApiAvailability>,
}

impl ShopFacts {
    /// Whether calls about this shop have a chance; an unsaid availability is no refusal.
    pub fn usable(&self) -> bool {
        matches!(self.availability, None | Some(ApiAvailability::Available))
    }
}

/// How far a key reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyReach {
    /// Reads orders and sends codes.
    Sends,
    /// Reads orders; every sending would be refused.
    ReadsOnly,
    /// Not even orders.
    Useless,
}

impl KeyReport {
    /// What the scopes allow, by `x-auth-scopes` of the order methods.
    pub fn reach(&self) -> KeyReach {
        let has = |scope: KeyScope| self.scopes.contains(&scope);
        if has(KeyScope::AllMethods) || has(KeyScope::Orders) {
            KeyReach::Sends
        } else if has(KeyScope::AllMethodsReadOnly) || has(KeyScope::OrdersReadOnly) {
            KeyReach::ReadsOnly
        } else {
            KeyReach::Useless
        }
    }
}

/// A shop on the connections page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopView {
    /// Ours.
    pub id: ShopId,
    /// What Market said of it.
    pub facts: ShopFacts,
    /// Orders that we hold of it.
    pub orders: u32,
    /// When its orders were read last.
    pub synced: Option<When>,
}

/// How far a reading of orders has come. The marketplace tells no total, so a long reading is counted by its
/// windows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Orders read so far.
    pub read: u32,
    /// Windows that are read whole.
    pub done: u32,
    /// Windows in all; zero before the reading began.
    pub windows: u32,
}

/// Where the marketplace may send its notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookView {
    /// The address to paste; only for those who may manage connections.
    pub address: Option<String>,
    /// Whether the address means this machine alone, so that nobody outside reaches it.
    pub only_here: bool,
    /// When the marketplace was heard last.
    pub heard: Option<When>,
}

/// What became of the last reading of orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncState {
    /// Never asked.
    Never,
    /// Under way.
    Running(Progress),
    /// It ended well.
    Done(When),
    /// It will be tried again.
    Waiting {
        /// When.
        until: When,
        /// The words of the trouble, ours or theirs.
        why: String,
    },
    /// It needs a person.
    Stopped {
        /// The words of the trouble, ours or theirs.
        why: String,
    },
}

/// A connection as its page shows it; the key itself never leaves the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionView {
    /// Ours.
    pub id: MarketplaceConnectionId,
    /// How people call it.
    pub label: String,
    /// The last four characters of the key.
    pub key_ending: String,
    /// Whose shops these are.
    pub legal_entity: Option<LegalEntity>,
    /// The last check.
    pub report: Option<KeyReport>,
    /// When it was checked.
    pub checked: Option<When>,
    /// The shops.
    pub shops: Vec<ShopView>,
    /// The reading of orders.
    pub sync: SyncState,
    /// Whether the marketplace's test orders are read too.
    pub test_orders: bool,
    /// The address for notifications, once one was made.
    pub hook: Option<HookView>,
}

/// The connections page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionsPage {
    /// All connections in use.
    pub connections: Vec<ConnectionView>,
    /// Whether the person may change them.
    pub may_manage: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(scopes: &[&str]) -> KeyReport {
        KeyReport {
            name: "k".into(),
            scopes: scopes.iter().map(|s| KeyScope::from(*s)).collect(),
            shops: vec![],
        }
    }

    #[test]
    fn reach_follows_the_scopes() {
        assert_eq!(report(&["ALL_METHODS"]).reach(), KeyReach::Sends);
        assert_eq!(
            report(&["PRICING", "INVENTORY_AND_ORDER_PROCESSING"]).reach(),
            KeyReach::Sends
        );
        assert_eq!(
            report(&["ALL_METHODS_READ_ONLY"]).reach(),
            KeyReach::ReadsOnly
        );
        assert_eq!(
            report(&["INVENTORY_AND_ORDER_PROCESSING_READ_ONLY", "PRICING"]).reach(),
            KeyReach::ReadsOnly
        );
        assert_eq!(report(&["PRICING"]).reach(), KeyReach::Useless);
        assert_eq!(report(&[]).reach(), KeyReach::Useless);
    }
}
