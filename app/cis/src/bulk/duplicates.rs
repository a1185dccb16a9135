//! Units that are there twice.

use alloc::vec::Vec;

/// Remembers every identity it was shown, with the line where it was first.
///
/// It is exact: identities themselves are compared, not their hashes. It is small: a КИ of 31 characters takes about 45
/// bytes with everything around it, so a million codes fit into some 45 MB (up to twice that while its vectors grow).
///
/// ```
/// use cis::bulk::Duplicates;
///
/// let mut seen = Duplicates::default();
/// assert_eq!(seen.first_line("0103041094787443215Qbag!", 1), None);
/// assert_eq!(seen.first_line("0103041094787443215Qbag?", 2), None);
/// assert_eq!(seen.first_line("0103041094787443215Qbag!", 3), Some(1));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Duplicates {
    /// The identities, packed, one behind another.
    packed: Vec<u8>,
    units: Vec<Unit>,
    /// Open addressing: at the place of a hash or behind it the hash (high half) and the number of a unit plus one (low
    /// half); zero is free. Its length is a power of two and at least a quarter of it is free.
    table: Vec<u64>,
}

/// Where an identity begins in `packed` and on which line it was first.
#[derive(Clone, Copy, Debug)]
struct Unit {
    start: u32,
    line: u32,
}

impl Duplicates {
    /// The line where the same identity was first; `None` if it is new, and then it is remembered.
    ///
    /// The identity is a КИ ([`Ki`](crate::Ki) as text), so a code with its tail and the same code without are one unit. Lines
    /// beyond the four thousand millionth are remembered as that one; so are more than four gigabytes of identities.
    pub fn first_line(&mut self, ki: &str, line: usize) -> Option<usize> {
        if self.table.len() < 4 || self.units.len() >= self.table.len() / 4 * 3 {
            self.grow();
        }
        let start = self.packed.len();
        pack(ki, &mut self.packed);
        let candidate = self.packed.get(start..).unwrap_or_default();
        let hash = hash(candidate);
        let mut place = self.place(hash);
        loop {
            let unit = match self.table.get(place) {
                Some(&entry) if entry > 0 => (hash == entry >> 32).then_some(low(entry) - 1),
                _ => break,
            };
            if let Some(unit) = unit
                && self.identity(unit, start) == candidate
            {
                let first = self.units.get(unit).map(|unit| unit.line as usize);
                self.packed.truncate(start);
                return first;
            }
            place = self.place(place as u64 + 1);
        }
        let saturated = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.units.push(Unit {
            start: saturated(start),
            line: saturated(line),
        });
        if let Some(free) = self.table.get_mut(place) {
            *free = hash << 32 | u64::from(saturated(self.units.len()));
        }
        None
    }

    /// How many different identities there were.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there was none yet.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The packed identity of a unit; that of the last ends at `end`.
    fn identity(&self, unit: usize, end: usize) -> &[u8] {
        let start = self.units.get(unit).map_or(0, |unit| unit.start as usize);
        let end = self
            .units
            .get(unit + 1)
            .map_or(end, |next| next.start as usize);
        self.packed.get(start..end).unwrap_or_default()
    }

    /// The place in the table for a number of any size.
    fn place(&self, number: u64) -> usize {
        low(number) & (self.table.len() - 1)
    }

    fn grow(&mut self) {
        let length = (self.table.len() * 2).max(16);
        let old = core::mem::replace(&mut self.table, alloc::vec![0; length]);
        for entry in old.into_iter().filter(|entry| *entry > 0) {
            let mut place = self.place(entry >> 32);
            while self.table.get(place).is_some_and(|entry| *entry > 0) {
                place = self.place(place as u64 + 1);
            }
            if let Some(free) = self.table.get_mut(place) {
                *free = entry;
            }
        }
    }
}

/// The low half of a number.
fn low(number: u64) -> usize {
    (number & 0xffff_ffff) as usize
}

/// Puts an identity down in a form of its own: of `01` + GTIN + `21` the fourteen digits as a number of six bytes, and the rest
/// as it is behind a byte that no number begins with.
fn pack(ki: &str, packed: &mut Vec<u8>) {
    let gtin = ki.strip_prefix("01").and_then(|behind| {
        let (gtin, serial) = behind.split_at_checked(14)?;
        let digits = gtin.bytes().all(|byte| byte.is_ascii_digit());
        let number: u64 = gtin.parse().ok().filter(|_| digits)?;
        Some((number, serial.strip_prefix("21")?))
    });
    if let Some((number, serial)) = gtin {
        // Ten to the power of fourteen is less than two to that of forty-seven, so the first byte is below 0x80.
        packed.extend(number.to_be_bytes().iter().skip(2));
        packed.extend_from_slice(serial.as_bytes());
    } else {
        packed.push(0xff);
        packed.extend_from_slice(ki.as_bytes());
    }
}

/// A hash of thirty-two bits: eight bytes at a time are mixed in by a multiplication and a turn, as in `FxHash`.
fn hash(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(ODD);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words
        .iter()
        .fold(ODD, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let last = rest
        .iter()
        .fold(1, |last: u64, byte| last << 8 | u64::from(*byte));
    let hash = mix(hash, last);
    // The high bits are mixed best.
    (hash ^ hash >> 29) >> 32
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn identities_are_told_apart_whatever_their_kind() {
        let all = [
            "0103041094787443215Qbag!",
            "0103041094787443215Qbag",
            "0103041094787443215Qbag!x",
            "0103041094787443",
            "03041094787443",
            "0103041094787443225Qbag!",
            "RU-430302-AAA7582720",
            "04601653035829H;dV)bF",
            "01+3041094787443215Qbag!",
            "",
        ];
        let mut seen = Duplicates::default();
        for (line, ki) in all.iter().enumerate() {
            assert_eq!(seen.first_line(ki, line + 1), None, "{ki}");
        }
        for (line, ki) in all.iter().enumerate() {
            assert_eq!(seen.first_line(ki, 99), Some(line + 1), "{ki}");
        }
        assert_eq!(seen.len(), all.len());
    }

    #[test]
    fn it_agrees_with_a_map_over_many_lines() {
        let mut seen = Duplicates::default();
        let mut map: HashMap<String, usize> = HashMap::new();
        let mut state = 1_u32;
        for line in 1..=20_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let ki = format!("01046100531474522{}5{:x}", 1 + state % 2, state >> 18);
            let expected = map.get(&ki).copied();
            assert_eq!(seen.first_line(&ki, line), expected);
            map.entry(ki).or_insert(line);
        }
        assert_eq!(seen.len(), map.len());
    }
}
