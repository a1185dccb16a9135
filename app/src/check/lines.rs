//! The lines of a pasted text, and the units that were seen in them.

use std::collections::HashMap;

/// Lines one after another, with their numbers from one; blank ones are skipped.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: u32,
}

impl<'a> Lines<'a> {
    /// The lines of a text.
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            number: 0,
        }
    }

    /// Bytes that are read.
    pub(super) fn read(&self) -> u32 {
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    /// Bytes in all.
    pub(super) fn all(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u32, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
            self.at = (self.at + line.len() + 1).min(self.text.len());
            self.number += 1;
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.bytes().any(|byte| byte > b' ') {
                return Some((self.number, line));
            }
        }
    }
}

/// Units by their identity, with the lines that hold them first.
#[derive(Debug, Default)]
pub(super) struct Seen(HashMap<String, u32>);

impl Seen {
    /// The line that holds this unit already; it is this one from now on, if none does.
    pub(super) fn before(&mut self, ki: &str, line: u32) -> Option<u32> {
        if let Some(first) = self.0.get(ki) {
            return Some(*first);
        }
        self.0.insert(ki.to_owned(), line);
        None
    }
}
