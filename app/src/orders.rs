//! The order list and the order page.

pub mod api;
mod list;
mod order;
mod packed;

pub(crate) use list::OrdersPage;
pub(crate) use order::OrderPage;
