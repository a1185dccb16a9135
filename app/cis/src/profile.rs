//! The structure of the codes of every product group, as data.
//!
//! Sources: the descriptions of codes by Честный ЗНАК (markirovka.ru, chestnyznak.ru), Robokassa's table of ГИС МТ and МДЛП
//! v1.2, the decrees on marking, and the help pages of ASL BELGISI (help.crpt-turon.uz). Rows that only samples confirm say so.

use crate::ai::{Ai, Met};
use crate::grammar::SERIAL_START;
use crate::market::MarketForm::{self, Full, Short};
use crate::{GS, Groups, Kind, ProductGroup as G};

/// One structure of codes: what stands behind `01`, GTIN and `21`.
#[derive(Debug)]
pub(crate) struct Profile {
    /// The length of the serial number in characters.
    pub(crate) serial: usize,
    /// The elements behind the serial number, in their order.
    pub(crate) parts: &'static [Part],
    /// Elements that may stand anywhere behind the serial number besides.
    pub(crate) extras: Met,
    pub(crate) groups: Groups,
    pub(crate) kind: Kind,
    /// The form in which Yandex Market takes such codes.
    pub(crate) market: Option<MarketForm>,
    /// Whether a published rule says so, or only samples do.
    pub(crate) confirmed: bool,
    /// The length of a whole canonical code with all separators, in characters; 0 where a length is free.
    pub(crate) length: usize,
}

