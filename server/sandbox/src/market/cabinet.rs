//! Cabinets, their keys and shops.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::{BusinessId, CampaignId};
use crate::{dice::Dice, received::last_four, wire_enum::wire_enum};

wire_enum! {
    /// What a key may do, `ApiKeyScopeType`.
    pub enum Scope {
        /// Everything.
        AllMethods = "ALL_METHODS",
        /// Reading everything.
        AllMethodsReadOnly = "ALL_METHODS_READ_ONLY",
        /// Orders and stocks.
        InventoryAndOrderProcessing = "INVENTORY_AND_ORDER_PROCESSING",
        /// Reading orders and stocks.
        InventoryAndOrderProcessingReadOnly = "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY",
        /// Prices.
        Pricing = "PRICING",
        /// Reading prices.
        PricingReadOnly = "PRICING_READ_ONLY",
        /// Goods and cards.
        OffersAndCardsManagement = "OFFERS_AND_CARDS_MANAGEMENT",
        /// Reading goods and cards.
        OffersAndCardsManagementReadOnly = "OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY",
        /// Promotion.
        Promotion = "PROMOTION",
        /// Reading promotion.
        PromotionReadOnly = "PROMOTION_READ_ONLY",
        /// Money and reports.
        FinanceAndAccounting = "FINANCE_AND_ACCOUNTING",
        /// Chats and reviews.
        Communication = "COMMUNICATION",
        /// Settings.
        SettingsManagement = "SETTINGS_MANAGEMENT",
        /// Reading supplies.
        SuppliesManagementReadOnly = "SUPPLIES_MANAGEMENT_READ_ONLY",
    }
}

impl Scope {
    /// The spelling the documentation and the error text use: `all-methods:read-only`.
    pub(super) fn in_prose(self) -> String {
        let name = self.as_str().to_ascii_lowercase().replace('_', "-");
        match name.strip_suffix("-read-only") {
            Some(stem) => format!("{stem}:read-only"),
            None => name,
        }
    }
}

wire_enum! {
    /// The model of a shop, `placementType`. There is no Express here: an Express shop shows as `FBS`, and its orders tell.
    pub enum PlacementType {
        /// The Market delivers from the seller's stock.
        Fbs = "FBS",
        /// The Market keeps and delivers.
        Fby = "FBY",
        /// The seller delivers.
        Dbs = "DBS",
        /// Sales on other sites through the Market's logistics.
        Laas = "LAAS",
    }
}

wire_enum! {
    /// Whether the API works for a shop, `apiAvailability`.
    pub enum ApiAvailability {
        /// It works.
        Available = "AVAILABLE",
        /// Switched off because nobody used the shop.
        DisabledByInactivity = "DISABLED_BY_INACTIVITY",
        /// Switched off for want of a contract.
        DisabledByNoActiveContract = "DISABLED_BY_NO_ACTIVE_CONTRACT",
        /// Switched off by the seller.
        ManuallyDisabled = "MANUALLY_DISABLED",
        /// Switched off because the shop has no model.
        DisabledByNoPlacementType = "DISABLED_BY_NO_PLACEMENT_TYPE",
    }
}

/// A key, `ACMA:` + 40 letters and digits + `:` + 8 hexadecimal digits. Printing it shows the last four characters only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApiKey(String);

impl ApiKey {
    /// Takes a text as a key.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// A key of the documented shape; the same number gives the same key.
    pub(super) fn generate(number: i64) -> Self {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let mut dice = Dice::new(&[number]);
        let middle = dice.text(LETTERS, 40);
        let end = dice.text(b"0123456789abcdef", 8);
        Self(format!("ACMA:{middle}:{end}"))
    }

    /// The whole key.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({})", last_four(&self.0))
    }
}

/// A cabinet, `business`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cabinet {
    /// Its number.
    pub business_id: BusinessId,
    /// Its name.
    pub name: String,
    /// ИНН of the seller: codes of Честный ЗНАК that belong to another are rejected. Not looked at when absent.
    #[serde(default)]
    pub inn: Option<String>,
    /// Its keys, revoked ones too.
    pub keys: Vec<ApiKeyRecord>,
    /// Its shops.
    pub campaigns: Vec<Campaign>,
}

/// A key of a cabinet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApiKeyRecord {
    /// The name the seller gave it; unique inside the cabinet.
    pub name: String,
    /// The key itself.
    pub key: ApiKey,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Whether it has been deleted in the cabinet.
    pub revoked: bool,
}

