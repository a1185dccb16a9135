//! The product groups of «Честный ЗНАК» and ASL BELGISI, and sets of them.

use core::fmt;
use core::iter::FusedIterator;
use core::str::FromStr;

use crate::Lang;

macro_rules! product_groups {
    ($($name:ident $alias:literal $russian:literal $english:literal;)*) => {
        /// A product group of a marking system.
        ///
        /// Groups of «Честный ЗНАК» carry the alias of its True API; those of ASL BELGISI (Uzbekistan) begin with `uz_`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ProductGroup {
            $(#[doc = $english] $name,)*
        }

        impl ProductGroup {
            /// Every group, in the order of the enum.
            pub const ALL: [Self; [$($alias),*].len()] = [$(Self::$name),*];

            /// The operator's short name of the group: `lp`, `shoes` …
            pub const fn alias(self) -> &'static str {
                match self {
                    $(Self::$name => $alias,)*
                }
            }

            /// What people call the group.
            pub const fn name(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Ru) => $russian, (Self::$name, Lang::En) => $english,)*
                }
            }
        }
    };
}

product_groups! {
    Clothes "lp" "одежда и бельё" "clothes and linen";
    Shoes "shoes" "обувь" "shoes";
    Tobacco "tobacco" "табак" "tobacco";
    Perfumery "perfumery" "духи" "perfumery";
    Tyres "tires" "шины" "tyres";
    Cameras "electronics" "фотоаппараты" "cameras";
    Medicines "pharma" "лекарства" "medicines";
    Milk "milk" "молочные продукты" "dairy";
    Bicycles "bicycle" "велосипеды" "bicycles";
    Wheelchairs "wheelchairs" "кресла-коляски" "wheelchairs";
    OtherTobacco "otp" "другой табак" "other tobacco";
    Water "water" "вода в бутылках" "packaged water";
    Furs "furs" "меховые изделия" "furs";
    Beer "beer" "пиво" "beer";
    Nicotine "ncp" "никотиносодержащие изделия" "nicotine products";
    BioAdditives "bio" "БАД" "food supplements";
    Antiseptics "antiseptic" "антисептики" "antiseptics";
    PetFood "petfood" "корма для животных" "pet food";
    Seafood "seafood" "икра и морепродукты" "caviar and seafood";
    AlcoholFreeBeer "nabeer" "безалкогольное пиво" "alcohol-free beer";
    SoftDrinks "softdrinks" "соки и напитки" "soft drinks and juices";
    VegetableOil "vegetableoil" "растительное масло" "vegetable oil";
    Canned "conserve" "консервы" "canned food";
    Grocery "grocery" "бакалея" "grocery";
    Sweets "sweets" "сладости" "sweets";
    Toys "toys" "игрушки" "toys";
    Cosmetics "chemistry" "косметика и бытовая химия" "cosmetics and household chemicals";
    BuildingMaterials "construction" "стройматериалы" "building materials";
    MotorOils "autofluids" "моторные масла" "motor oils";
    CarParts "carparts" "автозапчасти" "car parts";
    RadioElectronics "radio" "радиоэлектроника" "radio electronics";
    OpticFibre "opticfiber" "оптоволокно" "optical fibre";
    UzTobacco "uz_tobacco" "табак (Узбекистан)" "tobacco (Uzbekistan)";
    UzAlcohol "uz_alcohol" "алкоголь (Узбекистан)" "alcohol (Uzbekistan)";
    UzBeer "uz_beer" "пиво (Узбекистан)" "beer (Uzbekistan)";
    UzDrinks "uz_water" "вода и напитки (Узбекистан)" "water and soft drinks (Uzbekistan)";
    UzAppliances "uz_appliances" "бытовая техника (Узбекистан)" "household appliances (Uzbekistan)";
    UzMedicines "uz_pharma" "лекарства и медизделия (Узбекистан)" "medicines and medical goods (Uzbekistan)";
}

