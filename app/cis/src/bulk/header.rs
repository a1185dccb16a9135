//! The names of columns, as marketplaces, СУЗ and people write them.

use alloc::string::String;

/// What a column holds, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Code,
    Order,
    Gtin,
}

/// Whole names, and pieces that give a name away, of each role; folded as [`fold`] does and divided by `|`. The first that
/// fits decides.
const NAMES: [(Role, &str, &str); 3] = [
    (
        Role::Code,
        "|км|киз|ки|кизы|кис|код|коды|cis|kiz|km|ki|code|codes|sgtin|уит|uit|маркировка|",
        "",
    ),
    (
        Role::Gtin,
        "|шк|ean|ean8|ean13|upc|",
        "gtin|гтин|штрихкод|barcode",
    ),
    (Role::Order, "|", "заказ|order|отправлени|posting|сборочн"),
];

/// Pieces of longer names of the code, tried last: «Код маркировки (КИЗ)», «Код идентификации», “marking code”.
const CODE_PIECES: &str =
    "маркировк|идентификаци|честныйзнак|честногознака|markingcode|datamatrix|киз";

/// A name with one of these is about something else: «Дата заказа», «Статус маркировки».
const OTHERS: &str =
    "дата|статус|сумма|цена|колич|тип|ошибк|товар|date|status|price|sum|count|quantity|type|error";

/// What the column with this name holds.
pub(super) fn role(name: &str) -> Option<Role> {
    let name = fold(name);
    if name.is_empty() {
        return None;
    }
    // Not `contains`, whose search for long texts the page would have to download.
    let has = |piece: &str| {
        (0..name.len()).any(|at| {
            name.as_bytes()
                .get(at..)
                .is_some_and(|rest| rest.starts_with(piece.as_bytes()))
        })
    };
    let has_piece = |pieces: &str| {
        pieces
            .split('|')
            .any(|piece| !piece.is_empty() && has(piece))
    };
    let is_whole = |names: &str| names.split('|').any(|whole| whole == name);
    if has_piece(OTHERS) {
        // «Код товара (GTIN)» is still a number of goods.
        return has_piece("gtin|гтин|штрихкод").then_some(Role::Gtin);
    }
    let named = NAMES
        .iter()
        .find(|(_, names, pieces)| is_whole(names) || has_piece(pieces))
        .map(|(role, ..)| *role);
    named.or_else(|| has_piece(CODE_PIECES).then_some(Role::Code))
}

/// Small letters and digits, nothing else; no Unicode table is needed for two alphabets. «№» is «номер».
fn fold(name: &str) -> String {
    let mut folded = String::new();
    for character in name.chars().take(LONGEST) {
        match character {
            'A'..='Z' | 'a'..='z' | '0'..='9' => folded.push(character.to_ascii_lowercase()),
            'а'..='я' => folded.push(character),
            // The capital letters stand 32 places before the small ones.
            'А'..='Я' => folded.extend(char::from_u32(u32::from(character) + 32)),
            'ё' | 'Ё' => folded.push('е'),
            '№' => folded.push_str("номер"),
            _ => {}
        }
    }
    folded
}

/// No name of a column is longer, in characters.
const LONGEST: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_two_languages_and_any_case() {
        for (name, expected) in [
            ("Код маркировки", Some(Role::Code)),
            ("КОДЫ МАРКИРОВКИ (КИЗ)", Some(Role::Code)),
            ("КМ", Some(Role::Code)),
            ("\u{feff}КИЗ", Some(Role::Code)),
            ("sgtin", Some(Role::Code)),
            ("Код идентификации", Some(Role::Code)),
            ("marking_code", Some(Role::Code)),
            ("Код", Some(Role::Code)),
            ("Номер заказа", Some(Role::Order)),
            ("№ заказа", Some(Role::Order)),
            ("Код заказа", Some(Role::Order)),
            ("Order ID", Some(Role::Order)),
            ("Номер отправления", Some(Role::Order)),
            ("GTIN", Some(Role::Gtin)),
            ("Код товара (GTIN)", Some(Role::Gtin)),
            ("Штрихкод", Some(Role::Gtin)),
            ("Дата заказа", None),
            ("Статус маркировки", None),
            ("Код товара", None),
            ("Наименование", None),
            ("57001", None),
            ("", None),
        ] {
            assert_eq!(role(name), expected, "{name}");
        }
    }
}
