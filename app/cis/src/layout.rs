//! A scan typed with the Russian keyboard layout, and with Caps Lock.
//!
//! The table is the standard Russian layout of Windows against the American one. On the characters of marking codes it is one
//! to one, so its inverse is exact when the whole text was typed so.

/// What the keys give with the Russian layout, and with the American one in the same order.
const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ.,\"№;:?/";
const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~/?@#$^&|";

/// The character that the same key gives with the American layout.
pub(crate) fn latin(character: char) -> char {
    // Letters, which are most of a text, lie in two runs; their table is made while compiling.
    match u32::from(character) {
        code @ 0x410..=0x44f => usize::try_from(code - 0x410)
            .ok()
            .and_then(|index| LETTERS.get(index))
            .map_or(character, |byte| char::from(*byte)),
        // Signs that do not move.
        _ if character.is_ascii()
            && !matches!(character, '.' | ',' | '"' | ';' | ':' | '?' | '/') =>
        {
            character
        }
        _ => by_key(character),
    }
}

fn by_key(character: char) -> char {
    RUSSIAN
        .chars()
        .zip(LATIN.chars())
        .find(|(russian, _)| *russian == character)
        .map_or(character, |(_, latin)| latin)
}

/// The Latin characters of А … я.
const LETTERS: &[u8; 64] = b"F<DULT:PBQRKVYJGHCNEA{WXIO}SM\">Zf,dult;pbqrkvyjghcnea[wxio]sm'.z";

/// The same Cyrillic letter as Caps Lock would have typed it.
pub(crate) fn other_case_cyrillic(character: char) -> char {
    let code = u32::from(character);
    let other = match code {
        0x410..=0x42f => code + 0x20,
        0x430..=0x44f => code - 0x20,
        0x401 => 0x451,
        0x451 => 0x401,
        _ => code,
    };
    char::from_u32(other).unwrap_or(character)
}

/// The same Latin letter as Caps Lock would have typed it.
pub(crate) fn other_case_latin(character: char) -> char {
    if character.is_ascii_lowercase() {
        character.to_ascii_uppercase()
    } else {
        character.to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charset::is_cset82;

    #[test]
    fn the_inverse_is_exact_on_every_character_of_codes() {
        for byte in (0..=u8::MAX).filter(|byte| is_cset82(*byte)) {
            let intended = char::from(byte);
            let typed = RUSSIAN
                .chars()
                .zip(LATIN.chars())
                .find(|(_, latin)| *latin == intended)
                .map_or(intended, |(russian, _)| russian);
            assert_eq!(latin(typed), intended, "{intended} was typed {typed}");
        }
    }

    #[test]
    fn the_quick_table_agrees_with_the_keys() {
        for code in 0x410..=0x44f {
            let letter = char::from_u32(code).unwrap();
            assert_eq!(latin(letter), by_key(letter), "{letter}");
        }
        assert_eq!(latin('ё'), '`');
        assert_eq!(latin('№'), '#');
    }

    #[test]
    fn caps_lock_changes_every_letter_and_back() {
        for letter in ['й', 'Й', 'ё', 'Ё', 'я', 'А'] {
            let typed = other_case_cyrillic(letter);
            assert_ne!(typed, letter);
            assert_eq!(other_case_cyrillic(typed), letter);
        }
        assert_eq!(other_case_latin('q'), 'Q');
        assert_eq!(other_case_latin('Q'), 'q');
        assert_eq!(other_case_latin('7'), '7');
    }
}
