//! Files that begin with a byte-order mark: Windows' tools write UTF-16, spreadsheets put a mark in front of UTF-8.

use std::io::{self, Read};

/// Reads UTF-16 as UTF-8 where a mark says that it is, and takes the mark away; everything else comes through as it is.
pub(super) struct Marked<R> {
    input: R,
    encoding: Option<Encoding>,
    /// What was read and is not decoded yet: an unfinished mark or character.
    raw: Vec<u8>,
    /// What is decoded and not given away yet.
    ready: Vec<u8>,
    given: usize,
}

#[derive(Clone, Copy)]
enum Encoding {
    /// UTF-8 or something without a mark.
    AsItIs,
    Utf16(fn([u8; 2]) -> u16),
}

impl<R: Read> Marked<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            encoding: None,
            raw: Vec::new(),
            ready: Vec::new(),
            given: 0,
        }
    }

    /// Finds out the encoding, unless the first bytes may still become a mark.
    fn recognise(&mut self, at_end: bool) {
        const MARKS: [(&[u8], Encoding); 3] = [
            (b"\xef\xbb\xbf", Encoding::AsItIs),
            (b"\xff\xfe", Encoding::Utf16(u16::from_le_bytes)),
            (b"\xfe\xff", Encoding::Utf16(u16::from_be_bytes)),
        ];
        if let Some((mark, encoding)) = MARKS.iter().find(|(mark, _)| self.raw.starts_with(mark)) {
            self.raw.drain(..mark.len());
            self.encoding = Some(*encoding);
        } else if at_end || !MARKS.iter().any(|(mark, _)| mark.starts_with(&self.raw)) {
            self.encoding = Some(Encoding::AsItIs);
        }
    }

    fn decode(&mut self, at_end: bool) {
        if self.encoding.is_none() {
            self.recognise(at_end);
        }
        match self.encoding {
            None => {}
            Some(Encoding::AsItIs) => self.ready.append(&mut self.raw),
            Some(Encoding::Utf16(unit)) => self.decode_utf16(unit, at_end),
        }
    }

    fn decode_utf16(&mut self, unit: fn([u8; 2]) -> u16, at_end: bool) {
        let mut units: Vec<u16> = self
            .raw
            .as_chunks()
            .0
            .iter()
            .map(|pair| unit(*pair))
            .collect();
        // The second half of a character may come with the next piece.
        if !at_end
            && units
                .last()
                .is_some_and(|last| (0xd800..0xdc00).contains(last))
        {
            units.pop();
        }
        self.raw.drain(..2 * units.len());
        for character in char::decode_utf16(units) {
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.ready
                .extend(character.encode_utf8(&mut [0; 4]).bytes());
        }
        if at_end && !self.raw.is_empty() {
            self.raw.clear();
            self.ready
                .extend(char::REPLACEMENT_CHARACTER.encode_utf8(&mut [0; 4]).bytes());
        }
    }
}

impl<R: Read> Read for Marked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut at_end = false;
        while self.given == self.ready.len() && !at_end {
            self.ready.clear();
            self.given = 0;
            let mut piece = [0; 8 * 1024];
            let count = self.input.read(&mut piece)?;
            at_end = count == 0;
            self.raw.extend(piece.iter().take(count));
            self.decode(at_end);
        }
        let left = self.ready.get(self.given..).unwrap_or_default();
        let count = left.len().min(into.len());
        into.iter_mut().zip(left).for_each(|(to, from)| *to = *from);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives away one byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.0.read(&mut into[..1])
        }
    }

    fn read(bytes: &[u8]) -> String {
        let (mut at_once, mut slowly) = (String::new(), String::new());
        Marked::new(bytes).read_to_string(&mut at_once).unwrap();
        Marked::new(Slow(bytes))
            .read_to_string(&mut slowly)
            .unwrap();
        assert_eq!(at_once, slowly);
        at_once
    }

    #[test]
    fn marks_are_taken_away_and_utf_16_is_read() {
        let text = "код 1\u{1d}\n😀\n";
        assert_eq!(read(text.as_bytes()), text);
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), text);
        let units = || format!("\u{feff}{text}").encode_utf16().collect::<Vec<_>>();
        let little: Vec<u8> = units().into_iter().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().into_iter().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&little), text);
        assert_eq!(read(&big), text);
    }

    #[test]
    fn what_is_cut_is_shown() {
        assert_eq!(read(b"\xff\xfe1\0\x3d"), "1\u{fffd}");
        assert_eq!(read(b"\xff\xfe\x3d\xd8"), "\u{fffd}");
    }

    #[test]
    fn an_unfinished_mark_is_data() {
        let mut bytes = Vec::new();
        Marked::new(Slow(b"\xef\xbb"))
            .read_to_end(&mut bytes)
            .unwrap();
        assert_eq!(bytes, b"\xef\xbb");
        bytes.clear();
        Marked::new(Slow(b"\xfe1\n"))
            .read_to_end(&mut bytes)
            .unwrap();
        assert_eq!(bytes, b"\xfe1\n");
    }
}
