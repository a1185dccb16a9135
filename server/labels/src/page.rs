//! Labels on the pages of a PDF.
//!
//! A page counts in eighths of the printer's dots from its upper left corner, so every edge of a module lies on a dot. The
//! dark parts are drawn an eighth of a dot narrower on every side: a printer that blackens every dot that an edge touches
//! would else make them one dot wider, and ink spreads besides.

use crate::{
    face::{Fonts, Weight},
    layout::{Line, Plan},
    media::{Grid, Head, Medium},
    num::{DOT, int},
    pdf::{Id, Pdf, embed},
    symbol::{Corner, Way},
};
use std::fmt::Write as _;

/// How much narrower dark parts are on each side, in eighths of a dot.
const NARROWER: i32 = 1;

/// The size of a sheet A4 in points.
const A4: (&str, &str) = ("595.2756", "841.8898");

/// The file of many labels.
pub(crate) fn file(
    fonts: &Fonts,
    plans: &[Plan],
    medium: Medium,
    head: Head,
    used: u16,
) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let [catalog, info, pages] = [(); 3].map(|()| pdf.id());
    let letters = [&fonts.regular, &fonts.bold].map(|face| embed(&mut pdf, face));
    let paper = Paper::of(medium, head);
    let (mut kids, mut count) = (String::new(), 0);
    for (used, labels) in sheets(plans, usize::from(medium.places()), usize::from(used)) {
        let [page, content] = [(); 2].map(|()| pdf.id());
        pdf.stream(content, "", paper.drawn(fonts, labels, used).as_bytes());
        pdf.object(page, &paper.page(pages, content));
        let _written = write!(kids, "{page} ");
        count += 1;
    }
    let [regular, bold] = letters;
    pdf.object(
        pages,
        &format!(
            "<</Type/Pages/Count {count}/Kids[{kids}]/Resources<</Font<</R {regular}/B {bold}>>>>>>"
        ),
    );
    // Printed at its own size: whole dots do not survive «fit to page».
    pdf.object(
        catalog,
        &format!("<</Type/Catalog/Pages {pages}/ViewerPreferences<</PrintScaling/None/PickTrayByPDFSize true>>>>"),
    );
    pdf.object(info, "<</Producer(Metka)>>");
    pdf.end(catalog, info)
}

/// The labels page by page, with the places that stay empty before them.
fn sheets<T>(plans: &[T], places: usize, used: usize) -> impl Iterator<Item = (i32, &[T])> {
    let places = places.max(1);
    let (first, rest) = plans.split_at(places.saturating_sub(used).min(plans.len()));
    let first = (!first.is_empty()).then_some((int(used), first));
    first
        .into_iter()
        .chain(rest.chunks(places).map(|page| (0, page)))
}

/// The page's size and where labels lie on it.
struct Paper {
    width: String,
    height: String,
    medium: Medium,
    head: Head,
    grid: Option<Grid>,
}

impl Paper {
    fn of(medium: Medium, head: Head) -> Self {
        let (across, down) = medium.dots(head);
        let grid = medium.grid();
        // A label's page is a whole number of dots, so that it begins and ends on one.
        let (width, height) = if grid.is_some() {
            (A4.0.to_owned(), A4.1.to_owned())
        } else {
            (points(across, head), points(down, head))
        };
        Self {
            width,
            height,
            medium,
            head,
            grid,
        }
    }

    fn page(&self, pages: Id, content: Id) -> String {
        format!(
            "<</Type/Page/Parent {pages}/MediaBox[0 0 {} {}]/Contents {content}>>",
            self.width, self.height
        )
    }

    /// The upper left corner of a place, in whole dots.
    fn corner(&self, place: i32) -> (i32, i32) {
        let Some(grid) = &self.grid else {
            return (0, 0);
        };
        let shape = self.medium.shape();
        let across = i32::from(grid.columns);
        let (column, row) = (place % across, place / across);
        (
            self.head.dots_of_paper(grid.left + column * shape.width),
            self.head.dots_of_paper(grid.top + row * shape.height),
        )
    }

