//! Which characters are lawful, invisible or deceptive.

/// Whether the byte belongs to GS1 character set 82, the only characters a marking code is made of.
///
/// See the GS1 General Specifications, section 7.11.
pub(crate) fn is_cset82(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!\"%&'()*+,-./:;<=>?_".contains(&byte)
}

/// Whether the character has no ink and no meaning inside a code: byte-order mark, zero-width spaces and joiners.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}'
    )
}

/// Whether the character may be trimmed from the edges of a pasted text.
pub(crate) fn is_edge(character: char) -> bool {
    character.is_whitespace() || is_invisible(character)
}

/// Whether the letter is Cyrillic.
pub(crate) fn is_cyrillic(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{52f}')
}

/// The Latin letter that a Cyrillic one is drawn like.
pub(crate) fn latin_twin(character: char) -> Option<char> {
    Some(match character {
        'а' => 'a',
        'е' => 'e',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        'ѕ' => 's',
        'ј' => 'j',
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'У' => 'Y',
        'Х' => 'X',
        'І' => 'I',
        'Ѕ' => 'S',
        'Ј' => 'J',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_has_eighty_two_characters() {
        assert_eq!((0..=u8::MAX).filter(|byte| is_cset82(*byte)).count(), 82);
    }

    #[test]
    fn the_separator_is_not_an_edge() {
        assert!(!is_edge(crate::GS));
        for character in [' ', '\t', '\r', '\n', '\u{a0}', '\u{feff}', '\u{200b}'] {
            assert!(is_edge(character), "{character:?}");
        }
    }
}
