//! Names of product groups.

/// Numbers and aliases (edition 62, 5.3.1; the same numbers in True API's balances).
const GROUPS: [(u32, &str); 48] = [
    (1, "lp"),
    (2, "shoes"),
    (3, "tobacco"),
    (4, "perfumery"),
    (5, "tires"),
    (6, "electronics"),
    (7, "pharma"),
    (8, "milk"),
    (9, "bicycle"),
    (10, "wheelchairs"),
    (12, "otp"),
    (13, "water"),
    (15, "beer"),
    (16, "ncp"),
    (17, "bio"),
    (19, "antiseptic"),
    (20, "petfood"),
    (21, "seafood"),
    (22, "nabeer"),
    (23, "softdrinks"),
    (25, "meat"),
    (26, "vetpharma"),
    (27, "toys"),
    (28, "radio"),
    (31, "titan"),
    (32, "conserve"),
    (33, "vegetableoil"),
    (34, "opticfiber"),
    (35, "chemistry"),
    (36, "books"),
    (37, "grocery"),
    (39, "construction"),
    (40, "fire"),
    (41, "heater"),
    (42, "cableraw"),
    (43, "autofluids"),
    (44, "polymer"),
    (45, "sweets"),
    (48, "carparts"),
    (49, "furslp"),
    (50, "nicotindev"),
    (51, "gadgets"),
    (52, "frozen"),
    (53, "fertilizers"),
    (54, "homeware"),
    (55, "vetbio"),
    (57, "industrial"),
    (59, "pyrotechnics"),
];

/// How the profile and the paths of API v2 spelled some of them.
const OLD_SPELLINGS: [(&str, &str); 3] = [
    ("perfum", "perfumery"),
    ("light", "lp"),
    ("photo", "electronics"),
];

/// The alias of today for a name in any spelling and case.
pub(crate) fn alias_of(name: &str) -> String {
    let name = name.trim().to_ascii_lowercase();
    OLD_SPELLINGS
        .into_iter()
        .find(|(old, _)| *old == name)
        .map_or(name, |(_, today)| today.to_owned())
}

/// The alias of a number.
pub(crate) fn alias_of_number(number: u32) -> Option<String> {
    GROUPS
        .into_iter()
        .find(|(known, _)| *known == number)
        .map(|(_, alias)| alias.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_and_every_alias_is_there_once() {
        let mut numbers: Vec<_> = GROUPS.iter().map(|(number, _)| number).collect();
        let mut aliases: Vec<_> = GROUPS.iter().map(|(_, alias)| alias).collect();
        for list in [numbers.len(), aliases.len()] {
            assert_eq!(list, GROUPS.len());
        }
        numbers.sort_unstable();
        numbers.dedup();
        aliases.sort_unstable();
        aliases.dedup();
        assert_eq!((numbers.len(), aliases.len()), (GROUPS.len(), GROUPS.len()));
        assert_eq!(alias_of_number(1).as_deref(), Some("lp"));
        assert_eq!(alias_of_number(59).as_deref(), Some("pyrotechnics"));
        assert_eq!(alias_of_number(0), None);
    }

    #[test]
    fn old_spellings_lead_to_aliases_that_there_are() {
        for (old, alias) in [
            ("PERFUM", "perfumery"),
            ("Light", "lp"),
            ("photo", "electronics"),
            (" LP ", "lp"),
        ] {
            assert_eq!(alias_of(old), alias);
            assert!(GROUPS.iter().any(|(_, known)| *known == alias));
        }
        assert_eq!(alias_of("NEWGROUP"), "newgroup");
    }
}
