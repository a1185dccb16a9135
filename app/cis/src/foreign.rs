//! Texts that are something else than a marking code, by name.

use alloc::string::String;

use crate::{Gtin, GtinError, Lang, text};

/// Something other than a marking code that people scan and paste in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    kind: ForeignKind,
    gtin: Option<Result<Gtin, GtinError>>,
}

impl Foreign {
    pub(crate) fn new(kind: ForeignKind) -> Self {
        Self { kind, gtin: None }
    }

    pub(crate) fn with_gtin(kind: ForeignKind, gtin: Result<Gtin, GtinError>) -> Self {
        Self {
            kind,
            gtin: Some(gtin),
        }
    }

    /// What it is.
    pub fn kind(&self) -> ForeignKind {
        self.kind
    }

    /// The number of the kind of goods, of fourteen digits, when it is one and its check digit is right.
    pub fn gtin(&self) -> Option<Gtin> {
        self.gtin.and_then(Result::ok)
    }

    /// Why there is no GTIN although the text has the length of one.
    pub fn gtin_error(&self) -> Option<GtinError> {
        self.gtin.and_then(Result::err)
    }

    /// What it is and what to do.
    pub fn message(&self, lang: Lang) -> String {
        text::foreign(self, lang)
    }
}

/// What was scanned or pasted in place of a marking code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ForeignKind {
    /// EAN-8, the bar code of small goods.
    Ean8,
    /// UPC-A, the bar code of American goods, of twelve digits.
    Upc12,
    /// EAN-13, the bar code of goods.
    Ean13,
    /// ISBN, the number of a book.
    Isbn,
    /// Fourteen digits: a GTIN without anything else.
    Gtin14,
    /// A link.
    Url,
    /// A mark of ЕГАИС for strong alcohol: 68 or 150 capital letters and digits.
    Egais,
    /// УИН, the sixteen digits of a piece of jewellery; it has a field of its own.
    Uin,
    /// РНПТ of a traceable imported batch: `8/6/7/3` digits.
    Rnpt,
    /// ГТД, the number of a customs declaration: `8/6/7` digits.
    Gtd,
    /// A number that a spreadsheet has rounded: `4.61005E+12`.
    Rounded,
    /// The code of a receipt, of a Wi-Fi network, of a visiting card and the like.
    Service,
    /// Words.
    Words,
}

impl ForeignKind {
    /// The stable name of the kind, for files and programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ean8 => "ean8",
            Self::Upc12 => "upc12",
            Self::Ean13 => "ean13",
            Self::Isbn => "isbn",
            Self::Gtin14 => "gtin14",
            Self::Url => "url",
            Self::Egais => "egais",
            Self::Uin => "uin",
            Self::Rnpt => "rnpt",
            Self::Gtd => "gtd",
            Self::Rounded => "rounded",
            Self::Service => "service",
            Self::Words => "words",
        }
    }
}
