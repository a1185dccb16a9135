//! Texts made comparable. The databases cannot do it: SQLite's `lower()` knows ASCII only, PostgreSQL's depends on
//! how the database was created.

pub(crate) mod codes;
pub(crate) mod stock;

use desk::{identifiers::Mark, marketplace::MarketItem};

/// Lower case, «ё» as «е», and one space where any white space was: the form in which names are kept for search
/// and in which a person's words are looked for.
pub(crate) fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace('ё', "е");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Folded texts, each on a line of its own with a line end before it, so that `LIKE '%⏎tap%'` asks for a
/// beginning and `LIKE '%tap%'` for a part.
pub(crate) fn folded_lines<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts
        .flat_map(|text| ["\n".to_owned(), fold(text)])
        .collect()
}

/// The articles of an order's lines.
pub(crate) fn articles(items: &[MarketItem]) -> String {
    folded_lines(items.iter().map(|item| item.offer_id.as_str()))
}

/// The product names of an order's lines.
pub(crate) fn names(items: &[MarketItem]) -> String {
    folded_lines(items.iter().map(|item| item.name.as_str()))
}

/// The text as a part of a `LIKE … ESCAPE '\'` pattern that matches itself only.
pub(crate) fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// The key of the marking code in a text however it is spelled, and the key of the УИН that the text would be.
pub(crate) fn mark_keys(text: &str) -> [String; 2] {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let code = text
        .parse()
        .map_or_else(|_| format!("cis:{text}"), |code| Mark::Cis(code).key());
    [code, format!("uin:{text}")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What `LIKE … ESCAPE '\'` does, for patterns without a free `%` or `_`.
    fn like_literal(pattern: &str) -> Option<String> {
        let mut text = String::new();
        let mut rest = pattern.chars();
        while let Some(c) = rest.next() {
            match c {
                '\\' => text.push(rest.next()?),
                '%' | '_' => return None,
                other => text.push(other),
            }
        }
        Some(text)
    }

    #[test]
    fn names_meet_whatever_the_case_and_spacing() {
        assert_eq!(fold("  Тапочки  ЁЖИК\n41 "), "тапочки ежик 41");
    }

    #[test]
    fn a_beginning_is_told_from_a_part() {
        let lines = folded_lines(["ART-1", "Б ART"].into_iter());
        assert!(lines.contains("\nart"));
        assert!(!lines.contains("\n1"));
        assert_eq!(lines.matches("\nart").count(), 1);
    }

    #[test]
    fn a_code_is_found_by_its_identity_whether_or_not_its_tail_is_there() {
        let whole = format!(
            "0104670033010053215tm!Kq2bV0001\u{1d}91ffd0\u{1d}92{}",
            "A".repeat(44)
        );
        let bare = "0104670033010053215tm!Kq2bV0001";
        assert_eq!(
            mark_keys(&whole),
            [format!("cis:{bare}"), format!("uin:{whole}")]
        );
        assert_eq!(
            mark_keys("1234567890123456").last().map(String::as_str),
            Some("uin:1234567890123456")
        );
    }

    proptest! {
        #[test]
        fn a_literal_pattern_matches_its_own_text_only(text in ".*") {
            prop_assert_eq!(like_literal(&literal(&text)), Some(text));
        }

        #[test]
        fn folding_twice_is_folding_once(text in "[А-яA-zЁё \\t\\n]*") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
