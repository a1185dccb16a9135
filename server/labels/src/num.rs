//! Lengths are whole numbers of eighths of a printer's dot, so that nothing is ever rounded twice.

/// Eighths in a dot.
pub(crate) const DOT: i32 = 8;

/// A number of things as a length's type; there are never two thousand million.
pub(crate) fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A length or index as an index; nothing lies before the first.
pub(crate) fn index(value: i32) -> usize {
    usize::try_from(value).unwrap_or(0)
}

/// The nearest whole number to a small fraction.
#[expect(
    clippy::cast_possible_truncation,
    reason = "coordinates of a font are small"
)]
pub(crate) fn nearest(value: f32) -> i32 {
    value.round() as i32
}