    /// What is drawn on one page, with so many places left empty before the first label.
    fn drawn(&self, fonts: &Fonts, labels: &[Plan], used: i32) -> String {
        // From here on: eighths of a dot, downwards.
        let unit = fraction(72, i64::from(self.head.dpi()) * i64::from(DOT));
        let mut out = format!("{unit} 0 0 -{unit} 0 {} cm\n", self.height);
        for (place, plan) in (used..).zip(labels) {
            let (left, top) = self.corner(place);
            outline(&mut out, plan, left + plan.at.0, top + plan.at.1);
            for line in &plan.lines {
                write_line(&mut out, fonts, line, left * DOT, top * DOT);
            }
        }
        out
    }
}

/// The dark parts of a symbol whose upper left corner is at a dot.
fn outline(out: &mut String, plan: &Plan, left: i32, top: i32) {
    let place = |corner: &Corner| {
        let (horizontal, vertical) = [corner.comes, corner.leaves]
            .into_iter()
            .map(Way::inwards)
            .fold((0, 0), |sum, way| (sum.0 + way.0, sum.1 + way.1));
        (
            (left + corner.x * plan.module) * DOT + horizontal * NARROWER,
            (top + corner.y * plan.module) * DOT + vertical * NARROWER,
        )
    };
    for line in plan.symbol.outlines() {
        for (corner, pen) in line
            .iter()
            .zip(std::iter::once('m').chain(std::iter::repeat('l')))
        {
            let (x, y) = place(corner);
            // Writing into a string cannot fail.
            let _written = writeln!(out, "{x} {y} {pen}");
        }
        out.push_str("h\n");
    }
    out.push_str("f\n");
}

/// A line of text of a label whose upper left corner is given in eighths of a dot.
fn write_line(out: &mut String, fonts: &Fonts, line: &Line, left: i32, top: i32) {
    let font = match line.weight {
        Weight::Regular => 'R',
        Weight::Bold => 'B',
    };
    let (x, y) = (left + line.x, top + line.baseline);
    let _written = write!(out, "BT/{font} {} Tf 1 0 0 -1 {x} {y} Tm<", line.size);
    let face = fonts.of(line.weight);
    for character in line.text.chars() {
        let _written = write!(out, "{:04X}", face.glyph(character).id);
    }
    out.push_str(">Tj ET\n");
}

/// Dots as points, a millionth of a point less: a page that were longer than its dots by a rounding would be drawn with one
/// dot more.
fn points(dots: i32, head: Head) -> String {
    decimal(i64::from(dots) * 72 * BILLION / i64::from(head.dpi()) - 1_000)
}

/// A fraction of whole numbers with nine decimals.
fn fraction(above: i64, below: i64) -> String {
    decimal(above * BILLION / below)
}

const BILLION: i64 = 1_000_000_000;

fn decimal(billionths: i64) -> String {
    format!("{}.{:09}", billionths / BILLION, billionths % BILLION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_have_nine_decimals() {
        assert_eq!(fraction(72, 1624), "0.044334975");
        assert_eq!(points(464, Head::Dpi203), "164.571427571");
    }

    #[test]
    fn empty_places_are_skipped_on_the_first_sheet_alone() {
        assert_eq!(spread(0, 24, 0), []);
        assert_eq!(spread(30, 24, 0), [(0, 24), (0, 6)]);
        assert_eq!(spread(30, 24, 20), [(20, 4), (0, 24), (0, 2)]);
        assert_eq!(spread(3, 1, 0), [(0, 1), (0, 1), (0, 1)]);
    }

    fn spread(labels: usize, places: usize, used: usize) -> Vec<(i32, usize)> {
        let labels = vec![(); labels];
        sheets(&labels, places, used)
            .map(|(used, labels)| (used, labels.len()))
            .collect()
    }
}
