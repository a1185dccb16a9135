//! Marketplace keys: adding, checking, replacing, retiring.

pub mod api;
mod page;

pub(crate) use page::ConnectionsPage;
