//! What an order of codes may say for one product group on one day: from this a page draws its form, and against this
//! what people filled in is checked.
//!
//! Only the chosen group's form crosses the wire; all of them lie in a data file that the server reads.

use crate::codes::Day;
use crate::foreign_words::foreign_words;
use cis::Lang;
use serde::{Deserialize, Serialize};

/// The operator's limits on one order («СУЗ-Облако», 4.4.1, notes 1–3, and 3.1).
pub mod limits {
    /// Different GTINs in an order.
    pub const MOST_LINES: usize = 10;
    /// Codes of a GTIN when it is the only one of its order.
    pub const MOST_ALONE: u32 = 2_000_000;
    /// Codes of each GTIN when there are several.
    pub const MOST_EACH: u32 = 150_000;
    /// Orders in `READY` with a buffer that is `ACTIVE` or `PENDING`; no more can be made then.
    pub const MOST_ACTIVE: u32 = 100;
    /// Orders in `CREATED`, `PENDING` or `APPROVED`; no more can be made then.
    pub const MOST_QUEUED: u32 = 100;
}

foreign_words! {
    /// `releaseMethodType`: how the goods come into circulation (5.3.1).
    ReleaseMethod {
        /// Made in Russia.
        Production = "PRODUCTION",
        /// Brought into Russia.
        Import = "IMPORT",
        /// Left over from before marking was obligatory.
        Remains = "REMAINS",
        /// The code was spoilt or lost, or the goods came back.
        Remark = "REMARK",
        /// Taken from a natural person to be sold.
        Commission = "COMMISSION",
        /// Marked outside production and import.
        Reapply = "REAPPLY",
    }

    /// `cisType`: what the code is put on (5.3.1.10).
    CisType {
        /// One piece.
        Unit = "UNIT",
        /// A group pack of equal pieces.
        Group = "GROUP",
        /// A set of different pieces.
        Set = "SET",
        /// A bundle of equal pieces that is sold as one (clothes).
        Bundle = "BUNDLE",
    }

    /// A field of an order that only some groups have, by its name in the body.
    FormField {
        /// A person at the company.
        ContactPerson = "contactPerson",
        /// The printer of codes, from the operator's list of providers.
        ServiceProvider = "serviceProviderId",
        /// ИНН of the card's owner, when the codes are ordered for somebody else's card.
        Producer = "producer",
        /// The highest retail price, in kopecks.
        RetailPrice = "mrp",
        /// The factory's id.
        FactoryId = "factoryId",
        /// The factory's name.
        FactoryName = "factoryName",
        /// The factory's address.
        FactoryAddress = "factoryAddress",
        /// The factory's country.
        FactoryCountry = "factoryCountry",
        /// The product's code (SKU).
        ProductCode = "productCode",
        /// The product's description.
        ProductDescription = "productDescription",
        /// The production order's number.
        ProductionNumber = "poNumber",
        /// The day on which production is to begin.
        ExpectedStart = "expectedStartDate",
        /// Number of the approval.
        ApprovalNumber = "approvalNumber",
        /// Medicines: a code that is not paid for.
        FreeCode = "freeCode",
    }
}

/// `paymentType`: when a code is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum PaymentType {
    /// 1: when it is emitted.
    AtEmission,
    /// 2: when it is put on the goods; what СУЗ takes when nothing is said.
    AtApplication,
}

impl PaymentType {
    /// The number of the dictionary.
    pub const fn number(self) -> u8 {
        match self {
            Self::AtEmission => 1,
            Self::AtApplication => 2,
        }
    }
}

impl From<PaymentType> for u8 {
    fn from(payment: PaymentType) -> Self {
        payment.number()
    }
}

/// A number that the dictionary of `paymentType` lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such payment type")]
pub struct UnknownPaymentType;

impl TryFrom<u8> for PaymentType {
    type Error = UnknownPaymentType;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::AtEmission),
            2 => Ok(Self::AtApplication),
            _ => Err(UnknownPaymentType),
        }
    }
}

/// What stands behind the serial number of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tail {
    /// `91` with a key of 4 characters and `92` with a signature of 44.
    Long,
    /// The same with a signature of 88 characters.
    Longest,
    /// `93` with 4 characters.
    Short,
    /// `8005` with the highest retail price and `93`: a block of tobacco.
    Price,
    /// No identifiers at all: a pack of tobacco.
    Bare,
}

/// A way in which the codes of a group may look (`templateId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// `templateId`.
    pub id: u16,
    /// Characters of the serial number in the code.
    pub serial: u8,
    /// Characters of an own serial number: СУЗ puts a digit of the country before it, but for four groups.
    pub own_serial: u8,
    /// What follows the serial number.
    pub tail: Tail,
    /// What it may be used for, when not for everything the group has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cis_types: Vec<CisType>,
}

impl Template {
    /// Whether codes of this type may look so.
    pub fn fits(&self, cis_type: &CisType) -> bool {
        self.cis_types.is_empty() || self.cis_types.contains(cis_type)
    }
}

/// A way of release and the days on which it may be named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRule {
    /// `releaseMethodType`.
    pub method: ReleaseMethod,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// What codes may be put on when it is named; empty for everything that the group has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cis_types: Vec<CisType>,
    /// The only payment that goes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentType>,
    /// It is not open to GTINs of the technical range, which begin with 029.
    #[serde(default)]
    pub no_technical: bool,
    /// The payment group of the cards that it is for (`paymentGroup` of the card), when not for all. An order does not say
    /// it; СУЗ looks into the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_group: Option<u8>,
}

