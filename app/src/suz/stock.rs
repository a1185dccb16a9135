//! The stock of received codes: what there is of which goods, labels, files, codes that were bought elsewhere.

mod expiry;
#[cfg(feature = "ssr")]
pub mod file;
mod goods;
mod import;
mod list;
mod paper;
mod print;
mod runs;
mod sample;

pub(super) use goods::GoodsPage;
pub(super) use import::ImportPage;
pub(super) use list::StockPage;
