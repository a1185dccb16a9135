//! What a physical key writes in the US layout, which scanners are made for.

/// Keys beside letters and digits: their names in the browser, and what they write without and with Shift.
const OTHERS: [(&str, char, char); 18] = [
    ("Space", ' ', ' '),
    ("Minus", '-', '_'),
    ("Equal", '=', '+'),
    ("BracketLeft", '[', '{'),
    ("BracketRight", ']', '}'),
    ("Backslash", '\\', '|'),
    ("IntlBackslash", '\\', '|'),
    ("Semicolon", ';', ':'),
    ("Quote", '\'', '"'),
    ("Backquote", '`', '~'),
    ("Comma", ',', '<'),
    ("Period", '.', '>'),
    ("Slash", '/', '?'),
    ("NumpadAdd", '+', '+'),
    ("NumpadSubtract", '-', '-'),
    ("NumpadMultiply", '*', '*'),
    ("NumpadDivide", '/', '/'),
    ("NumpadDecimal", '.', '.'),
];

/// What the digits write with Shift.
const SHIFTED: [char; 10] = [')', '!', '@', '#', '$', '%', '^', '&', '*', '('];

/// What a key writes; `code` is `KeyboardEvent.code`. Nothing for keys that write nothing.
pub(super) fn written(code: &str, shift: bool, caps: bool) -> Option<char> {
    if let Some(letter) = only_char(code.strip_prefix("Key")) {
        return Some(if shift == caps {
            letter.to_ascii_lowercase()
        } else {
            letter
        });
    }
    if let Some(digit) = only_char(code.strip_prefix("Numpad")) {
        return Some(digit);
    }
    if let Some(digit) = only_char(code.strip_prefix("Digit")) {
        let index = digit.to_digit(10).and_then(|it| usize::try_from(it).ok())?;
        return if shift {
            SHIFTED.get(index).copied()
        } else {
            Some(digit)
        };
    }
    let (_, plain, shifted) = OTHERS.iter().find(|(name, ..)| *name == code)?;
    Some(if shift { *shifted } else { *plain })
}

/// The character of a text of one ASCII character.
fn only_char(text: Option<&str>) -> Option<char> {
    match text?.as_bytes() {
        [byte] => Some(char::from(*byte)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn letters_know_shift_and_caps_lock() {
        let written = |shift, caps| written("KeyG", shift, caps);
        assert_eq!(written(false, false), Some('g'));
        assert_eq!(written(true, false), Some('G'));
        assert_eq!(written(false, true), Some('G'));
        assert_eq!(written(true, true), Some('g'));
    }

    #[test]
    fn digits_and_marks_know_shift_alone() {
        assert_eq!(written("Digit7", true, true), Some('&'));
        assert_eq!(written("Digit7", false, true), Some('7'));
        assert_eq!(written("Numpad4", false, false), Some('4'));
        assert_eq!(written("Slash", true, false), Some('?'));
        assert_eq!(written("Quote", true, true), Some('"'));
        assert_eq!(written("ShiftLeft", true, false), None);
        assert_eq!(written("F5", false, false), None);
        assert_eq!(written("NumpadEnter", false, false), None);
    }
}
