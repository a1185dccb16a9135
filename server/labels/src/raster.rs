//! Black and white pictures, for printers that are sent dots.

use crate::{
    face::{Face, Fonts, Weight},
    layout::Line,
    num::{DOT, index},
};
use std::collections::HashMap;

/// A picture of which every dot is black or white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    width: usize,
    height: usize,
    /// Bytes of a row, eight dots in each, the leftmost is the highest bit.
    stride: usize,
    bits: Vec<u8>,
}

impl Bitmap {
    pub(crate) fn white(width: i32, height: i32) -> Self {
        let (width, height) = (index(width), index(height));
        let stride = width.div_ceil(8);
        Self {
            width,
            height,
            stride,
            bits: vec![0; stride * height],
        }
    }

    /// Dots across.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Dots from top to bottom.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Rows from the top, eight dots in a byte, the leftmost in the highest bit; set bits are black.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.bits.chunks(self.stride.max(1))
    }

    /// Whether a dot is black; outside, none is.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.width
            && self
                .bits
                .get(y * self.stride + x / 8)
                .is_some_and(|byte| byte & (0x80 >> (x % 8)) != 0)
    }

    pub(crate) fn blacken(&mut self, x: i32, y: i32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x < self.width
            && y < self.height
            && let Some(byte) = self.bits.get_mut(y * self.stride + x / 8)
        {
            *byte |= 0x80 >> (x % 8);
        }
    }

    /// Blackens a rectangle.
    pub(crate) fn fill(&mut self, left: i32, top: i32, width: i32, height: i32) {
        for y in top..top + height {
            for x in left..left + width {
                self.blacken(x, y);
            }
        }
    }
}

/// A letter in dots: where its upper left corner is from the pen, and its black dots from there.
#[derive(Debug)]
struct Dots {
    black: Vec<(i32, i32)>,
}

/// Letters that were drawn already.
#[derive(Debug, Default)]
pub(crate) struct Glyphs {
    drawn: HashMap<(Weight, u16, i32), Dots>,
}

impl Glyphs {
    /// Writes a line of text.
    pub(crate) fn write(&mut self, fonts: &Fonts, line: &Line, on: &mut Bitmap) {
        let face = fonts.of(line.weight);
        let mut units = 0;
        for character in line.text.chars() {
            let glyph = face.glyph(character);
            let pen = (line.x + units * line.size / face.em + DOT / 2).div_euclid(DOT);
            let dots = self
                .drawn
                .entry((line.weight, glyph.id, line.size))
                .or_insert_with(|| Dots::of(face, glyph.id, line.size));
            for (x, y) in &dots.black {
                on.blacken(pen + x, line.baseline / DOT + y);
            }
            units += glyph.advance;
        }
    }
}

/// Parts of a dot along a side while a letter is measured out.
const FINE: i32 = 64;

/// Rows of a dot that are measured.
const ROWS: i32 = 8;

/// Of what part of a dot on it is black, in hundredths. A little less than half: thin strokes of small letters shall not break.
const DARK: i32 = 42;

impl Dots {
    /// Draws a glyph. The size is in eighths of a dot.
    fn of(face: &Face, glyph: u16, size: i32) -> Self {
        let fine = |units: i32| units * (size * FINE / DOT) / face.em;
        let polygons: Vec<Vec<(i32, i32)>> = face
            .outline(glyph)
            .into_iter()
            .map(|polygon| {
                polygon
                    .into_iter()
                    .map(|(x, y)| (fine(x), -fine(y)))
                    .collect()
            })
            .collect();
        let corners = || polygons.iter().flatten();
        let (Some(left), Some(right), Some(top), Some(bottom)) = (
            corners().map(|(x, _)| x.div_euclid(FINE)).min(),
            corners().map(|(x, _)| x.div_euclid(FINE) + 1).max(),
            corners().map(|(_, y)| y.div_euclid(FINE)).min(),
            corners().map(|(_, y)| y.div_euclid(FINE) + 1).max(),
        ) else {
            return Self { black: Vec::new() };
        };
        let mut black = Vec::new();
        for y in top..bottom {
            let mut covered = vec![0; index(right - left)];
            for row in 0..ROWS {
                let at = y * FINE + (2 * row + 1) * FINE / (2 * ROWS);
                for (from, to) in inside(&polygons, at) {
                    cover(&mut covered, from - left * FINE, to - left * FINE);
                }
            }
            let dark = covered
                .iter()
                .zip(left..)
                .filter(|(covered, _)| **covered * 100 >= DARK * FINE * ROWS);
            black.extend(dark.map(|(_, x)| (x, y)));
        }
        Self { black }
    }
}

/// The stretches of a row that are inside of what the polygons wind around.
fn inside(polygons: &[Vec<(i32, i32)>], y: i32) -> Vec<(i32, i32)> {
    let mut crossings = Vec::new();
    for polygon in polygons {
        for (&(x0, y0), &(x1, y1)) in polygon.iter().zip(polygon.iter().cycle().skip(1)) {
            let turn = i32::from(y0 <= y && y < y1) - i32::from(y1 <= y && y < y0);
            if turn != 0 {
                crossings.push((x0 + (x1 - x0) * (y - y0) / (y1 - y0), turn));
            }
        }
    }
    crossings.sort_unstable();
    let mut stretches = Vec::new();
    let (mut winding, mut from) = (0, 0);
    for (x, turn) in crossings {
        if winding == 0 {
            from = x;
        }
        winding += turn;
        if winding == 0 {
            stretches.push((from, x));
        }
    }
    stretches
}

/// Adds a stretch to the dots that it lies on.
fn cover(covered: &mut [i32], from: i32, to: i32) {
    for (dot, left) in covered.iter_mut().zip((0..).map(|dot| dot * FINE)) {
        *dot += (to.min(left + FINE) - from.max(left)).max(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_drawn_where_the_pen_is_and_holes_stay_white() {
        let fonts = Fonts::read().unwrap();
        let mut on = Bitmap::white(40, 40);
        let line = Line {
            x: 4 * DOT,
            baseline: 36 * DOT,
            size: 40 * DOT,
            weight: Weight::Bold,
            text: "О".into(),
        };
        Glyphs::default().write(&fonts, &line, &mut on);
        let middle: Vec<bool> = (0..40).map(|x| on.is_black(x, 22)).collect();
        let turns = middle.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert_eq!(turns, 4, "two strokes with a hole between: {middle:?}");
        assert!((0..40).all(|x| !on.is_black(x, 38)), "nothing hangs below");
        assert!(!on.is_black(40, 22) && !on.is_black(3, 22));
    }

    #[test]
    fn dots_outside_are_let_go() {
        let mut on = Bitmap::white(9, 2);
        on.fill(-3, -3, 100, 100);
        assert_eq!(on.rows().collect::<Vec<_>>(), [[0xff, 0x80], [0xff, 0x80]]);
    }
}
