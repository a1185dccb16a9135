//! What was tolerated, repaired or noticed in a text that was read.

use crate::{Lang, MarkingCode, text};

/// One oddity of the text, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub fn kind(&self) -> &RemarkKind {
        &self.kind
    }

    /// Where: the index of the character in the text as it was given, from zero; `None` when it is about the whole code.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// What was done or noticed, where, and why it matters.
    pub fn message(&self, lang: Lang) -> String {
        text::remark(&self.kind, self.position, lang)
    }

    /// How much attention it wants.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }
}

/// How much attention a remark wants from a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The text was brought into canonical form without any loss or guess.
    Repair,
    /// The code is as it was given, and something about it is unusual.
    Warning,
    /// The code can be read in two ways, and only a person can tell which is right.
    Question,
}

/// What was tolerated, repaired or noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RemarkKind {
    /// Spaces, line ends, a byte-order mark or other invisible characters around the code were dropped.
    EdgesTrimmed {
        /// How many in front.
        leading: usize,
        /// How many behind.
        trailing: usize,
    },
    /// An invisible character inside the code was dropped.
    InvisibleDropped {
        /// The character.
        character: char,
    },
    /// The scanner's symbology identifier in front of the code was dropped.
    SymbologyDropped {
        /// The identifier: `]d2`, `]C1` …
        identifier: String,
    },
    /// A separator (FNC1) in front of the code was dropped.
    LeadingSeparatorDropped,
    /// A separator behind the code was dropped.
    TrailingSeparatorDropped,
    /// Two separators in a row were made one.
    DoubleSeparatorCollapsed,
    /// A separator between GTIN and serial number was dropped: lawful in GS1, not accepted by marketplaces.
    SeparatorAfterGtinDropped,
    /// A separator that was written as text became the real one.
    SeparatorDecoded {
        /// How it was written, in a form that can be shown.
        spelling: String,
    },
    /// Brackets around an identifier were removed.
    BracketsRemoved {
        /// The identifier.
        ai: String,
    },
    /// A character that the marking system does not use in codes. It is left as it is; the code may have been mistyped.
    OutsideCset82 {
        /// The character.
        character: char,
    },
    /// The code has no crypto tail: it names the unit, but its genuineness cannot be checked.
    BareKi,
    /// The code has no separator and reads both as an identity without tail and as a code that lost its separators.
    ///
    /// It was read as the identity, unchanged. Ask the person, or decide by the product group.
    AmbiguousBareKi {
        /// The identity, as it was given.
        bare: MarkingCode,
        /// The code with its separators put in.
        separated: MarkingCode,
    },
    /// One separator seems to be lost within what reads as a serial number. The code was left unchanged.
    AmbiguousSerial {
        /// The code with its separators put in.
        separated: MarkingCode,
    },
}

impl RemarkKind {
    /// How much attention it wants.
    pub fn severity(&self) -> Severity {
        match self {
            Self::EdgesTrimmed { .. }
            | Self::InvisibleDropped { .. }
            | Self::SymbologyDropped { .. }
            | Self::LeadingSeparatorDropped
            | Self::TrailingSeparatorDropped
            | Self::DoubleSeparatorCollapsed
            | Self::SeparatorAfterGtinDropped
            | Self::SeparatorDecoded { .. }
            | Self::BracketsRemoved { .. } => Severity::Repair,
            Self::OutsideCset82 { .. } | Self::BareKi => Severity::Warning,
            Self::AmbiguousBareKi { .. } | Self::AmbiguousSerial { .. } => Severity::Question,
        }
    }
}
