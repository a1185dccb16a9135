//! What is printed on, in whole dots.

use crate::num::DOT;

/// How fine a printer prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Head {
    /// 203 dots an inch, 8 a millimetre.
    Dpi203,
    /// 300 dots an inch.
    Dpi300,
}

impl Head {
    /// Dots an inch, as drivers count them.
    pub const fn dpi(self) -> u16 {
        match self {
            Self::Dpi203 => 203,
            Self::Dpi300 => 300,
        }
    }

    /// Dots of the smallest module that is printed: the first whole number that makes it 0.255 mm or more, which «Честный
    /// ЗНАК» asks for, with room for a worn head: 3 dots are 0.375 mm, 4 are 0.339 mm.
    pub(crate) const fn least_module(self) -> i32 {
        match self {
            Self::Dpi203 => 3,
            Self::Dpi300 => 4,
        }
    }

    /// Dots of the largest module that is printed: 0.6 mm, beyond which a symbol reads no better.
    pub(crate) const fn most_module(self) -> i32 {
        match self {
            Self::Dpi203 => 5,
            Self::Dpi300 => 7,
        }
    }

    /// Whole dots in tenths of a millimetre. A head of «203 dpi» has 8 dots a millimetre exactly.
    pub(crate) const fn dots(self, tenths: i32) -> i32 {
        match self {
            Self::Dpi203 => (tenths * 8 + 5) / 10,
            Self::Dpi300 => (tenths * 3000 + 1270) / 2540,
        }
    }

    /// Whole dots in tenths of a millimetre of paper, by inches: off by half a dot at most however long the way.
    pub(crate) fn dots_of_paper(self, tenths: i32) -> i32 {
        (tenths * i32::from(self.dpi()) + 127) / 254
    }

    /// Eighths of a dot in tenths of a typographic point.
    pub(crate) const fn points(self, tenths: i32) -> i32 {
        match self {
            Self::Dpi203 => tenths * 203 * DOT / 720,
            Self::Dpi300 => tenths * 300 * DOT / 720,
        }
    }
}

/// What comes out of the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Medium {
    /// A roll of labels of 58 × 40 mm.
    Roll58x40,
    /// A roll of labels of 43 × 25 mm.
    Roll43x25,
    /// A roll of labels of 30 × 20 mm.
    Roll30x20,
    /// A sheet A4 of 3 × 8 labels, 70 × 37 mm.
    Sheet24,
    /// A sheet A4 of 4 × 10 labels, 52.5 × 29.7 mm.
    Sheet40,
    /// A sheet A4 of 5 × 13 labels, 38 × 21.2 mm.
    Sheet65,
}

/// One label of a medium. Lengths are tenths of a millimetre, letters tenths of a point.
pub(crate) struct Shape {
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// Kept white at the left and the right. Office printers do not reach the outer millimetres of a sheet.
    pub(crate) side: i32,
    /// Kept white above and below.
    pub(crate) above: i32,
    /// How large the name is written.
    pub(crate) text: i32,
    /// How large the article is written.
    pub(crate) large: i32,
}

/// How labels lie on a sheet. Lengths are tenths of a millimetre.
pub(crate) struct Grid {
    pub(crate) columns: u16,
    pub(crate) rows: u16,
    pub(crate) left: i32,
    pub(crate) top: i32,
}

impl Medium {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Roll58x40,
        Self::Roll43x25,
        Self::Roll30x20,
        Self::Sheet24,
        Self::Sheet40,
        Self::Sheet65,
    ];

    /// Labels on a page.
    pub fn places(self) -> u16 {
        self.grid().map_or(1, |grid| grid.columns * grid.rows)
    }

    pub(crate) const fn shape(self) -> Shape {
        let (width, height, side, above, text, large) = match self {
            Self::Roll58x40 => (580, 400, 20, 15, 85, 120),
            Self::Roll43x25 => (430, 250, 15, 10, 65, 90),
            Self::Roll30x20 => (300, 200, 10, 10, 55, 70),
            Self::Sheet24 => (700, 370, 50, 40, 80, 110),
            Self::Sheet40 => (525, 297, 45, 40, 65, 90),
            Self::Sheet65 => (380, 212, 15, 15, 60, 80),
        };
        Shape {
            width,
            height,
            side,
            above,
            text,
            large,
        }
    }

    pub(crate) const fn grid(self) -> Option<Grid> {
        let (columns, rows, left, top) = match self {
            Self::Roll58x40 | Self::Roll43x25 | Self::Roll30x20 => return None,
            Self::Sheet24 => (3, 8, 0, 5),
            Self::Sheet40 => (4, 10, 0, 0),
            Self::Sheet65 => (5, 13, 100, 107),
        };
        Some(Grid {
            columns,
            rows,
            left,
            top,
        })
    }

    /// The size of one label in whole dots: width and height.
    pub const fn dots(self, head: Head) -> (i32, i32) {
        let shape = self.shape();
        (head.dots(shape.width), head.dots(shape.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_whole_dots_and_off_by_less_than_half_of_one() {
        assert_eq!(Medium::Roll58x40.dots(Head::Dpi203), (464, 320));
        assert_eq!(Medium::Roll30x20.dots(Head::Dpi203), (240, 160));
        assert_eq!(Medium::Roll58x40.dots(Head::Dpi300), (685, 472));
        assert_eq!(Medium::Roll30x20.dots(Head::Dpi300), (354, 236));
    }

    #[test]
    fn a_sheets_labels_lie_within_the_sheet() {
        for medium in Medium::ALL {
            let Some(grid) = medium.grid() else { continue };
            let shape = medium.shape();
            let (columns, rows) = (i32::from(grid.columns), i32::from(grid.rows));
            assert!(grid.left + columns * shape.width <= 2100, "{medium:?}");
            assert!(grid.top + rows * shape.height <= 2970, "{medium:?}");
            assert!(grid.left + shape.side >= 45, "{medium:?}");
        }
    }
}
