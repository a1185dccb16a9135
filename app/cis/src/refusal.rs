//! Why a text is not accepted as a marking code.

use core::fmt;

use crate::place::Place;
use crate::{Groups, GtinError, Lang, charset, text};
use alloc::string::String;

/// A text that is not a marking code and cannot safely be repaired into one.
///
/// [`kind`](Self::kind) is for programs, [`message`](Self::message) for people. Neither holds a whole code, so a refusal may be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    kind: RefusalKind,
    position: Option<usize>,
    place: Option<Place>,
    nearest: Option<Nearest>,
}

impl Refusal {
    pub(crate) fn new(kind: RefusalKind, position: usize, place: Option<Place>) -> Self {
        Self {
            kind,
            position: Some(position),
            place,
            nearest: None,
        }
    }

    pub(crate) fn nowhere(kind: RefusalKind) -> Self {
        Self {
            kind,
            position: None,
            place: None,
            nearest: None,
        }
    }

    /// What is wrong.
    pub fn kind(&self) -> RefusalKind {
        self.kind
    }

    /// The nearest legal shape, when the length is what is wrong.
    pub fn nearest(&self) -> Option<Nearest> {
        self.nearest
    }

    /// Where: the index of the character in the text as it was given, from zero; `None` when the text as a whole is wrong.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    pub(crate) fn place(&self) -> Option<Place> {
        self.place
    }

    #[must_use]
    pub(crate) fn with_nearest(mut self, nearest: Option<Nearest>) -> Self {
        self.nearest = nearest;
        self
    }

    /// What is wrong, where (counted from one, as people do) and what to do about it.
    pub fn message(&self, lang: Lang) -> String {
        text::refusal(self, lang)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl core::error::Error for Refusal {}

/// The legal shape that is nearest to a text, when only its length is wrong. Lengths are in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// How many characters there ought to be behind `01`, GTIN and `21`, separators not counted.
    pub expected: usize,
    /// How many there are.
    pub found: usize,
    /// The product groups with codes of that shape.
    pub groups: Groups,
}

/// What is wrong with a text that is refused. Lengths are in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalKind {
    /// Nothing is left when spaces and separators are taken off the edges.
    Empty,
    /// It is longer than any code; often several codes in one line.
    TooLong {
        /// How long it is.
        length: usize,
    },
    /// A character outside ASCII: usually a Cyrillic letter from the wrong keyboard layout.
    NonAscii {
        /// The character.
        character: char,
        /// The Latin letter it is drawn like. It is never replaced silently: the intention cannot be known.
        latin_twin: Option<char>,
    },
    /// A control character other than the separator.
    Control {
        /// The character.
        character: char,
    },
    /// A character that no marketplace accepts inside a code: the space.
    IllegalCharacter {
        /// The character.
        character: char,
    },
    /// It does not begin with `01`.
    NotMarkingCode,
    /// The fourteen characters behind `01` are not a GTIN.
    Gtin(GtinError),
    /// There is no `21` behind the GTIN.
    NoSerialIdentifier,
    /// The serial number has none of the lengths in use (6, 7, 13, 20).
    SerialLength {
        /// How long it is.
        length: usize,
    },
    /// The elements 91, 92 and 93 do not make a crypto tail.
    Tail(TailFault),
    /// An element begins with an identifier that marking codes do not use.
    UnknownIdentifier {
        /// Its first character.
        first: char,
        /// Its second character.
        second: Option<char>,
    },
    /// An identifier is there twice: perhaps two codes glued together.
    Repeated {
        /// Which.
        ai: &'static str,
    },
    /// An element other than the tail has a wrong length.
    ElementLength {
        /// Its identifier.
        ai: &'static str,
        /// How long its value is.
        found: usize,
    },
    /// An element of digits holds something else.
    NotDigit {
        /// Its identifier.
        ai: &'static str,
        /// What stands there.
        character: char,
    },
    /// An element of date and time holds a month, day, hour or minute that there is not.
    NoSuchDate {
        /// Its identifier.
        ai: &'static str,
    },
    /// The spelling of a separator with so many backslashes that it cannot be told which are data.
    SeparatorText {
        /// How many backslashes there are.
        backslashes: usize,
    },
    /// It is not even text: the bytes are no UTF-8.
    NotText,
    /// It is several codes in a row. The position is that of the second.
    Glued {
        /// How many codes there seem to be.
        codes: usize,
    },
    /// Letters of both alphabets are there: the keyboard layout was switched in the middle, or the text was edited.
    MixedAlphabets {
        /// The first Cyrillic letter.
        character: char,
    },
    /// The letters of a spelled separator stand behind a character that no code contains, so nothing around is believed.
    StrangeBeforeSeparator {
        /// That character.
        character: char,
    },
    /// All parts are there, but together they have a length that no product group uses; see [`Refusal::nearest`].
    Shape {
        /// How many characters there are behind `01`, GTIN and `21`, separators not counted.
        found: usize,
    },
    /// The last digit of an SSCC does not follow from the others.
    SsccCheckDigit,
    /// An identity was wanted and there is more behind the serial number.
    MoreThanKi,
}

impl RefusalKind {
    /// The kind for a character that may not stand anywhere in a code.
    pub(crate) fn for_character(character: char) -> Self {
        if matches!(character, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}') {
            Self::Control { character }
        } else if character.is_ascii() {
            Self::IllegalCharacter { character }
        } else {
            Self::NonAscii {
                character,
                latin_twin: charset::latin_twin(character),
            }
        }
    }
}

/// How a crypto tail is malformed. It is either 93 with 4 characters, or 91 with 4 and then 92 with 44 or 88.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TailFault {
    /// A part has a wrong length: the code was cut or changed.
    Length {
        /// Which part: 91, 92 or 93.
        ai: &'static str,
        /// How long its value is.
        found: usize,
    },
    /// 91 is not followed by 92.
    KeyWithoutSignature,
    /// 92 does not follow 91.
    SignatureWithoutKey,
    /// Both kinds of tail are there.
    TwoTails,
}
