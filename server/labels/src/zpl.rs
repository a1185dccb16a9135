//! Zebra's language (ZPL II): every label is one picture in the printer's own dots.
//!
//! A picture, because that is what was checked: a printer's own fonts often lack Cyrillic, and the size of a symbol that it
//! makes itself depends on its firmware. Runs of equal digits are shortened as `^GF` allows, which printers that only
//! speak like Zebra's understand too.

use crate::{
    face::Fonts,
    layout::Plan,
    media::{Head, Medium},
    raster::{Bitmap, Glyphs},
};
use std::fmt::Write as _;

/// The file of many labels.
pub(crate) fn file(fonts: &Fonts, plans: &[Plan], medium: Medium, head: Head) -> Vec<u8> {
    let mut glyphs = Glyphs::default();
    let mut out = String::new();
    for plan in plans {
        format(&mut out, &draw(fonts, &mut glyphs, plan, medium, head));
    }
    out.into_bytes()
}

/// One label in dots.
pub(crate) fn draw(
    fonts: &Fonts,
    glyphs: &mut Glyphs,
    plan: &Plan,
    medium: Medium,
    head: Head,
) -> Bitmap {
    let (width, height) = medium.dots(head);
    let mut on = Bitmap::white(width, height);
    let (left, top) = plan.at;
    for y in 0..plan.symbol.side() {
        for x in 0..plan.symbol.side() {
            if plan.symbol.is_dark(x, y) {
                let n = plan.module;
                on.fill(left + x * n, top + y * n, n, n);
            }
        }
    }
    for line in &plan.lines {
        glyphs.write(fonts, line, &mut on);
    }
    on
}

/// One label: its size, no shift, the picture.
fn format(out: &mut String, picture: &Bitmap) {
    let stride = picture.width().div_ceil(8);
    let total = stride * picture.height();
    let (width, height) = (picture.width(), picture.height());
    // Writing into a string cannot fail.
    let _written = write!(
        out,
        "^XA^PW{width}^LL{height}^LH0,0^FO0,0^GFA,{total},{total},{stride},"
    );
    let mut before: Option<&[u8]> = None;
    for row in picture.rows() {
        if before == Some(row) {
            out.push(':');
        } else {
            digits(out, row);
        }
        before = Some(row);
    }
    out.push_str("^FS^XZ\n");
}

/// A row in hexadecimal: `,` is white to the end, `!` black, a letter or two before a digit say how often it comes.
fn digits(out: &mut String, row: &[u8]) {
    let digits: Vec<u8> = row.iter().flat_map(|byte| [byte >> 4, byte & 15]).collect();
    let last = digits.last().copied();
    let ends = matches!(last, Some(0 | 15));
    let body = if ends {
        let kept = digits.iter().rposition(|digit| Some(*digit) != last);
        digits.split_at(kept.map_or(0, |place| place + 1)).0
    } else {
        &digits
    };
    for run in body.chunk_by(|a, b| a == b) {
        repeat(out, run.len());
        if let Some(digit) = run.first() {
            out.push(
                char::from_digit(u32::from(*digit), 16)
                    .map_or('0', |digit| digit.to_ascii_uppercase()),
            );
        }
    }
    match last {
        Some(0) => out.push(','),
        Some(15) => out.push('!'),
        _ => {}
    }
}

/// How often the next digit comes: `G` to `Y` are 1 to 19, `g` to `z` are 20 to 400.
fn repeat(out: &mut String, mut count: usize) {
    if count == 1 {
        return;
    }
    while count >= 20 {
        let twenties = (count / 20).min(20);
        out.push(letter(b'g', twenties));
        count -= twenties * 20;
    }
    if count > 0 {
        out.push(letter(b'G', count));
    }
}

fn letter(first: u8, number: usize) -> char {
    let step = u8::try_from(number).unwrap_or(1).saturating_sub(1);
    char::from(first.saturating_add(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(bytes: &[u8]) -> String {
        let mut out = String::new();
        digits(&mut out, bytes);
        out
    }

    #[test]
    fn rows_are_shortened_as_the_language_says() {
        assert_eq!(row(&[0, 0, 0]), ",");
        assert_eq!(row(&[0xff, 0xff]), "!");
        assert_eq!(row(&[0x12, 0x30]), "123,");
        assert_eq!(row(&[0x00, 0x01]), "I01");
        assert_eq!(row(&[0x0f, 0xff]), "0!");
        // Forty-one zeros and a one.
        let mut long = vec![0; 21];
        long[20] = 1;
        assert_eq!(row(&long), "hG01");
    }
}
