//! A font inside the file, so that every printer writes the same letters, and a table that says which characters they are, so
//! that they can be searched for and copied.

use super::{Id, Pdf};
use crate::face::Face;
use std::fmt::Write as _;

/// Writes a font into the file; the answer is the object that pages name.
pub(crate) fn embed(pdf: &mut Pdf, face: &Face) -> Id {
    let [file, descriptor, glyphs, unicode, font] = [(); 5].map(|()| pdf.id());
    let name = ["METKAA+", face.name].concat();
    pdf.stream(file, &format!("/Length1 {}", face.bytes.len()), face.bytes);
    pdf.object(descriptor, &described(face, &name, file));
    pdf.object(
        glyphs,
        &format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
             /FontDescriptor {descriptor}/CIDToGIDMap/Identity/W[0[{}]]>>",
            widths(face)
        ),
    );
    pdf.stream(unicode, "", characters(face).as_bytes());
    pdf.object(
        font,
        &format!(
            "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{glyphs}]/ToUnicode {unicode}>>"
        ),
    );
    font
}

/// In thousandths of the letters' size, as PDF wants all measures of a font.
fn thousandths(face: &Face, units: i16) -> i32 {
    face.scaled(units, 1000)
}

fn described(face: &Face, name: &str, file: Id) -> String {
    let parsed = &face.parsed;
    let frame = parsed.global_bounding_box();
    let [left, bottom, right, top] =
        [frame.x_min, frame.y_min, frame.x_max, frame.y_max].map(|one| thousandths(face, one));
    let ascent = thousandths(face, parsed.ascender());
    let descent = thousandths(face, parsed.descender());
    let capitals = thousandths(face, parsed.capital_height().unwrap_or_default());
    // Flags: 4 is «symbolic», which fonts with glyphs by number are. The stem is only a hint for stand-ins.
    format!(
        "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle 0\
         /Ascent {ascent}/Descent {descent}/CapHeight {capitals}/StemV 90/FontFile2 {file}>>"
    )
}

fn widths(face: &Face) -> String {
    let mut out = String::new();
    for advance in face.advances() {
        // Writing into a string cannot fail.
        let _written = write!(out, "{} ", advance * 1000 / face.em);
    }
    out
}

/// The table from glyphs to characters, at most a hundred to a block.
fn characters(face: &Face) -> String {
    let mut out = String::from(
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
         /CMapName/Adobe-Identity-UCS def/CMapType 2 def\n\
         1 begincodespacerange<0000><FFFF>endcodespacerange\n",
    );
    let mut all: Vec<_> = face
        .characters()
        .map(|(one, glyph)| (glyph.id, u32::from(one)))
        .collect();
    // Several characters may share a glyph (space and no-break space); the first is the usual one.
    all.sort_unstable();
    all.dedup_by_key(|(glyph, _)| *glyph);
    for block in all.chunks(100) {
        let _written = writeln!(out, "{} beginbfchar", block.len());
        for (glyph, character) in block {
            let _written = write!(out, "<{glyph:04X}><{character:04X}>");
        }
        out.push_str("\nendbfchar\n");
    }
    out.push_str("endcmap CMapName currentdict/CMap defineresource pop end end");
    out
}
