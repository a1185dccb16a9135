//! A whole file or pasted text.

use cis::bulk::{Checker, Counts, Reader, Row, Shape, decode, lines};
use cis::{Lang, parse};

/// What of a row can be compared between two texts.
type Seen = (usize, String, Option<String>, Option<String>);

/// Reads the bytes as a file, and panics where a promise is broken.
pub fn bulk(bytes: &[u8]) {
    // The first byte is where the text is cut when it comes in pieces.
    let Some((cut, bytes)) = bytes.split_first() else {
        return;
    };
    let decoded = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(error) => {
            assert!(
                str::from_utf8(bytes).is_err()
                    || bytes.iter().any(|byte| *byte < b' ' || *byte == 0x7f)
                    || bytes.starts_with(b"PK")
            );
            assert!(!error.message(Lang::Ru).is_empty());
            return;
        }
    };
    let text = decoded.text.as_ref();
    if let Ok(same) = str::from_utf8(bytes) {
        let marked = same.strip_prefix('\u{feff}').unwrap_or(same);
        assert!(
            text == marked || bytes.contains(&0),
            "UTF-8 is read as it is"
        );
    }

    let whole: Vec<Seen> = lines(text).map(seen).collect();
    assert_eq!(
        in_pieces(text, usize::from(*cut) + 1),
        whole,
        "in pieces of {cut}"
    );
    assert!(
        whole.is_sorted_by(|one, other| one.0 <= other.0),
        "{whole:?}"
    );
    let last = text.split(['\n', '\r']).count();
    assert!(whole.last().is_none_or(|(line, ..)| *line <= last));

    let mut counts = Counts::default();
    for (checked, (line, code, _, gtin)) in Checker::of(text).over(text).zip(&whole) {
        assert_eq!(checked.row.line, *line);
        assert!(checked.same_as.is_none_or(|first| first <= *line));
        // A row is judged as its code alone is, unless the number of its goods decides.
        if gtin.is_none() {
            assert_eq!(checked.parsed, parse(code));
        }
        counts.add(&checked);
    }
    assert_eq!(counts.total(), whole.len());
}

fn seen(row: Row<'_>) -> Seen {
    let text = |cell: cis::bulk::Cell<'_>| cell.text().into_owned();
    (
        row.line,
        text(row.code),
        row.order.map(text),
        row.gtin.map(text),
    )
}

/// The same rows when the text comes in pieces of about so many bytes.
fn in_pieces(text: &str, length: usize) -> Vec<Seen> {
    let mut reader = Reader::new(Shape::of(text));
    let mut rows = Vec::new();
    let mut buffer = String::new();
    let mut rest = text;
    loop {
        let cut = (length.min(rest.len())..=rest.len()).find(|at| rest.is_char_boundary(*at));
        let (piece, behind) = rest.split_at(cut.unwrap_or(rest.len()));
        buffer.push_str(piece);
        rest = behind;
        while let Some(row) = reader.next(&buffer, rest.is_empty()) {
            rows.push(seen(row));
        }
        if rest.is_empty() {
            return rows;
        }
        buffer.drain(..reader.consumed());
        reader.rebase();
    }
}
