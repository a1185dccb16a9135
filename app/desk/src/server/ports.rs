//! What the rules need from outside, one trait per noun. The store and the marketplace client implement them.

pub mod batches;
pub mod call;
pub mod clock;
pub mod code_ordering;
pub mod codes;
pub mod emissions;
pub mod events;
pub mod hooks;
pub mod kept_forms;
pub mod limits;
pub mod lists;
pub mod market;
pub mod packing;
pub mod press;
pub mod printing;
pub mod readings;
pub mod returns;
pub mod shipments;
pub mod signing;
pub mod stock;
pub mod storage;
pub mod suz;
pub mod suz_api;
pub mod verifications;
