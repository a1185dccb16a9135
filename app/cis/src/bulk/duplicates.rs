//! Units that are there twice.

use alloc::vec::Vec;

/// Remembers every identity it was shown, with the line where it was first.
///
/// It is exact: identities themselves are compared, not their hashes. It is small: a КИ of 31 characters takes about 30
/// bytes with everything around it, so a million codes fit into some 35 MB (up to twice that while its vectors grow).
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
    /// Open addressing: at the place of a hash or behind it the number of a unit, plus one; zero is free. Its length is a
    /// power of two and at least a quarter of it is free.
    table: Vec<u32>,
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
        let mask = self.table.len() - 1;
        let mut place = hash(candidate) & mask;
        loop {
            let unit = match self.table.get(place) {
                Some(&number) if number > 0 => number as usize - 1,
                _ => break,
            };
            if self.identity(unit, start) == candidate {
                let first = self.units.get(unit).map(|unit| unit.line as usize);
                self.packed.truncate(start);
                return first;
            }
            place = (place + 1) & mask;
        }
        let saturated = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.units.push(Unit {
            start: saturated(start),
            line: saturated(line),
        });
        let number = saturated(self.units.len());
        if let Some(free) = self.table.get_mut(place) {
            *free = number;
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

    fn grow(&mut self) {
        let length = (self.table.len() * 2).max(16);
        let mask = length - 1;
        let mut table = alloc::vec![0; length];
        for (unit, number) in (0..self.units.len()).zip(1..) {
            let mut place = hash(self.identity(unit, self.packed.len())) & mask;
            while table.get(place).is_some_and(|number| *number > 0) {
                place = (place + 1) & mask;
            }
            if let Some(free) = table.get_mut(place) {
                *free = number;
            }
        }
        self.table = table;
    }
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

/// FNV-1a, sixty-four bits, with the high half folded into the low one, which chooses the place.
fn hash(bytes: &[u8]) -> usize {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let folded = (hash ^ hash >> 32) & 0xffff_ffff;
    usize::try_from(folded).unwrap_or_default()
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
