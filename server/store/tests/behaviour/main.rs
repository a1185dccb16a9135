//! What the store promises, on both databases.
#![cfg(test)]

mod accounts;
mod batches;
mod changes;
mod codes;
mod codes_measured;
mod connections;
mod emissions;
mod harness;
mod hooks;
mod intake;
mod jobs;
mod journal;
mod kept_forms;
mod limits;
mod list;
mod migrations;
mod orders;
mod packing;
mod printing;
mod returns;
mod samples;
mod sessions;
mod shipments;
mod shops;
mod slots;
mod stock;
mod submissions;
mod suz;
mod tenants;
mod transactions;
mod unreadable;
mod verifications;
