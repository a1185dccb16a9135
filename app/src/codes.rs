//! The stock of codes: every code, where it came from, where it lies, what became of it.

pub(crate) mod api;

mod address;
#[cfg(feature = "ssr")]
pub mod export;
mod list;
mod one;
mod rows;
mod search;
mod steps;

pub(crate) use list::CodesPage;
pub(crate) use one::CodePage;
