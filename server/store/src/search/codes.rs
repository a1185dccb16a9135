//! What codes are searched by. Codes are told apart by the case of their letters, which SQLite's `LIKE` does not see,
//! so beginnings are looked for as ranges of an index, and ends as beginnings of the text turned round.

use super::mark_keys;
use cis::{Gtin, MarkingCode};
use desk::codes::{Filter, SearchBy};
use serde::Serialize;

/// Characters of an end that are kept turned round. Serial numbers and tails are random, so these tell more than enough;
/// the rest of a longer search is compared with the text itself.
pub(crate) const END_KEPT: usize = 12;

/// The searched forms of one code, as they stand beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SearchKeys {
    /// The КИ without its GTIN; the whole of a КИ that has none.
    pub(crate) serial: String,
    /// The last [`END_KEPT`] characters of the КИ, the very last first.
    pub(crate) ki_end: String,
    /// The same of the whole text, while it has more than its КИ.
    pub(crate) text_end: Option<String>,
}

impl SearchKeys {
    /// The forms of a mark. The migration that added them says the same in SQL.
    pub(crate) fn of(key: &str, text: &str, gtin: Option<&str>) -> Self {
        let ki = key.split_once(':').map_or(key, |(_, ki)| ki);
        let behind = |gtin: &str| {
            let elements = ki.strip_prefix("01")?.strip_prefix(gtin)?;
            elements.strip_prefix("21")
        };
        let serial = gtin.and_then(|gtin| behind(gtin).or_else(|| ki.strip_prefix(gtin)));
        Self {
            serial: serial.unwrap_or(ki).to_owned(),
            ki_end: turned(ki),
            text_end: (text.len() > ki.len()).then(|| turned(text)),
        }
    }
}

/// The last characters of a text, the very last first.
fn turned(text: &str) -> String {
    text.chars().rev().take(END_KEPT).collect()
}

/// Where texts that begin with this begin and end in an index that compares byte by byte. Codes are ASCII without
/// U+007F, so nothing that begins with the prefix reaches the upper bound and nothing else lies below it.
fn range(prefix: &str) -> [String; 2] {
    [prefix.to_owned(), format!("{prefix}\u{7f}")]
}

/// What is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sought {
    /// Nothing in particular.
    All,
    /// The codes of some products: any number.
    Products(Vec<Products>),
    /// The codes that a text is part of in any of these ways: few, unless the text is very short.
    Codes(Vec<Way>),
}

/// Some products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Products {
    /// Of this GTIN-14.
    Whole(String),
    /// Whose GTIN lies between these.
    Between([String; 2]),
}

/// One way in which a text may be part of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It is one of these keys.
    Keys([String; 2]),
    /// It is this GTIN-14.
    Gtin(String),
    /// The serial number lies between these.
    SerialStart([String; 2]),
    /// The КИ turned round lies between these and ends with the third.
    KiEnd([String; 2], String),
    /// The whole text turned round lies between these and ends with the third.
    TextEnd([String; 2], String),
}

/// What a filter's text may be.
pub(crate) fn sought(filter: &Filter) -> Sought {
    let text = filter.search.trim_matches([' ', '\t', '\r', '\n']);
    if text.is_empty() {
        return Sought::All;
    }
    match filter.by {
        SearchBy::Anything => Sought::Codes(anything(text)),
        SearchBy::Gtin => Sought::Products(products(text)),
        SearchBy::Serial => Sought::Codes(vec![Way::SerialStart(range(text))]),
        SearchBy::End => Sought::Codes(ends(text).into()),
    }
}

fn anything(text: &str) -> Vec<Way> {
    let mut ways = vec![Way::Keys(mark_keys(text))];
    ways.extend(whole_gtin(text).map(Way::Gtin));
    // A whole code in another spelling is none of what follows: it would only be looked for in vain.
    if !text
        .parse::<MarkingCode>()
        .is_ok_and(|code| code.has_tail())
    {
        ways.push(Way::SerialStart(range(text)));
        ways.extend(ends(text));
    }
    ways
}

fn ends(text: &str) -> [Way; 2] {
    let kept = range(&turned(text));
    [
        Way::KiEnd(kept.clone(), text.to_owned()),
        Way::TextEnd(kept, text.to_owned()),
    ]
}

/// A GTIN of 8, 12, 13 or 14 digits whose check digit is right, as GTIN-14.
fn whole_gtin(text: &str) -> Option<String> {
    if !matches!(text.len(), 8 | 12 | 13 | 14) {
        return None;
    }
    let gtin = format!("{text:0>14}").parse::<Gtin>().ok()?;
    Some(gtin.to_string())
}