/// Other names under which the groups are known in files and programs.
const SYNONYMS: [(&str, ProductGroup); 11] = [
    ("clothes", ProductGroup::Clothes),
    ("tyres", ProductGroup::Tyres),
    ("photo", ProductGroup::Cameras),
    ("medicines", ProductGroup::Medicines),
    ("bicycles", ProductGroup::Bicycles),
    ("fur", ProductGroup::Furs),
    ("nicotine", ProductGroup::Nicotine),
    ("cosmetics", ProductGroup::Cosmetics),
    ("radio_electronics", ProductGroup::RadioElectronics),
    ("uz_softdrinks", ProductGroup::UzDrinks),
    ("uz_water_softdrinks", ProductGroup::UzDrinks),
];

/// A name that no product group has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownGroup;

impl UnknownGroup {
    /// The sentence for a person.
    pub const fn message(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => "Такой товарной группы нет.",
            Lang::En => "There is no such product group.",
        }
    }
}

impl fmt::Display for UnknownGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::En))
    }
}

impl core::error::Error for UnknownGroup {}

impl FromStr for ProductGroup {
    type Err = UnknownGroup;

    /// Reads an alias, in any letter case, or one of a few other names in use.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let by_alias = Self::ALL
            .into_iter()
            .find(|group| group.alias().eq_ignore_ascii_case(text));
        let by_synonym = || {
            SYNONYMS
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(text))
                .map(|(_, group)| *group)
        };
        by_alias.or_else(by_synonym).ok_or(UnknownGroup)
    }
}

impl fmt::Display for ProductGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.alias())
    }
}

/// A set of product groups: those whose codes have the shape of a given one.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Groups(u64);

impl Groups {
    /// No group at all.
    pub const NONE: Self = Self(0);

    /// The set of these groups.
    pub const fn of(groups: &[ProductGroup]) -> Self {
        let mut bits = 0;
        let mut rest = groups;
        while let [first, behind @ ..] = rest {
            bits |= 1 << *first as u32;
            rest = behind;
        }
        Self(bits)
    }

    /// The groups of either set.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the group is in the set.
    pub const fn contains(self, group: ProductGroup) -> bool {
        self.0 & (1 << group as u32) != 0
    }

    /// Whether there is no group in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many groups there are.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The groups, in the order of [`ProductGroup::ALL`].
    pub fn iter(self) -> GroupsIter {
        self.into_iter()
    }
}

impl IntoIterator for Groups {
    type Item = ProductGroup;
    type IntoIter = GroupsIter;

    fn into_iter(self) -> GroupsIter {
        GroupsIter(self.0)
    }
}

impl fmt::Debug for Groups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.into_iter().map(ProductGroup::alias))
            .finish()
    }
}

/// The groups of a set, one after another.
#[derive(Clone, Debug)]
pub struct GroupsIter(u64);

impl Iterator for GroupsIter {
    type Item = ProductGroup;

    fn next(&mut self) -> Option<ProductGroup> {
        let index = self.0.trailing_zeros() as usize;
        let group = ProductGroup::ALL.get(index).copied()?;
        self.0 &= self.0 - 1;
        Some(group)
    }
}

impl FusedIterator for GroupsIter {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    #[test]
    fn every_group_is_found_by_its_alias_and_no_alias_is_shared() {
        for group in ProductGroup::ALL {
            assert_eq!(group.alias().parse(), Ok(group));
            assert_eq!(group.to_string(), group.alias());
        }
        assert_eq!("photo".parse(), Ok(ProductGroup::Cameras));
        assert_eq!("LP".parse(), Ok(ProductGroup::Clothes));
        assert_eq!("horses".parse::<ProductGroup>(), Err(UnknownGroup));
    }

    #[test]
    fn a_set_gives_back_what_was_put_in() {
        let set = Groups::of(&[ProductGroup::Milk, ProductGroup::UzMedicines]);
        assert_eq!(
            set.iter().collect::<Vec<_>>(),
            [ProductGroup::Milk, ProductGroup::UzMedicines]
        );
        assert_eq!(set.len(), 2);
        assert!(set.contains(ProductGroup::Milk) && !set.contains(ProductGroup::Beer));
        assert!(Groups::NONE.is_empty());
    }
}
