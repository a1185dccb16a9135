//! Orders of codes: all of them, a new one, one of them.

mod form;
mod gtin;
mod list;
mod one;
mod stuck;

pub(super) use form::{NewOrderPage, WRONG};
pub(super) use list::{OrdersPage, bounded};
pub(super) use one::OneOrderPage;
