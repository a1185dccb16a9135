#![doc = include_str!("../README.md")]

pub mod account;
pub mod connection;
pub mod identifiers;
pub mod ids;
pub mod journal;
pub mod legal_entity;
pub mod live;
pub mod marketplace;
pub mod orders;
pub mod problem;
pub mod submission;
pub mod time;

#[cfg(feature = "server")]
pub mod server;

pub use cis::Lang;
