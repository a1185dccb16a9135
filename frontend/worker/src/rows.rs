//! Checked codes, packed for the page.

use std::collections::HashMap;

/// Rows that are told together. The first come sooner, so that the page has something to show.
const TOGETHER: usize = 4096;

/// See [`TOGETHER`].
const FIRST: usize = 256;

/// Some rows as the README describes them.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    pub(crate) rows: Vec<u32>,
    pub(crate) text: String,
    pub(crate) done: u32,
}

/// Checks everything that stands in a file or paste.
pub(crate) fn check(bytes: &[u8], group: &str, mut told: impl FnMut(Chunk)) {
    let hint = cis::Hint {
        group: group.parse().ok(),
        ..cis::Hint::default()
    };
    let text = String::from_utf8_lossy(bytes);
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut chunk = Chunk::default();
    let mut most = FIRST;
    for (line, raw) in (1..).zip(text.split('\n')) {
        chunk.done += u32::try_from(raw.len()).unwrap_or(u32::MAX) + 1;
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        if raw.trim_matches(' ').is_empty() {
            continue;
        }
        let parsed = cis::parse_with(raw, &hint);
        let outcome = parsed.outcome();
        let same = parsed.code().map_or(0, |code| {
            let first = *seen.entry(code.ki().as_str().to_owned()).or_insert(line);
            if first == line { 0 } else { first }
        });
        chunk.text.push_str(raw);
        let end = u32::try_from(chunk.text.len()).unwrap_or(u32::MAX);
        let repairs = u32::try_from(parsed.repairs.len()).unwrap_or(u32::MAX);
        chunk.rows.extend([line, end, same, outcome as u32 + 256 * repairs]);
        if chunk.rows.len() >= 4 * most {
            most = TOGETHER;
            let done = chunk.done;
            told(std::mem::take(&mut chunk));
            chunk.done = done;
        }
    }
    told(chunk);
}
