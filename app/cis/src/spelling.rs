//! The ways in which a separator arrives as text.

use crate::GS;
use crate::ai;

/// A spelling that cannot be data, at the beginning of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Certain {
    /// A separator, written with this many characters.
    Separator(usize),
    /// An escape with so many backslashes that nobody can tell which of them are data; this many characters.
    TooDeep(usize),
}

/// One character that stands for a separator: pictures of it (U+241D, 0x1D in code page 437 and its neighbours), FNC1 as the
/// codeword 232, and U+0093, which some scanners send.
const CERTAIN_CHARACTERS: [char; 6] = ['␝', '↔', '☻', '☺', 'è', '\u{93}'];

/// Escapes of the control character in programming languages, behind one backslash or two (escaped once more).
const ESCAPES: [&str; 4] = ["u001d", "x001d", "x1d", "035"];

/// Words with a character that no marking code contains.
const CERTAIN_WORDS: [&str; 8] = [
    "{GS}", "[GS]", "{FNC1}", "^FNC1", "&#29;", "&#x1D;", "~d029", "|d029",
];

/// How a code may begin in place of the FNC1 character; elsewhere these letters may be data.
const CERTAIN_IN_FRONT: [&str; 2] = ["<FNC1>", "~1"];

/// Words and characters that may be data too, the longer before the shorter. They are believed only where an identifier
/// follows and the whole code then reads well.
const ANCHORED: [&str; 22] = [
    "_x001D_", "<FNC1>", "<GS> ", "<GS>", "(GS)", "%1D", "\\^]", "029", "^]", "\\F", "GS", " ",
    "#", "$", "@", "[", "]", "^", "`", "{", "|", "~",
];

/// The spelling that is certain at the beginning of the text.
pub(crate) fn certain(text: &str) -> Option<Certain> {
    if text.starts_with(CERTAIN_CHARACTERS) {
        return Some(Certain::Separator(1));
    }
    let behind = text.trim_start_matches('\\');
    let backslashes = text.len() - behind.len();
    if backslashes > 0 {
        let escape = ESCAPES
            .iter()
            .find(|escape| starts_with_ignoring_case(behind, escape))?;
        let length = backslashes + escape.len();
        return Some(if backslashes <= 2 {
            Certain::Separator(length)
        } else {
            Certain::TooDeep(length)
        });
    }
    CERTAIN_WORDS
        .iter()
        .find(|word| starts_with_ignoring_case(text, word))
        .map(|word| Certain::Separator(word.len()))
}

/// The length of the spelling of FNC1 with which the text begins.
pub(crate) fn in_front(text: &str) -> Option<usize> {
    CERTAIN_IN_FRONT
        .iter()
        .find(|word| {
            text.strip_prefix(**word)
                .is_some_and(|behind| behind.starts_with("01"))
        })
        .map(|word| word.len())
}

/// A place where a spelling, or the brackets around an identifier, may stand for a separator. Bytes of an ASCII text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchored {
    pub(crate) start: usize,
    pub(crate) length: usize,
    /// Where a closing bracket has to go too.
    pub(crate) closing: Option<usize>,
}

/// All places where a known identifier stands behind a spelling that may be data.
pub(crate) fn anchored(text: &str, with_brackets: bool) -> impl Iterator<Item = Anchored> {
    let mut free_from = 0;
    text.char_indices().filter_map(move |(start, _)| {
        if start < free_from {
            return None;
        }
        let behind = text.get(start..)?;
        let found = bracketed(behind)
            .filter(|_| with_brackets)
            .map(|closing| Anchored {
                start,
                length: 1,
                closing: Some(start + closing),
            })
            .or_else(|| {
                let length = anchored_length(behind)?;
                Some(Anchored {
                    start,
                    length,
                    closing: None,
                })
            })?;
        free_from = start + found.length;
        Some(found)
    })
}

fn anchored_length(text: &str) -> Option<usize> {
    ANCHORED
        .iter()
        .find(|spelling| {
            starts_with_ignoring_case(text, spelling)
                && text
                    .get(spelling.len()..)
                    .is_some_and(|behind| ai::known_at(behind).is_some())
        })
        .map(|spelling| spelling.len())
}

/// Where the closing bracket of `(` + known identifier + `)` stands, when the text begins so.
pub(crate) fn bracketed(text: &str) -> Option<usize> {
    let behind = text.strip_prefix('(')?;
    let identifier = ai::known_at(behind)?;
    behind
        .strip_prefix(identifier.code)?
        .starts_with(')')
        .then_some(1 + identifier.code.len())
}

/// How a spelling is shown to a person: what cannot be seen is named.
pub(crate) fn shown(spelling: &str) -> String {
    match spelling {
        "\u{93}" => "U+0093".to_owned(),
        other => other.replace(GS, "␝"),
    }
}

fn starts_with_ignoring_case(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_certain_with_one_backslash_or_two() {
        for (text, expected) in [
            ("\\u001d93", Some(Certain::Separator(6))),
            ("\\\\u001D93", Some(Certain::Separator(7))),
            ("\\\\\\u001d93", Some(Certain::TooDeep(8))),
            ("\\x1d93", Some(Certain::Separator(4))),
            ("\\03593", Some(Certain::Separator(4))),
            ("\\93", None),
            ("u001d93", None),
            ("\\\u{1d}93", None),
        ] {
            assert_eq!(certain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_spelling_that_may_be_data_needs_an_identifier_behind_it() {
        let starts = |text| {
            anchored(text, false)
                .map(|found| (found.start, found.length))
                .collect::<Vec<_>>()
        };
        assert_eq!(starts("abc<GS>93dGVz"), [(3, 4)]);
        assert_eq!(starts("abc<GS>88dGVz"), []);
        assert_eq!(starts("abc%1d91FFD0 92"), [(3, 3), (12, 1)]);
        assert_eq!(starts("abc(93)dGVz"), []);
    }

    #[test]
    fn brackets_around_an_identifier_are_offered_only_when_wanted() {
        let found: Vec<_> = anchored("abc(93)dGVz", true).collect();
        assert_eq!(
            found,
            [Anchored {
                start: 3,
                length: 1,
                closing: Some(6)
            }]
        );
    }
}
