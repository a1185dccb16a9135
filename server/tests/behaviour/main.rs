//! The whole program against the sandbox: use cases on both databases, HTTP without a port, and the real binary
//! killed in the middle of its work.

#![cfg(test)]

mod boxes;
mod budget;
mod bulk;
mod codes;
mod commands;
mod harness;
mod http;
mod journey;
mod leases;
mod leaving;
mod notifications;
mod packing;
mod printing;
mod product_groups;
mod recovery;
mod returns;
mod statements;
mod stock;
mod suz;
mod sync;
mod tenants;
mod trouble;
mod waits;
