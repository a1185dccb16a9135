//! The order list and the order page.

pub mod api;
mod list;
mod order;

pub(crate) use list::OrdersPage;
pub(crate) use order::OrderPage;
