//! Codes as СУЗ makes them for clothes: no two alike, in no order.

/// Whose codes.
pub(crate) const GTIN: &str = "04670033010053";
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A one-to-one scattering of 64 bits (the finaliser of `SplitMix64`, Steele and others, 2014).
const fn scattered(n: u64) -> u64 {
    let mut z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Letters that tell a number: six bits each.
fn letters(mut number: u64, count: usize) -> String {
    let mut text = String::with_capacity(count);
    for _ in 0..count {
        let at = usize::try_from(number & 63).unwrap_or_default();
        text.push(LETTERS.get(at).copied().map_or('A', char::from));
        number >>= 6;
    }
    text
}

/// `count` codes from the one with a number on.
pub(crate) fn codes(from: usize, count: usize) -> impl Iterator<Item = String> {
    (from..from + count).map(|n| {
        let n = n as u64;
        // «5» is the country's digit; eleven letters hold all 64 bits.
        let serial = letters(scattered(n), 11);
        let key = letters(scattered(!n), 4);
        let sign: String = (1..=4)
            .map(|part| letters(scattered(n ^ (part << 60)), 11))
            .collect();
        format!("01{GTIN}215q{serial}\u{1d}91{key}\u{1d}92{sign}")
    })
}
