//! A list to warm up with.

/// Lines of the list: enough for a browser to find out which functions are worth its while, and read in some 30 ms.
const LINES: usize = 12_000;

/// What follows the serial number of a code of clothes, but for the last character.
const TAIL: &str = "\u{1d}91ffd0\u{1d}92qWe7rT4yUiO2pAs9dFgH1jKlZxC3vBnM5QwE6RtYuI8";

/// Ways in which codes come, beginning with the commonest: what stands before a code, and what its separators became.
const DAMAGES: [(&str, &str); 7] = [
    ("", "\u{1d}"),
    ("", ""),
    ("", "<GS>"),
    ("]d2", "\u{1d}"),
    ("", "\\u001d"),
    ("  ", "\u{1d}"),
    ("\u{1d}", "\u{1d}"),
];

/// Codes of clothes: one in ten is damaged, one in a hundred beyond repair.
pub(crate) fn list() -> String {
    (0..LINES).map(line).collect()
}

fn line(number: usize) -> String {
    let damage = match number % 10 {
        9 => number / 10 % DAMAGES.len(),
        _ => 0,
    };
    let (before, separator) = DAMAGES.get(damage).copied().unwrap_or_default();
    let tail = TAIL.replace('\u{1d}', separator);
    let end = if number % 100 == 98 { "" } else { "=" };
    format!("{before}0104670033010053215aB{number:010}{tail}{end}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows;

    #[test]
    fn the_list_holds_what_long_lists_hold() {
        let mut counts = [0; 5];
        rows::check(list().as_bytes(), "", |chunk| {
            for [.., same, verdict] in chunk.rows.as_chunks::<4>().0 {
                assert_eq!(*same, 0, "no unit comes twice");
                counts[*verdict as usize % 256] += 1;
            }
        });
        assert_eq!(counts.iter().sum::<usize>(), LINES);
        let [_, repaired, ambiguous, refused, foreign] = counts;
        assert_eq!((ambiguous, foreign), (0, 0));
        assert_eq!(refused, LINES / 100);
        assert!(repaired > LINES / 15, "{repaired} are repaired");
    }
}
