//! The packing desk: one field, one word read at two metres, and nothing that waits for a mouse.
//!
//! What a scan does is decided in [`desk::packing::session`]; here are the screen, the keys and the way to the server.

pub mod api;

mod bench;
mod browser;
mod clashes;
mod foot;
mod hands;
mod head;
mod page;
mod pick;
mod verdict;
mod way;

pub(crate) use page::PackingPage;
