//! Labels with marking codes of the stock: on what they are printed, what they say, and what was printed already.
//!
//! (The marketplace's labels for the boxes of an order are another thing: `LabelFormat` of its port.)
//!
//! A [print run](PrintRunView) takes its codes from the stock in order, each code once, so two runs never share one.
//! The file of a run may be fetched for [`OPEN_MILLIS`] after it was asked for; later somebody has to ask for the labels
//! again, and that stands in the journal.

use crate::{
    ids::PrintRunId,
    suz::words::words,
    time::{Timestamp, When},
};
use cis::Gtin;
use serde::{Deserialize, Serialize};

/// For how long after the asking the file may be fetched: ten minutes. A browser's viewer may fetch it twice.
pub const OPEN_MILLIS: i64 = 600_000;

/// The most labels of one run.
pub const MOST_LABELS: u32 = 5_000;

/// The most characters of an article, a name or a size on a label.
pub const MOST_TEXT: usize = 300;

words! {
    /// What comes out of the printer.
    Medium {
        /// A roll of labels of 58 × 40 mm.
        Roll58x40 = "roll_58x40",
        /// A roll of labels of 43 × 25 mm.
        Roll43x25 = "roll_43x25",
        /// A roll of labels of 30 × 20 mm.
        Roll30x20 = "roll_30x20",
        /// An office sheet A4 of 24 labels, 70 × 37 mm.
        Sheet24 = "sheet_24",
        /// An office sheet A4 of 40 labels, 52.5 × 29.7 mm.
        Sheet40 = "sheet_40",
        /// An office sheet A4 of 65 labels, 38 × 21.2 mm.
        Sheet65 = "sheet_65",
    }

    /// How fine the printer prints. Every module of a symbol is a whole number of its dots.
    Head {
        /// 203 dots an inch, 8 a millimetre: most label printers.
        Dpi203 = "203",
        /// 300 dots an inch; office printers print a multiple of it.
        Dpi300 = "300",
    }

    /// What kind of file.
    PrintFormat {
        /// For any printer, through its driver.
        Pdf = "pdf",
        /// Zebra's language, for label printers that are sent it as it is.
        Zpl = "zpl",
    }
}

impl Medium {
    /// Labels on a sheet; none on a roll.
    pub const fn on_a_sheet(self) -> Option<u32> {
        match self {
            Self::Roll58x40 | Self::Roll43x25 | Self::Roll30x20 => None,
            Self::Sheet24 => Some(24),
            Self::Sheet40 => Some(40),
            Self::Sheet65 => Some(65),
        }
    }

    /// Whether labels on this can be had in such a file. Label printers have no sheets.
    pub const fn comes_as(self, format: PrintFormat) -> bool {
        matches!(format, PrintFormat::Pdf) || self.on_a_sheet().is_none()
    }
}

/// What a label says beside its code. Each may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelTexts {
    /// The seller's article.
    pub article: String,
    /// What the thing is called.
    pub name: String,
    /// Its size, as the label shall say it («Размер 48»).
    pub size: String,
}

/// How the labels shall be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// On what.
    pub medium: Medium,
    /// How fine.
    pub head: Head,
    /// Places of the first sheet that are empty already. Nothing on a roll.
    pub used_places: u32,
}

/// Labels that somebody wants printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintAsk {
    /// Of which goods.
    pub gtin: Gtin,
    /// How many.
    pub count: u32,
    /// What they shall say.
    pub texts: LabelTexts,
    /// On what.
    pub paper: Paper,
    /// Whether codes that are annulled by now are wanted too, when there are no others.
    pub expired_too: bool,
}

/// Labels of a run that somebody wants once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintAgain {
    /// Of which run.
    pub run: PrintRunId,
    /// The first of them, counted from 1.
    pub first: u32,
    /// The last of them.
    pub last: u32,
    /// On what this time.
    pub paper: Paper,
}

/// Why labels cannot be printed as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PrintFault {
    /// None, or more than [`MOST_LABELS`].
    #[error("{asked} labels asked, 1 to {most} can be had")]
    Count {
        /// That many were asked for.
        asked: u32,
        /// That many can be.
        most: u32,
    },
    /// The stock holds fewer unprinted, unbound codes of these goods.
    #[error("the stock has {free} free codes")]
    Short {
        /// That many it holds.
        free: u64,
        /// That many more are annulled by now, and were passed over.
        expired: u64,
    },
    /// An article, a name or a size is longer than [`MOST_TEXT`].
    #[error("a text is longer than {most} characters")]
    LongText {
        /// That many may be.
        most: u32,
    },
    /// A sheet has fewer places.
    #[error("a sheet has {places} places")]
    UsedPlaces {
        /// That many it has; none on a roll.
        places: u32,
    },
    /// The run has no such labels.
    #[error("the run has labels 1 to {count}")]
    Range {
        /// It has labels 1 to this.
        count: u32,
    },
    /// The symbol of these codes is larger than the label, even with the finest modules that scanners read.
    #[error("a symbol of {modules} modules does not fit")]
    TooSmall {
        /// So many modules its side has, with the quiet zone.
        modules: u32,
        /// So many dots a module needs at the least.
        dots: u32,
        /// So many dots the label has room for.
        room: u32,
    },
    /// No DataMatrix can hold this code.
    #[error("no symbol holds this code")]
    NoSymbol,
    /// The minutes in which the file could be fetched are over: ask for the labels again.
    #[error("the file can no longer be fetched")]
    Closed,
    /// Label printers' files have no sheets.
    #[error("sheets are not to be had for label printers")]
    NoSheets,
}

/// A print run as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintRunView {
    /// Ours.
    pub id: PrintRunId,
    /// When it was asked for.
    pub at: When,
    /// Who asked.
    pub who: Option<String>,
    /// Of which goods.
    pub gtin: Gtin,
    /// How many labels it has.
    pub count: u32,
    /// What they say.
    pub texts: LabelTexts,
    /// On what they were printed last.
    pub paper: Paper,
    /// How often labels of it were asked for again.
    pub again: u32,
    /// Which labels the file holds now: from the first to the last, counted from 1.
    pub file: (u32, u32),
    /// Until when the file may be fetched.
    pub open_until: Timestamp,
    /// Whether that moment is still to come.
    pub open: bool,
    /// How often the file was fetched since it was last asked for.
    pub opened: u32,
    /// When it was last.
    pub opened_at: Option<When>,
}

impl PrintRunView {
    /// Whether the file holds fewer labels than the run.
    pub const fn is_part(&self) -> bool {
        self.file.0 > 1 || self.file.1 < self.count
    }

    /// Where its file is.
    pub fn path(&self, format: PrintFormat) -> String {
        let (id, format) = (self.id, format.as_str());
        ["/suz/print-runs/", &id.to_string(), "/labels.", format].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for medium in Medium::ALL {
            assert_eq!(medium.as_str().parse(), Ok(*medium));
            // A form sends the name, and serde reads the form.
            assert_eq!(serde_json::to_value(medium).unwrap(), medium.as_str());
        }
        for head in Head::ALL {
            assert_eq!(head.as_str().parse(), Ok(*head));
        }
        for format in PrintFormat::ALL {
            assert_eq!(format.as_str().parse(), Ok(*format));
        }
    }

    #[test]
    fn label_printers_are_sent_no_sheets() {
        assert!(Medium::Sheet40.comes_as(PrintFormat::Pdf));
        assert!(!Medium::Sheet40.comes_as(PrintFormat::Zpl));
        assert!(Medium::Roll30x20.comes_as(PrintFormat::Zpl));
    }
}
