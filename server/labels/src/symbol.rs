//! The symbol itself: which modules are dark, and their outline.

use crate::{
    Misfit, Symbology,
    num::{index, int},
};
use datamatrix::{DataMatrixBuilder, SymbolList};

/// A square DataMatrix (ECC 200) without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Symbol {
    side: i32,
    dark: Vec<bool>,
}

/// Which way a stretch of an outline runs, `y` downwards. What is dark lies on its right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    East,
    South,
    West,
    North,
}

impl Way {
    const ALL: [Self; 4] = [Self::East, Self::South, Self::West, Self::North];

    const fn bit(self) -> u8 {
        match self {
            Self::East => 1,
            Self::South => 2,
            Self::West => 4,
            Self::North => 8,
        }
    }

    const fn step(self) -> (i32, i32) {
        match self {
            Self::East => (1, 0),
            Self::South => (0, 1),
            Self::West => (-1, 0),
            Self::North => (0, -1),
        }
    }

    const fn right(self) -> Self {
        match self {
            Self::East => Self::South,
            Self::South => Self::West,
            Self::West => Self::North,
            Self::North => Self::East,
        }
    }

    const fn left(self) -> Self {
        self.right().right().right()
    }

    /// Towards what is dark beside a stretch that runs this way.
    pub(crate) const fn inwards(self) -> (i32, i32) {
        self.right().step()
    }
}

/// A corner of an outline, in modules: how the line comes and how it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Corner {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) comes: Way,
    pub(crate) leaves: Way,
}

impl Symbol {
    /// Writes a code into the smallest square symbol that holds it.
    pub(crate) fn of(code: &str, symbology: Symbology) -> Result<Self, Misfit> {
        if code.is_empty() || !code.is_ascii() {
            return Err(Misfit::NoSymbol);
        }
        let matrix = DataMatrixBuilder::new()
            .with_symbol_list(SymbolList::default().enforce_square())
            .with_macros(false)
            .with_fnc1_start(symbology == Symbology::Gs1)
            .encode(code.as_bytes())
            .map_err(|_| Misfit::NoSymbol)?;
        let bitmap = matrix.bitmap();
        Ok(Self {
            side: int(bitmap.width()),
            dark: bitmap.bits().to_vec(),
        })
    }

    /// Modules along a side.
    pub(crate) fn side(&self) -> i32 {
        self.side
    }

    /// Whether a module is dark; outside, none is.
    pub(crate) fn is_dark(&self, x: i32, y: i32) -> bool {
        let inside = (0..self.side).contains(&x) && (0..self.side).contains(&y);
        inside && self.dark.get(index(y * self.side + x)) == Some(&true)
    }

    /// The closed lines around everything dark. Modules that touch at a corner only have lines of their own.
    pub(crate) fn outlines(&self) -> Vec<Vec<Corner>> {
        let mut edges = Edges::of(self);
        let mut lines = Vec::new();
        for y in 0..self.side {
            for x in 0..self.side {
                // The first edge of a line that a reader meets is the upper one of its uppermost, leftmost module, or of
                // a hole's lower rim; both run east.
                if edges.take(x, y, Way::East) {
                    lines.push(edges.follow(x, y));
                }
            }
        }
        lines
    }
}

/// The edges between dark and light that are not yet part of a line: for every crossing the ways that leave it.
struct Edges {
    across: i32,
    ways: Vec<u8>,
}

impl Edges {
    fn of(symbol: &Symbol) -> Self {
        let across = symbol.side + 1;
        let mut edges = Self {
            across,
            ways: vec![0; index(across * across)],
        };
        for y in 0..symbol.side {
            for x in 0..symbol.side {
                if symbol.is_dark(x, y) {
                    for (way, from) in
                        Way::ALL
                            .into_iter()
                            .zip([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)])
                    {
                        let (dx, dy) = way.inwards();
                        if !symbol.is_dark(x - dx, y - dy) {
                            edges.put(from, way);
                        }
                    }
                }
            }
        }
        edges
    }

    fn put(&mut self, (x, y): (i32, i32), way: Way) {
        if let Some(ways) = self.ways.get_mut(index(y * self.across + x)) {
            *ways |= way.bit();
        }
    }

    fn take(&mut self, x: i32, y: i32, way: Way) -> bool {
        match self.ways.get_mut(index(y * self.across + x)) {
            Some(ways) if *ways & way.bit() != 0 => {
                *ways &= !way.bit();
                true
            }
            _ => false,
        }
    }

    /// Follows a line whose first edge, which leaves a crossing to the east, was taken already.
    fn follow(&mut self, x: i32, y: i32) -> Vec<Corner> {
        let mut corners = Vec::new();
        let (mut x, mut y, mut way) = (x, y, Way::East);
        loop {
            let (dx, dy) = way.step();
            (x, y) = (x + dx, y + dy);
            let next = [way.right(), way, way.left()]
                .into_iter()
                .find(|&next| self.take(x, y, next));
            let leaves = next.unwrap_or(Way::East);
            if leaves != way {
                corners.push(Corner {
                    x,
                    y,
                    comes: way,
                    leaves,
                });
            }
            match next {
                Some(next) => way = next,
                None => return corners,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: &[&str]) -> Symbol {
        Symbol {
            side: int(rows.len()),
            dark: rows.join("").bytes().map(|byte| byte == b'#').collect(),
        }
    }

    /// What is dark by the outlines alone, by the number of lines on the left of a module's middle.
    fn filled(symbol: &Symbol) -> Vec<bool> {
        let mut dark = Vec::new();
        for y in 0..symbol.side {
            for x in 0..symbol.side {
                let mut turns = 0;
                for line in symbol.outlines() {
                    for (a, b) in line.iter().zip(line.iter().cycle().skip(1)) {
                        if a.x == b.x && a.x <= x {
                            let up = a.y > y && b.y <= y;
                            let down = a.y <= y && b.y > y;
                            turns += i32::from(up) - i32::from(down);
                        }
                    }
                }
                dark.push(turns != 0);
            }
        }
        dark
    }

    #[test]
    fn the_outlines_enclose_what_is_dark_and_nothing_else() {
        let cases: [&[&str]; 4] = [
            &["#"],
            &["##.", "#.#", ".##"],
            &["###", "#.#", "###"],
            &["#.#.", ".#.#", "####", "#..#"],
        ];
        for rows in cases {
            let symbol = drawn(rows);
            assert_eq!(filled(&symbol), symbol.dark, "{rows:?}");
        }
        let real = Symbol::of("010460406000600021N4N57RSCBUZTQ", Symbology::Gs1).unwrap();
        assert_eq!(filled(&real), real.dark);
    }

    #[test]
    fn every_outline_turns_at_every_corner_and_comes_back() {
        let symbol = Symbol::of("010460406000600021N4N57RSCBUZTQ", Symbology::Gs1).unwrap();
        for line in symbol.outlines() {
            assert!(line.len() >= 4 && line.len() % 2 == 0);
            for (a, b) in line.iter().zip(line.iter().cycle().skip(1)) {
                assert_eq!(a.leaves, b.comes);
                assert_ne!(a.comes, a.leaves);
            }
        }
    }

    #[test]
    fn what_no_symbol_holds_is_refused() {
        assert_eq!(Symbol::of("", Symbology::Gs1), Err(Misfit::NoSymbol));
        assert_eq!(Symbol::of("код", Symbology::Gs1), Err(Misfit::NoSymbol));
        assert_eq!(
            Symbol::of(&"a".repeat(4000), Symbology::Gs1),
            Err(Misfit::NoSymbol)
        );
    }
}
