//! СУЗ: whether it is needed, connecting it, what becomes of it, signing, ordering codes, their stock and labels.

pub(crate) mod api;
mod attention;
mod connect;
mod doing;
mod list;
mod marks;
mod one;
mod orders;
mod page;
mod passport;
mod paste_field;
mod questions;
mod queue;
mod sections;
mod signer;
mod stock;
mod why;

pub(crate) use page::SuzPages;
#[cfg(feature = "ssr")]
pub use stock::file as stock_file;
