//! Server functions of the stock and its labels. Files come and go by plain addresses.

mod forms;

use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{
    account::Permission::{ExportCodes, ReadSuz},
    printing::{Head, LabelTexts, Medium, PrintRunView},
    suz::receiving::PileView,
};
pub(crate) use forms::{AgainForm, LabelForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

crate::guarded! {
    GetStock: Needs(ReadSuz);
    GetStockGoods: Needs(ReadSuz);
    PrintLabels: Needs(ExportCodes);
    PrintOnceMore: Needs(ExportCodes);
}

/// The stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    /// What it holds, newest first.
    pub piles: Vec<PileView>,
    /// What was printed last.
    pub runs: Vec<PrintRunView>,
    /// Whether the person may print.
    pub may_print: bool,
}

/// One kind of goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsOfStock {
    /// GTIN-14.
    pub gtin: String,
    /// The product's name, where one is known.
    pub product: Option<String>,
    /// What there is of it, newest first.
    pub piles: Vec<PileView>,
    /// Codes that are neither printed nor bound.
    pub free: u64,
    /// What was printed of it.
    pub runs: Vec<PrintRunView>,
    /// What its labels said last, or may say.
    pub texts: LabelTexts,
    /// On what they were printed last.
    pub medium: Medium,
    /// How fine.
    pub head: Head,
    /// Whether the person may print.
    pub may_print: bool,
    /// Whether the person may take codes away as a file.
    pub may_export: bool,
}

/// What the stock holds, and what was printed last.
#[server(endpoint = "suz/stock/list", output = JsonAnswer)]
pub async fn get_stock() -> Result<Stock, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetStock>()?;
    Ok(Stock {
        piles: desk.stock(&actor).await?,
        runs: desk.print_runs(&actor, None).await?,
        may_print: actor.role.may(ExportCodes),
    })
}

/// One kind of goods.
#[server(endpoint = "suz/stock/goods", output = JsonAnswer)]
pub async fn get_stock_goods(gtin: String) -> Result<GoodsOfStock, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetStockGoods>()?;
    forms::goods(&desk, &actor, &gtin).await
}

/// Takes codes from the stock for labels.
#[server(endpoint = "suz/stock/print", output = JsonAnswer)]
pub async fn print_labels(form: LabelForm) -> Result<PrintRunView, Failure> {
    let (desk, actor) = crate::guard::authorise::<PrintLabels>()?;
    let ask = form.read()?;
    let run = desk.print_labels(&actor, ask).await?;
    leptos_axum::redirect(&format!("/suz/stock/{}#runs", run.gtin));
    Ok(run)
}

/// Opens labels of a run once more.
#[server(endpoint = "suz/stock/print_again", output = JsonAnswer)]
pub async fn print_once_more(form: AgainForm) -> Result<PrintRunView, Failure> {
    let (desk, actor) = crate::guard::authorise::<PrintOnceMore>()?;
    let run = desk.print_again(&actor, form.read()).await?;
    leptos_axum::redirect(&format!("/suz/stock/{}#runs", run.gtin));
    Ok(run)
}
