//! A list to warm up with.

/// Lines of the list: enough for a browser to find out which functions are worth its while.
const LINES: usize = 4000;

/// What follows the serial number of a whole code of clothes, with its separators.
const TAIL: &str = "\u{1d}91ffd0\u{1d}92";

/// Ways in which codes come, beginning with the commonest: what stands before a code, and what its separators became.
const DAMAGES: [(&str, &str); 5] = [
    ("", "\u{1d}"),
    ("", ""),
    ("", "<GS>"),
    ("]d2", "\u{1d}"),
    ("", "\\u001d"),
];

/// Codes of clothes: one in ten is damaged, one in a hundred beyond repair.
pub(crate) fn list() -> String {
    let signature = "A".repeat(43);
    let mut list = String::new();
    for number in 0..LINES {
        let damage = match number % 10 {
            9 => number / 10 % DAMAGES.len(),
            _ => 0,
        };
        let (before, separator) = DAMAGES.get(damage).copied().unwrap_or_default();
        let tail = TAIL.replace('\u{1d}', separator);
        let end = if number % 100 == 98 { "" } else { "=" };
        list += &format!("{before}0104670033010053215{number:012}{tail}{signature}{end}\n");
    }
    list
}
