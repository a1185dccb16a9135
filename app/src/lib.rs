#![doc = include_str!("../README.md")]
#![recursion_limit = "256"]
#![expect(
    unreachable_pub,
    reason = "#[component] makes the struct of its props public, whoever may see the component"
)]

mod account;
pub mod bulk;
mod check;
mod codes;
#[cfg(feature = "ssr")]
pub mod commands;
mod connections;
#[cfg(feature = "ssr")]
pub mod cookie;
mod early_keys;
pub mod failure;
pub mod guard;
mod journal;
mod live;
mod orders;
mod packing;
mod root;
mod suz;
mod texts;
mod ui;
mod wire;

#[cfg(feature = "ssr")]
pub use codes::export as codes_file;
#[cfg(feature = "ssr")]
pub use orders::unprinted;
#[cfg(feature = "ssr")]
pub use root::shell;
pub use root::{App, Sandbox, WorkerScript};
#[cfg(feature = "ssr")]
pub use suz::stock_file;
