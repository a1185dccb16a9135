//! СУЗ: whether it is needed, connecting it, what becomes of it, signing.

pub(crate) mod api;
mod attention;
mod connect;
mod doing;
mod list;
mod marks;
mod one;
mod page;
mod passport;
mod paste_field;
mod questions;
mod queue;
mod sections;
mod signer;
mod why;

pub(crate) use page::SuzPages;
