//! The ways in which a separator arrives as text.

use crate::ai;
use crate::charset::is_cset82;
use crate::draft::{CYRILLIC, Change, Item, starts_with};
use crate::grammar;
use crate::{GS, Gtin, Step};

/// One character that stands for a separator: pictures of it (U+241D, 0x1D in code page 437 and its neighbours), FNC1 as the
/// codeword 232, and U+0093, which some scanners send.
fn is_picture(character: char) -> bool {
    matches!(character, '␝' | '↔' | '☻' | '☺' | 'è' | '\u{93}')
}

/// Words with a character that no marking code contains.
const CERTAIN_WORDS: [&str; 11] = [
    "{GS}", "[GS]", "{FNC1}", "[FNC1]", "^FNC1", "~d029", "|d029", "\\^]", "^]", "{0x1D}", "[0x1D]",
];

/// Escapes of the control character in programming languages, behind one backslash or two (escaped once more).
const ESCAPES: [&str; 4] = ["u001d", "x001d", "x1d", "035"];

/// The separator where no code could hold what stands there.
pub(crate) fn certain(items: &[Item]) -> Option<Change> {
    let first = items.first()?.character;
    if is_picture(first) {
        return Some(separator(1));
    }
    match first {
        '\\' => escape(items),
        '{' | '[' | '^' | '~' | '|' => word(items),
        _ => None,
    }
}

fn separator(length: usize) -> Change {
    Change {
        length,
        by: Some(GS),
        step: Step::SeparatorSpelling,
    }
}

fn word(items: &[Item]) -> Option<Change> {
    CERTAIN_WORDS
        .iter()
        .find(|word| starts_with(items, word))
        .map(|word| separator(word.len()))
}

fn escape(items: &[Item]) -> Option<Change> {
    let backslashes = backslashes(items);
    let behind = items.get(backslashes..)?;
    if backslashes > MOST_BACKSLASHES {
        return None;
    }
    ESCAPES
        .iter()
        .skip(1)
        .find(|escape| starts_with(behind, escape))
        .map(|escape| separator(backslashes + escape.len()))
        .or_else(|| word(items))
}

/// An escape with more backslashes than these is not believed: nobody can tell which of them are data.
pub(crate) const MOST_BACKSLASHES: usize = 2;

/// How many backslashes the items begin with.
pub(crate) fn backslashes(items: &[Item]) -> usize {
    items
        .iter()
        .take_while(|item| item.character == '\\')
        .count()
}

/// How many backslashes stand in front of an escape that has too many of them.
pub(crate) fn too_deep(items: &[Item]) -> Option<usize> {
    let backslashes = backslashes(items);
    let behind = items.get(backslashes..)?;
    (backslashes > MOST_BACKSLASHES && ESCAPES.iter().any(|escape| starts_with(behind, escape)))
        .then_some(backslashes)
}

/// How a code may begin in place of the FNC1 character; elsewhere these letters may be data.
const IN_FRONT: [&str; 10] = [
    "<FNC1>", "(FNC1)", "<GS>", "(GS)", "_x001D_", "%1D", "~1", "\\F", "FNC1", "GS",
];

/// The length of the spelling of FNC1 that stands in front of a code. `029` is not among them: it may be the beginning of a pack.
pub(crate) fn in_front(items: &[Item]) -> Option<usize> {
    IN_FRONT
        .iter()
        .find(|word| {
            starts_with(items, word) && items.get(word.len()..).is_some_and(begins_like_a_code)
        })
        .map(|word| word.len())
}

/// The length of one character in front of `01` and a GTIN that no code contains and people put in place of separators.
pub(crate) fn strange_in_front(items: &[Item]) -> Option<usize> {
    let (first, behind) = items.split_first()?;
    let strange = u8::try_from(first.character)
        .is_ok_and(|byte| byte.is_ascii_graphic() && is_strange_separator(byte));
    let number = behind.get(2..2 + Gtin::LENGTH)?;
    let code = starts_with(behind, "01") && number.iter().all(|it| it.character.is_ascii_digit());
    (strange && code).then_some(1)
}

/// Whether the items begin with a digit or with `01` in brackets, as codes do.
pub(crate) fn begins_like_a_code(items: &[Item]) -> bool {
    items
        .first()
        .is_some_and(|item| item.character.is_ascii_digit())
        || starts_with(items, "(01)")
        || starts_with(items, "[01]")
}

/// Words that may be data too, the longer before the shorter. They are believed only where an identifier follows and the
/// whole code then reads well.
const DOUBTFUL: [&[u8]; 13] = [
    b"<FNC1>", b"(FNC1)", b"<0x1D>", b"(0x1D)", b"0x1D", b"FNC1", b"<GS>", b"(GS)", b"%1D", b"029",
    b"\\F", b"GS", b"_",
];

/// Whether a byte that no code contains may stand for a separator: any but a Cyrillic letter.
pub(crate) fn is_strange_separator(byte: u8) -> bool {
    byte != grammar::GS && byte != CYRILLIC && !is_cset82(byte)
}

