#![doc = include_str!("../README.md")]

mod changes;
mod draft;
mod keyring;
mod limits;
mod migrations;
mod row;
mod search;
mod statement;
mod store;
mod tx;

pub use keyring::{Keyring, KeyringError};
pub use migrations::Migrated;
pub use store::{Store, sqlite_url};
