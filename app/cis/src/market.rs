//! What Yandex Market accepts in the field `cis`: the last gate before a code is sent.
//!
//! Market publishes [two patterns](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderItemIdentifiers),
//! for a code with its crypto tail and for one without. They are necessary, never sufficient: they pass damaged codes and they
//! reject genuine ones (a tobacco block, milk with its date in front of the tail). So [`parse`](crate::parse()) decides first,
//! [`form`] only warns, and [`check`] blocks what cannot be right for anybody.

use alloc::string::String;

use crate::{GS, Lang, MAX_LENGTH, text};

/// The form in which Market knows a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarketForm {
    /// With separators and crypto tail.
    Full,
    /// GTIN and serial number only.
    Short,
}

/// Market's own opinion of a text: which of its two patterns it matches, if any.
///
/// The pattern for full codes has `9[1,3]`, which lets `9,` pass for an identifier; that is repeated here on purpose.
pub fn form(text: &str) -> Option<MarketForm> {
    // A dot in a pattern is no line end, in any of the dialects that Market may use.
    let long_enough = (1..=MAX_LENGTH).contains(&text.chars().count());
    if !long_enough || text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return None;
    }
    if is_full(text) {
        Some(MarketForm::Full)
    } else if is_short(text) {
        Some(MarketForm::Short)
    } else {
        None
    }
}

fn is_full(text: &str) -> bool {
    let Some(serial) = serial_onwards(text.strip_prefix(GS).unwrap_or(text)) else {
        return false;
    };
    let Some((serial, rest)) = serial.split_once(GS) else {
        return false;
    };
    serial.bytes().all(|byte| byte.is_ascii_graphic())
        && with_optional_bracket(serial).any(|serial| matches!(serial.len(), 6..=8 | 13 | 20))
        && (is_tail(rest) || is_additional_then_tail(rest))
}

fn is_short(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
        && serial_onwards(text).is_some_and(|serial| {
            with_optional_bracket(serial).any(|serial| matches!(serial.len(), 6..=8 | 13 | 20))
        })
}

/// What follows `\(?01\)?\d{14}\(?21`; the closing bracket behind `21` is left, because a serial number may begin with one.
fn serial_onwards(text: &str) -> Option<&str> {
    let text = text.strip_prefix('(').unwrap_or(text).strip_prefix("01")?;
    let text = text.strip_prefix(')').unwrap_or(text);
    let (gtin, text) = text.split_at_checked(14)?;
    if !gtin.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.strip_prefix('(').unwrap_or(text).strip_prefix("21")
}

/// The two ways to go on where the pattern has `\)?`.
fn with_optional_bracket(text: &str) -> impl Iterator<Item = &str> {
    [text.strip_prefix(')'), Some(text)].into_iter().flatten()
}

/// `\(?9[1,3]\)?.+` to the end of the text.
fn is_tail(text: &str) -> bool {
    text.strip_prefix('(')
        .unwrap_or(text)
        .strip_prefix('9')
        .and_then(|text| text.strip_prefix(['1', ',', '3']))
        .is_some_and(|value| !value.is_empty())
}

/// `\(?240\)?.{1,30}`, a separator and the tail. The dot takes separators too, so each of them may be the one.
fn is_additional_then_tail(text: &str) -> bool {
    let text = text.strip_prefix('(').unwrap_or(text);
    text.strip_prefix("240").is_some_and(|value| {
        with_optional_bracket(value).any(|value| {
            value
                .char_indices()
                .enumerate()
                .skip(1)
                .take(30)
                .filter(|(_, (_, character))| *character == GS)
                .filter_map(|(_, (at, _))| value.get(at + GS.len_utf8()..))
                .any(is_tail)
        })
    })
}

/// Why a text must not be sent, whatever anybody thinks of it. Positions are in characters, from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// There is nothing.
    Empty,
    /// It is longer than Market's limit.
    TooLong {
        /// Its length in characters.
        length: usize,
    },
    /// A control character other than the separator.
    Control {
        /// The character.
        character: char,
        /// Where it stands.
        position: usize,
    },
    /// A character outside ASCII.
    NonAscii {
        /// The character.
        character: char,
        /// Where it stands.
        position: usize,
    },
    /// The six characters `\u001d` in place of the separator: Market would take them for data.
    SeparatorText {
        /// Where they begin.
        position: usize,
    },
}

impl Block {
    /// The sentence for a person.
    pub fn message(&self, lang: Lang) -> String {
        text::block(self, lang)
    }
}

/// The spelling of the separator that is sent by mistake when a code is escaped twice.
const SEPARATOR_TEXT: &str = "\\u001d";

/// Refuses what cannot be right: empty, too long, control characters, anything outside ASCII, a separator left as text.
///
/// Everything else may be sent if the person insists, even when [`form`] gives nothing.
///
/// ```
/// use cis::market::{Block, check};
///
/// assert_eq!(check("0103041094787443215Qbag!"), Ok(()));
/// assert_eq!(check(r"215Qbag!\u001d93Zjqw"), Err(Block::SeparatorText { position: 8 }));
/// ```
///
/// # Errors
///
/// The first reason found.
pub fn check(text: &str) -> Result<(), Block> {
    if text.is_empty() {
        return Err(Block::Empty);
    }
    let length = text.chars().count();
    if length > MAX_LENGTH {
        return Err(Block::TooLong { length });
    }
    for (position, character) in text.chars().enumerate() {
        if character.is_control() && character != GS {
            return Err(Block::Control {
                character,
                position,
            });
        }
        if !character.is_ascii() {
            return Err(Block::NonAscii {
                character,
                position,
            });
        }
    }
    // All of it is ASCII here, so bytes are characters.
    match text.to_ascii_lowercase().find(SEPARATOR_TEXT) {
        Some(position) => Err(Block::SeparatorText { position }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_says_what_and_where() {
        let cases = [
            ("", "Код пустой."),
            (
                "01\n21",
                "Позиция 3: управляющий символ U+000A. Допустим только разделитель GS (U+001D).",
            ),
            (
                "01С",
                "Позиция 3: символ «С» не из латиницы, Маркет такой код не примет.",
            ),
            (
                "abc\\u001D93",
                "Позиция 4: текст \\u001d вместо самого разделителя GS.",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(check(text).unwrap_err().message(Lang::Ru), expected);
        }
        assert_eq!(
            check(&"1".repeat(257)).unwrap_err().message(Lang::Ru),
            "В коде 257 символов, а Маркет принимает не больше 256."
        );
        assert_eq!(
            check(&"1".repeat(257)).unwrap_err().message(Lang::En),
            "The code has 257 characters, and Market accepts 256 at most."
        );
    }

    #[test]
    fn what_is_only_unusual_is_not_blocked() {
        for text in [
            "RU-401301-AAA0277031",
            "abc def",
            "\u{1d}01",
            &"1".repeat(256),
        ] {
            assert_eq!(check(text), Ok(()), "{text:?}");
        }
    }

    #[test]
    fn the_quirk_of_the_pattern_is_kept() {
        assert_eq!(
            form("0103041094787443215Qbag!\u{1d}9,x"),
            Some(MarketForm::Full)
        );
    }

    #[test]
    fn a_serial_number_may_begin_with_a_closing_bracket() {
        assert_eq!(
            form("010468006512802221)x/JtGI+LE'_u"),
            Some(MarketForm::Short)
        );
        assert_eq!(
            form("(01)04680127995555(21)fGHwsVi"),
            Some(MarketForm::Short)
        );
    }
}
