//! The press: labels of the stock drawn by `labels`.

use cis::{Kind, MarkingCode};
use desk::{
    printing::{Head, LabelTexts, Medium, Paper, PrintFault, PrintFormat},
    server::ports::press::Press,
};
use labels::{BadFont, Label, Misfit, Symbology};

/// Draws with the fonts that come along.
pub(crate) struct LabelPress(labels::Press);

impl LabelPress {
    /// Reads the fonts.
    pub(crate) fn new() -> Result<Self, BadFont> {
        labels::Press::new().map(Self)
    }
}

impl Press for LabelPress {
    fn check(&self, codes: &[String], texts: &LabelTexts, paper: Paper) -> Result<(), PrintFault> {
        let (medium, head) = (medium(paper.medium), head(paper.head));
        codes
            .iter()
            .try_for_each(|code| self.0.check(&label(code, texts), medium, head))
            .map_err(fault)
    }

    fn file(
        &self,
        codes: &[String],
        texts: &LabelTexts,
        paper: Paper,
        format: PrintFormat,
    ) -> Result<Vec<u8>, PrintFault> {
        let labels: Vec<Label> = codes.iter().map(|code| label(code, texts)).collect();
        let (medium, head) = (medium(paper.medium), head(paper.head));
        let used = u16::try_from(paper.used_places).unwrap_or(u16::MAX);
        match format {
            PrintFormat::Pdf => self.0.pdf(&labels, medium, head, used),
            PrintFormat::Zpl => self.0.zpl(&labels, medium, head),
        }
        .map_err(|refused| fault(refused.why))
    }
}

/// A code of a kind that has no application identifiers goes into a plain symbol; one that the engine does not know, into a
/// GS1 symbol, as the station's codes do.
fn label(code: &str, texts: &LabelTexts) -> Label {
    let known = MarkingCode::from_canonical(code).ok();
    let plain = known
        .as_ref()
        .is_some_and(|known| matches!(known.kind(), Kind::TobaccoPack | Kind::FurMark));
    let part = |part: Option<String>| part.unwrap_or_default();
    Label {
        code: code.to_owned(),
        symbology: if plain {
            Symbology::Plain
        } else {
            Symbology::Gs1
        },
        gtin: part(
            known
                .as_ref()
                .and_then(|known| known.gtin().map(|gtin| gtin.to_string())),
        ),
        serial: part(
            known
                .as_ref()
                .and_then(|known| known.serial().map(str::to_owned)),
        ),
        article: texts.article.clone(),
        name: texts.name.clone(),
        size: texts.size.clone(),
    }
}

const fn medium(medium: Medium) -> labels::Medium {
    match medium {
        Medium::Roll58x40 => labels::Medium::Roll58x40,
        Medium::Roll43x25 => labels::Medium::Roll43x25,
        Medium::Roll30x20 => labels::Medium::Roll30x20,
        Medium::Sheet24 => labels::Medium::Sheet24,
        Medium::Sheet40 => labels::Medium::Sheet40,
        Medium::Sheet65 => labels::Medium::Sheet65,
    }
}

const fn head(head: Head) -> labels::Head {
    match head {
        Head::Dpi203 => labels::Head::Dpi203,
        Head::Dpi300 => labels::Head::Dpi300,
    }
}

fn fault(why: Misfit) -> PrintFault {
    match why {
        Misfit::TooSmall {
            modules,
            least,
            room,
        } => PrintFault::TooSmall {
            modules: modules.into(),
            dots: least.into(),
            room: room.into(),
        },
        Misfit::NoSheets => PrintFault::NoSheets,
        Misfit::UsedPlaces { places } => PrintFault::UsedPlaces {
            places: places.into(),
        },
        _ => PrintFault::NoSymbol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_sheet_agree() {
        for one in Medium::ALL {
            let places = u32::from(medium(*one).places());
            assert_eq!(one.on_a_sheet(), (places > 1).then_some(places), "{one:?}");
        }
    }

    #[test]
    fn a_label_says_the_parts_of_its_code() {
        let texts = LabelTexts::default();
        let unit = label("010460406000600021N4N57RSCBUZTQ\u{1d}93Zjqw", &texts);
        assert_eq!(unit.symbology, Symbology::Gs1);
        assert_eq!(
            (unit.gtin.as_str(), unit.serial.as_str()),
            ("04604060006000", "N4N57RSCBUZTQ")
        );
        let pack = label("04604060006000-UWzSA8ABm8aBc9", &texts);
        assert_eq!(pack.symbology, Symbology::Plain);
        assert_eq!(pack.gtin, "04604060006000");
    }
}
