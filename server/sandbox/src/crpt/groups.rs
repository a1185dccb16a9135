//! The product groups of Честный ЗНАК (СУЗ API 3.0.36, section 5.3.1; True API, the list of product groups).

/// Number and alias, by number.
const GROUPS: [(u16, &str); 48] = [
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

/// True API's number of a group.
pub(super) fn number(alias: &str) -> Option<u16> {
    GROUPS
        .iter()
        .find(|(_, known)| *known == alias)
        .map(|(number, _)| *number)
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
        let sorted = GROUPS
            .iter()
            .zip(GROUPS.iter().skip(1))
            .all(|(one, next)| one.0 < next.0);
        assert!(sorted);
        for (place, (_, alias)) in GROUPS.iter().enumerate() {
            let found = GROUPS.iter().position(|(_, known)| known == alias);
            assert_eq!(found, Some(place), "{alias}");
        }
        assert_eq!((number("lp"), number("LP")), (Some(1), None));
        assert_eq!(in_profile("perfumery"), "PERFUM");
    }
}