/// A shop.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Campaign {
    /// Its number in the API.
    pub id: CampaignId,
    /// Its name.
    pub domain: String,
    /// Its model.
    pub placement_type: PlacementType,
    /// Whether the API works for it.
    pub api_availability: ApiAvailability,
}

/// A cabinet to be created.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCabinet {
    /// Its number; given by the sandbox when absent.
    #[serde(default)]
    pub business_id: Option<BusinessId>,
    /// Its name.
    #[serde(default = "default_cabinet_name")]
    pub name: String,
    /// ИНН of the seller, whom alone codes of Честный ЗНАК may belong to then.
    #[serde(default)]
    pub inn: Option<String>,
    /// Its keys; one that may do everything when absent.
    #[serde(default = "one_key")]
    pub keys: Vec<NewKey>,
    /// Its shops.
    #[serde(default)]
    pub campaigns: Vec<NewCampaign>,
}

fn default_cabinet_name() -> String {
    "Кабинет".to_owned()
}

fn one_key() -> Vec<NewKey> {
    vec![NewKey::named("main", &[Scope::AllMethods])]
}

impl NewCabinet {
    /// A cabinet with one key named `main` that may do everything, and no shops yet.
    pub fn named(name: &str) -> Self {
        Self {
            business_id: None,
            name: name.to_owned(),
            inn: None,
            keys: one_key(),
            campaigns: Vec::new(),
        }
    }

    /// Adds a working shop.
    #[must_use]
    pub fn shop(mut self, domain: &str, placement_type: PlacementType) -> Self {
        self.campaigns.push(NewCampaign {
            id: None,
            domain: domain.to_owned(),
            placement_type,
            api_availability: ApiAvailability::Available,
        });
        self
    }

    /// Adds a key.
    #[must_use]
    pub fn key(mut self, name: &str, scopes: &[Scope]) -> Self {
        self.keys.push(NewKey::named(name, scopes));
        self
    }
}

/// A key to be created.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewKey {
    /// Its name.
    pub name: String,
    /// The key itself; made by the sandbox when absent.
    #[serde(default)]
    pub key: Option<ApiKey>,
    /// What it may do; everything when absent.
    #[serde(default = "every_scope")]
    pub scopes: Vec<Scope>,
}

fn every_scope() -> Vec<Scope> {
    vec![Scope::AllMethods]
}

impl NewKey {
    /// A key the sandbox makes.
    pub fn named(name: &str, scopes: &[Scope]) -> Self {
        Self {
            name: name.to_owned(),
            key: None,
            scopes: scopes.to_vec(),
        }
    }
}

/// A shop to be created.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCampaign {
    /// Its number; given by the sandbox when absent.
    #[serde(default)]
    pub id: Option<CampaignId>,
    /// Its name.
    #[serde(default = "default_shop_name")]
    pub domain: String,
    /// Its model.
    pub placement_type: PlacementType,
    /// Whether the API works for it; it does when absent.
    #[serde(default = "available")]
    pub api_availability: ApiAvailability,
}

fn default_shop_name() -> String {
    "Магазин".to_owned()
}

const fn available() -> ApiAvailability {
    ApiAvailability::Available
}

/// What to change in a key; what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct KeyChange {
    /// New scopes. At once here; the Market takes up to ten minutes.
    #[serde(default)]
    pub scopes: Option<Vec<Scope>>,
    /// Deleted in the cabinet or not.
    #[serde(default)]
    pub revoked: Option<bool>,
}

/// What to change in a shop; what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CampaignChange {
    /// New name.
    #[serde(default)]
    pub domain: Option<String>,
    /// New model.
    #[serde(default)]
    pub placement_type: Option<PlacementType>,
    /// New availability.
    #[serde(default)]
    pub api_availability: Option<ApiAvailability>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_key_has_the_documented_shape_and_does_not_print_itself() {
        let key = ApiKey::generate(5);
        let parts: Vec<&str> = key.reveal().split(':').collect();
        assert_eq!((parts[0], parts[1].len(), parts[2].len()), ("ACMA", 40, 8));
        assert_eq!(key, ApiKey::generate(5));
        assert_ne!(key, ApiKey::generate(6));
        assert_eq!(format!("{key:?}").len(), "ApiKey(…1234)".len());
    }

    #[test]
    fn scopes_are_spelled_in_prose_as_the_documentation_does() {
        let spelled = Scope::InventoryAndOrderProcessingReadOnly.in_prose();
        assert_eq!(spelled, "inventory-and-order-processing:read-only");
    }
}
