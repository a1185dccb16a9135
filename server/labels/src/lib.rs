#![doc = include_str!("../README.md")]

mod clean;
mod face;
mod layout;
mod media;
mod num;
mod page;
mod pdf;
mod raster;
mod symbol;
mod zpl;

pub use face::BadFont;
pub use media::{Head, Medium};
pub use raster::Bitmap;

use face::Fonts;
use layout::Plan;

/// What is printed on one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The whole code with its separators (U+001D), as it was given out.
    pub code: String,
    /// How the code is written into the symbol.
    pub symbology: Symbology,
    /// The kind of goods, 14 digits; empty where the code has none.
    pub gtin: String,
    /// The serial number; shortened in the middle where there is no room for it.
    pub serial: String,
    /// The seller's article; may be empty.
    pub article: String,
    /// What the thing is called; may be empty. Ends in «…» where there is no room for it.
    pub name: String,
    /// Its size, as the label shall say it; may be empty.
    pub size: String,
}

/// How a code is written into its symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Symbology {
    /// GS1 DataMatrix: FNC1 first, U+001D between the elements.
    Gs1,
    /// Plain DataMatrix, for marks without application identifiers (packs of tobacco).
    Plain,
}

/// Why a label cannot be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Misfit {
    /// The symbol is larger than the label, even with the finest modules that scanners read for sure.
    #[error(
        "a symbol of {modules} modules with its quiet zone takes at least {least} dots a module, and there are {room} dots"
    )]
    TooSmall {
        /// Modules along a side, the quiet zone of both sides included.
        modules: u16,
        /// Dots that a module takes at the least.
        least: u16,
        /// Dots that the label has along its short side.
        room: u16,
    },
    /// The code is empty, too long for any symbol, or has characters outside ASCII.
    #[error("no symbol holds this code")]
    NoSymbol,
    /// Label printers have no sheets.
    #[error("label printers have no sheets")]
    NoSheets,
    /// A sheet has fewer places than were said to be empty already.
    #[error("a sheet has {places} places")]
    UsedPlaces {
        /// Places of a sheet; none on a roll.
        places: u16,
    },
}

/// A label that could not be printed, and with it the whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("label {index}: {why}")]
pub struct Refused {
    /// Which of the labels, counted from 0.
    pub index: usize,
    /// Why.
    #[source]
    pub why: Misfit,
}

/// Draws labels. Make one and keep it: it holds the fonts.
#[derive(Debug)]
pub struct Press {
    fonts: Fonts,
}

impl Press {
    /// Reads the fonts that come along.
    pub fn new() -> Result<Self, BadFont> {
        Fonts::read().map(|fonts| Self { fonts })
    }

    /// Says whether a label can be printed on a medium, without drawing it.
    pub fn check(&self, label: &Label, medium: Medium, head: Head) -> Result<(), Misfit> {
        self.plan(label, medium, head).map(|_| ())
    }

    /// A PDF with one label a page on a roll, as many as fit on a page of a sheet. `used` places of the first sheet stay
    /// empty.
    pub fn pdf(
        &self,
        labels: &[Label],
        medium: Medium,
        head: Head,
        used: u16,
    ) -> Result<Vec<u8>, Refused> {
        let places = medium.places();
        if used > 0 && used >= places {
            let why = Misfit::UsedPlaces {
                places: if places > 1 { places } else { 0 },
            };
            return Err(Refused { index: 0, why });
        }
        let plans = self.plans(labels, medium, head)?;
        Ok(page::file(&self.fonts, &plans, medium, head, used))
    }

    /// The same labels in Zebra's language, one format for each.
    pub fn zpl(&self, labels: &[Label], medium: Medium, head: Head) -> Result<Vec<u8>, Refused> {
        if medium.places() > 1 {
            let why = Misfit::NoSheets;
            return Err(Refused { index: 0, why });
        }
        let plans = self.plans(labels, medium, head)?;
        Ok(zpl::file(&self.fonts, &plans, medium, head))
    }

    /// One label in black and white, a bit for every dot of the printer.
    pub fn bitmap(&self, label: &Label, medium: Medium, head: Head) -> Result<Bitmap, Misfit> {
        let plan = self.plan(label, medium, head)?;
        Ok(zpl::draw(
            &self.fonts,
            &mut raster::Glyphs::default(),
            &plan,
            medium,
            head,
        ))
    }

    fn plan(&self, label: &Label, medium: Medium, head: Head) -> Result<Plan, Misfit> {
        let symbol = symbol::Symbol::of(&label.code, label.symbology)?;
        layout::plan(&self.fonts, label, symbol, medium, head)
    }

    fn plans(&self, labels: &[Label], medium: Medium, head: Head) -> Result<Vec<Plan>, Refused> {
        (0..)
            .zip(labels)
            .map(|(index, label)| {
                self.plan(label, medium, head)
                    .map_err(|why| Refused { index, why })
            })
            .collect()
    }
}