/// An element with the length of its value; `ANY` where the length is free.
pub(crate) type Part = (Ai, &'static str, usize);

/// A value of free length.
pub(crate) const ANY: usize = 0;

const KEY: Part = (Ai::Key, "91", 4);
const SIGNATURE: Part = (Ai::Signature, "92", 44);
const LONG_SIGNATURE: Part = (Ai::Signature, "92", 88);
const SHORT: Part = (Ai::Short, "93", 4);
const CUSTOMS: Part = (Ai::Additional, "240", 4);
const PRICE: Part = (Ai::Price, "8005", 6);
const VOLUME: Part = (Ai::Volume, "335", 7);

/// Goods with a signature of 44 characters; those behind `OpticFibre` by analogy only.
const DURABLE: Groups = Groups::of(&[
    G::Clothes,
    G::Shoes,
    G::Perfumery,
    G::Tyres,
    G::Medicines,
    G::Bicycles,
    G::Wheelchairs,
    G::OpticFibre,
    G::Toys,
    G::Cosmetics,
    G::BuildingMaterials,
    G::CarParts,
    G::RadioElectronics,
    G::MotorOils,
    // Confirmed with the one-part tail, so both are believed.
    G::VegetableOil,
    G::Canned,
    G::PetFood,
    G::Seafood,
    G::UzMedicines,
]);

/// Goods with a serial number of 13 characters and a tail of 4.
const FOOD: Groups = Groups::of(&[
    G::Water,
    G::SoftDrinks,
    G::Beer,
    G::AlcoholFreeBeer,
    G::BioAdditives,
    G::Antiseptics,
    G::Nicotine,
    G::PetFood,
    G::Seafood,
    G::VegetableOil,
    G::Canned,
    G::Grocery,
    G::Sweets,
    G::Toys,
    G::Cosmetics,
    G::BuildingMaterials,
    G::MotorOils,
    G::Milk,
    G::UzDrinks,
    G::UzBeer,
    G::UzMedicines,
]);

const DRINKS: Groups = Groups::of(&[G::Beer, G::AlcoholFreeBeer, G::UzAlcohol, G::UzBeer]);
const SMOKES: Groups = Groups::of(&[G::Tobacco, G::OtherTobacco]);
const BLOCKS: Groups = Groups::of(&[G::Tobacco, G::OtherTobacco, G::Nicotine]);
const SHOES: Groups = Groups::of(&[G::Shoes]);
const MILK: Groups = Groups::of(&[G::Milk]);
const BEER: Groups = Groups::of(&[G::Beer, G::AlcoholFreeBeer]);
const LARGE: Groups = Groups::of(&[G::Cameras, G::Tyres, G::UzAppliances]);

const NOTHING: Met = Met::of(&[]);

const fn unit(
    serial: usize,
    parts: &'static [Part],
    extras: Met,
    groups: Groups,
    market: Option<MarketForm>,
) -> Profile {
    Profile {
        serial,
        parts,
        extras,
        groups,
        kind: Kind::Unit,
        market,
        confirmed: true,
        length: canonical_length(serial, parts),
    }
}

const fn canonical_length(serial: usize, parts: &[Part]) -> usize {
    let mut length = SERIAL_START + serial;
    let mut rest = parts;
    while let [(_, code, value), behind @ ..] = rest {
        if *value == ANY {
            return 0;
        }
        length += GS.len_utf8() + code.len() + *value;
        rest = behind;
    }
    length
}

const fn alone(kind: Kind, serial: usize, groups: Groups) -> Profile {
    Profile {
        kind,
        ..unit(serial, &[], NOTHING, groups, None)
    }
}

/// A pack of tobacco or nicotine.
pub(crate) static PACK: Profile = alone(
    Kind::TobaccoPack,
    7,
    Groups::of(&[G::Tobacco, G::OtherTobacco, G::Nicotine]),
);
/// A pack of tobacco in Uzbekistan: eight characters of its own in place of price and check code.
pub(crate) static UZ_PACK: Profile = alone(Kind::TobaccoPack, 7, Groups::of(&[G::UzTobacco]));
/// A fur garment.
pub(crate) static FUR: Profile = alone(Kind::FurMark, 0, Groups::of(&[G::Furs]));
/// A transport package, of whatever goods.
pub(crate) static SSCC: Profile = alone(Kind::TransportPackage, 0, Groups::NONE);

const fn block(parts: &'static [Part]) -> Profile {
    Profile {
        kind: Kind::TobaccoBlock,
        ..unit(7, parts, Met::of(&[Ai::Additional]), BLOCKS, None)
    }
}

/// All structures. Where two of them could describe a code, the more exact stands first.
pub(crate) static PROFILES: [Profile; 23] = [
    unit(
        13,
        &[KEY, SIGNATURE],
        Met::of(&[Ai::Batch, Ai::Expiry]),
        DURABLE,
        Some(Full),
    ),
    unit(
        13,
        &[SHORT],
        Met::of(&[Ai::Batch, Ai::Expiry, Ai::ExpiryTime, Ai::Volume]),
        FOOD,
        Some(Full),
    ),
    unit(13, &[KEY, LONG_SIGNATURE], NOTHING, SHOES, Some(Full)),
    unit(
        6,
        &[SHORT],
        Met::of(&[Ai::Batch, Ai::Expiry, Ai::ExpiryTime]),
        MILK,
        Some(Full),
    ),
    unit(
        7,
        &[SHORT],
        Met::of(&[Ai::Additional]),
        DRINKS.with(SMOKES),
        Some(Full),
    ),
    unit(
        13,
        &[CUSTOMS, KEY, LONG_SIGNATURE],
        NOTHING,
        SHOES,
        Some(Full),
    ),
    unit(13, &[CUSTOMS, KEY, SIGNATURE], NOTHING, SHOES, Some(Full)),
    unit(20, &[KEY, SIGNATURE], NOTHING, LARGE, Some(Full)),
    Profile {
        confirmed: false,
        ..unit(
            20,
            &[SHORT],
            NOTHING,
            Groups::of(&[G::RadioElectronics]),
            Some(Full),
        )
    },
    unit(
        6,
        &[SHORT, (Ai::Weight, "3103", 6)],
        NOTHING,
        MILK,
        Some(Full),
    ),
    unit(6, &[SHORT, VOLUME], NOTHING, MILK, Some(Full)),
    unit(7, &[SHORT, VOLUME], NOTHING, BEER, Some(Full)),
    block(&[PRICE, SHORT]),
    unit(13, &[(Ai::Expiry, "17", 6), SHORT], NOTHING, MILK, None),
    unit(
        13,
        &[(Ai::ExpiryTime, "7003", 10), SHORT],
        NOTHING,
        MILK,
        None,
    ),
    Profile {
        confirmed: false,
        ..unit(
            6,
            &[KEY, SIGNATURE],
            NOTHING,
            Groups::of(&[G::Canned]),
            Some(Full),
        )
    },
    Profile {
        kind: Kind::TobaccoCase,
        ..unit(7, &[(Ai::Batch, "10", ANY)], NOTHING, SMOKES, None)
    },
    // Codes without a tail.
    block(&[PRICE]),
    unit(13, &[CUSTOMS], NOTHING, SHOES, None),
    unit(13, &[], NOTHING, DURABLE.with(FOOD), Some(Short)),
    unit(6, &[], NOTHING, MILK, Some(Short)),
    unit(7, &[], NOTHING, DRINKS.with(BLOCKS), Some(Short)),
    unit(
        20,
        &[],
        NOTHING,
        LARGE.with(Groups::of(&[G::RadioElectronics])),
        Some(Short),
    ),
];

/// The lengths of serial numbers that are in use, in characters.
pub(crate) const SERIAL_LENGTHS: [usize; 4] = [6, 7, 13, 20];

impl Profile {
    /// How many characters stand behind `21` when separators are not counted; `None` where a length is free.
    pub(crate) fn total(&self) -> Option<usize> {
        let mut total = self.serial;
        for (_, code, length) in self.parts {
            if *length == ANY {
                return None;
            }
            total += code.len() + length;
        }
        Some(total)
    }

    /// Whether the elements are those of this structure, with no others than its extras between them.
    pub(crate) fn fits(&self, serial: usize, elements: impl Iterator<Item = (Ai, usize)>) -> bool {
        if serial != self.serial {
            return false;
        }
        let mut wanted = self.parts.iter();
        let mut next = wanted.next();
        for (ai, length) in elements {
            match next {
                Some((part, code, exact)) if *part == ai => {
                    // The volume has a digit of its identifier counted with the value.
                    let counted = if code.len() == 3 && ai == Ai::Volume {
                        length + 1
                    } else {
                        length
                    };
                    if *exact != ANY && *exact != counted {
                        return false;
                    }
                    next = wanted.next();
                }
                _ if self.extras.has(ai) => {}
                _ => return false,
            }
        }
        next.is_none()
    }
}

/// The structure with such a serial number and such elements.
pub(crate) fn find(
    serial: usize,
    elements: &(impl Iterator<Item = (Ai, usize)> + Clone),
) -> Option<&'static Profile> {
    PROFILES
        .iter()
        .find(|profile| profile.fits(serial, elements.clone()))
}