impl ReleaseRule {
    /// Whether it may be named on that day.
    pub fn open_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// When a field must be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Always.
    Required,
    /// Never.
    Optional,
    /// It may be filled in with these ways of release only.
    OnlyWith(Vec<ReleaseMethod>),
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    Text {
        /// The fewest characters.
        least: u16,
        /// The most.
        most: u16,
    },
    /// A UUID.
    Uuid,
    /// ИНН.
    Inn,
    /// Whole kopecks in so many digits.
    Kopecks {
        /// The fewest digits.
        least: u16,
        /// The most.
        most: u16,
    },
    /// A calendar date.
    Day,
    /// Yes or no.
    Flag,
}

/// Where in the body a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldPlace {
    /// Beside the products.
    Order,
    /// `attributes` of the order.
    Attributes,
    /// `attributes` of each product.
    Line,
}

/// A field that this group's orders have beyond what all have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRule {
    /// Which.
    pub field: FormField,
    /// Where it stands.
    pub place: FieldPlace,
    /// What it takes.
    pub kind: FieldKind,
    /// When it must be there.
    pub presence: Presence,
}

/// What people call a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupName {
    /// In Russian.
    pub ru: String,
    /// In English.
    pub en: String,
}

impl GroupName {
    /// In that language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ru => &self.ru,
            Lang::En => &self.en,
        }
    }
}

/// A group in a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupChoice {
    /// The operator's alias.
    pub alias: String,
    /// What people call it.
    pub name: GroupName,
}

/// What codes live when nobody uses them, in days from their emission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusedLife {
    /// Ordered for oneself.
    pub own: u16,
    /// Ordered by way of a provider, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<u16>,
    /// Codes that are paid for at emission have no such end.
    #[serde(default)]
    pub endless_when_paid: bool,
}

/// A rule of a group, by what it rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleName {
    /// A template, by its number.
    Template(u16),
    /// What a code may be put on.
    CisType(CisType),
    /// A way of release, and the payment group that it is for.
    Release(ReleaseMethod, Option<u8>),
    /// Whether a way of release must be named.
    ReleaseRequired,
    /// A field.
    Field(FormField),
    /// A way of release with which the card's owner may be named.
    Producer(ReleaseMethod),
    /// Paying at emission.
    Payment,
    /// The life of unused codes.
    Unused,
    /// Who reports that codes were applied.
    ReportsItself,
    /// Whether an order keeps our key.
    OwnKey,
    /// How long own serial numbers are.
    OwnSerials,
}

/// When a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// As long as the edition of the document does: it names no days.
    WholeEdition,
    /// On these days, both included.
    Days {
        /// The first, when one is named.
        from: Option<Day>,
        /// The last, when one is named.
        until: Option<Day>,
    },
}

/// Where a rule is written, and when it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleOrigin {
    /// Which.
    pub rule: RuleName,
    /// The section of the document that [`GroupForm::source`] names.
    pub section: String,
    /// When it holds.
    pub validity: Validity,
}

/// What an order of one group may say on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupForm {
    /// The operator's alias (`lp`).
    pub alias: String,
    /// Its number (1).
    pub number: u32,
    /// What people call it.
    pub name: GroupName,
    /// The day, in Moscow, for which this form is made.
    pub on: Day,
    /// The ways in which its codes may look, one or two; packs and blocks of tobacco have one each.
    pub templates: Vec<Template>,
    /// What a code may be put on.
    pub cis_types: Vec<CisType>,
    /// Ways of release, those that are over or not yet open too; none for medicines.
    pub releases: Vec<ReleaseRule>,
    /// Whether a way of release must be named.
    pub release_required: bool,
    /// When codes may be paid for; empty where the order does not say it.
    pub payments: Vec<PaymentType>,
    /// Other fields.
    pub fields: Vec<FieldRule>,
    /// How long codes live that nobody uses, where the document tells it.
    pub unused: Option<UnusedLife>,
    /// СУЗ reports by itself that the codes were put on the goods.
    pub reports_itself: bool,
    /// An order keeps our key (`productionOrderId`); without it one whose answer was lost is not found by it.
    pub keeps_our_key: bool,
    /// The document that says so, with its edition.
    pub source: String,
    /// Every rule with its place in the document and its days, those that are over or not yet in force too.
    #[serde(default)]
    pub origins: Vec<RuleOrigin>,
}

impl GroupForm {
    /// The ways of release that may be named on the form's day.
    pub fn open_releases(&self) -> impl Iterator<Item = &ReleaseRule> {
        self.releases.iter().filter(|rule| rule.open_on(self.on))
    }

    /// A template by its number.
    pub fn template(&self, id: u16) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// The rule of a field, when the group has it.
    pub fn field(&self, field: &FormField) -> Option<&FieldRule> {
        self.fields.iter().find(|rule| rule.field == *field)
    }

    /// Fields that stand in one place.
    pub fn fields_of(&self, place: FieldPlace) -> impl Iterator<Item = &FieldRule> {
        self.fields.iter().filter(move |rule| rule.place == place)
    }
}
