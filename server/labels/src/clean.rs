//! Texts as people keep them, made fit to be set: spaces are single, what cannot be seen is gone.

/// One line of text without control and invisible characters. Letters with a mark of their own that were written in two
/// (as macOS names files: «и» and a breve) become one where Russian has it.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // Soft hyphen, zero width spaces and joiners, marks of direction, variation selectors, byte order mark.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' => {}
            '\u{300}'..='\u{36f}' => {
                if let Some(whole) = out
                    .chars()
                    .last()
                    .and_then(|last| composed(last, character))
                {
                    out.pop();
                    out.push(whole);
                }
            }
            _ if character.is_whitespace() || character.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(character),
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

fn composed(letter: char, mark: char) -> Option<char> {
    Some(match (letter, mark) {
        ('и', '\u{306}') => 'й',
        ('И', '\u{306}') => 'Й',
        ('е', '\u{308}') => 'ё',
        ('Е', '\u{308}') => 'Ё',
        ('у', '\u{306}') => 'ў',
        ('У', '\u{306}') => 'Ў',
        ('і', '\u{308}') => 'ї',
        ('І', '\u{308}') => 'Ї',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_become_single_and_invisible_things_go() {
        assert_eq!(
            clean("  Футболка\u{a0}\u{200b}муж.\r\n\tчёрная "),
            "Футболка муж. чёрная"
        );
        assert_eq!(clean("по\u{ad}лу\u{ad}ботинки"), "полуботинки");
        assert_eq!(clean(""), "");
    }

    #[test]
    fn letters_in_two_parts_become_whole() {
        assert_eq!(clean("мои\u{306} е\u{308}ж"), "мой ёж");
        assert_eq!(clean("a\u{301}"), "a");
    }
}
