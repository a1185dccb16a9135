//! What was changed in a text to make a code of it.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::{Lang, text};

/// One change: where it was made, what was there and what it became.
#[derive(Clone, PartialEq, Eq)]
pub struct Repair {
    step: Step,
    position: Option<usize>,
    was: Cow<'static, str>,
    became: Cow<'static, str>,
}

impl Repair {
    pub(crate) fn new(
        step: Step,
        position: Option<usize>,
        was: impl Into<Cow<'static, str>>,
        became: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            step,
            position,
            was: was.into(),
            became: became.into(),
        }
    }

    /// Which kind of change it was.
    pub fn step(&self) -> Step {
        self.step
    }

    /// Where: the index of the character in the text as it was given, from zero; `None` when it is about the whole text.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// What stood there; empty when something was put in.
    pub fn was(&self) -> &str {
        &self.was
    }

    /// What stands there now; empty when something was taken away.
    pub fn became(&self) -> &str {
        &self.became
    }

    /// What was done and where, as people say it.
    pub fn message(&self, lang: Lang) -> String {
        text::repair(self, lang)
    }
}

impl fmt::Debug for Repair {
    /// Shows what kind of change and where, not the text, which may hold a crypto tail.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Repair({}", self.step.as_str())?;
        if let Some(position) = self.position {
            write!(f, " at {position}")?;
        }
        f.write_str(")")
    }
}

/// A kind of change that makes a code of a damaged text.
///
/// None of them invents, loses or re-cases a character of the code; [`CapsLock`](Self::CapsLock) changes the case of letters
/// only when the scan itself or the caller says that the key was on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// Spaces, line ends, a byte-order mark or an apostrophe of a spreadsheet around the code were dropped.
    Edges,
    /// An invisible character inside the code was dropped.
    Invisible,
    /// The whole text was base64.
    Base64,
    /// Quotation marks of CSV or JSON around the code were dropped, or doubled ones inside were made single.
    CsvQuotes,
    /// An escape of JSON became its character.
    JsonEscape,
    /// An entity of HTML became its character.
    HtmlEntity,
    /// An escape of XLSX (`_x001D_`) became its character.
    XlsxEscape,
    /// The escapes of a URL became their characters.
    UrlEscape,
    /// Typographic quotation marks became plain ones.
    Typography,
    /// A text typed with the Russian keyboard layout was typed again with the Latin one.
    Layout,
    /// Caps Lock was on while the text was typed: the case of its letters was turned back.
    CapsLock,
    /// The scanner's symbology identifier in front of the code was dropped.
    Symbology,
    /// Another spelling of the separator became the separator.
    SeparatorSpelling,
    /// A lost separator was put back.
    SeparatorRestored,
    /// A superfluous separator was dropped.
    SeparatorDropped,
    /// Brackets around an identifier were dropped.
    Brackets,
}

impl Step {
    /// The stable name of the step, for files and programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Edges => "edges",
            Self::Invisible => "invisible",
            Self::Base64 => "base64",
            Self::CsvQuotes => "csv_quotes",
            Self::JsonEscape => "json_escape",
            Self::HtmlEntity => "html_entity",
            Self::XlsxEscape => "xlsx_escape",
            Self::UrlEscape => "url_escape",
            Self::Typography => "typography",
            Self::Layout => "layout",
            Self::CapsLock => "caps_lock",
            Self::Symbology => "symbology",
            Self::SeparatorSpelling => "separator_spelling",
            Self::SeparatorRestored => "separator_restored",
            Self::SeparatorDropped => "separator_dropped",
            Self::Brackets => "brackets",
        }
    }
}
