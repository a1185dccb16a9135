//! Which characters are lawful, invisible or deceptive. Plain tables and ranges: Unicode's own tables are too big for a browser.

/// Whether each byte may stand in a value, made while compiling.
static VALUE: [bool; 256] = {
    let mut table = [false; 256];
    let mut rest: &[u8] =
        b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    while let [first, behind @ ..] = rest {
        let (_, from) = table.split_at_mut(*first as usize);
        if let [slot, ..] = from {
            *slot = true;
        }
        rest = behind;
    }
    table
};

/// Whether the byte belongs to GS1 character set 82, the only characters a marking code is made of.
///
/// See the GS1 General Specifications, section 7.11.
pub(crate) fn is_cset82(byte: u8) -> bool {
    VALUE.get(usize::from(byte)).copied().unwrap_or_default()
}

/// How many of the bytes are outside of character set 82. Written for the processor's vectors: no table, no branch.
pub(crate) fn foreign(bytes: &[u8]) -> usize {
    let mut count = 0;
    for chunk in bytes.chunks(128) {
        let strange: u8 = chunk.iter().map(|byte| strange(*byte)).sum();
        count += usize::from(strange);
    }
    count
}

/// 1 for a byte outside of character set 82.
#[inline]
fn strange(byte: u8) -> u8 {
    let outside = byte.wrapping_sub(b'!') > b'z' - b'!';
    let hash_or_dollar = byte.wrapping_sub(b'#') < 2;
    let bracket = byte.wrapping_sub(b'[') < 4;
    let other = u8::from(byte == b'@') | u8::from(byte == b'`');
    u8::from(outside | hash_or_dollar | bracket) | other
}

/// Whether all bytes are of the alphabet of base64, in which signatures are written.
pub(crate) fn is_base64(bytes: &[u8]) -> bool {
    // Lengths that are known while compiling make the loops straight.
    match (bytes.first_chunk::<44>(), bytes.last_chunk::<44>()) {
        (Some(first), Some(last)) if bytes.len() <= 88 => are_sextets(first) & are_sextets(last),
        _ => bytes.iter().all(|byte| sextet(*byte) == 1),
    }
}

#[inline]
fn are_sextets(bytes: &[u8; 44]) -> bool {
    let strange: u8 = bytes.iter().map(|byte| 1 - sextet(*byte)).sum();
    strange == 0
}

/// 1 for a character of base64.
#[inline]
fn sextet(byte: u8) -> u8 {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    // `/` and the ten digits are neighbours.
    let digit_or_slash = byte.wrapping_sub(b'/') < 11;
    u8::from(letter | digit_or_slash) | u8::from(byte == b'+') | u8::from(byte == b'=')
}

/// Whether the character has no ink and no meaning inside a code: byte-order mark, zero-width spaces and joiners, NUL.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\0' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// Whether the character is a space, of whatever width.
pub(crate) fn is_space(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{9}'..='\u{d}' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
            | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Whether the character may be trimmed from the edges of a pasted text: spaces, invisible and control characters.
pub(crate) fn is_edge(character: char) -> bool {
    is_space(character)
        || is_invisible(character)
        || matches!(
            character,
            '\u{1}'..='\u{1c}' | '\u{1e}' | '\u{1f}' | '\u{7f}'
        )
}

/// Whether the letter is Cyrillic.
pub(crate) fn is_cyrillic(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{52f}')
}

/// The Latin letter that a Cyrillic one is drawn like.
pub(crate) fn latin_twin(character: char) -> Option<char> {
    const CYRILLIC: &str = "аеорсухіѕјАВЕКМНОРСТУХІЅЈ";
    const LATIN: &str = "aeopcyxisjABEKMHOPCTYXISJ";
    let (_, twin) = CYRILLIC
        .chars()
        .zip(LATIN.chars())
        .find(|(cyrillic, _)| *cyrillic == character)?;
    Some(twin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_has_eighty_two_characters() {
        assert_eq!((0..=u8::MAX).filter(|byte| is_cset82(*byte)).count(), 82);
        for byte in 0..=u8::MAX {
            assert_eq!(foreign(&[byte]) == 0, is_cset82(byte), "{byte}");
        }
        assert_eq!(foreign(&[b'#'; 300]), 300);
    }

    #[test]
    fn base64_has_sixty_five_characters_with_its_filling() {
        assert_eq!((0..=u8::MAX).filter(|byte| is_base64(&[*byte])).count(), 65);
    }

    #[test]
    fn the_separator_is_not_an_edge() {
        assert!(!is_edge(crate::GS));
        for character in [
            ' ', '\t', '\r', '\n', '\u{a0}', '\u{feff}', '\u{200b}', '\u{2}',
        ] {
            assert!(is_edge(character), "{character:?}");
        }
    }
}
