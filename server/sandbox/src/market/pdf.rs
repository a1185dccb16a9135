//! As much of PDF 1.4 as a label needs: pages of plain text and bars.

use std::fmt::Write;

/// Points in a hundred millimetres, times a hundred: 72 to the inch.
const POINTS_PER_100_MM: u32 = 28_346;

/// The margin of a page, points.
const MARGIN: u32 = 8;

/// A page with its text, from the top down.
#[derive(Debug)]
pub(super) struct Page {
    width: u32,
    height: u32,
    top: u32,
    size: u32,
    content: String,
}

impl Page {
    /// An empty page of so many millimetres.
    pub(super) fn new(width_mm: u32, height_mm: u32) -> Self {
        let points = |mm: u32| mm * POINTS_PER_100_MM / 10_000;
        let (width, height) = (points(width_mm), points(height_mm));
        let size = (width / 14).clamp(8, 24);
        Self {
            width,
            height,
            top: height.saturating_sub(MARGIN),
            size,
            content: String::new(),
        }
    }

    /// Writes a line of ASCII text.
    pub(super) fn line(&mut self, text: &str) {
        self.top = self.top.saturating_sub(self.size + 2);
        let escaped: String = text
            .chars()
            .filter(|c| c.is_ascii_graphic() || *c == ' ')
            .flat_map(|c| {
                let escape = matches!(c, '(' | ')' | '\\').then_some('\\');
                escape.into_iter().chain([c])
            })
            .collect();
        let (size, top) = (self.size, self.top);
        self.push(format_args!(
            "BT /F1 {size} Tf {MARGIN} {top} Td ({escaped}) Tj ET"
        ));
    }

    /// Draws a Code 128 barcode over what is left of the height but the last line, and its text below.
    pub(super) fn barcode(&mut self, text: &str) {
        let bars = code_128(text);
        let modules: u32 = bars.iter().sum();
        let bottom = MARGIN + self.size + 4;
        let height = self.top.saturating_sub(bottom + 4).min(self.width / 2);
        let space = self.width.saturating_sub(2 * MARGIN) * 100;
        let module = space / modules.max(1);
        let mut left = MARGIN * 100;
        for (place, width) in bars.into_iter().enumerate() {
            let width = width * module;
            if place % 2 == 0 {
                self.push(format_args!(
                    "{}.{:02} {bottom} {}.{:02} {height} re f",
                    left / 100,
                    left % 100,
                    width / 100,
                    width % 100
                ));
            }
            left += width;
        }
        self.top = bottom;
        self.line(text);
    }

    fn push(&mut self, operators: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.content, "{operators}");
    }
}

/// The widths of bars and gaps of a text in code set B, beginning with a bar.
fn code_128(text: &str) -> Vec<u32> {
    const START_B: usize = 104;
    const STOP: usize = 106;
    let values: Vec<usize> = text
        .bytes()
        .filter(|byte| (32..127).contains(byte))
        .map(|byte| usize::from(byte - 32))
        .collect();
    let sum: usize = values
        .iter()
        .zip(1..)
        .map(|(value, place)| value * place)
        .sum();
    let check = (START_B + sum) % 103;
    std::iter::once(START_B)
        .chain(values)
        .chain([check, STOP])
        .filter_map(|value| CODE_128.split_ascii_whitespace().nth(value))
        .flat_map(|pattern| pattern.chars().filter_map(|digit| digit.to_digit(10)))
        .collect()
}

/// The widths of the bars and gaps of each value, from ISO/IEC 15417.
const CODE_128: &str = "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 \
    123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 \
    232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 \
    313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 \
    111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 \
    111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 \
    114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112";

/// A document of pages, whole.
pub(super) fn document(pages: &[Page]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len())
        .map(|page| format!("{} 0 R", 4 + 2 * page))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            kids.join(" "),
            pages.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (number, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            page.width,
            page.height,
            5 + 2 * number
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{}endstream",
            page.content.len(),
            page.content
        ));
    }
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::with_capacity(objects.len());
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in &places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_eleven_modules_wide_and_the_stop_thirteen() {
        let widths: Vec<u32> = CODE_128
            .split_ascii_whitespace()
            .map(|pattern| pattern.chars().filter_map(|digit| digit.to_digit(10)).sum())
            .collect();
        assert_eq!(widths.len(), 107);
        assert!(widths[..106].iter().all(|width| *width == 11));
        assert_eq!(widths[106], 13);
    }

    #[test]
    fn the_check_symbol_is_the_weighted_sum() {
        // The example of Wikipedia's article in code set B: «Wikipedia» has the check value 88.
        let bars = code_128("Wikipedia");
        let check: String = bars[60..66].iter().map(u32::to_string).collect();
        assert_eq!(
            CODE_128.split_ascii_whitespace().nth(88),
            Some(check.as_str())
        );
    }

    #[test]
    fn the_table_points_at_the_objects() {
        let mut page = Page::new(58, 40);
        page.line("Box (1)");
        let file = String::from_utf8(document(&[page])).unwrap();
        assert!(file.contains("(Box \\(1\\)) Tj"));
        let start: usize = file
            .split("startxref\n")
            .nth(1)
            .and_then(|rest| rest.lines().next())
            .and_then(|number| number.parse().ok())
            .unwrap();
        let (_, table) = file.split_at(start);
        assert!(table.starts_with("xref\n0 6\n"));
        for (number, line) in (1..).zip(table.lines().skip(3).take(5)) {
            let place: usize = line.split(' ').next().unwrap().parse().unwrap();
            let (_, object) = file.split_at(place);
            assert!(object.starts_with(&format!("{number} 0 obj")));
        }
    }
}
