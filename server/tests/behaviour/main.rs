//! The whole program against the sandbox: use cases on both databases, HTTP without a port, and the real binary
//! killed in the middle of its work.

#![cfg(test)]

mod harness;
mod http;
mod journey;
mod packing;
mod recovery;
mod tenants;
mod trouble;
