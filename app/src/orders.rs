//! The order list and the order page.

pub mod api;
mod list;
mod order;
mod packed;
mod ship_many;
#[cfg(feature = "ssr")]
mod unprinted;

pub(crate) use list::OrdersPage;
pub(crate) use order::OrderPage;
pub(crate) use ship_many::ShipPage;
#[cfg(feature = "ssr")]
pub use unprinted::unprinted;
