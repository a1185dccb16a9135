//! The two fonts that come along, and how wide things are in them.

use crate::num::nearest;
use ttf_parser::{Face as Parsed, GlyphId, OutlineBuilder};

/// A font that comes along cannot be read. The program was built wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the font {name} cannot be read")]
pub struct BadFont {
    name: &'static str,
}

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// Both fonts.
#[derive(Debug)]
pub(crate) struct Fonts {
    pub(crate) regular: Face,
    pub(crate) bold: Face,
}

impl Fonts {
    pub(crate) fn read() -> Result<Self, BadFont> {
        Ok(Self {
            regular: Face::read(
                "RobotoCondensed-Regular",
                include_bytes!("../fonts/RobotoCondensed-Regular.ttf"),
            )?,
            bold: Face::read(
                "RobotoCondensed-Bold",
                include_bytes!("../fonts/RobotoCondensed-Bold.ttf"),
            )?,
        })
    }

    pub(crate) const fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

/// A glyph of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub(crate) id: u16,
    /// How far the pen moves on, in units of the font.
    pub(crate) advance: i32,
}

/// One font.
pub(crate) struct Face {
    pub(crate) name: &'static str,
    pub(crate) bytes: &'static [u8],
    pub(crate) parsed: Parsed<'static>,
    /// Units of the font in the size of its letters.
    pub(crate) em: i32,
    characters: Vec<(char, Glyph)>,
    missing: Glyph,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Face {
    fn read(name: &'static str, bytes: &'static [u8]) -> Result<Self, BadFont> {
        let parsed = Parsed::parse(bytes, 0).map_err(|_| BadFont { name })?;
        let glyph = |id: GlyphId| Glyph {
            id: id.0,
            advance: i32::from(parsed.glyph_hor_advance(id).unwrap_or_default()),
        };
        let mut characters = Vec::new();
        for table in parsed.tables().cmap.iter().flat_map(|cmap| cmap.subtables) {
            if table.is_unicode() {
                table.codepoints(|number| {
                    let id = table.glyph_index(number);
                    if let (Some(character), Some(id)) = (char::from_u32(number), id) {
                        characters.push((character, glyph(id)));
                    }
                });
            }
        }
        characters.sort_by_key(|(character, _)| *character);
        characters.dedup_by_key(|(character, _)| *character);
        if characters.is_empty() {
            return Err(BadFont { name });
        }
        Ok(Self {
            name,
            bytes,
            em: i32::from(parsed.units_per_em()),
            missing: glyph(GlyphId(0)),
            parsed,
            characters,
        })
    }

    /// The glyph of a character; an empty box for one that the font lacks.
    pub(crate) fn glyph(&self, character: char) -> Glyph {
        self.characters
            .binary_search_by_key(&character, |(known, _)| *known)
            .ok()
            .and_then(|place| self.characters.get(place))
            .map_or(self.missing, |(_, glyph)| *glyph)
    }

    /// How wide a text is when its letters are of a size; both in eighths of a dot.
    pub(crate) fn width(&self, text: &str, size: i32) -> i32 {
        let units: i32 = text.chars().map(|one| self.glyph(one).advance).sum();
        units * size / self.em
    }

    /// All characters it has, with their glyphs.
    pub(crate) fn characters(&self) -> impl Iterator<Item = (char, Glyph)> {
        self.characters.iter().copied()
    }

    /// All glyphs in order: how far the pen moves on.
    pub(crate) fn advances(&self) -> impl Iterator<Item = i32> {
        (0..self.parsed.number_of_glyphs()).map(|id| {
            i32::from(
                self.parsed
                    .glyph_hor_advance(GlyphId(id))
                    .unwrap_or_default(),
            )
        })
    }

    /// The outline of a glyph as closed polygons, in units of the font, `y` upwards.
    pub(crate) fn outline(&self, glyph: u16) -> Vec<Vec<(i32, i32)>> {
        let mut polygons = Polygons::default();
        // A glyph without an outline (a space) draws nothing.
        let _box = self.parsed.outline_glyph(GlyphId(glyph), &mut polygons);
        polygons.done
    }

    /// A measure of the font in units of a size.
    pub(crate) fn scaled(&self, units: i16, size: i32) -> i32 {
        i32::from(units) * size / self.em
    }

    /// How high capital letters are.
    pub(crate) fn capitals(&self, size: i32) -> i32 {
        self.scaled(self.parsed.capital_height().unwrap_or_default(), size)
    }
}

/// Into how many straight pieces a curve is cut. A letter on a label is some twenty dots high.
const PIECES: u8 = 6;

#[derive(Default)]
struct Polygons {
    done: Vec<Vec<(i32, i32)>>,
    now: Vec<(f32, f32)>,
}

impl Polygons {
    fn last(&self) -> (f32, f32) {
        self.now.last().copied().unwrap_or_default()
    }
}

impl OutlineBuilder for Polygons {
    fn move_to(&mut self, x: f32, y: f32) {
        self.now = vec![(x, y)];
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.now.push((x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x0, y0) = self.last();
        for piece in 1..=PIECES {
            let t = f32::from(piece) / f32::from(PIECES);
            let u = 1.0 - t;
            self.now.push((
                u * u * x0 + 2.0 * u * t * x1 + t * t * x,
                u * u * y0 + 2.0 * u * t * y1 + t * t * y,
            ));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        // TrueType has no cubic curves; a font that had them would be drawn a little square.
        for (x, y) in [(x1, y1), (x2, y2), (x, y)] {
            self.now.push((x, y));
        }
    }

    fn close(&mut self) {
        let corners = std::mem::take(&mut self.now);
        self.done.push(
            corners
                .into_iter()
                .map(|(x, y)| (nearest(x), nearest(y)))
                .collect(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_the_unions_languages_is_there() {
        let fonts = Fonts::read().unwrap();
        for face in [&fonts.regular, &fonts.bold] {
            for character in
                ('А'..='я').chain("ЁёЎўІіЇїҚқҒғӘәҰұҮүӨөҺһҢңЩщ№₽₸€«»„“—–…×°²³®™½±•’".chars())
            {
                assert_ne!(face.glyph(character).id, 0, "{character} in {face:?}");
            }
            for character in ' '..='~' {
                assert_ne!(face.glyph(character).id, 0, "{character} in {face:?}");
            }
            assert_eq!(face.glyph('漢').id, 0);
        }
    }

    #[test]
    fn digits_are_all_of_one_width() {
        let fonts = Fonts::read().unwrap();
        let wide = fonts.regular.width("00000000000000", 160);
        assert_eq!(fonts.regular.width("04604060006000", 160), wide);
        assert!((1100..1140).contains(&wide), "{wide}");
    }

    #[test]
    fn a_letter_has_an_outline_and_a_space_has_none() {
        let fonts = Fonts::read().unwrap();
        let face = &fonts.regular;
        assert_eq!(face.outline(face.glyph('О').id).len(), 2);
        assert!(face.outline(face.glyph(' ').id).is_empty());
        assert_eq!(face.advances().count(), 688);
    }
}
