//! Lines of a stream, one at a time and none longer than is good for the memory.

use cis::bulk::Encoding;
use std::io::{self, BufRead as _, BufReader, Read};

/// How much is read at once.
pub(super) const PIECE: usize = 64 * 1024;

/// A longer line is cut here and the rest of it skipped.
const LONGEST: usize = 1024 * 1024;

/// What stands between two line ends.
pub(super) enum Line {
    /// The line without its end.
    Text(String),
    /// The beginning of a line that is too long.
    TooLong(String),
}

/// Reads lines that end with LF, CR LF or, as some scanners send it, CR alone.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    bytes: Vec<u8>,
    number: u64,
    /// The last line ended with CR: an LF right behind it is the same end.
    behind_cr: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: BufReader<R>) -> Self {
        Self {
            reader,
            bytes: Vec::new(),
            number: 0,
            behind_cr: false,
        }
    }

    /// Whether the next line is not in memory yet, so that reading it may have to wait for somebody.
    pub(super) fn may_wait(&self) -> bool {
        !self.reader.buffer().iter().any(|byte| is_end(*byte))
    }

    /// The next line with its number from 1.
    pub(super) fn read_line(&mut self) -> io::Result<Option<(u64, Line)>> {
        self.bytes.clear();
        let mut too_long = false;
        let mut anything = false;
        loop {
            let piece = match self.reader.fill_buf() {
                Ok(piece) => piece,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if piece.is_empty() {
                if !anything {
                    return Ok(None);
                }
                break;
            }
            if std::mem::take(&mut self.behind_cr) && piece.first() == Some(&b'\n') {
                self.reader.consume(1);
                continue;
            }
            anything = true;
            let end = piece.iter().position(|byte| is_end(*byte));
            let text = piece.get(..end.unwrap_or(piece.len())).unwrap_or_default();
            let room = LONGEST - self.bytes.len();
            too_long |= text.len() > room;
            self.bytes.extend(text.iter().take(room));
            self.behind_cr = end.is_some_and(|at| piece.get(at) == Some(&b'\r'));
            let consumed = end.map_or(piece.len(), |at| at + 1);
            self.reader.consume(consumed);
            if end.is_some() {
                break;
            }
        }
        self.number += 1;
        let text = decode(&self.bytes);
        let line = if too_long {
            Line::TooLong(text)
        } else {
            Line::Text(text)
        };
        Ok(Some((self.number, line)))
    }
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// A line that is not UTF-8 is in the Russian code page of Windows, as nearly all such files are.
fn decode(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    match cis::bulk::decode(bytes) {
        // UTF-16 is a matter of the whole file: a line cannot tell.
        Ok(decoded) if matches!(decoded.encoding, Encoding::Windows1251 | Encoding::Latin1) => {
            decoded.text.into_owned()
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
