//! How scanners type the separator.
//!
//! U+001D is on no keyboard, so a scanner that plays keyboard sends it as a key combination: Ctrl+`]` (the ASCII
//! convention), F8, or Alt with 029 on the number pad. Physical keys are asked, so the layout does not matter.

use cis::GS;

/// A key as the browser tells it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key<'a> {
    /// `KeyboardEvent.code`: the physical key.
    pub(super) code: &'a str,
    /// Ctrl is held.
    pub(super) ctrl: bool,
    /// Alt is held.
    pub(super) alt: bool,
    /// Shift is held.
    pub(super) shift: bool,
}

/// What a key means in the scan field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// The browser's own business.
    Ordinary,
    /// A part of a combination: kept from the browser, nothing to write yet.
    Kept,
    /// The separator.
    Separator,
    /// The end of a scan.
    Enter,
}

/// Digits that make the separator while Alt is held, with and without the second leading zero.
const ALT_SEQUENCES: [&str; 2] = ["029", "0029"];

/// Reads the keys of the scan field.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    alt_digits: String,
}

impl Keys {
    /// What this key means after the ones before it.
    pub(super) fn press(&mut self, key: Key<'_>) -> Press {
        if key.alt && !key.ctrl {
            return self.alt(key.code);
        }
        self.alt_digits.clear();
        match key.code {
            "BracketRight" if key.ctrl => Press::Separator,
            "F8" if !key.ctrl && !key.shift => Press::Separator,
            "Enter" | "NumpadEnter" if !key.shift && !key.ctrl => Press::Enter,
            _ => Press::Ordinary,
        }
    }

    fn alt(&mut self, code: &str) -> Press {
        let Some(digit) = code.strip_prefix("Numpad").filter(|digit| digit.len() == 1) else {
            return Press::Ordinary;
        };
        self.alt_digits.push_str(digit);
        if ALT_SEQUENCES.contains(&self.alt_digits.as_str()) {
            self.alt_digits.clear();
            return Press::Separator;
        }
        if ALT_SEQUENCES
            .iter()
            .any(|sequence| sequence.starts_with(&self.alt_digits))
        {
            return Press::Kept;
        }
        self.alt_digits.clear();
        Press::Ordinary
    }
}

/// Writes the separator in place of the selection, whose ends are in UTF-16 units as the browser counts, and tells
/// where the cursor stands then.
pub(super) fn insert_separator(text: &str, start: usize, end: usize) -> (String, usize) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let start = start.min(units.len());
    let end = end.clamp(start, units.len());
    let mut buffer = [0; 2];
    let separator = GS.encode_utf16(&mut buffer);
    let before = units.iter().take(start);
    let after = units.iter().skip(end);
    let joined: Vec<u16> = before
        .chain(separator.iter())
        .chain(after)
        .copied()
        .collect();
    (String::from_utf16_lossy(&joined), start + separator.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: &str) -> Key<'_> {
        Key {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    fn alt(code: &str) -> Key<'_> {
        Key {
            alt: true,
            ..key(code)
        }
    }

    #[test]
    fn the_separator_is_known_by_each_of_its_combinations() {
        let mut keys = Keys::default();
        assert_eq!(
            keys.press(Key {
                ctrl: true,
                ..key("BracketRight")
            }),
            Press::Separator
        );
        assert_eq!(keys.press(key("F8")), Press::Separator);
        let typed = ["Numpad0", "Numpad2", "Numpad9"].map(|code| keys.press(alt(code)));
        assert_eq!(typed, [Press::Kept, Press::Kept, Press::Separator]);
        let typed = ["Numpad0", "Numpad0", "Numpad2", "Numpad9"].map(|code| keys.press(alt(code)));
        assert_eq!(
            typed,
            [Press::Kept, Press::Kept, Press::Kept, Press::Separator]
        );
    }

    #[test]
    fn other_keys_are_left_to_the_browser() {
        let mut keys = Keys::default();
        assert_eq!(keys.press(key("BracketRight")), Press::Ordinary);
        assert_eq!(
            keys.press(Key {
                ctrl: true,
                ..key("KeyV")
            }),
            Press::Ordinary
        );
        assert_eq!(keys.press(alt("Numpad6")), Press::Ordinary);
        assert_eq!(keys.press(alt("Tab")), Press::Ordinary);
    }

    #[test]
    fn letting_alt_go_forgets_the_digits() {
        let mut keys = Keys::default();
        assert_eq!(keys.press(alt("Numpad0")), Press::Kept);
        assert_eq!(keys.press(key("KeyA")), Press::Ordinary);
        assert_eq!(keys.press(alt("Numpad2")), Press::Ordinary);
    }

    #[test]
    fn enter_ends_a_scan_and_shift_enter_does_not() {
        let mut keys = Keys::default();
        assert_eq!(keys.press(key("Enter")), Press::Enter);
        assert_eq!(
            keys.press(Key {
                shift: true,
                ..key("Enter")
            }),
            Press::Ordinary
        );
    }

    #[test]
    fn the_separator_takes_the_place_of_the_selection() {
        assert_eq!(insert_separator("ab", 1, 1), ("a\u{1d}b".to_owned(), 2));
        assert_eq!(insert_separator("яbc", 1, 3), ("я\u{1d}".to_owned(), 2));
        assert_eq!(insert_separator("", 5, 9), ("\u{1d}".to_owned(), 1));
    }
}
