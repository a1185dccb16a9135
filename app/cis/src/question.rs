//! A text that only a person can decide about.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{Groups, Lang, MarkingCode, Repair, text};

/// Why a person has to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// The text reads in several ways, and the product group tells which is right.
    Readings,
    /// It reads as a code without tail and looks like a whole one that is cut or lost its separators.
    Damaged,
    /// It has no small letter at all, as if the case of its letters were lost.
    LetterCase,
    /// Caps Lock seems to have been on.
    CapsLock,
}

/// A text that reads in several ways, or in one way that has to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    doubt: Doubt,
    position: Option<usize>,
    readings: Vec<Reading>,
}

impl Question {
    pub(crate) fn new(doubt: Doubt, position: Option<usize>, readings: Vec<Reading>) -> Self {
        Self {
            doubt,
            position,
            readings,
        }
    }

    /// Why it is asked.
    pub fn doubt(&self) -> Doubt {
        self.doubt
    }

    /// Where the readings begin to differ: the index of the character in the text as it was given, from zero.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// The codes that the text may stand for, the least changed first; never empty. Where there is one, it wants confirming.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// The readings, given away.
    pub fn into_readings(self) -> Vec<Reading> {
        self.readings
    }

    /// The question to a person.
    pub fn message(&self, lang: Lang) -> String {
        text::question(self, lang)
    }
}

/// One way to read a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    code: MarkingCode,
    repairs: Vec<Repair>,
}

impl Reading {
    pub(crate) fn new(code: MarkingCode, repairs: Vec<Repair>) -> Self {
        Self { code, repairs }
    }

    /// The code that it would be.
    pub fn code(&self) -> &MarkingCode {
        &self.code
    }

    /// The code that it would be, given away.
    pub fn into_code(self) -> MarkingCode {
        self.code
    }

    /// The changes this reading needs besides [`Parsed::repairs`](crate::Parsed::repairs).
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// The product groups with codes of this shape.
    pub fn groups(&self) -> Groups {
        self.code.groups()
    }

    /// What the code would be, in a few words.
    pub fn meaning(&self, lang: Lang) -> String {
        text::meaning(self, lang)
    }
}
