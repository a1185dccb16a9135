//! What can be wrong with a filled form, each in its place, so that a page can say it beside the field.

use crate::{
    codes::Day,
    suz::group_form::{CisType, FormField, PaymentType, ReleaseMethod},
};
use serde::{Deserialize, Serialize};

/// Where a fault is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultPlace {
    /// The order as a whole.
    Order,
    /// The choice of a group.
    Group,
    /// The way of release.
    Release,
    /// The payment.
    Payment,
    /// A field of the order.
    Field(FormField),
    /// GTIN of the line with this index in [`EmissionDraft::lines`](super::EmissionDraft::lines).
    Gtin(usize),
    /// Its quantity.
    Quantity(usize),
    /// What its codes are put on.
    CisType(usize),
    /// Its template.
    Template(usize),
    /// Its own serial numbers.
    Serials(usize),
    /// A field of that line.
    LineField(usize, FormField),
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Nothing stands where something must.
    Missing,
    /// There is no such group.
    NoSuchGroup,
    /// The order has no goods.
    NoLines,
    /// More different GTINs than an order may have.
    TooManyLines {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// GTIN: something else stands among the digits.
    GtinCharacter {
        /// The first of it.
        character: char,
    },
    /// GTIN: neither 8, 12, 13 nor 14 digits.
    GtinLength {
        /// How many there are.
        found: usize,
    },
    /// GTIN: the last digit does not follow from the others.
    GtinCheckDigit {
        /// The digit that would be right.
        expected: u8,
        /// The digit that is there.
        found: u8,
    },
    /// The same GTIN stands in an earlier line.
    GtinTwice {
        /// Index of that line.
        first: usize,
    },
    /// The quantity is no whole number above none.
    NotQuantity,
    /// More codes than one GTIN may ask for.
    TooManyCodes {
        /// How many there may be.
        most: u32,
        /// Whether it is so because the order has other GTINs.
        among_others: bool,
    },
    /// The group has no codes of this type.
    CisTypeForeign {
        /// Which.
        cis_type: CisType,
    },
    /// The group has no such template.
    TemplateForeign {
        /// Which.
        template: u16,
    },
    /// Codes of this type do not look so.
    TemplateUnfit {
        /// The template.
        template: u16,
        /// The type.
        cis_type: CisType,
    },
    /// The group is never released so.
    ReleaseForeign {
        /// Which.
        method: ReleaseMethod,
    },
    /// This way of release is not open yet.
    ReleaseNotYet {
        /// Which.
        method: ReleaseMethod,
        /// The first day.
        from: Day,
    },
    /// This way of release is over.
    ReleaseOver {
        /// Which.
        method: ReleaseMethod,
        /// The last day it was open.
        until: Day,
    },
    /// Codes of this type cannot be ordered with that way of release.
    CisTypeNotWith {
        /// The type.
        cis_type: CisType,
        /// The way of release.
        method: ReleaseMethod,
    },
    /// A GTIN of the technical range (it begins with 029) cannot be ordered so.
    TechnicalGtin,
    /// Orders of this group do not say when codes are paid for, or not so.
    PaymentForeign,
    /// That way of release goes with one payment only.
    PaymentOnly {
        /// With this one.
        payment: PaymentType,
        /// The way of release.
        method: ReleaseMethod,
    },
    /// Orders of this group have no such field.
    FieldForeign,
    /// The field goes with other ways of release only.
    FieldOnlyWith {
        /// With these.
        methods: Vec<ReleaseMethod>,
    },
    /// The text has too few or too many characters.
    TextLength {
        /// How many it has.
        found: usize,
        /// The fewest.
        least: u16,
        /// The most.
        most: u16,
    },
    /// The text has control characters.
    ControlCharacter,
    /// It is no UUID.
    NotUuid,
    /// It is no ИНН: wrong count of digits or wrong check digits.
    NotInn,
    /// It is no price in whole kopecks, or has too few or too many digits.
    NotKopecks {
        /// The fewest digits.
        least: u16,
        /// The most.
        most: u16,
    },
    /// It is no date of the calendar.
    NotDay,
    /// It is neither yes nor no.
    NotFlag,
    /// There must be one serial number for each code.
    SerialsCount {
        /// How many there are.
        found: usize,
        /// How many codes are asked for.
        asked: u32,
    },
    /// A serial number of another length.
    SerialLength {
        /// The first such.
        serial: String,
        /// Characters in it.
        found: usize,
        /// Characters that an own serial number of this template has.
        expected: u8,
    },
    /// A serial number with a character that none may have.
    SerialCharacter {
        /// The first such.
        serial: String,
        /// The character.
        character: char,
    },
    /// A serial number that is there twice.
    SerialTwice {
        /// Which.
        serial: String,
    },
    /// Codes for somebody else's card get the operator's serial numbers.
    SerialsWithProducer,
}

/// One fault of a filled form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmissionFault {
    /// Where.
    pub place: FaultPlace,
    /// What.
    pub kind: FaultKind,
}

impl EmissionFault {
    /// A fault in a place.
    pub const fn new(place: FaultPlace, kind: FaultKind) -> Self {
        Self { place, kind }
    }
}
