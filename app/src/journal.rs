//! Who did what.

pub mod api;
mod page;

pub(crate) use page::JournalPage;
