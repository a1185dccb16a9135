//! The product groups of Честный ЗНАК: what may be ordered in each (СУЗ API 3.0.36, sections 4.4.1 and 5.3.1).
//!
//! Days are days of Moscow, both ends taken in.

mod table;

use jiff::civil::Date;

use crate::{moscow::parse_day, wire_enum::wire_enum};

wire_enum! {
    /// What a code is put on, `cisType`.
    pub enum CisType {
        /// One unit of goods.
        Unit = "UNIT",
        /// A pack of several units.
        Group = "GROUP",
        /// A set of different goods.
        Set = "SET",
        /// Pieces of clothes that are sold together.
        Bundle = "BUNDLE",
    }
}

wire_enum! {
    /// How goods come into circulation, `releaseMethodType`.
    pub enum ReleaseMethod {
        /// Made in Russia.
        Production = "PRODUCTION",
        /// Brought into it.
        Import = "IMPORT",
        /// Left over from before the marking.
        Remains = "REMAINS",
        /// Marked anew.
        Remark = "REMARK",
        /// Taken on commission from a person.
        Commission = "COMMISSION",
        /// Marked neither when made nor when brought in.
        Reapply = "REAPPLY",
    }
}

/// What follows the serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tail {
    /// AI 91 of 4 characters and AI 92 of 44.
    Key44,
    /// AI 91 of 4 characters and AI 92 of 88.
    Key88,
    /// AI 93 of 4 characters.
    Check,
    /// A block of tobacco: AI 8005 with six digits of a price, AI 93 of 4 characters.
    Block,
    /// A pack of tobacco, without AIs: four characters of a price and four of a check.
    Pack,
}

/// A way to build codes, `templateId`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its number.
    pub id: u16,
    /// Characters of the serial number, the country's digit among them.
    pub serial: usize,
    /// What follows it.
    pub tail: Tail,
}

/// Whether goods of an order have the highest retail price, `mrp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// They have none.
    Absent,
    /// They may.
    Free,
    /// They must.
    Due,
}

/// When a release method may be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// The method.
    pub method: ReleaseMethod,
    /// The first day, `2026-03-01`; `None`: always.
    pub from: Option<&'static str>,
    /// The last day; `None`: still.
    pub to: Option<&'static str>,
    /// The payment group of the cards that it is for; `None`: for all.
    pub payment_group: Option<u8>,
}

impl Release {
    /// Whether it may be named on a day.
    pub fn is_open(&self, day: Date) -> bool {
        let begun = self.from.and_then(parse_day).is_none_or(|from| from <= day);
        begun && self.to.and_then(parse_day).is_none_or(|to| day <= to)
    }
}

/// A product group.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row of a table whose columns are independent of one another"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductGroup {
    /// Its number in True API.
    pub number: u16,
    /// Its alias, `productGroup`.
    pub alias: &'static str,
    /// The templates of its codes.
    pub templates: &'static [Template],
    /// What its codes may be put on.
    pub cis_types: &'static [CisType],
    /// How its goods may come into circulation; of a group without the attribute none.
    pub releases: &'static [Release],
    /// Whether the release method must be named.
    pub release_is_due: bool,
    /// Days until codes nobody has applied are annulled; `None`: no term is known.
    pub life_days: Option<i32>,
    /// Whether СУЗ itself reports codes as applied when it hands them out.
    pub applied_at_hand_out: bool,
    /// Whether `paymentType` may be named.
    pub takes_payment_type: bool,
    /// The day from which its first cards may be paid for at emission; `None`: no day is named, or there is no payment.
    pub paid_from: Option<&'static str>,
    /// The release methods with which the owner of the card may be named, `producer`.
    pub names_owner: &'static [ReleaseMethod],
    /// Whether the order has `productionOrderId`.
    pub keeps_key: bool,
    /// Whether СУЗ puts the digit of the country before serial numbers of one's own.
    pub country_digit: bool,
    /// Attributes of the order that must be there.
    pub due_attributes: &'static [&'static str],
    /// Attributes of the order that may be there; those that every order has (and obsolete ones) are not told.
    pub free_attributes: &'static [&'static str],
    /// Whether the order may name a provider, `serviceProviderId`.
    pub takes_provider: bool,
    /// Whether goods have `mrp`, and whether they must.
    pub price: Price,
}

impl ProductGroup {
    /// A template of this group.
    pub fn template(&self, id: i64) -> Option<&'static Template> {
        self.templates.iter().find(|one| i64::from(one.id) == id)
    }

    /// The length serial numbers of one's own must have.
    pub const fn own_serial(&self, template: &Template) -> usize {
        if self.country_digit {
            template.serial.saturating_sub(1)
        } else {
            template.serial
        }
    }
}

/// All product groups, by number.
pub const fn all() -> &'static [ProductGroup] {
    table::GROUPS
}

/// The product group of an alias.
pub fn find(alias: &str) -> Option<&'static ProductGroup> {
    all().iter().find(|known| known.alias == alias)
}

/// True API's number of a group.
pub(super) fn number(alias: &str) -> Option<u16> {
    find(alias).map(|group| group.number)
}

/// How `integration/profile` spells a group: in capitals, and one by its old name.
pub(super) fn in_profile(alias: &str) -> String {
    match alias {
        "perfumery" => "PERFUM".to_owned(),
        other => other.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_aliases_are_unique_and_in_order() {
        let sorted = all()
            .iter()
            .zip(all().iter().skip(1))
            .all(|(one, next)| one.number < next.number);
        assert!(sorted);
        for (place, group) in all().iter().enumerate() {
            let found = all().iter().position(|known| known.alias == group.alias);
            assert_eq!(found, Some(place), "{}", group.alias);
        }
        assert_eq!(all().len(), 48);
        assert_eq!((number("lp"), number("LP")), (Some(1), None));
        assert_eq!(in_profile("perfumery"), "PERFUM");
    }

    #[test]
    fn a_template_belongs_to_one_group() {
        let mut ids: Vec<u16> = all()
            .iter()
            .flat_map(|group| group.templates)
            .map(|template| template.id)
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        assert!(!ids.contains(&2) && !ids.contains(&6), "withdrawn");
    }

    #[test]
    fn every_day_is_one_of_the_calendar() {
        for release in all().iter().flat_map(|group| group.releases) {
            for day in [release.from, release.to].into_iter().flatten() {
                assert!(parse_day(day).is_some(), "{day}");
            }
        }
        for group in all() {
            let day = group.paid_from.map(parse_day);
            assert_ne!(day, Some(None), "{}", group.alias);
            assert!(group.takes_payment_type || day.is_none(), "{}", group.alias);
        }
        let gadgets = find("gadgets").unwrap().releases;
        let reapply = gadgets
            .iter()
            .find(|one| one.method == ReleaseMethod::Reapply)
            .unwrap();
        let open = |day: &str| reapply.is_open(parse_day(day).unwrap());
        assert!(open("2026-05-01") && open("2026-11-30"));
        assert!(!open("2026-04-30") && !open("2026-12-01"));
    }
}