/// The start of a GTIN as codes write it, and as people read it off a package, without the zero before EAN-13.
fn products(text: &str) -> Vec<Products> {
    match whole_gtin(text) {
        Some(gtin) => vec![Products::Whole(gtin)],
        None => [text.to_owned(), format!("0{text}")]
            .map(|start| Products::Between(range(&start)))
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::identifiers::Mark;
    use proptest::prelude::*;

    fn keys_of(text: &str) -> SearchKeys {
        let mark = Mark::Cis(MarkingCode::from_canonical(text).unwrap());
        let gtin = mark.gtin().map(|gtin| gtin.to_string());
        SearchKeys::of(&mark.key(), mark.text(), gtin.as_deref())
    }

    fn within([from, to]: &[String; 2], kept: &str) -> bool {
        from.as_str() <= kept && kept < to.as_str()
    }

    /// What the database does with a way, said in Rust.
    fn meets(way: &Way, keys: &SearchKeys, text: &str, gtin: Option<&str>, key: &str) -> bool {
        match way {
            Way::Keys(keys) => keys.iter().any(|it| it == key),
            Way::Gtin(whole) => gtin == Some(whole),
            Way::SerialStart(range) => within(range, &keys.serial),
            Way::KiEnd(range, end) => within(range, &keys.ki_end) && key.ends_with(end),
            Way::TextEnd(range, end) => {
                keys.text_end
                    .as_deref()
                    .is_some_and(|kept| within(range, kept))
                    && text.ends_with(end)
            }
        }
    }

    fn finds(by: SearchBy, search: &str, text: &str) -> bool {
        let code = MarkingCode::from_canonical(text).unwrap();
        let mark = Mark::Cis(code);
        let gtin = mark.gtin().map(|gtin| gtin.to_string());
        let keys = SearchKeys::of(&mark.key(), mark.text(), gtin.as_deref());
        let filter = Filter {
            search: search.to_owned(),
            by,
            ..Filter::default()
        };
        match sought(&filter) {
            Sought::All => true,
            Sought::Products(products) => products.iter().any(|products| match products {
                Products::Whole(whole) => gtin.as_ref() == Some(whole),
                Products::Between(range) => gtin.as_deref().is_some_and(|gtin| within(range, gtin)),
            }),
            Sought::Codes(ways) => ways
                .iter()
                .any(|way| meets(way, &keys, text, gtin.as_deref(), &mark.key())),
        }
    }

    #[test]
    fn a_code_is_known_by_both_its_ends() {
        let keys = keys_of("0104670033010053215tm!Kq2bV0001\u{1d}93Zjqw");
        assert_eq!(keys.ki_end, "1000Vb2qK!mt");
        assert_eq!(keys.text_end.as_deref(), Some("wqjZ39\u{1d}1000V"));
        assert_eq!(keys_of("0104670033010053215tm!Kq2bV0001").text_end, None);
        assert_eq!(keys.serial, "5tm!Kq2bV0001");
    }

    #[test]
    fn marks_without_elements_are_known_by_what_they_have() {
        let gtin = Some("04601653029019");
        let pack = SearchKeys::of("cis:04601653029019abcdefg", "04601653029019abcdefg", gtin);
        assert_eq!(pack.serial, "abcdefg");
        let fur = SearchKeys::of("cis:RU-430302-AAA7582720", "RU-430302-AAA7582720", None);
        assert_eq!(fur.serial, "RU-430302-AAA7582720");
        let uin = SearchKeys::of("uin:12", "12", None);
        assert_eq!(
            (uin.serial.as_str(), uin.ki_end.as_str(), uin.text_end),
            ("12", "21", None)
        );
    }

    #[test]
    fn a_gtin_is_found_as_it_stands_on_the_package() {
        let text = "0104670033010053215tm!Kq2bV0001\u{1d}93Zjqw";
        for search in ["4670033010053", "04670033010053", "46700", "0467"] {
            assert!(finds(SearchBy::Gtin, search, text), "{search}");
        }
        assert!(finds(SearchBy::Anything, "4670033010053", text));
        assert!(!finds(SearchBy::Gtin, "4670033010054", text));
    }

    #[test]
    fn a_whole_code_is_found_in_any_disguise() {
        let text = "0104670033010053215tm!Kq2bV0001\u{1d}93Zjqw";
        for search in [
            "0104670033010053215tm!Kq2bV0001",
            "0104670033010053215tm!Kq2bV0001\\u001d93Zjqw",
            "]d20104670033010053215tm!Kq2bV0001\u{1d}93Zjqw",
            "(01)04670033010053(21)5tm!Kq2bV0001(93)Zjqw",
        ] {
            assert!(finds(SearchBy::Anything, search, text), "{search}");
        }
    }

    #[test]
    fn the_case_of_a_letter_tells_codes_apart() {
        let text = "0104670033010053215tm!Kq2bV0001\u{1d}93Zjqw";
        assert!(finds(SearchBy::Serial, "5tm!K", text));
        assert!(!finds(SearchBy::Serial, "5TM!K", text));
        assert!(finds(SearchBy::End, "jqw", text));
        assert!(!finds(SearchBy::End, "JQW", text));
        assert!(!finds(SearchBy::Serial, "%", text), "no sign is a pattern");
        assert!(!finds(SearchBy::End, "_", text));
    }

    proptest! {
        /// A beginning of the serial number finds exactly the codes that begin so, an end those that end so.
        #[test]
        fn ranges_find_what_begins_or_ends_so_and_nothing_else(
            serial in "[!-~]{13}",
            other in "[!-~]{13}",
            from in 1usize..13,
            tail in "[A-Za-z0-9+/]{4}",
        ) {
            let code = |serial: &str| format!("010467003301005321{serial}\u{1d}93{tail}");
            let (text, another) = (code(&serial), code(&other));
            prop_assume!(MarkingCode::from_canonical(&text).is_ok() && MarkingCode::from_canonical(&another).is_ok());
            let (start, end) = serial.split_at(from);
            prop_assert!(finds(SearchBy::Serial, start, &text));
            prop_assert_eq!(finds(SearchBy::Serial, start, &another), other.starts_with(start));
            prop_assert!(finds(SearchBy::End, end, &text));
            prop_assert_eq!(
                finds(SearchBy::End, end, &another),
                other.ends_with(end) || another.ends_with(end)
            );
            let whole_end = format!("{end}\u{1d}93{tail}");
            prop_assert!(finds(SearchBy::End, &whole_end, &text));
            prop_assert_eq!(finds(SearchBy::End, &whole_end, &another), other.ends_with(end));
        }
    }
}
