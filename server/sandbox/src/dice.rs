//! Chance that can be repeated: what the sandbox makes up is the same for the same seed.

/// Numbers that look random and are always the same for the same seed (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice for a seed of several numbers.
    pub(crate) fn new(seed: &[i64]) -> Self {
        seed.iter().fold(Self(0x6d65_746b_6100), |mut dice, part| {
            dice.0 ^= part.cast_unsigned();
            Self(dice.number())
        })
    }

    /// The next number.
    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A text of `length` characters of an ASCII alphabet.
    pub(crate) fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length)
            .filter_map(|_| {
                let place = self.number() % u64::try_from(alphabet.len()).unwrap_or(1);
                let place = usize::try_from(place).unwrap_or(0);
                alphabet.get(place).copied().map(char::from)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_text() {
        let text = |seed: &[i64]| Dice::new(seed).text(b"0123456789", 13);
        assert_eq!(text(&[1, 2]), text(&[1, 2]));
        assert_ne!(text(&[1, 2]), text(&[2, 1]));
    }
}
