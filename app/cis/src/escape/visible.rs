//! For people: the separator shown as `␝` (U+241D), Unicode's picture of it.

use alloc::borrow::Cow;
use core::fmt::{self, Display, Write};

use super::print_escaped;
use crate::GS;

/// The picture of the separator.
pub const SYMBOL: char = '␝';

/// The text with every separator as `␝`.
pub fn encode(text: &str) -> impl Display {
    fmt::from_fn(move |f| {
        print_escaped(
            f,
            text,
            |character| character == GS,
            |f, _, _| f.write_char(SYMBOL),
        )
    })
}

/// The text with every `␝` as a separator. Nothing is refused; a text that held the picture itself does not come back.
pub fn decode(text: &str) -> Cow<'_, str> {
    if text.contains(SYMBOL) {
        Cow::Owned(text.replace(SYMBOL, "\u{1d}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn the_separator_is_seen_and_comes_back() {
        let shown = encode("5Qbag!\u{1d}93Zjqw").to_string();
        assert_eq!(shown, "5Qbag!␝93Zjqw");
        assert_eq!(decode(&shown), "5Qbag!\u{1d}93Zjqw");
    }
}
