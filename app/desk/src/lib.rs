#![doc = include_str!("../README.md")]

pub mod account;
pub mod boxes;
pub mod bulk;
pub mod codes;
pub mod connection;
mod foreign_words;
pub mod identifiers;
pub mod ids;
pub mod journal;
pub mod legal_entity;
pub mod live;
pub mod marketplace;
pub mod orders;
pub mod packing;
pub mod printing;
pub mod problem;
pub mod returns;
pub mod shipping;
pub mod submission;
pub mod suz;
pub mod time;
pub mod verification;

#[cfg(feature = "server")]
pub mod server;

pub use cis::Lang;
