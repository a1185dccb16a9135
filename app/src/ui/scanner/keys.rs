//! How scanners type the separator.
//!
//! U+001D is on no keyboard, so a scanner sends it as a key combination: Ctrl+`]` (the ASCII convention), F8, or Alt with
//! 029 on the number pad.

/// A key as the browser tells it.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "these are the modifiers as the browser tells them"
)]
pub(crate) struct Key<'a> {
    /// `KeyboardEvent.code`: the physical key.
    pub(super) code: &'a str,
    /// Ctrl is held.
    pub(super) ctrl: bool,
    /// Alt is held.
    pub(super) alt: bool,
    /// Shift is held.
    pub(super) shift: bool,
    /// Caps Lock is on.
    pub(super) caps: bool,
    /// `KeyboardEvent.key`: what this computer's layout makes of the key.
    pub(super) typed: &'a str,
    /// When, in milliseconds since the page was opened.
    pub(crate) at: u32,
}

/// What a key means in a scan field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Press {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: &str) -> Key<'_> {
        Key {
            code,
            ..Key::default()
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
}
