#![doc = include_str!("../README.md")]
#![recursion_limit = "256"]

mod bulk;
mod check;
pub mod clock;
mod codes_file;
pub mod command;
mod completion;
pub mod demo;
mod events;
mod guard;
mod headers;
mod hooks;
mod labels;
mod language;
mod peer;
mod press;
mod print_runs;
pub mod router;
mod samples;
pub mod serve;
pub mod settings;
mod site;
mod stock_export;
mod stock_import;
mod suz_commands;
pub mod wiring;
