//! What was noticed about a code and left as it is.

use alloc::string::String;

use crate::{Gtin, Lang, ProductGroup, text};

/// One oddity of the text, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    kind: RemarkKind,
    position: Option<usize>,
}

impl Remark {
    pub(crate) fn at(position: usize, kind: RemarkKind) -> Self {
        Self {
            kind,
            position: Some(position),
        }
    }

    pub(crate) fn whole(kind: RemarkKind) -> Self {
        Self {
            kind,
            position: None,
        }
    }

    /// What it is.
    pub fn kind(&self) -> RemarkKind {
        self.kind
    }

    /// Where: the index of the character in the text as it was given, from zero; `None` when it is about the whole code.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// What was noticed, where, and why it matters.
    pub fn message(&self, lang: Lang) -> String {
        text::remark(self.kind, self.position, lang)
    }
}

/// What was noticed about a code that is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RemarkKind {
    /// A character that the marking system does not use in codes. It is left as it is; the code may have been mistyped.
    OutsideCset82 {
        /// The character.
        character: char,
    },
    /// The code has no crypto tail: it names the unit, but its genuineness cannot be checked.
    NoTail,
    /// Codes of this shape are known from samples only; no published rule confirms it.
    Unconfirmed,
    /// The signature has characters that signatures are not written with; the tail may have been made up.
    OddSignature,
    /// The hint named a product group with codes of another shape.
    OtherGroup {
        /// The group of the hint.
        group: ProductGroup,
    },
    /// The hint named another GTIN.
    OtherGtin {
        /// The GTIN of the hint.
        gtin: Gtin,
    },
}
