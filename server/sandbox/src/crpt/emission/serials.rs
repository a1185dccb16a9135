//! Serial numbers out of a counter: each different from all others, none like its neighbour, none remembered.
//!
//! The counter goes through a permutation of the numbers of so many bits as the serial has room for, under a key. It can be gone through backwards, so a
//! serial tells its number.

/// The characters of a serial number (GS1's character set 82), in the order of their values here.
pub(super) const ALPHABET: &[u8; 82] =
    b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/// How many times a number is stirred.
const ROUNDS: [(u64, u64); 3] = [
    (0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9),
    (0xd1b5_4a32_d192_ed03, 0x94d0_49bb_1331_11eb),
    (0x2545_f491_4f6c_dd1d, 0xff51_afd7_ed55_8ccd),
];

/// A number that looks like chance and is always the same for the same two (the finish of splitmix64).
pub(super) const fn hash(one: u64, other: u64) -> u64 {
    let mixed = one ^ other.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The serial numbers of one length under one key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Serials {
    key: u64,
    length: usize,
    bits: u32,
    /// How many characters the number takes; the others are filled.
    digits: usize,
}

impl Serials {
    /// Serials of `length` characters; more than eleven hold no more numbers than eleven.
    pub(super) fn new(key: u64, length: usize) -> Self {
        let bits = bits(length);
        Self {
            key,
            length,
            bits,
            digits: digits(bits),
        }
    }

    const fn mask(&self) -> u64 {
        u64::MAX >> (64 - self.bits)
    }

    /// How far a number is shifted: at least half of its bits, so that doing it twice undoes it.
    const fn shift(&self) -> u32 {
        self.bits.div_ceil(2)
    }

    fn stir(&self, number: u64) -> u64 {
        ROUNDS.iter().fold(number, |number, (salt, factor)| {
            let number = (number ^ hash(self.key, *salt)) & self.mask();
            let number = number.wrapping_mul(*factor) & self.mask();
            number ^ (number >> self.shift())
        })
    }

    fn unstir(&self, number: u64) -> u64 {
        ROUNDS.iter().rev().fold(number, |number, (salt, factor)| {
            let number = number ^ (number >> self.shift());
            let number = number.wrapping_mul(inverse(*factor)) & self.mask();
            (number ^ hash(self.key, *salt)) & self.mask()
        })
    }

    /// Writes the serial of a number.
    pub(super) fn write(&self, number: u64, out: &mut impl FnMut(u8)) {
        let mut rest = self.stir(number);
        // What the number leaves over is filled by a second one, which `number` checks.
        let mut more = hash(self.key, rest);
        for place in 0..self.length {
            let source = if place < self.digits {
                &mut rest
            } else {
                &mut more
            };
            let digit = usize::try_from(*source % 82).unwrap_or(0);
            *source /= 82;
            out(ALPHABET.get(digit).copied().unwrap_or(b'0'));
        }
    }

    /// The number of a serial, `None` when it is of no number.
    pub(super) fn number(&self, serial: &[u8]) -> Option<u64> {
        if serial.len() != self.length {
            return None;
        }
        let taken = serial.iter().take(self.digits).rev();
        let stirred = taken.copied().try_fold(0_u64, |sum, character| {
            let digit = ALPHABET.iter().position(|known| *known == character)?;
            sum.checked_mul(82)?.checked_add(u64::try_from(digit).ok()?)
        })?;
        if stirred > self.mask() {
            return None;
        }
        let number = self.unstir(stirred);
        let mut again = Vec::with_capacity(self.length);
        self.write(number, &mut |byte| again.push(byte));
        (again == serial).then_some(number)
    }
}

/// How many bits fit into so many characters, at most 64.
fn bits(length: usize) -> u32 {
    let room = (0..length).fold(1_u128, |room, _| {
        room.saturating_mul(82).min(u128::from(u64::MAX) + 1)
    });
    room.ilog2().clamp(1, 64)
}

/// How many characters a number of so many bits takes.
fn digits(bits: u32) -> usize {
    let numbers = 1_u128 << bits;
    let mut room = 1_u128;
    let mut digits = 0;
    while room < numbers {
        room = room.saturating_mul(82);
        digits += 1;
    }
    digits
}

/// What undoes the multiplication with an odd number (Newton's way; every step doubles the right bits).
fn inverse(odd: u64) -> u64 {
    (0..6).fold(odd, |found, _| {
        found.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(found)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn serial(serials: &Serials, number: u64) -> Vec<u8> {
        let mut made = Vec::new();
        serials.write(number, &mut |byte| made.push(byte));
        made
    }

    #[test]
    fn a_serial_tells_its_number_whatever_its_length() {
        for length in [5, 6, 7, 12, 13, 19, 20] {
            let serials = Serials::new(77, length);
            let mut seen = BTreeSet::new();
            for number in (0..2_000).chain(1_999_000..2_001_000) {
                let made = serial(&serials, number);
                assert_eq!(made.len(), length);
                assert_eq!(serials.number(&made), Some(number));
                assert!(seen.insert(made));
            }
        }
    }

    #[test]
    fn another_key_makes_other_serials_and_a_foreign_serial_has_no_number() {
        let one = Serials::new(1, 12);
        let other = Serials::new(2, 12);
        assert_ne!(serial(&one, 5), serial(&other, 5));
        assert_eq!(one.number(&serial(&other, 5)), None);
        assert_eq!(one.number(b"ABC"), None);
        assert_eq!(one.number("ABCDEFGHIJ#L".as_bytes()), None);
    }

    #[test]
    fn neighbours_do_not_look_alike() {
        let serials = Serials::new(3, 12);
        let alike = (0..1_000)
            .map(|number| {
                let (one, next) = (serial(&serials, number), serial(&serials, number + 1));
                one.iter().zip(&next).filter(|(a, b)| a == b).count()
            })
            .max();
        assert!(alike <= Some(4), "{alike:?}");
    }

    #[test]
    fn no_room_is_wasted() {
        assert_eq!((bits(5), digits(31)), (31, 5));
        assert_eq!((bits(6), digits(38)), (38, 6));
        assert_eq!((bits(12), digits(64)), (64, 11));
    }
}
