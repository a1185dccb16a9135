//! Server functions of the stock and its labels. Files come and go by plain addresses.

use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{
    account::Permission::{ExportCodes, ReadSuz},
    printing::{Head, LabelTexts, Medium, PrintRunView},
    suz::receiving::PileView,
};
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