/// The ends of the spellings of a separator that may begin at `at`; a shorter one may hide in a longer one.
pub(crate) fn doubtful(text: &[u8], at: usize) -> [Option<usize>; 3] {
    let mut ends = [None; 3];
    let rest = text.get(at..).unwrap_or_default();
    let strange = rest.first().copied().is_some_and(is_strange_separator);
    if !strange && !may_be_doubtful(rest) {
        return ends;
    }
    let mut free = ends.iter_mut();
    let lengths = DOUBTFUL
        .iter()
        .filter_map(|word| repeated(rest, word))
        .chain(strange.then_some(1));
    for length in lengths {
        let end = behind_filling(text, at + length);
        // Nobody writes a separator in letters in front of a real one.
        let beside_real = text
            .get(at..end)
            .is_some_and(|filling| filling.contains(&grammar::GS));
        if (strange || !beside_real)
            && let Some(slot) = free.next()
        {
            *slot = Some(end);
        }
    }
    ends
}

/// How long a word and its repetitions at the beginning of the text are.
fn repeated(text: &[u8], word: &[u8]) -> Option<usize> {
    let times = text
        .chunks_exact(word.len())
        .take_while(|chunk| chunk.eq_ignore_ascii_case(word))
        .count();
    (times > 0).then_some(times * word.len())
}

/// Whether a spelling is so short and so lawful that it takes more to believe it: all separators must be written so.
pub(crate) fn is_weak(spelling: &[u8]) -> bool {
    spelling.len() < 4
        && spelling
            .iter()
            .all(|byte| is_cset82(*byte) && !matches!(byte, b'%'))
}

/// Whether the text begins with one of the words of lawful characters.
pub(crate) fn is_word(text: &[u8]) -> bool {
    DOUBTFUL.iter().any(|word| {
        text.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    })
}

/// Whether one of the words may begin here.
fn may_be_doubtful(text: &[u8]) -> bool {
    matches!(
        text.first(),
        Some(b'<' | b'(' | b'0' | b'F' | b'f' | b'%' | b'\\' | b'G' | b'g' | b'_')
    )
}

/// Where the next character stands that is neither a separator nor foreign to codes: `<GS> ` and `<GS><GS>` are one separator.
pub(crate) fn behind_filling(text: &[u8], mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let in_brackets = matches!(rest.first(), Some(b'<' | b'('));
        let word = DOUBTFUL
            .iter()
            // Only words in brackets are clear enough to be taken without an identifier behind them.
            .filter(|_| in_brackets)
            .find(|word| {
                matches!(word, [b'<' | b'(', ..])
                    && rest
                        .get(..word.len())
                        .is_some_and(|start| start.eq_ignore_ascii_case(word))
            });
        at += match (word, rest.first()) {
            (Some(word), _) => word.len(),
            (None, Some(b'(' | b'[')) if bracketed(rest).is_some() => return at,
            (None, Some(byte)) if *byte == grammar::GS || is_strange_separator(*byte) => 1,
            _ => return at,
        };
    }
}

/// The length of `(` + known identifier + `)` at the beginning of the text, and the same with square brackets.
pub(crate) fn bracketed(text: &[u8]) -> Option<usize> {
    let (closing, behind) = match text {
        [b'(', behind @ ..] => (b')', behind),
        [b'[', behind @ ..] => (b']', behind),
        _ => return None,
    };
    let identifier = ai::known_at(behind)?;
    let length = identifier.code.len();
    (behind.get(length) == Some(&closing)).then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;

    fn certain_length(text: &str) -> Option<usize> {
        certain(&Draft::of(text).items).map(|change| change.length)
    }

    #[test]
    fn escapes_are_certain_with_one_backslash_or_two() {
        for (text, expected) in [
            ("\\x1d93", Some(4)),
            ("\\\\x001D93", Some(7)),
            ("\\03593", Some(4)),
            ("\\^]93", Some(3)),
            ("␝93", Some(1)),
            ("[gs]93", Some(4)),
            ("\\\\\\x1d93", None),
            ("\\93", None),
            ("x1d93", None),
        ] {
            assert_eq!(certain_length(text), expected, "{text:?}");
        }
        assert_eq!(too_deep(&Draft::of("\\\\\\u001d93").items), Some(3));
    }

    #[test]
    fn a_spelling_ends_behind_everything_that_fills_it() {
        assert_eq!(doubtful(b"<GS> 93dGVz", 0), [Some(5), None, None]);
        assert_eq!(doubtful(b"|93dGVz", 0), [Some(1), None, None]);
        assert_eq!(doubtful(b"%1d93", 0), [Some(3), None, None]);
        assert_eq!(doubtful(b"93dGVz", 0), [None; 3]);
        assert_eq!(doubtful(b"<GS>(GS)93", 0), [Some(8), None, None]);
    }

    #[test]
    fn brackets_hold_a_known_identifier() {
        assert_eq!(bracketed(b"(93)dGVz"), Some(4));
        assert_eq!(bracketed(b"[240]6403"), Some(5));
        assert_eq!(bracketed(b"(94)dGVz"), None);
    }
}