/// The structure whose length is nearest to the given one, among those without a free length.
pub(crate) fn nearest(found: usize) -> Option<(usize, Groups)> {
    let totals = || {
        PROFILES
            .iter()
            .filter_map(|profile| Some((profile.total()?, profile.groups)))
    };
    let (expected, _) =
        totals().min_by_key(|(total, _)| (total.abs_diff(found), usize::MAX - total))?;
    let groups = totals()
        .filter(|(total, _)| *total == expected)
        .fold(Groups::NONE, |groups, (_, more)| groups.with(more));
    Some((expected, groups))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn every_total_of_the_published_table_is_there() {
        let mut totals: Vec<usize> = PROFILES.iter().filter_map(Profile::total).collect();
        totals.sort_unstable();
        totals.dedup();
        assert_eq!(
            totals,
            [
                6, 7, 12, 13, 17, 19, 20, 22, 23, 26, 27, 33, 58, 65, 72, 109, 116
            ]
        );
    }

    #[test]
    fn the_nearest_shape_is_the_one_of_clothes_when_a_character_is_lost() {
        let (expected, groups) = nearest(64).unwrap();
        assert_eq!(expected, 65);
        assert!(groups.contains(G::Clothes));
    }

    #[test]
    fn every_group_of_codes_with_elements_has_a_structure_with_a_tail() {
        for group in G::ALL {
            let packs = UZ_PACK.groups.with(FUR.groups).contains(group);
            let described = PROFILES
                .iter()
                .any(|profile| profile.groups.contains(group) && !profile.parts.is_empty());
            assert!(packs || described, "{group}");
        }
    }
}
