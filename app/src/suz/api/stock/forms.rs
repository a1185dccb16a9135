//! The forms of labels as a page posts them.

use desk::printing::{Head, Medium};
use serde::{Deserialize, Serialize};

/// Labels that somebody wants printed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LabelForm {
    /// GTIN-14.
    pub gtin: String,
    /// How many.
    pub count: u32,
    /// Article.
    #[serde(default)]
    pub article: String,
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Size.
    #[serde(default)]
    pub size: String,
    /// On what.
    pub medium: Medium,
    /// How fine.
    pub head: Head,
    /// Places of the first sheet that are empty already.
    #[serde(default)]
    pub used: u32,
    /// Whether codes that are annulled by now are wanted too.
    #[serde(default)]
    pub expired: bool,
}

/// Labels of a run that somebody wants once more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgainForm {
    /// Which run.
    pub run: desk::ids::PrintRunId,
    /// The first label, from 1.
    pub first: u32,
    /// The last one.
    pub last: u32,
    /// On what.
    pub medium: Medium,
    /// How fine.
    pub head: Head,
    /// Places of the first sheet that are empty already.
    #[serde(default)]
    pub used: u32,
}

#[cfg(feature = "ssr")]
pub(super) use here::goods;

#[cfg(feature = "ssr")]
mod here {
    use super::{super::GoodsOfStock, AgainForm, LabelForm};
    use crate::failure::Failure;
    use desk::{
        account::{Actor, Permission::ExportCodes},
        printing::{Head, LabelTexts, Medium, Paper, PrintAgain, PrintAsk},
        problem::Problem,
        server::Desk,
    };

    /// Nothing lies empty on a roll, whatever the form says of it.
    const fn paper(medium: Medium, head: Head, used: u32) -> Paper {
        Paper {
            medium,
            head,
            used_places: if medium.on_a_sheet().is_some() {
                used
            } else {
                0
            },
        }
    }

    impl LabelForm {
        /// The form as the use case takes it.
        pub(in crate::suz::api) fn read(self) -> Result<PrintAsk, Failure> {
            Ok(PrintAsk {
                gtin: self.gtin.parse().map_err(|_| Problem::NotFound)?,
                count: self.count,
                texts: LabelTexts {
                    article: self.article,
                    name: self.name,
                    size: self.size,
                },
                paper: paper(self.medium, self.head, self.used),
                expired_too: self.expired,
            })
        }
    }

    impl AgainForm {
        /// The form as the use case takes it.
        pub(in crate::suz::api) const fn read(&self) -> PrintAgain {
            PrintAgain {
                run: self.run,
                first: self.first,
                last: self.last,
                paper: paper(self.medium, self.head, self.used),
            }
        }
    }

    /// One kind of goods, with what its labels said last.
    pub(in crate::suz::api) async fn goods(
        desk: &Desk,
        actor: &Actor,
        gtin: &str,
    ) -> Result<GoodsOfStock, Failure> {
        let gtin = gtin.parse::<cis::Gtin>().map_err(|_| Problem::NotFound)?;
        let text = gtin.to_string();
        let mut piles = desk.stock(actor).await?;
        piles.retain(|pile| pile.gtin == text);
        let product = piles.iter().find_map(|pile| pile.product.clone());
        let runs = desk.print_runs(actor, Some(gtin)).await?;
        let last = runs.first();
        let texts = last.map_or_else(
            || LabelTexts {
                name: product.clone().unwrap_or_default(),
                ..LabelTexts::default()
            },
            |run| run.texts.clone(),
        );
        let may = actor.role.may(ExportCodes);
        Ok(GoodsOfStock {
            gtin: text,
            product,
            piles,
            free: desk.printable(actor, gtin).await?,
            medium: last.map_or(Medium::Roll58x40, |run| run.paper.medium),
            head: last.map_or(Head::Dpi203, |run| run.paper.head),
            texts,
            runs,
            may_print: may,
            may_export: may,
        })
    }
}
