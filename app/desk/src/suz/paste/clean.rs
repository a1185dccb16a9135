//! Cleaning of a pasted id: what copying leaves behind is taken away, and said.

use crate::suz::words::words;

words! {
    /// Something that was cleaned away.
    Cleaning {
        /// Spaces, tabs or line breaks.
        Spaces = "spaces",
        /// Non-breaking spaces and their kin, which look like spaces and are none.
        HardSpaces = "hard_spaces",
        /// Characters without a picture: zero-width spaces, joiners, direction marks, a byte order mark.
        Invisible = "invisible",
        /// Quotes.
        Quotes = "quotes",
        /// Braces or brackets.
        Braces = "braces",
        /// Dashes of typography in place of hyphens.
        Dashes = "dashes",
        /// Upper case: СУЗ answers such an id with 1140.
        UpperCase = "upper_case",
        /// Russian letters that look like Latin ones.
        Cyrillic = "cyrillic",
        /// Hyphens that were missing.
        NoHyphens = "no_hyphens",
        /// Words around the id («OMS ID: …»), a full stop after it.
        Around = "around",
    }
}

/// A text with what was cleaned away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// What is left.
    pub text: String,
    /// What was done, each once.
    pub cleanings: Vec<Cleaning>,
}

impl Cleaned {
    fn note(&mut self, cleaning: Cleaning) {
        if !self.cleanings.contains(&cleaning) {
            self.cleanings.push(cleaning);
        }
    }

    /// The same with further cleanings and another text.
    pub(super) fn into(mut self, text: String, more: &[Cleaning]) -> Self {
        self.text = text;
        for cleaning in more {
            self.note(*cleaning);
        }
        self
    }
}

/// What a character becomes: itself, another, or nothing.
fn cleaned(c: char) -> (Option<char>, Option<Cleaning>) {
    match c {
        ' ' => (Some(' '), None),
        '\t' | '\n' | '\r' => (Some(' '), Some(Cleaning::Spaces)),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            (Some(' '), Some(Cleaning::HardSpaces))
        }
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => (None, Some(Cleaning::Invisible)),
        '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}' => {
            (None, Some(Cleaning::Quotes))
        }
        '{' | '}' | '[' | ']' | '(' | ')' | '<' | '>' => (None, Some(Cleaning::Braces)),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            (Some('-'), Some(Cleaning::Dashes))
        }
        c if c.is_control() => (None, Some(Cleaning::Invisible)),
        c => (Some(c), None),
    }
}

/// Takes away what no id has: invisible characters, quotes, braces, spaces at the ends; spaces and dashes of
/// typography become plain ones. Letters stay as they are.
pub fn clean(text: &str) -> Cleaned {
    let mut result = Cleaned {
        text: String::with_capacity(text.len()),
        cleanings: Vec::new(),
    };
    for c in text.chars() {
        let (kept, cleaning) = cleaned(c);
        result.text.extend(kept);
        if let Some(cleaning) = cleaning {
            result.note(cleaning);
        }
    }
    let trimmed = result.text.trim_matches(' ');
    if trimmed.len() < result.text.len() {
        let spaces_said = [Cleaning::Spaces, Cleaning::HardSpaces]
            .iter()
            .any(|said| result.cleanings.contains(said));
        let trimmed = trimmed.to_owned();
        result.text = trimmed;
        if !spaces_said {
            result.note(Cleaning::Spaces);
        }
    }
    result
}

/// A Russian letter that looks like a hexadecimal digit, as that digit.
pub(super) const fn look_alike(c: char) -> Option<char> {
    match c {
        'а' | 'А' => Some('a'),
        'В' => Some('b'),
        'с' | 'С' => Some('c'),
        'е' | 'Е' => Some('e'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_leaving_of_copying_is_taken_away_and_said() {
        let cases: [(&str, &str, &[Cleaning]); 9] = [
            ("ab", "ab", &[]),
            (" ab\n", "ab", &[Cleaning::Spaces]),
            ("ab ", "ab", &[Cleaning::Spaces]),
            ("\u{a0}ab", "ab", &[Cleaning::HardSpaces]),
            ("a\u{200b}b\u{feff}", "ab", &[Cleaning::Invisible]),
            ("«ab»", "ab", &[Cleaning::Quotes]),
            ("{ab}", "ab", &[Cleaning::Braces]),
            ("a\u{2013}b", "a-b", &[Cleaning::Dashes]),
            (
                "\"{ab}\"\u{2060}",
                "ab",
                &[Cleaning::Quotes, Cleaning::Braces, Cleaning::Invisible],
            ),
        ];
        for (text, left, cleanings) in cases {
            assert_eq!(
                clean(text),
                Cleaned {
                    text: left.into(),
                    cleanings: cleanings.into(),
                },
                "{text:?}"
            );
        }
    }

    #[test]
    fn words_keep_the_spaces_between_them() {
        assert_eq!(clean(" OMS\u{a0}ID: x ").text, "OMS ID: x");
    }
}
