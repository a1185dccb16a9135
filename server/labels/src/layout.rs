//! Where things stand on a label.
//!
//! High labels have the article and the name along the whole width and the symbol below; low ones have the symbol on the left
//! and all texts beside it. The modules are as large as leaves room for the texts; on the smallest labels texts give way, the
//! symbol and its quiet zone never.

mod column;

use crate::{
    Label, Misfit, Symbology,
    clean::clean,
    face::{Fonts, Weight},
    media::{Head, Medium, Shape},
    num::DOT,
    symbol::Symbol,
};
use column::Column;

/// One line of text. Lengths are eighths of a dot from the label's upper left corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) x: i32,
    /// Where the letters stand, a whole number of dots.
    pub(crate) baseline: i32,
    pub(crate) size: i32,
    pub(crate) weight: Weight,
    pub(crate) text: String,
}

/// A label, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) symbol: Symbol,
    /// The upper left corner of the symbol (without its quiet zone), in dots.
    pub(crate) at: (i32, i32),
    /// Dots along a module.
    pub(crate) module: i32,
    pub(crate) lines: Vec<Line>,
}

/// A label from this height on (tenths of a millimetre) has its texts above the symbol.
const HIGH: i32 = 350;

/// Light modules around a symbol.
const QUIET: i32 = 1;

/// The smallest letters, in tenths of a point: capitals of 1.25 mm.
const LEAST_TEXT: i32 = 50;

/// The narrowest column of text, in tenths of a millimetre: half a GTIN.
const NARROWEST: i32 = 65;

/// As wide as any GTIN: all digits are.
const GTIN: &str = "00000000000000";

/// A GTIN with its application identifier.
const WIDEST: &str = "(01) 00000000000000";

/// The label's texts, cleaned, and what belongs to them.
struct Texts {
    article: String,
    name: String,
    size: String,
    gtin: String,
    serial: String,
    marked: bool,
}

/// What all layouts know.
struct Room<'a> {
    fonts: &'a Fonts,
    head: Head,
    shape: Shape,
    width: i32,
    height: i32,
}

impl Room<'_> {
    /// Dots kept white at the sides.
    fn side(&self) -> i32 {
        self.head.dots(self.shape.side)
    }

    /// Dots kept white above and below.
    fn above(&self) -> i32 {
        self.head.dots(self.shape.above)
    }

    /// How far a symbol's dark parts stay from an edge with a given white margin.
    fn off(margin: i32, module: i32) -> i32 {
        margin.max(QUIET * module)
    }

    /// From the largest module to the smallest.
    fn modules(&self) -> impl Iterator<Item = i32> + use<> {
        (self.head.least_module()..=self.head.most_module()).rev()
    }

    fn column(&self, left: i32, right: i32, top: i32, bottom: i32) -> Column<'_> {
        Column {
            fonts: self.fonts,
            left: left * DOT,
            right: right * DOT,
            top: top * DOT,
            bottom: bottom * DOT,
            text: self.head.points(self.shape.text),
            large: self.head.points(self.shape.large),
            least: self.head.points(LEAST_TEXT),
        }
    }
}

/// Places everything.
pub(crate) fn plan(
    fonts: &Fonts,
    label: &Label,
    symbol: Symbol,
    medium: Medium,
    head: Head,
) -> Result<Plan, Misfit> {
    let (width, height) = medium.dots(head);
    let room = Room {
        fonts,
        head,
        shape: medium.shape(),
        width,
        height,
    };
    let texts = Texts {
        article: clean(&label.article),
        name: clean(&label.name),
        size: clean(&label.size),
        gtin: clean(&label.gtin),
        serial: clean(&label.serial),
        marked: label.symbology == Symbology::Gs1,
    };
    let plan = if room.shape.height >= HIGH {
        below(&room, &texts, &symbol)
    } else {
        None
    };
    plan.or_else(|| beside(&room, &texts, &symbol))
        .ok_or_else(|| {
            let count = |value: i32| u16::try_from(value).unwrap_or(u16::MAX);
            Misfit::TooSmall {
                modules: count(symbol.side() + 2 * QUIET),
                least: count(head.least_module()),
                room: count(width.min(height)),
            }
        })
        .map(|(at, module, lines)| Plan {
            symbol,
            at,
            module,
            lines,
        })
}

/// Where the symbol stands, its module, the texts.
type Placed = ((i32, i32), i32, Vec<Line>);

/// Article and name above, the symbol below on the left, size and numbers beside it.
fn below(room: &Room<'_>, texts: &Texts, symbol: &Symbol) -> Option<Placed> {
    let top = room.above();
    // Room for the article and two lines of the name.
    let wanted = room.head.points(room.shape.large + 2 * room.shape.text) * 12 / 10 / DOT;
    room.modules().find_map(|module| {
        let dark = symbol.side() * module;
        let at = (
            Room::off(room.side(), module),
            room.height - Room::off(room.above(), module) - dark,
        );
        let gap = (2 * QUIET * module).max(room.head.dots(15));
        let right = room.width - room.side();
        let beside = at.0 + dark + gap;
        let fits = at.1 - gap >= top + wanted && right - beside >= room.head.dots(150);
        fits.then(|| {
            let mut lines = room.column(room.side(), right, top, at.1 - gap).titles(
                &texts.article,
                &texts.name,
                "",
            );
            let column = room.column(beside, right, at.1, at.1 + dark);
            lines.extend(column.titles("", "", &texts.size));
            lines.extend(
                column
                    .numbers(&texts.gtin, &texts.serial, texts.marked)
                    .lines,
            );
            (at, module, lines)
        })
    })
}

/// The symbol on the left, all texts beside it.
fn beside(room: &Room<'_>, texts: &Texts, symbol: &Symbol) -> Option<Placed> {
    let wide = |text: &str, size: i32| {
        let eighths = room.fonts.regular.width(text, room.head.points(size));
        (eighths + DOT - 1) / DOT
    };
    let module = [
        // Texts at their full size, unless the modules become the smallest of all.
        (
            room.head.least_module() + 1,
            wide(WIDEST, room.shape.text),
            room.above(),
        ),
        // The GTIN on one line.
        (
            room.head.least_module(),
            wide(GTIN, LEAST_TEXT),
            room.above(),
        ),
        // The GTIN on two.
        (room.head.least_module(), room.head.dots(NARROWEST), 0),
    ]
    .into_iter()
    .find_map(|(least, column, above)| {
        room.modules().find(|&module| {
            let dark = symbol.side() * module;
            let left = Room::off(room.side(), module) + dark + 2 * QUIET * module;
            module >= least
                && dark + 2 * Room::off(above, module) <= room.height
                && left + column <= room.width - room.side()
        })
    })?;
    let dark = symbol.side() * module;
    let at = (Room::off(room.side(), module), (room.height - dark) / 2);
    let column = room.column(
        at.0 + dark + 2 * QUIET * module,
        room.width - room.side(),
        room.above(),
        room.height - room.above(),
    );
    let numbers = column.numbers(&texts.gtin, &texts.serial, texts.marked);
    let titles = Column {
        bottom: numbers.top,
        ..column
    };
    let mut lines = titles.titles(&texts.article, &texts.name, &texts.size);
    lines.extend(numbers.lines);
    Some((at, module, lines))
}
