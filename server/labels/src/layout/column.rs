//! A column of text: what is too long shrinks, then wraps, then ends in «…».

use super::Line;
use crate::{
    face::{Face, Fonts, Weight},
    num::{DOT, int},
};

/// Where texts may stand and how large they are. Lengths are eighths of a dot.
pub(super) struct Column<'a> {
    pub(super) fonts: &'a Fonts,
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
    pub(super) text: i32,
    pub(super) large: i32,
    pub(super) least: i32,
}

/// The lines with the numbers and where they begin.
pub(super) struct Numbers {
    pub(super) lines: Vec<Line>,
    pub(super) top: i32,
}

/// From one baseline to the next, in tenths of the letters' size.
const LEADING: i32 = 12;

impl Column<'_> {
    fn width(&self) -> i32 {
        self.right - self.left
    }

    fn line(&self, baseline: i32, size: i32, weight: Weight, text: String) -> Line {
        Line {
            x: self.left,
            // Letters of one line are drawn alike wherever it stands.
            baseline: baseline / DOT * DOT,
            size,
            weight,
            text,
        }
    }

    /// The article large, the name below it, the size after that, from the top downwards. The size is kept before the name,
    /// and the article before both.
    pub(super) fn titles(&self, article: &str, name: &str, size: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut top = self.top;
        self.block(
            &mut lines,
            &mut top,
            article,
            self.large,
            Weight::Bold,
            2,
            0,
        );
        let size_line = leading(self.large.min(self.text * 12 / 10));
        let kept = if size.is_empty() { 0 } else { size_line };
        let most = int(usize::MAX);
        self.block(
            &mut lines,
            &mut top,
            name,
            self.text,
            Weight::Regular,
            most,
            kept,
        );
        let large = if article.is_empty() && name.is_empty() {
            self.large
        } else {
            self.text * 12 / 10
        };
        self.block(&mut lines, &mut top, size, large, Weight::Bold, 1, 0);
        lines
    }

    /// A text in at most so many lines, as large as lets it fit whole; `kept` stays free below it.
    #[expect(clippy::too_many_arguments, reason = "what a block of text is")]
    fn block(
        &self,
        lines: &mut Vec<Line>,
        top: &mut i32,
        text: &str,
        size: i32,
        weight: Weight,
        most: i32,
        kept: i32,
    ) {
        if text.is_empty() {
            return;
        }
        let face = self.fonts.of(weight);
        let room = |size: i32| ((self.bottom - kept - *top) / leading(size)).min(most);
        let sizes = steps(size, self.least);
        let whole = sizes.into_iter().find_map(|size| {
            let rows = wrap(face, text, size, self.width());
            (int(rows.len()) <= room(size)).then_some((size, rows))
        });
        let (size, rows) = whole.unwrap_or_else(|| {
            let size = sizes.into_iter().min().unwrap_or(size);
            let mut rows = wrap(face, text, size, self.width());
            cut(face, &mut rows, room(size), size, self.width());
            (size, rows)
        });
        for row in rows {
            let baseline = *top + i32::midpoint(leading(size), face.capitals(size));
            lines.push(self.line(baseline, size, weight, row));
            *top += leading(size);
        }
    }

    /// GTIN and serial at the bottom. With their application identifiers where there is room.
    pub(super) fn numbers(&self, gtin: &str, serial: &str, marked: bool) -> Numbers {
        let face = self.fonts.of(Weight::Regular);
        let size = self.text.min(self.large);
        let named = [with("(01) ", gtin), with("(21) ", serial)];
        let bare = [gtin.to_owned(), serial.to_owned()];
        let fits = |texts: &[String; 2], size: i32| {
            texts
                .iter()
                .all(|text| face.width(text, size) <= self.width())
        };
        let sizes = [10, 9, 8].map(|tenths| (size * tenths / 10).max(self.least));
        let least = sizes.into_iter().min().unwrap_or(size);
        let (size, rows) = [marked.then_some(&named), Some(&bare)]
            .into_iter()
            .flatten()
            .flat_map(|texts| sizes.map(|size| (texts, size)))
            .find(|(texts, size)| fits(texts, *size))
            .map_or_else(
                || {
                    let mut rows = wrap(face, gtin, least, self.width());
                    halve(&mut rows);
                    rows.push(shorten(face, serial, least, self.width()));
                    (least, rows)
                },
                |(texts, size)| (size, texts.to_vec()),
            );
        let rows: Vec<String> = rows.into_iter().filter(|row| !row.is_empty()).collect();
        let top = self.bottom - int(rows.len()) * leading(size);
        // The last line stands on the column's lower edge.
        let first = self.bottom - (int(rows.len()) - 1) * leading(size);
        let lines = (0..)
            .zip(rows)
            .map(|(row, text)| self.line(first + row * leading(size), size, Weight::Regular, text))
            .collect();
        Numbers { lines, top }
    }
}

