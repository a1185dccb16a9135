//! Why a text is not accepted as a marking code.

use std::fmt;

use crate::place::Place;
use crate::{GtinError, Lang, LooksLike, charset, text};

/// A text that is not a marking code and cannot safely be repaired into one.
///
/// [`kind`](Self::kind) is for programs, [`message`](Self::message) for people. Neither holds a whole code, so a refusal may be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    kind: RefusalKind,
    position: Option<usize>,
    place: Option<Place>,
}

impl Refusal {
    pub(crate) fn new(kind: RefusalKind, position: usize, place: Option<Place>) -> Self {
        Self {
            kind,
            position: Some(position),
            place,
        }
    }

    pub(crate) fn nowhere(kind: RefusalKind) -> Self {
        Self {
            kind,
            position: None,
            place: None,
        }
    }

    /// What is wrong.
    pub fn kind(&self) -> &RefusalKind {
        &self.kind
    }

    /// Where: the index of the character in the text as it was given, from zero; `None` when the text as a whole is wrong.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// What is wrong, where (counted from one, as people do) and what to do about it.
    pub fn message(&self, lang: Lang) -> String {
        text::refusal(&self.kind, self.position, self.place, lang)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Refusal {}

/// What is wrong with a text that is refused. Lengths are in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    NotMarkingCode {
        /// What it seems to be instead.
        looks_like: LooksLike,
    },
    /// The fourteen characters behind `01` are not a GTIN.
    Gtin(GtinError),
    /// There is no `21` behind the GTIN.
    NoSerialIdentifier,
    /// The serial number has none of the lengths in use (6, 7, 8, 13, 20).
    SerialLength {
        /// How long it is.
        length: usize,
    },
    /// The elements 91, 92 and 93 do not make a crypto tail.
    Tail(TailFault),
    /// The code would read well with a separator in front of an identifier, in exactly one way.
    SeparatorLost {
        /// The first identifier that has lost its separator.
        ai: &'static str,
        /// Where the separator belongs: the index in the text as it was given.
        position: usize,
    },
    /// An element begins with an identifier that marking codes do not use.
    UnknownIdentifier {
        /// The first two characters of the element.
        found: String,
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
    /// The spelling of a separator with so many backslashes that it cannot be told which are data.
    SeparatorText {
        /// The spelling.
        text: String,
    },
    /// An identity was wanted and there is more behind the serial number.
    MoreThanKi,
}

impl RefusalKind {
    /// The kind for a character that may not stand anywhere in a code.
    pub(crate) fn for_character(character: char) -> Self {
        if character.is_control() {
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
