//! A text under repair: every character remembers its place in the text as it was given.

use alloc::string::String;
use alloc::vec::Vec;

use crate::charset;
use crate::repair::{Repair, Step};

/// One character and where it came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) character: char,
    position: u16,
}

/// What a few characters at the beginning of a rest become.
pub(crate) struct Change {
    /// How many characters are replaced.
    pub(crate) length: usize,
    /// By which; `None` drops them.
    pub(crate) by: Option<char>,
    pub(crate) step: Step,
}

/// A text under repair.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) items: Vec<Item>,
    pub(crate) repairs: Vec<Repair>,
    /// The number of characters of the text as it was given.
    given: usize,
    pub(crate) seen: Seen,
}

/// Which characters occur, so that most repairs need not look.
#[derive(Clone, Copy, Default)]
pub(crate) struct Seen {
    /// A bit for each of the characters 0 to 63, and 64 to 127.
    ascii: [u64; 2],
    pub(crate) cyrillic: bool,
    /// Characters that are neither ASCII nor Cyrillic.
    pub(crate) other: bool,
}

impl Seen {
    #[inline]
    fn add(&mut self, character: char) {
        let code = u32::from(character);
        let [low, high] = &mut self.ascii;
        match code {
            0..64 => *low |= 1 << code,
            64..128 => *high |= 1 << (code - 64),
            _ if charset::is_cyrillic(character) => self.cyrillic = true,
            _ => self.other = true,
        }
    }

    /// Whether any of these ASCII characters occurs.
    #[inline]
    pub(crate) fn any(self, characters: &str) -> bool {
        let mut wanted = Self::default();
        characters
            .bytes()
            .for_each(|byte| wanted.add(char::from(byte)));
        let [low, high] = self.ascii;
        let [wanted_low, wanted_high] = wanted.ascii;
        low & wanted_low | high & wanted_high != 0
    }

    /// Whether a Latin letter occurs.
    pub(crate) fn latin(self) -> bool {
        const CAPITALS: u64 = 0x3ff_ffff << (b'A' - 64);
        const SMALL: u64 = 0x3ff_ffff << (b'a' - 64);
        let [_, high] = self.ascii;
        high & (CAPITALS | SMALL) != 0
    }
}

impl Draft {
    pub(crate) fn of(text: &str) -> Self {
        let mut draft = Self {
            items: Vec::with_capacity(text.len()),
            repairs: Vec::new(),
            given: 0,
            seen: Seen::default(),
        };
        for (index, character) in text.chars().enumerate() {
            draft.items.push(Item {
                character,
                position: u16::try_from(index).unwrap_or(u16::MAX),
            });
            draft.seen.add(character);
        }
        draft.given = draft.items.len();
        draft
    }

    /// Looks again which characters occur: what was dropped from the edges is still thought to.
    pub(crate) fn look(&mut self) {
        self.seen = Seen::default();
        for item in &self.items {
            self.seen.add(item.character);
        }
    }

    /// The place of a character in the text as it was given; behind the last one, its length.
    pub(crate) fn position(&self, at: usize) -> usize {
        self.items
            .get(at)
            .map_or(self.given, |item| usize::from(item.position))
    }

    pub(crate) fn at(&self, at: usize) -> Option<char> {
        self.items.get(at).map(|item| item.character)
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn text(&self) -> String {
        text_of(&self.items)
    }

    pub(crate) fn note(&mut self, repair: Repair) {
        self.repairs.push(repair);
    }

    /// Drops characters in front and behind, and says so once.
    pub(crate) fn trim(&mut self, step: Step, leading: usize, trailing: usize) {
        if leading + trailing == 0 {
            return;
        }
        let kept = self.items.len().saturating_sub(trailing);
        let position = if leading > 0 {
            self.position(0)
        } else {
            self.position(kept)
        };
        let mut was = text_of(self.items.get(..leading).unwrap_or_default());
        was.push_str(&text_of(self.items.get(kept..).unwrap_or_default()));
        self.items.truncate(kept);
        self.items.drain(..leading.min(kept));
        self.note(Repair::new(step, Some(position), was, ""));
    }

    /// Replaces what `find` recognises, from the left to the right. What comes out is not looked at again.
    pub(crate) fn substitute(&mut self, find: impl Fn(&[Item]) -> Option<Change>) -> bool {
        let mut read = 0;
        let mut written = 0;
        let mut changed = false;
        while let Some(&item) = self.items.get(read) {
            let change = self.items.get(read..).and_then(&find);
            let kept = if let Some(change) = change {
                changed = true;
                let spelled = self.items.get(read..read + change.length);
                let was = text_of(spelled.unwrap_or_default());
                let became = change.by.map(String::from).unwrap_or_default();
                let position = Some(usize::from(item.position));
                self.repairs
                    .push(Repair::new(change.step, position, was, became));
                read += change.length.max(1);
                change.by
            } else {
                read += 1;
                Some(item.character)
            };
            if let (Some(character), Some(slot)) = (kept, self.items.get_mut(written)) {
                *slot = Item { character, ..item };
                written += 1;
            }
        }
        if changed {
            self.items.truncate(written);
            self.look();
        }
        changed
    }

    /// Replaces every character by another one, as one change of the whole text.
    pub(crate) fn transliterate(&mut self, step: Step, by: impl Fn(char) -> char) {
        // Cyrillic letters take two bytes.
        let mut was = String::with_capacity(2 * self.items.len());
        let mut became = String::with_capacity(self.items.len());
        for item in &mut self.items {
            let character = by(item.character);
            was.push(item.character);
            became.push(character);
            item.character = character;
        }
        if was != became {
            self.note(Repair::new(step, None, was, became));
            self.look();
        }
    }

    /// Takes another text in place of the whole. Places are spread evenly over the old one.
    pub(crate) fn replace_all(&mut self, step: Step, text: &str) {
        let was = self.text();
        let old: Vec<u16> = self.items.iter().map(|item| item.position).collect();
        let count = text.chars().count().max(1);
        self.items.clear();
        for (index, character) in text.chars().enumerate() {
            let position = old.get(index * old.len() / count).copied();
            self.items.push(Item {
                character,
                position: position.unwrap_or_default(),
            });
        }
        self.note(Repair::new(step, None, was, String::from(text)));
        self.look();
    }

    /// The characters as bytes: everything outside of ASCII is 0xff, Cyrillic letters are 0xfe.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.items
            .iter()
            .map(|item| match item.character {
                character if character.is_ascii() => character as u8,
                character if charset::is_cyrillic(character) => CYRILLIC,
                _ => OTHER,
            })
            .collect()
    }
}

/// A Cyrillic letter among bytes.
pub(crate) const CYRILLIC: u8 = 0xfe;
/// Any other character outside of ASCII among bytes.
pub(crate) const OTHER: u8 = 0xff;

pub(crate) fn text_of(items: &[Item]) -> String {
    let mut text = String::with_capacity(items.len());
    text.extend(items.iter().map(|item| item.character));
    text
}

/// Whether the items begin with an ASCII word, in any letter case.
pub(crate) fn starts_with(items: &[Item], word: &str) -> bool {
    items.len() >= word.len()
        && items
            .iter()
            .zip(word.chars())
            .all(|(item, wanted)| item.character.eq_ignore_ascii_case(&wanted))
}