/// Down to what sizes a text shrinks, largest first.
fn steps(size: i32, least: i32) -> [i32; 4] {
    [10, 9, 8, 7].map(|tenths| (size * tenths / 10).max(least))
}

fn leading(size: i32) -> i32 {
    (size * LEADING / 10).max(1)
}

fn with(identifier: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        [identifier, text].concat()
    }
}

/// A GTIN that goes over two lines is split in the middle: two groups of seven are easier to compare than 13 and 1.
fn halve(rows: &mut Vec<String>) {
    if let [first, second] = rows.as_slice() {
        let digits: Vec<char> = first.chars().chain(second.chars()).collect();
        let (left, right) = digits.split_at(digits.len().div_ceil(2));
        *rows = vec![left.iter().collect(), right.iter().collect()];
    }
}

/// A text in lines of a width. Words go to the next line whole, after a hyphen or a slash too; one that is wider than a line
/// is broken where it must be.
fn wrap(face: &Face, text: &str, size: i32, width: i32) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    for word in text.split_inclusive([' ', '-', '/']) {
        if !row.is_empty()
            && face.width(row.trim_end(), size) + face.width(word.trim_end(), size)
                > width - gap(face, &row, size)
        {
            rows.push(std::mem::take(&mut row));
        }
        for character in word.chars() {
            row.push(character);
            if character != ' ' && face.width(&row, size) > width && row.chars().count() > 1 {
                row.pop();
                rows.push(std::mem::take(&mut row));
                row.push(character);
            }
        }
    }
    rows.push(row);
    for row in &mut rows {
        row.truncate(row.trim_end().len());
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// The width of the space that a row ends with.
fn gap(face: &Face, row: &str, size: i32) -> i32 {
    if row.ends_with(' ') {
        face.width(" ", size)
    } else {
        0
    }
}

/// Keeps so many rows; the last of them says with «…» that there was more.
fn cut(face: &Face, rows: &mut Vec<String>, most: i32, size: i32, width: i32) {
    let most = usize::try_from(most).unwrap_or(0);
    if rows.len() <= most {
        return;
    }
    rows.truncate(most);
    if let Some(last) = rows.last_mut() {
        loop {
            let kept = last.trim_end_matches([' ', ',', '.', '-']).len();
            last.truncate(kept);
            last.push('…');
            if face.width(last, size) <= width {
                return;
            }
            last.pop();
            if last.pop().is_none() {
                return;
            }
        }
    }
}

/// A serial that fits into a width: whole, or its beginning and its end, since people compare ends.
fn shorten(face: &Face, text: &str, size: i32, width: i32) -> String {
    if face.width(text, size) <= width {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    for left_out in 1..characters.len() {
        let kept = characters.len() - left_out;
        let (head, tail) = (kept / 3, kept - kept / 3);
        let short: String = characters
            .iter()
            .take(head)
            .chain(&['…'])
            .chain(characters.iter().skip(characters.len() - tail))
            .collect();
        if face.width(&short, size) <= width {
            return short;
        }
    }
    String::new()
}
