//! Which rows of a long list are drawn. All lengths are whole pixels.

/// The height of a row; the stylesheet says the same.
pub(super) const ROW: u32 = 56;

/// Rows that are drawn above and below what is seen, so that a quick hand finds none missing.
const SPARE: u32 = 8;

/// The tallest list: browsers lay nothing out that is taller than some seventeen million pixels.
const TALLEST: u32 = 15_000_000;

/// Where a list is scrolled to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// How far it is scrolled down.
    pub(super) top: u32,
    /// The height of what is seen.
    pub(super) height: u32,
    /// How many rows there are.
    pub(super) rows: u32,
}

impl Window {
    /// The height of the whole list.
    pub(super) fn tall(self) -> u32 {
        self.rows.saturating_mul(ROW).min(TALLEST)
    }

    /// The first row that is seen. In a list that would be too tall a pixel of scrolling passes more than a pixel of rows.
    fn seen(self) -> u32 {
        let scrolled = u64::from(self.top);
        let pixels = u64::from(self.rows) * u64::from(ROW);
        let scrollable = u64::from(self.tall().saturating_sub(self.height)).max(1);
        let real = pixels.saturating_sub(u64::from(self.height)).max(1);
        u32::try_from(scrolled * real / scrollable / u64::from(ROW)).unwrap_or(u32::MAX)
    }

    /// The first row that is drawn and the one behind the last. They change only every few rows.
    pub(super) fn drawn(self) -> (u32, u32) {
        let seen = self.seen() / SPARE * SPARE;
        let last = seen + self.height / ROW + 2 * SPARE;
        (
            seen.saturating_sub(SPARE).min(self.rows),
            last.min(self.rows),
        )
    }

    /// How far below the top of the list the row `first` is drawn.
    pub(super) fn offset(self, first: u32) -> u32 {
        if self.rows.saturating_mul(ROW) <= TALLEST {
            return first * ROW;
        }
        let above = self.seen().saturating_sub(first) * ROW;
        self.top.saturating_sub(above)
    }

    /// Where to scroll so that a row is seen; `None` when it is.
    pub(super) fn showing(self, row: u32) -> Option<u32> {
        let pixels = u64::from(self.rows) * u64::from(ROW);
        let place = |at: u32| {
            let at = u64::from(at) * u64::from(ROW) * u64::from(self.tall()) / pixels.max(1);
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        let fit = self.height / ROW;
        if row < self.seen() || (row == self.seen() && self.top > place(row)) {
            Some(place(row))
        } else if row + 1 > self.seen() + fit {
            Some(place(row + 1).saturating_sub(self.height))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Window = Window {
        top: 0,
        height: 560,
        rows: 100_000,
    };

    #[test]
    fn only_what_is_seen_is_drawn() {
        assert_eq!(SHORT.drawn(), (0, 26));
        let middle = Window {
            top: 50_000 * ROW,
            ..SHORT
        };
        assert_eq!(middle.drawn(), (49_992, 50_026));
        assert_eq!(middle.offset(49_992), 49_992 * ROW);
        let end = Window {
            top: 100_000 * ROW - 560,
            ..SHORT
        };
        assert_eq!(end.drawn().1, 100_000);
    }

    #[test]
    fn a_few_rows_are_all_drawn() {
        let few = Window { rows: 3, ..SHORT };
        assert_eq!((few.drawn(), few.tall()), ((0, 3), 3 * ROW));
    }

    #[test]
    fn a_list_that_is_too_tall_is_still_seen_to_its_end() {
        let long = Window {
            rows: 2_000_000,
            ..SHORT
        };
        assert_eq!(long.tall(), TALLEST);
        let end = Window {
            top: TALLEST - 560,
            ..long
        };
        assert_eq!(end.drawn().1, 2_000_000);
        let (first, last) = end.drawn();
        assert!(
            end.offset(first) + (last - first) * ROW <= TALLEST,
            "the last row is within the list"
        );
    }

    #[test]
    fn a_row_is_scrolled_to_only_when_it_is_not_seen() {
        assert_eq!(SHORT.showing(0), None);
        assert_eq!(SHORT.showing(9), None);
        assert_eq!(SHORT.showing(10), Some(11 * ROW - 560));
        let down = Window {
            top: 20 * ROW,
            ..SHORT
        };
        assert_eq!(down.showing(3), Some(3 * ROW));
    }
}
